/*
 * From what a row of a status file says to numbers: State, recommendation, level, dates, response.  What was looked up
 * once is remembered by its spelling, so that a million rows cost a hash look-up each.
 */
#ifndef RECTRACK_CORE_STATUS_RESOLVE_H
#define RECTRACK_CORE_STATUS_RESOLVE_H

#include "core/batch.h"
#include "core/csv.h"
#include "core/db.h"
#include "core/error.h"
#include "core/recommendation.h"
#include "core/register.h"
#include "core/status_chunk.h"

/* The columns of a status file. */
enum status_column {
  STATUS_STATE,
  STATUS_RECOMMENDATION,
  STATUS_LEVEL,
  STATUS_AS_OF,
  STATUS_KIND,
  STATUS_RECEIVED_ON,
  STATUS_CHANNEL,
  STATUS_SOURCE,
  STATUS_NOTE,
  STATUS_EVIDENCE,
  STATUS_LANGUAGE,
  STATUS_COLUMNS
};
extern const struct csv_column status_columns[STATUS_COLUMNS];

struct status_resolver;

/* Loads register and recommendations. `document` (NULL: none) is the symbol under which bare places are looked up. */
bool status_resolver_new(struct db *db, const char *document, struct status_resolver **resolver, struct error *error)
    __attribute__((nonnull(1, 3, 4)));
void status_resolver_free(struct status_resolver **resolver);
#define AUTO_STATUS_RESOLVER __attribute__((cleanup(status_resolver_free)))

/* The current row of the reader; texts go to the chunk. False with the problem, *bad being the column to blame. */
bool status_resolve(struct status_resolver *resolver, const struct csv_reader *reader, struct status_chunk *chunk,
                    struct status_row *row, enum status_column *bad, struct error *error) __attribute__((nonnull));

/*
 * Ends a chunk: the responses of its rows that were stored become rows of the batch.  Numbers only grow from chunk to
 * chunk, so a response whose rows were all there already is forgotten.
 */
void status_resolver_write_responses(struct status_resolver *resolver, const struct status_chunk *chunk,
                                     struct batch *batch) __attribute__((nonnull));

/* The responses of the chunk's rows: for the merge, which compares what they say. */
struct status_response {
  int32_t number;
  int16_t state_id;
  day received_on;
  const char *channel; /* NULL when not said */
  const char *source;
  bool used;    /* a stored row belongs to it */
  bool written; /* the batch has it */
};
const struct status_response *status_resolver_responses(const struct status_resolver *resolver, size_t *count)
    __attribute__((nonnull));

#endif
