/* Likeness of texts: figures by hand, twice the words in common by the sum of both lengths. */
#include "core/base/memory.h"
#include "core/base/similarity.h"
#include "core/base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int percent(const char *one, const char *other, int *at_most) {
  struct similarity_text a, b;
  similarity_prepare(&a, one);
  similarity_prepare(&b, other);
  int result = similarity_percent(&a, &b);
  *at_most = similarity_at_most(&a, &b);
  assert_int_equal(similarity_percent(&b, &a), result);
  similarity_free(&a);
  similarity_free(&b);
  return result;
}

static void assert_like(const char *one, const char *other, int expected, int expected_at_most) {
  int at_most;
  assert_int_equal(percent(one, other, &at_most), expected);
  assert_int_equal(at_most, expected_at_most);
}

static void words_in_order_are_counted(void **state) {
  (void)state;
  assert_like("Light the harbours", "Light the harbours", 100, 100);
  assert_like("Light the harbours", "Light the lamps", 66, 66);     /* 2 of 3 and 3 */
  assert_like("light harbours now", "now light harbours", 66, 100); /* "light harbours" stays in order */
  assert_like("a b c d", "a x b y c z d", 72, 72);                  /* 8 of 11 */
  assert_like("Light the harbours", "Sell every boat", 0, 0);
}

static void signs_case_and_width_are_no_difference(void **state) {
  (void)state;
  assert_like("Light the harbours, by night;", "LIGHT THE  HARBOURS by night.", 100, 100);
  assert_like("S’informer", "s'informer", 100, 100);
  assert_like("États parties", "états parties", 100, 100);
  assert_like("港口 照明", "港口 照明", 100, 100);
}

static void no_words_are_like_nothing(void **state) {
  (void)state;
  assert_like("", "", 0, 0);
  assert_like("—;", "Light", 0, 0);
}

static void long_texts_are_cut(void **state) {
  (void)state;
  AUTO_TEXT struct text one = {0}, other = {0};
  for (int i = 0; i < 3000; i++) {
    text_add_format(&one, "word%d ", i);
    text_add_format(&other, "word%d ", i < 2000 ? i : -i);
  }
  assert_like(one.data, other.data, 100, 100);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(words_in_order_are_counted),
      cmocka_unit_test(signs_case_and_width_are_no_difference),
      cmocka_unit_test(no_words_are_like_nothing),
      cmocka_unit_test(long_texts_are_cut),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
