/* INI files: what is read, and that nothing is passed over in silence. */
#include "core/base/ini.h"
#include "core/base/text.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void note(void *context, const struct error *fault) {
  text_add_format(context, "%" PRIu64 " %s\n", fault->line, fault->message);
}

/* The faults, one a line, and what was read: "[section]key=value@line". */
static void assert_reads(const char *bytes, size_t length, const char *faults, const char *read) {
  AUTO_INI struct ini *ini = NULL;
  AUTO_TEXT struct text noted = {0};
  AUTO_TEXT struct text got = {0};
  assert_int_equal(ini_read("x.ini", bytes, length, note, &noted, &ini), *faults == '\0');
  for (size_t i = 0; i < ini->entry_count; i++)
    text_add_format(&got, "[%s]%s=%s@%" PRIu64 "\n", ini->sections[ini->entries[i].section].name, ini->entries[i].key,
                    ini->entries[i].value, ini->entries[i].line);
  assert_string_equal(text_string(&noted), faults);
  assert_string_equal(text_string(&got), read);
}

static void assert_text(const char *text, const char *faults, const char *read) {
  assert_reads(text, strlen(text), faults, read);
}

static void keys_and_values(void **state) {
  (void)state;
  assert_text("[a]\nx = 1\ny=two words ; a remark\n; whole\n# whole\n\n[b] ; remark\nz : 3\n", "",
              "[a]x=1@2\n[a]y=two words@3\n[b]z=3@8\n");
  assert_text("[a]\nempty =\n", "", "[a]empty=@2\n");
  assert_text("\xEF\xBB\xBF[a]\r\nx = caf\xC3\xA9\r\n", "", "[a]x=café@2\n");
  assert_text("[a]\nx = 1", "", "[a]x=1@2\n");
  assert_text("", "", "");
}

static void indented_lines_go_on(void **state) {
  (void)state;
  assert_text("[a]\nx = 1\n  2\n\t3\ny = 4\n", "", "[a]x=1 2 3@2\n[a]y=4@5\n");
  assert_text("[a]\nx = 1\n  2 ; a remark\n  3\n", "", "[a]x=1 2 3@2\n");
  /* a key that stands twice is two entries, not a longer one */
  assert_text("[a]\nx = 1\nx = 2\n", "", "[a]x=1@2\n[a]x=2@3\n");
  assert_text("[a]\n  x = 1\n", "", "[a]x=1@2\n");
}

static void sections_may_be_empty(void **state) {
  (void)state;
  AUTO_INI struct ini *ini = NULL;
  AUTO_TEXT struct text noted = {0};
  assert_true(ini_read("x.ini", "[a]\n[b/c]\n", 10, note, &noted, &ini));
  assert_int_equal(ini->section_count, 2);
  assert_string_equal(ini->sections[1].name, "b/c");
  assert_int_equal(ini->sections[1].line, 2);
}

static void every_fault_has_its_line(void **state) {
  (void)state;
  assert_text("x = 1\n[a]\nwords\nx = 2\n[b\n[c] junk\nwords again\n",
              "1 a key stands before the first section\n3 neither a key with its value nor a section\n"
              "5 the section's name has no closing bracket\n6 there is something behind the section's name\n"
              "7 neither a key with its value nor a section\n",
              "[a]x=2@4\n");
  assert_text("[]\n", "1 the section has no name\n", "");
}

static void what_libinih_would_cut_is_a_fault(void **state) {
  (void)state;
  char text[600] = "[a]\nx = ";
  memset(text + strlen(text), 'y', 300);
  assert_text(text, "2 the line is too long\n", "");
  snprintf(text, sizeof text, "[%.60s]\n", "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn");
  assert_text(text, "1 the section's name is longer than 49 bytes\n", "");
  snprintf(text, sizeof text, "[a]\n  %.60s = 1\n = 2\n",
           "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk");
  assert_text(text, "2 neither a key with its value nor a section\n3 neither a key with its value nor a section\n", "");
  assert_reads("[a]\nx = 1\0 2\ny = 3\n", 19, "2 the line is not plain text in UTF-8\n", "[a]y=3@3\n");
  assert_text("[a]\nx = caf\xE9\n", "2 the line is not plain text in UTF-8\n", "");
  assert_text("[a]\nx =\n\r[b]\n", "3 the line is not plain text in UTF-8\n", "[a]x=@2\n");
  assert_text("[a]\nx = 1\n\fy = 2\n", "3 the line is not plain text in UTF-8\n", "[a]x=1@2\n");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(keys_and_values),
      cmocka_unit_test(indented_lines_go_on),
      cmocka_unit_test(sections_may_be_empty),
      cmocka_unit_test(every_fault_has_its_line),
      cmocka_unit_test(what_libinih_would_cut_is_a_fault),
  };
  return cmocka_run_group_tests_name("ini", tests, NULL, NULL);
}
