/* What a reader sees of a CSV file, as a JSON array of arrays: JSON by jansson, a row at a time. */
#include "reports/render/csv_array.h"

#include "core/base/interrupt.h"
#include "core/base/memory.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

struct csv_array {
  struct csv_reader *reader;
  struct output *output;
  bool raw;
  size_t named;  /* fields under a name; not with `raw` */
  uint64_t rows; /* written, the header too */
  uint64_t read, bad;
};

static int add_to_text(const char *bytes, size_t length, void *context) {
  text_add_n(context, bytes, length);
  return 0;
}

/* The current row. */
static bool write_row(struct csv_array *array, struct error *error) {
  json_t *row = json_array();
  size_t count = array->raw ? csv_reader_fields(array->reader) : array->named, length;
  for (size_t i = 0; i < count; i++) {
    const char *value = csv_reader_field(array->reader, i, &length);
    if (json_array_append_new(row, json_stringn(value != NULL ? value : "", length)) != 0)
      memory_exhausted();
  }
  AUTO_TEXT struct text line = {0};
  text_add(&line, array->rows++ == 0 ? "[\n" : ",\n");
  if (json_dump_callback(row, add_to_text, &line, JSON_COMPACT) != 0)
    memory_exhausted();
  json_decref(row);
  return output_write(array->output, line.data, line.length, error);
}

static bool write_header(struct csv_array *array, struct error *error) {
  return array->raw || (csv_reader_header_any(array->reader, &array->named, error) && write_row(array, error));
}

/* Once a row was refused nothing more is written, but all rows are still looked at. */
static bool write_rows(struct csv_array *array, error_sink *problem, void *context, struct error *error) {
  struct error refusal;
  for (enum csv_next next; (next = csv_reader_next(array->reader, &refusal)) != CSV_END; array->read++) {
    if (next == CSV_FAILED) {
      *error = refusal;
      return false;
    }
    if (next == CSV_BAD_ROW) {
      array->bad++;
      problem(context, &refusal);
    }
    if (!interrupt_check(error) || (array->bad == 0 && !write_row(array, error)))
      return false;
  }
  return true;
}

bool csv_array_write(struct csv_reader *reader, bool raw, error_sink *problem, void *context, struct output *output,
                     struct error *error) {
  struct csv_array array = {.reader = reader, .output = output, .raw = raw};
  if (!write_header(&array, error) || !write_rows(&array, problem, context, error))
    return false;
  if (array.bad > 0) {
    error_set(error, ERROR_DATA, "%" PRIu64 " of %" PRIu64 " rows would be refused", array.bad, array.read);
    return error_remedy(error, "Mend the rows named above.");
  }
  const char *end = array.rows == 0 ? "[]\n" : "\n]\n";
  return output_write(output, end, strlen(end), error);
}
