/* The text form of COPY. */
#include "core/database/copy_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_copied(const char *value, const char *expected) {
  AUTO_TEXT struct text out = {0};
  copy_text_add(&out, value);
  assert_string_equal(text_string(&out), expected);
}

static void null_and_empty_differ(void **state) {
  (void)state;
  assert_copied(NULL, "\\N");
  assert_copied("", "");
  assert_copied("\\N", "\\\\N");
}

static void what_would_end_a_value_or_a_row_is_escaped(void **state) {
  (void)state;
  assert_copied("a\tb\nc\rd\\e", "a\\tb\\nc\\rd\\\\e");
  assert_copied("\\.", "\\\\.");
  assert_copied("\n\n", "\\n\\n");
}

static void everything_else_stays(void **state) {
  (void)state;
  assert_copied("Côte d’Ivoire, الجزائر; \"quoted\" 'too' \x01", "Côte d’Ivoire, الجزائر; \"quoted\" 'too' \x01");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(null_and_empty_differ),
      cmocka_unit_test(what_would_end_a_value_or_a_row_is_escaped),
      cmocka_unit_test(everything_else_stays),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
