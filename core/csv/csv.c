/* The strict CSV reader: opening an input, its delimiter, its rows one after the other. */
#include "core/csv/csv_private.h"

#include "core/base/memory.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum csv_next csv_fail(struct csv_reader *reader, const struct error *error) {
  reader->failed = true;
  reader->failure = *error;
  return CSV_FAILED;
}

static enum csv_next refuse_width(const struct csv_reader *reader, struct error *error) {
  error_set(error, ERROR_DATA, "the row has %zu field%s, the header has %zu", reader->field_count,
            reader->field_count == 1 ? "" : "s", reader->width);
  if (reader->field_count < reader->width) {
    error_remedy(error, "Give every field its place, the empty ones too.");
    csv_blame_line(reader, reader->row_line, 0, error);
    return CSV_BAD_ROW;
  }
  error_remedy(error, "Put values that hold the delimiter in double quotes.");
  csv_blame_field(reader, reader->width, error);
  return CSV_BAD_ROW;
}

/* A value under no name would be lost. */
static enum csv_next check_nameless(const struct csv_reader *reader, struct error *error) {
  for (size_t i = reader->named; i < reader->width; i++) {
    const struct csv_field *field = &reader->fields[i];
    if (field->length == 0)
      continue;
    const char *value = reader->values + field->offset;
    error_set(error, ERROR_DATA, "a value in a column without a name: \"%.*s\"", text_shown(value, field->length),
              value);
    error_remedy(error, "Name the column in the header, or take the value out.");
    csv_blame_field(reader, i, error);
    return CSV_BAD_ROW;
  }
  return CSV_ROW;
}

enum csv_next csv_reader_next(struct csv_reader *reader, struct error *error) {
  if (reader->failed) {
    *error = reader->failure;
    return CSV_FAILED;
  }
  enum csv_next next = csv_row_read(reader, error);
  if (next == CSV_FAILED)
    return csv_fail(reader, error);
  if (next == CSV_END)
    return CSV_END;
  if (reader->raw)
    return CSV_ROW;
  if (reader->field_count != reader->width)
    return refuse_width(reader, error);
  return reader->named == reader->width ? CSV_ROW : check_nameless(reader, error);
}

/* ---- opening and delimiter ---- */

/* Those that are found without a `sep=` line. */
static const char DELIMITERS[] = ",;\t";

/* A header row that is longer isn't looked at to its end. */
static const size_t LONG_LOOK = 1 << 20;

/* Counts what could be the delimiter in the header row, outside quotes. */
struct delimiter_count {
  size_t counts[sizeof DELIMITERS - 1];
  bool quoted, begun;
};

/* False once the row has ended. */
static bool count_delimiter(struct delimiter_count *count, char c) {
  bool line_break = c == '\n' || c == '\r';
  if (line_break && count->begun && !count->quoted)
    return false;
  count->begun = count->begun || !line_break;
  if (c == '"')
    count->quoted = !count->quoted;
  const char *found = c && !count->quoted ? strchr(DELIMITERS, c) : NULL;
  if (found)
    count->counts[found - DELIMITERS]++;
  return true;
}

/* The one that stands most often in the header row. */
static bool find_delimiter(struct csv_source *source, char *delimiter, struct error *error) {
  struct delimiter_count count = {0};
  size_t length, best = 0;
  const char *s = csv_source_peek(source, &length);
  for (size_t at = 0; at < LONG_LOOK; at++) {
    while (at == length && !source->at_end) {
      if (!csv_source_read(source, error))
        return false;
      s = csv_source_peek(source, &length);
    }
    if (at == length || !count_delimiter(&count, s[at]))
      break;
  }
  for (size_t i = 1; i < sizeof count.counts / sizeof *count.counts; i++)
    if (count.counts[i] > count.counts[best])
      best = i;
  *delimiter = DELIMITERS[best];
  return true;
}

/* Length of a `sep=;` line, with or without quotes round it and without its line end; 0 when the input begins
 * otherwise. */
static size_t separator_line(const struct csv_source *source, char *delimiter) {
  size_t length;
  const char *s = csv_source_peek(source, &length);
  size_t quote = length > 0 && s[0] == '"';
  size_t size = strlen("sep=;") + 2 * quote;
  if (length < size || strncasecmp(s + quote, "sep=", 4) != 0 || (quote && s[size - 1] != '"') ||
      (length > size && s[size] != '\n' && s[size] != '\r'))
    return 0;
  *delimiter = s[quote + 4];
  return size;
}

