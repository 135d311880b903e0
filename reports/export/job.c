/* Export job files: from sections and keys to jobs, and whether they hold together. */
#include "reports/export/job.h"

#include "core/base/ini.h"
#include "core/base/memory.h"
#include "core/base/nearest.h"
#include "reports/export/job_keys.h"
#include "reports/table/cut_words.h"
#include "reports/table/preset.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char RECORDS[] = "records";
static const int64_t DEFAULT_HOOK_TIMEOUT = 60;

/* What is at work while a file is read. Faults are kept, so that they can be told in the order of their lines. */
struct reader {
  struct job_file *file;
  const struct ini *ini;
  struct error *faults;
  size_t fault_count, fault_capacity;
};

static void keep_fault(void *context, const struct error *fault) {
  static const size_t MOST = 1000; /* nobody reads more, and each is compared with those before it */
  struct reader *reader = context;
  if (reader->fault_count == MOST)
    return;
  for (size_t i = 0; i < reader->fault_count; i++)
    if (reader->faults[i].line == fault->line && strcmp(reader->faults[i].message, fault->message) == 0)
      return;
  memory_reserve((void **)&reader->faults, &reader->fault_capacity, reader->fault_count + 1, sizeof *reader->faults);
  reader->faults[reader->fault_count++] = *fault;
}

static void tell_at(struct reader *reader, struct error *problem, uint64_t line) {
  problem->code = ERROR_CONFIG;
  error_at(problem, reader->file->path, line, 0);
  keep_fault(reader, problem);
}

/* How much of a message names the key already, as the option ("--rows: ") or word ("as-of: ") of a report. */
static size_t key_prefix(const char *message, const char *key) {
  size_t dashes = strspn(message, "-"), length = strlen(key);
  const char *name = message + dashes;
  for (size_t i = 0; i < length; i++)
    if (name[i] != key[i] && (name[i] != '-' || key[i] != '_'))
      return 0;
  return strncmp(name + length, ": ", 2) == 0 ? dashes + length + 2 : 0;
}

/* The same for one key, which the message names first. */
static void tell_key(struct reader *reader, const struct error *problem, const char *key, uint64_t line) {
  struct error told;
  error_set(&told, ERROR_CONFIG, "%s: %s", key, problem->message + key_prefix(problem->message, key));
  error_remedy(&told, "%s", problem->remedy);
  tell_at(reader, &told, line);
}

static int compare_faults(const void *a, const void *b) {
  const struct error *one = a, *other = b;
  return one->line < other->line ? -1 : one->line > other->line;
}

/* ---- sections ------------------------------------------------------------ */

static struct job *job_named(struct job_file *file, const char *name, size_t length) {
  for (size_t i = 0; i < file->job_count; i++)
    if (strlen(file->jobs[i].name) == length && strncmp(file->jobs[i].name, name, length) == 0)
      return &file->jobs[i];
  return NULL;
}

static struct job_report *report_named(struct job *job, const char *name) {
  for (size_t i = 0; i < job->report_count; i++)
    if (strcmp(job->reports[i].name, name) == 0)
      return &job->reports[i];
  return NULL;
}

/* Sets the keys of one section; a key that stands twice is a fault. */
static void set_keys(struct reader *reader, size_t section, enum job_key_place place, struct job *job,
                     struct job_report *report) {
  const struct ini *ini = reader->ini;
  struct error error;
  for (size_t i = 0; i < ini->entry_count; i++) {
    const struct ini_entry *entry = &ini->entries[i];
    size_t before = 0;
    if (entry->section != section)
      continue;
    while (before < i && (ini->entries[before].section != section || strcmp(ini->entries[before].key, entry->key) != 0))
      before++;
    const struct job_key *key = job_key_find(entry->key, place, &error);
    if (before < i) {
      error_set(&error, ERROR_CONFIG, "%s stands here already, in line %" PRIu64, entry->key,
                ini->entries[before].line);
      error_remedy(&error, "Keep one of the two.");
      tell_at(reader, &error, entry->line);
    } else if (key == NULL) {
      tell_at(reader, &error, entry->line);
    } else if (!job_key_set(key, job, report, entry, &error)) {
      tell_key(reader, &error, entry->key, entry->line);
    }
  }
}

