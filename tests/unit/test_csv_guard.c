/* The guard for spreadsheets: what needs it, and that reading takes off exactly what writing put on. */
#include "core/csv/csv.h"

#include "core/base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

static bool needed(const char *value) {
  return csv_guard_needed(value, strlen(value));
}

static void formulas_need_it(void **state) {
  (void)state;
  static const char *const formulas[] = {"=1+1",  "+49 1", "-",  "- item", "@SUM(A1)", "  =x",  "\t=x", "\r\n@x",
                                         "＝1+1", "－1",   "＋", "＠x",    "'=x",      "'''-x", "' =x", "\x01=x"};
  for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++)
    assert_true(needed(formulas[i]));
}

static void texts_of_digits_need_it(void **state) {
  (void)state;
  static const char *const digits[] = {
      "007",  "00",    "6.10", "6.12", "1/2",    "3-4", "2018-07-04", "10:30", "1e5", "1E5", "1234567890123456",
      "'007", "''6.1", " 1",   "1\n",  "\u00A05"};
  for (size_t i = 0; i < sizeof digits / sizeof *digits; i++)
    assert_true(needed(digits[i]));
}

static void other_texts_do_not(void **state) {
  (void)state;
  static const char *const texts[] = {
      "",    "'",  "''", "text", "'tis",   "a=b",  "7",   "380",    "0",  "123456789012345",
      "1 2", "6.", ".5", "1.2a", "II.A.1", "1.-2", "12e", "\"=1\"", "—x", "·"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    assert_false(needed(texts[i]));
    assert_false(csv_guard_is_there(texts[i], strlen(texts[i])));
  }
}

static const struct csv_column columns[] = {{"one", .required = true}, {"two", .required = true}};

static void assert_values(const char *file, const char *one, const char *two) {
  AUTO_CSV_READER struct csv_reader *reader = NULL;
  struct error error;
  size_t length;
  assert_true(csv_reader_open_bytes(&reader, "in.csv", file, strlen(file), &error));
  assert_true(csv_reader_header(reader, columns, 2, &error));
  assert_int_equal(csv_reader_next(reader, &error), CSV_ROW);
  assert_string_equal(csv_reader_value(reader, 0, &length), one);
  assert_int_equal(length, strlen(one));
  assert_string_equal(csv_reader_value(reader, 1, &length), two);
  assert_int_equal(length, strlen(two));
}

static void only_rows_that_say_so_lose_it(void **state) {
  (void)state;
  assert_values("one,two,guard\n'=x,'tis,'\n", "=x", "'tis");
  assert_values("one;guard;two\n''=x;\"'\";'-\n", "'=x", "-");
  assert_values("guard\tone\ttwo\n'\t=x\ta\n", "=x", "a"); /* somebody took it off by hand */
  assert_values("one,two,guard\n'=x,''-,\n", "'=x", "''-");
  assert_values("one,two,guard\n'=x,''-,x\n", "'=x", "''-");
  assert_values("one,two\n'=x,''-\n", "'=x", "''-");
}

static void the_column_is_there_once(void **state) {
  (void)state;
  const char file[] = "one,guard,two,guard\n";
  AUTO_CSV_READER struct csv_reader *reader = NULL;
  struct error error;
  assert_true(csv_reader_open_bytes(&reader, "in.csv", file, strlen(file), &error));
  assert_false(csv_reader_header(reader, columns, 2, &error));
  assert_string_equal(error.message, "column \"guard\" is there twice");
}

enum { ROWS = 4000 };

static void random_value(unsigned *seed, struct text *value) {
  static const char *const pieces[] = {"'", "'", "=",  "-",  "@", "+", " ", "\t", "\n",
                                       "a", "é", "＝", "\"", ",", ";", "1", "0",  "."};
  text_clear(value);
  text_add(value, "");
  for (int count = rand_r(seed) % 5; count > 0; count--)
    text_add(value, pieces[(unsigned)rand_r(seed) % (sizeof pieces / sizeof *pieces)]);
}

static void what_is_guarded_is_read_back(void **state) {
  (void)state;
  static const char delimiters[] = ",;\t";
  for (size_t d = 0; d < 3; d++) {
    unsigned seed = (unsigned)d;
    AUTO_TEXT struct text file = {0};
    char *values[ROWS][2];
    text_add_format(&file, CSV_MARK "one%ctwo%c" CSV_GUARD_COLUMN "\r\n", delimiters[d], delimiters[d]);
    for (size_t row = 0; row < ROWS; row++) {
      bool guard = false;
      for (size_t i = 0; i < 2; i++) {
        AUTO_TEXT struct text value = {0};
        random_value(&seed, &value);
        values[row][i] = memory_string(text_string(&value));
        guard = guard || needed(values[row][i]);
        csv_write_guarded(&file, values[row][i], strlen(values[row][i]), i == 0, delimiters[d]);
      }
      csv_write_field(&file, guard ? "'" : NULL, guard, false, delimiters[d]);
      csv_write_crlf(&file);
    }
    AUTO_CSV_READER struct csv_reader *reader = NULL;
    struct error error;
    assert_true(csv_reader_open_bytes(&reader, "in.csv", file.data, file.length, &error));
    assert_true(csv_reader_header(reader, columns, 2, &error));
    for (size_t row = 0; row < ROWS; row++) {
      assert_int_equal(csv_reader_next(reader, &error), CSV_ROW);
      for (size_t i = 0; i < 2; i++) {
        assert_string_equal(csv_reader_value(reader, i, NULL), values[row][i]);
        free(values[row][i]);
      }
    }
    assert_int_equal(csv_reader_next(reader, &error), CSV_END);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(formulas_need_it),         cmocka_unit_test(texts_of_digits_need_it),
      cmocka_unit_test(other_texts_do_not),       cmocka_unit_test(only_rows_that_say_so_lose_it),
      cmocka_unit_test(the_column_is_there_once), cmocka_unit_test(what_is_guarded_is_read_back),
  };
  return cmocka_run_group_tests_name("csv_guard", tests, NULL, NULL);
}
