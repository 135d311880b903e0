/* Several statements in one round trip, by libpq's pipeline mode. */
#include "core/base/interrupt.h"
#include "core/database/db_private.h"

#include <stdio.h>
#include <string.h>

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
  return db_send(db, statement->sql, params);
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
    if (good && !db_is_good(result))
      good = db_failed(db, result, true, error);
    if (good && PQntuples(result) > 0)
      db_give(&result, last);
  }
  if (good && nothing >= 2)
    good = db_failed(db, NULL, true, error);
  return good;
}

static bool send_all(struct db *db, const struct db_statement *statements, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (!send_prepared(db, &statements[i]))
      return false;
  return true;
}

static bool begin_pipeline(struct db *db) {
  return PQenterPipelineMode(db->connection) == 1 && db_send(db, DB_BEGIN_WRITE, NULL);
}

bool db_pipeline(struct db *db, const struct db_statement *statements, size_t count, PGresult **last,
                 struct error *error) {
  if (!interrupt_check(error))
    return false;
  db->sqlstate[0] = '\0';
  bool sent = (db->ahead != NULL || begin_pipeline(db)) && send_all(db, statements, count) &&
              db_send(db, "COMMIT", NULL) && PQpipelineSync(db->connection) == 1;
  bool good = sent ? receive_all(db, last, error) : db_failed(db, NULL, true, error);
  db->ahead = NULL;
  PQexitPipelineMode(db->connection);
  if (!good)
    db_rollback(db);
  return good;
}

/* ---- asking ahead --------------------------------------------------------- */

void db_abandon_ahead(struct db *db) {
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
  if (db_is_good(answer))
    PQclear(PQgetResult(db->connection));
  return answer;
}

/* *failure is the first answer that tells of one; it stays NULL where the connection doesn't even say that. */
static bool receive_ahead(struct db *db, size_t count, PGresult **answers, PGresult **failure) {
  AUTO_RESULT PGresult *begun = receive_one(db);
  PGresult **next = &begun;
  for (size_t i = 0; db_is_good(*next) && i < count; i++) {
    next = &answers[i];
    PQclear(*next);
    *next = receive_one(db);
  }
  if (db_is_good(*next))
    return true;
  db_give(next, failure);
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
  db_abandon_ahead(db);
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
  db_abandon_ahead(db); /* also reads whether the connection ends here */
  return db_is_lost(db) ? db_reconnect(db, error) && ask_again(db, questions, count, answers, error)
                        : db_failed(db, failure, false, error);
}

/* ---- leaving behind ------------------------------------------------------- */

/* In pipeline mode, without a synchronisation point: the server has nothing to answer until it reads that we are gone,
 * so that it ends quietly. */
void db_leave_behind(struct db *db, const char *settings, const char *sql) {
  PGconn *beside = db_connect_beside(db->connection);
  PQclear(PQexec(beside, settings));
  if (PQenterPipelineMode(beside) == 1 && PQsendQueryParams(beside, sql, 0, NULL, NULL, NULL, NULL, 0) == 1)
    PQflush(beside);
  PQfinish(beside);
}
