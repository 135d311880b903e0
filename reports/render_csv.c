/* CSV and TSV (RFC 4180): the rows alone, on the project's one CSV writer. */
#include "core/csv.h"
#include "reports/render.h"

#include <string.h>

static void add(struct text *out, const char *value, size_t column, char delimiter) {
  csv_write_field(out, value, value != NULL ? strlen(value) : 0, column == 0, delimiter);
}

/* What is shown alone has facts and no rows. */
static void render_facts(const struct grid *grid, char delimiter, struct text *out) {
  add(out, "field", 0, delimiter);
  add(out, "value", 1, delimiter);
  csv_write_end(out);
  for (size_t i = 0; i < grid->fact_count; i++) {
    add(out, grid->facts[i].name, 0, delimiter);
    add(out, grid->facts[i].value, 1, delimiter);
    csv_write_end(out);
  }
}

static bool render_separated(const struct grid *grid, char delimiter, struct render_sink *out, struct error *error) {
  if (grid->column_count == 0) {
    render_facts(grid, delimiter, &out->text);
    return true;
  }
  for (size_t column = 0; column < grid->column_count; column++)
    add(&out->text, grid->columns[column].name, column, delimiter);
  csv_write_end(&out->text);
  for (size_t row = 0; row < grid_rows(grid); row++) {
    for (size_t column = 0; column < grid->column_count; column++)
      add(&out->text, grid_at(grid, row, column), column, delimiter);
    csv_write_end(&out->text);
    if (!render_pass(out, error))
      return false;
  }
  return true;
}

bool render_csv(const struct grid *grid, const struct render_options *options, struct render_sink *out,
                struct error *error) {
  (void)options;
  return render_separated(grid, ',', out, error);
}

bool render_tsv(const struct grid *grid, const struct render_options *options, struct render_sink *out,
                struct error *error) {
  (void)options;
  return render_separated(grid, '\t', out, error);
}
