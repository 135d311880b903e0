/* What a table asks for: dimensions, measure, filter, as-of and known-at. */
#ifndef RECTRACK_REPORTS_CUT_H
#define RECTRACK_REPORTS_CUT_H

#include "core/date.h"
#include "core/error.h"
#include "core/language.h"
#include "core/register.h"
#include "reports/dimension.h"
#include "reports/filter.h"

#include <stdbool.h>
#include <stddef.h>

#define CUT_DIMENSIONS_MAX 2

enum measure {
  MEASURE_COUNT,       /* pairs (State, recommendation) */
  MEASURE_ROW_PERCENT, /* of the row's pairs */
  MEASURE_COLUMN_PERCENT,
  MEASURE_TOTAL_PERCENT,
  MEASURE_STATES,          /* different States */
  MEASURE_RECOMMENDATIONS, /* different recommendations */
  MEASURE_SCORE,           /* mean weight of the levels that have one */
};

enum cut_layout { LAYOUT_WIDE, LAYOUT_LONG /* row, column, value */ };

struct preset;

struct cut {
  const struct preset *preset; /* what the report's name stands for */
  char *title;                 /* owned */
  const struct dimension *rows[CUT_DIMENSIONS_MAX];
  size_t row_count;
  const struct dimension *columns[CUT_DIMENSIONS_MAX];
  size_t column_count;
  enum measure measure;
  enum cut_layout layout;
  char *where; /* as written, owned; NULL: everything */
  struct filter *filter;
  day as_of;
  moment known_at;      /* MOMENT_NONE: now */
  enum level_kind kind; /* reported, assessed, or both: the newest of either */
  bool include_non_parties;
  const struct language *language; /* NULL: English */
};

void cut_free(struct cut *cut);
#define AUTO_CUT __attribute__((cleanup(cut_free)))

/* One or two dimensions separated by a comma. ERROR_USAGE with the nearest name. */
bool cut_set_rows(struct cut *cut, const char *names, struct error *error) __attribute__((nonnull));
bool cut_set_columns(struct cut *cut, const char *names, struct error *error) __attribute__((nonnull));
/* "count", "row-percent", … */
bool cut_set_measure(struct cut *cut, const char *name, struct error *error) __attribute__((nonnull));
const char *measure_name(enum measure measure);
bool cut_set_where(struct cut *cut, const char *condition, struct error *error) __attribute__((nonnull));

#endif
