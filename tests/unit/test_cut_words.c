/* reports/table/cut_words.c: what options and job files say of a report. */
#include "reports/table/cut_words.h"

#include "reports/table/preset.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void defaults_are_today_now_and_reported(void **state) {
  (void)state;
  AUTO_CUT struct cut cut;
  struct error error;
  assert_true(cut_begin(&cut, "groups", &error));
  assert_true(cut_check(&cut, &error));
  assert_int_equal(cut.as_of, day_today());
  assert_true(cut.known_at == MOMENT_NONE);
  assert_int_equal(cut.kind, LEVEL_REPORTED);
  assert_string_equal(cut.rows[0]->name, "regional_group");
}

static void words_are_set_and_nothing_is_kept_of_them(void **state) {
  (void)state;
  AUTO_CUT struct cut cut;
  struct error error;
  char condition[] = "ldc = yes", title[] = "Mine";
  assert_true(cut_begin(&cut, "crosstab", &error));
  assert_true(cut_set(&cut, "rows", "state", &error));
  assert_true(cut_set(&cut, "cols", "level, year", &error));
  assert_true(cut_set(&cut, "measure", "score", &error));
  assert_true(cut_set(&cut, "where", condition, &error));
  assert_true(cut_set(&cut, "title", title, &error));
  assert_true(cut_set(&cut, "as-of", "2026-01-31", &error));
  assert_true(cut_set(&cut, "known-at", "2026-02-01T00:00:00Z", &error));
  assert_true(cut_set(&cut, "kind", "both", &error));
  assert_true(cut_set(&cut, "layout", "long", &error));
  assert_true(cut_set(&cut, "lang", "fr", &error));
  assert_true(cut_set(&cut, "include-non-parties", NULL, &error));
  assert_true(cut_check(&cut, &error));
  memset(condition, 'x', sizeof condition - 1);
  memset(title, 'x', sizeof title - 1);
  char as_of[DAY_TEXT_SIZE];
  assert_string_equal(day_format(cut.as_of, as_of), "2026-01-31");
  assert_string_equal(cut.where, "ldc = yes");
  assert_string_equal(cut.title, "Mine");
  assert_string_equal(cut.language, "fr");
  assert_int_equal(cut.column_count, 2);
  assert_int_equal(cut.kind, LEVEL_BOTH);
  assert_int_equal(cut.layout, LAYOUT_LONG);
  assert_true(cut.include_non_parties);
  assert_true(cut_set(&cut, "include-non-parties", "no", &error));
  assert_false(cut.include_non_parties);
}

static void days_and_measures_are_set(void **state) {
  (void)state;
  AUTO_CUT struct cut cut;
  struct error error;
  assert_true(cut_begin(&cut, "groups", &error));
  assert_true(cut.compare == DAY_NONE && cut.from == DAY_NONE);
  assert_true(cut_set(&cut, "as-of", "2026-01-31", &error));
  assert_true(cut_set(&cut, "compare", "2025-01-31", &error));
  assert_true(cut_set(&cut, "measure", "states, row-percent", &error));
  assert_true(cut_set(&cut, "response-rate", NULL, &error));
  assert_true(cut_check(&cut, &error));
  assert_int_equal(cut.compare, cut.as_of - 365);
  assert_int_equal(cut.counted, COUNT_STATES);
  assert_int_equal(cut.shown_count, 2);
  assert_int_equal(cut.shown[0], SHOW_NUMBER);
  assert_int_equal(cut.shown[1], SHOW_ROW_PERCENT);
  assert_true(cut.response_rate);
}

static void a_presets_condition_stays_beside_the_users(void **state) {
  (void)state;
  AUTO_CUT struct cut cut;
  struct error error;
  assert_true(cut_begin(&cut, "overdue", &error));
  assert_true(cut_set(&cut, "where", "ldc = yes or sids = yes", &error));
  assert_string_equal(cut.where, "overdue = yes and (ldc = yes or sids = yes)");
  assert_false(cut_set(&cut, "where", "ldc = yes or", &error));
  assert_non_null(strstr(error.message, "character 13"));
}

static void assert_refused(const char *report, const char *word, const char *value, const char *message,
                           const char *remedy) {
  AUTO_CUT struct cut cut;
  struct error error = {0};
  assert_false(cut_begin(&cut, report, &error) && cut_set(&cut, word, value, &error) && cut_check(&cut, &error));
  assert_int_equal(error.code, ERROR_USAGE);
  assert_non_null(strstr(error.message, message));
  assert_non_null(strstr(error.remedy, remedy));
}

static void mistakes_are_named(void **state) {
  (void)state;
  assert_refused("group", "kind", "both", "unknown report: \"group\"", "Did you mean \"groups\"?");
  assert_refused("groups", "as-off", "today", "a report has no \"as-off\"", "Did you mean \"as-of\"?");
  assert_refused("groups", "as-of", "04/07/2026", "as-of: not a date", "");
  assert_refused("groups", "as-of", NULL, "\"as-of\" needs a value", "help report");
  assert_refused("groups", "kind", "boht", "unknown kind: \"boht\"", "Did you mean \"both\"?");
  assert_refused("groups", "lang", "de", "unknown language: \"de\"", "es");
  assert_refused("groups", "layout", "round", "unknown layout: \"round\"", "Write wide or long.");
  assert_refused("groups", "known-at", "then", "then", "");
  assert_refused("groups", "include-non-parties", "perhaps", "include-non-parties", "Write no or yes.");
  assert_refused("groups", "compare", "today", "must be before the as-of day", "earlier day");
  assert_refused("groups", "from", "2020-01-01", "speaks of one day", "--compare");
  assert_refused("groups", "known-from", "2020-01-01", "takes no \"known-from\"", "--known-at");
  assert_refused("changes", "from", "today", "is not before the later one", "earlier --from");
  assert_refused("trend", "compare", "2020-01-01", "compares them already", "Leave out");
  assert_refused("trend", "measure", "total-percent", "can't be added up", "row-percent");
  assert_refused("trend", "from", "2199-01-01", "is not before the later one", "earlier --from");
  assert_refused("groups", "measure", "score,row-percent", "a score has no percentage", "another measure");
  assert_refused("groups", "measure", "count,count", "don't go together", "one percentage at most");
  assert_refused("groups", "state", "Italy", "is not of one State", "profile");
  assert_refused("profile", "title", "x", "needs a State", "report profile Italy");
  assert_refused("matrix", "compare", "2020-01-01", "has a shape of its own", "crosstab");
  assert_refused("matrix", "rows", "state", "has a shape of its own", "crosstab");
  assert_refused("crosstab", "rows", "state", "needs --rows and --cols", "For example");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(defaults_are_today_now_and_reported),
      cmocka_unit_test(words_are_set_and_nothing_is_kept_of_them),
      cmocka_unit_test(days_and_measures_are_set),
      cmocka_unit_test(a_presets_condition_stays_beside_the_users),
      cmocka_unit_test(mistakes_are_named),
  };
  return cmocka_run_group_tests_name("cut_words", tests, NULL, NULL);
}
