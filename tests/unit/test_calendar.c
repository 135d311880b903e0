/* Times that come again: systemd's words for them, and cron's. */
#include "reports/export/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void assert_cron(const char *text, const char *expected) {
  struct calendar calendar;
  struct error error;
  AUTO_TEXT struct text cron = {0};
  assert_true(calendar_parse(text, &calendar, &error));
  assert_true(calendar_add_cron(&calendar, &cron, &error));
  assert_string_equal(text_string(&cron), expected);
}

static void what_cron_can_say(void **state) {
  (void)state;
  assert_cron("Mon *-*-* 06:00", "0 6 * * 1");
  assert_cron("monday 06:00:00", "0 6 * * 1");
  assert_cron("Sun", "0 0 * * 7");
  assert_cron("Mon..Fri 7:30", "30 7 * * 1-5");
  assert_cron("Mon,Wed,Sat..Sun 7:30", "30 7 * * 1,3,6-7");
  assert_cron("*-*-1,15 06:00", "0 6 1,15 * *");
  assert_cron("*-1/3-1 00:00", "0 0 1 1,4,7,10 *");
  assert_cron("02..04-01 22:05", "5 22 1 2-4 *");
  assert_cron("*:0/15", "0,15,30,45 * * * *");
  assert_cron("8..18/2:00", "0 8,10,12,14,16,18 * * *");
  assert_cron("hourly", "0 * * * *");
  assert_cron("Weekly", "0 0 * * 1");
  assert_cron("quarterly", "0 0 1 1,4,7,10 *");
}

static void assert_not_cron(const char *text) {
  struct calendar calendar;
  struct error error;
  AUTO_TEXT struct text cron = {0};
  assert_true(calendar_parse(text, &calendar, &error));
  assert_false(calendar_add_cron(&calendar, &cron, &error));
  assert_int_equal(error.code, ERROR_USAGE);
}

static void what_systemd_alone_can_say(void **state) {
  (void)state;
  assert_not_cron("Fri *-*-13 06:00"); /* cron runs on each Friday and on each 13th */
  assert_not_cron("06:00:30");
  assert_not_cron("2027-01-01 06:00");
  assert_not_cron("06:00 Europe/Vienna");
  assert_not_cron("*-*-* 06:00 UTC");
}

static void what_is_no_time(void **state) {
  (void)state;
  static const char *const wrong[] = {
      "",       "x",       "Mun 06:00",   "24:00",       "06:60",   "*-13-1",      "*-*-32",
      "6",      "*-*-* 6", "Mon 06:00 x", "5..3:00",     "1-2-3-4", "*-*~3 06:00", "06:00/0",
      "Mon,06", "Mon..",   "06:",         "06:00:00:00", "M",       "06:00\n",     "0 6 * * 1"};
  struct calendar calendar;
  struct error error;
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
    assert_false(calendar_parse(wrong[i], &calendar, &error));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_cron_can_say),
      cmocka_unit_test(what_systemd_alone_can_say),
      cmocka_unit_test(what_is_no_time),
  };
  return cmocka_run_group_tests_name("calendar", tests, NULL, NULL);
}
