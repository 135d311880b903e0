/* Connections to a real server: what is set, what is made anew, what is tried again. */
#include "core/base/memory.h"
#include "core/base/text.h"
#include "core/database/db.h"
#include "core/database/db_connect.h"
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

static char *asked(struct db *db, const char *sql) {
  AUTO_RESULT PGresult *result = NULL;
  struct error error = {0};
  if (!db_query(db, sql, NULL, &result, &error))
    fail_msg("%s", error.message);
  return memory_string(db_text(result, 0, 0));
}

static void assert_answer(struct db *db, const char *sql, const char *expected) {
  AUTO_FREE char *answer = asked(db, sql);
  assert_string_equal(answer, expected);
}

static const char SEARCH_PATH[] = "SELECT replace(current_setting('search_path'), ' ', '')";

static void what_is_set_for_every_connection(void **state) {
  (void)state;
  AUTO_DB struct db *db = opened();
  assert_answer(db, "SHOW application_name", "rectrack");
  assert_answer(db, "SHOW client_encoding", "UTF8");
  assert_answer(db, "SHOW datestyle", "ISO, YMD");
  assert_answer(db, SEARCH_PATH, "pg_catalog,pg_temp");
  assert_answer(db, "SHOW statement_timeout", "1h");
  assert_answer(db, "SHOW lock_timeout", "1min");
  assert_answer(db, "SHOW idle_in_transaction_session_timeout", "1h");
}

static void what_the_user_sets_counts_but_for_what_must_be_so(void **state) {
  (void)state;
  setenv("PGOPTIONS", "-c lock_timeout=3s -c search_path=public -c datestyle=German", 1);
  setenv("PGAPPNAME", "night run", 1);
  AUTO_DB struct db *db = opened();
  unsetenv("PGOPTIONS");
  unsetenv("PGAPPNAME");
  assert_answer(db, "SHOW lock_timeout", "3s");
  assert_answer(db, "SHOW statement_timeout", "1h");
  assert_answer(db, "SHOW application_name", "night run");
  assert_answer(db, SEARCH_PATH, "pg_catalog,pg_temp");
  assert_answer(db, "SHOW datestyle", "ISO, YMD");
}

/* A service file is libpq's to read; what must be so is then set by statement. */
static void a_service_file_counts_too(void **state) {
  (void)state;
  AUTO_TARGET struct target *target = NULL;
  AUTO_TEXT struct text file = {0};
  AUTO_TEXT struct text conninfo = {0};
  struct error error = {0};
  db_close((struct db *[]){opened()});
  assert_true(target_choose(&target, NULL, &error));
  cluster_conninfo(target->cluster, &conninfo);
  text_add_format(&file, "%s/service.conf", getenv("TMPDIR") != NULL ? getenv("TMPDIR") : "/tmp");
  FILE *out = fopen(text_string(&file), "w");
  assert_non_null(out);
  fputs("[night]\noptions=-c lock_timeout=4s -c search_path=public\nconnect_timeout=3\n", out);
  fclose(out);
  setenv("PGSERVICEFILE", text_string(&file), 1);
  text_add(&conninfo, " service=night");
  AUTO_DB struct db *db = NULL;
  if (!db_open(&db, text_string(&conninfo), DB_ANY_SERVER, &error))
    fail_msg("%s", error.message);
  unsetenv("PGSERVICEFILE");
  assert_answer(db, "SHOW lock_timeout", "4s");
  assert_answer(db, "SHOW statement_timeout", "1h");
  assert_answer(db, SEARCH_PATH, "pg_catalog,pg_temp");
}

/* ---- lost connections ---------------------------------------------------- */

static void remember(void *context, const char *message) {
  text_add_format(context, "%s;", message);
}

/* Ends the session of `db` from another one, and waits until it is gone. */
static void cut_off(struct db *db) {
  AUTO_DB struct db *other = opened();
  char sql[160];
  int process = PQbackendPID(db_connection(db));
  snprintf(sql, sizeof sql, "SELECT pg_terminate_backend(%d, 5000)", process);
  assert_answer(other, sql, "t");
}

static void a_question_is_asked_again(void **state) {
  (void)state;
  AUTO_TEXT struct text said = {0};
  AUTO_DB struct db *db = opened();
  db_on_retry(db, remember, &said);
  cut_off(db);
  assert_answer(db, "-- a remark\nSELECT 1 + 1", "2");
  assert_string_equal(text_string(&said), "the connection to the database was lost and made anew;");
  assert_answer(db, SEARCH_PATH, "pg_catalog,pg_temp");
}

