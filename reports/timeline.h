/*
 * The populations of several days from one stream of records: what trends and comparisons are made from.
 *
 * Every record of a pair comes, the newest first, and is the pair's newest on each day up to which nothing newer was
 * met.  One byte a pair and day is kept.
 */
#ifndef RECTRACK_REPORTS_TIMELINE_H
#define RECTRACK_REPORTS_TIMELINE_H

#include "core/db.h"
#include "core/error.h"
#include "reports/population.h"
#include "reports/scope.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Fills populations[i] for scopes[i], whose days go up and which share all but the day.  Inside the caller's snapshot;
 * the caller frees the populations, in every case.
 */
bool timeline_load(struct db *db, const struct scope *scopes, size_t count, struct population_options options,
                   struct population *populations, struct error *error) __attribute__((nonnull));

#endif
