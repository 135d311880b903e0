/* The figures of a cross-tabulation as a grid. */
#include "reports/table/crosstab.h"

#include "core/base/language.h"
#include "core/base/text.h"
#include "reports/grid/figure.h"
#include "reports/table/about.h"
#include "reports/table/shade.h"
#include "reports/table/tally.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct crosstab {
  const struct tally *tally;
  const struct cut *cut;
  const struct language *language;
  struct grid *grid;
};

/* ---- figures ------------------------------------------------------------- */

/* A figure as it is printed, in units of its last decimal, so that changes are those of what is read. */
struct printed {
  int64_t units;
  int decimals;
  bool none; /* nothing to divide by */
};

static int64_t count_at(const struct crosstab *crosstab, size_t layer, size_t row, size_t column) {
  return tally_figure(crosstab->tally, &crosstab->tally->layers[layer].counts, row, column);
}

static struct printed percent(int64_t part, int64_t whole) {
  return (struct printed){.units = figure_tenths(part, whole), .decimals = 1, .none = whole == 0};
}

static struct printed score(const struct crosstab *crosstab, size_t layer, size_t row, size_t column) {
  int64_t sum = tally_figure(crosstab->tally, &crosstab->tally->layers[layer].weights, row, column);
  int64_t count = count_at(crosstab, layer, row, column);
  return (struct printed){.units = figure_mean(sum, count), .decimals = 2, .none = count == 0};
}

static struct printed figure(const struct crosstab *crosstab, enum cut_shown shown, size_t layer, size_t row,
                             size_t column) {
  int64_t count = count_at(crosstab, layer, row, column);
  switch (shown) {
  case SHOW_ROW_PERCENT:
    return percent(count, count_at(crosstab, layer, row, ALL_PLACES));
  case SHOW_COLUMN_PERCENT:
    return percent(count, count_at(crosstab, layer, ALL_PLACES, column));
  case SHOW_TOTAL_PERCENT:
    return percent(count, count_at(crosstab, layer, ALL_PLACES, ALL_PLACES));
  case SHOW_NUMBER:
    break;
  }
  return crosstab->cut->counted == COUNT_WEIGHTS ? score(crosstab, layer, row, column)
                                                 : (struct printed){.units = count};
}

static struct printed response_rate(const struct crosstab *crosstab, size_t layer, size_t row) {
  const struct layer *figures = &crosstab->tally->layers[layer];
  return percent(tally_figure(crosstab->tally, &figures->answered, row, ALL_PLACES),
                 count_at(crosstab, layer, row, ALL_PLACES));
}

static void add_printed(const struct crosstab *crosstab, struct printed printed) {
  char out[FIGURE_SIZE];
  grid_cell(crosstab->grid, printed.none ? NULL : figure_format(printed.units, printed.decimals, out));
}

static bool compares(const struct crosstab *crosstab) {
  return crosstab->cut->compare != DAY_NONE;
}

/* The figure now, and the change since then where two days are compared. */
static void add_figure(const struct crosstab *crosstab, struct printed now, struct printed then) {
  add_printed(crosstab, now);
  if (compares(crosstab))
    add_printed(crosstab, (struct printed){now.units - then.units, now.decimals, now.none || then.none});
}

/* All that is shown of a place: numbers, percentages, changes. */
static void add_figures(const struct crosstab *crosstab, size_t row, size_t column) {
  for (size_t i = 0; i < crosstab->cut->shown_count; i++)
    add_figure(crosstab, figure(crosstab, crosstab->cut->shown[i], LAYER_NOW, row, column),
               compares(crosstab) ? figure(crosstab, crosstab->cut->shown[i], LAYER_THEN, row, column)
                                  : (struct printed){0});
}

/* ---- columns ------------------------------------------------------------- */

/* Beside a number, the share of a row's total is always 100.0. */
static bool total_shows(const struct cut *cut, size_t shown) {
  return cut->shown_count == 1 || cut->shown[shown] != SHOW_ROW_PERCENT;
}

/* The denominator of each figure in a row, where it differs from row to row and isn't the total that stands there. */
static bool has_row_denominators(const struct cut *cut) {
  return cut->shown_count == 1 && (cut->shown[0] == SHOW_ROW_PERCENT || cut->counted == COUNT_WEIGHTS);
}

static struct grid_column *add_column(struct grid *grid, const char *name, const char *suffix, const char *head) {
  AUTO_TEXT struct text whole = {0};
  text_add_format(&whole, "%s%s%s", name, *suffix != '\0' ? ":" : "", suffix);
  struct grid_column *column = grid_column(grid, whole.data, head);
  column->number = true;
  return column;
}

/* A column, and beside it the change since the earlier day. */
static struct grid_column *add_compared(const struct crosstab *crosstab, const char *name, const char *suffix,
                                        const char *head) {
  size_t place = crosstab->grid->column_count;
  AUTO_TEXT struct text change = {0};
  add_column(crosstab->grid, name, suffix, head);
  text_add_format(&change, "%s%schange", suffix, *suffix != '\0' ? ":" : "");
  if (compares(crosstab))
    add_column(crosstab->grid, name, change.data, translate(crosstab->language, "Change"))->change = true;
  return &crosstab->grid->columns[place];
}

