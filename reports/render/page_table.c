/* The main table of a page. */
#include "reports/render/page.h"

#include "reports/counting/sources.h"
#include "reports/render/html.h"

#include <inttypes.h>
#include <string.h>

enum { UPRIGHT_MOST = 24 }; /* with more columns of levels their heads are turned */

const struct answer *page_answer(const struct page *page, size_t row, size_t column) {
  const struct grid *grid = page->grid;
  const struct grid_shade *shade = grid->sources != NULL ? grid_shade_at(grid, row, column) : NULL;
  return shade != NULL ? sources_answer(grid->sources, grid_at(grid, row, 0), grid->columns[column].name) : NULL;
}

size_t page_text_number(const struct page *page, size_t column) {
  const struct sources *sources = page->grid->sources;
  const struct recommendation_text *text =
      sources != NULL ? sources_text(sources, page->grid->columns[column].name) : NULL;
  return text != NULL ? (size_t)(text - sources->texts) + 1 : 0;
}

/* ---- heads --------------------------------------------------------------- */

static bool has_many_letters(const struct grid *grid) {
  size_t letters = 0;
  for (size_t column = 0; grid_rows(grid) > 0 && column < grid->column_count; column++)
    letters += grid_shade_at(grid, 0, column) != NULL;
  return letters > UPRIGHT_MOST;
}

/* A reference may be broken behind its symbol, inside it behind each stroke, and before its last part. */
static void add_reference(struct text *out, const char *reference) {
  const char *last = strrchr(reference, '.');
  for (const char *at = reference; *at != '\0'; at++) {
    const char one[] = {*at, '\0'};
    html_add(out, one);
    if ((*at == '/' || *at == ':' || at == last) && at[1] != '\0')
      text_add(out, "<wbr>");
  }
}

static void add_head(const struct page *page, size_t column) {
  const struct grid *grid = page->grid;
  struct text *out = &page->out->text;
  const struct grid_shade *shade = grid_column_shade(grid, column);
  size_t number = page_text_number(page, column);
  text_add_format(out, "<th scope=col%s>",
                  number > 0                     ? " class=reference"
                  : grid->columns[column].number ? " class=number"
                                                 : "");
  if (shade != NULL)
    text_add_format(out, "<span class=\"swatch s%zu\"></span>", grid->columns[column].shade);
  if (number == 0) {
    html_add(out, grid->columns[column].head);
    return;
  }
  text_add_format(out, "<a href=\"#r%zu\">", number);
  add_reference(out, grid->columns[column].head);
  text_add(out, "</a>");
}

static void add_heads(const struct page *page) {
  text_add(&page->out->text, "<thead>\n<tr>");
  for (size_t column = 0; column < page->grid->column_count; column++)
    if (grid_is_shown(page->grid, column))
      add_head(page, column);
  text_add(&page->out->text, "\n</thead>\n<tbody>\n");
}

/* ---- rows ---------------------------------------------------------------- */

/* A letter on its ground; a link to the answer where there is one. */
static void add_level(struct page *page, size_t row, size_t column, const struct grid_shade *shade) {
  struct text *out = &page->out->text;
  size_t number = (size_t)(shade - page->grid->shades) + 1;
  text_add_format(out, "<td class=\"level s%zu\">", number);
  if (page_answer(page, row, column) != NULL) {
    text_add_format(out, "<a href=\"#a%zu\" title=\"", ++page->answers);
    html_add(out, shade->label);
    text_add(out, "\">");
    html_add(out, shade->letter);
    text_add(out, "</a>");
  } else {
    html_add(out, shade->letter);
  }
}

/* A day is not broken at its hyphens; what is counted of letters stands under them. */
static const char *cell_start(const struct grid *grid, size_t column, const char *value, bool head) {
  day ignored;
  struct error error;
  if (head)
    return "<th scope=row>";
  if (grid->columns[column].number)
    return "<td class=number>";
  if (grid_shade_at(grid, 0, column) != NULL)
    return "<td class=count>";
  return day_parse(value, strlen(value), &ignored, &error) ? "<td class=day>" : "<td>";
}

static void add_cell(struct page *page, size_t row, size_t column, bool head) {
  const struct grid *grid = page->grid;
  struct text *out = &page->out->text;
  const struct grid_shade *shade = grid_shade_at(grid, row, column);
  if (shade != NULL) {
    add_level(page, row, column, shade);
    return;
  }
  AUTO_TEXT struct text value = {0};
  grid_add_shown(grid, row, column, &value);
  text_add(out, cell_start(grid, column, text_string(&value), head));
  html_add_lines(out, text_string(&value));
}

static bool is_total(const struct grid *grid, size_t row) {
  return grid->total && row + 1 == grid_rows(grid);
}

/* A row of a State can be led to: from its answers. */
static void add_row_start(const struct page *page, size_t row) {
  const struct grid *grid = page->grid;
  if (grid->sources == NULL || is_total(grid, row)) {
    text_add(&page->out->text, "<tr>");
    return;
  }
  text_add(&page->out->text, "<tr id=\"s-");
  html_add(&page->out->text, grid_at(grid, row, 0));
  text_add(&page->out->text, "\">");
}

static void add_row(struct page *page, size_t row) {
  const struct grid *grid = page->grid;
  bool head = true;
  if (is_total(grid, row))
    text_add(&page->out->text, "</tbody>\n<tfoot>\n");
  add_row_start(page, row);
  for (size_t column = 0; column < grid->column_count; column++) {
    if (!grid_is_shown(grid, column))
      continue;
    add_cell(page, row, column, head);
    head = false;
  }
  text_add(&page->out->text, is_total(grid, row) ? "\n</tfoot>\n" : "\n");
}

/* The title stands above already: for those who jump from table to table it is said again, unseen. */
static void add_caption(const struct page *page) {
  const struct grid *grid = page->grid;
  struct text *out = &page->out->text;
  bool leads = grid->sources != NULL && !grid->sources->left_out;
  text_add_format(out, leads ? "<caption id=%s><span>" : "<caption id=%s class=unseen><span>", page->caption);
  html_add(out, grid->title != NULL ? grid->title : "rectrack");
  text_add(out, "</span>");
  if (leads) {
    text_add_char(out, ' ');
    html_add(out, translate(grid->language,
                            "Each letter leads to the answer behind it, each paragraph number to its text."));
  }
  text_add(out, "</caption>\n");
}

bool page_add_table(struct page *page, struct error *error) {
  const struct grid *grid = page->grid;
  struct text *out = &page->out->text;
  text_add_format(out, "<div class=scroll tabindex=0 role=region aria-labelledby=%s>\n<table class=\"%s%s\">\n",
                  page->caption, page->name, has_many_letters(grid) ? " many" : "");
  add_caption(page);
  add_heads(page);
  for (size_t row = 0; row < grid_rows(grid); row++) {
    add_row(page, row);
    if (!render_pass(page->out, error))
      return false;
  }
  text_add(out, grid->total ? "</table>\n</div>\n" : "</tbody>\n</table>\n</div>\n");
  return true;
}
