/* The fields of register files: what each may hold and the form in which it is stored. */
#include "core/register/register_fields.h"

#include "core/base/date.h"
#include "core/base/language.h"
#include "core/base/memory.h"
#include "core/base/nearest.h"
#include "core/base/text.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

void register_field_keep(struct register_field *field, char *value) {
  free(field->kept);
  field->kept = value;
  field->value = value;
}

bool register_check_date(struct register_field *field, struct error *error) {
  day value;
  return day_parse(field->value, strlen(field->value), &value, error);
}

bool register_check_truth(struct register_field *field, struct error *error) {
  bool yes = strcasecmp(field->value, "true") == 0;
  if (!yes && strcasecmp(field->value, "false") != 0) {
    error_set(error, ERROR_DATA, "neither true nor false: \"%s\"", field->value);
    return error_remedy(error, "Write true or false.");
  }
  register_field_keep(field, memory_string(yes ? "true" : "false"));
  return true;
}

static bool only_capitals(const char *s, size_t length) {
  return strlen(s) == length && strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == length;
}

bool register_check_iso3(struct register_field *field, struct error *error) {
  if (only_capitals(field->value, 3))
    return true;
  error_set(error, ERROR_DATA, "not an alpha-3 code: \"%s\"", field->value);
  return error_remedy(error, "Write three capital letters, such as ITA.");
}

bool register_check_iso2(struct register_field *field, struct error *error) {
  if (only_capitals(field->value, 2))
    return true;
  error_set(error, ERROR_DATA, "not an alpha-2 code: \"%s\"", field->value);
  return error_remedy(error, "Write two capital letters, such as IT.");
}

/* Spreadsheets take the leading zeros off M49 codes; they are put back. */
bool register_check_m49(struct register_field *field, struct error *error) {
  const char *value = field->value;
  size_t digits = strspn(value, "0123456789");
  if (digits == 0 || digits > 3 || value[digits] != '\0') {
    error_set(error, ERROR_DATA, "not an M49 code: \"%s\"", value);
    return error_remedy(error, "Write three digits, such as 380.");
  }
  AUTO_TEXT struct text padded = {0};
  text_add_n(&padded, "000", 3 - digits);
  text_add(&padded, value);
  register_field_keep(field, text_take(&padded));
  return true;
}

bool register_check_language(struct register_field *field, struct error *error) {
  const struct language *ignored;
  if (language_parse(field->value, &ignored, error))
    return true;
  error->code = ERROR_DATA; /* of what is in the file */
  return false;
}

bool register_check_name_kind(struct register_field *field, struct error *error) {
  static const char *const kinds[] = {"short", "formal", "alias", "former", NULL};
  return nearest_check(field->value, kinds, "kind of name", error);
}

bool register_check_action(struct register_field *field, struct error *error) {
  static const char *const actions[] = {"ratification", "acceptance", "approval", "accession",
                                        "succession",   "signature",  NULL};
  return nearest_check(field->value, actions, "action", error);
}

bool register_check_level_kind(struct register_field *field, struct error *error) {
  static const char *const kinds[] = {"reported", "assessed", "both", NULL};
  return nearest_check(field->value, kinds, "kind", error);
}

bool register_check_rank(struct register_field *field, struct error *error) {
  char *end;
  long rank = strtol(field->value, &end, 10);
  if (end == field->value || *end != '\0' || rank < 0 || rank > 999) {
    error_set(error, ERROR_DATA, "not a rank: \"%s\"", field->value);
    return error_remedy(error, "Write a whole number from 0 to 999; higher is further along.");
  }
  AUTO_TEXT struct text canonical = {0};
  text_add_format(&canonical, "%ld", rank);
  register_field_keep(field, text_take(&canonical));
  return true;
}

/* The hundredths of a number from 0 to 1 with two decimals at most; -1 for anything else. */
static int hundredths_of(const char *s) {
  char *end;
  if (s[strspn(s, "0123456789.")] != '\0')
    return -1;
  double weight = strtod(s, &end);
  if (end == s || *end != '\0' || weight > 1)
    return -1;
  int hundredths = (int)(weight * 100 + 0.5);
  double rest = weight * 100 - hundredths;
  return rest > -1e-6 && rest < 1e-6 ? hundredths : -1;
}

/* Kept with two decimals, as the database gives it back. */
bool register_check_weight(struct register_field *field, struct error *error) {
  int hundredths = hundredths_of(field->value);
  if (hundredths < 0) {
    error_set(error, ERROR_DATA, "not a weight: \"%s\"", field->value);
    return error_remedy(error, "Write a number from 0 to 1 with two decimals at most, such as 0.50, or nothing.");
  }
  AUTO_TEXT struct text canonical = {0};
  text_add_format(&canonical, "%d.%02d", hundredths / 100, hundredths % 100);
  register_field_keep(field, text_take(&canonical));
  return true;
}

bool register_check_colour(struct register_field *field, struct error *error) {
  const char *value = field->value;
  if (strlen(value) == 7 && value[0] == '#' && strspn(value + 1, "0123456789abcdef") == 6)
    return true;
  error_set(error, ERROR_DATA, "not a colour: \"%s\"", value);
  return error_remedy(error, "Write it as #1b7837, in lower case.");
}

/* Codes are written in files and on command lines, so they hold nothing that would need quoting there. */
bool register_check_code(struct register_field *field, struct error *error) {
  const char *value = field->value;
  size_t good = strspn(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._");
  if (value[good] == '\0' && strcmp(value, "no-response") != 0)
    return true;
  error_set(error, ERROR_DATA, "not a code: \"%s\"", value);
  return error_remedy(error, "Use letters, digits, hyphens, points and underscores; \"no-response\" is taken.");
}
