/* Reports read from files: content, digest, and files that cannot be read. */
#include "core/base/sha256.h"
#include "tests/unit/document_fixture.h"

static void source_path(char *path, size_t size, const char *name) {
  const char *root = getenv("RECTRACK_SOURCE");
  snprintf(path, size, "%s/%s", root ? root : ".", name);
}

/* The digest was computed with sha256sum. */
static void a_file_is_read_with_its_digest(void **state) {
  (void)state;
  char path[4096], hexadecimal[SHA256_TEXT_SIZE];
  unsigned char digest[SHA256_SIZE];
  struct error error;
  AUTO_DOCUMENT struct document *document = NULL;
  source_path(path, sizeof path, "fixtures/documents/ctoc-cop-wg7-2018-l1-add1.txt");
  assert_true(document_read(&document, path, digest, &error));
  assert_int_equal(document->recommendation_count, 16);
  assert_string_equal(sha256_format(digest, hexadecimal),
                      "6fb8ff1b56cb6b9129b4807c08fda6f9efd10cad7e40aa830aea025f27a484e9");
}

static void assert_not_read(const char *name, enum error_code code, const char *message) {
  char path[4096];
  unsigned char digest[SHA256_SIZE];
  struct error error = {0};
  struct document *document;
  source_path(path, sizeof path, name);
  assert_false(document_read(&document, path, digest, &error));
  assert_null(document);
  assert_int_equal(error.code, code);
  assert_non_null(strstr(error.message, message));
}

static void what_cannot_be_read_is_told(void **state) {
  (void)state;
  assert_not_read("fixtures/documents/there-is-no-such-file.txt", ERROR_NO_INPUT, "cannot open \"");
  assert_not_read("fixtures/documents", ERROR_NO_INPUT, "cannot read \"");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_file_is_read_with_its_digest),
      cmocka_unit_test(what_cannot_be_read_is_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
