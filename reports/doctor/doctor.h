/*
 * The check of a set-up: one function a check, one table of them.  A check says what it found to be well, or what isn't
 * and what to do; one that can't be made says why.  Nothing is changed.
 */
#ifndef RECTRACK_REPORTS_DOCTOR_DOCTOR_H
#define RECTRACK_REPORTS_DOCTOR_DOCTOR_H

#include "core/base/error.h"
#include "core/database/db.h"
#include "core/database/target.h"
#include "reports/grid/grid.h"

#include <stdbool.h>
#include <stddef.h>

struct doctor {
  struct target *target;
  const char *job_path; /* --jobs; NULL: where it is looked for */
  struct db *db;        /* NULL: there is no connection */
  bool has_libraries;   /* so that every format can be written */
  bool has_schema;      /* a current one, so that the tables can be asked */
  const char *check;    /* the name of the check at work */
  struct grid *grid;    /* a row for each answer: check, state, what, remedy */
  size_t findings;
};

/* Answers of a check; each may give several. */
void doctor_well(struct doctor *doctor, const char *format, ...) __attribute__((format(printf, 2, 3)));
void doctor_left_out(struct doctor *doctor, const char *format, ...) __attribute__((format(printf, 2, 3)));
void doctor_found(struct doctor *doctor, const char *remedy, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same from an error. */
void doctor_found_error(struct doctor *doctor, const struct error *error);

/* The checks, in their order: those of the machine, then those of the database, then those of the jobs. */
void doctor_libraries(struct doctor *doctor); /* the first: others need them */
void doctor_locale(struct doctor *doctor);
void doctor_encodings(struct doctor *doctor);
void doctor_programs(struct doctor *doctor);
void doctor_permissions(struct doctor *doctor);
void doctor_disk(struct doctor *doctor);
void doctor_connection(struct doctor *doctor);
void doctor_schema(struct doctor *doctor);
void doctor_roles(struct doctor *doctor);
void doctor_clock(struct doctor *doctor);
void doctor_register(struct doctor *doctor);
void doctor_locks(struct doctor *doctor);
void doctor_numbers(struct doctor *doctor);
void doctor_ledger(struct doctor *doctor);
void doctor_jobs(struct doctor *doctor);

/* Makes all checks of a target. The caller frees the grid; *findings counts what isn't well. */
void doctor_examine(struct target *target, const char *job_path, struct grid **grid, size_t *findings)
    __attribute__((nonnull(1, 3, 4)));

#endif
