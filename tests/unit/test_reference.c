/* Recommendation references. */
#include "core/document/reference.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void assert_parts(const char *s, const char *symbol, const char *chapter, const char *section,
                         const char *paragraph, const char *item) {
  struct reference reference;
  struct error error;
  assert_true(reference_parse(s, strlen(s), &reference, &error));
  assert_string_equal(reference.symbol, symbol);
  assert_string_equal(reference.chapter, chapter);
  assert_string_equal(reference.section, section);
  assert_string_equal(reference.paragraph, paragraph);
  assert_string_equal(reference.item, item);
}

static void references_are_taken_apart(void **state) {
  (void)state;
  assert_parts("II.A.1(a)", "", "II", "A", "1", "a");
  assert_parts("CTOC/COP/WG.7/2018/L.1/Add.1:II.A.1(a)", "CTOC/COP/WG.7/2018/L.1/Add.1", "II", "A", "1", "a");
  assert_parts("II.4(b)", "", "II", "", "4", "b");
  assert_parts("6.12", "", "", "", "6.12", "");
  assert_parts("II.A.3", "", "II", "A", "3", "");
  assert_parts("A/77/10_(II)-b:6.12(aa)", "A/77/10_(II)-b", "", "", "6.12", "aa");
  assert_parts("(c)", "", "", "", "", "c");
  assert_parts("II.B(g)", "", "II", "B", "", "g");
  assert_parts("12", "", "", "", "12", "");
}

static void capitals_are_canonical(void **state) {
  (void)state;
  assert_parts("ii.a.1(a)", "", "II", "A", "1", "a");
  assert_parts("iv.10", "", "IV", "", "10", "");
}

static void a_lone_letter_part_is_chapter_or_section(void **state) {
  (void)state;
  assert_parts("V.3", "", "V", "", "3", "");
  assert_parts("XXIX.3", "", "XXIX", "", "3", "");
  assert_parts("C.1", "", "", "C", "1", "");
  assert_parts("D.1(a)", "", "", "D", "1", "a");
  assert_parts("C.C.1", "", "C", "C", "1", "");
  assert_parts("I.I.1", "", "I", "I", "1", "");
}

static void assert_refused(const char *s, const char *part_of_message) {
  struct reference reference;
  struct error error;
  assert_false(reference_parse(s, strlen(s), &reference, &error));
  assert_int_equal(error.code, ERROR_DATA);
  if (!strstr(error.message, part_of_message))
    fail_msg("\"%s\": message is: %s", s, error.message);
  assert_true(strstr(error.remedy, "II.A.1(a)") || strstr(error.remedy, "CTOC/COP/WG.7"));
}

static void inexact_references_are_refused(void **state) {
  (void)state;
  assert_refused("", "neither paragraph nor item");
  assert_refused("II", "neither paragraph nor item");
  assert_refused("II.A", "neither paragraph nor item");
  assert_refused("IIII.1", "no roman numeral");
  assert_refused("IIII.A.1", "no roman numeral");
  assert_refused("AB.C.1", "no roman numeral");
  assert_refused("ABC.1", "too many");
  assert_refused("para. 3 (a)", "space");
  assert_refused("II.A.1 (a)", "space");
  assert_refused(" II.A.1", "space");
  assert_refused("II.A.1(a)(i)", "sub-items");
  static const char *const malformed[] = {"II..1",    "II.A.1.",   "II.A.01",     "II.A.0",   "A1",       "IIA1",
                                          "II.A.1()", "II.A.1(A)", "II.A.1(abc)", "II.A.1(a", "II.A.1a",  "II.(a)",
                                          "II.A.B.1", ".1",        "6..12",       "6.012",    "II.A.1(1)"};
  for (size_t i = 0; i < sizeof malformed / sizeof *malformed; i++)
    assert_refused(malformed[i], "not a reference");
  assert_refused(":II.A.1", "not a document's symbol: \"\"");
  assert_refused("CTOC COP:II.A.1", "not a document's symbol: \"CTOC COP\"");
  assert_refused("CTOC\nCOP:II.A.1", "not a document's symbol");
  assert_refused("A:B:II.A.1", "not a document's symbol: \"A:B\"");
  assert_refused("1234567890123456", "too long");
}

static void symbols_have_a_length(void **state) {
  (void)state;
  char symbol[200];
  memset(symbol, 'A', sizeof symbol);
  struct error error;
  assert_true(reference_check_symbol(symbol, 127, &error));
  assert_false(reference_check_symbol(symbol, 128, &error));
  assert_false(reference_check_symbol("A\0B", 3, &error));
}

