/*
 * COPY … TO STDOUT of several statements over one or two connections at once: the caller's, and one beside it that
 * reads in the snapshot of its transaction, so that two processors of the server share the work.  Each connection takes
 * the next statement as soon as it is through with one.
 */
#ifndef RECTRACK_CORE_DATABASE_COPY_STREAMS_H
#define RECTRACK_CORE_DATABASE_COPY_STREAMS_H

#include "core/base/error.h"
#include "core/database/db.h"

#include <stdbool.h>
#include <stddef.h>

#define COPY_STREAMS_MAX    2
#define COPY_STATEMENTS_MAX 8

struct copy_stream {
  PGconn *connection;
  enum { COPY_STREAM_IDLE, COPY_STREAM_ASKED /* for a statement's result */, COPY_STREAM_COPIES } state;
};

struct copy_streams {
  struct copy_stream streams[COPY_STREAMS_MAX]; /* the first is the caller's */
  size_t count;
  size_t current;
  char *statements[COPY_STATEMENTS_MAX];
  size_t statement_count, statements_begun;
  char *message;
};

/* One stream, on `db`. */
void copy_streams_open(struct db *db, struct copy_streams *streams) __attribute__((nonnull));
/* A statement to be read, COPY_STATEMENTS_MAX at most, before any is begun. */
void copy_streams_ask(struct copy_streams *streams, const char *sql) __attribute__((nonnull));
/*
 * Opens the second connection and has it begin; `snapshot` is what pg_export_snapshot() gave on `db`.  The caller may
 * go on to use its own connection until copy_streams_next.  Where a second one can't be had, the caller's reads all.
 */
bool copy_streams_begin_beside(struct copy_streams *streams, const char *snapshot, struct error *error)
    __attribute__((nonnull));
/* Closes the connection beside; the caller's stays. */
void copy_streams_close(struct copy_streams *streams) __attribute__((nonnull));
#define AUTO_COPY_STREAMS __attribute__((cleanup(copy_streams_close)))

/* The next message of whichever statement has one; NULL at the end of all. Valid until the next call. */
bool copy_streams_next(struct copy_streams *streams, const char **bytes, size_t *length, struct error *error)
    __attribute__((nonnull));

#endif
