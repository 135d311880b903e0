/* Allocation that cannot return NULL. */
#include "core/base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void new_memory_is_zeroed_and_never_null(void **state) {
  (void)state;
  AUTO_FREE int *numbers = memory_new(3, sizeof *numbers);
  assert_int_equal(numbers[0] | numbers[1] | numbers[2], 0);
  AUTO_FREE char *nothing = memory_new(0, 4);
  assert_non_null(nothing);
}

static void strings_are_copied(void **state) {
  (void)state;
  AUTO_FREE char *whole = memory_string("Türkiye");
  assert_string_equal(whole, "Türkiye");
  AUTO_FREE char *part = memory_string_n("France, Germany", 6);
  assert_string_equal(part, "France");
}

static void reserving_keeps_content_and_grows_in_steps(void **state) {
  (void)state;
  AUTO_FREE int *numbers = NULL;
  size_t capacity = 0, growths = 0;
  for (size_t i = 0; i < 10000; i++) {
    size_t before = capacity;
    memory_reserve((void **)&numbers, &capacity, i + 1, sizeof *numbers);
    growths += capacity != before;
    numbers[i] = (int)i;
  }
  for (int i = 0; i < 10000; i++)
    assert_int_equal(numbers[i], i);
  assert_in_range(growths, 1, 20);
}

/* What a program that runs out of memory says and ends with. */
static void running_out_ends_the_program(void **state) {
  (void)state;
  int ends[2];
  assert_int_equal(pipe(ends), 0);
  pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0) {
    dup2(ends[1], STDERR_FILENO);
    memory_exhausted();
  }
  close(ends[1]);
  char said[200] = "";
  assert_true(read(ends[0], said, sizeof said - 1) > 0);
  close(ends[0]);
  int status;
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_true(WIFEXITED(status));
  assert_int_equal(WEXITSTATUS(status), 1);
  assert_ptr_equal(strstr(said, "rectrack: out of memory."), said);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(new_memory_is_zeroed_and_never_null),
      cmocka_unit_test(strings_are_copied),
      cmocka_unit_test(reserving_keeps_content_and_grows_in_steps),
      cmocka_unit_test(running_out_ends_the_program),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
