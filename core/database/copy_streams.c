/* COPY out over one or two connections at once. */
#include "core/database/copy_streams.h"

#include "core/base/interrupt.h"
#include "core/base/memory.h"
#include "core/base/text.h"
#include "core/database/db_connect.h"
#include "core/database/db_error.h"

#include <poll.h>
#include <stdlib.h>

void copy_streams_open(struct db *db, struct copy_streams *streams) {
  *streams = (struct copy_streams){.streams = {{.connection = db_connection(db)}}, .count = 1};
}

void copy_streams_ask(struct copy_streams *streams, const char *sql) {
  if (streams->statement_count == COPY_STATEMENTS_MAX)
    abort(); /* more statements are a fault of the program */
  streams->statements[streams->statement_count++] = memory_string(sql);
}

void copy_streams_close(struct copy_streams *streams) {
  PQfreemem(streams->message);
  for (size_t i = 1; i < streams->count; i++)
    PQfinish(streams->streams[i].connection);
  for (size_t i = 0; i < streams->statement_count; i++)
    free(streams->statements[i]);
  *streams = (struct copy_streams){0};
}

static bool failed(const struct copy_stream *stream, const PGresult *result, struct error *error) {
  return db_error_from_result(result, stream->connection, false, error);
}

/* ---- beginning ----------------------------------------------------------- */

/* Gives an idle connection the next statement, where there is one. */
static bool begin_next(struct copy_streams *streams, struct copy_stream *stream, struct error *error) {
  if (streams->statements_begun == streams->statement_count)
    return true;
  if (PQsendQuery(stream->connection, streams->statements[streams->statements_begun++]) != 1)
    return failed(stream, NULL, error);
  stream->state = COPY_STREAM_ASKED;
  return true;
}

static bool run(PGconn *connection, const char *sql) {
  PGresult *result = PQexec(connection, sql);
  bool good = PQresultStatus(result) == PGRES_COMMAND_OK;
  PQclear(result);
  return good;
}

bool copy_streams_begin_beside(struct copy_streams *streams, const char *snapshot, struct error *error) {
  PGconn *beside = db_connect_beside(streams->streams[0].connection);
  AUTO_TEXT struct text sql = {0};
  text_add_format(&sql, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET TRANSACTION SNAPSHOT '%s'", snapshot);
  if (PQstatus(beside) != CONNECTION_OK || !run(beside, text_string(&sql))) {
    PQfinish(beside);
    return interrupt_check(error);
  }
  struct copy_stream *stream = &streams->streams[streams->count++];
  stream->connection = beside;
  return interrupt_check(error) && begin_next(streams, stream, error);
}

/* ---- reading ------------------------------------------------------------- */

/* The server's answer to a statement, or what follows its last message. */
static bool take_result(struct copy_stream *stream, struct error *error) {
  PGresult *result = PQgetResult(stream->connection);
  ExecStatusType status = PQresultStatus(result);
  bool good = true;
  if (result == NULL)
    stream->state = COPY_STREAM_IDLE;
  else if (status == PGRES_COPY_OUT)
    stream->state = COPY_STREAM_COPIES;
  else if (status != PGRES_COMMAND_OK)
    good = failed(stream, result, error);
  PQclear(result);
  return good;
}

/* Goes on with one connection as far as nothing has to be waited for, up to a message; *length is 0 without one. */
static bool advance(struct copy_streams *streams, struct copy_stream *stream, size_t *length, struct error *error) {
  int got = -1;
  *length = 0;
  while (got < 0) {
    switch (stream->state) {
    case COPY_STREAM_IDLE:
      if (!begin_next(streams, stream, error))
        return false;
      if (stream->state == COPY_STREAM_IDLE)
        return true;
      break;
    case COPY_STREAM_ASKED:
      if (PQisBusy(stream->connection))
        return true;
      if (!take_result(stream, error))
        return false;
      break;
    case COPY_STREAM_COPIES:
      got = PQgetCopyData(stream->connection, &streams->message, 1);
      if (got == -2)
        return failed(stream, NULL, error);
      if (got == -1)
        stream->state = COPY_STREAM_ASKED;
      break;
    }
  }
  *length = (size_t)got;
  return true;
}

/* Waits until a connection that is at work has something, and reads what is there. */
static bool wait_for_any(struct copy_streams *streams, struct error *error) {
  struct pollfd polled[COPY_STREAMS_MAX];
  for (size_t i = 0; i < streams->count; i++) {
    const struct copy_stream *stream = &streams->streams[i];
    bool works = stream->state != COPY_STREAM_IDLE;
    polled[i] = (struct pollfd){.fd = works ? PQsocket(stream->connection) : -1, .events = POLLIN};
  }
  if (poll(polled, streams->count, -1) < 0)
    return interrupt_check(error);
  for (size_t i = 0; i < streams->count; i++)
    if (polled[i].revents != 0 && PQconsumeInput(streams->streams[i].connection) != 1)
      return failed(&streams->streams[i], NULL, error);
  return interrupt_check(error);
}

static bool all_idle(const struct copy_streams *streams) {
  for (size_t i = 0; i < streams->count; i++)
    if (streams->streams[i].state != COPY_STREAM_IDLE)
      return false;
  return true;
}

bool copy_streams_next(struct copy_streams *streams, const char **bytes, size_t *length, struct error *error) {
  PQfreemem(streams->message);
  streams->message = NULL;
  for (;;) {
    /* the current connection as long as it has something */
    for (size_t tried = 0; tried < streams->count; tried++) {
      if (!advance(streams, &streams->streams[streams->current], length, error))
        return false;
      if (*length > 0) {
        *bytes = streams->message;
        return true;
      }
      streams->current = (streams->current + 1) % streams->count;
    }
    if (all_idle(streams)) {
      *bytes = NULL;
      return true;
    }
    if (!wait_for_any(streams, error))
      return false;
  }
}
