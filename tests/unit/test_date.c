/* Dates and moments.  Day numbers and moments were computed with GNU date: $(date -u -d DAY +%s) / 86400 - 10957. */
#include "core/base/date.h"

#include "core/base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <time.h>

static const struct {
  const char *text;
  int32_t number;
} known_days[] = {{"1900-01-01", -36524}, {"1900-02-28", -36466}, {"1900-03-01", -36465}, {"1999-12-31", -1},
                  {"2000-01-01", 0},      {"2000-02-29", 59},     {"2000-03-01", 60},     {"2018-07-04", 6759},
                  {"2024-02-29", 8825},   {"2100-02-28", 36583},  {"2100-03-01", 36584},  {"2199-12-31", 73048}};

static void known_days_are_read_and_written(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof known_days / sizeof *known_days; i++) {
    day value;
    struct error error;
    char text[DAY_TEXT_SIZE];
    assert_true(day_parse(known_days[i].text, 10, &value, &error));
    assert_int_equal(value, known_days[i].number);
    assert_string_equal(day_format(value, text), known_days[i].text);
  }
}

/* The C library's calendar is the independent one. */
static void every_day_agrees_with_the_c_library(void **state) {
  (void)state;
  for (day value = -36524; value <= 73048; value++) {
    time_t seconds = ((time_t)value + 10957) * 86400;
    struct tm expected;
    gmtime_r(&seconds, &expected);
    int year, month, day_of_month;
    day_to_civil(value, &year, &month, &day_of_month);
    assert_int_equal(year, expected.tm_year + 1900);
    assert_int_equal(month, expected.tm_mon + 1);
    assert_int_equal(day_of_month, expected.tm_mday);
    day back;
    assert_true(day_from_civil(year, month, day_of_month, &back));
    assert_int_equal(back, value);
  }
}

static void days_outside_the_calendar(void **state) {
  (void)state;
  day value;
  char text[DAY_TEXT_SIZE];
  assert_true(day_from_civil(1, 1, 1, &value));
  assert_int_equal(value, -730119);
  assert_string_equal(day_format(value, text), "0001-01-01");
  assert_string_equal(day_format(value - 1, text), "");
  assert_true(day_from_civil(9999, 12, 31, &value));
  assert_int_equal(value, 2921939);
  assert_string_equal(day_format(value, text), "9999-12-31");
  assert_string_equal(day_format(value + 1, text), "");
  assert_string_equal(day_format(DAY_NONE, text), "");
  assert_string_equal(day_format(INT32_MAX, text), "");
  assert_false(day_from_civil(1900, 2, 29, &value));
  assert_false(day_from_civil(2100, 2, 29, &value));
  assert_true(day_from_civil(2000, 2, 29, &value));
  assert_false(day_from_civil(2018, 0, 1, &value));
  assert_false(day_from_civil(2018, 13, 1, &value));
  assert_false(day_from_civil(2018, 4, 31, &value));
  assert_false(day_from_civil(2018, 4, 0, &value));
  assert_false(day_from_civil(0, 1, 1, &value));
}

static void assert_refused(const char *s, const char *message, const char *remedy) {
  day value = 4711;
  struct error error;
  assert_false(day_parse(s, strlen(s), &value, &error));
  assert_int_equal(error.code, ERROR_DATA);
  assert_string_equal(error.message, message);
  assert_string_equal(error.remedy, remedy);
  assert_int_equal(value, 4711);
}

static void days_that_are_none_are_refused(void **state) {
  (void)state;
  assert_refused("2018-02-29", "no such day: \"2018-02-29\"", "February 2018 has 28 days.");
  assert_refused("1900-02-29", "no such day: \"1900-02-29\"", "February 1900 has 28 days.");
  assert_refused("2018-04-31", "no such day: \"2018-04-31\"", "April 2018 has 30 days.");
  assert_refused("2018-13-01", "no such day: \"2018-13-01\"",
                 "The month is a number from 01 to 12. Write the date as YYYY-MM-DD.");
  assert_refused("1899-12-31", "year out of range: \"1899-12-31\"", "Years from 1900 to 2199 are accepted.");
  assert_refused("2200-01-01", "year out of range: \"2200-01-01\"", "Years from 1900 to 2199 are accepted.");
}

static void ambiguous_dates_name_both_readings(void **state) {
  (void)state;
  const char both[] = "The date is ambiguous. Write 2018-07-04 for 4 July 2018, or 2018-04-07 for 7 April 2018.";
  assert_refused("04/07/2018", "not a date: \"04/07/2018\"", both);
  assert_refused("4.7.2018", "not a date: \"4.7.2018\"", both);
  assert_refused("4-7-2018", "not a date: \"4-7-2018\"", both);
}

