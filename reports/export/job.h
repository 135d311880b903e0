/*
 * Export job files: which tables a job makes, where they go, what is kept of them.
 *
 *   [weekly]                      a job
 *   directory = /srv/exports
 *   reports = progress, groups    tables without settings of their own
 *   formats = csv, html
 *
 *   [weekly/africa]               a table of the job with its own settings
 *   report = crosstab
 *   rows = state
 *
 * The keys are one table (job_keys.c).  Settings of [JOB] hold for each of its tables that doesn't say otherwise.
 */
#ifndef RECTRACK_REPORTS_EXPORT_JOB_H
#define RECTRACK_REPORTS_EXPORT_JOB_H

#include "core/base/error.h"
#include "core/base/text.h"
#include "reports/render/render.h"
#include "reports/table/cut.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define JOB_FORMATS_MAX   12
#define JOB_LANGUAGES_MAX 6
#define JOB_SETTINGS_MAX  24

/* What is kept when older sets are removed, in restic's words. */
enum keep_word { KEEP_LAST, KEEP_DAILY, KEEP_WEEKLY, KEEP_MONTHLY, KEEP_YEARLY, KEEP_WORDS };
#define KEEP_ALL (-1)

enum job_hook { HOOK_START, HOOK_SUCCESS, HOOK_FAILURE, JOB_HOOKS };

/* What a table's cut asks for (reports/table/cut_words.h), as written. */
struct job_setting {
  char *key;
  char *value;
  uint64_t line; /* 0: not from a file */
};

/* One table of a job, in each of its languages and formats. */
struct job_report {
  char *name;
  uint64_t line;   /* where it is named first */
  char *report;    /* a report's name, or "records": the status records themselves */
  bool since_last; /* records: those that were added since the last good run */
  char *file;      /* pattern of the files' names, without ending; NULL: the default */
  uint64_t file_line;
  const struct render_format *formats[JOB_FORMATS_MAX];
  size_t format_count;
  uint64_t formats_line;
  bool for_excel; /* csv and tsv as a spreadsheet wants them */
  const char *languages[JOB_LANGUAGES_MAX];
  size_t language_count;
  struct job_setting settings[JOB_SETTINGS_MAX];
  size_t setting_count;
};

struct job {
  char *name;
  uint64_t line;
  char *directory;          /* absolute; the sets are in DIRECTORY/NAME/ */
  struct job_report common; /* what holds for tables that don't say otherwise */
  struct job_report *reports;
  size_t report_count, report_capacity;
  int keep[KEEP_WORDS]; /* 0: not asked for */
  bool if_changed;
  char *on;               /* when it runs (reports/export/calendar.h); NULL: not said */
  int64_t late_after;     /* seconds after which the last good run is too old; 0: not judged */
  char *hooks[JOB_HOOKS]; /* commands, as written; NULL: none */
  int64_t hook_timeout;   /* seconds */
};

struct job_file {
  char *path;
  struct job *jobs;
  size_t job_count, job_capacity;
};

/* The job file that is read where none is named: the user's own (XDG_CONFIG_HOME, ~/.config), else /etc/rectrack. Adds
 * its path; false when there is none. */
bool job_file_find(struct text *path) __attribute__((nonnull));

/*
 * Reads a job file.  `path` NULL: as job_file_find.  Every fault goes to the sink with its line; *faults counts them.
 * False when the file can't be read at all: ERROR_NO_INPUT, or ERROR_CONFIG where there is none.  The caller frees it.
 */
bool job_file_read(const char *path, error_sink *fault, void *context, size_t *faults, struct job_file **out,
                   struct error *error) __attribute__((nonnull(2, 4, 5, 6)));
/* The same from bytes; *faults as above. */
void job_file_parse(const char *name, const char *bytes, size_t length, error_sink *fault, void *context,
                    size_t *faults, struct job_file **out) __attribute__((nonnull(1, 2, 4, 6, 7)));
void job_file_free(struct job_file **file);
#define AUTO_JOB_FILE __attribute__((cleanup(job_file_free)))

/* By name; NULL with ERROR_USAGE and the nearest one. */
const struct job *job_find(const struct job_file *file, const char *name, struct error *error) __attribute__((nonnull));

bool job_report_is_records(const struct job_report *report) __attribute__((nonnull));

/* The cut of a table in a language (NULL: English), as of today and known now. The caller frees it in every case. */
bool job_report_cut(const struct job_report *report, const char *language, struct cut *cut, struct error *error)
    __attribute__((nonnull(1, 3, 4)));

/* What the pattern of a file's name stands for. */
struct job_file_facts {
  const char *job, *report, *language, *as_of, *date;
};

/* Adds the name of a table's file in one format. */
void job_file_name(const struct job_report *report, const struct job_file_facts *facts,
                   const struct render_format *format, struct text *out) __attribute__((nonnull));

/* Splits a command into its words: spaces separate, quotes and backslashes hold together as in a shell, nothing is
 * expanded. The caller frees words[0] and words. False when a quote isn't closed or there is no word. */
bool job_hook_words(const char *command, char ***words) __attribute__((nonnull));

#endif
