/*
 * The strict CSV reader.
 *
 * libcsv decides what is a field wherever a double quote stands.  It is fed one physical line at a time, so that a row
 * is taken up when its last line has been fed, lines can be counted, and the row's bytes are still there when an error
 * wants a column.  A row of one line without any double quote is cut at its delimiters: that is all a parser could do,
 * and several times faster.
 */
#include "core/csv.h"

#include "core/csv_source.h"
#include "core/memory.h"
#include "core/nearest.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define NOWHERE SIZE_MAX

/* A field of many lines is limited by libcsv's count of it; this limits rows of many such fields. */
#define ROW_MAX (4 * (size_t)CSV_FIELD_MAX)

struct field {
  size_t offset; /* in `values`; NOWHERE when empty and unquoted */
  size_t length;
};

struct csv_reader {
  struct csv_source source;
  struct csv_parser parser;
  uint64_t lines;    /* handed out by the source so far */
  uint64_t row_line; /* on which the current row begins */
  struct field *fields;
  size_t field_count;
  size_t field_capacity;
  char *values; /* the current row's, each with a NUL */
  size_t values_used;
  size_t values_capacity;
  bool row_ended; /* libcsv has reported the end of the row */
  bool too_long;  /* one of its fields is longer than CSV_FIELD_MAX */
  const struct csv_column *columns;
  size_t column_count;
  size_t *field_of; /* of each column; NOWHERE when the header lacks it */
  size_t width;     /* fields in the header row */
  size_t named;     /* of which this many have a name; the others come last */
  struct text header;
  bool failed;
  struct error failure; /* what every further call says */
};

/* ---- libcsv ---- */

/* White space round a value belongs to it. */
static int never_space(unsigned char c) {
  (void)c;
  return 0;
}

static void add_field(struct csv_reader *reader, size_t offset, size_t length) {
  if (reader->field_count == reader->field_capacity)
    memory_reserve((void **)&reader->fields, &reader->field_capacity, reader->field_count + 1, sizeof *reader->fields);
  reader->fields[reader->field_count++] = (struct field){offset, length};
  reader->too_long |= length > CSV_FIELD_MAX;
}

static void take_field(void *bytes, size_t length, void *context) {
  struct csv_reader *reader = context;
  add_field(reader, bytes ? reader->values_used : NOWHERE, length);
  if (!bytes)
    return;
  memory_reserve((void **)&reader->values, &reader->values_capacity, reader->values_used + length + 1, 1);
  memcpy(reader->values + reader->values_used, bytes, length);
  reader->values[reader->values_used + length] = '\0';
  reader->values_used += length + 1;
}

static void take_row_end(int terminator, void *context) {
  (void)terminator; /* CRLF is reported twice; the line ends are counted by the source */
  ((struct csv_reader *)context)->row_ended = true;
}

static void begin_parsing(struct csv_reader *reader, char delimiter) {
  const unsigned char options = CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL | CSV_EMPTY_IS_NULL;
  if (csv_init(&reader->parser, options) != 0)
    memory_exhausted();
  csv_set_delim(&reader->parser, (unsigned char)delimiter);
  csv_set_space_func(&reader->parser, never_space);
}

/* ---- places in the current row ---- */

struct place {
  uint64_t line, column;
};

/*
 * Where field number `index` begins, or the last field when there are fewer.  In strict CSV a quote stands only round
 * or (doubled) inside a quoted value, so that every quote changes between inside and outside.
 */
static struct place place_of(const struct csv_reader *reader, size_t index) {
  size_t length, field = 0, start = 0, line_start = 0;
  const char *raw = csv_source_marked(&reader->source, &length);
  uint64_t line = reader->row_line;
  struct place place = {line, 1};
  bool quoted = false;
  for (size_t at = 0; at < length && field < index; at++) {
    if (raw[at] == '"')
      quoted = !quoted;
    else if (raw[at] == (char)reader->parser.delim_char && !quoted) {
      field++;
      start = at + 1;
      place = (struct place){line, text_characters(raw + line_start, start - line_start) + 1};
    } else if (raw[at] == '\n' || (raw[at] == '\r' && !(at + 1 < length && raw[at + 1] == '\n'))) {
      line++;
      line_start = at + 1;
    }
  }
  return place;
}

static bool blame_field(const struct csv_reader *reader, size_t field, struct error *error) {
  struct place place = place_of(reader, field);
  return error_at(error, reader->source.name, place.line, place.column);
}

static bool blame_line(const struct csv_reader *reader, uint64_t line, uint64_t column, struct error *error) {
  return error_at(error, reader->source.name, line, column);
}

/* ---- what a line may not hold ---- */

