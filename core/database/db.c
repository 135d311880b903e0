/* A connection to PostgreSQL: parameters, results, transactions with retry, COPY in and out. */
#include "core/database/db.h"

#include "core/base/interrupt.h"
#include "core/base/memory.h"
#include "core/database/db_connect.h"
#include "core/database/db_error.h"

#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const int TRIES = 5;
static const char IDLED[] = "25P03"; /* idle_in_transaction_session_timeout */

struct db {
  PGconn *connection;
  bool embedded;
  char sqlstate[6];
  char constraint[64]; /* NAMEDATALEN */
  bool idled;          /* the server ended the connection because it was sent nothing in a transaction */
  char *copied;        /* the last message of COPY out */
  bool reading;        /* the transaction is read-only: nothing can be lost with it */
  const char *const
      *ahead; /* what db_ask_ahead has the server prepare, until its transaction ends; NULL: none is open */
  unsigned int asked_ahead; /* how often */
  db_talk *talk;
  void *talk_context;
};

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

static bool failed(struct db *db, const PGresult *result, bool committing, struct error *error) {
  const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  snprintf(db->sqlstate, sizeof db->sqlstate, "%s", state != NULL ? state : "");
  const char *constraint = PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME);
  snprintf(db->constraint, sizeof db->constraint, "%s", constraint != NULL ? constraint : "");
  db->idled = db->idled || strcmp(db->sqlstate, IDLED) == 0;
  if (db->idled && PQstatus(db->connection) != CONNECTION_OK && interrupt_signal() == 0)
    return db_error_of_idleness(error);
  return db_error_from_result(result, db->connection, committing, error);
}

static bool is_good(const PGresult *result) {
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

static bool is_lost(const struct db *db) {
  return PQstatus(db->connection) != CONNECTION_OK && interrupt_signal() == 0;
}

/* A statement that only asks, or takes a number: it does no harm to send it twice. */
static bool only_asks(const char *sql) {
  while (strncmp(sql, "--", 2) == 0 && strchr(sql, '\n') != NULL)
    sql = strchr(sql, '\n') + 1;
  return strncmp(sql, "SELECT ", 7) == 0;
}

/* Connects anew. What the server kept for the session is gone, so never inside a transaction. */
static bool reconnect(struct db *db, struct error *error) {
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
    bool replaces = kept == NULL || is_good(kept);
    PQclear(replaces ? kept : next);
    kept = replaces ? next : kept;
    if (copies || PQstatus(db->connection) != CONNECTION_OK)
      break;
  }
  return kept;
}

static bool send(struct db *db, const char *sql, const struct db_params *params) {
  return PQsendQueryParams(db->connection, sql, params != NULL ? params->count : 0, NULL,
                           params != NULL ? params->values : NULL, NULL, NULL, 0) == 1;
}

static PGresult *execute(struct db *db, const char *sql, const struct db_params *params) {
  return send(db, sql, params) ? receive(db) : NULL;
}

/* Hands the answer to the caller. */
static void give(PGresult **answer, PGresult **result) {
  PQclear(*result);
  *result = *answer;
  *answer = NULL;
}

/* Ends the transaction that db_ask_ahead has left open, with nothing done. */
static void abandon_ahead(struct db *db) {
  if (db->ahead == NULL)
    return;
  db->ahead = NULL;
  if (PQstatus(db->connection) == CONNECTION_OK && PQpipelineSync(db->connection) == 1)
    for (bool end = false; !end && PQstatus(db->connection) == CONNECTION_OK;) {
      AUTO_RESULT PGresult *result = PQgetResult(db->connection);
      end = PQresultStatus(result) == PGRES_PIPELINE_SYNC;
    }
  PQexitPipelineMode(db->connection);
  db_rollback(db);
}

