/*
 * COPY … TO STDOUT over one or two connections at once: the caller's, and one beside it that reads in the snapshot of
 * its transaction, so that two processors of the server share the work.
 */
#ifndef RECTRACK_CORE_DATABASE_COPY_STREAMS_H
#define RECTRACK_CORE_DATABASE_COPY_STREAMS_H

#include "core/base/error.h"
#include "core/database/db.h"

#include <stdbool.h>
#include <stddef.h>

#define COPY_STREAMS_MAX 2

struct copy_streams {
  PGconn *connections[COPY_STREAMS_MAX]; /* the first is the caller's */
  size_t count;
  bool ended[COPY_STREAMS_MAX];
  size_t current;
  char *message;
};

/* One stream, on `db`. */
void copy_streams_open(struct db *db, struct copy_streams *streams) __attribute__((nonnull));
/* A second one; `snapshot` is what pg_export_snapshot() gave on `db`. False where it can't be had, which is no error.
 */
bool copy_streams_add(struct copy_streams *streams, const char *snapshot) __attribute__((nonnull));
/* Closes the connection beside; the caller's stays. */
void copy_streams_close(struct copy_streams *streams) __attribute__((nonnull));
#define AUTO_COPY_STREAMS __attribute__((cleanup(copy_streams_close)))

/* Starts the COPY of one stream. */
bool copy_streams_start(struct copy_streams *streams, size_t stream, const char *sql, struct error *error)
    __attribute__((nonnull));

/* The next message of whichever stream has one; NULL at the end of all. Valid until the next call. */
bool copy_streams_next(struct copy_streams *streams, const char **bytes, size_t *length, struct error *error)
    __attribute__((nonnull));

#endif
