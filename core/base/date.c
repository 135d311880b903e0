/* Civil dates and moments: strict parsing, formatting, calendar arithmetic. */
#include "core/base/date.h"

#include "core/base/memory.h"
#include "core/base/text.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>

enum { FIRST_YEAR = 1900, LAST_YEAR = 2199 }; /* what input may name */

#define MICROSECONDS         INT64_C(1000000)
#define MICROSECONDS_PER_DAY (INT64_C(86400) * MICROSECONDS)

/* ---- calendar ---- */

static bool is_leap(int year) {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month) {
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/*
 * Days from 0000-03-01 to the given day.  Years are counted from March, so that the leap day is the last of a year;
 * (153 * m + 2) / 5 is then the number of days before month m (March = 0).
 */
static int32_t days_since_march_0(int year, int month, int day_of_month) {
  int shifted = month > 2 ? month - 3 : month + 9;
  int y = month > 2 ? year : year - 1;
  return 365 * y + y / 4 - y / 100 + y / 400 + (153 * shifted + 2) / 5 + day_of_month - 1;
}

enum { MARCH_0_TO_2000 = 730425 }; /* days from 0000-03-01 to 2000-01-01 */

bool day_from_civil(int year, int month, int day_of_month, day *out) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day_of_month < 1 ||
      day_of_month > days_in_month(year, month))
    return false;
  *out = days_since_march_0(year, month, day_of_month) - MARCH_0_TO_2000;
  return true;
}

void day_to_civil(day value, int *year, int *month, int *day_of_month) {
  enum { DAYS_IN_400_YEARS = 146097 };
  int64_t days = (int64_t)value + MARCH_0_TO_2000;
  int64_t era = (days >= 0 ? days : days - (DAYS_IN_400_YEARS - 1)) / DAYS_IN_400_YEARS;
  int of_era = (int)(days - era * DAYS_IN_400_YEARS);
  /* the last day of 4, 100 and 400 years would otherwise begin a year of its own */
  int year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  int of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int shifted = (5 * of_year + 2) / 153;
  *day_of_month = of_year - (153 * shifted + 2) / 5 + 1;
  *month = shifted < 10 ? shifted + 3 : shifted - 9;
  *year = (int)(era * 400) + year_of_era + (*month <= 2);
}

const char *day_format(day value, char out[static DAY_TEXT_SIZE]) {
  int year = 0, month = 0, day_of_month = 0;
  if (value != DAY_NONE)
    day_to_civil(value, &year, &month, &day_of_month);
  if (year < 1 || year > 9999) {
    out[0] = '\0';
    return out;
  }
  const int digits[] = {year / 1000, year / 100 % 10,   year / 10 % 10,   year % 10, -1, month / 10, month % 10,
                        -1,          day_of_month / 10, day_of_month % 10};
  for (size_t i = 0; i < DAY_TEXT_SIZE - 1; i++)
    out[i] = digits[i] < 0 ? '-' : (char)('0' + digits[i]);
  out[DAY_TEXT_SIZE - 1] = '\0';
  return out;
}

day day_today(void) {
  time_t now = time(NULL);
  struct tm local;
  day today = 0;
  localtime_r(&now, &local);
  day_from_civil(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday, &today);
  return today;
}

/* ---- reading ISO dates ---- */

/* The number that exactly `count` digits at s make, or -1. */
static int number_of(const char *s, size_t count) {
  int number = 0;
  for (size_t i = 0; i < count; i++) {
    if (s[i] < '0' || s[i] > '9')
      return -1;
    number = number * 10 + (s[i] - '0');
  }
  return number;
}

struct civil {
  int year, month, day_of_month;
};

/* True when the ten bytes at s look like 2018-07-04, whatever the numbers. */
static bool has_iso_shape(const char *s, struct civil *civil) {
  if (s[4] != '-' || s[7] != '-')
    return false;
  civil->year = number_of(s, 4);
  civil->month = number_of(s + 5, 2);
  civil->day_of_month = number_of(s + 8, 2);
  return civil->year >= 0 && civil->month >= 0 && civil->day_of_month >= 0;
}

static bool is_accepted(const struct civil *civil, day *out) {
  return civil->year >= FIRST_YEAR && civil->year <= LAST_YEAR &&
         day_from_civil(civil->year, civil->month, civil->day_of_month, out);
}

static const char *month_name(int month) {
  static const char *const names[] = {"January", "February", "March",     "April",   "May",      "June",
                                      "July",    "August",   "September", "October", "November", "December"};
  return names[month - 1];
}

