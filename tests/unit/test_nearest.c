/* "Did you mean". */
#include "core/base/nearest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *const states[] = {"France",         "Germany", "Côte d’Ivoire", "Niger", "Nigeria",
                                     "United Kingdom", "Iran",    "Iraq",          "BI"};

static void assert_nearest(const char *wanted, const char *expected) {
  AUTO_NEAREST struct nearest nearest;
  nearest_begin(&nearest, wanted);
  for (size_t i = 0; i < sizeof states / sizeof *states; i++)
    nearest_offer(&nearest, states[i]);
  if (expected)
    assert_string_equal(nearest_answer(&nearest), expected);
  else
    assert_null(nearest_answer(&nearest));
}

static void the_nearest_is_named(void **state) {
  (void)state;
  assert_nearest("Frnace", "France");
  assert_nearest("cote d'ivoir", "Côte d’Ivoire");
  assert_nearest("NIGERIA", "Nigeria");
  assert_nearest("Nigerr", "Niger");
  assert_nearest("Unted Kingdon", "United Kingdom");
}

static void what_is_far_is_not_named(void **state) {
  (void)state;
  assert_nearest("Atlantis", NULL);
  assert_nearest("Ir", NULL);
  assert_nearest("II", NULL);
  assert_nearest("", NULL);
}

static void the_first_of_equals_stays(void **state) {
  (void)state;
  assert_nearest("Irax", "Iran");
}

static void the_only_one_that_begins_so_is_named(void **state) {
  (void)state;
  assert_nearest("ger", "Germany");
  assert_nearest("united", "United Kingdom");
  assert_nearest("Nig", NULL); /* Niger and Nigeria */
  assert_nearest("Uni", "United Kingdom");
  assert_nearest("Un", NULL); /* too little to go by */
}

static void the_few_that_begin_so_are_all_named(void **state) {
  (void)state;
  AUTO_NEAREST struct nearest nearest;
  struct error error = {0};
  nearest_begin(&nearest, "Nig");
  for (size_t i = 0; i < sizeof states / sizeof *states; i++)
    nearest_offer(&nearest, states[i]);
  assert_false(nearest_remedy(&nearest, &error, "See the list."));
  assert_string_equal(error.remedy, "Did you mean \"Niger\" or \"Nigeria\"?");
}

static void an_alias_leads_to_its_name(void **state) {
  (void)state;
  AUTO_NEAREST struct nearest nearest;
  nearest_begin_n(&nearest, "Great Britian, and more", 13);
  nearest_offer_as(&nearest, "Great Britain", "United Kingdom");
  assert_string_equal(nearest_answer(&nearest), "United Kingdom");
}

static void the_remedy_names_the_nearest_or_says_something_else(void **state) {
  (void)state;
  AUTO_NEAREST struct nearest near;
  AUTO_NEAREST struct nearest far;
  struct error error = {0};
  nearest_begin(&near, "Irak");
  nearest_begin(&far, "Atlantis");
  nearest_offer(&near, "Iran");
  nearest_offer(&far, "Iran");
  nearest_offer(&far, "Iraq");
  nearest_offer_as(&far, "Persia", "Iran");
  assert_false(nearest_remedy(&near, &error, "Write one of %s.", nearest_offered(&near)));
  assert_string_equal(error.remedy, "Did you mean \"Iran\"?");
  assert_false(nearest_remedy(&far, &error, "Write one of %s.", nearest_offered(&far)));
  assert_string_equal(error.remedy, "Write one of Iran, Iraq.");
}

static void names_that_have_the_word_are_offered(void **state) {
  (void)state;
  AUTO_NEAREST struct nearest nearest;
  struct error error = {0};
  nearest_begin(&nearest, "korea");
  nearest_offer_as(&nearest, "Republic of Korea", "Republic of Korea");
  nearest_offer_as(&nearest, "la République de Corée", "Republic of Korea");
  nearest_offer_as(&nearest, "Korea (Rep.)", "Republic of Korea");
  nearest_offer_as(&nearest, "Koreatown", "Koreatown");
  nearest_offer_as(&nearest, "Democratic People’s Republic of Korea", "Democratic People’s Republic of Korea");
  assert_false(nearest_remedy(&nearest, &error, "No."));
  assert_string_equal(error.remedy, "Did you mean \"Republic of Korea\" or \"Democratic People’s Republic of Korea\"?");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_nearest_is_named),
      cmocka_unit_test(what_is_far_is_not_named),
      cmocka_unit_test(the_first_of_equals_stays),
      cmocka_unit_test(the_only_one_that_begins_so_is_named),
      cmocka_unit_test(the_few_that_begin_so_are_all_named),
      cmocka_unit_test(an_alias_leads_to_its_name),
      cmocka_unit_test(the_remedy_names_the_nearest_or_says_something_else),
      cmocka_unit_test(names_that_have_the_word_are_offered),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
