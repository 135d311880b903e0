/* Export jobs: what a file's sections and keys become. */
#include "reports/export/job.h"

#include "core/base/text.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void note(void *context, const struct error *fault) {
  text_add_format(context, "%" PRIu64 " %s|%s\n", fault->line, fault->message, fault->remedy);
}

static struct job_file *parse(const char *text, struct text *noted) {
  struct job_file *file;
  size_t faults;
  job_file_parse("jobs.ini", text, strlen(text), note, noted, &faults, &file);
  return file;
}

static void a_table_has_what_its_job_says(void **state) {
  (void)state;
  AUTO_TEXT struct text noted = {0};
  AUTO_JOB_FILE struct job_file *file =
      parse("[w/own]\nreport = states\nformats = tsv\nkind = both\n[w]\nreports = groups, own\ndirectory = /d\n"
            "formats = json csv\nlanguages = fr, en\nkind = assessed\nkeep_daily = 7\nkeep_yearly = all\n"
            "late_after = 2 weeks\nif_changed = yes\n",
            &noted);
  assert_string_equal(text_string(&noted), "");
  assert_int_equal(file->job_count, 1);
  const struct job *job = &file->jobs[0];
  assert_int_equal(job->keep[KEEP_DAILY], 7);
  assert_int_equal(job->keep[KEEP_YEARLY], KEEP_ALL);
  assert_int_equal(job->keep[KEEP_LAST], 0);
  assert_int_equal(job->late_after, 14 * 24 * 3600);
  assert_true(job->if_changed);
  assert_int_equal(job->report_count, 2);
  const struct job_report *groups = &job->reports[0], *own = &job->reports[1];
  assert_string_equal(groups->report, "groups");
  assert_int_equal(groups->format_count, 2);
  assert_string_equal(groups->formats[0]->name, "json");
  assert_string_equal(own->report, "states");
  assert_int_equal(own->format_count, 1);
  assert_int_equal(own->language_count, 2);
  struct error error;
  AUTO_CUT struct cut cut = {0};
  AUTO_CUT struct cut other = {0};
  assert_true(job_report_cut(groups, "fr", &cut, &error));
  assert_int_equal(cut.kind, LEVEL_ASSESSED);
  assert_string_equal(cut.language, "fr");
  assert_true(job_report_cut(own, NULL, &other, &error));
  assert_int_equal(other.kind, LEVEL_BOTH);
}

static void assert_fault(const char *text, const char *expected) {
  AUTO_TEXT struct text noted = {0};
  AUTO_JOB_FILE struct job_file *file = parse(text, &noted);
  assert_string_equal(text_string(&noted), expected);
}

static void faults_name_line_and_key(void **state) {
  (void)state;
  assert_fault("[w]\ndirectory = /d\nreports = groups\nkeep_wekly = 1\n",
               "4 unknown key: \"keep_wekly\"|Did you mean \"keep_weekly\"?\n");
  assert_fault("[w]\ndirectory = /d\nreports = groups\n[w/groups]\nmesure = count\n",
               "5 unknown key: \"mesure\"|Did you mean \"measure\"?\n");
  assert_fault("[w]\ndirectory = /d\nreports = groups\ncompare = 2025-12-31\n",
               "4 compare is a key of a table|Write it into a section [JOB/NAME].\n");
  assert_fault("[w]\ndirectory = /d\nreports = groups\n[w/groups]\ncompare = 2025-12-31\nresponse_rate = yes\n", "");
  assert_fault("[w]\ndirectory = /d\nreports = gruops\n", "3 unknown report: \"gruops\"|Did you mean \"groups\"?\n");
  assert_fault("[w]\ndirectory = /d\nreports = groups\nkeep_last = -1\n",
               "4 keep_last: can't be \"-1\"|Write a number from 1 on, or all.\n");
  assert_fault("[w]\nreports = groups\ndirectory = /d\n[v/x]\nreport = groups\n",
               "4 there is no job [v]|Write a section [v] with its directory.\n");
  assert_fault("[w]\nreports = groups\ndirectory = /d\nfile = {report}/x\n",
               "4 file: can't be \"{report}/x\"|Write a file's name without folder and without ending, such as "
               "{report}-{lang}.\n");
  assert_fault("[w]\nreports = groups\ndirectory = /d\nlanguages = en, fr\nfile = {report}\n",
               "5 two files of a set would be called \"groups.csv\"|Put {report} or {lang} into the pattern.\n");
  assert_fault("[w]\nreports = groups\ndirectory = /d\n  formats = csv\n",
               "3 directory: it takes one line, and goes on in line 4|Begin each key at the start of its line; an "
               "indented line goes on with the key above.\n");
}

