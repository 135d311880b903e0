/* Markdown: a title, the facts, a pipe table, notes and legend. */
#include "reports/render/render.h"

#include <string.h>

/* A cell on one line, with the characters that would end it or start markup made plain (CommonMark, section 2.4). */
static void add_plain(struct text *out, const char *value) {
  AUTO_TEXT struct text shown = {0};
  text_add_escaped(&shown, value, strlen(value));
  for (const char *at = text_string(&shown); *at != '\0'; at++) {
    if (strchr("\\|*_`~<>[]&", *at) != NULL)
      text_add_char(out, '\\');
    text_add_char(out, *at);
  }
}

static void add_row(const struct grid *grid, size_t row, struct text *out) {
  bool bold = grid->total && row + 1 == grid_rows(grid);
  for (size_t column = 0; column < grid->column_count; column++) {
    AUTO_TEXT struct text value = {0};
    if (!grid_is_shown(grid, column))
      continue;
    grid_add_shown(grid, row, column, &value);
    text_add(out, "| ");
    if (value.length > 0) {
      text_add(out, bold ? "**" : "");
      add_plain(out, value.data);
      text_add(out, bold ? "** " : " ");
    }
  }
  text_add(out, "|\n");
}

static void add_heads(const struct grid *grid, struct text *out) {
  for (size_t column = 0; column < grid->column_count; column++)
    if (grid_is_shown(grid, column)) {
      text_add(out, "| ");
      add_plain(out, grid->columns[column].head);
      text_add_char(out, ' ');
    }
  text_add(out, "|\n");
  for (size_t column = 0; column < grid->column_count; column++)
    if (grid_is_shown(grid, column))
      text_add(out, grid->columns[column].number ? "| ---: " : "| --- ");
  text_add(out, "|\n");
}

static void add_heading(const struct grid *grid, struct text *out) {
  if (grid->title != NULL) {
    text_add(out, "## ");
    add_plain(out, grid->title);
    text_add(out, "\n\n");
  }
  for (size_t i = 0; i < grid->fact_count; i++) {
    AUTO_TEXT struct text fact = {0};
    grid_add_fact(grid, &grid->facts[i], &fact);
    text_add(out, "* ");
    add_plain(out, fact.data);
    text_add(out, "\n");
  }
  text_add(out, grid->fact_count > 0 ? "\n" : "");
}

static void add_footing(const struct grid *grid, struct text *out) {
  for (size_t i = 0; i < grid->note_count; i++) {
    text_add(out, "\n");
    add_plain(out, grid->notes[i]);
    text_add(out, "\n");
  }
  if (grid->legend_count > 0)
    text_add(out, "\n");
  for (size_t i = 0; i < grid->legend_count; i++) {
    text_add(out, i > 0 ? "; " : "");
    add_plain(out, grid->legend[i]);
  }
  text_add(out, grid->legend_count > 0 ? "\n" : "");
}

bool render_markdown(const struct grid *grid, const struct render_options *options, struct render_sink *out,
                     struct error *error) {
  (void)options;
  add_heading(grid, &out->text);
  add_heads(grid, &out->text);
  for (size_t row = 0; row < grid_rows(grid); row++) {
    add_row(grid, row, &out->text);
    if (!render_pass(out, error))
      return false;
  }
  add_footing(grid, &out->text);
  return true;
}
