/* What is said about a table: what it speaks of, and how its population came about. */
#ifndef RECTRACK_REPORTS_TABLE_ABOUT_H
#define RECTRACK_REPORTS_TABLE_ABOUT_H

#include "core/base/error.h"
#include "core/database/db.h"
#include "reports/grid/grid.h"
#include "reports/table/cut.h"
#include "reports/table/material.h"

#include <stdbool.h>
#include <stdint.h>

/* The facts above the table. */
void about_facts(const struct cut *cut, const struct material *material, struct grid *grid);

/* The notes below it; `shown` pairs passed the filter. */
void about_population(const struct cut *cut, const struct material *material, uint64_t shown, struct grid *grid);

/* What batches ask every table to repeat ("illustrative data"). */
bool about_notices(struct db *db, const struct scope *scope, struct grid *grid, struct error *error);

#endif
