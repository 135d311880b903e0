/* What a table asks for. */
#include "reports/table/cut.h"

#include "core/base/memory.h"
#include "core/base/nearest.h"
#include "core/base/text.h"
#include "reports/table/preset.h"

#include <stdlib.h>
#include <string.h>

/* Measures say what is counted, or how it is shown. */
static const struct {
  const char *name;
  bool is_shown;
  enum cut_counted counted;
  enum cut_shown shown;
} measures[] = {
    {"count", false, COUNT_PAIRS, SHOW_NUMBER},
    {"states", false, COUNT_STATES, SHOW_NUMBER},
    {"recommendations", false, COUNT_RECOMMENDATIONS, SHOW_NUMBER},
    {"score", false, COUNT_WEIGHTS, SHOW_NUMBER},
    {"row-percent", true, COUNT_PAIRS, SHOW_ROW_PERCENT},
    {"col-percent", true, COUNT_PAIRS, SHOW_COLUMN_PERCENT},
    {"total-percent", true, COUNT_PAIRS, SHOW_TOTAL_PERCENT},
};
static const size_t measure_count = sizeof measures / sizeof *measures;

void cut_free(struct cut *cut) {
  free(cut->title);
  free(cut->state);
  free(cut->where);
  filter_free(&cut->filter);
  *cut = (struct cut){0};
}

static bool set_dimensions(const char *names, const char *option, const struct dimension **out, size_t *count,
                           struct error *error) {
  *count = 0;
  for (const char *at = names;; at++) {
    size_t length = strcspn(at, ",");
    size_t trimmed = length;
    const char *name = text_trim(at, &trimmed);
    if (*count == CUT_DIMENSIONS_MAX) {
      error_set(error, ERROR_USAGE, "%s has more than %d dimensions: \"%s\"", option, CUT_DIMENSIONS_MAX, names);
      return error_remedy(error, "Give one or two, separated by a comma.");
    }
    out[*count] = dimension_find(name, trimmed, error);
    if (out[(*count)++] == NULL)
      return false;
    at += length;
    if (*at == '\0')
      return true;
  }
}

bool cut_set_rows(struct cut *cut, const char *names, struct error *error) {
  return set_dimensions(names, "--rows", cut->rows, &cut->row_count, error);
}

bool cut_set_columns(struct cut *cut, const char *names, struct error *error) {
  return set_dimensions(names, "--cols", cut->columns, &cut->column_count, error);
}

const char *cut_shown_name(enum cut_shown shown) {
  for (size_t i = 0; i < measure_count; i++)
    if (measures[i].is_shown && measures[i].shown == shown)
      return measures[i].name;
  return "count";
}

static bool find_measure(const char *name, size_t length, size_t *found, struct error *error) {
  AUTO_FREE char *wanted = memory_string_n(name, length);
  AUTO_NEAREST struct nearest nearest;
  nearest_begin(&nearest, wanted);
  for (*found = 0; *found < measure_count; (*found)++) {
    if (strcmp(measures[*found].name, wanted) == 0)
      return true;
    nearest_offer(&nearest, measures[*found].name);
  }
  error_set(error, ERROR_USAGE, "unknown measure: \"%s\"", wanted);
  return nearest_remedy(&nearest, error, "The measures are %s.", nearest_offered(&nearest));
}

bool cut_set_measure(struct cut *cut, const char *names, struct error *error) {
  bool counted = false, percent = false;
  cut->counted = COUNT_PAIRS;
  cut->shown_count = 0;
  for (const char *at = names;; at++) {
    size_t length = strcspn(at, ","), trimmed = length, found;
    const char *name = text_trim(at, &trimmed);
    if (!find_measure(name, trimmed, &found, error))
      return false;
    bool *taken = measures[found].is_shown ? &percent : &counted;
    if (*taken) {
      error_set(error, ERROR_USAGE, "measures that don't go together: \"%s\"", names);
      return error_remedy(error, "Name one of count, states, recommendations or score, and one percentage at most.");
    }
    *taken = true;
    cut->shown[cut->shown_count++] = measures[found].shown;
    if (!measures[found].is_shown)
      cut->counted = measures[found].counted;
    at += length;
    if (*at == '\0')
      break;
  }
  if (cut->counted != COUNT_WEIGHTS || !percent)
    return true;
  error_set(error, ERROR_USAGE, "a score has no percentage: \"%s\"", names);
  return error_remedy(error, "Write --measure score, or another measure with the percentage.");
}

/*
 * A condition is checked alone first, so that a mistake is told by its own place.  What the preset asks for stays
 * beside what the user does (but the preset's condition comes here too, alone).
 */
bool cut_set_where(struct cut *cut, const char *condition, struct error *error) {
  const char *always = cut->preset != NULL ? cut->preset->where : NULL;
  AUTO_FILTER struct filter *alone = NULL;
  AUTO_TEXT struct text whole = {0};
  if (!filter_parse(condition, &alone, error))
    return false;
  if (always != NULL && always != condition)
    text_add_format(&whole, "%s and (%s)", always, condition);
  else
    text_add(&whole, condition);
  filter_free(&cut->filter);
  free(cut->where);
  cut->where = text_take(&whole);
  return filter_parse(cut->where, &cut->filter, error);
}

static bool is_among(const struct dimension *const *list, size_t count, const char *name) {
  for (size_t i = 0; i < count; i++)
    if (strcmp(list[i]->name, name) == 0)
      return true;
  return false;
}

bool cut_asks_for(const struct cut *cut, const char *dimension) {
  return is_among(cut->rows, cut->row_count, dimension) || is_among(cut->columns, cut->column_count, dimension) ||
         filter_asks_for(cut->filter, dimension);
}

bool cut_lists_days(const struct cut *cut) {
  for (size_t i = 0; i < cut->row_count; i++)
    if (cut->rows[i]->looks_at == LOOKS_AT_DAY)
      return true;
  for (size_t i = 0; i < cut->column_count; i++)
    if (cut->columns[i]->looks_at == LOOKS_AT_DAY)
      return true;
  return false;
}

bool cut_shares_out(const struct cut *cut) {
  return cut->counted == COUNT_PAIRS && (cut->shown[0] == SHOW_NUMBER || cut->shown[0] == SHOW_ROW_PERCENT);
}

bool cut_has_picture(const struct cut *cut) {
  return !cut->preset->has_own_shape && cut->layout != LAYOUT_LONG && cut_shares_out(cut) && cut->column_count == 1 &&
         strcmp(cut->columns[0]->name, "level") == 0;
}
