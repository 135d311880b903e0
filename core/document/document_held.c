/* The days on which a meeting was held: "4–5 July 2018", "30 June to 2 July 2018", "du 4 au 6 juillet 2018". */
#include "core/document/document_private.h"

#include "core/base/memory.h"

#include <string.h>

/* The year of a day. */
static int year_of(day value) {
  int year, month, day_of_month;
  day_to_civil(value, &year, &month, &day_of_month);
  return year;
}

/* Reads the first day of a range, which may lack its year, or month and year. */
static bool first_day(const char *s, size_t length, day last, day *first) {
  size_t consumed;
  if (day_parse_prose(s, length, first, &consumed) && consumed == length)
    return true;
  int year, month, last_of_month, number = 0;
  size_t digits = 0;
  day_to_civil(last, &year, &month, &last_of_month);
  while (digits < length && digits < 2 && s[digits] >= '0' && s[digits] <= '9')
    number = number * 10 + (s[digits++] - '0');
  if (digits > 0 && (digits == length || (length - digits == 2 && memcmp(s + digits, "er", 2) == 0)))
    return day_from_civil(year, month, number, first);
  AUTO_TEXT struct text whole = {0};
  text_add_n(&whole, s, length);
  text_add_format(&whole, " %d", year_of(last));
  return day_parse_prose(whole.data, whole.length, first, &consumed) && consumed == whole.length;
}

bool held_read(const char *s, size_t length, day *from, day *to) {
  static const char *const openings[] = {"from ", "From ",          "du ", "Du ", "del ", "Del ", "le ",
                                         "les ",  "los d\u00edas ", "el ", NULL};
  static const char *const between[] = {" \u2013 ", "\u2013", " \u2014 ", "\u2014", " - ",    "-",   " to ",
                                        " and ",    " et ",   " au ",     " al ",   " y el ", " y ", " a "};
  size_t consumed;
  if (length > 120)
    return false;
  AUTO_FREE char *copy = memory_string_n(s, length);
  size_t opening = prose_prefix(copy, openings);
  const char *dates = copy + opening;
  length -= opening;
  if (day_parse_prose(dates, length, from, &consumed) && consumed == length) {
    *to = *from;
    return true;
  }
  for (size_t i = 0; i < sizeof between / sizeof *between; i++) {
    const char *sign = strstr(dates, between[i]);
    if (!sign)
      continue;
    const char *second = sign + strlen(between[i]);
    size_t left = length - (size_t)(second - dates);
    day first, last;
    if (day_parse_prose(second, left, &last, &consumed) && consumed == left &&
        first_day(dates, (size_t)(sign - dates), last, &first) && first <= last) {
      *from = first;
      *to = last;
      return true;
    }
  }
  return false;
}