bool db_query(struct db *db, const char *sql, const struct db_params *params, PGresult **result, struct error *error) {
  if (!interrupt_check(error))
    return false;
  abandon_ahead(db);
  bool may_repeat = PQtransactionStatus(db->connection) == PQTRANS_IDLE && only_asks(sql);
  AUTO_RESULT PGresult *answer = execute(db, sql, params);
  db->sqlstate[0] = '\0';
  if (!is_good(answer) && may_repeat && is_lost(db)) {
    PQclear(answer);
    answer = NULL;
    if (!reconnect(db, error))
      return false;
    answer = execute(db, sql, params);
  }
  if (!is_good(answer))
    return failed(db, answer, false, error);
  if (result != NULL)
    give(&answer, result);
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
  abandon_ahead(db);
  AUTO_RESULT PGresult *result = PQsendQuery(db->connection, sql) == 1 ? receive(db) : NULL;
  db->sqlstate[0] = '\0';
  return is_good(result) || failed(db, result, committing, error);
}

bool db_script(struct db *db, const char *sql, struct error *error) {
  return interrupt_check(error) && run_script(db, sql, false, error);
}

bool db_tidy(struct db *db, const char *sql, struct error *error) {
  return run_script(db, sql, false, error);
}

/* ---- transactions -------------------------------------------------------- */

/* Whatever the server's defaults are: a writer must see what was committed before it got the ledger's lock. */
#define BEGIN_WRITE "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"

bool db_begin(struct db *db, enum db_mode mode, struct error *error) {
  db->reading = mode != DB_WRITE;
  const char *begin = mode == DB_WRITE ? BEGIN_WRITE : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
  if (db_script(db, begin, error))
    return true;
  return is_lost(db) && reconnect(db, error) && db_script(db, begin, error);
}

/* COMMIT of a failed transaction answers ROLLBACK and is no success. */
bool db_commit(struct db *db, struct error *error) {
  if (!interrupt_check(error))
    return false;
  AUTO_RESULT PGresult *result = PQexec(db->connection, "COMMIT");
  db->sqlstate[0] = '\0';
  if (!is_good(result))
    return failed(db, result, !db->reading, error);
  if (strcmp(PQcmdStatus(result), "COMMIT") == 0)
    return true;
  error_set(error, ERROR_FAILED, "the transaction had failed before it could be committed");
  return error_remedy(error, "Nothing was stored. Run the same command again.");
}

/* Takes what is still to come of a COPY or a pipeline, so that the connection can be used again. */
static void drain(struct db *db) {
  if (PQpipelineStatus(db->connection) != PQ_PIPELINE_OFF)
    return;
  for (PGresult *result; (result = PQgetResult(db->connection)) != NULL;) {
    ExecStatusType status = PQresultStatus(result);
    PQclear(result);
    if (status == PGRES_COPY_IN && PQputCopyEnd(db->connection, "abandoned") != 1)
      return;
    if (status == PGRES_COPY_OUT) {
      char *bytes;
      while (PQgetCopyData(db->connection, &bytes, 0) > 0)
        PQfreemem(bytes);
    }
  }
}

