/*
 * libFuzzer target: any texts as the cells of a table that is written as csv or tsv, exactly and for a spreadsheet, and
 * read back as an importer reads.  What was written comes back, whatever it was, and a spreadsheet gets nothing that
 * it would take for a formula.
 *
 * The first byte of an input says how it is written: its lowest bit as csv or tsv.  Cells end with a unit separator
 * (1F), those that are only a backspace (08) are empty; each two cells are a row.
 */
#include "core/base/memory.h"
#include "core/csv/csv.h"
#include "reports/render/render.h"
#include "tests/fuzz/must.h"

#include <string.h>

enum { COLUMNS = 2 };
static const struct csv_column columns[COLUMNS] = {{.name = "one"}, {.name = "other"}};

static struct grid *make_grid(const char *s, size_t length) {
  struct grid *grid = grid_new(NULL);
  for (size_t i = 0; i < COLUMNS; i++)
    grid_column(grid, columns[i].name, columns[i].name);
  const char *end = s + length;
  while (s < end) {
    const char *stop = memchr(s, '\x1f', (size_t)(end - s));
    AUTO_FREE char *value = memory_string_n(s, (size_t)((stop != NULL ? stop : end) - s));
    grid_cell(grid, strcmp(value, "\b") != 0 ? value : NULL);
    s = stop != NULL ? stop + 1 : end;
  }
  while (grid->cell_count % COLUMNS != 0)
    grid_cell(grid, NULL);
  return grid;
}

static void check_value(const struct grid *grid, size_t row, size_t column, const struct csv_reader *reader) {
  size_t length;
  const char *wanted = grid_at(grid, row, column), *value = csv_reader_value(reader, column, &length);
  must((wanted == NULL) == (value == NULL));
  must(value == NULL || (strlen(wanted) == length && memcmp(wanted, value, length) == 0));
}

/* What a spreadsheet sees of a field. */
static void check_harmless(const struct csv_reader *reader) {
  for (size_t i = 0; i < csv_reader_fields(reader); i++) {
    size_t length;
    const char *seen = csv_reader_field(reader, i, &length);
    must(seen == NULL || memchr("=+-@", *seen, 4) == NULL || length == 0);
  }
}

static void check_written(const struct grid *grid, bool for_excel, bool tabs) {
  __attribute__((cleanup(text_free))) struct text written = {0};
  struct render_sink sink = {0};
  struct error error;
  const struct render_options options = {.for_excel = for_excel};
  must((tabs ? render_tsv : render_csv)(grid, &options, &sink, &error));
  written = sink.text;
  const struct csv_input input = {.name = "input", .bytes = text_string(&written), .length = written.length};
  AUTO_CSV_READER struct csv_reader *reader = NULL;
  must(csv_reader_open_input(&reader, &input, &error) && csv_reader_header(reader, columns, COLUMNS, &error));
  must(csv_reader_delimiter(reader) == (tabs ? '\t' : ','));
  for (size_t row = 0; row < grid_rows(grid); row++) {
    must(csv_reader_next(reader, &error) == CSV_ROW);
    for (size_t column = 0; column < COLUMNS; column++)
      check_value(grid, row, column, reader);
    if (for_excel)
      check_harmless(reader);
  }
  must(csv_reader_next(reader, &error) == CSV_END);
}

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size) {
  const char *s = (const char *)bytes + 1;
  if (size < 2 || memchr(s, '\0', size - 1) != NULL || !text_is_utf8(s, size - 1, NULL))
    return 0; /* what stands in a database has neither */
  AUTO_GRID struct grid *grid = make_grid(s, size - 1);
  check_written(grid, false, bytes[0] % 2 == 1);
  check_written(grid, true, bytes[0] % 2 == 1);
  return 0;
}
