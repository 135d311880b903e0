/*
 * The clock is outside: what systemd or cron need to run a job.
 *
 * The units are hardened (systemd.exec(5)): the service sees everything read-only but the job's folder and, where it is
 * used, the embedded database.  The service of a user has the part of it that needs no privileges.
 */
#ifndef RECTRACK_REPORTS_EXPORT_SCHEDULE_H
#define RECTRACK_REPORTS_EXPORT_SCHEDULE_H

#include "core/base/error.h"
#include "core/base/text.h"
#include "reports/export/job.h"

#include <stdbool.h>

struct schedule {
  const struct job *job;
  const char *program; /* whole path; likewise below */
  const char *job_file;
  const char *on;       /* OnCalendar= */
  const char *run_as;   /* system units: the user; NULL: root, or the user whose units they are */
  bool user_units;      /* units of a user, not of the system */
  const char *conninfo; /* RECTRACK_DB; NULL: embedded database or libpq's own variables */
  const char *data;     /* folder of the embedded database; NULL: another database */
  const char *socket;   /* folder of its socket */
};

/* Adds the unit's name without its ending: rectrack-export-JOB. */
void schedule_name(const struct schedule *schedule, struct text *out) __attribute__((nonnull));
void schedule_service(const struct schedule *schedule, struct text *out) __attribute__((nonnull));
void schedule_timer(const struct schedule *schedule, struct text *out) __attribute__((nonnull));
/* Adds a line for crontab(1). ERROR_USAGE for a time that cron can't say. */
bool schedule_cron(const struct schedule *schedule, struct text *out, struct error *error) __attribute__((nonnull));

#endif
