/* The ratings matrix: a row a State, a letter a recommendation, and the day of the newest record. */
#ifndef RECTRACK_REPORTS_MATRIX_H
#define RECTRACK_REPORTS_MATRIX_H

#include "reports/cut.h"
#include "reports/grid.h"
#include "reports/population.h"

/* Adds heads, rows, total and legend. Gives the number of pairs shown. */
uint64_t matrix_fill(const struct cut *cut, const struct population *population, struct grid *grid);

#endif