static void clear_dates_are_rewritten(void **state) {
  (void)state;
  assert_refused("31/12/2018", "not a date: \"31/12/2018\"", "Write 2018-12-31.");
  assert_refused("12/31/2018", "not a date: \"12/31/2018\"", "Write 2018-12-31.");
  assert_refused("05/05/2018", "not a date: \"05/05/2018\"", "Write 2018-05-05.");
  assert_refused("2018/07/04", "not a date: \"2018/07/04\"", "Write 2018-07-04.");
  assert_refused("2018-7-4", "not a date: \"2018-7-4\"", "Write 2018-07-04.");
  assert_refused("20180704", "not a date: \"20180704\"", "Write 2018-07-04.");
  assert_refused(" 2018-07-04", "not a date: \" 2018-07-04\"", "Write 2018-07-04.");
  assert_refused("2018-07-04 00:00:00", "not a date: \"2018-07-04 00:00:00\"", "Write 2018-07-04.");
  assert_refused("4 July 2018", "not a date: \"4 July 2018\"", "Write 2018-07-04.");
}

static void other_text_gets_the_general_remedy(void **state) {
  (void)state;
  const char general[] = "Write the date as YYYY-MM-DD, for example 2018-07-04.";
  assert_refused("", "not a date: \"\"", general);
  assert_refused("2018", "not a date: \"2018\"", general);
  assert_refused("2018-07", "not a date: \"2018-07\"", general);
  assert_refused("04/07/18", "not a date: \"04/07/18\"", general);
  assert_refused("32/32/2018", "not a date: \"32/32/2018\"", general);
  assert_refused("soon", "not a date: \"soon\"", general);
  assert_refused("2018-07-0x", "not a date: \"2018-07-0x\"", general);
}

/* 43285 is 4 July 2018 in a spreadsheet's 1900 date system: DATE(2018;7;4). */
static void spreadsheet_numbers_are_refused(void **state) {
  (void)state;
  assert_refused("43285", "not a date: \"43285\"",
                 "It looks like a spreadsheet's day number, which may mean 2018-07-04. Format the column as YYYY-MM-DD "
                 "in the spreadsheet and save it again.");
}

static void options_know_today(void **state) {
  (void)state;
  day value, before = day_today();
  struct error error;
  assert_true(day_parse_option("today", &value, &error));
  assert_true(value >= before && value <= day_today());
  time_t now = time(NULL);
  struct tm local;
  localtime_r(&now, &local);
  char expected[DAY_TEXT_SIZE], text[DAY_TEXT_SIZE];
  strftime(expected, sizeof expected, "%Y-%m-%d", &local);
  assert_string_equal(day_format(day_today(), text), expected);
  assert_true(day_parse_option("2018-07-04", &value, &error));
  assert_int_equal(value, 6759);
  assert_false(day_parse_option("tomorrow", &value, &error));
}

static void assert_prose(const char *s, const char *expected, size_t expected_length) {
  day value;
  size_t consumed = 0;
  char text[DAY_TEXT_SIZE];
  assert_true(day_parse_prose(s, strlen(s), &value, &consumed));
  assert_string_equal(day_format(value, text), expected);
  assert_int_equal(consumed, expected_length);
}

static void prose_dates_in_three_languages(void **state) {
  (void)state;
  assert_prose("4 July 2018", "2018-07-04", 11);
  assert_prose("4 July 2018, in Vienna", "2018-07-04", 11);
  assert_prose("4 juillet 2018", "2018-07-04", 14);
  assert_prose("1er janvier 2019", "2019-01-01", 16);
  assert_prose("4 de julio de 2018", "2018-07-04", 18);
  assert_prose("1.º de enero de 2019", "2019-01-01", strlen("1.º de enero de 2019"));
  assert_prose("15 AOÛT 2018", "2018-08-15", strlen("15 AOÛT 2018"));
  assert_prose("15 fevrier 2018", "2018-02-15", 15);
  assert_prose("29\u00a0février\u202f2000", "2000-02-29", strlen("29\u00a0février\u202f2000"));
  assert_prose("31 diciembre  2018", "2018-12-31", 18);
}

static void prose_that_is_no_date(void **state) {
  (void)state;
  static const char *const none[] = {
      "",           "July 2018",   "4 July",        "4July 2018",    "4 Julember 2018", "31 June 2018", "4 July 20181",
      "4 July 218", "4 July 1066", "4–5 July 2018", "123 July 2018", "4 de 2018",       "4 July de2018"};
  for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
    day value;
    assert_false(day_parse_prose(none[i], strlen(none[i]), &value, NULL));
  }
}

/* Prefixes of a date, in memory that ends with them, so that a sanitizer sees any reading beyond. */
static void unterminated_text_is_read_no_further(void **state) {
  (void)state;
  static const char *const whole[] = {"1er janvier 2019", "1.º de enero de 2019", "2018-07-04T12:00:00.123456+01:00"};
  for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
    for (size_t length = 0; length < strlen(whole[i]); length++) {
      AUTO_FREE char *part = memory_new(length ? length : 1, 1);
      memcpy(part, whole[i], length);
      day value;
      moment at;
      struct error error;
      assert_false(day_parse_prose(part, length, &value, NULL));
      assert_int_equal(day_parse(part, length, &value, &error), length == 10 && i == 2);
      assert_int_equal(moment_parse(part, length, &at, &error), length == 10 && i == 2);
    }
}