/* Of a date in the right shape: says why there is no such day. */
static bool refuse_civil(const struct civil *civil, const char *s, struct error *error) {
  if (civil->year < FIRST_YEAR || civil->year > LAST_YEAR) {
    error_set(error, ERROR_DATA, "year out of range: \"%.10s\"", s);
    return error_remedy(error, "Years from %d to %d are accepted.", FIRST_YEAR, LAST_YEAR);
  }
  error_set(error, ERROR_DATA, "no such day: \"%.10s\"", s);
  if (civil->month < 1 || civil->month > 12)
    return error_remedy(error, "The month is a number from 01 to 12. Write the date as YYYY-MM-DD.");
  return error_remedy(error, "%s %d has %d days.", month_name(civil->month), civil->year,
                      days_in_month(civil->year, civil->month));
}

/* ---- what was meant: remedies for dates in other shapes ---- */

static bool is_separator(char c) {
  return c == '/' || c == '.' || c == '-';
}

/* Reads up to `most` digits; returns how many. */
static size_t read_digits(const char *s, size_t length, size_t most, int *number) {
  size_t count = 0;
  *number = 0;
  while (count < length && count < most && s[count] >= '0' && s[count] <= '9')
    *number = *number * 10 + (s[count++] - '0');
  return count;
}

/* Splits 4/7/2018, 04.07.2018, 2018/7/4 and the like into three numbers and the first one's number of digits. */
static bool split_in_three(const char *s, size_t length, int part[3], size_t digits[3]) {
  size_t at = 0;
  for (int i = 0; i < 3; i++) {
    digits[i] = read_digits(s + at, length - at, 4, &part[i]);
    if (digits[i] == 0)
      return false;
    at += digits[i];
    if (i < 2 && (at >= length || !is_separator(s[at++])))
      return false;
  }
  /* a time may follow */
  return at == length || s[at] == ' ' || s[at] == 'T';
}

static bool suggest(const char *before, day meant, struct error *error) {
  char iso[DAY_TEXT_SIZE];
  return error_remedy(error, "%sWrite %s.", before, day_format(meant, iso));
}

/* Of day/month/year or month/day/year: names every reading that exists. */
static bool suggest_both(int first, int second, int year, struct error *error) {
  day day_first, month_first;
  char one[DAY_TEXT_SIZE], other[DAY_TEXT_SIZE];
  bool may_be_day_first = is_accepted(&(struct civil){year, second, first}, &day_first);
  bool may_be_month_first = is_accepted(&(struct civil){year, first, second}, &month_first);
  if (may_be_day_first && may_be_month_first && day_first != month_first)
    return error_remedy(error, "The date is ambiguous. Write %s for %d %s %d, or %s for %d %s %d.",
                        day_format(day_first, one), first, month_name(second), year, day_format(month_first, other),
                        second, month_name(first), year);
  if (may_be_day_first)
    return suggest("", day_first, error);
  if (may_be_month_first)
    return suggest("", month_first, error);
  return false;
}

/* A spreadsheet's day number (1900 date system: 1 is 1899-12-31, and 1900 counts as a leap year). */
static bool suggest_serial(const char *s, size_t length, struct error *error) {
  int serial;
  day meant;
  if (length != 5 || read_digits(s, length, 5, &serial) != 5)
    return false;
  if (!day_from_civil(1899, 12, 30, &meant))
    return false;
  char iso[DAY_TEXT_SIZE];
  error_remedy(error,
               "It looks like a spreadsheet's day number, which may mean %s. Format the column as YYYY-MM-DD in the "
               "spreadsheet and save it again.",
               day_format(meant + serial, iso));
  return true;
}

/* True when a remedy was found that names the very date to write. */
static bool suggest_rewrite(const char *s, size_t length, struct error *error) {
  int part[3];
  size_t digits[3], consumed;
  day meant;
  s = text_trim(s, &length);
  if (suggest_serial(s, length, error))
    return true;
  if (length == 8 && is_accepted(&(struct civil){number_of(s, 4), number_of(s + 4, 2), number_of(s + 6, 2)}, &meant))
    suggest("", meant, error);
  else if (day_parse_prose(s, length, &meant, &consumed) && consumed == length)
    suggest("", meant, error);
  else if (!split_in_three(s, length, part, digits))
    return false;
  else if (digits[0] == 4 && is_accepted(&(struct civil){part[0], part[1], part[2]}, &meant))
    suggest("", meant, error);
  else if (digits[2] == 4)
    suggest_both(part[0], part[1], part[2], error);
  return error->remedy[0] != '\0';
}

