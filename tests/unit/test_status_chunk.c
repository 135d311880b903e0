/* core/record/status_chunk.c and status_account.c: key order, revision numbers and the canonical form of status
 * records. */
#include "core/record/status_account.h"
#include "core/record/status_chunk.h"

#include "core/register/register.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct status_row row(int16_t state_id, int32_t rec_id, day as_of, int16_t level, int32_t line) {
  return (struct status_row){.state_id = state_id,
                             .rec_id = rec_id,
                             .as_of = as_of,
                             .level = level,
                             .line = line,
                             .kind = LEVEL_REPORTED,
                             .response = 1};
}

static void sorts_by_state_recommendation_kind_and_day(void **state) {
  (void)state;
  __attribute__((cleanup(status_chunk_free))) struct status_chunk chunk = {0};
  struct status_row assessed = row(1, 1, 5, 1, 6);
  assessed.kind = LEVEL_ASSESSED;
  const struct status_row rows[] = {row(2, 1, 0, 1, 2), row(1, 2, 9, 1, 3), row(1, 2, 8, 1, 4), row(1, 1, 99, 1, 5),
                                    assessed};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    status_chunk_add(&chunk, &rows[i]);
  __attribute__((cleanup(status_order_free))) struct status_order order = {0};
  uint64_t repeated = 0;
  status_order_number(&order, &chunk, &repeated);
  const int32_t lines[] = {5, 6, 4, 3, 2};
  for (size_t i = 0; i < 5; i++)
    assert_int_equal(chunk.rows[order.places[i].row].line, lines[i]);
  assert_int_equal(repeated, 0);
}

static void numbers_one_key_in_the_order_of_the_file(void **state) {
  (void)state;
  __attribute__((cleanup(status_chunk_free))) struct status_chunk chunk = {0};
  /* A, B, B again, A again: three revisions, one repetition. */
  const int16_t levels[] = {1, 2, 2, 1};
  for (int32_t i = 0; i < 4; i++) {
    struct status_row one = row(1, 1, 5, levels[i], i + 2);
    status_chunk_add(&chunk, &one);
  }
  __attribute__((cleanup(status_order_free))) struct status_order order = {0};
  uint64_t repeated = 0;
  status_order_number(&order, &chunk, &repeated);
  assert_int_equal(chunk.rows[0].rev, 1);
  assert_int_equal(chunk.rows[1].rev, 2);
  assert_int_equal(chunk.rows[2].rev, 0);
  assert_int_equal(chunk.rows[3].rev, 3);
  assert_int_equal(repeated, 1);
}

static void another_note_is_another_revision(void **state) {
  (void)state;
  __attribute__((cleanup(status_chunk_free))) struct status_chunk chunk = {0};
  struct status_row first = row(1, 1, 5, 1, 2), second = row(1, 1, 5, 1, 3), third = row(1, 1, 5, 1, 4);
  second.note = status_chunk_text(&chunk, "corrected", 9);
  third.note = status_chunk_text(&chunk, "corrected", 9);
  status_chunk_add(&chunk, &first);
  status_chunk_add(&chunk, &second);
  status_chunk_add(&chunk, &third);
  __attribute__((cleanup(status_order_free))) struct status_order order = {0};
  uint64_t repeated = 0;
  status_order_number(&order, &chunk, &repeated);
  assert_int_equal(chunk.rows[1].rev, 2);
  assert_int_equal(chunk.rows[2].rev, 0);
  assert_int_equal(repeated, 1);
}

/* For qsort: by key, and rows of one key by line. */
static int compare_rows(const void *a, const void *b) {
  const struct status_row *one = a, *other = b;
  const int64_t differences[] = {one->state_id - other->state_id, (int64_t)one->rec_id - other->rec_id,
                                 one->kind - other->kind, (int64_t)one->as_of - other->as_of, one->line - other->line};
  for (size_t i = 0; i < sizeof differences / sizeof *differences; i++)
    if (differences[i] != 0)
      return differences[i] < 0 ? -1 : 1;
  return 0;
}

