/* export run: one run of a job, as a scheduler starts it. */
#include "cmd/export.h"
#include "cmd/session.h"
#include "core/base/folder.h"
#include "core/base/interrupt.h"
#include "core/base/memory.h"
#include "reports/export/run.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- options ------------------------------------------------------------- */

static bool read_wait(const struct options *given, int64_t *seconds, struct error *error) {
  const char *value = options_text(given, "wait");
  char *end;
  *seconds = 0;
  if (value == NULL)
    return true;
  *seconds = strtol(value, &end, 10);
  if (end > value && *end == '\0' && *seconds >= 0 && *seconds <= 86400)
    return true;
  error_set(error, ERROR_USAGE, "not a number of seconds: \"%s\"", value);
  return error_remedy(error, "Write --wait SECONDS, 86400 at most.");
}

static bool read_request(const struct options *given, struct run_request *request, struct error *error) {
  const char *known_at = options_text(given, "known-at");
  request->known_at = MOMENT_NONE;
  if (!options_day(given, "as-of", DAY_NONE, &request->as_of, error))
    return false;
  if (known_at == NULL)
    return true;
  if (!moment_parse(known_at, strlen(known_at), &request->known_at, error)) {
    error->code = ERROR_USAGE;
    return false;
  }
  if (options_text(given, "directory") != NULL)
    return true;
  error_set(error, ERROR_USAGE, "a set of earlier knowledge needs a --directory of its own");
  return error_remedy(error, "In the job's own folder it would be taken for the newest.");
}

/* ---- the run ------------------------------------------------------------- */

/* Where the tables are read on a standby, what is noted goes to the primary. */
static bool note_begin(const struct command *command, struct db *db, const struct job *job, int64_t *run,
                       struct error *error) {
  AUTO_DB struct db *primary = NULL;
  AUTO_TEXT struct text interrupted = {0};
  bool noted;
  if (!db_is_standby(db)) {
    noted = run_history_begin(db, job, run, &interrupted, error);
  } else {
    noted = session_open_primary(command, &primary, error) && run_history_begin(primary, job, run, &interrupted, error);
    db_close(&primary);
    interrupt_watch(db_connection(db));
  }
  if (interrupted.length > 0)
    session_say(command, "%s: %s, was interrupted", job->name, interrupted.data);
  return noted;
}

/* Over a new connection where the old one is lost, or isn't the primary's. */
static bool note_end(const struct command *command, struct db *db, int64_t run, const struct run_end *end,
                     struct error *error) {
  AUTO_DB struct db *again = NULL;
  if (run == 0)
    return true;
  return (!db_is_standby(db) && run_history_end(db, run, end, error)) ||
         (session_open_primary(command, &again, error) && run_history_end(again, run, end, error));
}

/* A run that can only be noted later is still a run: `unnoted` has the reason, ERROR_NONE where all was noted. */
static bool make_and_note(const struct command *command, const struct job *job, struct publication *publication,
                          const struct run_request *request, struct run_result *result, struct error *unnoted,
                          struct error *error) {
  AUTO_DB struct db *db = NULL;
  int64_t run = 0;
  struct error ignored;
  if (!session_open(command, &db, error))
    return false;
  if (!note_begin(command, db, job, &run, error)) {
    if (!db_is_standby(db) || error->code != ERROR_UNREACHABLE)
      return false;
    *unnoted = *error;
  }
  if (!run_make(db, job, publication, request, result, error)) {
    struct run_end failed = {.outcome = "failed", .exit_code = (int)error->code, .message = error->message};
    note_end(command, db, run, &failed, &ignored);
    return false;
  }
  struct run_end end = {
      .outcome = result->unchanged ? "unchanged" : "published",
      .set = result->set.data,
      .position = result->position,
      .files = result->files,
      .rows = result->rows,
      .bytes = result->bytes,
      .manifest_sha256 = result->manifest_sha256,
  };
  if (!note_end(command, db, run, &end, &ignored))
    *unnoted = ignored;
  return true;
}

/* What happens under the lock. */
static bool perform(const struct command *command, const struct job *job, struct publication *publication,
                    struct run_result *result, struct error *unnoted, struct error *error) {
  struct run_request request;
  return read_request(&command->options, &request, error) && run_hook(job, HOOK_START, 0, publication->folder, error) &&
         make_and_note(command, job, publication, &request, result, unnoted, error);
}

static void tell(const struct command *command, const struct job *job, const struct publication *publication,
                 const struct run_result *result) {
  if (result->unchanged)
    session_say(command, "%s: nothing has changed since %s/%s", job->name, publication->folder, result->set.data);
  else
    session_say(command, "%s: %" PRIu64 " files, %" PRIu64 " rows, in %s/%s", job->name, result->files, result->rows,
                publication->folder, result->set.data);
}

/* The set is there; what fails now doesn't undo it. */
static bool finish(const struct command *command, const struct job *job, struct publication *publication,
                   const struct run_result *result, const struct error *unnoted, struct error *error) {
  AUTO_FREE char *set = folder_join(publication->folder, result->set.data);
  struct error why;
  tell(command, job, publication, result);
  bool good = run_prune(job, publication, NULL, &why) && run_hook(job, HOOK_SUCCESS, 0, set, &why);
  if (good && unnoted->code == ERROR_NONE)
    return true;
  if (good)
    error_set(error, ERROR_PARTIAL, "the set is published, but its end isn't in the history: %s", unnoted->message);
  else
    error_set(error, ERROR_PARTIAL, "the set is published, but %s", why.message);
  if (interrupt_signal() != 0)
    return error_remedy(error, "The set stays; the next run does the rest.");
  return error_remedy(error, "%s", good ? unnoted->remedy : why.remedy);
}

static bool run_one(const struct command *command, const struct job *job, int64_t wait, struct error *error) {
  AUTO_PUBLICATION struct publication publication = {.lock = -1};
  AUTO_RUN_RESULT struct run_result result = {0};
  struct error hook, unnoted = {.code = ERROR_NONE};
  bool locked = publish_lock(&publication, job->directory, job->name, wait, error);
  if (locked && perform(command, job, &publication, &result, &unnoted, error))
    return finish(command, job, &publication, &result, &unnoted, error);
  /* A run that meets another one leaves telling to that one. */
  if (!locked && error->code == ERROR_BUSY)
    return false;
  if (!run_hook(job, HOOK_FAILURE, (int)error->code, publication.folder, &hook))
    session_print_error(NULL, &hook);
  return false;
}

/* The folder that --directory names, from the root: hooks and the history are told it. NULL: the job's. */
static bool read_directory(const struct options *given, char **out, struct error *error) {
  const char *directory = options_text(given, "directory");
  AUTO_FREE char *here = directory != NULL && directory[0] != '/' ? getcwd(NULL, 0) : NULL;
  if (directory == NULL)
    return true;
  if (directory[0] != '/' && here == NULL)
    return error_errno(error, ERROR_FAILED, "cannot tell the current folder");
  *out = here != NULL ? folder_join(here, directory) : memory_string(directory);
  return true;
}

bool export_run(const struct command *command, struct error *error) {
  AUTO_JOB_FILE struct job_file *file = NULL;
  AUTO_FREE char *directory = NULL;
  int64_t wait;
  if (!read_wait(&command->options, &wait, error) || !read_directory(&command->options, &directory, error) ||
      !export_read_jobs(command, &file, error))
    return false;
  const struct job *found = export_choose_job(command, file, error);
  if (found == NULL)
    return false;
  struct job job = *found;
  if (directory != NULL)
    job.directory = directory;
  return run_one(command, &job, wait, error);
}