/* True when the bytes are ASCII without NUL; false decides nothing. */
static bool is_plain(const char *s, size_t length) {
  const uint64_t ones = UINT64_C(0x0101010101010101), highs = ones * 0x80;
  size_t at = 0;
  for (; at + 8 <= length; at += 8) {
    uint64_t word;
    memcpy(&word, s + at, sizeof word);
    /* a byte below 1 borrows from its high bit */
    if ((word | (word - ones)) & highs)
      return false;
  }
  for (; at < length; at++)
    if ((signed char)s[at] <= 0)
      return false;
  return true;
}

static bool check_line(const struct csv_reader *reader, const char *line, size_t length, struct error *error) {
  size_t bad;
  if (is_plain(line, length))
    return true;
  const char *nul = memchr(line, '\0', length);
  if (nul) {
    error_set(error, ERROR_DATA, "the file holds a NUL byte");
    error_remedy(error, "Take it out, or save the file anew as \"CSV UTF-8\".");
    bad = (size_t)(nul - line);
  } else if (text_is_utf8(line, length, &bad)) {
    return true;
  } else {
    error_set(error, ERROR_DATA, "the text is not UTF-8: byte 0x%02X; it looks like Windows-1252 or Latin-1",
              (unsigned)(unsigned char)line[bad]);
    error_remedy(error, "In the spreadsheet, save it as \"CSV UTF-8\".");
  }
  return blame_line(reader, reader->lines, text_characters(line, bad) + 1, error);
}

/* Says what libcsv objects to: the byte at line[at] in the current line. */
static bool refuse_quote(const struct csv_reader *reader, const char *line, size_t at, struct error *error) {
  if (line[at] == '"')
    error_set(error, ERROR_DATA, "a double quote stands inside a value that is not in quotes");
  else
    error_set(error, ERROR_DATA, "text follows a closing double quote");
  error_remedy(error, "Put the whole value in double quotes and double those inside it: \"say \"\"yes\"\"\".");
  return blame_line(reader, reader->lines, text_characters(line, at) + 1, error);
}

static bool refuse_open_quote(const struct csv_reader *reader, struct error *error) {
  error_set(error, ERROR_DATA, "the double quote that opens this value is never closed");
  error_remedy(error, "Close it, and double the quotes inside the value: \"say \"\"yes\"\"\".");
  return blame_field(reader, NOWHERE, error);
}

static bool refuse_length(const struct csv_reader *reader, struct error *error) {
  error_set(error, ERROR_DATA, "a value or a line is longer than %u MiB", CSV_FIELD_MAX >> 20);
  error_remedy(error, "Perhaps a double quote is never closed, or the file is no CSV.");
  size_t field = 0;
  while (field < reader->field_count && reader->fields[field].length <= CSV_FIELD_MAX)
    field++;
  return blame_field(reader, field, error);
}

/* ---- rows ---- */

/* A row that is one line without double quotes. A blank line has no fields. */
static void cut_at_delimiters(struct csv_reader *reader, const char *line, size_t length) {
  while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r'))
    length--;
  reader->row_ended = true;
  if (length == 0)
    return;
  memory_reserve((void **)&reader->values, &reader->values_capacity, length + 1, 1);
  memcpy(reader->values, line, length);
  char *start = reader->values, *end = start + length, *delimiter;
  while ((delimiter = memchr(start, reader->parser.delim_char, (size_t)(end - start))) != NULL) {
    *delimiter = '\0';
    add_field(reader, delimiter > start ? (size_t)(start - reader->values) : NOWHERE, (size_t)(delimiter - start));
    start = delimiter + 1;
  }
  *end = '\0';
  add_field(reader, end > start ? (size_t)(start - reader->values) : NOWHERE, (size_t)(end - start));
}

/* libcsv's buffer grows by a fixed step, which would cost length times length in a long value. */
static void set_step(struct csv_parser *parser, size_t length) {
  size_t step = length > parser->entry_size ? length : parser->entry_size;
  csv_set_blk_size(parser, step > 1 << 12 ? step : 1 << 12);
}

static bool parse(struct csv_reader *reader, const char *line, size_t length, struct error *error) {
  set_step(&reader->parser, length);
  size_t fed = csv_parse(&reader->parser, line, length, take_field, take_row_end, reader);
  if (fed == length)
    return true;
  if (csv_error(&reader->parser) != CSV_EPARSE)
    memory_exhausted();
  return refuse_quote(reader, line, fed, error);
}

/* Takes up one more line of the current row. */
static bool feed(struct csv_reader *reader, const char *line, size_t length, struct error *error) {
  size_t row_length;
  csv_source_marked(&reader->source, &row_length);
  if (row_length == length && !memchr(line, '"', length))
    cut_at_delimiters(reader, line, length);
  else if (!parse(reader, line, length, error))
    return false;
  if (reader->too_long || reader->parser.entry_pos > CSV_FIELD_MAX || row_length > ROW_MAX)
    return refuse_length(reader, error);
  return true;
}

