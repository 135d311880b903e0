/*
 * libFuzzer target: any bytes as a job file.  Besides crashes it looks for broken promises: faults come in the order of
 * their lines and each says what is wrong and what to do; a file without faults has jobs that can be run: a whole
 * directory, tables whose cuts can be made, files of different names, hooks that are commands.
 */
#include "core/base/memory.h"
#include "reports/export/calendar.h"
#include "reports/export/job.h"
#include "tests/fuzz/must.h"

#include <stdlib.h>
#include <string.h>

static void check_fault(void *context, const struct error *fault) {
  uint64_t *line = context;
  must(fault->code == ERROR_CONFIG && fault->message[0] != '\0' && fault->remedy[0] != '\0');
  must(strcmp(fault->file, "input") == 0 && fault->line >= *line);
  *line = fault->line;
}

static void check_file_name(const struct job *job, const struct job_report *report, size_t language, size_t format) {
  AUTO_TEXT struct text name = {0};
  struct job_file_facts facts = {job->name, report->name, report->languages[language], "2026-11-24", "2026-11-24"};
  job_file_name(report, &facts, report->formats[format], &name);
  must(name.length > 0 && strchr(name.data, '/') == NULL && name.data[0] != '.' && strchr(name.data, '\n') == NULL);
}

static void check_report(const struct job *job, const struct job_report *report) {
  must(report->format_count > 0 && report->language_count > 0);
  for (size_t language = 0; language < report->language_count; language++)
    for (size_t format = 0; format < report->format_count; format++)
      check_file_name(job, report, language, format);
  if (job_report_is_records(report))
    return;
  struct error error;
  AUTO_CUT struct cut cut = {0};
  must(job_report_cut(report, report->languages[0], &cut, &error));
}

static void check_hook(const char *command) {
  char **words;
  must(job_hook_words(command, &words));
  must(words[0][0] != '\0');
  free(words[0]);
  free(words);
}

static void check_job(const struct job *job) {
  must(job->directory != NULL && job->directory[0] == '/' && job->report_count > 0);
  must(job->name[0] != '.' && strchr(job->name, '/') == NULL);
  for (size_t i = 0; i < job->report_count; i++)
    check_report(job, &job->reports[i]);
  for (int hook = 0; hook < JOB_HOOKS; hook++)
    if (job->hooks[hook] != NULL)
      check_hook(job->hooks[hook]);
  struct calendar calendar;
  struct error error;
  must(job->on == NULL || calendar_parse(job->on, &calendar, &error));
}

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t length);

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t length) {
  AUTO_JOB_FILE struct job_file *file = NULL;
  uint64_t line = 0;
  size_t faults = 0;
  job_file_parse("input", (const char *)bytes, length, check_fault, &line, &faults, &file);
  must(faults > 0 || file->job_count > 0);
  for (size_t i = 0; faults == 0 && i < file->job_count; i++)
    check_job(&file->jobs[i]);
  return 0;
}
