/*
 * From what a row of a status file says to numbers: State, recommendation, level, dates, response.  What was looked up
 * once is remembered by its spelling, so that a million rows cost a hash look-up each.
 */
#ifndef RECTRACK_CORE_RECORD_STATUS_RESOLVE_H
#define RECTRACK_CORE_RECORD_STATUS_RESOLVE_H

#include "core/base/error.h"
#include "core/csv/csv.h"
#include "core/database/db.h"
#include "core/ledger/batch.h"
#include "core/recommendation/recommendation.h"
#include "core/record/status_chunk.h"
#include "core/register/register.h"
#include "core/rows/import_rows.h"

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
  STATUS_ID, /* of `list records`; never read */
  STATUS_COLUMNS
};
extern const struct csv_column status_columns[STATUS_COLUMNS];

struct status_resolver;

/* Loads register and recommendations. `document` (NULL: none) is the symbol under which bare places are looked up. */
bool status_resolver_new(struct db *db, const char *document, struct status_resolver **resolver, struct error *error)
    __attribute__((nonnull(1, 3, 4)));
void status_resolver_free(struct status_resolver **resolver);
#define AUTO_STATUS_RESOLVER __attribute__((cleanup(status_resolver_free)))

/* Counts, of the rows so far, those that people are told to look at again: `superseded`, `early`, `to_come` and
 * `outside`. */
void status_resolver_remarks(const struct status_resolver *resolver, struct import_summary *summary)
    __attribute__((nonnull));

/* The current row; texts and responses go to the chunk. False when it is refused: its faults were told to `rows`. */
bool status_resolve(struct status_resolver *resolver, struct import_rows *rows, struct status_chunk *chunk,
                    struct status_row *row) __attribute__((nonnull));

#endif
