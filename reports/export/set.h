/* Making the files of a set: all tables of a job, out of one snapshot of the database. */
#ifndef RECTRACK_REPORTS_EXPORT_SET_H
#define RECTRACK_REPORTS_EXPORT_SET_H

#include "core/base/error.h"
#include "core/database/db.h"
#include "reports/export/job.h"
#include "reports/export/manifest.h"

#include <stdbool.h>

struct set_request {
  day as_of;                       /* DAY_NONE: as the job says */
  moment known_at;                 /* MOMENT_NONE: now */
  const struct manifest *previous; /* the set before; NULL: none. "since = last" begins behind its ledger position. */
};

/* Writes all files of a job's set into a folder and fills the manifest, which the caller frees in every case. */
bool set_make(struct db *db, const struct job *job, const struct set_request *request, const char *folder,
              struct manifest *manifest, struct error *error) __attribute__((nonnull));

/*
 * Makes the files of a set again, as the manifest says, and compares them: each that has other bytes than the manifest
 * says goes to the sink as ERROR_FOUND.  `folder` is empty and for the files, which are left there.
 */
bool set_reproduce(struct db *db, const struct manifest *manifest, const char *folder, error_sink *finding,
                   void *context, size_t *findings, struct error *error) __attribute__((nonnull(1, 2, 3, 4, 6, 7)));

#endif
