/* core/recommendation/recommendation.c: finding recommendations by number and by what people write. */
#include "core/recommendation/recommendation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

/* A draft, the final version that supersedes one of its two recommendations, and another document. Numbers have gaps.
 */
static struct report_document documents[] = {
    {.id = 1, .symbol = "DOC/1", .held_to = DAY_NONE, .dated = 10},
    {.id = 2, .symbol = "DOC/2", .held_to = 20, .dated = 30},
    {.id = 3, .symbol = "DOC/3", .held_to = DAY_NONE, .dated = DAY_NONE},
};
static struct recommendation items[] = {
    {.id = 3, .document = 0, .place = "I.1", .current_id = 7},
    {.id = 4, .document = 0, .place = "I.2", .current_id = 4},
    {.id = 7, .document = 1, .place = "I.1", .current_id = 7},
    {.id = 9, .document = 1, .place = "I.3(a)", .current_id = 9},
    {.id = 12, .document = 2, .place = "I.2", .current_id = 12},
    {.id = 15, .document = 2, .place = "I.4", .current_id = 0},
};
enum { ITEMS = sizeof items / sizeof *items };
static size_t by_place[ITEMS] = {0, 1, 2, 3, 4, 5};
static const struct recommendation_list list = {.documents = documents,
                                                .document_count = 3,
                                                .items = items,
                                                .count = ITEMS,
                                                .by_place = by_place,
                                                .any_superseded = true};

static void numbers_are_found_over_gaps(void **state) {
  (void)state;
  size_t at = 0;
  for (int32_t id = -1; id < 20; id++)
    if (at < ITEMS && items[at].id == id)
      assert_ptr_equal(recommendation_by_id(&list, id), &items[at++]);
    else
      assert_null(recommendation_by_id(&list, id));
  assert_int_equal(at, ITEMS);
  const struct recommendation_list empty = {0};
  assert_null(recommendation_by_id(&empty, 1));
}

static void assert_found(const char *written, const char *document, int32_t id) {
  struct error error;
  const struct recommendation *found = recommendation_find(&list, written, strlen(written), document, &error);
  assert_non_null(found);
  assert_int_equal(found->id, id);
}

static void assert_unknown(const char *written, const char *document, const char *message, const char *remedy) {
  struct error error;
  assert_null(recommendation_find(&list, written, strlen(written), document, &error));
  assert_int_equal(error.code, ERROR_DATA);
  assert_string_equal(error.message, message);
  assert_string_equal(error.remedy, remedy);
}

static void references_are_found(void **state) {
  (void)state;
  assert_found("DOC/1:I.1", NULL, 3);
  assert_found("DOC/2:I.1", "DOC/1", 7); /* its own symbol counts */
  assert_found("I.2", "DOC/1", 4);
  assert_found("I.2", "DOC/3", 12);
  assert_found("i.3(a)", NULL, 9);
}

static void a_place_alone_is_the_one_that_is_not_superseded(void **state) {
  (void)state;
  assert_found("I.1", NULL, 7);
  assert_found("I.4", NULL, 15); /* dropped in a later version, and the only one of its place */
}

static void what_is_unknown_or_ambiguous_is_told(void **state) {
  (void)state;
  assert_unknown("I.2", NULL, "several documents have a recommendation \"I.2\"",
                 "Give the document with --document, or write \"DOC/1:I.2\" or \"DOC/3:I.2\".");
  assert_unknown("I.3(b)", NULL, "unknown recommendation: \"I.3(b)\"", "Did you mean \"I.3(a)\"?");
  assert_unknown("DOC/2:I.3(b)", NULL, "no recommendation at \"I.3(b)\" in document \"DOC/2\"",
                 "Did you mean \"I.3(a)\"?");
  assert_unknown("DOK/2:I.1", NULL, "unknown document: \"DOK/2\"", "Did you mean \"DOC/2\"?");
  assert_unknown("XVIII.77(zz)", NULL, "unknown recommendation: \"XVIII.77(zz)\"",
                 "See \"rectrack list recommendations\".");
}

static void superseded_ones_lead_to_the_current(void **state) {
  (void)state;
  assert_true(recommendation_is_superseded(&items[0]));
  assert_false(recommendation_is_superseded(&items[1]));
  assert_ptr_equal(recommendation_current(&list, &items[0]), &items[2]);
  assert_ptr_equal(recommendation_current(&list, &items[1]), &items[1]);
  assert_null(recommendation_current(&list, &items[5]));
}

static void adopted_on_the_last_day_else_dated(void **state) {
  (void)state;
  assert_int_equal(recommendation_adopted(&list, &items[0]), 10);
  assert_int_equal(recommendation_adopted(&list, &items[2]), 20);
  assert_int_equal(recommendation_adopted(&list, &items[4]), DAY_NONE);
}

static void full_references_are_written(void **state) {
  (void)state;
  AUTO_TEXT struct text out = {0};
  recommendation_add_reference(&list, &items[3], &out);
  assert_string_equal(out.data, "DOC/2:I.3(a)");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(numbers_are_found_over_gaps),
      cmocka_unit_test(references_are_found),
      cmocka_unit_test(a_place_alone_is_the_one_that_is_not_superseded),
      cmocka_unit_test(what_is_unknown_or_ambiguous_is_told),
      cmocka_unit_test(superseded_ones_lead_to_the_current),
      cmocka_unit_test(adopted_on_the_last_day_else_dated),
      cmocka_unit_test(full_references_are_written),
  };
  return cmocka_run_group_tests_name("recommendation", tests, NULL, NULL);
}
