/* The figures of a cross-tabulation as a grid. */
#include "reports/crosstab.h"

#include "core/text.h"
#include "reports/figure.h"
#include "reports/shade.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* ---- figures ------------------------------------------------------------- */

/* A figure of the table: of a cell, a row (column SIZE_MAX), a column (row SIZE_MAX), or the whole. */
static const size_t ALL = SIZE_MAX;

static int64_t count_at(const struct tally *tally, size_t row, size_t column) {
  if (row == ALL)
    return column == ALL ? tally->total : tally->column_totals[column];
  return column == ALL ? tally->row_totals[row] : tally->cells[row * tally->columns.places + column];
}

static int64_t weight_at(const struct tally *tally, size_t row, size_t column) {
  if (row == ALL)
    return column == ALL ? tally->total_weight : tally->column_weights[column];
  return column == ALL ? tally->row_weights[row] : tally->cell_weights[row * tally->columns.places + column];
}

/* Adds a figure as a cell; an empty one where there is nothing to divide by. */
static void add_figure(const struct tally *tally, enum measure measure, size_t row, size_t column, struct grid *grid) {
  char out[FIGURE_SIZE];
  int64_t count = count_at(tally, row, column);
  switch (measure) {
  case MEASURE_ROW_PERCENT:
    figure_percent(count, count_at(tally, row, ALL), out);
    break;
  case MEASURE_COLUMN_PERCENT:
    figure_percent(count, count_at(tally, ALL, column), out);
    break;
  case MEASURE_TOTAL_PERCENT:
    figure_percent(count, count_at(tally, ALL, ALL), out);
    break;
  case MEASURE_SCORE:
    figure_score(weight_at(tally, row, column), count, out);
    break;
  case MEASURE_COUNT:
  case MEASURE_STATES:
  case MEASURE_RECOMMENDATIONS:
    snprintf(out, sizeof out, "%" PRId64, count);
    break;
  }
  grid_cell(grid, out[0] != '\0' ? out : NULL);
}

/* The denominator of each figure in a row, where it differs from row to row. */
static bool has_row_denominators(enum measure measure) {
  return measure == MEASURE_ROW_PERCENT || measure == MEASURE_SCORE;
}

/* ---- the wide layout ----------------------------------------------------- */

static bool has_labels(const struct axis *axis) {
  for (size_t i = 0; i < axis->count; i++)
    if (strcmp(axis->members[i].code, axis->members[i].label) != 0)
      return true;
  return false;
}

/* The codes, or the labels, of a place on a side, joined. */
static void add_name(const struct side *side, size_t place, bool labels, struct text *out) {
  for (size_t axis = 0; axis < side->axis_count; axis++) {
    const struct member *member = side_member(side, place, axis);
    text_add(out, axis > 0 ? " / " : "");
    text_add(out, labels ? member->label : member->code);
  }
}

static void add_row_heads(const struct tally *tally, struct grid *grid) {
  for (size_t i = 0; i < tally->rows.axis_count; i++) {
    const struct axis *axis = tally->rows.axes[i];
    grid_column(grid, axis->dimension->name, axis->dimension->label);
    if (!has_labels(axis))
      continue;
    AUTO_TEXT struct text name = {0};
    text_add_format(&name, "%s_label", axis->dimension->name);
    grid_column(grid, name.data, axis->dimension->label)->label = true;
  }
}

/* Where each column counts one level, it gets that level's shade. */
static void add_shades(const struct tally *tally, const struct scope *scope, struct grid *grid) {
  const struct side *columns = &tally->columns;
  if (columns->axis_count == 1 && strcmp(columns->axes[0]->dimension->name, "level") == 0)
    shade_levels(scope, grid, NULL);
}

static void add_column_heads(const struct tally *tally, struct grid *grid) {
  for (size_t column = 0; column < tally->columns.places; column++) {
    if (!side_shows(&tally->columns, column))
      continue;
    AUTO_TEXT struct text code = {0};
    AUTO_TEXT struct text label = {0};
    add_name(&tally->columns, column, false, &code);
    add_name(&tally->columns, column, true, &label);
    struct grid_column *head = grid_column(grid, text_string(&code), text_string(&label));
    head->number = true;
    grid_column_shaded(grid, head, grid_shade_find(grid, head->name));
  }
}

static void add_row_names(const struct tally *tally, size_t row, struct grid *grid) {
  for (size_t i = 0; i < tally->rows.axis_count; i++) {
    const struct member *member = row != ALL ? side_member(&tally->rows, row, i) : NULL;
    const char *total = i == 0 ? "total" : NULL;
    grid_cell(grid, member != NULL ? member->code : total);
    if (has_labels(tally->rows.axes[i]))
      grid_cell(grid, member != NULL ? member->label : i == 0 ? "Total" : NULL);
  }
}

