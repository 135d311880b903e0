/* COPY out over one or two connections at once. */
#include "core/database/copy_streams.h"

#include "core/base/interrupt.h"
#include "core/base/text.h"
#include "core/database/db_connect.h"
#include "core/database/db_error.h"

#include <poll.h>

void copy_streams_open(struct db *db, struct copy_streams *streams) {
  *streams = (struct copy_streams){.connections = {db_connection(db)}, .count = 1};
}

static bool run(PGconn *connection, const char *sql, ExecStatusType expected) {
  PGresult *result = PQexec(connection, sql);
  bool good = PQresultStatus(result) == expected;
  PQclear(result);
  return good;
}

bool copy_streams_add(struct copy_streams *streams, const char *snapshot) {
  PGconn *beside = db_connect_beside(streams->connections[0]);
  AUTO_TEXT struct text sql = {0};
  text_add_format(&sql, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET TRANSACTION SNAPSHOT '%s'", snapshot);
  if (PQstatus(beside) == CONNECTION_OK && run(beside, text_string(&sql), PGRES_COMMAND_OK)) {
    streams->connections[streams->count++] = beside;
    return true;
  }
  PQfinish(beside);
  return false;
}

void copy_streams_close(struct copy_streams *streams) {
  PQfreemem(streams->message);
  for (size_t i = 1; i < streams->count; i++)
    PQfinish(streams->connections[i]);
  *streams = (struct copy_streams){0};
}

static bool failed(const struct copy_streams *streams, size_t stream, const PGresult *result, struct error *error) {
  return db_error_from_result(result, streams->connections[stream], false, error);
}

bool copy_streams_start(struct copy_streams *streams, size_t stream, const char *sql, struct error *error) {
  PGresult *result = PQexec(streams->connections[stream], sql);
  bool good = PQresultStatus(result) == PGRES_COPY_OUT || failed(streams, stream, result, error);
  PQclear(result);
  return good;
}

/* Takes what follows the last message: the statement's own result. */
static bool finish(struct copy_streams *streams, size_t stream, struct error *error) {
  bool good = true;
  streams->ended[stream] = true;
  for (PGresult *result; (result = PQgetResult(streams->connections[stream])) != NULL; PQclear(result))
    if (good && PQresultStatus(result) != PGRES_COMMAND_OK)
      good = failed(streams, stream, result, error);
  return good;
}

/* Waits until a stream that goes on has something, and reads what is there. */
static bool wait_for_any(struct copy_streams *streams, struct error *error) {
  struct pollfd polled[COPY_STREAMS_MAX];
  for (size_t i = 0; i < streams->count; i++)
    polled[i] = (struct pollfd){.fd = streams->ended[i] ? -1 : PQsocket(streams->connections[i]), .events = POLLIN};
  if (poll(polled, streams->count, -1) < 0)
    return interrupt_check(error);
  for (size_t i = 0; i < streams->count; i++)
    if (polled[i].revents != 0 && PQconsumeInput(streams->connections[i]) != 1)
      return failed(streams, i, NULL, error);
  return interrupt_check(error);
}

/* The stream at which to go on: the current one as long as it has something. */
static bool take(struct copy_streams *streams, size_t *length, struct error *error) {
  for (size_t tried = 0; tried < streams->count; tried++) {
    size_t stream = streams->current;
    int got = streams->ended[stream] ? 0 : PQgetCopyData(streams->connections[stream], &streams->message, 1);
    *length = got > 0 ? (size_t)got : 0;
    if (got > 0)
      return true;
    if (got == -2)
      return failed(streams, stream, NULL, error);
    if (got == -1 && !finish(streams, stream, error))
      return false;
    streams->current = (stream + 1) % streams->count;
  }
  return true;
}

bool copy_streams_next(struct copy_streams *streams, const char **bytes, size_t *length, struct error *error) {
  PQfreemem(streams->message);
  streams->message = NULL;
  for (;;) {
    bool all_ended = true;
    if (!take(streams, length, error))
      return false;
    for (size_t i = 0; i < streams->count; i++)
      all_ended = all_ended && streams->ended[i];
    *bytes = *length > 0 ? streams->message : NULL;
    if (*length > 0 || all_ended)
      return true;
    if (!wait_for_any(streams, error))
      return false;
  }
}
