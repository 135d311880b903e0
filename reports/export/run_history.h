/* The rows that runs of export jobs leave in the database (sql/migrations: export_run). */
#ifndef RECTRACK_REPORTS_EXPORT_RUN_HISTORY_H
#define RECTRACK_REPORTS_EXPORT_RUN_HISTORY_H

#include "core/base/error.h"
#include "core/database/db.h"
#include "reports/export/job.h"
#include "reports/grid/grid.h"

#include <stdbool.h>
#include <stdint.h>

/* How a run ended. */
struct run_end {
  const char *outcome; /* "published", "unchanged", "failed" */
  int exit_code;
  const char *message; /* NULL: nothing to say; likewise below */
  const char *set;
  int32_t position;
  uint64_t files, rows, bytes;
  const char *manifest_sha256;
};

/* Notes that a run begins, and gives its number. Where the run before it was interrupted, `interrupted` gets to know
 * which. */
bool run_history_begin(struct db *db, const struct job *job, int64_t *run, struct text *interrupted,
                       struct error *error) __attribute__((nonnull));
/* Notes how it ended. */
bool run_history_end(struct db *db, int64_t run, const struct run_end *end, struct error *error)
    __attribute__((nonnull));

/* The runs, the newest first. `job` NULL: of all jobs. The caller frees the grid. */
bool run_history_list(struct db *db, const char *job, struct grid **grid, struct error *error)
    __attribute__((nonnull(1, 3, 4)));

#endif
