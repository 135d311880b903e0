/* reports/export/manifest_read.c: manifests that came from anywhere, and sets that were changed on their way. */
#include "core/base/folder.h"
#include "core/base/memory.h"
#include "core/base/text.h"
#include "reports/export/manifest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define DIGEST "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" /* of "abc", FIPS 180-2, B.1 */

static const char good[] =
    "{\"format\":\"rectrack-manifest/1\",\"job\":\"weekly\",\"set\":\"2026-11-24T060000Z\",\"postgresql\":\"15.13\","
    "\"schema_version\":4,\"snapshot_at\":\"2026-11-24T06:00:00Z\","
    "\"known_at\":{\"position\":3,\"at\":\"2026-11-23T06:00:00Z\",\"batch_sha256\":\"" DIGEST "\"},\"previous\":null,"
    "\"files\":[{\"path\":\"groups.csv\",\"table\":\"groups\",\"language\":\"fr\",\"format\":\"csv\",\"for\":\"excel\","
    "\"report\":\"groups\",\"settings\":{\"kind\":\"both\"},\"as_of\":\"2026-11-24\",\"since_position\":2,"
    "\"rows\":12,\"bytes\":3,\"sha256\":\"" DIGEST "\"}]}";

static void what_is_said_is_read(void **state) {
  (void)state;
  AUTO_MANIFEST struct manifest manifest = {0};
  struct error error;
  assert_true(manifest_parse("manifest.json", good, sizeof good - 1, &manifest, &error));
  assert_string_equal(manifest.job, "weekly");
  assert_int_equal(manifest.position, 3);
  assert_int_equal(manifest.schema_version, 4);
  assert_string_equal(manifest.ledger_sha256, DIGEST);
  assert_null(manifest.previous_set);
  assert_int_equal(manifest.file_count, 1);
  const struct manifest_file *file = &manifest.files[0];
  assert_string_equal(file->path, "groups.csv");
  assert_string_equal(file->language, "fr");
  assert_true(file->for_excel && file->has_since);
  assert_int_equal(file->since, 2);
  assert_int_equal(file->rows, 12);
  assert_int_equal(file->setting_count, 1);
  assert_string_equal(file->settings[0].value, "both");
}

/* The good one with one text in it changed. */
static bool parse_changed(const char *from, const char *to, struct error *error) {
  AUTO_TEXT struct text text = {0};
  AUTO_MANIFEST struct manifest manifest = {0};
  const char *at = strstr(good, from);
  assert_non_null(at);
  text_add_n(&text, good, (size_t)(at - good));
  text_add(&text, to);
  text_add(&text, at + strlen(from));
  bool parsed = manifest_parse("manifest.json", text.data, text.length, &manifest, error);
  if (!parsed)
    assert_null(manifest.files);
  return parsed;
}

static void what_need_not_be_there(void **state) {
  (void)state;
  static const char *const changes[][2] = {
      {"\"schema_version\":4,", ""},
      {"\"postgresql\":\"15.13\",", ""},
      {"\"snapshot_at\":\"2026-11-24T06:00:00Z\",", ""},
      {"\"at\":\"2026-11-23T06:00:00Z\",", ""},
      {"\"for\":\"excel\",", ""},
      {"\"as_of\":\"2026-11-24\",", "\"as_of\":null,"},
      {"\"since_position\":2,", ""},
      {"{\"kind\":\"both\"}", "{}"},
      {"\"previous\":null", "\"previous\":{\"set\":\"2026-11-17T060000Z\",\"manifest_sha256\":\"" DIGEST "\"}"},
  };
  for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
    struct error error;
    if (!parse_changed(changes[i][0], changes[i][1], &error))
      fail_msg("%s: %s", changes[i][0], error.message);
  }
}

static void what_is_no_manifest_is_refused(void **state) {
  (void)state;
  static const char *const changes[][2] = {
      {"rectrack-manifest/1", "rectrack-manifest/2"},
      {"\"format\":\"rectrack-manifest/1\",", ""},
      {"\"job\":\"weekly\",", ""},
      {"\"set\":\"2026-11-24T060000Z\",", "\"set\":7,"},
      {"\"snapshot_at\":\"2026-11-24T06:00:00Z\"", "\"snapshot_at\":\"yesterday\""},
      {"\"at\":\"2026-11-23T06:00:00Z\"", "\"at\":\"2026-11-32T06:00:00Z\""},
      {"\"schema_version\":4", "\"schema_version\":-4"},
      {"\"position\":3", "\"position\":4294967299"},
      {"\"position\":3", "\"position\":\"3\""},
      {"\"files\":[", "\"files\":7,\"x\":["},
      {"\"files\":[", "\"files\":[7,"},
      {"\"path\":\"groups.csv\",", ""},
      {"groups.csv", ""},
      {"groups.csv", ".groups.csv"},
      {"groups.csv", "../groups.csv"},
      {"groups.csv", "groups.csv\\nother.csv"},
      {"\"table\":\"groups\",", ""},
      {"\"language\":\"fr\",", "\"language\":null,"},
      {"\"format\":\"csv\",", ""},
      {"\"report\":\"groups\",", ""},
      {"{\"kind\":\"both\"}", "{\"kind\":2}"},
      {"\"as_of\":\"2026-11-24\"", "\"as_of\":\"24/11/2026\""},
      {"\"since_position\":2", "\"since_position\":2.5"},
      {"\"rows\":12", "\"rows\":-1"},
      {"\"bytes\":3", "\"bytes\":\"3\""},
      {"\"bytes\":3,\"sha256\":\"ba", "\"bytes\":3,\"sha256\":\"BA"},
      {"\"bytes\":3,\"sha256\":\"ba", "\"bytes\":3,\"sha256\":\"b"},
  };
  for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
    struct error error;
    if (parse_changed(changes[i][0], changes[i][1], &error))
      fail_msg("%s is taken", changes[i][1]);
    assert_int_equal(error.code, ERROR_DATA);
    assert_string_equal(error.message, "\"manifest.json\" is not a manifest of this version");
  }
  struct error error;
  assert_false(parse_changed("{\"format\"", "\n{\"format\"!", &error));
  assert_int_equal(error.code, ERROR_DATA);
  assert_non_null(strstr(error.message, "is not JSON: line 2: "));
  assert_false(parse_changed("\"job\":\"weekly\"", "\"job\":\"weekly\",\"job\":\"daily\"", &error));
  assert_non_null(strstr(error.message, "duplicate object key"));
}

