/* What a table asks for: dimensions, measure, filter, as-of and known-at. */
#ifndef RECTRACK_REPORTS_TABLE_CUT_H
#define RECTRACK_REPORTS_TABLE_CUT_H

#include "core/base/date.h"
#include "core/base/error.h"
#include "core/base/language.h"
#include "core/register/register.h"
#include "reports/counting/dimension.h"
#include "reports/counting/filter.h"

#include <stdbool.h>
#include <stddef.h>

#define CUT_DIMENSIONS_MAX 2
#define CUT_SHOWN_MAX      2

/* What is counted. */
enum cut_counted {
  COUNT_PAIRS,           /* (State, recommendation) */
  COUNT_STATES,          /* different States */
  COUNT_RECOMMENDATIONS, /* different recommendations */
  COUNT_WEIGHTS,         /* pairs whose level has a weight, for their mean: the score */
};

/* How it is shown. */
enum cut_shown { SHOW_NUMBER, SHOW_ROW_PERCENT, SHOW_COLUMN_PERCENT, SHOW_TOTAL_PERCENT };

enum cut_layout { LAYOUT_WIDE, LAYOUT_LONG /* row, column, value */ };

struct preset;

struct cut {
  const struct preset *preset; /* what the report's name stands for */
  char *title;                 /* owned; NULL: the preset's */
  const struct dimension *rows[CUT_DIMENSIONS_MAX];
  size_t row_count;
  const struct dimension *columns[CUT_DIMENSIONS_MAX];
  size_t column_count;
  enum cut_counted counted;
  enum cut_shown shown[CUT_SHOWN_MAX]; /* side by side */
  size_t shown_count;
  char *state;        /* that a profile is of, as written, owned; NULL: none */
  bool response_rate; /* and, at the end of each row, the share that answered */
  enum cut_layout layout;
  char *where; /* as written, owned; NULL: everything */
  struct filter *filter;
  day as_of;
  day compare;       /* the change since this day stands beside each figure; DAY_NONE: no */
  day from;          /* the first day of reports that speak of a time; DAY_NONE: they choose */
  moment known_at;   /* MOMENT_NONE: now */
  moment known_from; /* of the first day of a report on changes: what was known then; MOMENT_NONE: what is known now */
  enum level_kind kind; /* reported, assessed, or both: the newest of either */
  bool include_non_parties;
  const struct language *language; /* NULL: English */
  bool sources;                    /* load what stands behind the cells: for formats that show it */
};

void cut_free(struct cut *cut);
#define AUTO_CUT __attribute__((cleanup(cut_free)))

/* One or two dimensions separated by a comma. ERROR_USAGE with the nearest name. */
bool cut_set_rows(struct cut *cut, const char *names, struct error *error) __attribute__((nonnull));
bool cut_set_columns(struct cut *cut, const char *names, struct error *error) __attribute__((nonnull));
/* "count", "states,row-percent", …: what is counted, how it is shown, or both. */
bool cut_set_measure(struct cut *cut, const char *names, struct error *error) __attribute__((nonnull));
/* "row-percent" */
const char *cut_shown_name(enum cut_shown shown);
bool cut_set_where(struct cut *cut, const char *condition, struct error *error) __attribute__((nonnull));

/* True when a side of the table, or the filter, has the dimension. */
bool cut_asks_for(const struct cut *cut, const char *dimension) __attribute__((nonnull));
/* True when a side lists days (the dimension year_end). */
bool cut_lists_days(const struct cut *cut) __attribute__((nonnull));
/* True when the figures of a row share out one whole, so that there may be a picture of the table. */
bool cut_shares_out(const struct cut *cut) __attribute__((nonnull));
/* True when there can be one: its columns are levels too. */
bool cut_has_picture(const struct cut *cut) __attribute__((nonnull));

#endif
