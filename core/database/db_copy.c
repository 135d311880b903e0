/* COPY in and out over a connection. */
#include "core/base/interrupt.h"
#include "core/database/db_private.h"

#include <poll.h>
#include <stdlib.h>

void db_drain(struct db *db) {
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
      return db_failed(db, NULL, false, error);
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
      return db_failed(db, NULL, false, error);
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
    good = PQputCopyData(db->connection, bytes, (int)length) == 1 || db_failed(db, NULL, false, error);
    bool ignored;
    good = good && flush_output(db, false, &ignored, error);
  }
  PQsetnonblocking(db->connection, 0);
  return good;
}

bool db_copy_in_end(struct db *db, int64_t *rows, struct error *error) {
  db->sqlstate[0] = '\0';
  if (PQputCopyEnd(db->connection, NULL) != 1)
    return db_failed(db, NULL, false, error);
  bool good = true;
  for (PGresult *result; (result = PQgetResult(db->connection)) != NULL; PQclear(result)) {
    if (good && !db_is_good(result))
      good = db_failed(db, result, false, error);
    else if (rows != NULL)
      *rows = strtoll(PQcmdTuples(result), NULL, 10);
  }
  return good;
}

void db_copy_in_abort(struct db *db, const char *reason) {
  if (PQputCopyEnd(db->connection, reason) == 1)
    db_drain(db);
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
  bool good = got == -1 || db_failed(db, NULL, false, error);
  for (PGresult *result; (result = PQgetResult(db->connection)) != NULL; PQclear(result))
    if (good && !db_is_good(result))
      good = db_failed(db, result, false, error);
  return good;
}
