/* The canonical form that is hashed into the ledger, to the byte (core/ledger/batch.h). */
#include "core/ledger/batch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

static void values_are_netstrings(void **state) {
  (void)state;
  AUTO_TEXT struct text out = {0};
  canonical_text(&out, "Côte", strlen("Côte"));
  canonical_text(&out, NULL, 0);
  canonical_text(&out, "", 0);
  canonical_text(&out, "3:abc,", 6);
  assert_string_equal(text_string(&out), "5:Côte,-,0:,6:3:abc,,");
}

static void numbers_are_decimal(void **state) {
  (void)state;
  AUTO_TEXT struct text out = {0};
  canonical_int(&out, 0);
  canonical_int(&out, -1);
  canonical_int(&out, 1234567890);
  canonical_int(&out, INT64_MIN);
  canonical_int(&out, INT64_MAX);
  assert_string_equal(text_string(&out), "1:0,2:-1,10:1234567890,20:-9223372036854775808,19:9223372036854775807,");
}

/* Expected: python3, hashlib.sha256(b"".join(sorted(rows))). */
static void rows_are_hashed_in_the_order_of_their_bytes(void **state) {
  (void)state;
  static const char *const rows[] = {"1:1,7:Bolivia,-,", "2:10,6:Brazil,-,", "1:1,7:Algeria,-,"};
  AUTO_TEXT struct text canonical = {0};
  size_t starts[3];
  for (size_t i = 0; i < 3; i++) {
    starts[i] = canonical.length;
    text_add(&canonical, rows[i]);
  }
  AUTO_SHA256 struct sha256 *sha = sha256_new();
  unsigned char digest[SHA256_SIZE];
  char hexadecimal[SHA256_TEXT_SIZE];
  canonical_hash_sorted(&canonical, starts, 3, sha);
  sha256_finish(sha, digest);
  assert_string_equal(sha256_format(digest, hexadecimal),
                      "4c9ad1d19d009750507173b48a312da1a69d1f6678329e6a64705a1e3cfd0071");
}

/* Names become part of statements, and verify finds a table by its name: each has one of its own. */
static void every_content_table_has_a_name(void **state) {
  (void)state;
  for (int table = 0; table < CONTENT_TABLES; table++) {
    const char *name = content_table_name((enum content_table)table);
    assert_non_null(name);
    assert_int_equal(strspn(name, "abcdefghijklmnopqrstuvwxyz_"), strlen(name));
    for (int other = 0; other < table; other++)
      assert_string_not_equal(name, content_table_name((enum content_table)other));
  }
  assert_true(content_table_numbered(TABLE_STATUS_RECORD));
  assert_true(content_table_numbered(TABLE_RESPONSE));
  assert_false(content_table_numbered(TABLE_STATE));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(values_are_netstrings),
      cmocka_unit_test(numbers_are_decimal),
      cmocka_unit_test(rows_are_hashed_in_the_order_of_their_bytes),
      cmocka_unit_test(every_content_table_has_a_name),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
