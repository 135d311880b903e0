/* Where a job file is, its bytes, its jobs by name, and freeing them. */
#include "reports/export/job.h"

#include "core/base/memory.h"
#include "core/base/nearest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool exists(struct text *path) {
  if (access(path->data, F_OK) == 0)
    return true;
  text_clear(path);
  return false;
}

bool job_file_find(struct text *path) {
  static const char NAME[] = "rectrack/jobs.ini";
  const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
  if (config != NULL && *config == '/') {
    text_add_format(path, "%s/%s", config, NAME);
    if (exists(path))
      return true;
  } else if (home != NULL && *home == '/') {
    text_add_format(path, "%s/.config/%s", home, NAME);
    if (exists(path))
      return true;
  }
  text_add_format(path, "/etc/%s", NAME);
  return exists(path);
}

static void close_file(FILE **file) {
  if (*file != NULL)
    fclose(*file);
}

static bool read_bytes(const char *path, struct text *out, struct error *error) {
  static const size_t MOST = 256u << 10;
  __attribute__((cleanup(close_file))) FILE *file = fopen(path, "re");
  char buffer[4096];
  if (file == NULL) {
    error_errno(error, ERROR_NO_INPUT, "cannot open \"%s\"", path);
    return error_remedy(error, "Name the job file with --jobs FILE.");
  }
  for (size_t got; (got = fread(buffer, 1, sizeof buffer, file)) > 0 && out->length <= MOST;)
    text_add_n(out, buffer, got);
  if (ferror(file))
    return error_errno(error, ERROR_NO_INPUT, "cannot read \"%s\"", path);
  if (out->length <= MOST)
    return true;
  error_set(error, ERROR_CONFIG, "\"%s\" is larger than a job file can be (256 KiB)", path);
  return error_remedy(error, "Name the job file with --jobs FILE.");
}

bool job_file_read(const char *path, error_sink *fault, void *context, size_t *faults, struct job_file **out,
                   struct error *error) {
  AUTO_TEXT struct text found = {0};
  AUTO_TEXT struct text bytes = {0};
  if (path == NULL && !job_file_find(&found)) {
    error_set(error, ERROR_CONFIG, "there is no job file");
    return error_remedy(error, "Name one with --jobs FILE, or begin one with: mkdir -p ~/.config/rectrack && rectrack "
                               "export example -o ~/.config/rectrack/jobs.ini");
  }
  if (path == NULL)
    path = found.data;
  if (!read_bytes(path, &bytes, error))
    return false;
  job_file_parse(path, text_string(&bytes), bytes.length, fault, context, faults, out);
  return true;
}

static void report_release(struct job_report *report) {
  free(report->name);
  free(report->report);
  free(report->file);
  for (size_t i = 0; i < report->setting_count; i++) {
    free(report->settings[i].key);
    free(report->settings[i].value);
  }
}

static void job_release(struct job *job) {
  free(job->name);
  free(job->directory);
  free(job->on);
  report_release(&job->common);
  for (size_t i = 0; i < job->report_count; i++)
    report_release(&job->reports[i]);
  free(job->reports);
  for (int hook = 0; hook < JOB_HOOKS; hook++)
    free(job->hooks[hook]);
}

void job_file_free(struct job_file **file) {
  if (*file == NULL)
    return;
  for (size_t i = 0; i < (*file)->job_count; i++)
    job_release(&(*file)->jobs[i]);
  free((*file)->jobs);
  free((*file)->path);
  free(*file);
  *file = NULL;
}

const struct job *job_find(const struct job_file *file, const char *name, struct error *error) {
  AUTO_NEAREST struct nearest nearest;
  nearest_begin(&nearest, name);
  for (size_t i = 0; i < file->job_count; i++) {
    if (strcmp(file->jobs[i].name, name) == 0)
      return &file->jobs[i];
    nearest_offer(&nearest, file->jobs[i].name);
  }
  error_set(error, ERROR_USAGE, "there is no job \"%s\" in \"%s\"", name, file->path);
  nearest_remedy(&nearest, error, "Its jobs are %s.", nearest_offered(&nearest));
  return NULL;
}
