/*
 * A table whose rows come from a cursor of the database as they are asked for: however many there are, only some
 * thousands are in memory.
 */
#ifndef RECTRACK_REPORTS_LISTING_CURSOR_H
#define RECTRACK_REPORTS_LISTING_CURSOR_H

#include "core/base/error.h"
#include "core/database/db.h"
#include "reports/grid/grid.h"

#include <stdbool.h>

/*
 * The rows of a query (of the catalogue of statements), with its columns.  Inside the caller's transaction, or in a
 * snapshot of its own that ends with the grid; one such grid at a time.  The caller frees the grid before the
 * transaction ends.  What fails while rows are asked for is told by grid_check, which render_write asks.
 */
bool cursor_grid(struct db *db, const char *query, const struct db_params *params, const char *title,
                 struct grid **grid, struct error *error) __attribute__((nonnull(1, 2, 3, 5, 6)));

#endif
