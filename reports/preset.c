/* The named reports. */
#include "reports/preset.h"

#include "core/memory.h"
#include "core/nearest.h"
#include "core/text.h"

#include <string.h>

const struct preset presets[] = {
    {"progress", "Status of implementation by recommendation", "a row a recommendation, a column a level",
     "recommendation", "level", NULL, false},
    {"states", "Status of implementation by State", "a row a State, a column a level", "state", "level", NULL, false},
    {"groups", "Status of implementation by regional group", "a row a regional group, a column a level",
     "regional_group", "level", NULL, false},
    {"matrix", "Matrix of States and recommendations",
     "a row a State, one letter a recommendation, and the day of the newest record", "state", "recommendation", NULL,
     true},
    {"ageing", "Status of implementation by years since adoption", "a row for each full year, a column a level", "age",
     "level", NULL, false},
    {"crosstab", "Cross-tabulation", "any dimensions, given with --rows and --cols", NULL, NULL, NULL, false},
};
const size_t preset_count = sizeof presets / sizeof *presets;

const struct preset *preset_find(const char *name, struct error *error) {
  AUTO_NEAREST struct nearest nearest;
  nearest_begin(&nearest, name);
  for (size_t i = 0; i < preset_count; i++) {
    if (strcmp(presets[i].name, name) == 0)
      return &presets[i];
    nearest_offer(&nearest, presets[i].name);
  }
  error_set(error, ERROR_USAGE, "unknown report: \"%s\"", name);
  nearest_remedy(&nearest, error, "The reports are %s.", nearest_offered(&nearest));
  return NULL;
}

bool preset_apply(const struct preset *preset, struct cut *cut, struct error *error) {
  cut->preset = preset;
  cut->title = memory_string(preset->title);
  return (preset->rows == NULL || cut_set_rows(cut, preset->rows, error)) &&
         (preset->columns == NULL || cut_set_columns(cut, preset->columns, error)) &&
         (preset->where == NULL || cut_set_where(cut, preset->where, error));
}
