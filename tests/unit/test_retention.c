/* Retention. The expected sets were picked by hand with a calendar; the rules are those of restic's manual. */
#include "reports/export/retention.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum { MOST = 16 };

/* Decides about the sets of `names` (the newest first; "!" before one that isn't good) and checks which are kept. */
static void assert_kept(const int keep[static KEEP_WORDS], const char *const *names, const char *expected) {
  struct set_name sets[MOST];
  struct retention decided[MOST];
  AUTO_TEXT struct text kept = {0};
  size_t count = 0;
  for (; names[count] != NULL; count++) {
    const char *name = names[count] + (names[count][0] == '!');
    sets[count].name = (char *)name;
    assert_true(set_name_parse(name, &sets[count].at));
    decided[count] = (struct retention){&sets[count], names[count][0] != '!', 99};
  }
  retention_decide(keep, decided, count);
  for (size_t i = 0; i < count; i++) {
    if (decided[i].why == 0)
      continue;
    text_add_format(&kept, "%.10s ", decided[i].set->name);
    retention_reasons(decided[i].why, &kept);
    text_add(&kept, "; ");
  }
  assert_string_equal(text_string(&kept), expected);
}

static void nothing_asked_keeps_all(void **state) {
  (void)state;
  assert_kept((const int[KEEP_WORDS]){0}, (const char *const[]){"2026-11-24T060000Z", "2026-11-23T060000Z", NULL},
              "2026-11-24 newest good, no keep_ word given; 2026-11-23 no keep_ word given; ");
}

static void the_last_ones(void **state) {
  (void)state;
  const char *const sets[] = {"2026-11-24T070000Z", "2026-11-24T060000Z", "2026-11-23T060000Z", NULL};
  assert_kept((const int[KEEP_WORDS]){[KEEP_LAST] = 2}, sets, "2026-11-24 last, newest good; 2026-11-24 last; ");
  assert_kept((const int[KEEP_WORDS]){[KEEP_LAST] = KEEP_ALL}, sets,
              "2026-11-24 last, newest good; 2026-11-24 last; 2026-11-23 last; ");
}

/* 2026-11-23 is a Monday: the 22nd belongs to the week before. 2027-01-01 is a Friday of week 53 of 2026. */
static void days_weeks_months_and_years(void **state) {
  (void)state;
  const char *const sets[] = {"2026-11-24T230000Z", "2026-11-24T060000Z", "2026-11-23T060000Z", "2026-11-22T060000Z",
                              "2026-11-15T060000Z", "2026-10-31T060000Z", "2025-12-31T060000Z", NULL};
  assert_kept((const int[KEEP_WORDS]){[KEEP_DAILY] = 2}, sets, "2026-11-24 daily, newest good; 2026-11-23 daily; ");
  assert_kept((const int[KEEP_WORDS]){[KEEP_WEEKLY] = 3}, sets,
              "2026-11-24 weekly, newest good; 2026-11-22 weekly; 2026-11-15 weekly; ");
  assert_kept((const int[KEEP_WORDS]){[KEEP_MONTHLY] = 2, [KEEP_YEARLY] = 2}, sets,
              "2026-11-24 monthly, yearly, newest good; 2026-10-31 monthly; 2025-12-31 yearly; ");
  assert_kept((const int[KEEP_WORDS]){[KEEP_WEEKLY] = 1},
              (const char *const[]){"2027-01-03T060000Z", "2026-12-28T060000Z", "2026-12-27T060000Z", NULL},
              "2027-01-03 weekly, newest good; ");
}

/* restic: "also keep the oldest snapshot if the bucket has some counts left". */
static void the_oldest_fills_what_is_left(void **state) {
  (void)state;
  assert_kept((const int[KEEP_WORDS]){[KEEP_YEARLY] = 3},
              (const char *const[]){"2026-11-24T060000Z", "2026-11-20T060000Z", "2026-03-01T060000Z", NULL},
              "2026-11-24 yearly, newest good; 2026-03-01 yearly; ");
}

static void broken_sets_don_t_count_and_stay(void **state) {
  (void)state;
  assert_kept((const int[KEEP_WORDS]){[KEEP_LAST] = 1},
              (const char *const[]){"!2026-11-24T060000Z", "2026-11-23T060000Z", "2026-11-22T060000Z", NULL},
              "2026-11-24 not a whole set; 2026-11-23 last, newest good; ");
}

static void names_of_sets(void **state) {
  (void)state;
  static const char *const wrong[] = {"",
                                      "latest",
                                      ".new",
                                      "2026-11-24",
                                      "2026-11-24T060000",
                                      "2026-13-24T060000Z",
                                      "2026-11-24T250000Z",
                                      "2026-11-24T060000Zx",
                                      "2026-11-24T060000Z-",
                                      "2026-11-24T060000Z-1234567890",
                                      "2026-11-24T060000Z-x"};
  moment at, expected;
  struct error error;
  assert_true(set_name_parse("2026-11-24T060102Z-12", &at));
  assert_true(moment_parse("2026-11-24T06:01:02Z", 20, &expected, &error));
  assert_int_equal(at, expected);
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
    assert_false(set_name_parse(wrong[i], &at));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(nothing_asked_keeps_all),          cmocka_unit_test(the_last_ones),
      cmocka_unit_test(days_weeks_months_and_years),      cmocka_unit_test(the_oldest_fills_what_is_left),
      cmocka_unit_test(broken_sets_don_t_count_and_stay), cmocka_unit_test(names_of_sets),
  };
  return cmocka_run_group_tests_name("retention", tests, NULL, NULL);
}