/* The columns of one place: the first figure under its name, a percentage beside it under "%". */
static void add_columns(const struct crosstab *crosstab, const char *name, const char *head, bool total) {
  const struct cut *cut = crosstab->cut;
  for (size_t i = 0; i < cut->shown_count; i++) {
    if (total && !total_shows(cut, i))
      continue;
    struct grid_column *column = i == 0 ? add_compared(crosstab, name, "", head)
                                        : add_compared(crosstab, name, cut_shown_name(cut->shown[i]), "%");
    if (i == 0 && !total)
      grid_column_shaded(crosstab->grid, column, grid_shade_find(crosstab->grid, name));
  }
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

static void add_row_heads(const struct crosstab *crosstab) {
  for (size_t i = 0; i < crosstab->tally->rows.axis_count; i++) {
    const struct axis *axis = crosstab->tally->rows.axes[i];
    grid_column(crosstab->grid, axis->dimension->name, translate(crosstab->language, axis->dimension->label));
    if (!has_labels(axis))
      continue;
    AUTO_TEXT struct text name = {0};
    text_add_format(&name, "%s_label", axis->dimension->name);
    grid_column(crosstab->grid, name.data, translate(crosstab->language, axis->dimension->label))->label = true;
  }
}

/* Where each column counts one level, it gets that level's shade. */
static void add_shades(const struct crosstab *crosstab, const struct scope *scope) {
  const struct side *columns = &crosstab->tally->columns;
  if (columns->axis_count == 1 && strcmp(columns->axes[0]->dimension->name, "level") == 0)
    shade_levels(scope, crosstab->grid, NULL);
}

static void add_column_heads(const struct crosstab *crosstab) {
  const struct side *columns = &crosstab->tally->columns;
  for (size_t column = 0; column < columns->places; column++) {
    if (!side_shows(columns, column))
      continue;
    AUTO_TEXT struct text code = {0};
    AUTO_TEXT struct text label = {0};
    add_name(columns, column, false, &code);
    add_name(columns, column, true, &label);
    add_columns(crosstab, text_string(&code), text_string(&label), false);
  }
}

static void add_total_heads(const struct crosstab *crosstab) {
  if (side_adds_up(&crosstab->tally->columns))
    add_columns(crosstab, "total", translate(crosstab->language, "Total"), true);
  if (has_row_denominators(crosstab->cut))
    add_column(crosstab->grid, "denominator", "", translate(crosstab->language, "Denominator"));
  if (crosstab->cut->response_rate)
    add_compared(crosstab, "response-rate", "", translate(crosstab->language, "Answered, %"));
}

static void add_row_names(const struct crosstab *crosstab, size_t row) {
  const struct side *rows = &crosstab->tally->rows;
  for (size_t i = 0; i < rows->axis_count; i++) {
    const struct member *member = row != ALL_PLACES ? side_member(rows, row, i) : NULL;
    const char *total = i == 0 ? "total" : NULL;
    grid_cell(crosstab->grid, member != NULL ? member->code : total);
    if (has_labels(rows->axes[i]))
      grid_cell(crosstab->grid, member != NULL ? member->label
                                : i == 0       ? translate(crosstab->language, "Total")
                                               : NULL);
  }
}

static void add_totals(const struct crosstab *crosstab, size_t row) {
  const struct cut *cut = crosstab->cut;
  for (size_t i = 0; side_adds_up(&crosstab->tally->columns) && i < cut->shown_count; i++)
    if (total_shows(cut, i))
      add_figure(crosstab, figure(crosstab, cut->shown[i], LAYER_NOW, row, ALL_PLACES),
                 compares(crosstab) ? figure(crosstab, cut->shown[i], LAYER_THEN, row, ALL_PLACES)
                                    : (struct printed){0});
  if (has_row_denominators(cut))
    grid_cell_format(crosstab->grid, "%" PRId64, count_at(crosstab, LAYER_NOW, row, ALL_PLACES));
  if (cut->response_rate)
    add_figure(crosstab, response_rate(crosstab, LAYER_NOW, row),
               compares(crosstab) ? response_rate(crosstab, LAYER_THEN, row) : (struct printed){0});
}

static void add_row(const struct crosstab *crosstab, size_t row) {
  add_row_names(crosstab, row);
  for (size_t column = 0; column < crosstab->tally->columns.places; column++)
    if (side_shows(&crosstab->tally->columns, column))
      add_figures(crosstab, row, column);
  add_totals(crosstab, row);
}

static void fill_wide(const struct crosstab *crosstab, const struct scope *scope) {
  const struct side *rows = &crosstab->tally->rows;
  add_shades(crosstab, scope);
  add_row_heads(crosstab);
  add_column_heads(crosstab);
  add_total_heads(crosstab);
  for (size_t row = 0; row < rows->places; row++)
    if (side_shows(rows, row))
      add_row(crosstab, row);
  crosstab->grid->parts = cut_shares_out(crosstab->cut);
  if (!side_adds_up(rows))
    return;
  add_row(crosstab, ALL_PLACES);
  crosstab->grid->total = true;
}

/* ---- the long layout ----------------------------------------------------- */

static void add_place(const struct crosstab *crosstab, const struct side *side, size_t place) {
  AUTO_TEXT struct text name = {0};
  if (place == ALL_PLACES)
    text_add(&name, "total");
  else
    add_name(side, place, false, &name);
  grid_cell(crosstab->grid, text_string(&name));
}

static void add_long_row(const struct crosstab *crosstab, size_t row, size_t column) {
  add_place(crosstab, &crosstab->tally->rows, row);
  add_place(crosstab, &crosstab->tally->columns, column);
  add_figures(crosstab, row, column);
}

static void add_long_rows(const struct crosstab *crosstab, size_t row) {
  const struct side *columns = &crosstab->tally->columns;
  for (size_t column = 0; column < columns->places; column++)
    if (side_shows(columns, column))
      add_long_row(crosstab, row, column);
  if (side_adds_up(columns))
    add_long_row(crosstab, row, ALL_PLACES);
}

static void fill_long(const struct crosstab *crosstab) {
  const struct side *rows = &crosstab->tally->rows;
  grid_column(crosstab->grid, "row", translate(crosstab->language, "Row"));
  grid_column(crosstab->grid, "column", translate(crosstab->language, "Column"));
  add_columns(crosstab, "value", translate(crosstab->language, "Value"), false);
  for (size_t row = 0; row < rows->places; row++)
    if (side_shows(rows, row))
      add_long_rows(crosstab, row);
  if (side_adds_up(rows))
    add_long_rows(crosstab, ALL_PLACES);
}

/* ---- what is said about the figures -------------------------------------- */

static bool shows(const struct cut *cut, enum cut_shown shown) {
  for (size_t i = 0; i < cut->shown_count; i++)
    if (cut->shown[i] == shown)
      return true;
  return false;
}

static void add_counting_note(const struct crosstab *crosstab) {
  switch (crosstab->cut->counted) {
  case COUNT_STATES:
    grid_note(crosstab->grid, "%s",
              translate(crosstab->language,
                        "Figures are numbers of different States; a State may stand in several cells of a row."));
    break;
  case COUNT_RECOMMENDATIONS:
    grid_note(crosstab->grid, "%s",
              translate(crosstab->language,
                        "Figures are numbers of different recommendations; one may stand in several cells of a row."));
    break;
  case COUNT_WEIGHTS:
    grid_note(
        crosstab->grid, "%s",
        translate(crosstab->language,
                  "Score: the mean weight of the levels that have one; no response has none and does not count."));
    break;
  case COUNT_PAIRS:
    break;
  }
}

static void add_denominators(const struct crosstab *crosstab) {
  const struct side *columns = &crosstab->tally->columns;
  AUTO_TEXT struct text list = {0};
  for (size_t column = 0; column < columns->places; column++) {
    if (!side_shows(columns, column))
      continue;
    text_add(&list, list.length > 0 ? ", " : "");
    add_name(columns, column, true, &list);
    text_add_format(&list, " %" PRId64, count_at(crosstab, LAYER_NOW, ALL_PLACES, column));
  }
  grid_note(crosstab->grid, translate(crosstab->language, "Denominators: %s; in all %zu."), text_string(&list),
            (size_t)count_at(crosstab, LAYER_NOW, ALL_PLACES, ALL_PLACES));
}

static void add_notes(const struct crosstab *crosstab) {
  const struct cut *cut = crosstab->cut;
  if (shows(cut, SHOW_ROW_PERCENT) || shows(cut, SHOW_COLUMN_PERCENT) || shows(cut, SHOW_TOTAL_PERCENT))
    grid_note(crosstab->grid, "%s",
              translate(crosstab->language, "Percentages are rounded half up and may not add up to 100.0."));
  add_counting_note(crosstab);
  if (shows(cut, SHOW_TOTAL_PERCENT))
    grid_note(crosstab->grid, translate(crosstab->language, "Denominator: %zu."),
              (size_t)count_at(crosstab, LAYER_NOW, ALL_PLACES, ALL_PLACES));
  if (shows(cut, SHOW_COLUMN_PERCENT))
    add_denominators(crosstab);
  if (cut->response_rate)
    grid_note(crosstab->grid, "%s",
              translate(crosstab->language, "Answered: the share of the total that has a response of any level."));
}

bool crosstab_report(struct db *db, const struct cut *cut, struct material *material, struct grid *grid,
                     struct error *error) {
  (void)db, (void)error;
  __attribute__((cleanup(tally_free))) struct tally tally = {0};
  const struct scope *scope = material_scope(material);
  struct crosstab crosstab = {.tally = &tally, .cut = cut, .language = scope->language, .grid = grid};
  tally_count(&tally, cut, material->populations, material->count);
  if (cut->layout == LAYOUT_LONG)
    fill_long(&crosstab);
  else
    fill_wide(&crosstab, scope);
  add_notes(&crosstab);
  about_population(cut, material, tally.layers[LAYER_NOW].pairs, grid);
  return true;
}