static void pictures_of_what_has_none(void **state) {
  (void)state;
  static const char told[] =
      " Pictures show how pairs are shared out among levels: progress, groups, states, trend, or "
      "a crosstab with columns level.\n";
  char expected[512];
  snprintf(expected, sizeof expected,
           "3 formats: there is no picture (svg) of the table \"matrix\"|Write formats without it in the section "
           "[w/matrix].%s",
           told);
  assert_fault("[w]\ndirectory = /d\nformats = html, svg\nreports = groups, matrix\n", expected);
  assert_fault("[w]\ndirectory = /d\nformats = html, svg\nreports = groups, matrix\n[w/matrix]\nformats = html\n", "");
  snprintf(expected, sizeof expected,
           "5 formats: there is no picture (svg) of the table \"groups\"|Write formats without it in the section "
           "[w/groups].%s",
           told);
  assert_fault("[w]\ndirectory = /d\nreports = groups\n[w/groups]\nformats = svg\nlayout = long\n", expected);
  snprintf(expected, sizeof expected,
           "4 formats: there is no picture (svg) of the table \"records\"|Write formats without it in the section "
           "[w/records].%s",
           told);
  assert_fault("[w]\ndirectory = /d\nreports = records\nformats = csv, svg\n", expected);
}

static void names_of_files(void **state) {
  (void)state;
  AUTO_TEXT struct text name = {0};
  struct error error;
  struct job_file_facts facts = {"weekly", "groups", "fr", "2026-11-23", "2026-11-24"};
  struct job_report report = {.name = (char *)"groups", .language_count = 1};
  job_file_name(&report, &facts, render_find("csv", &error), &name);
  assert_string_equal(name.data, "groups.csv");
  text_clear(&name);
  report.language_count = 2;
  job_file_name(&report, &facts, render_find("table", &error), &name);
  assert_string_equal(name.data, "groups-fr.txt");
  text_clear(&name);
  report.file = (char *)"{job} {report} {lang} {as_of} {date} {";
  job_file_name(&report, &facts, render_find("markdown", &error), &name);
  assert_string_equal(name.data, "weekly groups fr 2026-11-23 2026-11-24 {.md");
}

static void assert_words(const char *command, size_t count, const char *const *expected) {
  char **words;
  assert_true(job_hook_words(command, &words));
  for (size_t i = 0; i < count; i++)
    assert_string_equal(words[i], expected[i]);
  assert_null(words[count]);
  free(words[0]);
  free(words);
}

/* As the words that sh makes of the same line, where nothing is expanded. */
static void words_of_a_command(void **state) {
  (void)state;
  assert_words("true", 1, (const char *const[]){"true"});
  assert_words("  a  'b c' \"d 'e'\" f\\ g ''", 5, (const char *const[]){"a", "b c", "d 'e'", "f g", ""});
  assert_words("sh -c 'echo \"$X\" | cat'", 3, (const char *const[]){"sh", "-c", "echo \"$X\" | cat"});
  assert_words("x'y'\"z\"", 1, (const char *const[]){"xyz"});
  char **words;
  assert_false(job_hook_words("", &words));
  assert_false(job_hook_words("a 'b", &words));
  assert_false(job_hook_words("'' a", &words));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_table_has_what_its_job_says),
      cmocka_unit_test(faults_name_line_and_key),
      cmocka_unit_test(pictures_of_what_has_none),
      cmocka_unit_test(names_of_files),
      cmocka_unit_test(words_of_a_command),
  };
  return cmocka_run_group_tests_name("job", tests, NULL, NULL);
}