bool day_parse(const char *s, size_t length, day *out, struct error *error) {
  struct civil civil;
  if (length == 10 && has_iso_shape(s, &civil))
    return is_accepted(&civil, out) || refuse_civil(&civil, s, error);
  error_set(error, ERROR_DATA, "not a date: \"%.*s\"", text_shown(s, length), s);
  if (length > 64 || !suggest_rewrite(s, length, error))
    error_remedy(error, "Write the date as YYYY-MM-DD, for example 2018-07-04.");
  return false;
}

bool day_parse_option(const char *s, day *out, struct error *error) {
  if (strcmp(s, "today") == 0) {
    *out = day_today();
    return true;
  }
  return day_parse(s, strlen(s), out, error);
}

/* ---- dates in prose ---- */

/* Bytes of white space that begin at s: blanks, tabs, U+00A0 and U+202F. */
static size_t blanks(const char *s, size_t length) {
  size_t at = 0;
  while (at < length) {
    if (s[at] == ' ' || s[at] == '\t')
      at += 1;
    else if (length - at >= 2 && memcmp(s + at, "\u00a0", 2) == 0)
      at += 2;
    else if (length - at >= 3 && memcmp(s + at, "\u202f", 3) == 0)
      at += 3;
    else
      break;
  }
  return at;
}

static bool starts_with(const char *s, size_t length, const char *word) {
  size_t size = strlen(word);
  return size <= length && strncasecmp(s, word, size) == 0;
}

/* Bytes of an ordinal ending ("1er", "1.º", "1º") at s. */
static size_t ordinal(const char *s, size_t length) {
  static const char *const endings[] = {"er", ".\u00ba", "\u00ba", ".\u00b0", "\u00b0"};
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
    if (starts_with(s, length, endings[i]))
      return strlen(endings[i]);
  return 0;
}

/* The month that a folded word names in English, French or Spanish; 0 when none. */
static int month_of(const char *word) {
  static const struct {
    const char *name;
    int month;
  } months[] = {{"january", 1},    {"february", 2},  {"march", 3},      {"april", 4},     {"may", 5},
                {"june", 6},       {"july", 7},      {"august", 8},     {"september", 9}, {"october", 10},
                {"november", 11},  {"december", 12}, {"janvier", 1},    {"fevrier", 2},   {"mars", 3},
                {"avril", 4},      {"mai", 5},       {"juin", 6},       {"juillet", 7},   {"aout", 8},
                {"septembre", 9},  {"octobre", 10},  {"novembre", 11},  {"decembre", 12}, {"enero", 1},
                {"febrero", 2},    {"marzo", 3},     {"abril", 4},      {"mayo", 5},      {"junio", 6},
                {"julio", 7},      {"agosto", 8},    {"septiembre", 9}, {"setiembre", 9}, {"octubre", 10},
                {"noviembre", 11}, {"diciembre", 12}};
  for (size_t i = 0; i < sizeof months / sizeof *months; i++)
    if (strcmp(months[i].name, word) == 0)
      return months[i].month;
  return 0;
}

/* Reads a month's name; returns its bytes, 0 when there is none. */
static size_t read_month(const char *s, size_t length, int *month) {
  size_t size = 0;
  while (size < length && size < 24 &&
         (((s[size] | 0x20) >= 'a' && (s[size] | 0x20) <= 'z') || (unsigned char)s[size] >= 0x80) &&
         blanks(s + size, length - size) == 0)
    size++;
  AUTO_FREE char *word = text_fold_accents(s, size);
  *month = month_of(word);
  return *month ? size : 0;
}

/* Skips white space, and "de" with the white space after it.  0 when there is no white space at all. */
static size_t gap(const char *s, size_t length) {
  size_t at = blanks(s, length);
  if (at == 0 || !starts_with(s + at, length - at, "de"))
    return at;
  size_t after = blanks(s + at + 2, length - at - 2);
  return after == 0 ? at : at + 2 + after;
}

bool day_parse_prose(const char *s, size_t length, day *out, size_t *consumed) {
  struct civil civil;
  size_t at = read_digits(s, length, 2, &civil.day_of_month), step;
  if (at == 0)
    return false;
  at += ordinal(s + at, length - at);
  if ((step = gap(s + at, length - at)) == 0)
    return false;
  at += step;
  if ((step = read_month(s + at, length - at, &civil.month)) == 0)
    return false;
  at += step;
  if ((step = gap(s + at, length - at)) == 0)
    return false;
  at += step;
  if (read_digits(s + at, length - at, 5, &civil.year) != 4 || !is_accepted(&civil, out))
    return false;
  if (consumed)
    *consumed = at + 4;
  return true;
}

/* ---- moments ---- */

