/* The figures of a cross-tabulation as a grid: heads, rows, totals, and notes about the measure. */
#ifndef RECTRACK_REPORTS_CROSSTAB_H
#define RECTRACK_REPORTS_CROSSTAB_H

#include "reports/cut.h"
#include "reports/grid.h"
#include "reports/tally.h"

void crosstab_fill(const struct tally *tally, const struct cut *cut, const struct scope *scope, struct grid *grid);

#endif
