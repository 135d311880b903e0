/*
 * The status records themselves as a table, in the columns that "import status" reads.
 *
 * However many there are, only some thousands are in memory: the grid's rows come from a cursor as they are asked for.
 */
#ifndef RECTRACK_REPORTS_RECORDS_H
#define RECTRACK_REPORTS_RECORDS_H

#include "core/db.h"
#include "core/error.h"
#include "reports/grid.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * The records that batches after the ledger position `after` (0: all) brought and that count at `known`.  Inside the
 * caller's snapshot; one such grid at a time.  The caller frees the grid, and before that asks records_check whether
 * all rows could be read.
 */
bool records_make(struct db *db, int32_t after, int32_t known, struct grid **grid, struct error *error)
    __attribute__((nonnull));
bool records_check(const struct grid *grid, struct error *error) __attribute__((nonnull));

#endif