static void assert_moment(const char *s, int64_t expected, const char *canonical) {
  moment value;
  struct error error;
  char text[MOMENT_TEXT_SIZE];
  assert_true(moment_parse(s, strlen(s), &value, &error));
  assert_true(value == expected);
  assert_string_equal(moment_format(value, text), canonical);
}

static void known_moments_are_read_and_written(void **state) {
  (void)state;
  assert_moment("2026-11-24T06:00:00Z", INT64_C(848815200000000), "2026-11-24T06:00:00Z");
  assert_moment("2026-11-24t06:00:00z", INT64_C(848815200000000), "2026-11-24T06:00:00Z");
  assert_moment("2026-11-24 07:00:00.5+01:00", INT64_C(848815200500000), "2026-11-24T06:00:00.500000Z");
  assert_moment("2018-07-04T12:00:00-09:30", INT64_C(584055000000000), "2018-07-04T21:30:00Z");
  assert_moment("1999-12-31T23:59:59.999999Z", -1, "1999-12-31T23:59:59.999999Z");
  assert_moment("1900-01-01T00:00:00+14:00", INT64_C(-3155724000000000), "1899-12-31T10:00:00Z");
  assert_moment("2000-01-01T00:00:00.000001-00:00", 1, "2000-01-01T00:00:00.000001Z");
  /* a bare day is its last microsecond: 6760 days of 86,400 s, less 1 */
  assert_moment("2018-07-04", INT64_C(6760) * 86400 * 1000000 - 1, "2018-07-04T23:59:59.999999Z");
  char text[MOMENT_TEXT_SIZE];
  assert_string_equal(moment_format(MOMENT_NONE, text), "");
  assert_string_equal(moment_format(INT64_MAX, text), "");
}

static void assert_moment_refused(const char *s, const char *remedy) {
  moment value;
  struct error error;
  assert_false(moment_parse(s, strlen(s), &value, &error));
  assert_int_equal(error.code, ERROR_DATA);
  assert_string_equal(error.remedy, remedy);
}

static void wrong_moments_are_refused(void **state) {
  (void)state;
  const char zone[] = "End it with Z for UTC, or with an offset such as +01:00.";
  const char range[] = "Hours go from 00 to 23, minutes and seconds from 00 to 59.";
  assert_moment_refused("2026-11-24T06:00:00", zone);
  assert_moment_refused("2026-11-24T06:00:00 Z", zone);
  assert_moment_refused("2026-11-24T06:00:00+0100", zone);
  assert_moment_refused("2026-11-24T06:00:00+24:00", zone);
  assert_moment_refused("2026-11-24T06:00:00+01:60", zone);
  assert_moment_refused("2026-11-24T06:00:00Zulu", zone);
  assert_moment_refused("2026-11-24T24:00:00Z", range);
  assert_moment_refused("2026-11-24T06:60:00Z", range);
  assert_moment_refused("2026-11-24T06:00:61Z", range);
  assert_moment_refused("2016-12-31T23:59:60Z", "Leap seconds have no place in the database. Write second 59.");
  assert_moment_refused("2026-11-24T06:00:00.1234567Z", "Give at most six decimals of a second.");
  assert_moment_refused("2026-11-24T06:00:00.Z", "Give at most six decimals of a second.");
  assert_moment_refused("2026-11-24T6:00:00Z+", "Write the time as hh:mm:ss, for example 2026-11-24T06:00:00Z.");
  assert_moment_refused("2026-02-29T06:00:00Z", "February 2026 has 28 days.");
  assert_moment_refused("yesterday", "Write a day, 2026-11-24, or a moment with its zone, 2026-11-24T06:00:00Z.");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(known_days_are_read_and_written),
      cmocka_unit_test(every_day_agrees_with_the_c_library),
      cmocka_unit_test(days_outside_the_calendar),
      cmocka_unit_test(days_that_are_none_are_refused),
      cmocka_unit_test(ambiguous_dates_name_both_readings),
      cmocka_unit_test(clear_dates_are_rewritten),
      cmocka_unit_test(other_text_gets_the_general_remedy),
      cmocka_unit_test(spreadsheet_numbers_are_refused),
      cmocka_unit_test(options_know_today),
      cmocka_unit_test(prose_dates_in_three_languages),
      cmocka_unit_test(prose_that_is_no_date),
      cmocka_unit_test(unterminated_text_is_read_no_further),
      cmocka_unit_test(known_moments_are_read_and_written),
      cmocka_unit_test(wrong_moments_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
