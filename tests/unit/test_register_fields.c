/* core/register/register_fields.c: what the fields of register files may hold, and the form in which they are kept. */
#include "core/register/register_fields.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

static void assert_kept(register_field_check *check, const char *written, const char *kept) {
  struct register_field field = {.value = written};
  struct error error;
  assert_true(check(&field, &error));
  assert_string_equal(field.value, kept);
  free(field.kept);
}

static void assert_refused(register_field_check *check, const char *written, const char *message) {
  struct register_field field = {.value = written};
  struct error error;
  assert_false(check(&field, &error));
  assert_int_equal(error.code, ERROR_DATA);
  assert_string_equal(error.message, message);
  assert_string_not_equal(error.remedy, "");
  free(field.kept);
}

static void codes_of_states(void **state) {
  (void)state;
  assert_kept(register_check_iso3, "ITA", "ITA");
  assert_refused(register_check_iso3, "IT", "not an alpha-3 code: \"IT\"");
  assert_refused(register_check_iso3, "ita", "not an alpha-3 code: \"ita\"");
  assert_refused(register_check_iso3, "ITÀ", "not an alpha-3 code: \"ITÀ\"");
  assert_kept(register_check_iso2, "IT", "IT");
  assert_refused(register_check_iso2, "ITA", "not an alpha-2 code: \"ITA\"");
  assert_refused(register_check_iso2, "I1", "not an alpha-2 code: \"I1\"");
}

static void zeros_that_spreadsheets_take_are_put_back(void **state) {
  (void)state;
  assert_kept(register_check_m49, "004", "004");
  assert_kept(register_check_m49, "4", "004");
  assert_kept(register_check_m49, "12", "012");
  assert_kept(register_check_m49, "380", "380");
  assert_refused(register_check_m49, "", "not an M49 code: \"\"");
  assert_refused(register_check_m49, "1234", "not an M49 code: \"1234\"");
  assert_refused(register_check_m49, "12a", "not an M49 code: \"12a\"");
  assert_refused(register_check_m49, "-12", "not an M49 code: \"-12\"");
}

static void truths_in_any_case(void **state) {
  (void)state;
  assert_kept(register_check_truth, "true", "true");
  assert_kept(register_check_truth, "TRUE", "true");
  assert_kept(register_check_truth, "False", "false");
  assert_refused(register_check_truth, "yes", "neither true nor false: \"yes\"");
  assert_refused(register_check_truth, "1", "neither true nor false: \"1\"");
}

static void dates(void **state) {
  (void)state;
  assert_kept(register_check_date, "2004-02-29", "2004-02-29");
  assert_refused(register_check_date, "2003-02-29", "no such day: \"2003-02-29\"");
  assert_refused(register_check_date, "1/2/2003", "not a date: \"1/2/2003\"");
}

static void words_of_a_list(void **state) {
  (void)state;
  assert_kept(register_check_language, "zh", "zh");
  assert_refused(register_check_language, "de", "unknown language: \"de\"");
  assert_kept(register_check_name_kind, "former", "former");
  assert_refused(register_check_name_kind, "alais", "unknown kind of name: \"alais\"");
  assert_kept(register_check_action, "accession", "accession");
  assert_refused(register_check_action, "Accession", "unknown action: \"Accession\"");
  assert_kept(register_check_level_kind, "both", "both");
  assert_refused(register_check_level_kind, "all", "unknown kind: \"all\"");
}

static void ranks_and_weights_have_one_form(void **state) {
  (void)state;
  assert_kept(register_check_rank, "0", "0");
  assert_kept(register_check_rank, "007", "7");
  assert_kept(register_check_rank, "999", "999");
  assert_refused(register_check_rank, "1000", "not a rank: \"1000\"");
  assert_refused(register_check_rank, "-1", "not a rank: \"-1\"");
  assert_refused(register_check_rank, "1.5", "not a rank: \"1.5\"");
  assert_refused(register_check_rank, "99999999999999999999", "not a rank: \"99999999999999999999\"");
  assert_kept(register_check_weight, "1", "1.00");
  assert_kept(register_check_weight, "0.5", "0.50");
  assert_kept(register_check_weight, ".07", "0.07");
  assert_kept(register_check_weight, "0", "0.00");
  assert_refused(register_check_weight, "0.333", "not a weight: \"0.333\"");
  assert_refused(register_check_weight, "1.01", "not a weight: \"1.01\"");
  assert_refused(register_check_weight, "-0.1", "not a weight: \"-0.1\"");
  assert_refused(register_check_weight, "nan", "not a weight: \"nan\"");
  assert_refused(register_check_weight, "0,5", "not a weight: \"0,5\"");
  assert_refused(register_check_weight, "4e55", "not a weight: \"4e55\"");
  assert_refused(register_check_weight, "0x1", "not a weight: \"0x1\"");
  assert_refused(register_check_weight, " 1", "not a weight: \" 1\"");
  assert_refused(register_check_weight, ".", "not a weight: \".\"");
}

static void colours_and_codes(void **state) {
  (void)state;
  assert_kept(register_check_colour, "#1b7837", "#1b7837");
  assert_refused(register_check_colour, "#1B7837", "not a colour: \"#1B7837\"");
  assert_refused(register_check_colour, "#1b783", "not a colour: \"#1b783\"");
  assert_refused(register_check_colour, "green", "not a colour: \"green\"");
  assert_kept(register_check_code, "UNTOC-SOM_1.a", "UNTOC-SOM_1.a");
  assert_refused(register_check_code, "a b", "not a code: \"a b\"");
  assert_refused(register_check_code, "é", "not a code: \"é\"");
  assert_refused(register_check_code, "no-response", "not a code: \"no-response\"");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(codes_of_states),    cmocka_unit_test(zeros_that_spreadsheets_take_are_put_back),
      cmocka_unit_test(truths_in_any_case), cmocka_unit_test(dates),
      cmocka_unit_test(words_of_a_list),    cmocka_unit_test(ranks_and_weights_have_one_form),
      cmocka_unit_test(colours_and_codes),
  };
  return cmocka_run_group_tests_name("register_fields", tests, NULL, NULL);
}
