/*
 * libFuzzer target: any text as each of the short words that people write: fields of register files, records' numbers,
 * kinds, channels, languages, names of sets, times of jobs, what a report is asked for.  What is understood is brought
 * into one form, which is understood as the same; what isn't has an error that helps.
 */
#include "core/base/language.h"
#include "core/base/memory.h"
#include "core/base/text.h"
#include "core/record/record.h"
#include "core/register/register_fields.h"
#include "reports/export/calendar.h"
#include "reports/export/publish.h"
#include "reports/table/cut_words.h"
#include "tests/fuzz/must.h"

#include <string.h>

static void check_field(register_field_check *check, const char *s) {
  struct error error = {0};
  struct register_field field = {.value = s}, again = {0};
  if (!check(&field, &error)) {
    must_help(&error);
    return;
  }
  again.value = field.value;
  must(check(&again, &error) && strcmp(again.value, field.value) == 0);
  must(text_is_utf8(field.value, strlen(field.value), NULL));
  free(again.kept);
  free(field.kept);
}

static void check_fields(const char *s) {
  static register_field_check *const checks[] = {
      register_check_date,  register_check_truth,  register_check_iso3,     register_check_iso2,
      register_check_m49,   register_check_rank,   register_check_language, register_check_name_kind,
      register_check_code,  register_check_action, register_check_weight,   register_check_level_kind,
      register_check_colour};
  for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
    check_field(checks[i], s);
}

static void check_record_words(const char *s) {
  struct record_id id, again;
  char written[RECORD_ID_TEXT_SIZE];
  enum level_kind kind;
  uint8_t language;
  struct error error = {0};
  if (record_id_parse(s, &id, &error))
    must(id.batch_id > 0 && id.line > 0 && record_id_parse(record_id_format(id, written), &again, &error) &&
         again.batch_id == id.batch_id && again.line == id.line);
  else
    must_help(&error);
  if (!record_kind_parse(s, &kind, &error))
    must_help(&error);
  if (!record_channel_check(s, &error))
    must_help(&error);
  if (!record_language_parse(s, &language, &error))
    must_help(&error);
}

static void check_language(const char *s) {
  const struct language *language = NULL;
  struct error error = {0};
  if (!language_parse(s, &language, &error))
    must_help(&error);
}

/* Five fields, each a star or numbers with commas and ranges, as crontab(5) wants them. */
static void check_cron(const char *line) {
  size_t spaces = 0;
  must(strspn(line, "0123456789*,- ") == strlen(line));
  for (const char *at = line; *at != '\0'; at++) {
    must(*at != ' ' || (at > line && at[-1] != ' ' && at[1] != '\0'));
    spaces += *at == ' ';
  }
  must(spaces == 4);
}

static void check_calendar(const char *s) {
  struct calendar calendar;
  struct error error = {0};
  AUTO_TEXT struct text line = {0};
  if (!calendar_parse(s, &calendar, &error)) {
    must_help(&error);
    return;
  }
  for (int part = 0; part < CALENDAR_PARTS; part++)
    must(calendar.parts[part] != 0);
  if (calendar_add_cron(&calendar, &line, &error))
    check_cron(text_string(&line));
  else
    must_help(&error);
}

/* NAME=VALUE, as an option of `report` or a line of a job file. */
static void check_cut(const char *report, const char *s) {
  AUTO_CUT struct cut cut = {0};
  struct error error = {0};
  const char *equals = strchr(s, '=');
  if (equals == NULL || !cut_begin(&cut, report, &error))
    return;
  AUTO_FREE char *word = memory_string_n(s, (size_t)(equals - s));
  if (!cut_set(&cut, word, equals + 1, &error) || !cut_check(&cut, &error))
    must_help(&error);
}

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size) {
  AUTO_FREE char *s = memory_string_n((const char *)bytes, size);
  moment at;
  if (!text_is_utf8(s, strlen(s), NULL))
    return 0;
  check_fields(s);
  check_record_words(s);
  check_language(s);
  check_calendar(s);
  check_cut("crosstab", s);
  check_cut("profile", s);
  if (set_name_parse(s, &at))
    must(strchr(s, '/') == NULL && *s != '.');
  return 0;
}
