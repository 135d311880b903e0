/* SHA-256; expected values are FIPS 180's examples, checked with sha256sum. */
#include "core/base/sha256.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void assert_digest(struct sha256 *sha, const char *expected) {
  unsigned char digest[SHA256_SIZE];
  char text[SHA256_TEXT_SIZE];
  sha256_finish(sha, digest);
  assert_string_equal(sha256_format(digest, text), expected);
}

static void examples_of_the_standard(void **state) {
  (void)state;
  AUTO_SHA256 struct sha256 *sha = sha256_new();
  assert_digest(sha, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  sha256_add(sha, "abc", 3);
  assert_digest(sha, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  char many[1000];
  memset(many, 'a', sizeof many);
  for (int i = 0; i < 1000; i++)
    sha256_add(sha, many, sizeof many);
  assert_digest(sha, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static void files_are_digested(void **state) {
  (void)state;
  char path[] = "/tmp/test-sha256-XXXXXX";
  int file = mkstemp(path);
  assert_true(file >= 0);
  assert_int_equal(write(file, "abc", 3), 3);
  close(file);
  unsigned char digest[SHA256_SIZE];
  char text[SHA256_TEXT_SIZE];
  struct error error;
  assert_true(sha256_file(path, digest, &error));
  unlink(path);
  assert_string_equal(sha256_format(digest, text), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  assert_false(sha256_file(path, digest, &error));
  assert_int_equal(error.code, ERROR_NO_INPUT);
  assert_false(sha256_file("/", digest, &error));
  assert_int_equal(error.code, ERROR_NO_INPUT);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(examples_of_the_standard),
      cmocka_unit_test(files_are_digested),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