static bool check_section(struct reader *reader, const struct ini_section *section) {
  const char *slash = strchr(section->name, '/');
  size_t length = slash != NULL ? (size_t)(slash - section->name) : strlen(section->name);
  struct error error;
  for (const struct ini_section *before = reader->ini->sections; before < section; before++)
    if (strcmp(before->name, section->name) == 0) {
      error_set(&error, ERROR_CONFIG, "the section [%s] stands here already, in line %" PRIu64, section->name,
                before->line);
      error_remedy(&error, "Make one of the two.");
      tell_at(reader, &error, section->line);
      return false;
    }
  if (job_name_is_good(section->name, length) && (slash == NULL || job_name_is_good(slash + 1, strlen(slash + 1))))
    return true;
  error_set(&error, ERROR_CONFIG, "not a name: [%s]", section->name);
  error_remedy(&error, "Write [JOB] or [JOB/TABLE], with letters, digits, \"-\", \"_\" and \".\".");
  tell_at(reader, &error, section->line);
  return false;
}

static void read_job(struct reader *reader, size_t number) {
  const struct ini_section *section = &reader->ini->sections[number];
  struct job_file *file = reader->file;
  if (strchr(section->name, '/') != NULL || !check_section(reader, section))
    return;
  memory_reserve((void **)&file->jobs, &file->job_capacity, file->job_count + 1, sizeof *file->jobs);
  struct job *job = &file->jobs[file->job_count++];
  *job =
      (struct job){.name = memory_string(section->name), .line = section->line, .hook_timeout = DEFAULT_HOOK_TIMEOUT};
  set_keys(reader, number, IN_JOB, job, &job->common);
}

static void no_such_job(struct reader *reader, const struct ini_section *section, size_t length) {
  AUTO_NEAREST struct nearest nearest;
  struct error error;
  nearest_begin_n(&nearest, section->name, length);
  for (size_t i = 0; i < reader->file->job_count; i++)
    nearest_offer(&nearest, reader->file->jobs[i].name);
  error_set(&error, ERROR_CONFIG, "there is no job [%.*s]", (int)length, section->name);
  if (nearest_answer(&nearest) != NULL)
    error_remedy(&error, "Did you mean [%s/%s]?", nearest_answer(&nearest), section->name + length + 1);
  else
    error_remedy(&error, "Write a section [%.*s] with its directory.", (int)length, section->name);
  tell_at(reader, &error, section->line);
}

static void read_report(struct reader *reader, size_t number) {
  const struct ini_section *section = &reader->ini->sections[number];
  const char *slash = strchr(section->name, '/');
  if (slash == NULL || !check_section(reader, section))
    return;
  size_t length = (size_t)(slash - section->name);
  struct job *job = job_named(reader->file, section->name, length);
  if (job == NULL) {
    no_such_job(reader, section, length);
    return;
  }
  struct job_report *report = report_named(job, slash + 1);
  if (report == NULL) {
    memory_reserve((void **)&job->reports, &job->report_capacity, job->report_count + 1, sizeof *job->reports);
    report = &job->reports[job->report_count++];
    *report = (struct job_report){.name = memory_string(slash + 1)};
  }
  report->line = section->line;
  set_keys(reader, number, IN_REPORT, job, report);
}

/* ---- what holds together ------------------------------------------------- */

static bool has_setting(const struct job_report *report, const char *key) {
  for (size_t i = 0; i < report->setting_count; i++)
    if (strcmp(report->settings[i].key, key) == 0)
      return true;
  return false;
}

/* What the job says holds for a table that doesn't say otherwise. */
static void inherit(struct job_report *report, const struct job_report *common) {
  if (report->report == NULL)
    report->report = memory_string(report->name);
  if (report->format_count == 0) {
    memcpy(report->formats, common->formats, sizeof report->formats);
    report->format_count = common->format_count;
    report->formats_line = common->formats_line;
  }
  report->for_excel = report->for_excel || common->for_excel;
  if (report->language_count == 0) {
    memcpy(report->languages, common->languages, sizeof report->languages);
    report->language_count = common->language_count;
  }
  if (report->file == NULL && common->file != NULL) {
    report->file = memory_string(common->file);
    report->file_line = common->file_line;
  }
  for (size_t i = 0; i < common->setting_count && !job_report_is_records(report); i++) {
    const struct job_setting *setting = &common->settings[i];
    if (!has_setting(report, setting->key) && report->setting_count < JOB_SETTINGS_MAX)
      report->settings[report->setting_count++] =
          (struct job_setting){memory_string(setting->key), memory_string(setting->value), setting->line};
  }
  if (report->format_count == 0)
    report->formats[report->format_count++] = render_by_ending("x.csv");
  if (report->language_count == 0)
    report->languages[report->language_count++] = "en";
}

