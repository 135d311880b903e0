/* What a table asks for. */
#include "reports/cut.h"

#include "core/memory.h"
#include "core/nearest.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

static const char *const measure_names[] = {
    [MEASURE_COUNT] = "count",
    [MEASURE_ROW_PERCENT] = "row-percent",
    [MEASURE_COLUMN_PERCENT] = "col-percent",
    [MEASURE_TOTAL_PERCENT] = "total-percent",
    [MEASURE_STATES] = "states",
    [MEASURE_RECOMMENDATIONS] = "recommendations",
    [MEASURE_SCORE] = "score",
};
static const size_t measure_count = sizeof measure_names / sizeof *measure_names;

void cut_free(struct cut *cut) {
  free(cut->title);
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

const char *measure_name(enum measure measure) {
  return measure_names[measure];
}

bool cut_set_measure(struct cut *cut, const char *name, struct error *error) {
  AUTO_NEAREST struct nearest nearest;
  nearest_begin(&nearest, name);
  for (size_t i = 0; i < measure_count; i++) {
    if (strcmp(measure_names[i], name) == 0) {
      cut->measure = (enum measure)i;
      return true;
    }
    nearest_offer(&nearest, measure_names[i]);
  }
  error_set(error, ERROR_USAGE, "unknown measure: \"%s\"", name);
  return nearest_remedy(&nearest, error, "The measures are %s.", nearest_offered(&nearest));
}

bool cut_set_where(struct cut *cut, const char *condition, struct error *error) {
  filter_free(&cut->filter);
  free(cut->where);
  cut->where = memory_string(condition);
  return filter_parse(condition, &cut->filter, error);
}