/* The input has ended: takes up a last row whose quoted value ends with the input. */
static enum csv_next finish_row(struct csv_reader *reader, struct error *error) {
  size_t row_length;
  csv_source_marked(&reader->source, &row_length);
  if (row_length == 0)
    return CSV_END;
  if (csv_fini(&reader->parser, take_field, take_row_end, reader) == 0)
    return CSV_ROW;
  if (csv_error(&reader->parser) != CSV_EPARSE)
    memory_exhausted();
  refuse_open_quote(reader, error);
  return CSV_FAILED;
}

static void begin_row(struct csv_reader *reader) {
  csv_source_mark(&reader->source);
  reader->row_line = reader->lines + 1;
  reader->field_count = 0;
  reader->values_used = 0;
  reader->row_ended = false;
}

/* Reads one row of whatever width; blank lines, rows without any field, are passed over. */
static enum csv_next read_row(struct csv_reader *reader, struct error *error) {
  const char *line;
  size_t length;
  begin_row(reader);
  for (;;) {
    switch (csv_source_next(&reader->source, &line, &length, error)) {
    case CSV_LINE_NONE:
      return finish_row(reader, error);
    case CSV_LINE_FAILED:
      return CSV_FAILED;
    case CSV_LINE_LONG:
      refuse_length(reader, error);
      return CSV_FAILED;
    case CSV_LINE:
      break;
    }
    reader->lines++;
    if (!check_line(reader, line, length, error) || !feed(reader, line, length, error))
      return CSV_FAILED;
    if (reader->row_ended && reader->field_count > 0)
      return CSV_ROW;
    if (reader->row_ended)
      begin_row(reader);
  }
}

static enum csv_next fail(struct csv_reader *reader, const struct error *error) {
  reader->failed = true;
  reader->failure = *error;
  return CSV_FAILED;
}

static enum csv_next refuse_width(const struct csv_reader *reader, struct error *error) {
  error_set(error, ERROR_DATA, "the row has %zu field%s, the header has %zu", reader->field_count,
            reader->field_count == 1 ? "" : "s", reader->width);
  if (reader->field_count < reader->width) {
    blame_line(reader, reader->row_line, 0, error);
    return CSV_BAD_ROW;
  }
  error_remedy(error, "Put values that hold the delimiter in double quotes.");
  blame_field(reader, reader->width, error);
  return CSV_BAD_ROW;
}

/* A value under no name would be lost. */
static enum csv_next check_nameless(const struct csv_reader *reader, struct error *error) {
  for (size_t i = reader->named; i < reader->width; i++) {
    const struct field *field = &reader->fields[i];
    if (field->length == 0)
      continue;
    const char *value = reader->values + field->offset;
    error_set(error, ERROR_DATA, "a value in a column without a name: \"%.*s\"", text_shown(value, field->length),
              value);
    error_remedy(error, "Name the column in the header, or take the value out.");
    blame_field(reader, i, error);
    return CSV_BAD_ROW;
  }
  return CSV_ROW;
}

enum csv_next csv_reader_next(struct csv_reader *reader, struct error *error) {
  if (reader->failed) {
    *error = reader->failure;
    return CSV_FAILED;
  }
  enum csv_next next = read_row(reader, error);
  if (next == CSV_FAILED)
    return fail(reader, error);
  if (next == CSV_END)
    return CSV_END;
  if (reader->field_count != reader->width)
    return refuse_width(reader, error);
  return reader->named == reader->width ? CSV_ROW : check_nameless(reader, error);
}

/* ---- opening and delimiter ---- */

/* The delimiter that stands most often in the header row, outside quotes. */
static char find_delimiter(const struct csv_source *source) {
  static const char candidates[] = ",;\t";
  size_t counts[sizeof candidates - 1] = {0}, length, best = 0;
  const char *s = csv_source_peek(source, &length);
  bool quoted = false, begun = false;
  for (size_t at = 0; at < length; at++) {
    bool line_break = s[at] == '\n' || s[at] == '\r';
    if (line_break && begun && !quoted)
      break;
    begun = begun || !line_break;
    if (s[at] == '"')
      quoted = !quoted;
    const char *candidate = s[at] && !quoted ? strchr(candidates, s[at]) : NULL;
    if (candidate)
      counts[candidate - candidates]++;
  }
  for (size_t i = 1; i < sizeof counts / sizeof *counts; i++)
    if (counts[i] > counts[best])
      best = i;
  return candidates[best];
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
    return blame_line(reader, 1, 5, error);
  }
  reader->lines++;
  return csv_source_next(&reader->source, &line, &length, error) == CSV_LINE;
}

