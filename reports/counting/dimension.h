/*
 * The dimensions of a table: one table of data.  A dimension looks at the State, the recommendation or the newest
 * record of a pair, and gives the code of the member that the pair belongs to.  Adding one is one row here and one
 * test.
 */
#ifndef RECTRACK_REPORTS_COUNTING_DIMENSION_H
#define RECTRACK_REPORTS_COUNTING_DIMENSION_H

#include "core/base/error.h"
#include "core/base/text.h"
#include "reports/counting/scope.h"

#include <stdbool.h>
#include <stddef.h>

enum dimension_looks_at {
  LOOKS_AT_STATE,
  LOOKS_AT_RECOMMENDATION,
  LOOKS_AT_RECORD,
  LOOKS_AT_DAY, /* which of the days that the table speaks of */
};

enum dimension_flags {
  MANY_MEMBERS = 1, /* a pair may belong to several members (articles, themes) */
  ALL_SHOWN = 2,    /* members without any pair are shown too (levels) */
  AS_LISTED = 4,    /* in the order of the register, the documents or the scale; otherwise by code */
  BY_DAY = 8,       /* a recommendation may have another member on another day */
  AS_ADOPTED = 16,  /* in the order of the days of adoption */
};

struct dimension {
  const char *name;  /* "regional_group" */
  const char *label; /* "Regional group" */
  const char *none;  /* label of the member `none`: what has no value */
  enum dimension_looks_at looks_at;
  unsigned flags;
  /* What the codes look like where members are known only when records were met: conditions are checked by it. */
  const char *form;           /* of a date, such as "YYYY-MM"; NULL: none */
  const char *const *choices; /* all codes, ended by NULL; NULL: any */
  /*
   * Adds code and label (the label only where it differs) of the number-th member that a pair belongs to.  False when
   * there are no more; a pair without any belongs to `none`.  Only what the dimension looks at is filled in `pair`.
   */
  bool (*member)(const struct scope *scope, const struct pair *pair, size_t number, struct text *code,
                 struct text *label);
};

extern const struct dimension dimensions[];
extern const size_t dimension_count;

/* By name; NULL with ERROR_USAGE and the nearest one. */
const struct dimension *dimension_find(const char *name, size_t length, struct error *error);

#endif
