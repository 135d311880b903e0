/* The ratings matrix: a row a State, a letter a recommendation, and the day of the newest record. */
#ifndef RECTRACK_REPORTS_TABLE_MATRIX_H
#define RECTRACK_REPORTS_TABLE_MATRIX_H

#include "reports/counting/population.h"
#include "reports/grid/grid.h"
#include "reports/table/material.h"

/* Adds heads, rows, total and legend. The rows are made from the population when they are asked for: it must stay as
 * long as the grid. Gives the number of pairs shown. */
uint64_t matrix_fill(struct population *population, struct grid *grid) __attribute__((nonnull));

/* What a preset's `fill` does. */
bool matrix_report(struct db *db, const struct cut *cut, struct material *material, struct grid *grid,
                   struct error *error) __attribute__((nonnull));

#endif
