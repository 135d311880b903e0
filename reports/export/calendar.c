/* When a job runs. */
#include "reports/export/calendar.h"

#include "core/base/memory.h"

#include <stdlib.h>
#include <string.h>

static const struct {
  int least, most;
} ranges[CALENDAR_PARTS] = {
    [PART_WEEKDAY] = {1, 7}, [PART_MONTH] = {1, 12},  [PART_DAY] = {1, 31},
    [PART_HOUR] = {0, 23},   [PART_MINUTE] = {0, 59}, [PART_SECOND] = {0, 59},
};

/* systemd.time(7) has these words. */
static const struct {
  const char *word, *meaning;
} words[] = {
    {"minutely", "*-*-* *:*:00"},      {"hourly", "*-*-* *:00:00"},    {"daily", "*-*-* 00:00:00"},
    {"weekly", "Mon *-*-* 00:00"},     {"monthly", "*-*-01 00:00:00"}, {"quarterly", "*-1,4,7,10-1 00:00"},
    {"semiannually", "*-1,7-1 00:00"}, {"yearly", "*-01-01 00:00:00"}, {"annually", "*-01-01 00:00:00"},
};

static uint64_t all_of(enum calendar_part part) {
  uint64_t bits = 0;
  for (int value = ranges[part].least; value <= ranges[part].most; value++)
    bits |= UINT64_C(1) << value;
  return bits;
}

/* ---- one part ------------------------------------------------------------ */

static bool take_number(const char **at, int *value) {
  char *end;
  if (**at < '0' || **at > '9')
    return false;
  long number = strtol(*at, &end, 10);
  *at = end;
  *value = number <= 9999 ? (int)number : -1;
  return true;
}

