/* Libraries that are loaded when they are needed. */
#include "core/base/library.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Every program has this one. */
static const char libc[] = "libc.so.6";

static void a_library_is_loaded_when_it_is_asked_for_a_function(void **state) {
  (void)state;
  struct library library = {.file = libc};
  assert_null(library.handle);
  size_t (*length)(const char *) = (size_t(*)(const char *))library_function(&library, "strlen");
  assert_non_null(library.handle);
  assert_int_equal(length("Nauru"), 5);
}

static void a_missing_library_is_told_with_its_package(void **state) {
  (void)state;
  struct library library = {.file = "libnobody-has-it.so.7"};
  struct error error;
  assert_false(library_load(&library, &error));
  assert_int_equal(error.code, ERROR_CONFIG);
  assert_non_null(strstr(error.message, "libnobody-has-it.so.7"));
  assert_string_equal(error.remedy, "Install it. On Debian: apt-get install libnobody-has-it7");
}

/* What a program says and ends with that asks for `name` of a library. */
static void assert_ends(const char *file, const char *name, const char *expected) {
  int ends[2];
  assert_int_equal(pipe(ends), 0);
  pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0) {
    struct library library = {.file = file};
    dup2(ends[1], STDERR_FILENO);
    library_function(&library, name);
    _exit(0);
  }
  close(ends[1]);
  char said[500] = "";
  assert_true(read(ends[0], said, sizeof said - 1) > 0);
  close(ends[0]);
  int status;
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_true(WIFEXITED(status));
  assert_int_equal(WEXITSTATUS(status), 78);
  assert_ptr_equal(strstr(said, expected), said);
}

static void what_is_missing_ends_the_program(void **state) {
  (void)state;
  assert_ends("libnobody-has-it.so.7", "strlen", "rectrack: the library libnobody-has-it.so.7 can't be loaded (");
  assert_ends(libc, "nobody_has_it", "rectrack: the library libc.so.6 can't be loaded (");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_library_is_loaded_when_it_is_asked_for_a_function),
      cmocka_unit_test(a_missing_library_is_told_with_its_package),
      cmocka_unit_test(what_is_missing_ends_the_program),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
