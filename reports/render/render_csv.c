/*
 * CSV and TSV (RFC 4180): the rows alone, on the project's one CSV writer.  For a spreadsheet with a byte order mark,
 * CRLF and the guard of core/csv/csv.h.
 */
#include "core/csv/csv.h"
#include "reports/render/render.h"

#include <string.h>

struct separated {
  char delimiter;
  bool for_excel;
  bool has_guard; /* some row has a guarded text */
};

static void add(const struct separated *form, const char *value, bool is_text, bool first, struct text *out) {
  size_t length = value != NULL ? strlen(value) : 0;
  if (form->for_excel && is_text)
    csv_write_guarded(out, value, length, first, form->delimiter);
  else
    csv_write_field(out, value, length, first, form->delimiter);
}

static void end_row(const struct separated *form, struct text *out) {
  if (form->for_excel)
    csv_write_crlf(out);
  else
    csv_write_end(out);
}

/* What is shown alone has facts and no rows. */
static void render_facts(const struct grid *grid, const struct separated *form, struct text *out) {
  add(form, "field", false, true, out);
  add(form, "value", false, false, out);
  end_row(form, out);
  for (size_t i = 0; i < grid->fact_count; i++) {
    add(form, grid->facts[i].name, true, true, out);
    add(form, grid->facts[i].value, true, false, out);
    end_row(form, out);
  }
}

/* Figures and days are what a spreadsheet may take them for. */
static bool is_text(const struct grid_column *column) {
  return !column->number && !column->day;
}

static bool row_needs_guard(const struct grid *grid, size_t row) {
  for (size_t column = 0; column < grid->column_count; column++) {
    const char *value = is_text(&grid->columns[column]) ? grid_at(grid, row, column) : NULL;
    if (value != NULL && csv_guard_needed(value, strlen(value)))
      return true;
  }
  return false;
}

static bool some_row_needs_guard(const struct grid *grid) {
  for (size_t row = 0; row < grid_rows(grid); row++)
    if (row_needs_guard(grid, row))
      return true;
  return false;
}

static void render_head(const struct grid *grid, const struct separated *form, struct text *out) {
  for (size_t column = 0; column < grid->column_count; column++)
    add(form, grid->columns[column].name, false, column == 0, out);
  if (form->has_guard)
    add(form, CSV_GUARD_COLUMN, false, false, out);
  end_row(form, out);
}

static void render_row(const struct grid *grid, const struct separated *form, size_t row, struct text *out) {
  for (size_t column = 0; column < grid->column_count; column++)
    add(form, grid_at(grid, row, column), is_text(&grid->columns[column]), column == 0, out);
  if (form->has_guard)
    add(form, row_needs_guard(grid, row) ? (const char[]){CSV_GUARD, '\0'} : NULL, false, false, out);
  end_row(form, out);
}

static bool render_separated(const struct grid *grid, char delimiter, const struct render_options *options,
                             struct render_sink *out, struct error *error) {
  struct separated form = {.delimiter = delimiter, .for_excel = options->for_excel};
  if (form.for_excel)
    text_add(&out->text, CSV_MARK);
  if (grid->column_count == 0) {
    render_facts(grid, &form, &out->text);
    return true;
  }
  form.has_guard = form.for_excel && some_row_needs_guard(grid);
  render_head(grid, &form, &out->text);
  for (size_t row = 0; row < grid_rows(grid); row++) {
    render_row(grid, &form, row, &out->text);
    if (!render_pass(out, error))
      return false;
  }
  return true;
}

bool render_csv(const struct grid *grid, const struct render_options *options, struct render_sink *out,
                struct error *error) {
  return render_separated(grid, ',', options, out, error);
}

bool render_tsv(const struct grid *grid, const struct render_options *options, struct render_sink *out,
                struct error *error) {
  return render_separated(grid, '\t', options, out, error);
}
