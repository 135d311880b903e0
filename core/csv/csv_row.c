/*
 * One row of a CSV input.
 *
 * libcsv decides what is a field wherever a double quote stands.  It is fed one physical line at a time, so that a row
 * is taken up when its last line has been fed, lines can be counted, and the row's bytes are still there when an error
 * wants a column.  A row of one line without any double quote is cut at its delimiters: that is all a parser could do,
 * and several times faster.
 */
#include "core/csv/csv_private.h"

#include "core/base/memory.h"

#include <string.h>

/* A field of many lines is limited by libcsv's count of it; this limits rows of many such fields. */
#define ROW_MAX (4 * (size_t)CSV_FIELD_MAX)

/* ---- libcsv ---- */

/* White space round a value belongs to it. */
static int never_space(unsigned char c) {
  (void)c;
  return 0;
}

static void add_field(struct csv_reader *reader, size_t offset, size_t length) {
  if (reader->field_count == reader->field_capacity)
    memory_reserve((void **)&reader->fields, &reader->field_capacity, reader->field_count + 1, sizeof *reader->fields);
  reader->fields[reader->field_count++] = (struct csv_field){offset, length};
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

void csv_row_begin(struct csv_reader *reader, char delimiter) {
  const unsigned char options = CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL | CSV_EMPTY_IS_NULL;
  if (csv_init(&reader->parser, options) != 0)
    memory_exhausted();
  csv_set_delim(&reader->parser, (unsigned char)delimiter);
  csv_set_space_func(&reader->parser, never_space);
}

void csv_row_end(struct csv_reader *reader) {
  if (reader->parser.free_func) /* libcsv sets it; before that there is nothing to free */
    csv_free(&reader->parser);
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

bool csv_blame_field(const struct csv_reader *reader, size_t field, struct error *error) {
  struct place place = place_of(reader, field);
  return error_at(error, reader->source.name, place.line, place.column);
}

bool csv_blame_line(const struct csv_reader *reader, uint64_t line, uint64_t column, struct error *error) {
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
  return csv_blame_line(reader, reader->lines, text_characters(line, bad) + 1, error);
}

/* Says what libcsv objects to: the byte at line[at] in the current line. */
static bool refuse_quote(const struct csv_reader *reader, const char *line, size_t at, struct error *error) {
  if (line[at] == '"')
    error_set(error, ERROR_DATA, "a double quote stands inside a value that is not in quotes");
  else
    error_set(error, ERROR_DATA, "text follows a closing double quote");
  error_remedy(error, "Put the whole value in double quotes and double those inside it: \"say \"\"yes\"\"\".");
  return csv_blame_line(reader, reader->lines, text_characters(line, at) + 1, error);
}

static bool refuse_open_quote(const struct csv_reader *reader, struct error *error) {
  error_set(error, ERROR_DATA, "the double quote that opens this value is never closed");
  error_remedy(error, "Close it, and double the quotes inside the value: \"say \"\"yes\"\"\".");
  return csv_blame_field(reader, NOWHERE, error);
}

static bool refuse_length(const struct csv_reader *reader, struct error *error) {
  error_set(error, ERROR_DATA, "a value or a line is longer than %u MiB", CSV_FIELD_MAX >> 20);
  error_remedy(error, "Perhaps a double quote is never closed, or the file is no CSV.");
  size_t field = 0;
  while (field < reader->field_count && reader->fields[field].length <= CSV_FIELD_MAX)
    field++;
  return csv_blame_field(reader, field, error);
}

/* ---- rows ---- */

/* A row that is one line without double quotes. A blank line has no fields, to the letter of RFC 4180 one empty one. */
static void cut_at_delimiters(struct csv_reader *reader, const char *line, size_t length) {
  while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r'))
    length--;
  reader->row_ended = true;
  if (length == 0 && !reader->raw)
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

/* Blank lines, rows without any field, are passed over. */
enum csv_next csv_row_read(struct csv_reader *reader, struct error *error) {
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