static void roman_numerals_are_strict(void **state) {
  (void)state;
  static const struct {
    const char *s;
    unsigned number;
  } known[] = {{"I", 1},
               {"iv", 4},
               {"IX", 9},
               {"XIV", 14},
               {"XL", 40},
               {"XC", 90},
               {"CD", 400},
               {"CM", 900},
               {"MCMXCIX", 1999},
               {"MMXVIII", 2018},
               {"MMMCMXCIX", 3999},
               {"MMMDCCCLXXXVIII", 3888},
               {"IIII", 0},
               {"VV", 0},
               {"IC", 0},
               {"IL", 0},
               {"XM", 0},
               {"IIV", 0},
               {"VX", 0},
               {"MMMM", 0},
               {"IXI", 0},
               {"", 0},
               {"A", 0},
               {"I I", 0}};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    assert_int_equal(reference_roman(known[i].s, strlen(known[i].s)), known[i].number);
}

static int compare(const char *a, const char *b) {
  struct reference x, y;
  struct error error;
  assert_true(reference_parse(a, strlen(a), &x, &error));
  assert_true(reference_parse(b, strlen(b), &y, &error));
  int result = reference_compare(&x, &y);
  assert_true((result < 0) == (reference_compare(&y, &x) > 0));
  return result;
}

/* As they come in a document; each is compared with all others. */
static void places_are_in_the_order_of_the_document(void **state) {
  (void)state;
  static const char *const places[] = {"2",          "2(a)",       "6.2",    "6.12",      "10",        "A.1",
                                       "I.1",        "II.4(b)",    "II.A.1", "II.A.1(a)", "II.A.1(b)", "II.A.1(z)",
                                       "II.A.1(aa)", "II.A.1(ab)", "II.A.2", "II.A.10",   "II.B.1",    "II.Z.1",
                                       "II.AA.1",    "IX.1",       "X.1"};
  size_t count = sizeof places / sizeof *places;
  for (size_t i = 0; i < count; i++)
    for (size_t j = 0; j < count; j++) {
      int result = compare(places[i], places[j]);
      assert_int_equal((result > 0) - (result < 0), (i > j) - (i < j));
    }
}

static unsigned pick(unsigned *seed, unsigned below) {
  return (unsigned)rand_r(seed) % below;
}

static void random_letters(unsigned *seed, char *out, char first) {
  size_t length = 1 + pick(seed, 2);
  for (size_t i = 0; i < length; i++)
    out[i] = (char)(first + (int)pick(seed, 26));
  out[length] = '\0';
}

/* A random reference that can be written: a lone section does not look like a chapter, nor a lone chapter like a
 * section. */
static void random_reference(unsigned *seed, struct reference *out) {
  static const char *const chapters[] = {"I", "II", "III", "IV", "V", "VIII", "IX", "X", "XIV", "XXXIX"};
  *out = (struct reference){0};
  if (pick(seed, 2))
    strcat(out->chapter, chapters[pick(seed, 10)]);
  do
    random_letters(seed, out->section, 'A');
  while (!out->chapter[0] && strspn(out->section, "IVX") == strlen(out->section));
  if (pick(seed, 2))
    memset(out->section, 0, sizeof out->section);
  if (pick(seed, 4))
    snprintf(out->paragraph, sizeof out->paragraph, pick(seed, 2) ? "%u" : "%u.%u", 1 + pick(seed, 300),
             1 + pick(seed, 99));
  if (pick(seed, 2) || !out->paragraph[0])
    random_letters(seed, out->item, 'a');
}

static void what_is_written_is_read_back(void **state) {
  (void)state;
  unsigned seed = 20181;
  for (int round = 0; round < 20000; round++) {
    struct reference reference, back;
    struct error error;
    char place[REFERENCE_PLACE_SIZE];
    random_reference(&seed, &reference);
    reference_place(&reference, place);
    if (!reference_parse(place, strlen(place), &back, &error))
      fail_msg("\"%s\": %s", place, error.message);
    assert_memory_equal(&back, &reference, sizeof back);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(references_are_taken_apart),
      cmocka_unit_test(capitals_are_canonical),
      cmocka_unit_test(a_lone_letter_part_is_chapter_or_section),
      cmocka_unit_test(inexact_references_are_refused),
      cmocka_unit_test(symbols_have_a_length),
      cmocka_unit_test(roman_numerals_are_strict),
      cmocka_unit_test(places_are_in_the_order_of_the_document),
      cmocka_unit_test(what_is_written_is_read_back),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
