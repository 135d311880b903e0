/* The header row of a CSV input: which field of a row is which column. */
#include "core/csv/csv_private.h"

#include "core/base/memory.h"
#include "core/base/name_index.h"
#include "core/base/nearest.h"

#include <string.h>

static const char *header_name(const struct csv_reader *reader, size_t field, size_t *length) {
  *length = reader->fields[field].length;
  return *length > 0 ? text_trim(reader->values + reader->fields[field].offset, length) : "";
}

static bool refuse_column(const struct csv_reader *reader, size_t field, struct error *error) {
  size_t length;
  const char *name = header_name(reader, field, &length);
  if (length == 0) {
    error_set(error, ERROR_DATA, "column %zu has no name", field + 1);
    error_remedy(error, "Name it, or take the column out.");
    return csv_blame_field(reader, field, error);
  }
  AUTO_NEAREST struct nearest nearest;
  nearest_begin_n(&nearest, name, length);
  for (size_t i = 0; i < reader->column_count; i++)
    if (!reader->columns[i].aside && !reader->columns[i].instead)
      nearest_offer(&nearest, reader->columns[i].name);
  error_set(error, ERROR_DATA, "unknown column: \"%.*s\"", text_shown(name, length), name);
  nearest_remedy(&nearest, error, "The first row must name the columns; known are %s.", nearest_offered(&nearest));
  return csv_blame_field(reader, field, error);
}

static bool refuse_second(const struct csv_reader *reader, size_t field, struct error *error) {
  size_t length;
  const char *name = header_name(reader, field, &length);
  error_set(error, ERROR_DATA, "column \"%.*s\" is there twice", text_shown(name, length), name);
  error_remedy(error, "Take one of them out.");
  return csv_blame_field(reader, field, error);
}

static bool refuse_known(const struct csv_reader *reader, size_t field, const struct csv_column *column,
                         struct error *error) {
  error_set(error, ERROR_DATA, "the column \"%s\" can't be read", column->name);
  error_remedy(error, "%s", column->instead);
  return csv_blame_field(reader, field, error);
}

static bool bind_field(struct csv_reader *reader, size_t field, struct error *error) {
  size_t length;
  const char *name = header_name(reader, field, &length);
  for (size_t i = 0; i < reader->column_count; i++) {
    if (strlen(reader->columns[i].name) != length || memcmp(reader->columns[i].name, name, length) != 0)
      continue;
    if (reader->columns[i].instead)
      return refuse_known(reader, field, &reader->columns[i], error);
    if (reader->field_of[i] == NOWHERE) {
      reader->field_of[i] = field;
      return true;
    }
    return refuse_second(reader, field, error);
  }
  if (length != strlen(CSV_GUARD_COLUMN) || memcmp(CSV_GUARD_COLUMN, name, length) != 0)
    return refuse_column(reader, field, error);
  if (reader->guard != NOWHERE)
    return refuse_second(reader, field, error);
  reader->guard = field;
  return true;
}

static bool check_required(const struct csv_reader *reader, struct error *error) {
  AUTO_TEXT struct text missing = {0};
  size_t count = 0;
  for (size_t i = 0; i < reader->column_count; i++)
    if (reader->columns[i].required && reader->field_of[i] == NOWHERE)
      text_add_format(&missing, "%s\"%s\"", count++ ? ", " : "", reader->columns[i].name);
  if (count == 0)
    return true;
  error_set(error, ERROR_DATA, "the header lacks the column%s %s", count == 1 ? "" : "s", text_string(&missing));
  error_remedy(error, "The first row must name the columns, in any order.");
  return csv_blame_line(reader, reader->row_line, 0, error);
}

static bool read_header(struct csv_reader *reader, struct error *error) {
  size_t length;
  enum csv_next next = csv_row_read(reader, error);
  if (next == CSV_FAILED)
    return false;
  if (next == CSV_END) {
    error_set(error, ERROR_DATA, "the file has no header row");
    error_remedy(error, "The first row must name the columns, in any order.");
    return error_at(error, reader->source.name, 0, 0);
  }
  reader->width = reader->named = reader->field_count;
  while (reader->named > 0 && (header_name(reader, reader->named - 1, &length), length == 0))
    reader->named--;
  const char *raw = csv_reader_raw(reader, &length);
  text_clear(&reader->header);
  text_add_n(&reader->header, raw, length);
  return true;
}

/* Whatever the columns are called, each has a name of its own. */
static bool check_names(const struct csv_reader *reader, struct error *error) {
  AUTO_NAME_INDEX struct name_index *names = name_index_new();
  for (size_t i = 0; i < reader->named; i++) {
    size_t length;
    const char *name = header_name(reader, i, &length);
    if (length == 0)
      return refuse_column(reader, i, error);
    if (!name_index_add(names, name, length, 0))
      return refuse_second(reader, i, error);
  }
  return true;
}

bool csv_reader_header_any(struct csv_reader *reader, size_t *named, struct error *error) {
  bool done = read_header(reader, error) && check_names(reader, error);
  if (!done)
    csv_fail(reader, error);
  *named = reader->named;
  return done;
}

bool csv_reader_header(struct csv_reader *reader, const struct csv_column *columns, size_t count, struct error *error) {
  reader->columns = columns;
  reader->column_count = count;
  reader->guard = NOWHERE;
  reader->field_of = memory_resize(reader->field_of, count, sizeof *reader->field_of);
  for (size_t i = 0; i < count; i++)
    reader->field_of[i] = NOWHERE;
  bool done = read_header(reader, error);
  for (size_t i = 0; i < reader->named && done; i++)
    done = bind_field(reader, i, error);
  done = done && check_required(reader, error);
  if (!done)
    csv_fail(reader, error);
  return done;
}