static void unknown_report(struct reader *reader, const struct job_report *report) {
  AUTO_NEAREST struct nearest nearest;
  struct error error;
  nearest_begin(&nearest, report->report);
  for (size_t i = 0; i < preset_count; i++)
    nearest_offer(&nearest, presets[i].name);
  nearest_offer(&nearest, RECORDS);
  error_set(&error, ERROR_CONFIG, "unknown report: \"%s\"", report->report);
  nearest_remedy(&nearest, &error, "The reports are %s; a table of another name says which with report = NAME.",
                 nearest_offered(&nearest));
  tell_at(reader, &error, report->line);
}

/* A table without a picture can't be had as one. */
static void check_picture(struct reader *reader, const struct job *job, const struct job_report *report) {
  struct error error;
  for (size_t i = 0; i < report->format_count; i++)
    if ((report->formats[i]->flags & RENDER_PICTURE) != 0) {
      error_set(&error, ERROR_CONFIG, "formats: there is no picture (%s) of the table \"%s\"", report->formats[i]->name,
                report->name);
      error_remedy(&error, "Write formats without it in the section [%s/%s]. " RENDER_PICTURE_TABLES, job->name,
                   report->name);
      tell_at(reader, &error, report->formats_line);
    }
}

static void check_records(struct reader *reader, const struct job *job, const struct job_report *report) {
  struct error error;
  check_picture(reader, job, report);
  for (size_t i = 0; i < report->setting_count; i++) {
    error_set(&error, ERROR_CONFIG, "records can't be made with %s", report->settings[i].key);
    error_remedy(&error, "Leave it out: records are all status records, or with since = last those added.");
    tell_at(reader, &error, report->settings[i].line);
  }
}

/* Words of a cut have "-" where keys have "_". */
static bool set_word(struct cut *cut, const struct job_setting *setting, struct error *error) {
  AUTO_FREE char *word = memory_string(setting->key);
  for (char *at = word; *at != '\0'; at++)
    if (*at == '_')
      *at = '-';
  return cut_set(cut, word, setting->value, error);
}

/* Tries the words of a table's cut one by one, so that each fault is told with its line. */
static void check_cut(struct reader *reader, const struct job *job, const struct job_report *report) {
  AUTO_CUT struct cut cut = {0};
  struct error error;
  bool good = true, known = cut_begin(&cut, report->report, &error);
  if (!known) {
    unknown_report(reader, report);
    return;
  }
  if (report->since_last) {
    error_set(&error, ERROR_CONFIG, "since is for records alone");
    error_remedy(&error, "Leave it out, or write report = records.");
    tell_at(reader, &error, report->line);
  }
  for (size_t i = 0; i < report->setting_count; i++)
    if (!set_word(&cut, &report->settings[i], &error)) {
      tell_key(reader, &error, report->settings[i].key, report->settings[i].line);
      good = false;
    }
  if (!good)
    return;
  if (!cut_check(&cut, &error))
    tell_at(reader, &error, report->line);
  else if (!cut_has_picture(&cut))
    check_picture(reader, job, report);
}

/* A word for every file of a set, to find two of one name. */
struct made_name {
  char *name;
  uint64_t line;
};

static void check_name(struct reader *reader, struct made_name *made, size_t count) {
  static const char *const ours[] = {"manifest.json", "SHA256SUMS", "datapackage.json"};
  struct error error;
  for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
    if (strcasecmp(made[count].name, ours[i]) == 0) {
      error_set(&error, ERROR_CONFIG, "a table's file can't be called \"%s\"", made[count].name);
      error_remedy(&error, "Each set has a file of that name beside its tables.");
      tell_at(reader, &error, made[count].line);
    }
  for (size_t i = 0; i < count; i++)
    if (strcmp(made[count].name, made[i].name) == 0) {
      error_set(&error, ERROR_CONFIG, "two files of a set would be called \"%s\"", made[count].name);
      error_remedy(&error, "Put {report} or {lang} into the pattern.");
      tell_at(reader, &error, made[count].line);
      return;
    }
}