static bool take_separator_line(struct csv_reader *reader, char *delimiter, struct error *error) {
  const char *line;
  size_t length;
  if (!strchr(",;\t|", *delimiter)) {
    error_set(error, ERROR_DATA, "not a delimiter: \"%c\"", *delimiter);
    error_remedy(error, "The line \"sep=\" may name a comma, a semicolon, a tab or \"|\".");
    return csv_blame_line(reader, 1, 5, error);
  }
  reader->lines++;
  return csv_source_next(&reader->source, &line, &length, error) == CSV_LINE;
}

/* A delimiter for an input that is open. */
static bool choose_delimiter(struct csv_reader *reader, char *delimiter, struct error *error) {
  if (reader->raw)
    *delimiter = ',';
  else if (separator_line(&reader->source, delimiter) > 0)
    return take_separator_line(reader, delimiter, error);
  else
    return find_delimiter(&reader->source, delimiter, error);
  return true;
}

bool csv_reader_open_input(struct csv_reader **reader, const struct csv_input *input, struct error *error) {
  AUTO_CSV_READER struct csv_reader *opened = memory_new(1, sizeof *opened);
  char delimiter;
  opened->raw = input->raw;
  *reader = NULL;
  if (!csv_source_open(&opened->source, input, error) || !choose_delimiter(opened, &delimiter, error))
    return false;
  csv_row_begin(opened, delimiter);
  *reader = opened;
  opened = NULL;
  return true;
}

bool csv_reader_open(struct csv_reader **reader, const char *path, struct error *error) {
  return csv_reader_open_input(reader, &(struct csv_input){.name = path}, error);
}

bool csv_reader_open_bytes(struct csv_reader **reader, const char *name, const char *bytes, size_t length,
                           struct error *error) {
  return csv_reader_open_input(reader, &(struct csv_input){.name = name, .bytes = bytes, .length = length}, error);
}

void csv_reader_close(struct csv_reader **reader) {
  struct csv_reader *closed = *reader;
  if (!closed)
    return;
  csv_source_close(&closed->source);
  csv_row_end(closed);
  text_free(&closed->header);
  free(closed->fields);
  free(closed->values);
  free(closed->field_of);
  free(closed);
  *reader = NULL;
}

/* ---- looking at the current row ---- */

bool csv_reader_has(const struct csv_reader *reader, size_t column) {
  return reader->field_of[column] != NOWHERE;
}

size_t csv_reader_fields(const struct csv_reader *reader) {
  return reader->field_count;
}

const char *csv_reader_field(const struct csv_reader *reader, size_t field, size_t *length) {
  bool is_null = field >= reader->field_count || reader->fields[field].offset == NOWHERE;
  if (length)
    *length = is_null ? 0 : reader->fields[field].length;
  return is_null ? NULL : reader->values + reader->fields[field].offset;
}

size_t csv_reader_field_of(const struct csv_reader *reader, size_t column) {
  return reader->field_of[column];
}

static bool row_is_guarded(const struct csv_reader *reader) {
  size_t length;
  const char *guard = csv_reader_field(reader, reader->guard, &length);
  return length == 1 && *guard == CSV_GUARD;
}

const char *csv_reader_value(const struct csv_reader *reader, size_t column, size_t *length) {
  size_t here;
  const char *value = csv_reader_field(reader, reader->field_of[column], &here);
  if (here > 0 && reader->guard != NOWHERE && row_is_guarded(reader) && csv_guard_is_there(value, here)) {
    value++;
    here--;
  }
  if (length)
    *length = here;
  return value;
}

uint64_t csv_reader_line(const struct csv_reader *reader) {
  return reader->row_line;
}

bool csv_reader_blame(const struct csv_reader *reader, size_t column, struct error *error) {
  if (!csv_reader_has(reader, column))
    return csv_blame_line(reader, reader->row_line, 0, error);
  return csv_blame_field(reader, reader->field_of[column], error);
}

const char *csv_reader_raw(const struct csv_reader *reader, size_t *length) {
  const char *raw = csv_source_marked(&reader->source, length);
  if (*length > 0 && raw[*length - 1] == '\n')
    --*length;
  if (*length > 0 && raw[*length - 1] == '\r')
    --*length;
  return raw;
}

const char *csv_reader_raw_header(const struct csv_reader *reader, size_t *length) {
  *length = reader->header.length;
  return text_string(&reader->header);
}

char csv_reader_delimiter(const struct csv_reader *reader) {
  return (char)reader->parser.delim_char;
}

bool csv_reader_has_mark(const struct csv_reader *reader) {
  return reader->source.has_mark;
}

uint64_t csv_reader_bytes(const struct csv_reader *reader) {
  return reader->source.bytes;
}

void csv_reader_digest(struct csv_reader *reader, unsigned char digest[static SHA256_SIZE]) {
  sha256_finish(reader->source.digest, digest);
}
