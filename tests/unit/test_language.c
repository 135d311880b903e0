/* core/base/language.c: the catalogues and plural forms, compared with those of the C library's own gettext; dates. */
#include "core/base/language.h"

#include "core/base/memory.h"

#include <libintl.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static uint32_t number_at(const unsigned char *bytes, size_t at) {
  return (uint32_t)bytes[at] | (uint32_t)bytes[at + 1] << 8 | (uint32_t)bytes[at + 2] << 16 |
         (uint32_t)bytes[at + 3] << 24;
}

/* The bytes of an MO file end with those of its last translation. */
static size_t size_of(const unsigned char *mo) {
  size_t last = number_at(mo, 16) + 8 * (number_at(mo, 8) - 1);
  return number_at(mo, last) + number_at(mo, last + 4) + 1;
}

static void make_folder(const char *path) {
  assert_int_equal(mkdir(path, 0700), 0);
}

/* Lays a catalogue where the C library looks for it; gives the folder. */
static char *install(const struct catalogue *catalogue) {
  char *folder = memory_string("/tmp/rectrack-language.XXXXXX");
  AUTO_TEXT struct text path = {0};
  assert_non_null(mkdtemp(folder));
  text_add_format(&path, "%s/%s", folder, catalogue->language);
  make_folder(path.data);
  text_add(&path, "/LC_MESSAGES");
  make_folder(path.data);
  text_add(&path, "/rectrack.mo");
  FILE *file = fopen(path.data, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(catalogue->bytes, 1, size_of(catalogue->bytes), file), size_of(catalogue->bytes));
  assert_int_equal(fclose(file), 0);
  return folder;
}

static void uninstall(const char *folder, const char *language) {
  static const char *const parts[] = {"/LC_MESSAGES/rectrack.mo", "/LC_MESSAGES", ""};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    AUTO_TEXT struct text path = {0};
    text_add_format(&path, "%s/%s%s", folder, language, parts[i]);
    assert_int_equal(remove(path.data), 0);
  }
  assert_int_equal(rmdir(folder), 0);
}

/* All messages of a catalogue; those with plural forms with all numbers up to 250 and some large ones. */
static void compare(const struct catalogue *catalogue) {
  const struct language *language = language_find(catalogue->language);
  const unsigned char *mo = catalogue->bytes;
  for (uint32_t i = 0; i < number_at(mo, 8); i++) {
    size_t entry = number_at(mo, 12) + 8 * (size_t)i;
    const char *message = (const char *)mo + number_at(mo, entry + 4);
    const char *context = strchr(message, '\004');
    if (*message == '\0')
      continue;
    if (strlen(message) == number_at(mo, entry)) {
      AUTO_FREE char *name = context != NULL ? memory_string_n(message, (size_t)(context - message)) : NULL;
      assert_string_equal(name != NULL ? translate_in(language, name, context + 1) : translate(language, message),
                          dgettext("rectrack", message));
      continue;
    }
    const char *many = message + strlen(message) + 1;
    for (unsigned long n = 0; n < 250; n++)
      assert_string_equal(translate_count(language, message, many, n), dngettext("rectrack", message, many, n));
    for (unsigned long n = 999999; n < 1000025; n++)
      assert_string_equal(translate_count(language, message, many, n), dngettext("rectrack", message, many, n));
  }
}

static void catalogues_are_read_as_the_c_library_reads_them(void **state) {
  (void)state;
  assert_int_equal(catalogue_count, 5);
  for (size_t i = 0; i < catalogue_count; i++) {
    AUTO_FREE char *folder = install(&catalogues[i]);
    assert_int_equal(setenv("LANGUAGE", catalogues[i].language, 1), 0);
    assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
    assert_non_null(bindtextdomain("rectrack", folder));
    assert_string_not_equal(dgettext("rectrack", "No response"), "No response");
    compare(&catalogues[i]);
    uninstall(folder, catalogues[i].language);
  }
}

static void plural_forms_are_those_of_cldr(void **state) {
  (void)state;
  static const struct {
    const char *language;
    unsigned long number;
    unsigned form;
  } cases[] = {{"en", 0, 1},   {"en", 1, 0},   {"fr", 0, 0},   {"fr", 1, 0},  {"fr", 2, 1},   {"es", 0, 1},
               {"zh", 1, 0},   {"zh", 100, 0}, {"ru", 1, 0},   {"ru", 21, 0}, {"ru", 11, 2},  {"ru", 3, 1},
               {"ru", 13, 2},  {"ru", 112, 2}, {"ru", 5, 2},   {"ru", 0, 2},  {"ar", 0, 0},   {"ar", 1, 1},
               {"ar", 2, 2},   {"ar", 3, 3},   {"ar", 103, 3}, {"ar", 11, 4}, {"ar", 199, 4}, {"ar", 100, 5},
               {"ar", 102, 5}, {"ar", 200, 5}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_int_equal(language_find(cases[i].language)->plural(cases[i].number), cases[i].form);
}

static void what_has_no_translation_stays(void **state) {
  (void)state;
  assert_string_equal(translate(NULL, "No response"), "No response");
  assert_string_equal(translate(language_find("en"), "No response"), "No response");
  assert_string_equal(translate(language_find("fr"), "No response"), "Pas de réponse");
  assert_string_equal(translate(language_find("fr"), "A level of somebody's own"), "A level of somebody's own");
  assert_string_equal(translate(language_find("fr"), ""), "");
  assert_string_equal(translate_count(NULL, "a pair", "pairs", 1), "a pair");
  assert_string_equal(translate_count(language_find("fr"), "no such pair", "no such pairs", 2), "no such pairs");
  assert_null(language_find("de"));
}

static void dates_are_those_of_documents(void **state) {
  (void)state;
  static const char *const expected[][3] = {
      {"ar", "24 تشرين الثاني/نوفمبر 2026", "1 تموز/يوليه 2018"}, {"en", "24 November 2026", "1 July 2018"},
      {"es", "24 de noviembre de 2026", "1 de julio de 2018"},    {"fr", "24 novembre 2026", "1er juillet 2018"},
      {"ru", "24 ноября 2026 года", "1 июля 2018 года"},          {"zh", "2026年11月24日", "2018年7月1日"},
  };
  day days[2];
  assert_true(day_from_civil(2026, 11, 24, &days[0]) && day_from_civil(2018, 7, 1, &days[1]));
  for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
    for (size_t k = 0; k < 2; k++) {
      AUTO_TEXT struct text out = {0};
      language_add_day(language_find(expected[i][0]), days[k], &out);
      assert_string_equal(text_string(&out), expected[i][1 + k]);
    }
  AUTO_TEXT struct text nothing = {0};
  language_add_day(NULL, DAY_NONE, &nothing);
  assert_string_equal(text_string(&nothing), "");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(catalogues_are_read_as_the_c_library_reads_them),
      cmocka_unit_test(plural_forms_are_those_of_cldr),
      cmocka_unit_test(what_has_no_translation_stays),
      cmocka_unit_test(dates_are_those_of_documents),
  };
  return cmocka_run_group_tests_name("language", tests, NULL, NULL);
}
