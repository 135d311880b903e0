/*
 * Which sets of a job are kept, in the sense of restic's policies
 * (https://restic.readthedocs.io/en/stable/060_forget.html#removing-snapshots-according-to-a-policy):
 *
 *   keep_last N      the N newest sets
 *   keep_daily N     of each of the last N days that have a set, the newest set; so for ISO weeks, months and years
 *
 * A set is kept when one of the words keeps it.  Where there are fewer days (weeks, …) with a set than asked for, the
 * oldest set is kept too.  Days are those of UTC, as in the sets' names.  Without any word everything is kept, and the
 * newest good set is kept always.
 */
#ifndef RECTRACK_REPORTS_EXPORT_RETENTION_H
#define RECTRACK_REPORTS_EXPORT_RETENTION_H

#include "core/base/error.h"
#include "core/base/text.h"
#include "reports/export/job.h"
#include "reports/export/publish.h"

#include <stdbool.h>
#include <stddef.h>

/* Why a set is kept: a bit 1 << enum keep_word for each word that keeps it. */
#define KEPT_NEWEST (1u << KEEP_WORDS) /* the newest good one */
#define KEPT_ALWAYS (2u << KEEP_WORDS) /* nothing says that sets may be removed */
#define KEPT_BROKEN (4u << KEEP_WORDS) /* not a whole set: it is for people to look at */

struct retention {
  const struct set_name *set;
  bool good;    /* has its manifest and all files of it, in the right size */
  unsigned why; /* 0: it may be removed */
};

/* Decides about all sets of a job's folder. The caller frees the array, whose sets are the list's. */
struct retention *retention_of(const char *folder, const int keep[static KEEP_WORDS], const struct set_list *list)
    __attribute__((nonnull, returns_nonnull));

/* Decides about sets (the newest first) by `keep`, a number for each keep_word. `good` is filled by the caller. */
void retention_decide(const int keep[static KEEP_WORDS], struct retention *sets, size_t count)
    __attribute__((nonnull(1)));

/* Adds the reasons: "last, weekly". */
void retention_reasons(unsigned why, struct text *out) __attribute__((nonnull));

/* Whether a set has its manifest and all of its files in the right size; their hashes are for `export verify`. */
bool retention_is_good(const char *folder, const char *set) __attribute__((nonnull));

#endif
