/*
 * Civil dates and moments, and the only parser of them.
 *
 * A day is the number of days since 2000-01-01, a moment the number of
 * microseconds since 2000-01-01T00:00:00Z: PostgreSQL's own binary forms of
 * `date` and `timestamptz`.
 */
#ifndef RECTRACK_CORE_BASE_DATE_H
#define RECTRACK_CORE_BASE_DATE_H

#include "core/base/error.h"

#include <stdbool.h>
#include <stdint.h>

typedef int32_t day;
typedef int64_t moment;

#define DAY_NONE         INT32_MIN
#define MOMENT_NONE      INT64_MIN
#define DAY_TEXT_SIZE    11 /* "2018-07-04" and NUL */
#define MOMENT_TEXT_SIZE 28 /* "2018-07-04T12:00:00.123456Z" and NUL */

/*
 * Reads an ISO 8601 calendar date, YYYY-MM-DD, years 1900 to 2199.  Anything else is refused with ERROR_DATA and a
 * remedy; a date such as 04/07/2018 is called ambiguous and both readings are named.  `s` need not be NUL-terminated.
 */
bool day_parse(const char *s, size_t length, day *out, struct error *error);

/* As day_parse, and also `today`. For command-line options. */
bool day_parse_option(const char *s, day *out, struct error *error);

/*
 * Reads a date as meeting reports write it: "4 July 2018", "4 juillet 2018", "1er juillet 2018", "4 de julio de 2018".
 * *consumed (may be NULL) receives the number of bytes read. False, without an error, when s does not begin with a
 * date.  Case and accents of the month don't matter; years 1900 to 2199.
 */
bool day_parse_prose(const char *s, size_t length, day *out, size_t *consumed);

/* Makes a day of the years 1 to 9999 (proleptic Gregorian) from its parts; false when there is no such day. */
bool day_from_civil(int year, int month, int day_of_month, day *out);
void day_to_civil(day value, int *year, int *month, int *day_of_month);

/* Writes YYYY-MM-DD (or "" for DAY_NONE and what day_from_civil would not make) and returns `out`. */
const char *day_format(day value, char out[static DAY_TEXT_SIZE]);

/* Today in the local time zone. */
day day_today(void);

/*
 * Reads an RFC 3339 moment with a zone ("2026-11-24T06:00:00Z", "2026-11-24 07:00:00.5+01:00"; up to 6 decimals), or
 * a bare date, which means the last microsecond of that day in UTC.  Else ERROR_DATA with a remedy.
 */
bool moment_parse(const char *s, size_t length, moment *out, struct error *error);

/* Writes YYYY-MM-DDThh:mm:ss[.ffffff]Z (decimals only when not zero; "" for MOMENT_NONE) and returns `out`. */
const char *moment_format(moment value, char out[static MOMENT_TEXT_SIZE]);

#endif
