/* What the files of the verb `export` share: its actions, and reading the job file. */
#ifndef RECTRACK_CMD_EXPORT_H
#define RECTRACK_CMD_EXPORT_H

#include "cmd/verbs.h"
#include "reports/export/job.h"

#include <stdbool.h>

/* Reads the job file (--jobs, else where it is looked for) and prints its faults. ERROR_CONFIG when there is one. */
bool export_read_jobs(const struct command *command, struct job_file **file, struct error *error)
    __attribute__((nonnull));

/* The job that the command names (its second operand), or the only one of the file. */
const struct job *export_choose_job(const struct command *command, const struct job_file *file, struct error *error)
    __attribute__((nonnull));

/* The actions, a file for each kind of them. */
bool export_run(const struct command *command, struct error *error) __attribute__((nonnull));
bool export_verify(const struct command *command, struct error *error) __attribute__((nonnull));
bool export_history(const struct command *command, struct error *error) __attribute__((nonnull));
bool export_schedule(const struct command *command, struct error *error) __attribute__((nonnull));
bool export_prune(const struct command *command, struct error *error) __attribute__((nonnull));

#endif
