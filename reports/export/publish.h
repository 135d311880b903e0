/*
 * Where a job's sets of files stand: a folder for each run, which appears whole, and a link to the newest.
 *
 *   DIRECTORY/JOB/2026-11-24T060000Z/   a set
 *   DIRECTORY/JOB/latest                a link to the newest
 *   DIRECTORY/JOB/.new, .old, .lock     a set that is being made or removed; the lock
 *
 * A set is made in .new and gets its name in one step, so that whoever reads the folder sees the old set or the new
 * one.  Whoever has the lock knows that .new and .old are what a killed run has left.
 */
#ifndef RECTRACK_REPORTS_EXPORT_PUBLISH_H
#define RECTRACK_REPORTS_EXPORT_PUBLISH_H

#include "core/base/date.h"
#include "core/base/error.h"
#include "core/base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A job's folder while its lock is held. */
struct publication {
  char *folder; /* DIRECTORY/JOB */
  char *making; /* FOLDER/.new; NULL: no set is being made */
  int lock;
};

/*
 * Makes the job's folder, takes its lock and removes what killed runs have left.  Waits at most `wait_seconds` for
 * another run: then ERROR_BUSY.  ERROR_CANNOT_CREATE where the folder can't be made or written.
 */
bool publish_lock(struct publication *publication, const char *directory, const char *job, int64_t wait_seconds,
                  struct error *error) __attribute__((nonnull));
/* Gives back the lock; a set that wasn't published is removed. */
void publish_release(struct publication *publication);
#define AUTO_PUBLICATION __attribute__((cleanup(publish_release)))

/* Makes the empty folder of a new set. */
bool publish_begin(struct publication *publication, struct error *error) __attribute__((nonnull));
/* Gives the name of a new set of a moment: later than those of all sets that are there. */
void publish_name(const struct publication *publication, moment at, struct text *set) __attribute__((nonnull));
/* Gives the set its name and leads `latest` to it. */
bool publish_commit(struct publication *publication, const char *set, struct error *error) __attribute__((nonnull));
/* Leads `latest` to a set, if it doesn't already. */
bool publish_latest(const struct publication *publication, const char *set, struct error *error)
    __attribute__((nonnull));
/* Removes a set, which disappears in one step. */
bool publish_remove(const struct publication *publication, const char *set, struct error *error)
    __attribute__((nonnull));

/* ---- looking ------------------------------------------------------------- */

struct set_name {
  char *name;
  moment at;
};

struct set_list {
  struct set_name *sets; /* the newest first */
  size_t count, capacity;
};

/* True when the name is one of a set; *at (may be NULL) is its moment. */
bool set_name_parse(const char *name, moment *at) __attribute__((nonnull(1)));

/* The sets in a job's folder; none where there is no such folder. The caller frees the list. */
bool set_list_read(const char *folder, struct set_list *list, struct error *error) __attribute__((nonnull));
void set_list_free(struct set_list *list);
#define AUTO_SET_LIST __attribute__((cleanup(set_list_free)))

#endif
