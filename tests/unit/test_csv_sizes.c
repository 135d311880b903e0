/*
 * The CSV reader gives the same rows whatever it reads at once, as importers read and to the letter of RFC 4180: a row,
 * a quote, a line end or a character may lie across the end of what was read.
 */
#include "core/csv/csv.h"

#include "core/base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

static unsigned pick(unsigned *seed, unsigned below) {
  return (unsigned)rand_r(seed) % below;
}

static const char *pick_piece(unsigned *seed) {
  static const char *const pieces[] = {"a",    "b c",     ",",       ";",     "\t",   "\"",    "\"\"",   "\n",
                                       "\r",   "\r\n",    " ",       "=1+1",  "007",  "'",     "\\.",    "é",
                                       "中文", "العربية", "Русский", "हिन्दी", "ไทย",  "😀",     "\uFEFF", "-",
                                       "@x",   "\u00A0",  "\u2028",  "\b",    "\x7f", "sep=;", "null",   "\\N"};
  return pieces[pick(seed, sizeof pieces / sizeof *pieces)];
}

/* NULL one time in eight, "" at times. */
static char *random_value(unsigned *seed) {
  AUTO_TEXT struct text value = {0};
  if (pick(seed, 8) == 0)
    return NULL;
  for (unsigned count = pick(seed, 6); count > 0; count--)
    text_add(&value, pick_piece(seed));
  return value.length > 0 ? text_take(&value) : memory_string("");
}

enum { ROWS = 60, COLUMNS = 3, VALUES = ROWS * COLUMNS };

struct table {
  char *values[VALUES];
  struct text file;
};

static void write_table(struct table *table, char delimiter, const char *line_end, bool header) {
  if (header)
    text_add_format(&table->file, "one%ctwo%cthree%s", delimiter, delimiter, line_end);
  for (size_t i = 0; i < VALUES; i++) {
    const char *value = table->values[i];
    csv_write_field(&table->file, value, value ? strlen(value) : 0, i % COLUMNS == 0, delimiter);
    if (i % COLUMNS == COLUMNS - 1)
      text_add(&table->file, line_end);
  }
}

static void make_table(struct table *table, unsigned seed, char delimiter, bool header) {
  static const char *const line_ends[] = {"\n", "\r\n", "\r"};
  *table = (struct table){0};
  for (size_t i = 0; i < VALUES; i++)
    table->values[i] = random_value(&seed);
  write_table(table, delimiter, line_ends[pick(&seed, 3)], header);
}

static void free_table(struct table *table) {
  for (size_t i = 0; i < VALUES; i++)
    free(table->values[i]);
  text_free(&table->file);
}

static void assert_value(const char *value, size_t length, const char *expected) {
  assert_int_equal(length, expected ? strlen(expected) : 0);
  if (expected) {
    assert_non_null(value);
    assert_memory_equal(value, expected, length + 1);
  } else {
    assert_null(value);
  }
}

static const struct csv_column columns[COLUMNS] = {
    {"three", .required = true}, {"one", .required = true}, {"two", .required = true}};
static const size_t place_of[COLUMNS] = {2, 0, 1};

static void assert_read(const struct table *table, size_t read_size, bool raw) {
  const struct csv_input input = {"in.csv", table->file.data, table->file.length, read_size, raw};
  AUTO_CSV_READER struct csv_reader *reader = NULL;
  struct error error;
  size_t length;
  assert_true(csv_reader_open_input(&reader, &input, &error));
  assert_true(raw || csv_reader_header(reader, columns, COLUMNS, &error));
  for (size_t row = 0; row < ROWS; row++) {
    assert_int_equal(csv_reader_next(reader, &error), CSV_ROW);
    assert_int_equal(csv_reader_fields(reader), COLUMNS);
    for (size_t i = 0; i < COLUMNS; i++) {
      const char *expected = table->values[row * COLUMNS + (raw ? i : place_of[i])];
      const char *value = raw ? csv_reader_field(reader, i, &length) : csv_reader_value(reader, i, &length);
      assert_value(value, length, expected);
    }
  }
  assert_int_equal(csv_reader_next(reader, &error), CSV_END);
  assert_int_equal(csv_reader_bytes(reader), table->file.length);
}

/* Every size up to 70 bytes, sizes round a power of two, and the whole at once. */
static void assert_read_in_all_sizes(const struct table *table, bool raw) {
  for (size_t size = 1; size <= 70; size++)
    assert_read(table, size, raw);
  for (size_t size = 128; size < table->file.length; size *= 2)
    for (size_t more = 0; more < 3; more++)
      assert_read(table, size - 1 + more, raw);
  assert_read(table, table->file.length, raw);
}

static void importers_see_the_same_at_every_size(void **state) {
  (void)state;
  for (unsigned seed = 1; seed <= 12; seed++) {
    struct table table;
    make_table(&table, seed, ",;\t"[seed % 3], true);
    assert_read_in_all_sizes(&table, false);
    free_table(&table);
  }
}

static void the_letter_is_the_same_at_every_size(void **state) {
  (void)state;
  for (unsigned seed = 101; seed <= 112; seed++) {
    struct table table;
    make_table(&table, seed, ',', false);
    assert_read_in_all_sizes(&table, true);
    free_table(&table);
  }
}

/* The first rows of an input as one text, up to its end or to what is wrong with it. */
static void describe(const struct csv_input *input, struct text *out) {
  AUTO_CSV_READER struct csv_reader *reader = NULL;
  struct error error = {0};
  size_t named;
  bool open =
      csv_reader_open_input(&reader, input, &error) && (input->raw || csv_reader_header_any(reader, &named, &error));
  enum csv_next next = open ? CSV_ROW : CSV_FAILED;
  while (open && (next == CSV_ROW || next == CSV_BAD_ROW)) {
    next = csv_reader_next(reader, &error);
    text_add_format(out, "%d at %ju:", (int)next, (uintmax_t)csv_reader_line(reader));
    for (size_t i = 0; next == CSV_ROW && i < csv_reader_fields(reader); i++) {
      const char *value = csv_reader_field(reader, i, NULL);
      text_add_format(out, " [%s]", value ? value : "(null)");
    }
    if (next == CSV_BAD_ROW)
      error_format(&error, out);
  }
  if (next == CSV_FAILED)
    error_format(&error, out);
}

/* Refusals too say the same, at the same line and column. */
static void mistakes_are_the_same_at_every_size(void **state) {
  (void)state;
  for (unsigned seed = 1001; seed <= 1060; seed++) {
    unsigned random = seed;
    AUTO_TEXT struct text file = {0};
    for (int row = 0; row < 60; row++) /* what is looked at before the first row is read at once */
      text_add(&file, seed % 2 ? "xx,yy\r\n" : "xx;yy\r");
    for (unsigned count = 5 + pick(&random, 40); count > 0; count--)
      text_add(&file, pick(&random, 12) ? pick_piece(&random) : "\xE9");
    for (int raw = 0; raw < 2; raw++) {
      AUTO_TEXT struct text whole = {0};
      struct csv_input input = {"in.csv", file.data, file.length, 0, raw};
      describe(&input, &whole);
      for (input.read_size = 1; input.read_size <= file.length; input.read_size++) {
        AUTO_TEXT struct text parts = {0};
        describe(&input, &parts);
        assert_string_equal(text_string(&parts), text_string(&whole));
      }
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(importers_see_the_same_at_every_size),
      cmocka_unit_test(the_letter_is_the_same_at_every_size),
      cmocka_unit_test(mistakes_are_the_same_at_every_size),
  };
  return cmocka_run_group_tests_name("csv_sizes", tests, NULL, NULL);
}
