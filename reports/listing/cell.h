/*
 * One State and one recommendation: the records behind their cell, which of them counts in a table, and why the others
 * don't; and all that ever happened to them.
 */
#ifndef RECTRACK_REPORTS_LISTING_CELL_H
#define RECTRACK_REPORTS_LISTING_CELL_H

#include "core/base/error.h"
#include "core/database/db.h"
#include "reports/grid/grid.h"
#include "reports/table/cut.h"

#include <stdbool.h>

/* `state` is an alpha-3 code, `reference` a full reference. */
struct cell {
  const char *state;
  const char *reference;
};

/*
 * The records, newest first, each with whether it counts in a table of the cut's as-of, known-at and kind, or why not.
 * Inside the caller's snapshot; the caller frees the grid.
 */
bool cell_records(struct db *db, const struct cell *cell, const struct cut *cut, struct grid **grid,
                  struct error *error) __attribute__((nonnull));

/* What happened to the records, in the order of the ledger: recorded, amended, withdrawn, undone; who, when and why. */
bool cell_history(struct db *db, const struct cell *cell, struct grid **grid, struct error *error)
    __attribute__((nonnull));

#endif
