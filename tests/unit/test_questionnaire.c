/* core/questionnaire/questionnaire_form.c and the workbook that is written from it, read back with
 * core/ooxml/workbook.c. */
#include "core/ooxml/workbook.h"
#include "core/questionnaire/questionnaire.h"
#include "reports/render/questionnaire_workbook.h"
#include "tests/unit/questionnaire_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void assert_locked(const struct questionnaire *questionnaire, size_t row, size_t column, const char *expected) {
  AUTO_TEXT struct text text = {0};
  form_add_locked(questionnaire, row, column, &text);
  assert_string_equal(text_string(&text), expected);
}

static void cells_are_locked_but_for_the_answers(void **state) {
  (void)state;
  AUTO_QUESTIONNAIRE struct questionnaire *questionnaire = make_questionnaire("en");
  size_t open = 0;
  for (size_t row = 0; row < 20; row++)
    for (size_t column = 0; column < 20; column++)
      open += form_is_open(questionnaire, row, column);
  assert_int_equal(open, 2 + 2 * 4); /* day and language for all; level, day, note and evidence of two rows */
  assert_locked(questionnaire, 0, 0, "Questionnaire on the status of recommendations: State BBB");
  assert_locked(questionnaire, 3, FORM_LEVEL, "Status now");
  assert_locked(questionnaire, 4, FORM_DOCUMENT, "DOC/1");
  assert_locked(questionnaire, 4, FORM_PLACE, "I.1");
  assert_locked(questionnaire, 4, FORM_LAST_LEVEL, "part");
  assert_locked(questionnaire, 4, FORM_LAST_DAY, "2020-05-06");
  assert_locked(questionnaire, 5, FORM_LAST_LEVEL, "No response");
  assert_locked(questionnaire, 5, FORM_LAST_DAY, "");
  assert_locked(questionnaire, 4, FORM_LEVEL, "");
  assert_locked(questionnaire, 6, FORM_PLACE, "");
}

static void levels_of_reviewers_are_not_offered(void **state) {
  (void)state;
  AUTO_QUESTIONNAIRE struct questionnaire *questionnaire = make_questionnaire("en");
  const struct recommendation *item = questionnaire->rows[0].recommendation;
  struct level other = {.scale_id = 2, .kind = LEVEL_BOTH};
  assert_true(questionnaire_offers(item, &questionnaire->reg->levels[0]));
  assert_false(questionnaire_offers(item, &questionnaire->reg->levels[2]));
  assert_false(questionnaire_offers(item, &other));
}

static void digest_of(size_t row, size_t column, const char *value, unsigned char digest[static SHA256_SIZE]) {
  AUTO_SHA256 struct sha256 *sha = sha256_new();
  form_digest_cell(sha, row, column, value);
  sha256_finish(sha, digest);
}

/* Programs change line ends and spaces when they save; anything else is a change. */
static void the_digest_sees_what_matters(void **state) {
  (void)state;
  unsigned char digest[SHA256_SIZE], other[SHA256_SIZE];
  digest_of(4, 2, "Do\nit now", digest);
  digest_of(4, 2, " Do \r\n it\tnow ", other);
  assert_memory_equal(digest, other, SHA256_SIZE);
  digest_of(4, 2, "Do it Now", other);
  assert_memory_not_equal(digest, other, SHA256_SIZE);
  digest_of(4, 2, "Doit now", other);
  assert_memory_not_equal(digest, other, SHA256_SIZE);
  digest_of(4, 3, "Do\nit now", other);
  assert_memory_not_equal(digest, other, SHA256_SIZE);
  digest_of(0, 0, " \n", digest);
  digest_of(9, 9, "", other);
  assert_memory_equal(digest, other, SHA256_SIZE);
}

/* ---- the workbook -------------------------------------------------------- */

static struct workbook *written(const struct questionnaire *questionnaire) {
  struct render_sink out = {0};
  struct error error = {0};
  struct workbook *workbook = NULL;
  if (!questionnaire_workbook_write(questionnaire, &out, &error) ||
      !workbook_read(&workbook, "form.xlsx", text_string(&out.text), out.text.length, &error))
    fail_msg("%s", error.message);
  text_free(&out.text);
  return workbook;
}

static void assert_form(const struct workbook *workbook, const struct questionnaire *questionnaire) {
  const struct workbook_sheet *sheet = &workbook->sheets[0];
  for (uint32_t row = 0; row < FORM_FIRST_ROW + 3; row++)
    for (uint32_t column = 0; column < FORM_COLUMNS + 1; column++)
      if (!form_is_open(questionnaire, row, column))
        assert_locked(questionnaire, row, column, workbook_text(workbook, sheet, row, column));
  assert_string_equal(workbook_text(workbook, sheet, FORM_ALL_ROW, FORM_NOTE), questionnaire->language->name);
  assert_null(workbook_cell(sheet, FORM_ALL_ROW, FORM_DAY));
  assert_null(workbook_cell(sheet, FORM_FIRST_ROW, FORM_LEVEL));
}

static void assert_hidden(const struct workbook *workbook, const struct questionnaire *questionnaire) {
  static const char ledger[] = "7:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
  const char *const facts[] = {
      "1", ledger, "BBB", questionnaire->language->code, "2026-11-24", "*", workbook->sheets[0].name};
  const struct workbook_sheet *sheet = workbook_sheet(workbook, FORM_HIDDEN_SHEET);
  assert_non_null(sheet);
  for (uint32_t fact = 0; fact < FORM_FACT_DIGEST; fact++) {
    assert_string_equal(workbook_text(workbook, sheet, fact, 0), form_fact_name(fact));
    assert_string_equal(workbook_text(workbook, sheet, fact, 1), facts[fact]);
  }
  assert_int_equal(strlen(workbook_text(workbook, sheet, FORM_FACT_DIGEST, 1)), SHA256_TEXT_SIZE - 1);
  assert_string_equal(workbook_text(workbook, sheet, 0, 5), "done");
  assert_string_equal(workbook_text(workbook, sheet, 1, 5), "part");
  assert_string_equal(workbook_text(workbook, sheet, 2, 5), ""); /* the reviewers' */
}

static void every_language_is_written_and_read_back(void **state) {
  (void)state;
  for (size_t i = 0; i < language_count; i++) {
    AUTO_QUESTIONNAIRE struct questionnaire *questionnaire = make_questionnaire(language_list[i].code);
    AUTO_WORKBOOK struct workbook *workbook = written(questionnaire);
    assert_int_equal(workbook->sheet_count, 3);
    assert_form(workbook, questionnaire);
    assert_hidden(workbook, questionnaire);
    assert_int_equal(workbook->sheets[1].count, 2 * 6); /* numbers and sentences of the instructions */
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(cells_are_locked_but_for_the_answers),
      cmocka_unit_test(levels_of_reviewers_are_not_offered),
      cmocka_unit_test(the_digest_sees_what_matters),
      cmocka_unit_test(every_language_is_written_and_read_back),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
