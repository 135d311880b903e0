/*
 * The records that count on a day and at a ledger position, as one stream: the States one after the other, in no order,
 * for a big table is read over two connections; of each the recommendations one after the other, the newest record of
 * each pair first.  The statement is made so that the key's index alone, read backwards, answers it.
 */
#ifndef RECTRACK_REPORTS_COUNTING_RECORD_STREAM_H
#define RECTRACK_REPORTS_COUNTING_RECORD_STREAM_H

#include "core/base/date.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/database/db.h"
#include "core/register/register.h"

#include <stdbool.h>
#include <stdint.h>

struct record_query {
  enum level_kind kind; /* LEVEL_BOTH: the newest of either */
  day as_of;            /* records that speak of a later day don't count */
  int32_t position;     /* nor do those recorded, or withdrawn, by batches of a later position */
  bool history;         /* every record of a pair, not the newest alone */
  bool kinds;           /* read the kind too; likewise below */
  bool channels;
  bool revs; /* for record_stream_write alone: with state_id, rec_id, as_of and kind, the key of the record */
};

struct stream_record {
  int state_id;
  int32_t rec_id;
  int level_id;
  day as_of;
  int kind;    /* the query's when not asked for */
  int channel; /* index in record_channels; -1 when not said or not asked for */
};

typedef void record_sink(void *context, const struct stream_record *record);

/*
 * Opens the stream inside the caller's snapshot.  Where there are many records a second connection begins to read them
 * at once, while the caller uses its own for what else a table needs; record_stream_read then takes that one too.
 */
struct record_stream;
bool record_stream_open(struct db *db, const struct record_query *query, struct record_stream **stream,
                        struct error *error) __attribute__((nonnull));
/* Reads it to its end, once. */
bool record_stream_read(struct record_stream *stream, record_sink *sink, void *context, struct error *error)
    __attribute__((nonnull(1, 2, 4)));
void record_stream_close(struct record_stream **stream);
#define AUTO_RECORD_STREAM __attribute__((cleanup(record_stream_close)))

/* Adds the statement that gives the records one by one: what --explain shows. */
bool record_stream_write(struct db *db, const struct record_query *query, struct text *sql, struct error *error)
    __attribute__((nonnull));

#endif
