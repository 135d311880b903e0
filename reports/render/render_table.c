/*
 * Tables for a terminal, on libsmartcols: right widths for every script, no control character gets through.
 *
 * Heads and labels are broken between words, so the heads are lines of the table like any other: libsmartcols breaks
 * lines only there.
 */
#include "core/base/memory.h"
#include "reports/render/render.h"
#include "reports/render/table_layout.h"

#include <libsmartcols.h>
#include <stdint.h>
#include <string.h>

static void release(struct libscols_table **table) {
  scols_unref_table(*table);
}

/* ---- one part ------------------------------------------------------------ */

static bool add_columns(const struct table_part *part, struct libscols_table *table) {
  for (size_t i = 0; i < part->count; i++) {
    struct libscols_column *made = scols_table_new_column(table, "", 1, SCOLS_FL_WRAP);
    if (made == NULL || scols_column_set_wrapfunc(made, scols_wrapnl_chunksize, scols_wrapnl_nextchunk, NULL) != 0 ||
        scols_column_set_safechars(made, "\n") != 0)
      return false;
  }
  return true;
}

/* A line of the table: a row, or the heads where row is SIZE_MAX. */
static bool add_line(const struct table_layout *layout, const struct table_part *part, size_t row,
                     struct libscols_table *table) {
  struct libscols_line *line = scols_table_new_line(table, NULL);
  if (line == NULL)
    return false;
  for (size_t i = 0; i < part->count; i++)
    if (scols_line_refer_data(line, i, table_cell(layout, row, part->columns[i])) != 0)
      return false;
  return true;
}

static bool add_rule(const struct table_layout *layout, const struct table_part *part, struct libscols_table *table) {
  struct libscols_line *line = scols_table_new_line(table, NULL);
  if (line == NULL)
    return false;
  for (size_t i = 0; i < part->count; i++) {
    AUTO_TEXT struct text rule = {0};
    for (size_t k = 0; k < layout->widths[part->columns[i]]; k++)
      text_add_char(&rule, '-');
    if (scols_line_refer_data(line, i, text_take(&rule)) != 0)
      return false;
  }
  return true;
}

static bool add_rows(const struct table_layout *layout, const struct table_part *part, struct libscols_table *table) {
  const struct grid *grid = layout->grid;
  if (!add_line(layout, part, SIZE_MAX, table) || !add_rule(layout, part, table))
    return false;
  for (size_t row = 0; row < grid_rows(grid); row++) {
    if (grid->total && row + 1 == grid_rows(grid) && !add_rule(layout, part, table))
      return false;
    if (!add_line(layout, part, row, table))
      return false;
  }
  return true;
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

static bool draw(const struct table_layout *layout, const struct table_part *part, struct text *out,
                 struct error *error) {
  __attribute__((cleanup(release))) struct libscols_table *table = scols_new_table();
  AUTO_FREE char *printed = NULL;
  bool good = table != NULL && scols_table_set_column_separator(table, "  ") == 0 &&
              scols_table_enable_noheadings(table, 1) == 0 && scols_table_enable_noencoding(table, 1) == 0 &&
              scols_table_enable_maxout(table, 0) == 0 &&
              scols_table_set_termforce(table, SCOLS_TERMFORCE_ALWAYS) == 0 &&
              scols_table_set_termwidth(table, 100000) == 0 && add_columns(part, table) &&
              add_rows(layout, part, table) && scols_print_table_to_string(table, &printed) == 0 &&
              printed != NULL; /* without memory it says 0 and gives nothing */
  if (!good) {
    error_set(error, ERROR_FAILED, "the table can't be drawn");
    return error_remedy(error, "Try another --format.");
  }
  add_trimmed(out, printed);
  return true;
}

static bool draw_parts(const struct table_layout *layout, struct text *out, struct error *error) {
  if (grid_rows(layout->grid) == 0) {
    text_add_format(out, "%s\n", translate(layout->grid->language, "(no rows)"));
    return true;
  }
  for (size_t i = 0; i < layout->part_count; i++) {
    text_add(out, i > 0 ? "\n" : "");
    if (!draw(layout, &layout->parts[i], out, error))
      return false;
  }
  return true;
}

/* ---- around it ----------------------------------------------------------- */

static void add_heading(const struct grid *grid, size_t width, struct text *out) {
  if (grid->title != NULL)
    table_add_lines(grid->title, width, out);
  for (size_t i = 0; i < grid->fact_count; i++) {
    AUTO_TEXT struct text fact = {0};
    grid_add_fact(grid, &grid->facts[i], &fact);
    table_add_lines(fact.data, width, out);
  }
  if ((grid->title != NULL || grid->fact_count > 0) && grid->column_count > 0)
    text_add_char(out, '\n');
}

/* Where levels are headed by letters, the legend says which. */
static void list_letters(const struct table_layout *layout, struct text *legend) {
  for (size_t column = 0; layout->letters && column < layout->grid->column_count; column++) {
    const struct grid_shade *shade = grid_column_shade(layout->grid, column);
    if (shade != NULL)
      text_add_format(legend, "%s%s %s", legend->length > 0 ? "; " : "", shade->letter, shade->label);
  }
}

static void add_footing(const struct table_layout *layout, size_t width, struct text *out) {
  const struct grid *grid = layout->grid;
  AUTO_TEXT struct text legend = {0};
  list_letters(layout, &legend);
  for (size_t i = 0; i < grid->legend_count; i++)
    text_add_format(&legend, "%s%s", legend.length > 0 ? "; " : "", grid->legend[i]);
  if (legend.length > 0) {
    text_add_char(out, '\n');
    table_add_lines(legend.data, width, out);
  }
  text_add(out, grid->note_count > 0 ? "\n" : "");
  for (size_t i = 0; i < grid->note_count; i++)
    table_add_lines(grid->notes[i], width, out);
}

bool render_table(const struct grid *grid, const struct render_options *options, struct render_sink *out,
                  struct error *error) {
  size_t line = options->fold ? options->width : 0;
  AUTO_LAYOUT struct table_layout layout;
  table_layout(grid, options->width, options->fold, &layout);
  add_heading(grid, line, &out->text);
  if (grid->column_count > 0 && !draw_parts(&layout, &out->text, error))
    return false;
  add_footing(&layout, line, &out->text);
  return true;
}
