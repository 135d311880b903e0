/* One run of an export job: a new set, or none where nothing has changed; its row in the database; its hooks. */
#ifndef RECTRACK_REPORTS_EXPORT_RUN_H
#define RECTRACK_REPORTS_EXPORT_RUN_H

#include "core/base/error.h"
#include "core/database/db.h"
#include "reports/export/job.h"
#include "reports/export/publish.h"
#include "reports/export/run_history.h"

#include <stdbool.h>

struct run_request {
  day as_of;       /* DAY_NONE: as the job says */
  moment known_at; /* MOMENT_NONE: now */
};

/* What came of it. */
struct run_result {
  bool unchanged; /* no new set, since the tables have the same bytes as those of the last one */
  struct text set;
  uint64_t files, rows, bytes;
  int32_t position;
  char manifest_sha256[SHA256_TEXT_SIZE];
};

void run_result_free(struct run_result *result);
#define AUTO_RUN_RESULT __attribute__((cleanup(run_result_free)))

/* Makes a set and publishes it. The caller has the lock of the job's folder. */
bool run_make(struct db *db, const struct job *job, struct publication *publication, const struct run_request *request,
              struct run_result *result, struct error *error) __attribute__((nonnull));

/* The newest set that is whole; its name is "" when there is none. */
bool run_newest_good(const char *folder, struct text *set, struct error *error) __attribute__((nonnull));

/* Runs the job's hook, if it has one, with RECTRACK_JOB, RECTRACK_RC and RECTRACK_DIR. */
bool run_hook(const struct job *job, enum job_hook hook, int code, const char *directory, struct error *error)
    __attribute__((nonnull));

/* Removes the sets that the job's keep words don't keep. Each removed set is told to `removed` (may be NULL). */
bool run_prune(const struct job *job, const struct publication *publication, struct text *removed, struct error *error)
    __attribute__((nonnull(1, 2, 4)));

#endif
