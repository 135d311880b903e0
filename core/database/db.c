/* A connection to PostgreSQL: parameters, results, transactions with retry. */
#include "core/base/interrupt.h"
#include "core/base/memory.h"
#include "core/database/db_connect.h"
#include "core/database/db_error.h"
#include "core/database/db_private.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const int TRIES = 5;
static const char IDLED[] = "25P03"; /* idle_in_transaction_session_timeout */

/* ---- opening ------------------------------------------------------------- */

/* What the server says between statements libpq takes for a notice, also that it ends the connection. */
static void hear(void *context, const PGresult *notice) {
  struct db *db = context;
  const char *state = PQresultErrorField(notice, PG_DIAG_SQLSTATE);
  if (state != NULL && strcmp(state, IDLED) == 0)
    db->idled = true;
}

bool db_open(struct db **out, const char *conninfo, enum db_server server, struct error *error) {
  PGconn *connection = db_connect(conninfo, server, error);
  if (connection == NULL)
    return false;
  AUTO_DB struct db *db = memory_new(1, sizeof *db);
  db->connection = connection;
  PQsetNoticeReceiver(connection, hear, db);
  interrupt_watch(db->connection);
  if (!interrupt_check(error))
    return false;
  *out = db;
  db = NULL;
  return true;
}

/* The server says so by itself, also when it changes. */
bool db_is_standby(const struct db *db) {
  const char *standby = PQparameterStatus(db->connection, "in_hot_standby");
  return standby != NULL && strcmp(standby, "on") == 0;
}

void db_on_retry(struct db *db, db_talk *talk, void *context) {
  db->talk = talk;
  db->talk_context = context;
}

static void say(const struct db *db, const char *message) {
  if (db->talk != NULL)
    db->talk(db->talk_context, message);
}

void db_close(struct db **db) {
  if (*db == NULL)
    return;
  interrupt_watch(NULL);
  PQfreemem((*db)->copied);
  PQfinish((*db)->connection);
  free(*db);
  *db = NULL;
}

void db_mark_embedded(struct db *db) {
  db->embedded = true;
}

bool db_is_embedded(const struct db *db) {
  return db->embedded;
}

PGconn *db_connection(struct db *db) {
  return db->connection;
}

const char *db_sqlstate(const struct db *db) {
  return db->sqlstate;
}

bool db_is_duplicate(const struct db *db, const char *constraint) {
  return strcmp(db->sqlstate, "23505") == 0 && strcmp(db->constraint, constraint) == 0;
}

/* ---- parameters ---------------------------------------------------------- */

static char *next_number(struct db_params *params) {
  return params->numbers[params->count];
}

static void add_param(struct db_params *params, const char *value) {
  if (params->count == DB_PARAMS_MAX)
    abort(); /* a statement with more parameters is a fault of the program */
  params->values[params->count++] = value;
}

void db_param_text(struct db_params *params, const char *value) {
  add_param(params, value);
}

void db_param_null(struct db_params *params) {
  add_param(params, NULL);
}

void db_param_int(struct db_params *params, int64_t value) {
  char *text = next_number(params);
  snprintf(text, sizeof params->numbers[0], "%" PRId64, value);
  add_param(params, text);
}

void db_param_bool(struct db_params *params, bool value) {
  add_param(params, value ? "true" : "false");
}

void db_param_day(struct db_params *params, day value) {
  add_param(params, value == DAY_NONE ? NULL : day_format(value, next_number(params)));
}

void db_param_moment(struct db_params *params, moment value) {
  add_param(params, value == MOMENT_NONE ? NULL : moment_format(value, next_number(params)));
}

/* ---- results ------------------------------------------------------------- */

void db_result_free(PGresult **result) {
  PQclear(*result);
  *result = NULL;
}

int db_rows(const PGresult *result) {
  return PQntuples(result);
}

const char *db_text(const PGresult *result, int row, int column) {
  return PQgetisnull(result, row, column) ? NULL : PQgetvalue(result, row, column);
}

int64_t db_int(const PGresult *result, int row, int column) {
  return strtoll(PQgetvalue(result, row, column), NULL, 10);
}

