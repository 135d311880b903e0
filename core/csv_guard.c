/* The guard against formulas. */
#include "core/csv.h"

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

static size_t guards(const char *value, size_t length) {
  size_t count = 0;
  while (count < length && value[count] == CSV_GUARD)
    count++;
  return count;
}

bool csv_guard_needed(const char *value, size_t length) {
  size_t count = guards(value, length);
  return begins_formula(value + count, length - count);
}

bool csv_guard_is_there(const char *value, size_t length) {
  return guards(value, length) > 0 && csv_guard_needed(value, length);
}
