/* What a table is made from: the days that it speaks of, and the population of each. */
#ifndef RECTRACK_REPORTS_TABLE_MATERIAL_H
#define RECTRACK_REPORTS_TABLE_MATERIAL_H

#include "core/base/error.h"
#include "core/database/db.h"
#include "reports/counting/population.h"
#include "reports/counting/scope.h"
#include "reports/table/cut.h"

#include <stdbool.h>
#include <stddef.h>

struct material {
  struct scope *scopes; /* by day, going up; they share all but the day */
  struct population *populations;
  size_t count; /* at least 1 */
};

/*
 * Loads what a cut asks for, in the snapshot of the caller's transaction, and binds its filter.  The days are the as-of
 * day; before it the day to compare with, or the first day of a report on a time; or the ends of all years, where the
 * table lists them.
 */
bool material_load(struct db *db, const struct cut *cut, struct material **material, struct error *error)
    __attribute__((nonnull));
/* Also a release function for grid_keep. */
void material_free(void *material);
void material_drop(struct material **material);
#define AUTO_MATERIAL __attribute__((cleanup(material_drop)))

/* The as-of day's. */
const struct scope *material_scope(const struct material *material) __attribute__((nonnull, returns_nonnull));
struct population *material_population(const struct material *material) __attribute__((nonnull, returns_nonnull));

#endif
