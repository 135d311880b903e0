/*
 * When a job runs, in the words of systemd's OnCalendar= (systemd.time(7), "Calendar Events"):
 *
 *   Mon *-*-* 06:00      Mon..Fri 07:30:00      *-*-1,15 06:00 Europe/Vienna      *-1/3-1 06:00      weekly
 *
 * Days of the week (lists, ranges), then the date, then the time; each part of date and time is *, a number, a list, a
 * range with "..", or a start and a step with "/".  What systemd knows beyond that ("~", fractions of seconds) is
 * refused.
 */
#ifndef RECTRACK_REPORTS_EXPORT_CALENDAR_H
#define RECTRACK_REPORTS_EXPORT_CALENDAR_H

#include "core/base/error.h"
#include "core/base/text.h"

#include <stdbool.h>
#include <stdint.h>

enum calendar_part { PART_WEEKDAY, PART_MONTH, PART_DAY, PART_HOUR, PART_MINUTE, PART_SECOND, CALENDAR_PARTS };

struct calendar {
  uint64_t parts[CALENDAR_PARTS]; /* a bit for each number that fits; Monday is 1, Sunday 7 */
  bool every_year;
  bool has_zone;
};

/* ERROR_USAGE with what can be written. */
bool calendar_parse(const char *text, struct calendar *calendar, struct error *error) __attribute__((nonnull));

/* Adds the five fields of a crontab line (crontab(5)). ERROR_USAGE for what cron can't say. */
bool calendar_add_cron(const struct calendar *calendar, struct text *out, struct error *error) __attribute__((nonnull));

#endif
