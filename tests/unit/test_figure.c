/* reports/grid/figure.c: figures rounded half up from integers. */
#include "reports/grid/figure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void percentages_are_rounded_half_up(void **state) {
  (void)state;
  assert_int_equal(figure_tenths(1, 3), 333);
  assert_int_equal(figure_tenths(2, 3), 667);
  assert_int_equal(figure_tenths(1, 2000), 1); /* 0.05 exactly */
  assert_int_equal(figure_tenths(1, 2001), 0);
  assert_int_equal(figure_tenths(3, 2000), 2); /* 0.15 exactly */
  assert_int_equal(figure_tenths(7, 7), 1000);
  assert_int_equal(figure_tenths(0, 7), 0);
}

static void nothing_is_divided_by_nothing(void **state) {
  (void)state;
  assert_int_equal(figure_tenths(0, 0), 0);
  assert_int_equal(figure_mean(0, 0), 0);
}

static void scores_are_means_of_hundredths(void **state) {
  (void)state;
  assert_int_equal(figure_mean(150, 2), 75); /* 1.00 and 0.50 */
  assert_int_equal(figure_mean(100, 3), 33);
  assert_int_equal(figure_mean(5, 10), 1); /* 0.005 exactly */
  assert_int_equal(figure_mean(300, 3), 100);
}

static void figures_are_printed_with_their_decimals(void **state) {
  (void)state;
  char out[FIGURE_SIZE];
  assert_string_equal(figure_format(333, 1, out), "33.3");
  assert_string_equal(figure_format(1000, 1, out), "100.0");
  assert_string_equal(figure_format(5, 2, out), "0.05");
  assert_string_equal(figure_format(-4, 1, out), "-0.4");
  assert_string_equal(figure_format(-12, 0, out), "-12");
  assert_string_equal(figure_format(INT64_MAX, 0, out), "9223372036854775807");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(percentages_are_rounded_half_up),
      cmocka_unit_test(nothing_is_divided_by_nothing),
      cmocka_unit_test(scores_are_means_of_hundredths),
      cmocka_unit_test(figures_are_printed_with_their_decimals),
  };
  return cmocka_run_group_tests_name("figure", tests, NULL, NULL);
}
