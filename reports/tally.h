/* Counting the pairs of a population into the cells of a table, with totals on both sides. */
#ifndef RECTRACK_REPORTS_TALLY_H
#define RECTRACK_REPORTS_TALLY_H

#include "reports/axis.h"
#include "reports/cut.h"
#include "reports/population.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One or two axes on one side of a table; a place on it is first * second's count + second. */
struct side {
  struct axis *axes[CUT_DIMENSIONS_MAX];
  size_t axis_count;
  size_t places;
  bool *met; /* places with a pair */
};

void side_new(struct side *side, const struct scope *scope, const struct dimension *const *dimensions, size_t count);
void side_free(struct side *side);
/* True when the place is shown: it has a pair, or its dimensions show all members. */
bool side_shows(const struct side *side, size_t place);
const struct member *side_member(const struct side *side, size_t place, size_t axis);

/* The figures: `cells` row by row; a total counts each pair once, whatever number of members it belongs to. */
struct tally {
  struct side rows, columns;
  int64_t *cells, *row_totals, *column_totals, total;
  int64_t *cell_weights, *row_weights, *column_weights, total_weight; /* of scores: sums in hundredths */
  uint64_t pairs;                                                     /* that the filter let through */
};

/* Counts. `cut` gives measure and filter; the filter is bound to the scope. */
void tally_count(struct tally *tally, const struct cut *cut, const struct population *population);
void tally_free(struct tally *tally);

#endif
