/* A cross-tabulation: heads, rows, totals, and notes about the measure. */
#ifndef RECTRACK_REPORTS_TABLE_CROSSTAB_H
#define RECTRACK_REPORTS_TABLE_CROSSTAB_H

#include "core/base/error.h"
#include "core/database/db.h"
#include "reports/grid/grid.h"
#include "reports/table/cut.h"
#include "reports/table/material.h"

#include <stdbool.h>

/* What a preset's `fill` does. */
bool crosstab_report(struct db *db, const struct cut *cut, struct material *material, struct grid *grid,
                     struct error *error) __attribute__((nonnull));

#endif
