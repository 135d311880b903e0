/* From a cut to a finished grid: scope, population, counting, heads, totals, facts and notes. */
#ifndef RECTRACK_REPORTS_TABLE_REPORT_H
#define RECTRACK_REPORTS_TABLE_REPORT_H

#include "core/base/error.h"
#include "core/database/db.h"
#include "reports/grid/grid.h"
#include "reports/table/cut.h"

#include <stdbool.h>

/*
 * Makes the table.  Everything is read in the snapshot of the caller's transaction (db_begin with DB_READ_SNAPSHOT), so
 * that several tables can be made of one state of the database.  The caller frees the grid.
 */
bool report_make(struct db *db, const struct cut *cut, struct grid **grid, struct error *error)
    __attribute__((nonnull));

#endif
