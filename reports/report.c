/* From a cut to a finished grid. */
#include "reports/report.h"

#include "core/batch.h"
#include "reports/about.h"
#include "reports/crosstab.h"
#include "reports/matrix.h"
#include "reports/population.h"
#include "reports/preset.h"
#include "reports/tally.h"

#include <string.h>

static bool asks_for(const struct cut *cut, const char *dimension) {
  for (size_t i = 0; i < cut->row_count; i++)
    if (strcmp(cut->rows[i]->name, dimension) == 0)
      return true;
  for (size_t i = 0; i < cut->column_count; i++)
    if (strcmp(cut->columns[i]->name, dimension) == 0)
      return true;
  return filter_asks_for(cut->filter, dimension);
}

static struct population_options options_for(const struct cut *cut) {
  return (struct population_options){
      .kind = cut->kind,
      .include_non_parties = cut->include_non_parties,
      .days = cut->preset->has_own_shape || asks_for(cut, "year") || asks_for(cut, "quarter") || asks_for(cut, "month"),
      .channels = asks_for(cut, "channel"),
      .kinds = asks_for(cut, "kind"),
  };
}

static struct grid *fill(const struct cut *cut, const struct population *population) {
  struct grid *grid = grid_new(cut->title);
  about_facts(cut, population, grid);
  uint64_t shown;
  if (cut->preset->has_own_shape) {
    shown = matrix_fill(cut, population, grid);
  } else {
    __attribute__((cleanup(tally_free))) struct tally tally = {0};
    tally_count(&tally, cut, population);
    crosstab_fill(&tally, cut, population->scope, grid);
    shown = tally.pairs;
  }
  about_population(cut, population, shown, grid);
  return grid;
}

bool report_make(struct db *db, const struct cut *cut, struct grid **grid, struct error *error) {
  __attribute__((cleanup(scope_free))) struct scope scope = {0};
  __attribute__((cleanup(population_free))) struct population population = {0};
  struct known_at known;
  if (!batch_known_at(db, cut->known_at, &known, error) ||
      !scope_load(db, cut->as_of, known, cut->language, &scope, error) ||
      (cut->filter != NULL &&
       (!register_load_names(db, scope.reg, error) || !filter_bind(cut->filter, &scope, error))) ||
      !population_load(db, &scope, options_for(cut), &population, error))
    return false;
  AUTO_GRID struct grid *made = fill(cut, &population);
  if (!about_notices(db, &scope, made, error))
    return false;
  *grid = made;
  made = NULL;
  return true;
}