void db_rollback(struct db *db) {
  if (PQstatus(db->connection) != CONNECTION_OK)
    return;
  drain(db);
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

/* ---- pipeline ------------------------------------------------------------ */

enum { AHEAD_NAME_SIZE = 40 };

/* Statements stay prepared until the connection ends, so each has a name of its own. */
static const char *ahead_name(const struct db *db, size_t number, char out[static AHEAD_NAME_SIZE]) {
  snprintf(out, AHEAD_NAME_SIZE, "ahead_%u_%zu", db->asked_ahead, number);
  return out;
}

/* Has the statement run that was prepared, where one of these words was. */
static bool send_prepared(struct db *db, const struct db_statement *statement) {
  static const struct db_params nothing = {0};
  const struct db_params *params = statement->params != NULL ? statement->params : &nothing;
  char name[AHEAD_NAME_SIZE];
  for (size_t i = 0; db->ahead != NULL && db->ahead[i] != NULL; i++)
    if (strcmp(db->ahead[i], statement->sql) == 0)
      return PQsendQueryPrepared(db->connection, ahead_name(db, i, name), params->count, params->values, NULL, NULL,
                                 0) == 1;
  return send(db, statement->sql, params);
}

/* The answers in order, each followed by a NULL, up to the synchronisation point. */
static bool receive_all(struct db *db, PGresult **last, struct error *error) {
  bool good = true;
  int nothing = 0;
  while (nothing < 2) {
    AUTO_RESULT PGresult *result = PQgetResult(db->connection);
    nothing = result == NULL ? nothing + 1 : 0;
    ExecStatusType status = PQresultStatus(result);
    if (result == NULL)
      continue;
    if (status == PGRES_PIPELINE_SYNC)
      break;
    if (status == PGRES_PIPELINE_ABORTED)
      continue;
    if (good && !is_good(result))
      good = failed(db, result, true, error);
    if (good && PQntuples(result) > 0)
      give(&result, last);
  }
  if (good && nothing >= 2)
    good = failed(db, NULL, true, error);
  return good;
}

static bool send_all(struct db *db, const struct db_statement *statements, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (!send_prepared(db, &statements[i]))
      return false;
  return true;
}

static bool begin_pipeline(struct db *db) {
  return PQenterPipelineMode(db->connection) == 1 && send(db, BEGIN_WRITE, NULL);
}

bool db_pipeline(struct db *db, const struct db_statement *statements, size_t count, PGresult **last,
                 struct error *error) {
  if (!interrupt_check(error))
    return false;
  db->sqlstate[0] = '\0';
  bool sent = (db->ahead != NULL || begin_pipeline(db)) && send_all(db, statements, count) &&
              send(db, "COMMIT", NULL) && PQpipelineSync(db->connection) == 1;
  bool good = sent ? receive_all(db, last, error) : failed(db, NULL, true, error);
  db->ahead = NULL;
  PQexitPipelineMode(db->connection);
  if (!good)
    db_rollback(db);
  return good;
}

/* The server is told to send its answers before it goes on with the preparations. */
static bool send_ahead(struct db *db, const struct db_statement *questions, size_t count,
                       const char *const *statements) {
  char name[AHEAD_NAME_SIZE];
  bool sent = begin_pipeline(db) && send_all(db, questions, count) && PQsendFlushRequest(db->connection) == 1;
  for (size_t i = 0; sent && statements[i] != NULL; i++)
    sent = PQsendPrepare(db->connection, ahead_name(db, i, name), statements[i], 0, NULL) == 1;
  return sent && PQflush(db->connection) == 0;
}

/* The next statement's answer in a pipeline, with the NULL behind it. */
static PGresult *receive_one(struct db *db) {
  PGresult *answer = PQgetResult(db->connection);
  if (is_good(answer))
    PQclear(PQgetResult(db->connection));
  return answer;
}

/* *failure is the first answer that tells of one; it stays NULL where the connection doesn't even say that. */
static bool receive_ahead(struct db *db, size_t count, PGresult **answers, PGresult **failure) {
  AUTO_RESULT PGresult *begun = receive_one(db);
  PGresult **next = &begun;
  for (size_t i = 0; is_good(*next) && i < count; i++) {
    next = &answers[i];
    PQclear(*next);
    *next = receive_one(db);
  }
  if (is_good(*next))
    return true;
  give(next, failure);
  return false;
}

static bool ask_again(struct db *db, const struct db_statement *questions, size_t count, PGresult **answers,
                      struct error *error) {
  for (size_t i = 0; i < count; i++)
    if (!db_query(db, questions[i].sql, questions[i].params, &answers[i], error))
      return false;
  return true;
}

bool db_ask_ahead(struct db *db, const struct db_statement *questions, size_t count, const struct db_ahead *ahead,
                  PGresult **answers, struct error *error) {
  static const char *const nothing[] = {NULL};
  if (!interrupt_check(error))
    return false;
  abandon_ahead(db);
  db->sqlstate[0] = '\0';
  db->ahead = nothing;
  db->asked_ahead++;
  AUTO_RESULT PGresult *failure = NULL;
  bool sent = send_ahead(db, questions, count, ahead->statements);
  ahead->meanwhile(ahead->context);
  if (sent && receive_ahead(db, count, answers, &failure)) {
    db->ahead = ahead->statements;
    return true;
  }
  abandon_ahead(db); /* also reads whether the connection ends here */
  return is_lost(db) ? reconnect(db, error) && ask_again(db, questions, count, answers, error)
                     : failed(db, failure, false, error);
}

/* In pipeline mode, without a synchronisation point: the server has nothing to answer until it reads that we are gone,
 * so that it ends quietly. */
void db_leave_behind(struct db *db, const char *settings, const char *sql) {
  PGconn *beside = db_connect_beside(db->connection);
  PQclear(PQexec(beside, settings));
  if (PQenterPipelineMode(beside) == 1 && PQsendQueryParams(beside, sql, 0, NULL, NULL, NULL, NULL, 0) == 1)
    PQflush(beside);
  PQfinish(beside);
}

/* ---- COPY ---------------------------------------------------------------- */

bool db_copy_in_begin(struct db *db, const char *sql, struct error *error) {
  return db_script(db, sql, error);
}

bool db_copy_in_put(struct db *db, const void *bytes, size_t length, struct error *error) {
  static const size_t PIECE = 1u << 20; /* libpq takes an int */
  for (const char *at = bytes; length > 0;) {
    size_t piece = length < PIECE ? length : PIECE;
    if (!interrupt_check(error))
      return false;
    if (PQputCopyData(db->connection, at, (int)piece) != 1)
      return failed(db, NULL, false, error);
    at += piece;
    length -= piece;
  }
  return true;
}

/* Whether all that was put has left; waits for it where `wait`. */
static bool flush_output(struct db *db, bool wait, bool *empty, struct error *error) {
  for (;;) {
    int left = PQflush(db->connection);
    *empty = left == 0;
    if (left < 0)
      return failed(db, NULL, false, error);
    if (left == 0 || !wait)
      return true;
    struct pollfd poll_for = {.fd = PQsocket(db->connection), .events = POLLOUT};
    if (poll(&poll_for, 1, -1) < 0 && !interrupt_check(error))
      return false;
  }
}

bool db_copy_in_offer(struct db *db, const void *bytes, size_t length, bool wait, bool *taken, struct error *error) {
  PQsetnonblocking(db->connection, 1);
  bool good = flush_output(db, wait, taken, error);
  if (good && *taken) {
    good = PQputCopyData(db->connection, bytes, (int)length) == 1 || failed(db, NULL, false, error);
    bool ignored;
    good = good && flush_output(db, false, &ignored, error);
  }
  PQsetnonblocking(db->connection, 0);
  return good;
}

bool db_copy_in_end(struct db *db, int64_t *rows, struct error *error) {
  db->sqlstate[0] = '\0';
  if (PQputCopyEnd(db->connection, NULL) != 1)
    return failed(db, NULL, false, error);
  bool good = true;
  for (PGresult *result; (result = PQgetResult(db->connection)) != NULL; PQclear(result)) {
    if (good && !is_good(result))
      good = failed(db, result, false, error);
    else if (rows != NULL)
      *rows = strtoll(PQcmdTuples(result), NULL, 10);
  }
  return good;
}

void db_copy_in_abort(struct db *db, const char *reason) {
  if (PQputCopyEnd(db->connection, reason) == 1)
    drain(db);
}

bool db_copy_out_begin(struct db *db, const char *sql, struct error *error) {
  return db_script(db, sql, error);
}

bool db_copy_out_next(struct db *db, const char **bytes, size_t *length, struct error *error) {
  PQfreemem(db->copied);
  db->copied = NULL;
  int got = PQgetCopyData(db->connection, &db->copied, 0);
  *bytes = db->copied;
  *length = got > 0 ? (size_t)got : 0;
  if (got > 0)
    return true;
  bool good = got == -1 || failed(db, NULL, false, error);
  for (PGresult *result; (result = PQgetResult(db->connection)) != NULL; PQclear(result))
    if (good && !is_good(result))
      good = failed(db, result, false, error);
  return good;
}