static void a_transaction_begins_on_a_new_connection(void **state) {
  (void)state;
  AUTO_DB struct db *db = opened();
  struct error error = {0};
  cut_off(db);
  assert_true(db_begin(db, DB_WRITE, &error));
  assert_answer(db, "SELECT 3", "3");
  assert_true(db_commit(db, &error));
}

static void inside_a_transaction_the_loss_is_told(void **state) {
  (void)state;
  AUTO_DB struct db *db = opened();
  struct error error = {0};
  assert_true(db_begin(db, DB_WRITE, &error));
  cut_off(db);
  assert_false(db_query(db, "SELECT 1", NULL, NULL, &error));
  assert_int_equal(error.code, ERROR_UNREACHABLE);
  assert_non_null(strstr(error.remedy, "Nothing was stored"));
}

static void what_changes_something_is_never_sent_twice(void **state) {
  (void)state;
  AUTO_DB struct db *db = opened();
  struct error error = {0};
  cut_off(db);
  assert_false(db_query(db, "INSERT INTO nothing VALUES (1)", NULL, NULL, &error));
  assert_int_equal(error.code, ERROR_UNREACHABLE);
}

/* ---- questions with what follows them ------------------------------------- */

static void count_call(void *context) {
  ++*(int *)context;
}

static const char ADD[] = "INSERT INTO kept VALUES ($1)";

struct talk {
  int meanwhile;
  struct db_ahead ahead;
  PGresult *answers[2];
};

static const char *const prepared[] = {ADD, NULL};

static bool ask_two(struct db *db, const char *second, struct talk *talk, struct error *error) {
  const struct db_statement questions[] = {{"SELECT pg_current_xact_id()", NULL}, {second, NULL}};
  talk->ahead = (struct db_ahead){.statements = prepared, .meanwhile = count_call, .context = &talk->meanwhile};
  return db_ask_ahead(db, questions, 2, &talk->ahead, talk->answers, error);
}

static void talk_free(struct talk *talk) {
  PQclear(talk->answers[0]);
  PQclear(talk->answers[1]);
}

static void add_one(struct db *db) {
  struct error error = {0};
  struct db_params params = {0};
  db_param_int(&params, 7);
  const struct db_statement statements[] = {{ADD, &params}, {"SELECT pg_current_xact_id()", NULL}};
  AUTO_RESULT PGresult *last = NULL;
  if (!db_pipeline(db, statements, 2, &last, &error))
    fail_msg("%s", error.message);
}

static void what_follows_a_question_is_of_its_transaction(void **state) {
  (void)state;
  AUTO_DB struct db *db = opened();
  struct error error = {0};
  __attribute__((cleanup(talk_free))) struct talk talk = {0};
  assert_true(db_script(db, "CREATE TEMP TABLE kept (a integer)", &error));
  assert_true(ask_two(db, "SELECT 41 + 1", &talk, &error));
  assert_int_equal(talk.meanwhile, 1);
  assert_string_equal(db_text(talk.answers[1], 0, 0), "42");
  add_one(db);
  AUTO_FREE char *row = asked(db, "SELECT xmin FROM kept");
  assert_string_equal(row, db_text(talk.answers[0], 0, 0));
  assert_answer(db, "SELECT sum(custom_plans + generic_plans) FROM pg_prepared_statements", "1");
  add_one(db);
  assert_answer(db, "SELECT count(*) FROM kept", "2");
}

static void another_statement_ends_that_transaction(void **state) {
  (void)state;
  AUTO_DB struct db *db = opened();
  struct error error = {0};
  char sql[100];
  __attribute__((cleanup(talk_free))) struct talk talk = {0};
  assert_true(db_script(db, "CREATE TEMP TABLE kept (a integer)", &error));
  assert_true(ask_two(db, "SELECT 1", &talk, &error));
  snprintf(sql, sizeof sql, "SELECT pg_xact_status('%s')", db_text(talk.answers[0], 0, 0));
  assert_answer(db, sql, "aborted");
  add_one(db);
  assert_answer(db, "SELECT count(*) FROM kept", "1");
  assert_true(ask_two(db, "SELECT 1", &talk, &error));
  assert_true(ask_two(db, "SELECT 2", &talk, &error));
  assert_true(db_begin(db, DB_WRITE, &error));
  assert_true(db_commit(db, &error));
}

static void a_question_that_fails_leaves_nothing_open(void **state) {
  (void)state;
  AUTO_DB struct db *db = opened();
  struct error error = {0};
  __attribute__((cleanup(talk_free))) struct talk talk = {0};
  assert_false(ask_two(db, "SELECT nothing", &talk, &error));
  assert_string_equal(db_sqlstate(db), "42703");
  assert_answer(db, "SELECT 5", "5");
  assert_false(ask_two(db, "SELECT 1", &talk, &error) &&
               db_pipeline(db, &(struct db_statement){0}, 0, &talk.answers[0], &error));
  assert_string_equal(db_sqlstate(db), "42P01");
  assert_answer(db, "SELECT 6", "6");
}