static void check_names(struct reader *reader, const struct job *job) {
  AUTO_FREE struct made_name *made =
      memory_new(job->report_count * JOB_LANGUAGES_MAX * JOB_FORMATS_MAX + 1, sizeof *made);
  size_t count = 0;
  for (size_t i = 0; i < job->report_count; i++)
    for (size_t language = 0; language < job->reports[i].language_count; language++)
      for (size_t format = 0; format < job->reports[i].format_count; format++) {
        const struct job_report *report = &job->reports[i];
        struct job_file_facts facts = {job->name, report->name, report->languages[language], "2000-01-01",
                                       "2000-01-01"};
        AUTO_TEXT struct text name = {0};
        job_file_name(report, &facts, report->formats[format], &name);
        made[count].line = report->file_line != 0 ? report->file_line : report->line;
        made[count].name = text_take(&name);
        check_name(reader, made, count++);
      }
  while (count > 0)
    free(made[--count].name);
}

static void check_job(struct reader *reader, struct job *job) {
  struct error error;
  if (job->directory == NULL) {
    error_set(&error, ERROR_CONFIG, "the job [%s] has no directory", job->name);
    error_remedy(&error, "Write directory = PATH: its sets go to PATH/%s/.", job->name);
    tell_at(reader, &error, job->line);
  }
  if (job->report_count == 0) {
    error_set(&error, ERROR_CONFIG, "the job [%s] makes no table", job->name);
    error_remedy(&error, "Write reports = progress, or a section [%s/NAME].", job->name);
    tell_at(reader, &error, job->line);
  }
  for (size_t i = 0; i < job->report_count; i++) {
    inherit(&job->reports[i], &job->common);
    if (job_report_is_records(&job->reports[i]))
      check_records(reader, job, &job->reports[i]);
    else
      check_cut(reader, job, &job->reports[i]);
  }
  check_names(reader, job);
}

/* ---- the whole ----------------------------------------------------------- */

static void read_all(struct reader *reader) {
  for (size_t i = 0; i < reader->ini->section_count; i++)
    read_job(reader, i);
  for (size_t i = 0; i < reader->ini->section_count; i++)
    read_report(reader, i);
  for (size_t i = 0; i < reader->file->job_count; i++)
    check_job(reader, &reader->file->jobs[i]);
  if (reader->file->job_count > 0 || reader->fault_count > 0)
    return;
  struct error error;
  error_set(&error, ERROR_CONFIG, "there is no job");
  error_remedy(&error, "\"rectrack export example\" shows one.");
  tell_at(reader, &error, 0);
}

void job_file_parse(const char *name, const char *bytes, size_t length, error_sink *fault, void *context,
                    size_t *faults, struct job_file **out) {
  AUTO_INI struct ini *ini = NULL;
  struct reader reader = {.file = memory_new(1, sizeof *reader.file)};
  reader.file->path = memory_string(name);
  ini_read(name, bytes, length, keep_fault, &reader, &ini);
  reader.ini = ini;
  read_all(&reader);
  if (reader.fault_count > 0)
    qsort(reader.faults, reader.fault_count, sizeof *reader.faults, compare_faults);
  for (size_t i = 0; i < reader.fault_count; i++)
    fault(context, &reader.faults[i]);
  free(reader.faults);
  *faults = reader.fault_count;
  *out = reader.file;
}

/* ---- one table ----------------------------------------------------------- */

bool job_report_is_records(const struct job_report *report) {
  return strcmp(report->report, RECORDS) == 0;
}

bool job_report_cut(const struct job_report *report, const char *language, struct cut *cut, struct error *error) {
  bool good = cut_begin(cut, report->report, error) && (language == NULL || cut_set(cut, "lang", language, error));
  for (size_t i = 0; good && i < report->setting_count; i++)
    good = set_word(cut, &report->settings[i], error);
  return good && cut_check(cut, error);
}