bool db_bool(const PGresult *result, int row, int column) {
  return *PQgetvalue(result, row, column) == 't';
}

day db_day(const PGresult *result, int row, int column) {
  const char *text = db_text(result, row, column);
  day value;
  struct error ignored;
  return text != NULL && day_parse(text, strlen(text), &value, &ignored) ? value : DAY_NONE;
}

/* The server leaves out the minutes of a zone that has none. */
moment db_moment(const PGresult *result, int row, int column) {
  const char *text = db_text(result, row, column);
  char whole[64];
  moment value;
  struct error ignored;
  if (text == NULL)
    return MOMENT_NONE;
  size_t length = strlen(text);
  bool whole_hours = length > 3 && (text[length - 3] == '+' || text[length - 3] == '-');
  snprintf(whole, sizeof whole, "%s%s", text, whole_hours ? ":00" : "");
  return moment_parse(whole, strlen(whole), &value, &ignored) ? value : MOMENT_NONE;
}

/* ---- statements ---------------------------------------------------------- */

bool db_failed(struct db *db, const PGresult *result, bool committing, struct error *error) {
  const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  snprintf(db->sqlstate, sizeof db->sqlstate, "%s", state != NULL ? state : "");
  const char *constraint = PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME);
  snprintf(db->constraint, sizeof db->constraint, "%s", constraint != NULL ? constraint : "");
  db->idled = db->idled || strcmp(db->sqlstate, IDLED) == 0;
  if (db->idled && PQstatus(db->connection) != CONNECTION_OK && interrupt_signal() == 0)
    return db_error_of_idleness(error);
  return db_error_from_result(result, db->connection, committing, error);
}

bool db_is_good(const PGresult *result) {
  switch (PQresultStatus(result)) {
  case PGRES_COMMAND_OK:
  case PGRES_TUPLES_OK:
  case PGRES_COPY_IN:
  case PGRES_COPY_OUT:
    return true;
  default:
    return false;
  }
}

bool db_is_lost(const struct db *db) {
  return PQstatus(db->connection) != CONNECTION_OK && interrupt_signal() == 0;
}

/* A statement that only asks, or takes a number: it does no harm to send it twice. */
static bool only_asks(const char *sql) {
  while (strncmp(sql, "--", 2) == 0 && strchr(sql, '\n') != NULL)
    sql = strchr(sql, '\n') + 1;
  return strncmp(sql, "SELECT ", 7) == 0;
}

bool db_reconnect(struct db *db, struct error *error) {
  interrupt_watch(NULL);
  bool good = db_connect_again(db->connection, error);
  db->idled = false;
  if (good) {
    interrupt_watch(db->connection);
    say(db, "the connection to the database was lost and made anew");
  }
  return good;
}

/* What the server answers: the first failure, or the last result.  (PQexec keeps the last, which tells of a connection
 * that is lost, but not that the server said why it would end it.) */
static PGresult *receive(struct db *db) {
  PGresult *kept = NULL;
  for (PGresult *next; (next = PQgetResult(db->connection)) != NULL;) {
    bool copies = PQresultStatus(next) == PGRES_COPY_IN || PQresultStatus(next) == PGRES_COPY_OUT;
    bool replaces = kept == NULL || db_is_good(kept);
    PQclear(replaces ? kept : next);
    kept = replaces ? next : kept;
    if (copies || PQstatus(db->connection) != CONNECTION_OK)
      break;
  }
  return kept;
}

bool db_send(struct db *db, const char *sql, const struct db_params *params) {
  return PQsendQueryParams(db->connection, sql, params != NULL ? params->count : 0, NULL,
                           params != NULL ? params->values : NULL, NULL, NULL, 0) == 1;
}

static PGresult *execute(struct db *db, const char *sql, const struct db_params *params) {
  return db_send(db, sql, params) ? receive(db) : NULL;
}

void db_give(PGresult **answer, PGresult **result) {
  PQclear(*result);
  *result = *answer;
  *answer = NULL;
}