static bool refuse_moment(const char *s, size_t length, const char *remedy, struct error *error) {
  error_set(error, ERROR_DATA, "not a moment: \"%.*s\"", text_shown(s, length), s);
  return error_remedy(error, "%s", remedy);
}

/* Reads hh:mm:ss at s (at least 8 bytes) as seconds; NULL when it is right, else the remedy. */
static const char *read_clock(const char *s, int64_t *seconds) {
  int hour = number_of(s, 2), minute = number_of(s + 3, 2), second = number_of(s + 6, 2);
  if (hour < 0 || minute < 0 || second < 0 || s[2] != ':' || s[5] != ':')
    return "Write the time as hh:mm:ss, for example 2026-11-24T06:00:00Z.";
  if (hour < 24 && minute < 60 && second == 60)
    return "Leap seconds have no place in the database. Write second 59.";
  if (hour > 23 || minute > 59 || second > 59)
    return "Hours go from 00 to 23, minutes and seconds from 00 to 59.";
  *seconds = (hour * 60 + minute) * 60 + second;
  return NULL;
}

/* Reads ".5" up to ".123456" as microseconds; returns the bytes read, 0 when there is no fraction or a wrong one. */
static size_t read_fraction(const char *s, size_t length, int64_t *microseconds) {
  int digits;
  if (length == 0 || s[0] != '.')
    return 0;
  size_t count = read_digits(s + 1, length - 1, 7, &digits);
  if (count == 0 || count > 6)
    return 0;
  *microseconds = digits;
  for (size_t i = count; i < 6; i++)
    *microseconds *= 10;
  return count + 1;
}

/* Reads the zone, which must be the whole rest, as seconds east of UTC. */
static const char *read_zone(const char *s, size_t length, int64_t *east) {
  static const char how[] = "End it with Z for UTC, or with an offset such as +01:00.";
  *east = 0;
  if (length == 1 && (s[0] == 'Z' || s[0] == 'z'))
    return NULL;
  if (length > 0 && s[0] == '.')
    return "Give at most six decimals of a second.";
  if (length != 6 || (s[0] != '+' && s[0] != '-') || s[3] != ':')
    return how;
  int hour = number_of(s + 1, 2), minute = number_of(s + 4, 2);
  if (hour < 0 || minute < 0 || hour > 23 || minute > 59)
    return how;
  *east = (s[0] == '-' ? -60 : 60) * (int64_t)(hour * 60 + minute);
  return NULL;
}

bool moment_parse(const char *s, size_t length, moment *out, struct error *error) {
  day date = 0;
  int64_t seconds = 0, microseconds = 0, east = 0;
  if (length == 10) {
    if (!day_parse(s, length, &date, error))
      return false;
    *out = (date + INT64_C(1)) * MICROSECONDS_PER_DAY - 1;
    return true;
  }
  if (length < 19 || (s[10] != 'T' && s[10] != 't' && s[10] != ' '))
    return refuse_moment(s, length, "Write a day, 2026-11-24, or a moment with its zone, 2026-11-24T06:00:00Z.", error);
  if (!day_parse(s, 10, &date, error))
    return false;
  const char *wrong = read_clock(s + 11, &seconds);
  if (wrong)
    return refuse_moment(s, length, wrong, error);
  size_t at = 19 + read_fraction(s + 19, length - 19, &microseconds);
  wrong = read_zone(s + at, length - at, &east);
  if (wrong)
    return refuse_moment(s, length, wrong, error);
  *out = date * MICROSECONDS_PER_DAY + (seconds - east) * MICROSECONDS + microseconds;
  return true;
}

const char *moment_format(moment value, char out[static MOMENT_TEXT_SIZE]) {
  char date[DAY_TEXT_SIZE];
  int64_t days = value / MICROSECONDS_PER_DAY, rest = value % MICROSECONDS_PER_DAY;
  if (rest < 0) {
    rest += MICROSECONDS_PER_DAY;
    days--;
  }
  out[0] = '\0';
  if (value == MOMENT_NONE || days > INT32_MAX || days <= INT32_MIN || !day_format((day)days, date)[0])
    return out;
  int seconds = (int)(rest / MICROSECONDS), fraction = (int)(rest % MICROSECONDS);
  int used =
      snprintf(out, MOMENT_TEXT_SIZE, "%sT%02d:%02d:%02d", date, seconds / 3600, seconds / 60 % 60, seconds % 60);
  if (fraction)
    used += snprintf(out + used, MOMENT_TEXT_SIZE - (size_t)used, ".%06d", fraction);
  snprintf(out + used, MOMENT_TEXT_SIZE - (size_t)used, "Z");
  return out;
}