/* "Mon", "Monday"; whatever the case. */
static bool take_weekday(const char **at, int *value) {
  static const char *const days[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
  for (int day = 0; day < 7; day++) {
    size_t length = strlen(days[day]);
    if (strncasecmp(*at, days[day], length) != 0)
      length = strncasecmp(*at, days[day], 3) == 0 ? 3 : 0;
    if (length == 0)
      continue;
    *at += length;
    *value = day + 1;
    return true;
  }
  return false;
}

static bool take_value(const char **at, enum calendar_part part, int *value) {
  return (part == PART_WEEKDAY ? take_weekday(at, value) : take_number(at, value)) && *value >= ranges[part].least &&
         *value <= ranges[part].most;
}

/* A value, a range, or a start and a step. */
static bool take_item(const char **at, enum calendar_part part, uint64_t *bits) {
  int from = ranges[part].least, to, step = 1;
  bool all = **at == '*' && part != PART_WEEKDAY;
  if (all)
    (*at)++;
  else if (!take_value(at, part, &from))
    return false;
  to = all ? ranges[part].most : from;
  if (!all && strncmp(*at, "..", 2) == 0) {
    *at += 2;
    if (!take_value(at, part, &to) || to < from)
      return false;
  }
  if (**at == '/' && part != PART_WEEKDAY) {
    (*at)++;
    to = to == from ? ranges[part].most : to;
    if (!take_number(at, &step) || step < 1)
      return false;
  }
  for (int value = from; value <= to; value += step)
    *bits |= UINT64_C(1) << value;
  return true;
}

static bool take_part(const char **at, enum calendar_part part, struct calendar *calendar) {
  calendar->parts[part] = 0;
  for (;;) {
    if (!take_item(at, part, &calendar->parts[part]))
      return false;
    if (**at != ',')
      return true;
    (*at)++;
  }
}

/* ---- the whole ----------------------------------------------------------- */

/* Reads [YEAR-]MONTH-DAY; the year must be * or numbers, which cron can't say. */
static bool take_date(const char **at, struct calendar *calendar) {
  const char *end = *at + strcspn(*at, " ");
  int dashes = 0;
  for (const char *look = *at; look < end; look++)
    dashes += *look == '-';
  if (dashes == 2) {
    size_t year = strcspn(*at, "-");
    calendar->every_year = year == 1 && **at == '*';
    if (!calendar->every_year && strspn(*at, "0123456789,./*") != year)
      return false;
    *at += year + 1;
  }
  if ((dashes != 1 && dashes != 2) || !take_part(at, PART_MONTH, calendar) || **at != '-')
    return false;
  (*at)++;
  return take_part(at, PART_DAY, calendar);
}

static bool take_time(const char **at, struct calendar *calendar) {
  if (!take_part(at, PART_HOUR, calendar) || **at != ':')
    return false;
  (*at)++;
  if (!take_part(at, PART_MINUTE, calendar))
    return false;
  if (**at != ':')
    return true;
  (*at)++;
  return take_part(at, PART_SECOND, calendar);
}

static bool end_word(const char **at) {
  if (**at != ' ' && **at != '\0')
    return false;
  *at += strspn(*at, " ");
  return true;
}

static bool is_zone(const char *word) {
  static const char ALLOWED[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_/+-";
  return *word != '\0' && strspn(word, ALLOWED) == strlen(word) && (strchr(word, '/') || strcmp(word, "UTC") == 0);
}

static bool take_all(const char *at, struct calendar *calendar) {
  at += strspn(at, " ");
  const char *word = at;
  if (strchr("MTWFSmtwfs", *at) != NULL && *at != '\0' && (!take_part(&at, PART_WEEKDAY, calendar) || !end_word(&at)))
    return false;
  size_t length = strcspn(at, " ");
  if (memchr(at, '-', length) != NULL && memchr(at, ':', length) == NULL &&
      (!take_date(&at, calendar) || !end_word(&at)))
    return false;
  length = strcspn(at, " ");
  bool has_time = memchr(at, ':', length) != NULL;
  if (has_time && (!take_time(&at, calendar) || !end_word(&at)))
    return false;
  calendar->has_zone = is_zone(at);
  return at > word && (*at == '\0' || calendar->has_zone);
}

bool calendar_parse(const char *text, struct calendar *calendar, struct error *error) {
  const char *meaning = text;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (strcasecmp(words[i].word, text) == 0)
      meaning = words[i].meaning;
  *calendar = (struct calendar){.every_year = true};
  for (int part = PART_WEEKDAY; part <= PART_DAY; part++)
    calendar->parts[part] = all_of((enum calendar_part)part);
  for (int part = PART_HOUR; part < CALENDAR_PARTS; part++)
    calendar->parts[part] = 1; /* midnight, where no time is given */
  if (take_all(meaning, calendar))
    return true;
  error_set(error, ERROR_USAGE, "not a time that comes again: \"%s\"", text);
  return error_remedy(error, "Write it as systemd does: Mon *-*-* 06:00, or *-*-1,15 06:00, or weekly.");
}

/* ---- cron ---------------------------------------------------------------- */

static bool is_all(const struct calendar *calendar, enum calendar_part part) {
  return calendar->parts[part] == all_of(part);
}

/* "*", or a list in which neighbours are a range. */
static void add_field(const struct calendar *calendar, enum calendar_part part, struct text *out) {
  if (is_all(calendar, part)) {
    text_add(out, "*");
    return;
  }
  const char *comma = "";
  for (int value = ranges[part].least; value <= ranges[part].most; value++) {
    int last = value;
    if ((calendar->parts[part] >> value & 1) == 0)
      continue;
    while (last < ranges[part].most && (calendar->parts[part] >> (last + 1) & 1) != 0)
      last++;
    text_add_format(out, last > value ? "%s%d-%d" : "%s%d", comma, value, last);
    comma = ",";
    value = last;
  }
}

bool calendar_add_cron(const struct calendar *calendar, struct text *out, struct error *error) {
  const char *what = NULL;
  if (calendar->has_zone)
    what = "in a time zone of its own";
  else if (!calendar->every_year)
    what = "in some years only";
  else if (calendar->parts[PART_SECOND] != 1)
    what = "at a second";
  else if (!is_all(calendar, PART_WEEKDAY) && !is_all(calendar, PART_DAY))
    what = "on a day of the month that is also a day of the week"; /* crontab(5): either of the two */
  if (what != NULL) {
    error_set(error, ERROR_USAGE, "cron can't run a job %s", what);
    return error_remedy(error, "Leave out --cron for systemd units, or choose another time.");
  }
  static const enum calendar_part fields[] = {PART_MINUTE, PART_HOUR, PART_DAY, PART_MONTH, PART_WEEKDAY};
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
    text_add(out, i > 0 ? " " : "");
    add_field(calendar, fields[i], out);
  }
  return true;
}