bool db_query(struct db *db, const char *sql, const struct db_params *params, PGresult **result, struct error *error) {
  if (!interrupt_check(error))
    return false;
  db_abandon_ahead(db);
  bool may_repeat = PQtransactionStatus(db->connection) == PQTRANS_IDLE && only_asks(sql);
  AUTO_RESULT PGresult *answer = execute(db, sql, params);
  db->sqlstate[0] = '\0';
  if (!db_is_good(answer) && may_repeat && db_is_lost(db)) {
    PQclear(answer);
    answer = NULL;
    if (!db_reconnect(db, error))
      return false;
    answer = execute(db, sql, params);
  }
  if (!db_is_good(answer))
    return db_failed(db, answer, false, error);
  if (result != NULL)
    db_give(&answer, result);
  return true;
}

bool db_query_at(struct db *db, const char *sql, int32_t position, PGresult **result, struct error *error) {
  struct db_params params = {0};
  db_param_int(&params, position);
  return db_query(db, sql, &params, result, error);
}

bool db_run(struct db *db, const char *sql, const struct db_params *params, int64_t *affected, struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  if (!db_query(db, sql, params, &result, error))
    return false;
  if (affected != NULL)
    *affected = strtoll(PQcmdTuples(result), NULL, 10);
  return true;
}

static bool run_script(struct db *db, const char *sql, bool committing, struct error *error) {
  db_abandon_ahead(db);
  AUTO_RESULT PGresult *result = PQsendQuery(db->connection, sql) == 1 ? receive(db) : NULL;
  db->sqlstate[0] = '\0';
  return db_is_good(result) || db_failed(db, result, committing, error);
}

bool db_script(struct db *db, const char *sql, struct error *error) {
  return interrupt_check(error) && run_script(db, sql, false, error);
}

bool db_tidy(struct db *db, const char *sql, struct error *error) {
  return run_script(db, sql, false, error);
}

/* ---- transactions -------------------------------------------------------- */

bool db_begin(struct db *db, enum db_mode mode, struct error *error) {
  db->reading = mode != DB_WRITE;
  const char *begin = mode == DB_WRITE ? DB_BEGIN_WRITE : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
  if (db_script(db, begin, error))
    return true;
  return db_is_lost(db) && db_reconnect(db, error) && db_script(db, begin, error);
}

/* COMMIT of a failed transaction answers ROLLBACK and is no success. */
bool db_commit(struct db *db, struct error *error) {
  if (!interrupt_check(error))
    return false;
  AUTO_RESULT PGresult *result = PQexec(db->connection, "COMMIT");
  db->sqlstate[0] = '\0';
  if (!db_is_good(result))
    return db_failed(db, result, !db->reading, error);
  if (strcmp(PQcmdStatus(result), "COMMIT") == 0)
    return true;
  error_set(error, ERROR_FAILED, "the transaction had failed before it could be committed");
  return error_remedy(error, "Nothing was stored. Run the same command again.");
}

void db_rollback(struct db *db) {
  if (PQstatus(db->connection) != CONNECTION_OK)
    return;
  db_drain(db);
  if (PQtransactionStatus(db->connection) != PQTRANS_IDLE)
    PQclear(PQexec(db->connection, "ROLLBACK"));
}

bool db_is_conflict(const struct db *db) {
  return strcmp(db->sqlstate, "40001") == 0 || strcmp(db->sqlstate, "40P01") == 0;
}

/* 5 to 50 ms, longer with each try, so that two that collide don't collide again. */
static void pause_before(int try) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  long milliseconds = 5L * try + now.tv_nsec / 1000 % (5L * try);
  nanosleep(&(struct timespec){.tv_nsec = milliseconds * 1000000L}, NULL);
}

bool db_try_again(struct db *db, int try, struct error *error) {
  if (!db_is_conflict(db) || interrupt_signal() != 0)
    return false;
  if (try >= TRIES)
    return error_remedy(error, "It was tried %d times; nothing was stored. Run the same command again.", TRIES);
  say(db, "another change came in between; trying again");
  pause_before(try);
  return true;
}

bool db_transaction(struct db *db, enum db_mode mode, db_work *work, void *context, struct error *error) {
  for (int try = 1;; try++) {
    if (!db_begin(db, mode, error))
      return false;
    if (work(db, context, error) && db_commit(db, error))
      return true;
    db_rollback(db);
    if (!db_try_again(db, try, error))
      return false;
  }
}
