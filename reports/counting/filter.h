/*
 * What a table is restricted to, in the words of --where:
 *
 *   regional_group = "African States" and level in (implemented, planned) and not (ldc = yes or year in 2018..2020)
 *
 * Comparisons are =, !=, <, <=, >, >=, in (…), in FROM..TO (by code, numbers by size, dates by day); they are joined by
 * and, or, not and parentheses.  A value with a space or a sign stands in double quotes.  Values are codes or labels of
 * the dimension's members.
 */
#ifndef RECTRACK_REPORTS_COUNTING_FILTER_H
#define RECTRACK_REPORTS_COUNTING_FILTER_H

#include "core/base/error.h"
#include "core/base/text.h"
#include "reports/counting/axis.h"

#include <stdbool.h>

struct filter;

/* Reads a condition. ERROR_USAGE with the character at which it stops to make sense. The caller frees it. */
bool filter_parse(const char *condition, struct filter **out, struct error *error) __attribute__((nonnull));
void filter_free(struct filter **filter);
#define AUTO_FILTER __attribute__((cleanup(filter_free)))

/* Looks the dimensions' members up in the scopes of a table; a value that is none gets "did you mean". Before
 * filter_holds. */
bool filter_bind(struct filter *filter, const struct scope *scopes, size_t scope_count, struct error *error)
    __attribute__((nonnull));

bool filter_holds(struct filter *filter, const struct scope *scope, const struct pair *pair) __attribute__((nonnull));

/* True when it asks for something that `dimension` looks at (channel: the fast way of reading has no channels). */
bool filter_asks_for(const struct filter *filter, const char *dimension);

#endif
