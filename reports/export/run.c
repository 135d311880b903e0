/* One run of an export job. */
#include "reports/export/run.h"

#include "core/base/folder.h"
#include "core/base/library.h"
#include "core/base/memory.h"
#include "core/base/process.h"
#include "reports/export/manifest.h"
#include "reports/export/retention.h"
#include "reports/export/set.h"

#include <stdlib.h>
#include <string.h>

void run_result_free(struct run_result *result) {
  text_free(&result->set);
}

/* ---- the set before ------------------------------------------------------ */

bool run_newest_good(const char *folder, struct text *set, struct error *error) {
  AUTO_SET_LIST struct set_list list = {0};
  if (!set_list_read(folder, &list, error))
    return false;
  for (size_t i = 0; i < list.count && set->length == 0; i++)
    if (retention_is_good(folder, list.sets[i].name))
      text_add(set, list.sets[i].name);
  return true;
}

static bool read_previous(const char *folder, const char *set, struct manifest *previous, struct error *error) {
  AUTO_FREE char *path = folder_join(folder, set);
  return manifest_read(path, previous, error);
}

/* ---- the new one --------------------------------------------------------- */

static void sum_up(const struct manifest *manifest, struct run_result *result) {
  result->files = manifest->file_count;
  result->position = manifest->position;
  for (size_t i = 0; i < manifest->file_count; i++) {
    result->rows += manifest->files[i].rows;
    result->bytes += manifest->files[i].bytes;
  }
}

static bool publish_set(struct publication *publication, struct manifest *manifest, struct run_result *result,
                        struct error *error) {
  publish_name(publication, manifest->snapshot_at, &result->set);
  return manifest_write(manifest, publication->making, result->set.data, result->manifest_sha256, error) &&
         publish_commit(publication, result->set.data, error);
}

bool run_make(struct db *db, const struct job *job, struct publication *publication, const struct run_request *request,
              struct run_result *result, struct error *error) {
  AUTO_MANIFEST struct manifest previous = {0};
  AUTO_MANIFEST struct manifest manifest = {0};
  AUTO_TEXT struct text before = {0};
  if (!library_load_all(error) || !run_newest_good(publication->folder, &before, error) ||
      (before.length > 0 && !read_previous(publication->folder, before.data, &previous, error)))
    return false;
  struct set_request wanted = {request->as_of, request->known_at, before.length > 0 ? &previous : NULL};
  if (!publish_begin(publication, error) || !set_make(db, job, &wanted, publication->making, &manifest, error))
    return false;
  sum_up(&manifest, result);
  if (before.length > 0) {
    manifest.previous_set = memory_string(before.data);
    memcpy(manifest.previous_sha256, previous.sha256, sizeof previous.sha256);
  }
  result->unchanged = job->if_changed && before.length > 0 && manifest_same_tables(&manifest, &previous);
  if (!result->unchanged)
    return publish_set(publication, &manifest, result, error);
  text_add(&result->set, before.data);
  memcpy(result->manifest_sha256, previous.sha256, sizeof previous.sha256);
  return publish_latest(publication, before.data, error);
}

/* ---- hooks --------------------------------------------------------------- */

bool run_hook(const struct job *job, enum job_hook hook, int code, const char *directory, struct error *error) {
  static const char *const names[JOB_HOOKS] = {
      [HOOK_START] = "on_start", [HOOK_SUCCESS] = "on_success", [HOOK_FAILURE] = "on_failure"};
  char **words;
  if (job->hooks[hook] == NULL || !job_hook_words(job->hooks[hook], &words))
    return true;
  AUTO_TEXT struct text job_variable = {0};
  AUTO_TEXT struct text code_variable = {0};
  AUTO_TEXT struct text directory_variable = {0};
  text_add_format(&job_variable, "RECTRACK_JOB=%s", job->name);
  text_add_format(&code_variable, "RECTRACK_RC=%d", code);
  text_add_format(&directory_variable, "RECTRACK_DIR=%s", directory);
  const char *const variables[] = {job_variable.data, code_variable.data, directory_variable.data, NULL};
  struct process_options options = {
      .arguments = (const char *const *)words, .variables = variables, .limit_seconds = job->hook_timeout};
  struct error failed;
  bool good = process_run(&options, &failed);
  if (!good) {
    error_set(error, failed.code, "%s: %s", names[hook], failed.message);
    error_remedy(error, "Try the command by hand; hook_timeout is its limit of time.");
  }
  free(words[0]);
  free(words);
  return good;
}

/* ---- older sets ---------------------------------------------------------- */

bool run_prune(const struct job *job, const struct publication *publication, struct text *removed,
               struct error *error) {
  AUTO_SET_LIST struct set_list list = {0};
  if (!set_list_read(publication->folder, &list, error))
    return false;
  AUTO_FREE struct retention *decided = retention_of(publication->folder, job->keep, &list);
  for (size_t i = 0; i < list.count; i++) {
    if (decided[i].why != 0)
      continue;
    if (!publish_remove(publication, list.sets[i].name, error))
      return false;
    if (removed != NULL)
      text_add_format(removed, "%s%s", removed->length > 0 ? ", " : "", list.sets[i].name);
  }
  return true;
}
