/* Single fields of a status record. */
#include "core/record/record.h"
#include "core/record/status_chunk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

static void a_number_is_batch_and_line(void **state) {
  (void)state;
  struct record_id id;
  struct error error;
  char out[RECORD_ID_TEXT_SIZE];
  assert_true(record_id_parse("12.345", &id, &error));
  assert_int_equal(id.batch_id, 12);
  assert_int_equal(id.line, 345);
  assert_string_equal(record_id_format(id, out), "12.345");
  assert_true(record_id_parse("2147483647.2147483647", &id, &error));
  assert_string_equal(record_id_format(id, out), "2147483647.2147483647");
}

static void other_numbers_are_refused(void **state) {
  (void)state;
  static const char *const wrong[] = {
      "",      "12",   "12.",  ".3",   "0.1", "1.0", "-1.2",         "1.-2",
      "1.2.3", "1.2 ", " 1.2", "+1.2", "1,2", "a.b", "2147483648.1", "1.99999999999999999999"};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    struct record_id id;
    struct error error = {0};
    assert_false(record_id_parse(wrong[i], &id, &error));
    assert_int_equal(error.code, ERROR_DATA);
    assert_non_null(strstr(error.remedy, "12.345"));
  }
}

static void kinds_are_two(void **state) {
  (void)state;
  enum level_kind kind;
  struct error error;
  assert_true(record_kind_parse("reported", &kind, &error));
  assert_int_equal(kind, LEVEL_REPORTED);
  assert_true(record_kind_parse("assessed", &kind, &error));
  assert_int_equal(kind, LEVEL_ASSESSED);
  assert_false(record_kind_parse("both", &kind, &error));
  assert_false(record_kind_parse("Reported", &kind, &error));
}

static void a_channel_nearly_right_is_named(void **state) {
  (void)state;
  struct error error;
  for (size_t i = 0; record_channels[i] != NULL; i++)
    assert_true(record_channel_check(record_channels[i], &error));
  assert_false(record_channel_check("note verbale", &error));
  assert_string_equal(error.remedy, "Did you mean \"note-verbale\"?");
  assert_false(record_channel_check("zzz", &error));
  assert_non_null(strstr(error.remedy, "questionnaire"));
}

static void languages_are_the_six_of_the_united_nations(void **state) {
  (void)state;
  static const char *const six[] = {"ar", "en", "es", "fr", "ru", "zh"};
  struct error error;
  for (size_t i = 0; i < 6; i++) {
    uint8_t index;
    assert_true(record_language_parse(six[i], &index, &error));
    assert_string_equal(status_language(&(struct status_row){.language = index}), six[i]);
  }
  assert_null(status_language(&(struct status_row){.language = 0}));
  uint8_t index;
  assert_false(record_language_parse("de", &index, &error));
  assert_int_equal(error.code, ERROR_DATA);
  assert_string_equal(error.remedy, "Write one of ar, en, es, fr, ru, zh.");
  assert_false(record_language_parse("", &index, &error));
}

static void a_level_is_for_its_kind_of_record(void **state) {
  (void)state;
  struct error error;
  char code[] = "met";
  assert_true(record_level_suits(&(struct level){.code = code, .kind = LEVEL_BOTH}, LEVEL_REPORTED, &error));
  assert_true(record_level_suits(&(struct level){.code = code, .kind = LEVEL_ASSESSED}, LEVEL_ASSESSED, &error));
  assert_false(record_level_suits(&(struct level){.code = code, .kind = LEVEL_ASSESSED}, LEVEL_REPORTED, &error));
  assert_string_equal(error.message, "the level \"met\" is only for assessed records");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_number_is_batch_and_line),
      cmocka_unit_test(other_numbers_are_refused),
      cmocka_unit_test(kinds_are_two),
      cmocka_unit_test(a_channel_nearly_right_is_named),
      cmocka_unit_test(languages_are_the_six_of_the_united_nations),
      cmocka_unit_test(a_level_is_for_its_kind_of_record),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
