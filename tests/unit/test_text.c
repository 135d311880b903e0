/* Buffers, UTF-8, escaping, folding, edit distance. */
#include "core/base/text.h"

#include "core/base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

static void buffers_grow(void **state) {
  (void)state;
  AUTO_TEXT struct text text = {0};
  assert_string_equal(text_string(&text), "");
  text_add(&text, "a");
  text_add_char(&text, 'b');
  text_add_n(&text, "cde", 2);
  text_add_format(&text, "-%0*d", 300, 7);
  assert_int_equal(text.length, 305);
  assert_memory_equal(text.data, "abcd-000", 8);
  assert_int_equal(text.data[304], '7');
  assert_int_equal(text.data[305], '\0');
  text_clear(&text);
  assert_string_equal(text_string(&text), "");
  text_add(&text, "again");
  AUTO_FREE char *taken = text_take(&text);
  assert_string_equal(taken, "again");
  assert_null(text.data);
  AUTO_FREE char *empty = text_take(&text);
  assert_string_equal(empty, "");
}

/* Boundaries of the Unicode Standard's table 3-7, "Well-Formed UTF-8 Byte Sequences". */
static void utf8_is_checked(void **state) {
  (void)state;
  static const char *const right[] = {"",
                                      "plain text of many bytes",
                                      "\xC2\x80",
                                      "\xE0\xA0\x80",
                                      "\xED\x9F\xBF",
                                      "\xEE\x80\x80",
                                      "\xF0\x90\x80\x80",
                                      "\xF4\x8F\xBF\xBF"};
  static const char *const wrong[] = {"\x80",         "\xC0\x80",         "\xC1\xBF",         "\xE0\x9F\xBF",
                                      "\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80",
                                      "\xE2\x82",     "caf\xE9"};
  for (size_t i = 0; i < sizeof right / sizeof *right; i++)
    assert_true(text_is_utf8(right[i], strlen(right[i]), NULL));
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
    assert_false(text_is_utf8(wrong[i], strlen(wrong[i]), NULL));
  size_t bad = 0;
  assert_false(text_is_utf8("twelve bytes\xE9 and more", 21, &bad));
  assert_int_equal(bad, 12);
}

static void characters_and_columns_are_counted(void **state) {
  (void)state;
  assert_int_equal(text_characters("Türkiye", strlen("Türkiye")), 7);
  assert_int_equal(text_width("Türkiye"), 7);
  assert_int_equal(text_width("中国"), 4);
  assert_int_equal(text_width("e\u0301"), 1);
  assert_int_equal(text_prefix("中国", 3), 3);
  assert_int_equal(text_prefix("e\u0301x", 1), 3);
  assert_int_equal(text_prefix("abc", 0), 0);
  assert_int_equal(text_prefix("abc", 10), 3);
}

static void shown_part_is_whole_characters(void **state) {
  (void)state;
  AUTO_TEXT struct text text = {0};
  for (int i = 0; i < 200; i++)
    text_add(&text, "€");
  assert_int_equal(text_shown(text.data, text.length), 360);
  assert_int_equal(text_shown("abc", 3), 3);
}

static void assert_escaped(const char *s, size_t length, const char *expected) {
  AUTO_TEXT struct text text = {0};
  text_add_escaped(&text, s, length);
  assert_string_equal(text_string(&text), expected);
}

static void harmful_characters_are_escaped(void **state) {
  (void)state;
  assert_escaped("Côte d’Ivoire 中国 \\ \"", strlen("Côte d’Ivoire 中国 \\ \""), "Côte d’Ivoire 中国 \\ \"");
  assert_escaped("a\n\tb\x1b[1m\x7f", 9, "a\\n\\tb\\x1b[1m\\x7f");
  assert_escaped("\0", 1, "\\x00");
  assert_escaped("\xC2\x85\u202e\u2066\u2028\u200f", strlen("\xC2\x85\u202e\u2066\u2028\u200f"),
                 "\\u0085\\u202e\\u2066\\u2028\\u200f");
  assert_escaped("caf\xE9!", 5, "caf\\xe9!");
}

static void assert_fold(const char *s, const char *expected, const char *without_accents) {
  AUTO_FREE char *folded = text_fold(s, strlen(s));
  assert_string_equal(folded, expected);
  AUTO_FREE char *bare = text_fold_accents(s, strlen(s));
  assert_string_equal(bare, without_accents);
}

static void names_are_folded(void **state) {
  (void)state;
  assert_fold("FRANCE", "france", "france");
  assert_fold("Côte d’Ivoire", "côte d'ivoire", "cote d'ivoire");
  assert_fold("Cote d\u2018Ivoire", "cote d'ivoire", "cote d'ivoire");
  assert_fold("Cote d\u02bcIvoire", "cote d'ivoire", "cote d'ivoire");
  assert_fold("Co\u0302te d\u00b4Ivoire", "côte d'ivoire", "cote d'ivoire");
  assert_fold("\u0149 \u1fef", "'n '", "'n '");
  assert_fold(" \tUnited\u00a0 \u3000Kingdom\n", "united kingdom", "united kingdom");
  assert_fold("Guinea\u2011Bissau", "guinea-bissau", "guinea-bissau");
  assert_fold("Straße ﬁn", "strasse fin", "strasse fin");
  assert_fold("Österreich ＡＢＣ", "österreich abc", "osterreich abc");
  assert_fold("РОССИЯ", "россия", "россия");
  assert_fold("", "", "");
  assert_fold("  ", "", "");
  assert_fold("caf\xE9", "caf\uFFFD", "caf\uFFFD");
}

static void assert_trim(const char *s, const char *expected) {
  size_t length = strlen(s);
  const char *trimmed = text_trim(s, &length);
  assert_int_equal(length, strlen(expected));
  assert_memory_equal(trimmed, expected, length);
}

static void white_space_is_trimmed(void **state) {
  (void)state;
  assert_trim("  a b\r\n", "a b");
  assert_trim("\u00a0\u2003é\u3000", "é");
  assert_trim(" \t ", "");
  assert_trim("", "");
  assert_trim("caf\xE9 ", "caf\xE9");
}

static void distances_are_edits(void **state) {
  (void)state;
  assert_int_equal(text_distance("", ""), 0);
  assert_int_equal(text_distance("", "abc"), 3);
  assert_int_equal(text_distance("kitten", "sitting"), 3);
  assert_int_equal(text_distance("recieve", "receive"), 1);
  assert_int_equal(text_distance("ca", "abc"), 3);
  assert_int_equal(text_distance("Türkiye", "Turkiye"), 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(buffers_grow),
      cmocka_unit_test(utf8_is_checked),
      cmocka_unit_test(characters_and_columns_are_counted),
      cmocka_unit_test(shown_part_is_whole_characters),
      cmocka_unit_test(harmful_characters_are_escaped),
      cmocka_unit_test(names_are_folded),
      cmocka_unit_test(white_space_is_trimmed),
      cmocka_unit_test(distances_are_edits),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
