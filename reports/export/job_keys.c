/* The keys of a job file, and what each takes. */
#include "reports/export/job_keys.h"

#include "core/base/language.h"
#include "core/base/memory.h"
#include "core/base/nearest.h"
#include "reports/export/calendar.h"
#include "reports/table/cut_words.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_separator(char c) {
  return c == ',' || c == ' ' || c == '\t';
}

bool job_list_next(const char **at, const char **item, size_t *length) {
  while (is_separator(**at))
    (*at)++;
  *item = *at;
  while (**at != '\0' && !is_separator(**at))
    (*at)++;
  *length = (size_t)(*at - *item);
  return *length > 0;
}

bool job_name_is_good(const char *name, size_t length) {
  static const char ALLOWED[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.";
  return length > 0 && *name != '.' && *name != '-' && strspn(name, ALLOWED) >= length;
}

/* ---- values -------------------------------------------------------------- */

static bool refuse(const struct ini_entry *entry, const char *takes, struct error *error) {
  error_set(error, ERROR_CONFIG, "can't be \"%s\"", entry->value);
  return error_remedy(error, "Write %s.", takes);
}

static bool read_yes(const struct ini_entry *entry, bool *out, struct error *error) {
  *out = strcmp(entry->value, "yes") == 0;
  return *out || strcmp(entry->value, "no") == 0 || refuse(entry, "yes or no", error);
}

/* "8 days", "36h": a whole number and a unit, in seconds. */
static bool read_duration(const struct ini_entry *entry, int64_t *out, struct error *error) {
  static const struct {
    const char *name;
    int64_t seconds;
  } units[] = {{"seconds", 1}, {"second", 1},   {"s", 1},          {"minutes", 60},  {"minute", 60},
               {"min", 60},    {"hours", 3600}, {"hour", 3600},    {"h", 3600},      {"days", 86400},
               {"day", 86400}, {"d", 86400},    {"weeks", 604800}, {"week", 604800}, {"w", 604800}};
  char *end;
  long number = strtol(entry->value, &end, 10);
  while (*end == ' ')
    end++;
  for (size_t i = 0; number > 0 && number <= 100000 && i < sizeof units / sizeof *units; i++)
    if (end > entry->value && strcmp(units[i].name, end) == 0) {
      *out = number * units[i].seconds;
      return true;
    }
  return refuse(entry, "a number and seconds, minutes, hours, days or weeks, such as 8 days", error);
}

static void keep_text(char **place, const char *value) {
  free(*place);
  *place = memory_string(value);
}

/* ---- the job's ----------------------------------------------------------- */

static bool set_directory(struct job *job, struct job_report *report, const struct ini_entry *entry,
                          struct error *error) {
  (void)report;
  const char *home = getenv("HOME");
  if (strncmp(entry->value, "~/", 2) == 0 && home != NULL && *home == '/') {
    AUTO_TEXT struct text path = {0};
    text_add_format(&path, "%s%s", home, entry->value + 1);
    keep_text(&job->directory, path.data);
    return true;
  }
  keep_text(&job->directory, entry->value);
  return entry->value[0] == '/' || refuse(entry, "a whole path from / or ~/, since a scheduler starts anywhere", error);
}

static bool set_reports(struct job *job, struct job_report *common, const struct ini_entry *entry,
                        struct error *error) {
  (void)common;
  const char *at = entry->value, *item;
  size_t length;
  while (job_list_next(&at, &item, &length)) {
    if (!job_name_is_good(item, length))
      return refuse(entry, "names of reports, or of sections [JOB/NAME], separated by commas", error);
    for (size_t i = 0; i < job->report_count; i++)
      if (strlen(job->reports[i].name) == length && strncmp(job->reports[i].name, item, length) == 0) {
        error_set(error, ERROR_CONFIG, "\"%.*s\" stands twice among the reports", (int)length, item);
        return error_remedy(error, "Leave one out; a table with other settings has a section [%s/NAME].", job->name);
      }
    memory_reserve((void **)&job->reports, &job->report_capacity, job->report_count + 1, sizeof *job->reports);
    job->reports[job->report_count++] = (struct job_report){.name = memory_string_n(item, length), .line = entry->line};
  }
  return job->report_count > 0 || refuse(entry, "at least one report", error);
}

static bool set_if_changed(struct job *job, struct job_report *report, const struct ini_entry *entry,
                           struct error *error) {
  (void)report;
  return read_yes(entry, &job->if_changed, error);
}

static const char *const keep_keys[KEEP_WORDS] = {
    [KEEP_LAST] = "keep_last",       [KEEP_DAILY] = "keep_daily",   [KEEP_WEEKLY] = "keep_weekly",
    [KEEP_MONTHLY] = "keep_monthly", [KEEP_YEARLY] = "keep_yearly",
};

static bool set_keep(struct job *job, struct job_report *report, const struct ini_entry *entry, struct error *error) {
  (void)report;
  enum keep_word word = KEEP_LAST;
  while (strcmp(keep_keys[word], entry->key) != 0)
    word++;
  char *end;
  long number = strtol(entry->value, &end, 10);
  if (strcmp(entry->value, "all") == 0)
    job->keep[word] = KEEP_ALL;
  else if (end > entry->value && *end == '\0' && number > 0 && number <= 100000)
    job->keep[word] = (int)number;
  else
    return refuse(entry, "a number from 1 on, or all", error);
  return true;
}

static bool set_on(struct job *job, struct job_report *report, const struct ini_entry *entry, struct error *error) {
  (void)report;
  struct calendar calendar;
  keep_text(&job->on, entry->value);
  return calendar_parse(entry->value, &calendar, error);
}

static bool set_late_after(struct job *job, struct job_report *report, const struct ini_entry *entry,
                           struct error *error) {
  (void)report;
  return read_duration(entry, &job->late_after, error);
}

static bool set_hook_timeout(struct job *job, struct job_report *report, const struct ini_entry *entry,
                             struct error *error) {
  (void)report;
  return read_duration(entry, &job->hook_timeout, error);
}

static bool set_hook(struct job *job, struct job_report *report, const struct ini_entry *entry, struct error *error) {
  (void)report;
  static const char *const hook_keys[JOB_HOOKS] = {
      [HOOK_START] = "on_start", [HOOK_SUCCESS] = "on_success", [HOOK_FAILURE] = "on_failure"};
  char **words;
  if (!job_hook_words(entry->value, &words))
    return refuse(entry, "a program and its arguments; a quote that is opened must be closed", error);
  bool runs = strchr(words[0], '/') == NULL || access(words[0], X_OK) == 0;
  if (!runs) {
    error_set(error, ERROR_CONFIG, "there is no program \"%s\"", words[0]);
    error_remedy(error, "Name one that this user may run; what needs a shell is written sh -c '…'.");
  }
  free(words[0]);
  free(words);
  if (!runs)
    return false;
  for (int hook = 0; hook < JOB_HOOKS; hook++)
    if (strcmp(hook_keys[hook], entry->key) == 0)
      keep_text(&job->hooks[hook], entry->value);
  return true;
}

/* ---- a table's ----------------------------------------------------------- */

static bool set_report(struct job *job, struct job_report *report, const struct ini_entry *entry, struct error *error) {
  (void)job, (void)error;
  keep_text(&report->report, entry->value);
  return true;
}

static bool set_since(struct job *job, struct job_report *report, const struct ini_entry *entry, struct error *error) {
  (void)job;
  report->since_last = strcmp(entry->value, "last") == 0;
  return report->since_last || refuse(entry, "last: what was added since the last good run", error);
}

static bool set_formats(struct job *job, struct job_report *report, const struct ini_entry *entry,
                        struct error *error) {
  (void)job;
  const char *at = entry->value, *item;
  size_t length;
  report->format_count = 0;
  while (job_list_next(&at, &item, &length)) {
    AUTO_FREE char *name = memory_string_n(item, length);
    const struct render_format *format = render_find(name, error);
    if (format == NULL)
      return false;
    for (size_t i = 0; i < report->format_count; i++)
      if (report->formats[i] == format)
        return refuse(entry, "each format once", error);
    if (report->format_count == JOB_FORMATS_MAX)
      return refuse(entry, "fewer formats", error);
    report->formats[report->format_count++] = format;
  }
  report->formats_line = entry->line;
  return report->format_count > 0 || refuse(entry, "at least one format", error);
}

static bool set_for(struct job *job, struct job_report *report, const struct ini_entry *entry, struct error *error) {
  (void)job;
  report->for_excel = strcmp(entry->value, "excel") == 0;
  return report->for_excel ||
         refuse(entry, "excel: a byte order mark and guards before formulas, in csv and tsv", error);
}

static bool set_languages(struct job *job, struct job_report *report, const struct ini_entry *entry,
                          struct error *error) {
  (void)job;
  const char *at = entry->value, *item;
  size_t length;
  AUTO_TEXT struct text some = {0};
  text_add(&some, "some of ");
  language_add_codes(&some);
  report->language_count = 0;
  while (job_list_next(&at, &item, &length)) {
    AUTO_FREE char *code = memory_string_n(item, length);
    const struct language *language = language_find(code);
    if (language == NULL)
      return refuse(entry, some.data, error);
    for (size_t i = 0; i < report->language_count; i++)
      if (report->languages[i] == language->code)
        return refuse(entry, "each language once", error);
    if (report->language_count == JOB_LANGUAGES_MAX)
      return refuse(entry, "fewer languages", error);
    report->languages[report->language_count++] = language->code;
  }
  return report->language_count > 0 || refuse(entry, some.data, error);
}

static const char *const placeholders[] = {"job", "report", "as_of", "date", "lang"};

static bool check_placeholder(const char *name, size_t length, struct error *error) {
  AUTO_NEAREST struct nearest nearest;
  nearest_begin_n(&nearest, name, length);
  for (size_t i = 0; i < sizeof placeholders / sizeof *placeholders; i++) {
    if (strlen(placeholders[i]) == length && strncmp(placeholders[i], name, length) == 0)
      return true;
    nearest_offer(&nearest, placeholders[i]);
  }
  error_set(error, ERROR_CONFIG, "unknown placeholder \"{%.*s}\"", text_shown(name, length), name);
  if (nearest_answer(&nearest) != NULL)
    return error_remedy(error, "Did you mean \"{%s}\"?", nearest_answer(&nearest));
  return error_remedy(error, "There are, in braces: %s.", nearest_offered(&nearest));
}

static bool set_file(struct job *job, struct job_report *report, const struct ini_entry *entry, struct error *error) {
  (void)job;
  if (*entry->value == '.' || *entry->value == '-' || *entry->value == '\0' || strpbrk(entry->value, "/\\\"\t") != NULL)
    return refuse(entry, "a file's name without folder and without ending, such as {report}-{lang}", error);
  for (const char *open = entry->value; (open = strchr(open, '{')) != NULL; open++) {
    const char *close = strchr(open, '}');
    if (close == NULL)
      return refuse(entry, "a closing brace for each that is opened", error);
    if (!check_placeholder(open + 1, (size_t)(close - open - 1), error))
      return false;
  }
  keep_text(&report->file, entry->value);
  report->file_line = entry->line;
  return true;
}

/* What the table's cut will look at. */
static bool set_word(struct job_report *report, const struct ini_entry *entry, struct error *error) {
  if (report->setting_count == JOB_SETTINGS_MAX)
    return error_set(error, ERROR_CONFIG, "more settings than a table can have");
  report->settings[report->setting_count++] =
      (struct job_setting){memory_string(entry->key), memory_string(entry->value), entry->line};
  return true;
}

/* ---- the table of keys --------------------------------------------------- */

static const struct job_key keys[] = {
    {"as_of", IN_BOTH, false, NULL},
    {"cols", IN_REPORT, true, NULL},
    {"directory", IN_JOB, false, set_directory},
    {"file", IN_BOTH, false, set_file},
    {"for", IN_BOTH, false, set_for},
    {"formats", IN_BOTH, true, set_formats},
    {"hook_timeout", IN_JOB, false, set_hook_timeout},
    {"if_changed", IN_JOB, false, set_if_changed},
    {"include_non_parties", IN_BOTH, false, NULL},
    {"keep_daily", IN_JOB, false, set_keep},
    {"keep_last", IN_JOB, false, set_keep},
    {"keep_monthly", IN_JOB, false, set_keep},
    {"keep_weekly", IN_JOB, false, set_keep},
    {"keep_yearly", IN_JOB, false, set_keep},
    {"kind", IN_BOTH, false, NULL},
    {"languages", IN_BOTH, true, set_languages},
    {"late_after", IN_JOB, false, set_late_after},
    {"on", IN_JOB, false, set_on},
    {"on_failure", IN_JOB, false, set_hook},
    {"on_start", IN_JOB, false, set_hook},
    {"on_success", IN_JOB, false, set_hook},
    {"report", IN_REPORT, false, set_report},
    {"reports", IN_JOB, true, set_reports},
    {"rows", IN_REPORT, true, NULL},
    {"since", IN_REPORT, false, set_since},
    {"where", IN_BOTH, true, NULL},
};
static const size_t key_count = sizeof keys / sizeof *keys;

/* The words of a table's cut that need no row above: what is said of one table, in one line. */
static const struct job_key other_word = {"", IN_REPORT, false, NULL};

/* A word as a key: with "_" where words have "-". The language and what is known are the run's to say. */
static bool word_key(size_t number, struct text *key) {
  const char *word = cut_word(number);
  text_clear(key);
  if (word == NULL || strcmp(word, "lang") == 0 || strcmp(word, "known-at") == 0)
    return word != NULL;
  for (; *word != '\0'; word++)
    text_add_char(key, *word == '-' ? '_' : *word);
  return true;
}

static const struct job_key *find_row(const char *name) {
  for (size_t i = 0; i < key_count; i++)
    if (strcmp(keys[i].name, name) == 0)
      return &keys[i];
  return NULL;
}

static const struct job_key *unknown_key(const char *name, enum job_key_place place, struct error *error) {
  AUTO_NEAREST struct nearest nearest;
  AUTO_TEXT struct text key = {0};
  nearest_begin(&nearest, name);
  for (size_t i = 0; i < key_count; i++)
    if ((keys[i].place & place) != 0)
      nearest_offer(&nearest, keys[i].name);
  for (size_t i = 0; place == IN_REPORT && word_key(i, &key); i++)
    if (key.length > 0 && find_row(key.data) == NULL)
      nearest_offer(&nearest, key.data);
  error_set(error, ERROR_CONFIG, "unknown key: \"%s\"", name);
  nearest_remedy(&nearest, error, "The keys here are %s.", nearest_offered(&nearest));
  return NULL;
}

const struct job_key *job_key_find(const char *name, enum job_key_place place, struct error *error) {
  AUTO_TEXT struct text key = {0};
  const struct job_key *found = find_row(name);
  for (size_t i = 0; found == NULL && word_key(i, &key); i++)
    if (strcmp(text_string(&key), name) == 0 && *name != '\0')
      found = &other_word;
  if (found == NULL)
    return unknown_key(name, place, error);
  if ((found->place & place) != 0)
    return found;
  error_set(error, ERROR_CONFIG, "%s is a key of a %s", name, place == IN_JOB ? "table" : "job");
  error_remedy(error, place == IN_JOB ? "Write it into a section [JOB/NAME]." : "Write it into the section [JOB].");
  return NULL;
}

bool job_key_set(const struct job_key *key, struct job *job, struct job_report *report, const struct ini_entry *entry,
                 struct error *error) {
  if (*entry->value == '\0')
    return refuse(entry, "a value, or leave the key out", error);
  if (key->set != NULL ? !key->set(job, report, entry, error) : !set_word(report, entry, error))
    return false;
  if (entry->continued_line == 0 || key->lines)
    return true;
  error_set(error, ERROR_CONFIG, "it takes one line, and goes on in line %" PRIu64, entry->continued_line);
  return error_remedy(error, "Begin each key at the start of its line; an indented line goes on with the key above.");
}