static void add_row(const struct tally *tally, const struct cut *cut, size_t row, struct grid *grid) {
  add_row_names(tally, row, grid);
  for (size_t column = 0; column < tally->columns.places; column++)
    if (side_shows(&tally->columns, column))
      add_figure(tally, cut->measure, row, column, grid);
  add_figure(tally, cut->measure, row, ALL, grid);
  if (has_row_denominators(cut->measure))
    grid_cell_format(grid, "%" PRId64, count_at(tally, row, ALL));
}

static void fill_wide(const struct tally *tally, const struct cut *cut, const struct scope *scope, struct grid *grid) {
  add_shades(tally, scope, grid);
  add_row_heads(tally, grid);
  add_column_heads(tally, grid);
  grid_column(grid, "total", "Total")->number = true;
  if (has_row_denominators(cut->measure))
    grid_column(grid, "denominator", "Denominator")->number = true;
  for (size_t row = 0; row < tally->rows.places; row++)
    if (side_shows(&tally->rows, row))
      add_row(tally, cut, row, grid);
  add_row(tally, cut, ALL, grid);
  grid->total = true;
}

/* ---- the long layout ----------------------------------------------------- */

static void add_long_row(const struct tally *tally, const struct cut *cut, size_t row, size_t column,
                         struct grid *grid) {
  AUTO_TEXT struct text row_name = {0};
  AUTO_TEXT struct text column_name = {0};
  if (row == ALL)
    text_add(&row_name, "total");
  else
    add_name(&tally->rows, row, false, &row_name);
  if (column == ALL)
    text_add(&column_name, "total");
  else
    add_name(&tally->columns, column, false, &column_name);
  grid_cell(grid, text_string(&row_name));
  grid_cell(grid, text_string(&column_name));
  add_figure(tally, cut->measure, row, column, grid);
}

static void add_long_rows(const struct tally *tally, const struct cut *cut, size_t row, struct grid *grid) {
  for (size_t column = 0; column < tally->columns.places; column++)
    if (side_shows(&tally->columns, column))
      add_long_row(tally, cut, row, column, grid);
  add_long_row(tally, cut, row, ALL, grid);
}

static void fill_long(const struct tally *tally, const struct cut *cut, struct grid *grid) {
  grid_column(grid, "row", "Row");
  grid_column(grid, "column", "Column");
  grid_column(grid, "value", "Value")->number = true;
  for (size_t row = 0; row < tally->rows.places; row++)
    if (side_shows(&tally->rows, row))
      add_long_rows(tally, cut, row, grid);
  add_long_rows(tally, cut, ALL, grid);
}

/* ---- what is said about the figures --------------------------------------- */

static void add_measure_notes(const struct cut *cut, const struct tally *tally, struct grid *grid) {
  switch (cut->measure) {
  case MEASURE_ROW_PERCENT:
  case MEASURE_COLUMN_PERCENT:
  case MEASURE_TOTAL_PERCENT:
    grid_note(grid, "Percentages are rounded half up and may not add up to 100.0.");
    break;
  case MEASURE_SCORE:
    grid_note(grid, "Score: the mean weight of the levels that have one; no response has none and does not count.");
    break;
  case MEASURE_STATES:
    grid_note(grid, "Figures are numbers of different States; a State may stand in several cells of a row.");
    break;
  case MEASURE_RECOMMENDATIONS:
    grid_note(grid, "Figures are numbers of different recommendations; one may stand in several cells of a row.");
    break;
  case MEASURE_COUNT:
    break;
  }
  if (cut->measure == MEASURE_TOTAL_PERCENT)
    grid_note(grid, "Denominator: %" PRId64 " pairs.", tally->total);
  if (cut->measure == MEASURE_COLUMN_PERCENT) {
    AUTO_TEXT struct text list = {0};
    for (size_t column = 0; column < tally->columns.places; column++) {
      if (!side_shows(&tally->columns, column))
        continue;
      text_add(&list, list.length > 0 ? ", " : "");
      add_name(&tally->columns, column, false, &list);
      text_add_format(&list, " %" PRId64, count_at(tally, ALL, column));
    }
    grid_note(grid, "Denominators: %s, total %" PRId64 " pairs.", text_string(&list), tally->total);
  }
}

void crosstab_fill(const struct tally *tally, const struct cut *cut, const struct scope *scope, struct grid *grid) {
  if (cut->layout == LAYOUT_LONG)
    fill_long(tally, cut, grid);
  else
    fill_wide(tally, cut, scope, grid);
  add_measure_notes(cut, tally, grid);
}
