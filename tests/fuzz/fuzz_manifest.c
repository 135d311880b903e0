/*
 * libFuzzer target: any bytes as the manifest of an export's set, which may come from anywhere.  It is refused with an
 * error that helps, or has what those who read it rely on: names inside its folder, digests, numbers that are none
 * below nought, days and moments that can be written.
 */
#include "reports/export/manifest.h"
#include "tests/fuzz/must.h"

#include <string.h>

static void check_digest(const char *digest, bool may_be_missing) {
  must((may_be_missing && *digest == '\0') ||
       (strlen(digest) == SHA256_TEXT_SIZE - 1 && strspn(digest, "0123456789abcdef") == SHA256_TEXT_SIZE - 1));
}

static void check_file(const struct manifest_file *file) {
  char as_of[DAY_TEXT_SIZE];
  must(*file->path != '\0' && *file->path != '.' && strpbrk(file->path, "/\n") == NULL);
  must(file->table != NULL && file->language != NULL && file->format != NULL && file->report != NULL);
  must(file->setting_count <= JOB_SETTINGS_MAX && file->since >= 0 && (file->has_since || file->since == 0));
  must(file->as_of == DAY_NONE || *day_format(file->as_of, as_of) != '\0');
  must((int64_t)file->rows >= 0 && (int64_t)file->bytes >= 0);
  check_digest(file->sha256, false);
  for (size_t i = 0; i < file->setting_count; i++)
    must(file->settings[i].key != NULL && file->settings[i].value != NULL);
}

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size) {
  AUTO_MANIFEST struct manifest manifest = {0};
  struct error error = {0};
  if (!manifest_parse("input", (const char *)bytes, size, &manifest, &error)) {
    must_help(&error);
    must(error.code == ERROR_DATA && manifest.file_count == 0 && manifest.job == NULL);
    return 0;
  }
  char at[MOMENT_TEXT_SIZE];
  must(manifest.job != NULL && manifest.set != NULL && manifest.position >= 0 && manifest.schema_version >= 0);
  must(manifest.known_at == MOMENT_NONE || *moment_format(manifest.known_at, at) != '\0');
  check_digest(manifest.ledger_sha256, true);
  check_digest(manifest.previous_sha256, true);
  for (size_t i = 0; i < manifest.file_count; i++)
    check_file(&manifest.files[i]);
  must(manifest_same_tables(&manifest, &manifest));
  return 0;
}