static bool open_reader(struct csv_reader **reader, struct csv_reader *opened, bool source_is_open,
                        struct error *error) {
  char delimiter;
  bool done = source_is_open;
  if (done && separator_line(&opened->source, &delimiter) > 0)
    done = take_separator_line(opened, &delimiter, error);
  else if (done)
    delimiter = find_delimiter(&opened->source);
  if (done)
    begin_parsing(opened, delimiter);
  else
    csv_reader_close(&opened);
  *reader = opened;
  return done;
}

bool csv_reader_open(struct csv_reader **reader, const char *path, struct error *error) {
  struct csv_reader *opened = memory_new(1, sizeof *opened);
  return open_reader(reader, opened, csv_source_open(&opened->source, path, error), error);
}

bool csv_reader_open_bytes(struct csv_reader **reader, const char *name, const char *bytes, size_t length,
                           struct error *error) {
  struct csv_reader *opened = memory_new(1, sizeof *opened);
  return open_reader(reader, opened, csv_source_open_bytes(&opened->source, name, bytes, length, error), error);
}

void csv_reader_close(struct csv_reader **reader) {
  struct csv_reader *closed = *reader;
  if (!closed)
    return;
  csv_source_close(&closed->source);
  if (closed->parser.free_func) /* libcsv sets it; before that there is nothing to free */
    csv_free(&closed->parser);
  text_free(&closed->header);
  free(closed->fields);
  free(closed->values);
  free(closed->field_of);
  free(closed);
  *reader = NULL;
}

/* ---- the header row ---- */

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
    return blame_field(reader, field, error);
  }
  AUTO_NEAREST struct nearest nearest;
  AUTO_TEXT struct text known = {0};
  nearest_begin_n(&nearest, name, length);
  for (size_t i = 0; i < reader->column_count; i++) {
    nearest_offer(&nearest, reader->columns[i].name);
    text_add_format(&known, "%s%s", i ? ", " : "", reader->columns[i].name);
  }
  error_set(error, ERROR_DATA, "unknown column: \"%.*s\"", text_shown(name, length), name);
  if (nearest_answer(&nearest))
    error_remedy(error, "Did you mean \"%s\"?", nearest_answer(&nearest));
  else
    error_remedy(error, "Known columns: %s.", text_string(&known));
  return blame_field(reader, field, error);
}

static bool bind_field(struct csv_reader *reader, size_t field, struct error *error) {
  size_t length;
  const char *name = header_name(reader, field, &length);
  for (size_t i = 0; i < reader->column_count; i++) {
    if (strlen(reader->columns[i].name) != length || memcmp(reader->columns[i].name, name, length) != 0)
      continue;
    if (reader->field_of[i] == NOWHERE) {
      reader->field_of[i] = field;
      return true;
    }
    error_set(error, ERROR_DATA, "column \"%s\" is there twice", reader->columns[i].name);
    error_remedy(error, "Take one of them out.");
    return blame_field(reader, field, error);
  }
  return refuse_column(reader, field, error);
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
  return blame_line(reader, reader->row_line, 0, error);
}

static bool read_header(struct csv_reader *reader, struct error *error) {
  size_t length;
  enum csv_next next = read_row(reader, error);
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

bool csv_reader_header(struct csv_reader *reader, const struct csv_column *columns, size_t count, struct error *error) {
  reader->columns = columns;
  reader->column_count = count;
  reader->field_of = memory_resize(reader->field_of, count, sizeof *reader->field_of);
  for (size_t i = 0; i < count; i++)
    reader->field_of[i] = NOWHERE;
  bool done = read_header(reader, error);
  for (size_t i = 0; i < reader->named && done; i++)
    done = bind_field(reader, i, error);
  done = done && check_required(reader, error);
  if (!done)
    fail(reader, error);
  return done;
}

/* ---- looking at the current row ---- */

bool csv_reader_has(const struct csv_reader *reader, size_t column) {
  return reader->field_of[column] != NOWHERE;
}

const char *csv_reader_value(const struct csv_reader *reader, size_t column, size_t *length) {
  size_t field = reader->field_of[column];
  bool is_null = field == NOWHERE || field >= reader->field_count || reader->fields[field].offset == NOWHERE;
  if (length)
    *length = is_null ? 0 : reader->fields[field].length;
  return is_null ? NULL : reader->values + reader->fields[field].offset;
}

uint64_t csv_reader_line(const struct csv_reader *reader) {
  return reader->row_line;
}

bool csv_reader_blame(const struct csv_reader *reader, size_t column, struct error *error) {
  if (!csv_reader_has(reader, column))
    return blame_line(reader, reader->row_line, 0, error);
  return blame_field(reader, reader->field_of[column], error);
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

uint64_t csv_reader_bytes(const struct csv_reader *reader) {
  return reader->source.bytes;
}

void csv_reader_digest(struct csv_reader *reader, unsigned char digest[static SHA256_SIZE]) {
  sha256_finish(reader->source.digest, digest);
}
