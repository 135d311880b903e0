/* The keys of a job file: one table. */
#ifndef RECTRACK_REPORTS_EXPORT_JOB_KEYS_H
#define RECTRACK_REPORTS_EXPORT_JOB_KEYS_H

#include "core/base/ini.h"
#include "reports/export/job.h"

#include <stdbool.h>

/* Where a key may stand. */
enum job_key_place { IN_JOB = 1, IN_REPORT = 2, IN_BOTH = 3 };

struct job_key {
  const char *name;
  enum job_key_place place;
  bool lines; /* its value may go on over several lines, because a wrong continuation would be noticed */
  /* `report` is the table, or the job's common settings. ERROR_CONFIG. NULL: a word of the table's cut. */
  bool (*set)(struct job *job, struct job_report *report, const struct ini_entry *entry, struct error *error);
};

/* The key of a name at a place; NULL with ERROR_CONFIG and the nearest one. */
const struct job_key *job_key_find(const char *name, enum job_key_place place, struct error *error)
    __attribute__((nonnull));

/* Sets one key. */
bool job_key_set(const struct job_key *key, struct job *job, struct job_report *report, const struct ini_entry *entry,
                 struct error *error) __attribute__((nonnull));

/* The next item of a list whose items are separated by commas or spaces; false at its end. *at begins at the list. */
bool job_list_next(const char **at, const char **item, size_t *length) __attribute__((nonnull));

/* Job's and tables' names become names of folders, files and units. */
bool job_name_is_good(const char *name, size_t length) __attribute__((nonnull));

#endif
