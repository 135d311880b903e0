/* The named reports. */
#include "reports/table/preset.h"

#include "core/base/language.h"
#include "core/base/nearest.h"
#include "reports/table/changes.h"
#include "reports/table/crosstab.h"
#include "reports/table/matrix.h"
#include "reports/table/profile.h"
#include "reports/table/silent.h"

#include <string.h>

/* clang-format off */
const struct preset presets[] = {
    {.name = "progress", .title = N_("Status of implementation by recommendation"),
     .about = "a row a recommendation, a column a level",
     .rows = "recommendation", .columns = "level", .fill = crosstab_report},
    {.name = "states", .title = N_("Status of implementation by State"),
     .about = "a row a State, a column a level",
     .rows = "state", .columns = "level", .fill = crosstab_report},
    {.name = "groups", .title = N_("Status of implementation by regional group"),
     .about = "a row a regional group, a column a level",
     .rows = "regional_group", .columns = "level", .fill = crosstab_report},
    {.name = "sessions", .title = N_("Status of implementation by session"),
     .about = "a row a session of each body; number and percentage of each level, and the share that answered",
     .rows = "body,session", .columns = "level", .measure = "count,row-percent", .response_rate = true,
     .fill = crosstab_report},
    {.name = "themes", .title = N_("Thematic summary"),
     .about = "a row a recommendation under each theme, the States at each level, and the share that answered",
     .rows = "theme,recommendation", .columns = "level", .measure = "states", .response_rate = true,
     .fill = crosstab_report},
    {.name = "matrix", .title = N_("Matrix of States and recommendations"),
     .about = "a row a State, one letter a recommendation, and the day of the newest record",
     .has_own_shape = true, .newest = true, .fill = matrix_report},
    {.name = "trend", .title = N_("Status of implementation over the years"),
     .about = "a row for the end of each year since the first adoption (--from), a column a level",
     .rows = "year_end", .columns = "level", .fill = crosstab_report},
    {.name = "ageing", .title = N_("Status of implementation by year of adoption"),
     .about = "a row a year of adoption and the full years since, a column a level",
     .rows = "adopted,age", .columns = "level", .fill = crosstab_report},
    {.name = "overdue", .title = N_("Overdue recommendations"),
     .about = "a row a recommendation that was due before the day, the States that have not closed it at each level",
     .rows = "due,recommendation", .columns = "level", .where = "overdue = yes", .fill = crosstab_report},
    {.name = "silent", .title = N_("States that have never responded"),
     .about = "a row a State from which no response came to anything that it was asked",
     .has_own_shape = true, .fill = silent_report},
    {.name = "changes", .title = N_("What has changed"),
     .about = "a row a pair that moved from level to level since the last session (--from), with the records that moved it",
     .has_own_shape = true, .spans = true, .fill = changes_report},
    {.name = "profile", .title = N_("State profile"),
     .about = "one State: what it said of each recommendation, when and where, and a closing paragraph that counts",
     .has_own_shape = true, .of_state = true, .fill = profile_report},
    {.name = "crosstab", .title = N_("Cross-tabulation"),
     .about = "any dimensions, given with --rows and --cols",
     .fill = crosstab_report},
};
/* clang-format on */
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
  cut->title = NULL;
  cut->response_rate = preset->response_rate;
  return (preset->rows == NULL || cut_set_rows(cut, preset->rows, error)) &&
         (preset->columns == NULL || cut_set_columns(cut, preset->columns, error)) &&
         cut_set_measure(cut, preset->measure != NULL ? preset->measure : "count", error) &&
         (preset->where == NULL || cut_set_where(cut, preset->where, error));
}
