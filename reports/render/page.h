/* A report as one page of HTML: what its parts share. The page itself is reports/render/render_html.c. */
#ifndef RECTRACK_REPORTS_RENDER_PAGE_H
#define RECTRACK_REPORTS_RENDER_PAGE_H

#include "core/base/error.h"
#include "reports/grid/grid.h"
#include "reports/render/render.h"

#include <stdbool.h>

/* reports/render/page.css and page.js, compiled in. */
extern const char page_style[];
extern const char page_script[];

struct page {
  const struct grid *grid;
  struct render_sink *out;
  const char *name;    /* the class of its table: the script serves "main" */
  const char *caption; /* the id of its caption */
  bool kinds;          /* there are answers of both kinds */
  size_t answers;      /* links to answers that were written: they lead to #a1, #a2, … in this order */
};

/* A table: heads, rows, total. */
bool page_add_table(struct page *page, struct error *error) __attribute__((nonnull));

/* What stands behind its cells, where the grid has its sources: recommendations and answers. */
bool page_add_sources(struct page *page, struct error *error) __attribute__((nonnull));

/* The answer that the cell leads to; NULL when it leads to none. */
const struct answer *page_answer(const struct page *page, size_t row, size_t column) __attribute__((nonnull));

/* The number, from 1, of the recommendation that a column stands for; 0 when it is none. */
size_t page_text_number(const struct page *page, size_t column) __attribute__((nonnull));

#endif
