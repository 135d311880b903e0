/* The status records themselves as a table, in the columns that "import status" reads. */
#ifndef RECTRACK_REPORTS_LISTING_RECORDS_H
#define RECTRACK_REPORTS_LISTING_RECORDS_H

#include "core/base/error.h"
#include "core/database/db.h"
#include "reports/grid/grid.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * The records that batches after the ledger position `after` (0: all) brought and that count at `known`: see
 * reports/listing/cursor.h.
 */
bool records_make(struct db *db, int32_t after, int32_t known, struct grid **grid, struct error *error)
    __attribute__((nonnull));

#endif