static void questions_are_asked_again_without_what_follows(void **state) {
  (void)state;
  AUTO_DB struct db *db = opened();
  struct error error = {0};
  __attribute__((cleanup(talk_free))) struct talk talk = {0};
  cut_off(db);
  assert_true(ask_two(db, "SELECT 41 + 1", &talk, &error));
  assert_string_equal(db_text(talk.answers[1], 0, 0), "42");
  assert_true(db_script(db, "CREATE TEMP TABLE kept (a integer)", &error));
  add_one(db);
  assert_answer(db, "SELECT count(*) FROM kept", "1");
}

/* ---- conflicts ----------------------------------------------------------- */

struct clash {
  int times; /* how often it still fails */
  int runs;
  const char *sqlstate;
};

static bool clash_work(struct db *db, void *context, struct error *error) {
  struct clash *clash = context;
  char sql[160];
  clash->runs++;
  if (clash->times-- <= 0)
    return true;
  snprintf(sql, sizeof sql, "DO $$ BEGIN RAISE EXCEPTION 'clash' USING ERRCODE = '%s'; END $$", clash->sqlstate);
  return db_script(db, sql, error);
}

static void conflicts_are_tried_again_and_told(void **state) {
  (void)state;
  AUTO_TEXT struct text said = {0};
  AUTO_DB struct db *db = opened();
  struct error error = {0};
  db_on_retry(db, remember, &said);
  struct clash clash = {.times = 2, .sqlstate = "40001"};
  assert_true(db_transaction(db, DB_WRITE, clash_work, &clash, &error));
  assert_int_equal(clash.runs, 3);
  assert_string_equal(text_string(&said), "another change came in between; trying again;"
                                          "another change came in between; trying again;");
}

static void conflicts_are_tried_five_times(void **state) {
  (void)state;
  AUTO_DB struct db *db = opened();
  struct error error = {0};
  struct clash clash = {.times = 99, .sqlstate = "40P01"};
  assert_false(db_transaction(db, DB_WRITE, clash_work, &clash, &error));
  assert_int_equal(clash.runs, 5);
  assert_int_equal(error.code, ERROR_BUSY);
  assert_non_null(strstr(error.remedy, "tried 5 times"));
}

static void other_failures_are_not_tried_again(void **state) {
  (void)state;
  AUTO_DB struct db *db = opened();
  struct error error = {0};
  struct clash clash = {.times = 99, .sqlstate = "23505"};
  assert_false(db_transaction(db, DB_WRITE, clash_work, &clash, &error));
  assert_int_equal(clash.runs, 1);
}

/* ---- passwords ----------------------------------------------------------- */

static void a_password_is_taken_apart(void **state) {
  (void)state;
  AUTO_TEXT struct text rest = {0};
  AUTO_FREE char *password = NULL;
  db_conninfo_split("postgresql://anna:p%27w@host/base?application_name=it%27s", &rest, &password);
  assert_string_equal(password, "p'w");
  assert_null(strstr(text_string(&rest), "p'w"));
  assert_non_null(strstr(text_string(&rest), "application_name='it\\'s'"));
  assert_true(db_conninfo_has_password("postgresql://anna:secret@host/base"));
  assert_true(db_conninfo_has_password("postgresql://host/base?password=secret"));
  assert_true(db_conninfo_has_password("host=a Password = secret"));
  assert_false(db_conninfo_has_password("postgresql://anna@host:5432/base"));
  assert_false(db_conninfo_has_password("service=night"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_set_for_every_connection),
      cmocka_unit_test(what_the_user_sets_counts_but_for_what_must_be_so),
      cmocka_unit_test(a_service_file_counts_too),
      cmocka_unit_test(a_question_is_asked_again),
      cmocka_unit_test(a_transaction_begins_on_a_new_connection),
      cmocka_unit_test(inside_a_transaction_the_loss_is_told),
      cmocka_unit_test(what_changes_something_is_never_sent_twice),
      cmocka_unit_test(what_follows_a_question_is_of_its_transaction),
      cmocka_unit_test(another_statement_ends_that_transaction),
      cmocka_unit_test(a_question_that_fails_leaves_nothing_open),
      cmocka_unit_test(questions_are_asked_again_without_what_follows),
      cmocka_unit_test(conflicts_are_tried_again_and_told),
      cmocka_unit_test(conflicts_are_tried_five_times),
      cmocka_unit_test(other_failures_are_not_tried_again),
      cmocka_unit_test(a_password_is_taken_apart),
  };
  return cmocka_run_group_tests_name("db", tests, NULL, NULL);
}
