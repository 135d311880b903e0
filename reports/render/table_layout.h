/*
 * How a table is laid out in lines of text: which width each column has, where texts are broken, and into which parts a
 * table is cut that is wider than its window.
 */
#ifndef RECTRACK_REPORTS_RENDER_TABLE_LAYOUT_H
#define RECTRACK_REPORTS_RENDER_TABLE_LAYOUT_H

#include "core/base/text.h"
#include "reports/grid/grid.h"

#include <stdbool.h>
#include <stddef.h>

enum { TABLE_GAP = 2 }; /* blanks between columns */

/* Columns of the grid that stand side by side; every part begins with the first column. */
struct table_part {
  size_t *columns;
  size_t count;
};

struct table_layout {
  const struct grid *grid;
  bool letters;   /* the heads of levels are their letters, for want of room */
  size_t *widths; /* by column of the grid, in columns of the terminal */
  struct table_part *parts;
  size_t part_count;
};

/*
 * Lays a table out.  Text columns are narrowed to fit `width` (0: any width).  With `fold` nothing is wider than that:
 * levels are headed by their letters where that is enough, and else the table is cut into parts.
 */
void table_layout(const struct grid *grid, size_t width, bool fold, struct table_layout *layout);
void table_layout_free(struct table_layout *layout);
#define AUTO_LAYOUT __attribute__((cleanup(table_layout_free)))

/* What stands in a cell, or, where row is SIZE_MAX, in the head: in lines no wider than the column, harmless on a
 * terminal. The caller frees it. */
char *table_cell(const struct table_layout *layout, size_t row, size_t column) __attribute__((returns_nonnull));

/* Adds a text as lines of at most `width` columns (0: one line), broken between words, with a line end. */
void table_add_lines(const char *s, size_t width, struct text *out);

#endif
