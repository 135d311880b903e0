/* core/database/copy_streams.c on a real server: what two connections read together, and what one of them sees. */
#include "core/base/memory.h"
#include "core/base/text.h"
#include "core/database/copy_streams.h"
#include "core/database/target.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Opens the embedded database of the folder in RECTRACK_DATA; tests/run gives each program one of its own. */
static struct db *opened(void) {
  AUTO_TARGET struct target *target = NULL;
  struct db *db = NULL;
  struct error error = {0};
  if (!target_choose(&target, NULL, &error) || !target_connect(target, &db, NULL, &error))
    fail_msg("%s", error.message);
  return db;
}

static void run(struct db *db, const char *sql) {
  struct error error = {0};
  if (!db_script(db, sql, &error))
    fail_msg("%s", error.message);
}

/* Begins to read two statements in a snapshot of `db`, over two connections. */
static void begin_both(struct db *db, const char *one, const char *other, struct copy_streams *streams) {
  struct error error = {0};
  AUTO_RESULT PGresult *snapshot = NULL;
  assert_true(db_query(db, "SELECT pg_export_snapshot()", NULL, &snapshot, &error));
  copy_streams_open(db, streams);
  copy_streams_ask(streams, one);
  copy_streams_ask(streams, other);
  assert_true(copy_streams_begin_beside(streams, db_text(snapshot, 0, 0), &error));
  assert_int_equal(streams->count, 2);
}

static void begin_snapshot(struct db *db) {
  struct error error = {0};
  AUTO_RESULT PGresult *snapshot = NULL;
  assert_true(db_begin(db, DB_READ_SNAPSHOT, &error));
  assert_true(db_query(db, "SELECT pg_current_snapshot()", NULL, &snapshot, &error));
}

/* Reads all: how many rows, and the sum of their numbers. */
static bool read_all(struct copy_streams *streams, long *rows, long *sum, struct error *error) {
  const char *bytes;
  size_t length;
  *rows = *sum = 0;
  while (copy_streams_next(streams, &bytes, &length, error)) {
    if (bytes == NULL)
      return true;
    AUTO_FREE char *line = memory_string_n(bytes, length);
    ++*rows;
    *sum += strtol(line, NULL, 10);
  }
  return false;
}

static void both_are_read_to_the_end(void **state) {
  (void)state;
  AUTO_DB struct db *db = opened();
  AUTO_COPY_STREAMS struct copy_streams streams;
  struct error error = {0};
  long rows, sum;
  begin_snapshot(db);
  /* More than a socket holds on one side, a single row on the other: 1 + … + 100,000 = 5,000,050,000. */
  begin_both(db, "COPY (SELECT generate_series(1, 100000)) TO STDOUT", "COPY (SELECT 7) TO STDOUT", &streams);
  assert_true(read_all(&streams, &rows, &sum, &error));
  assert_int_equal(rows, 100001);
  assert_int_equal(sum, 5000050007);
  assert_true(db_commit(db, &error)); /* the caller's connection is as it was */
}

static void the_second_one_sees_what_the_first_one_sees(void **state) {
  (void)state;
  AUTO_DB struct db *db = opened();
  AUTO_DB struct db *writer = opened();
  AUTO_COPY_STREAMS struct copy_streams streams;
  struct error error = {0};
  long rows, sum;
  run(writer, "CREATE TABLE public.seen (number integer); INSERT INTO public.seen VALUES (1)");
  begin_snapshot(db);
  run(writer, "INSERT INTO public.seen VALUES (10)");
  begin_both(db, "COPY (SELECT number FROM public.seen) TO STDOUT",
             "COPY (SELECT number * 2 FROM public.seen) TO STDOUT", &streams);
  assert_true(read_all(&streams, &rows, &sum, &error));
  assert_int_equal(rows, 2);
  assert_int_equal(sum, 3);
}

static void a_failure_of_either_is_told(void **state) {
  (void)state;
  static const char failing[] = "COPY (SELECT 1 / (50000 - g) FROM generate_series(1, 60000) g) TO STDOUT",
                    good[] = "COPY (SELECT generate_series(1, 10)) TO STDOUT";
  for (int first = 0; first < 2; first++) {
    AUTO_DB struct db *db = opened();
    AUTO_COPY_STREAMS struct copy_streams streams;
    struct error error = {0};
    long rows, sum;
    begin_snapshot(db);
    begin_both(db, first ? failing : good, first ? good : failing, &streams);
    assert_false(read_all(&streams, &rows, &sum, &error));
    assert_int_equal(error.code, ERROR_FAILED);
    assert_non_null(strstr(error.message, "division by zero"));
  }
}

/* Statements that wait their turn, and those of a second connection that can't be had. */
static void one_connection_reads_them_all(void **state) {
  (void)state;
  static const char *const snapshots[] = {NULL, "00000003-00000000-1"};
  for (size_t i = 0; i < sizeof snapshots / sizeof *snapshots; i++) {
    AUTO_DB struct db *db = opened();
    AUTO_COPY_STREAMS struct copy_streams streams;
    struct error error = {0};
    long rows, sum;
    begin_snapshot(db);
    copy_streams_open(db, &streams);
    copy_streams_ask(&streams, "COPY (SELECT generate_series(1, 100000)) TO STDOUT");
    copy_streams_ask(&streams, "COPY (SELECT 1 WHERE false) TO STDOUT");
    copy_streams_ask(&streams, "COPY (SELECT 7) TO STDOUT");
    assert_true(snapshots[i] == NULL || copy_streams_begin_beside(&streams, snapshots[i], &error));
    assert_int_equal(streams.count, 1);
    assert_true(read_all(&streams, &rows, &sum, &error));
    assert_int_equal(rows, 100001);
    assert_int_equal(sum, 5000050007);
    assert_true(db_commit(db, &error));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(both_are_read_to_the_end),
      cmocka_unit_test(the_second_one_sees_what_the_first_one_sees),
      cmocka_unit_test(a_failure_of_either_is_told),
      cmocka_unit_test(one_connection_reads_them_all),
  };
  return cmocka_run_group_tests_name("copy_streams", tests, NULL, NULL);
}
