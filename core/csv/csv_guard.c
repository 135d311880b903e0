/* The guard against what spreadsheets make of texts: formulas, numbers, dates. */
#include "core/csv/csv.h"

#include <string.h>

/* Signs that begin a formula; the wide ones do so in East Asian settings. */
static const char *const signs[] = {"=", "+", "-", "@", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};

static bool begins_formula(const char *value, size_t length) {
  /* spreadsheets pass over what is blank before it */
  while (length > 0 && ((unsigned char)*value <= ' ' || *value == '\x7f')) {
    value++;
    length--;
  }
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
    if (length >= strlen(signs[i]) && memcmp(value, signs[i], strlen(signs[i])) == 0)
      return true;
  return false;
}

/* Digits that lose something as a number: leading zeros, what stands behind the 15th, blanks round them; or groups of
 * digits, joined like 6.10, 1/2, 3-4, 10:30 or 1e5, that become another number, a date or a time. */
static bool becomes_number(const char *value, size_t length) {
  static const char JOINTS[] = "./-:eE";
  size_t all = length, digits = 0, groups = 0;
  value = text_trim(value, &length);
  for (size_t i = 0; i < length; i++) {
    bool digit = value[i] >= '0' && value[i] <= '9';
    bool joint = digits > 0 && i + 1 < length && memchr(JOINTS, value[i], sizeof JOINTS - 1) != NULL;
    if (!digit && !joint)
      return false;
    digits = digit ? digits + 1 : 0;
    groups += joint;
  }
  return length > 0 && (length < all || groups > 0 || digits > 15 || (digits > 1 && *value == '0'));
}

static size_t guards(const char *value, size_t length) {
  size_t count = 0;
  while (count < length && value[count] == CSV_GUARD)
    count++;
  return count;
}

bool csv_guard_needed(const char *value, size_t length) {
  size_t count = guards(value, length);
  return begins_formula(value + count, length - count) || becomes_number(value + count, length - count);
}

bool csv_guard_is_there(const char *value, size_t length) {
  return guards(value, length) > 0 && csv_guard_needed(value, length);
}