/* ---- sets ---------------------------------------------------------------- */

static char folder[] = "/tmp/rectrack-manifest-XXXXXX";

static void put(const char *name, const char *content) {
  AUTO_FREE char *path = folder_join(folder, name);
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  assert_true(fputs(content, file) >= 0);
  assert_int_equal(fclose(file), 0);
}

/* A set of one file, whose bytes are "abc". */
static int make_set(void **state) {
  (void)state;
  AUTO_MANIFEST struct manifest manifest = {0};
  char sha256[SHA256_TEXT_SIZE];
  struct error error;
  memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
  assert_non_null(mkdtemp(folder));
  assert_true(manifest_parse("manifest.json", good, sizeof good - 1, &manifest, &error));
  manifest.made_by = memory_string("a test");
  manifest.files[0].title = memory_string("Regional groups");
  put("groups.csv", "abc");
  return !manifest_write(&manifest, folder, manifest.set, sha256, &error);
}

static int remove_set(void **state) {
  (void)state;
  folder_remove(folder);
  return 0;
}

static void note(void *context, const struct error *finding) {
  assert_int_equal(finding->code, ERROR_FOUND);
  text_add_format(context, "%s\n", finding->message);
}

static void assert_found(const char *expected) {
  AUTO_TEXT struct text noted = {0};
  struct error error;
  size_t findings, lines = 0;
  assert_true(manifest_verify(folder, note, &noted, &findings, &error));
  assert_string_equal(text_string(&noted), expected);
  for (const char *at = expected; (at = strchr(at, '\n')) != NULL; at++)
    lines++;
  assert_int_equal(findings, lines);
}

static void drop(const char *name) {
  AUTO_FREE char *path = folder_join(folder, name);
  assert_int_equal(unlink(path), 0);
}

static void a_set_as_it_was_made(void **state) {
  (void)state;
  assert_found("");
}

static void files_that_were_changed(void **state) {
  (void)state;
  put("groups.csv", "abd");
  assert_found("groups.csv: has other bytes than those that were published\n");
  drop("groups.csv");
  assert_found("groups.csv: is missing\n");
  AUTO_FREE char *path = folder_join(folder, "groups.csv");
  assert_int_equal(symlink("datapackage.json", path), 0);
  assert_found("groups.csv: can't be read\n");
}

static void files_beside_the_tables(void **state) {
  (void)state;
  put("letter.txt", "");
  assert_found("letter.txt: is not of this set\n");
  drop("letter.txt");
  put("datapackage.json", "{}");
  assert_found("datapackage.json: has other bytes than those that were published\n");
  put("SHA256SUMS", DIGEST "  groups.csv\n");
  assert_found("SHA256SUMS: doesn't agree with the manifest\n");
  put("SHA256SUMS", DIGEST "  other.csv\n" DIGEST "  datapackage.json\n");
  assert_found("SHA256SUMS: doesn't agree with the manifest\n");
  drop("SHA256SUMS");
  assert_found("SHA256SUMS: is missing\n");
}

static void a_folder_without_a_manifest(void **state) {
  (void)state;
  size_t findings;
  struct error error;
  drop("manifest.json");
  assert_false(manifest_verify(folder, note, NULL, &findings, &error));
  assert_int_equal(error.code, ERROR_NO_INPUT);
  put("manifest.json", "[]");
  assert_false(manifest_verify(folder, note, NULL, &findings, &error));
  assert_int_equal(error.code, ERROR_DATA);
  assert_int_equal(findings, 0);
}

static void sets_with_the_same_tables(void **state) {
  (void)state;
  AUTO_MANIFEST struct manifest one = {0};
  AUTO_MANIFEST struct manifest other = {0};
  struct error error;
  assert_true(manifest_parse("one", good, sizeof good - 1, &one, &error));
  assert_true(manifest_parse("other", good, sizeof good - 1, &other, &error));
  assert_true(manifest_same_tables(&one, &other));
  other.files[0].sha256[0] = 'c';
  assert_false(manifest_same_tables(&one, &other));
  manifest_add(&one, "more.csv");
  assert_false(manifest_same_tables(&one, &other));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_said_is_read),
      cmocka_unit_test(what_need_not_be_there),
      cmocka_unit_test(what_is_no_manifest_is_refused),
      cmocka_unit_test_setup_teardown(a_set_as_it_was_made, make_set, remove_set),
      cmocka_unit_test_setup_teardown(files_that_were_changed, make_set, remove_set),
      cmocka_unit_test_setup_teardown(files_beside_the_tables, make_set, remove_set),
      cmocka_unit_test_setup_teardown(a_folder_without_a_manifest, make_set, remove_set),
      cmocka_unit_test(sets_with_the_same_tables),
  };
  return cmocka_run_group_tests_name("manifest", tests, NULL, NULL);
}
