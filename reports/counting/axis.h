/* An axis: a dimension's members in the scopes of a table, in order, and which of them each pair belongs to. */
#ifndef RECTRACK_REPORTS_COUNTING_AXIS_H
#define RECTRACK_REPORTS_COUNTING_AXIS_H

#include "core/base/name_index.h"
#include "reports/counting/dimension.h"

#include <stdbool.h>
#include <stddef.h>

#define MEMBER_NONE "none" /* the code of what has no value */

struct member {
  char *code;
  char *label; /* the code again where the dimension has no labels */
};

struct axis {
  const struct dimension *dimension;
  struct member *members;
  size_t count, capacity;
  struct name_index *index; /* code to member */
  /* Element i of what the dimension looks at belongs to the members lists[from[i]] to lists[to[i] - 1].  Elements that
   * differ from day to day stand there once for each scope. */
  size_t elements; /* of one scope */
  size_t *from, *to;
  size_t *lists;
  size_t list_count, list_capacity;
};

/*
 * `scopes` are those of the days that the table speaks of, numbered from 0.  Members of States, recommendations and
 * levels are known at once; those of dates and channels when records were met.
 */
struct axis *axis_new(const struct scope *scopes, size_t scope_count, const struct dimension *dimension)
    __attribute__((returns_nonnull));
void axis_free(struct axis **axis);
#define AUTO_AXIS __attribute__((cleanup(axis_free)))

/* True when members come from the records, so that every pair must be met before axis_order. */
bool axis_needs_records(const struct axis *axis);
void axis_meet(struct axis *axis, const struct scope *scope, const struct pair *pair);
/* Puts the members into their order. Once, before axis_members. */
void axis_order(struct axis *axis);

/* The members that a pair belongs to; valid until the next call. */
const size_t *axis_members(struct axis *axis, const struct scope *scope, const struct pair *pair, size_t *count);

#endif
