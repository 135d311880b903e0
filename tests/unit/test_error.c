/* Filling and formatting of errors. */
#include "core/base/error.h"
#include "core/base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>

static void assert_format(const struct error *error, const char *expected) {
  AUTO_TEXT struct text line = {0};
  error_format(error, &line);
  assert_string_equal(text_string(&line), expected);
}

static void place_message_and_remedy_make_one_line(void **state) {
  (void)state;
  struct error error;
  assert_false(error_set(&error, ERROR_DATA, "no such State: \"%s\"", "Frnce"));
  assert_int_equal(error.code, ERROR_DATA);
  assert_format(&error, "no such State: \"Frnce\".");
  assert_false(error_remedy(&error, "Did you mean \"%s\"?", "France"));
  assert_false(error_at(&error, "replies.csv", 12, 7));
  assert_format(&error, "replies.csv:12:7: no such State: \"Frnce\". Did you mean \"France\"?");
  error_at(&error, "replies.csv", 12, 0);
  assert_format(&error, "replies.csv:12: no such State: \"Frnce\". Did you mean \"France\"?");
  error_at(&error, "replies.csv", 0, 3);
  assert_format(&error, "replies.csv: no such State: \"Frnce\". Did you mean \"France\"?");
}

static void setting_anew_clears_place_and_remedy(void **state) {
  (void)state;
  struct error error;
  error_set(&error, ERROR_DATA, "first");
  error_remedy(&error, "Do this.");
  error_at(&error, "a.csv", 1, 1);
  error_set(&error, ERROR_USAGE, "second: %s", error.message);
  assert_format(&error, "second: first.");
}

static void a_sentence_gets_one_stop(void **state) {
  (void)state;
  struct error error;
  error_set(&error, ERROR_FAILED, "the server said: \"closed.\"");
  assert_format(&error, "the server said: \"closed.\".");
  error_set(&error, ERROR_FAILED, "the server stopped.");
  assert_format(&error, "the server stopped.");
  error_set(&error, ERROR_FAILED, "really?");
  assert_format(&error, "really?");
}

static void control_characters_are_shown(void **state) {
  (void)state;
  struct error error;
  error_set(&error, ERROR_DATA, "bad value: \"a\nb\033[2J\"");
  error_remedy(&error, "Not\tso.");
  error_at(&error, "new\nline.csv", 3, 0);
  assert_format(&error, "new\\nline.csv:3: bad value: \"a\\nb\\x1b[2J\". Not\\tso.");
}

static void errno_is_told(void **state) {
  (void)state;
  struct error error;
  errno = ENOENT;
  assert_false(error_errno(&error, ERROR_NO_INPUT, "cannot open \"%s\"", "x.csv"));
  assert_int_equal(error.code, ERROR_NO_INPUT);
  assert_format(&error, "cannot open \"x.csv\": No such file or directory.");
}

static void overlong_text_is_cut_at_a_character(void **state) {
  (void)state;
  struct error error;
  char s[3001];
  for (size_t shift = 0; shift < 3; shift++) {
    memset(s, 'x', shift);
    for (size_t i = shift; i + 3 < sizeof s; i += 3)
      memcpy(s + i, "€", 3);
    s[2997] = '\0';
    error_set(&error, ERROR_DATA, "%s", s);
    assert_true(text_is_utf8(error.message, strlen(error.message), NULL));
    assert_in_range(strlen(error.message), 1021, 1023);
    error_remedy(&error, "%s", s);
    assert_true(text_is_utf8(error.remedy, strlen(error.remedy), NULL));
    assert_in_range(strlen(error.remedy), 509, 511);
    error_at(&error, s, 1, 1);
    assert_true(text_is_utf8(error.file, strlen(error.file), NULL));
    assert_in_range(strlen(error.file), 253, 255);
    errno = ENOENT;
    error_errno(&error, ERROR_NO_INPUT, "%s", s);
    assert_true(text_is_utf8(error.message, strlen(error.message), NULL));
    assert_non_null(strstr(error.message, "€: No such file or directory"));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(place_message_and_remedy_make_one_line),
      cmocka_unit_test(setting_anew_clears_place_and_remedy),
      cmocka_unit_test(a_sentence_gets_one_stop),
      cmocka_unit_test(control_characters_are_shown),
      cmocka_unit_test(errno_is_told),
      cmocka_unit_test(overlong_text_is_cut_at_a_character),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
