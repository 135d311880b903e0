/*
 * libFuzzer target: any bytes through the CSV reader, as importers read and to the letter of RFC 4180, in pieces of any
 * size.  Besides crashes it looks for broken promises: every piece size gives the same, rows are as wide as the header,
 * values are UTF-8, lines go up, and what is read is read back when it was written.
 *
 * The first byte of an input says how it is read: its lowest bit RFC 4180, the others how much at once.
 */
#include "core/base/memory.h"
#include "core/csv/csv.h"
#include "tests/fuzz/must.h"

#include <stdlib.h>
#include <string.h>

static struct csv_reader *open_input(const struct csv_input *input, struct error *error) {
  struct csv_reader *reader = NULL;
  must(csv_reader_open_input(&reader, input, error) == (reader != NULL));
  return reader;
}

static void check_failure(const struct error *error) {
  must(error->code == ERROR_DATA && error->message[0] && strcmp(error->file, "input") == 0);
}

static void add_row(struct csv_reader *reader, struct text *out) {
  for (size_t i = 0; i < csv_reader_fields(reader); i++) {
    size_t length;
    const char *value = csv_reader_field(reader, i, &length);
    must(value ? strlen(value) == length && text_is_utf8(value, length, NULL) : length == 0);
    csv_write_field(out, value, length, i == 0, ',');
  }
  csv_write_end(out);
}

/* Reads all rows into `out`, as CSV; bad rows and what ends the reading as text. Counts the rows that are good. */
static size_t read_all(const struct csv_input *input, struct text *out) {
  struct error error = {0};
  AUTO_CSV_READER struct csv_reader *reader = open_input(input, &error);
  size_t rows = 0, width = 0, named = 0, length;
  uint64_t line = 0;
  bool good = reader && (input->raw || csv_reader_header_any(reader, &named, &error));
  if (good && !input->raw) {
    width = csv_reader_fields(reader);
    must(named <= width);
    add_row(reader, out);
    rows++;
  }
  while (good) {
    enum csv_next next = csv_reader_next(reader, &error);
    good = next == CSV_ROW || next == CSV_BAD_ROW;
    if (next == CSV_END)
      return rows;
    if (!good)
      break;
    must(csv_reader_line(reader) > line);
    line = csv_reader_line(reader);
    must(csv_reader_raw(reader, &length) != NULL && length <= input->length);
    must(input->raw || next == CSV_BAD_ROW || csv_reader_fields(reader) == width);
    if (next == CSV_BAD_ROW)
      error_format(&error, out);
    else
      add_row(reader, out);
    rows += next == CSV_ROW;
  }
  check_failure(&error);
  error_format(&error, out);
  return rows;
}

/* Rows of one empty field can't be written apart from blank lines, which only the letter of RFC 4180 sees. */
static void check_written(const struct text *written, size_t rows) {
  AUTO_TEXT struct text again = {0};
  const struct csv_input input = {
      .name = "input", .bytes = text_string(written), .length = written->length, .raw = true};
  must(read_all(&input, &again) == rows);
  must(strcmp(text_string(written), text_string(&again)) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  if (size == 0)
    return 0;
  struct csv_input input = {
      .name = "input", .bytes = (const char *)bytes + 1, .length = size - 1, .raw = bytes[0] % 2 == 1};
  AUTO_TEXT struct text whole = {0}, parts = {0};
  input.read_size = size; /* all at once */
  size_t rows = read_all(&input, &whole);
  input.read_size = 1 + bytes[0] / 2;
  must(read_all(&input, &parts) == rows);
  must(strcmp(text_string(&whole), text_string(&parts)) == 0);
  struct error error;
  AUTO_CSV_READER struct csv_reader *reader = open_input(&input, &error);
  if (input.raw && reader) {
    enum csv_next next;
    while ((next = csv_reader_next(reader, &error)) == CSV_ROW)
      ;
    if (next == CSV_END)
      check_written(&whole, rows);
  }
  return 0;
}
