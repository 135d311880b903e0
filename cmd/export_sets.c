/* export verify, history, prune: the sets that are there. */
#include "cmd/export.h"
#include "cmd/session.h"
#include "core/base/folder.h"
#include "core/base/memory.h"
#include "reports/export/manifest.h"
#include "reports/export/publish.h"
#include "reports/export/retention.h"
#include "reports/export/run.h"
#include "reports/export/run_history.h"
#include "reports/export/set.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- verify -------------------------------------------------------------- */

/* Makes the set again in a throw-away folder. */
static bool reproduce(const struct command *command, struct db *db, const char *folder, size_t *findings,
                      struct error *error) {
  AUTO_MANIFEST struct manifest manifest = {0};
  const char *temporary = getenv("TMPDIR");
  AUTO_TEXT struct text scratch = {0};
  text_add_format(&scratch, "%s/rectrack-set.XXXXXX", temporary != NULL && *temporary == '/' ? temporary : "/tmp");
  if (!manifest_read(folder, &manifest, error))
    return false;
  if (mkdtemp(scratch.data) == NULL)
    return error_errno(error, ERROR_CANNOT_CREATE, "cannot make a folder \"%s\"", scratch.data);
  bool good = set_reproduce(db, &manifest, scratch.data, session_print_error, session_sink(command), findings, error);
  folder_remove(scratch.data);
  return good;
}

static bool verify_set(const struct command *command, const char *folder, size_t *all, struct error *error) {
  AUTO_DB struct db *db = NULL;
  size_t findings = 0;
  if (!manifest_verify(folder, session_print_error, session_sink(command), &findings, error))
    return false;
  *all += findings;
  if (!options_flag(&command->options, "reproduce"))
    return true;
  if (!session_open(command, &db, error) || !reproduce(command, db, folder, &findings, error))
    return false;
  *all += findings;
  return true;
}

/* The sets below a job's folder. */
static bool verify_all(const struct command *command, const char *folder, size_t *sets, size_t *findings,
                       struct error *error) {
  AUTO_SET_LIST struct set_list list = {0};
  if (!set_list_read(folder, &list, error))
    return false;
  *sets = list.count;
  for (size_t i = 0; i < list.count; i++) {
    AUTO_FREE char *path = folder_join(folder, list.sets[i].name);
    if (!verify_set(command, path, findings, error))
      return false;
  }
  if (list.count > 0)
    return true;
  error_set(error, ERROR_NO_INPUT, "no set in \"%s\"", folder);
  return error_remedy(error, "Name a set, such as DIRECTORY/JOB/latest, or a job's folder.");
}

bool export_verify(const struct command *command, struct error *error) {
  const char *folder = command->options.operands[1];
  size_t sets = 1, findings = 0;
  if (folder == NULL) {
    error_set(error, ERROR_USAGE, "\"export verify\" needs a folder");
    return error_remedy(error, "Name a set, such as DIRECTORY/JOB/latest, or a job's folder.");
  }
  AUTO_FREE char *manifest = folder_join(folder, MANIFEST_NAME);
  bool is_set = access(manifest, F_OK) == 0;
  if (is_set ? !verify_set(command, folder, &findings, error) : !verify_all(command, folder, &sets, &findings, error))
    return false;
  if (findings == 0) {
    session_say(command, "%zu set%s, all files as they were published", sets, sets == 1 ? "" : "s");
    return true;
  }
  error_set(error, ERROR_FOUND, "%zu finding%s in %zu set%s", findings, findings == 1 ? "" : "s", sets,
            sets == 1 ? "" : "s");
  return error_remedy(error, "%s", findings == 1 ? "It is named above." : "They are named above.");
}

/* ---- history ------------------------------------------------------------- */

bool export_history(const struct command *command, struct error *error) {
  AUTO_DB struct db *db = NULL;
  AUTO_GRID struct grid *grid = NULL;
  const char *job = command->options.operands[1];
  if (!session_open(command, &db, error) || !run_history_list(db, job, &grid, error))
    return false;
  if (job != NULL && grid_rows(grid) == 0)
    session_note(command, "no run of a job \"%s\" is recorded in this database", job);
  return session_write_grid(command, grid, error);
}

/* ---- prune --------------------------------------------------------------- */

static bool write_decisions(const struct command *command, const struct retention *decided, size_t count,
                            struct error *error) {
  AUTO_GRID struct grid *grid = grid_new(NULL);
  grid_column(grid, "set", "Set");
  grid_column(grid, "decision", "Decision");
  grid_column(grid, "why", "Why");
  for (size_t i = 0; i < count; i++) {
    AUTO_TEXT struct text why = {0};
    retention_reasons(decided[i].why, &why);
    grid_cell(grid, decided[i].set->name);
    grid_cell(grid, decided[i].why != 0 ? "keep" : "remove");
    grid_cell(grid, why.length > 0 ? why.data : NULL);
  }
  return session_write_grid(command, grid, error);
}

static bool decide(const struct command *command, const struct job *job, const char *folder, struct error *error) {
  AUTO_SET_LIST struct set_list list = {0};
  if (!set_list_read(folder, &list, error))
    return false;
  AUTO_FREE struct retention *decided = retention_of(folder, job->keep, &list);
  return write_decisions(command, decided, list.count, error);
}

bool export_prune(const struct command *command, struct error *error) {
  AUTO_JOB_FILE struct job_file *file = NULL;
  AUTO_PUBLICATION struct publication publication = {.lock = -1};
  if (!export_read_jobs(command, &file, error))
    return false;
  const struct job *job = export_choose_job(command, file, error);
  if (job == NULL)
    return false;
  AUTO_FREE char *folder = folder_join(job->directory, job->name);
  if (options_flag(&command->options, "dry-run"))
    return decide(command, job, folder, error);
  return publish_lock(&publication, job->directory, job->name, 0, error) && decide(command, job, folder, error) &&
         run_prune(job, &publication, NULL, error);
}
