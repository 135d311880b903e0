/*
 * core/import/import_status.c on a real server: what a file adds to what is there already is the same whatever the size
 * of the chunks in which it goes.  Files in which keys and contents come again and again are drawn at random; what must
 * become of them is worked out here from the rule in sql/queries/status_merge_find_new.sql, key by key.
 */
#include "core/administration/schema.h"
#include "core/base/text.h"
#include "core/database/target.h"
#include "core/import/import.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ROWS = 40, KEYS = 3, CONTENTS = 3 };

struct drawn_row {
  int key, content;
};
struct drawn_file {
  struct drawn_row rows[ROWS];
  size_t count;
};

static const char *const keys[KEYS] = {"ITA,II.A.1(a)", "ITA,II.A.1(b)", "FRA,II.A.1(a)"};
/* level, note, source: what differs may be any of them, also nothing against an empty text */
static const char *const contents[CONTENTS] = {"planned,,", "planned,,NV 12/2019", "planned,as before,"};

/* ---- the database -------------------------------------------------------- */

static struct db *opened(void) {
  AUTO_TARGET struct target *target = NULL;
  struct db *db = NULL;
  struct error error = {0};
  if (!target_choose(&target, NULL, &error) || !target_connect(target, &db, NULL, &error))
    fail_msg("%s", error.message);
  return db;
}

static int make_schema(void **state) {
  (void)state;
  AUTO_DB struct db *db = opened();
  AUTO_TEXT struct text path = {0};
  struct error error = {0};
  struct schema_report report;
  AUTO_IMPORT_DOCUMENT struct import_document_result result = {0};
  text_add_format(&path, "%s/fixtures/documents/ctoc-cop-wg7-2018-l1-add1.txt", getenv("RECTRACK_SOURCE"));
  const struct import_document_options document = {
      .path = text_string(&path), .symbol = "CTOC/COP/WG.7/2018/L.1/Add.1", .problem = error_ignore};
  if (!schema_init(db, &report, &error) || !import_document(db, &document, &result, &error))
    fail_msg("%s", error.message);
  return 0;
}

/* Each file has a digest of its own, so that none is taken for another. */
static struct import_summary import(struct db *db, const struct drawn_file *file, int year, size_t chunk_rows) {
  static unsigned char digest[SHA256_SIZE];
  int32_t lines[ROWS];
  AUTO_TEXT struct text csv = {0};
  struct import_summary summary;
  struct error error = {0};
  digest[0]++;
  text_add(&csv, "state,recommendation,as_of,level,note,source\n");
  for (size_t i = 0; i < file->count; i++) {
    lines[i] = (int32_t)i + 2;
    text_add_format(&csv, "%s,%d-07-04,%s\n", keys[file->rows[i].key], year, contents[file->rows[i].content]);
  }
  const struct import_content content = {.bytes = csv.data, .length = csv.length, .digest = digest, .lines = lines};
  const struct import_options options = {
      .path = "drawn.csv", .content = &content, .chunk_rows = chunk_rows, .received_on = DAY_NONE};
  if (!import_status(db, &options, &summary, &error))
    fail_msg("%s", error.message);
  return summary;
}

/* ---- the rule ------------------------------------------------------------ */

/* The revision that each row of a file gets, 0 for none, where the file `there` came before. */
static void expect(const struct drawn_file *there, const struct drawn_file *file, int16_t revs[ROWS]) {
  for (int key = 0; key < KEYS; key++) {
    int16_t times[CONTENTS] = {0}, rev = 0;
    int before = -1;
    for (size_t i = 0; i < there->count; i++) {
      const struct drawn_row *row = &there->rows[i];
      if (row->key != key || row->content == before)
        continue;
      before = row->content;
      times[row->content]++;
      rev++;
    }
    before = -1;
    for (size_t i = 0; i < file->count; i++) {
      const struct drawn_row *row = &file->rows[i];
      if (row->key != key)
        continue;
      bool is_new = row->content != before && times[row->content]-- <= 0;
      revs[i] = is_new ? ++rev : 0;
      before = row->content;
    }
  }
}

static void check(struct db *db, const struct import_summary *summary, const struct drawn_file *file,
                  const int16_t revs[ROWS]) {
  AUTO_RESULT PGresult *stored = NULL;
  struct db_params params = {0};
  struct error error = {0};
  int row = 0;
  db_param_int(&params, summary->batch_id);
  if (!db_query(db, "SELECT line, rev FROM rectrack.status_record WHERE batch_id = $1 ORDER BY line", &params, &stored,
                &error))
    fail_msg("%s", error.message);
  for (size_t i = 0; i < file->count; i++) {
    if (revs[i] == 0)
      continue;
    assert_true(row < db_rows(stored));
    assert_int_equal(db_int(stored, row, 0), i + 2);
    assert_int_equal(db_int(stored, row, 1), revs[i]);
    row++;
  }
  assert_int_equal(row, db_rows(stored));
  assert_int_equal(summary->added, row);
  assert_int_equal(summary->unchanged, file->count - (size_t)row);
}

/* ---- tests --------------------------------------------------------------- */

static struct drawn_file draw(uint32_t *random, size_t count) {
  struct drawn_file file = {.count = count};
  for (size_t i = 0; i < count; i++) {
    *random = *random * 1664525 + 1013904223; /* Numerical Recipes' generator */
    file.rows[i] = (struct drawn_row){(int)(*random >> 16) % KEYS, (int)(*random >> 24) % CONTENTS};
  }
  return file;
}

static void the_size_of_chunks_makes_no_difference(void **state) {
  (void)state;
  static const size_t sizes[] = {1, 2, 3, 5, 8, 39, 0};
  AUTO_DB struct db *db = opened();
  uint32_t random = 20181018;
  int year = 2000; /* nothing is recorded of it yet */
  for (size_t size = 0; size < sizeof sizes / sizeof *sizes; size++)
    for (size_t count = 0; count < 8; count += 2, year++) {
      struct drawn_file there = draw(&random, count), file = draw(&random, ROWS);
      int16_t revs[ROWS];
      import(db, &there, year, 0);
      struct import_summary summary = import(db, &file, year, sizes[size]);
      expect(&there, &file, revs);
      check(db, &summary, &file, revs);
    }
}

/* A is there; "A, B, A" says two new things, in one chunk or in three. */
static void what_comes_again_later_is_kept(void **state) {
  (void)state;
  AUTO_DB struct db *db = opened();
  const struct drawn_file there = {{{0, 0}}, 1}, file = {{{0, 0}, {0, 1}, {0, 0}}, 3};
  const int16_t revs[ROWS] = {0, 2, 3};
  for (size_t size = 1; size <= 3; size++) {
    import(db, &there, 2100 + (int)size, 0);
    struct import_summary summary = import(db, &file, 2100 + (int)size, size);
    check(db, &summary, &file, revs);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_comes_again_later_is_kept),
      cmocka_unit_test(the_size_of_chunks_makes_no_difference),
  };
  return cmocka_run_group_tests_name("import_chunks", tests, make_schema, NULL);
}