/* Large and small numbers, days before and after 2000, keys that come again. */
static void sorts_many_rows_as_qsort_does(void **state) {
  (void)state;
  enum { ROWS = 5000 };
  __attribute__((cleanup(status_chunk_free))) struct status_chunk chunk = {0};
  __attribute__((cleanup(status_order_free))) struct status_order order = {0};
  static struct status_row expected[ROWS];
  static const int16_t states[] = {1, 2, 255, 256, INT16_MAX};
  static const int32_t recommendations[] = {1, 255, 256, 65535, 65536, INT32_MAX};
  static const day days[] = {-36524, -1, 0, 1, 255, 256, 6759};
  uint32_t random = 20181018;
  for (int32_t i = 0; i < ROWS; i++) {
    random = random * 1664525 + 1013904223; /* Numerical Recipes' generator */
    uint32_t draw = random >> 8;
    struct status_row one =
        row(states[draw % 5], recommendations[draw / 5 % 6], days[draw / 30 % 7], (int16_t)i, i + 2);
    one.kind = draw / 210 % 2 == 0 ? LEVEL_REPORTED : LEVEL_ASSESSED;
    expected[i] = one;
    status_chunk_add(&chunk, &one);
  }
  qsort(expected, ROWS, sizeof *expected, compare_rows);
  uint64_t repeated = 0;
  status_order_number(&order, &chunk, &repeated);
  for (size_t i = 0; i < ROWS; i++)
    assert_int_equal(chunk.rows[order.places[i].row].line, expected[i].line);
  assert_int_equal(repeated, 0);
}

static void account_for(struct status_account *account) {
  while (status_account_go_on(account))
    ;
}

/* By hand, from the canonical form in core/ledger/batch.h; 6759 and 6760 days after 2000-01-01 are 4 and 5 July 2018.
 * The sum is from: printf
 * '2:30,10:2018-07-04,2:12,1:2,1:1,1:2,1:1,1:1,1:4,6:déjà,-,-,1:7,10:2018-07-05,2:12,1:3,1:1,1:1,1:1,1:1,1:5,-,-,2:es,'
 * | sha256sum */
static const char TWO_ROWS[] = "8d072d03636faf8e35d3e29ae61ac4181a6242d9800ff620521a82518b2fa3c1";

static void accounts_for_rows_in_the_order_of_the_file(void **state) {
  (void)state;
  __attribute__((cleanup(status_chunk_free))) struct status_chunk chunk = {.batch_id = 12};
  __attribute__((cleanup(status_order_free))) struct status_order order = {0};
  __attribute__((cleanup(status_account_free))) struct status_account account = {0};
  struct status_row first = row(2, 30, 6759, 4, 2), second = row(1, 7, 6760, 5, 3), third = row(3, 7, 6760, 5, 4);
  first.note = status_chunk_text(&chunk, "d\xc3\xa9j\xc3\xa0", 6);
  second.language = 3;
  int32_t last_response = 0;
  status_chunk_response(&chunk, &last_response, 2, DAY_NONE, NULL, NULL);
  third.response = status_chunk_response(&chunk, &last_response, 3, DAY_NONE, NULL, NULL);
  status_chunk_add(&chunk, &first);
  status_chunk_add(&chunk, &second);
  status_chunk_add(&chunk, &third);
  uint64_t repeated = 0;
  status_order_number(&order, &chunk, &repeated);
  status_account_begin(&account, &chunk);
  account_for(&account);
  assert_int_equal(account.added, 3);
  assert_true(chunk.responses[1].used);
  /* the server says that the third is there already */
  chunk.rows[2].rev = 0;
  status_account_again(&account);
  account_for(&account);
  assert_int_equal(account.added, 2);
  assert_true(chunk.responses[0].used);
  assert_false(chunk.responses[1].used);
  unsigned char digest[SHA256_SIZE];
  char text[SHA256_TEXT_SIZE];
  status_account_digest(&account, digest);
  assert_string_equal(sha256_format(digest, text), TWO_ROWS);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(sorts_by_state_recommendation_kind_and_day),
      cmocka_unit_test(numbers_one_key_in_the_order_of_the_file),
      cmocka_unit_test(another_note_is_another_revision),
      cmocka_unit_test(sorts_many_rows_as_qsort_does),
      cmocka_unit_test(accounts_for_rows_in_the_order_of_the_file),
  };
  return cmocka_run_group_tests_name("status_chunk", tests, NULL, NULL);
}
