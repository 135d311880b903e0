/* The rows of batches as their canonical form has them (core/ledger/batch.h), read from the database. */
#ifndef RECTRACK_CORE_LEDGER_LEDGER_ROWS_H
#define RECTRACK_CORE_LEDGER_LEDGER_ROWS_H

#include "core/base/error.h"
#include "core/database/db.h"
#include "core/ledger/batch.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A value in canonical form; `bytes` NULL is NULL. Valid during the call that gets it. */
struct ledger_value {
  const char *bytes;
  size_t length;
};

/* Takes one row. False, with the error filled, ends the reading. */
typedef bool ledger_row_sink(void *context, int32_t batch_id, const struct ledger_value *values, size_t count,
                             struct error *error);

/*
 * Reads all rows of a table by rising batch; those of a numbered table by rising number.  Inside a transaction.
 */
bool ledger_rows(struct db *db, enum content_table table, ledger_row_sink *sink, void *context, struct error *error)
    __attribute__((nonnull(1, 3, 5)));

/* The columns of verify_batches.sql: those of a batch, in the order in which they are hashed, and its hash. */
enum batch_column {
  BATCH_POSITION,
  BATCH_ID,
  BATCH_KIND,
  BATCH_SUMMARY,
  BATCH_NOTICE,
  BATCH_FILE_NAME,
  BATCH_FILE_SHA256,
  BATCH_RECORDED_AT,
  BATCH_RECORDED_BY,
  BATCH_OS_USER,
  BATCH_TOOL_VERSION,
  BATCH_CONTENT,
  BATCH_PREVIOUS,
  BATCH_SHA256,
};

#endif
