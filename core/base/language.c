/* The six languages: lookup in the catalogues, plural forms, dates. */
#include "core/base/language.h"

#include <endian.h>
#include <stdint.h>
#include <string.h>

/* ---- the languages ------------------------------------------------------- */

static unsigned plural_ar(unsigned long n) {
  unsigned long rest = n % 100;
  if (n <= 2)
    return (unsigned)n;
  return rest >= 3 && rest <= 10 ? 3 : rest >= 11 ? 4 : 5;
}

static unsigned plural_one(unsigned long n) {
  return n != 1;
}

static unsigned plural_fr(unsigned long n) {
  return n > 1;
}

static unsigned plural_ru(unsigned long n) {
  unsigned long last = n % 10, rest = n % 100;
  if (last == 1 && rest != 11)
    return 0;
  return last >= 2 && last <= 4 && (rest < 12 || rest > 14) ? 1 : 2;
}

static unsigned plural_none(unsigned long n) {
  (void)n;
  return 0;
}

const struct language language_list[] = {
    {"ar", "العربية", true, plural_ar},   {"en", "English", false, plural_one}, {"es", "Español", false, plural_one},
    {"fr", "Français", false, plural_fr}, {"ru", "Русский", false, plural_ru},  {"zh", "中文", false, plural_none},
};
const size_t language_count = sizeof language_list / sizeof *language_list;

void language_add_codes(struct text *out) {
  for (size_t i = 0; i < language_count; i++)
    text_add_format(out, "%s%s", i > 0 ? ", " : "", language_list[i].code);
}

const struct language *language_find(const char *code) {
  for (size_t i = 0; i < language_count; i++)
    if (strcmp(language_list[i].code, code) == 0)
      return &language_list[i];
  return NULL;
}

bool language_parse(const char *code, const struct language **out, struct error *error) {
  *out = language_find(code);
  if (*out != NULL)
    return true;
  AUTO_TEXT struct text codes = {0};
  language_add_codes(&codes);
  error_set(error, ERROR_USAGE, "unknown language: \"%s\"", code);
  return error_remedy(error, "Write one of %s.", codes.data);
}

/* ---- lookup -------------------------------------------------------------- */

/* Offsets in an MO file's head, and in each of its two tables of strings (eight bytes an entry: length, offset). */
enum { MO_COUNT = 8, MO_MESSAGES = 12, MO_TRANSLATIONS = 16, MO_ENTRY = 8, MO_ENTRY_OFFSET = 4 };

static uint32_t number_at(const unsigned char *bytes, size_t at) {
  uint32_t little;
  memcpy(&little, bytes + at, sizeof little);
  return le32toh(little);
}

/* The string of an entry, of the table whose place stands at `table` in the head. */
static const char *string_at(const unsigned char *mo, size_t table, uint32_t entry) {
  size_t place = number_at(mo, table) + (size_t)entry * MO_ENTRY;
  return (const char *)mo + number_at(mo, place + MO_ENTRY_OFFSET);
}

/* The messages are sorted; those with plural forms begin with the form of one, which ends with NUL. */
static const char *find(const unsigned char *mo, const char *message) {
  uint32_t from = 0, to = number_at(mo, MO_COUNT);
  while (from < to) {
    uint32_t middle = from + (to - from) / 2;
    int order = strcmp(message, string_at(mo, MO_MESSAGES, middle));
    if (order == 0)
      return string_at(mo, MO_TRANSLATIONS, middle);
    if (order < 0)
      to = middle;
    else
      from = middle + 1;
  }
  return NULL;
}

static const char *look_up(const struct language *language, const char *message) {
  for (size_t i = 0; language != NULL && *message != '\0' && i < catalogue_count; i++)
    if (strcmp(catalogues[i].language, language->code) == 0)
      return find(catalogues[i].bytes, message);
  return NULL;
}

const char *translate(const struct language *language, const char *message) {
  const char *found = look_up(language, message);
  return found != NULL ? found : message;
}

const char *translate_in(const struct language *language, const char *context, const char *message) {
  AUTO_TEXT struct text key = {0};
  text_add_format(&key, "%s\004%s", context, message);
  const char *found = look_up(language, key.data);
  return found != NULL ? found : message;
}

const char *translate_count(const struct language *language, const char *one, const char *many, unsigned long number) {
  const char *form = look_up(language, one);
  if (form == NULL)
    return plural_one(number) == 0 ? one : many;
  for (unsigned i = language->plural(number); i > 0; i--)
    form += strlen(form) + 1;
  return form;
}

/* ---- dates --------------------------------------------------------------- */

static const char *const months[] = {
    N_("January"), N_("February"), N_("March"),     N_("April"),   N_("May"),      N_("June"),
    N_("July"),    N_("August"),   N_("September"), N_("October"), N_("November"), N_("December"),
};

void language_add_day(const struct language *language, day value, struct text *out) {
  int year, month, date;
  if (value == DAY_NONE)
    return;
  day_to_civil(value, &year, &month, &date);
  /* Translators: a date. %d is the day, %B the month's name, %m its number, %Y the year. */
  /* xgettext:no-c-format */
  const char *ordinary = translate(language, "%d %B %Y");
  /* Translators: a date whose day is the first of a month ("1er novembre 2026"). */
  /* xgettext:no-c-format */
  const char *format = date == 1 ? translate_in(language, "first of a month", "%d %B %Y") : ordinary;
  for (; *format != '\0'; format++) {
    if (*format != '%' || format[1] == '\0') {
      text_add_char(out, *format);
      continue;
    }
    switch (*++format) {
    case 'd':
      text_add_format(out, "%d", date);
      break;
    case 'm':
      text_add_format(out, "%d", month);
      break;
    case 'Y':
      text_add_format(out, "%d", year);
      break;
    case 'B':
      text_add(out, translate(language, months[month - 1]));
      break;
    default:
      text_add_char(out, *format);
      break;
    }
  }
}
