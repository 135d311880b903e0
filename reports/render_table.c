/* Tables for a terminal, on libsmartcols: right widths for every script, no control character gets through. */
#include "core/memory.h"
#include "reports/render.h"

#include <libsmartcols.h>
#include <stdlib.h>
#include <string.h>

static void release(struct libscols_table **table) {
  scols_unref_table(*table);
}

/* Text on one line, harmless on a terminal. */
static char *shown(const char *value) {
  AUTO_TEXT struct text text = {0};
  if (value != NULL)
    text_add_escaped(&text, value, strlen(value));
  return memory_string(text_string(&text));
}

/* Where the next column repeats this one in words, people see the words. */
static bool is_shown(const struct grid *grid, size_t column) {
  return column + 1 >= grid->column_count || !grid->columns[column + 1].label;
}

static bool add_columns(const struct grid *grid, struct libscols_table *table) {
  for (size_t column = 0; column < grid->column_count; column++) {
    if (!is_shown(grid, column))
      continue;
    AUTO_FREE char *head = shown(grid->columns[column].head);
    int flags = grid->columns[column].number ? SCOLS_FL_RIGHT : SCOLS_FL_WRAP;
    if (scols_table_new_column(table, head, grid->columns[column].number ? 1 : 0.4, flags) == NULL)
      return false;
  }
  return true;
}

static bool add_rows(const struct grid *grid, struct libscols_table *table) {
  for (size_t row = 0; row < grid_rows(grid); row++) {
    struct libscols_line *line = scols_table_new_line(table, NULL);
    if (line == NULL)
      return false;
    for (size_t column = 0, place = 0; column < grid->column_count; column++)
      if (is_shown(grid, column) && scols_line_refer_data(line, place++, shown(grid_at(grid, row, column))) != 0)
        return false;
  }
  return true;
}

static void add_heading(const struct grid *grid, struct text *out) {
  if (grid->title != NULL) {
    AUTO_FREE char *title = shown(grid->title);
    text_add_format(out, "%s\n", title);
  }
  for (size_t i = 0; i < grid->fact_count; i++) {
    AUTO_FREE char *value = shown(grid->facts[i].value);
    text_add_format(out, "%s: %s\n", grid->facts[i].head, value);
  }
  if (grid->title != NULL || grid->fact_count > 0)
    text_add_char(out, '\n');
}

/* Lines without the blanks that pad the last column. */
static void add_trimmed(struct text *out, const char *printed) {
  while (*printed != '\0') {
    size_t line = strcspn(printed, "\n"), kept = line;
    while (kept > 0 && printed[kept - 1] == ' ')
      kept--;
    text_add_n(out, printed, kept);
    text_add_char(out, '\n');
    printed += line + (printed[line] == '\n');
  }
}

static void add_footing(const struct grid *grid, struct text *out) {
  if (grid->legend_count > 0)
    text_add(out, "\n");
  for (size_t i = 0; i < grid->legend_count; i++) {
    AUTO_FREE char *entry = shown(grid->legend[i]);
    text_add_format(out, "%s%s", i > 0 ? "; " : "", entry);
  }
  if (grid->legend_count > 0)
    text_add(out, "\n");
  if (grid->note_count > 0)
    text_add(out, "\n");
  for (size_t i = 0; i < grid->note_count; i++) {
    AUTO_FREE char *note = shown(grid->notes[i]);
    text_add_format(out, "%s\n", note);
  }
}

bool render_table(const struct grid *grid, const struct render_options *options, struct text *out,
                  struct error *error) {
  __attribute__((cleanup(release))) struct libscols_table *table = scols_new_table();
  AUTO_FREE char *printed = NULL;
  bool good = table != NULL && scols_table_set_column_separator(table, "  ") == 0 &&
              scols_table_enable_maxout(table, 0) == 0 && scols_table_enable_nowrap(table, options->width == 0) == 0 &&
              scols_table_set_termforce(table, SCOLS_TERMFORCE_ALWAYS) == 0 &&
              scols_table_set_termwidth(table, options->width > 0 ? options->width : 100000) == 0 &&
              add_columns(grid, table) && add_rows(grid, table) && scols_print_table_to_string(table, &printed) == 0;
  if (!good) {
    error_set(error, ERROR_FAILED, "the table can't be drawn");
    return error_remedy(error, "Try another --format.");
  }
  add_heading(grid, out);
  if (grid->column_count > 0)
    add_trimmed(out, grid_rows(grid) > 0 ? printed : "(no rows)\n");
  add_footing(grid, out);
  return true;
}
