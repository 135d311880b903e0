/* doctor: is the set-up well? */
#include "reports/doctor/doctor.h"
#include "cmd/session.h"
#include "cmd/verbs.h"

static bool run(const struct command *command, struct error *error);

static const struct option_spec options[] = {
    {"jobs", 0, "FILE", "the job file of exports; else ~/.config/rectrack/jobs.ini, else /etc/rectrack/jobs.ini"},
    {NULL, 0, NULL, NULL},
};

const struct verb verb_doctor = {
    .name = "doctor",
    .usage = "",
    .summary = "check the set-up; each finding with its remedy",
    .about = "Looks at the locale, output encodings, PostgreSQL's programs, permissions, disk space, the connection, "
             "the schema and the checksums of its migrations, roles, the clock against the server's, the register, who "
             "keeps "
             "others from writing, how many batch numbers are left, the ledger, and whether each export job had a good "
             "run in time (late_after in the job file). Changes nothing. "
             "Ends with 4 when it found something.",
    .options = options,
    .takes = TAKES_DB | TAKES_OUTPUT | TAKES_FORMAT,
    .examples = "rectrack doctor\nrectrack doctor --format json\n",
    .role = "reader",
    .run = run,
};

static bool run(const struct command *command, struct error *error) {
  AUTO_TARGET struct target *target = NULL;
  AUTO_GRID struct grid *grid = NULL;
  size_t findings;
  if (!target_choose(&target, options_text(&command->options, "db"), error))
    return false;
  doctor_examine(target, options_text(&command->options, "jobs"), &grid, &findings);
  if (!session_write_grid(command, grid, error))
    return false;
  if (findings == 0)
    return true;
  error_set(error, ERROR_FOUND, "%zu finding%s", findings, findings == 1 ? "" : "s");
  return error_remedy(error, "The remedy is named with each.");
}
