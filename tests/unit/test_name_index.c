/* core/base/name_index.c: names to numbers. */
#include "core/base/name_index.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void finds_what_was_added(void **state) {
  (void)state;
  AUTO_NAME_INDEX struct name_index *index = name_index_new();
  assert_true(name_index_add(index, "ITA", 3, 7));
  assert_true(name_index_add(index, "", 0, 8));
  assert_true(name_index_add(index, "a\0b", 3, 9));
  assert_int_equal(name_index_find(index, "ITA", 3), 7);
  assert_int_equal(name_index_find(index, "", 0), 8);
  assert_int_equal(name_index_find(index, "a\0b", 3), 9);
  assert_int_equal(name_index_find(index, "a\0c", 3), -1);
  assert_int_equal(name_index_find(index, "IT", 2), -1);
  assert_int_equal(name_index_count(index), 3);
}

static void keeps_the_first(void **state) {
  (void)state;
  AUTO_NAME_INDEX struct name_index *index = name_index_new();
  assert_true(name_index_add(index, "ITA", 3, 7));
  assert_false(name_index_add(index, "ITA", 3, 8));
  assert_int_equal(name_index_find(index, "ITA", 3), 7);
}

static void grows(void **state) {
  (void)state;
  AUTO_NAME_INDEX struct name_index *index = name_index_new();
  char name[16];
  for (int i = 0; i < 10000; i++) {
    int length = snprintf(name, sizeof name, "name %d", i);
    assert_true(name_index_add(index, name, (size_t)length, i));
  }
  for (int i = 0; i < 10000; i++) {
    int length = snprintf(name, sizeof name, "name %d", i);
    assert_int_equal(name_index_find(index, name, (size_t)length), i);
  }
  assert_int_equal(name_index_count(index), 10000);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(finds_what_was_added),
      cmocka_unit_test(keeps_the_first),
      cmocka_unit_test(grows),
  };
  return cmocka_run_group_tests_name("name_index", tests, NULL, NULL);
}
