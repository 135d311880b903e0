/*
 * How levels look: their shades from the scales, and what stands for no response and for "not asked".
 */
#ifndef RECTRACK_REPORTS_TABLE_SHADE_H
#define RECTRACK_REPORTS_TABLE_SHADE_H

#include "reports/counting/scope.h"
#include "reports/grid/grid.h"

#include <stddef.h>

/*
 * Adds a shade for each level of the register, in its order, then those of no response and of "not asked".  Codes and
 * labels are those of the dimension `level`.  `numbers` receives the number of each level's shade; NULL: not wanted.
 */
void shade_levels(const struct scope *scope, struct grid *grid, size_t *numbers) __attribute__((nonnull(1, 2)));

#endif
