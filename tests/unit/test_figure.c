/* reports/figure.c: figures rounded half up from integers. */
#include "reports/figure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void percentages_are_rounded_half_up(void **state) {
  (void)state;
  char out[FIGURE_SIZE];
  assert_string_equal(figure_percent(1, 3, out), "33.3");
  assert_string_equal(figure_percent(2, 3, out), "66.7");
  assert_string_equal(figure_percent(1, 2000, out), "0.1"); /* 0.05 exactly */
  assert_string_equal(figure_percent(1, 2001, out), "0.0");
  assert_string_equal(figure_percent(3, 2000, out), "0.2"); /* 0.15 exactly */
  assert_string_equal(figure_percent(7, 7, out), "100.0");
  assert_string_equal(figure_percent(0, 7, out), "0.0");
}

static void nothing_is_divided_by_nothing(void **state) {
  (void)state;
  char out[FIGURE_SIZE];
  assert_string_equal(figure_percent(0, 0, out), "");
  assert_string_equal(figure_score(0, 0, out), "");
}

static void scores_are_means_of_hundredths(void **state) {
  (void)state;
  char out[FIGURE_SIZE];
  assert_string_equal(figure_score(150, 2, out), "0.75"); /* 1.00 and 0.50 */
  assert_string_equal(figure_score(100, 3, out), "0.33");
  assert_string_equal(figure_score(5, 10, out), "0.01"); /* 0.005 exactly */
  assert_string_equal(figure_score(300, 3, out), "1.00");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(percentages_are_rounded_half_up),
      cmocka_unit_test(nothing_is_divided_by_nothing),
      cmocka_unit_test(scores_are_means_of_hundredths),
  };
  return cmocka_run_group_tests_name("figure", tests, NULL, NULL);
}
