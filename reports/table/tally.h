/* Counting the pairs of populations into the cells of a table, with totals on both sides. */
#ifndef RECTRACK_REPORTS_TABLE_TALLY_H
#define RECTRACK_REPORTS_TABLE_TALLY_H

#include "reports/counting/axis.h"
#include "reports/counting/population.h"
#include "reports/table/cut.h"

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

/* True when the place is shown: it has a pair, or its dimensions show all members. */
bool side_shows(const struct side *side, size_t place);
const struct member *side_member(const struct side *side, size_t place, size_t axis);
/* False when it lists days, which can't be added up. */
bool side_adds_up(const struct side *side);

/* One kind of figure over the whole table. */
struct figures {
  int64_t *cells, *row_totals, *column_totals; /* cells row by row; NULL when not wanted */
  int64_t total;
};

/* Stands for all rows, or all columns. */
#define ALL_PLACES SIZE_MAX

/* What is counted over one population, or over those of all days that the table lists. */
struct layer {
  struct figures counts;   /* pairs, States or recommendations; a total counts each once, whatever it belongs to */
  struct figures weights;  /* of scores: sums in hundredths */
  struct figures answered; /* as counts, of pairs with a record: for response rates */
  uint64_t pairs;          /* that the filter let through */
};

/* Where a table compares two days, LAYER_THEN has the earlier one. */
enum { LAYER_NOW, LAYER_THEN, LAYERS };

struct tally {
  struct side rows, columns;
  struct layer layers[LAYERS];
};

/*
 * Counts.  `cut` gives dimensions, measure and filter, which is bound to the populations' scopes: those of all days
 * that the table lists, or, where it compares, the earlier one and the later one.
 */
void tally_count(struct tally *tally, const struct cut *cut, const struct population *populations, size_t count);
void tally_free(struct tally *tally);

/* A figure of a cell, a row (column ALL_PLACES), a column (row ALL_PLACES) or the whole. */
int64_t tally_figure(const struct tally *tally, const struct figures *figures, size_t row, size_t column);

#endif
