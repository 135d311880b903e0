/* From a cut to a finished grid. */
#include "reports/report.h"

#include "core/batch.h"
#include "core/memory.h"
#include "reports/about.h"
#include "reports/crosstab.h"
#include "reports/matrix.h"
#include "reports/population.h"
#include "reports/preset.h"
#include "reports/tally.h"

#include <stdlib.h>
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
      .days = asks_for(cut, "year") || asks_for(cut, "quarter") || asks_for(cut, "month"),
      .channels = asks_for(cut, "channel"),
      .kinds = asks_for(cut, "kind"),
      .newest = cut->preset->has_own_shape,
      .filter = cut->filter,
  };
}

/* What a table is made from, and as long as its grid stays: rows may be made when they are asked for. */
struct basis {
  struct scope scope;
  struct population population;
};

static void basis_free(void *thing) {
  struct basis *basis = thing;
  population_free(&basis->population);
  scope_free(&basis->scope);
  free(basis);
}

static struct grid *fill(const struct cut *cut, struct basis *basis) {
  struct population *population = &basis->population;
  struct grid *grid = grid_new(cut->title);
  grid->language = cut->language;
  grid_keep(grid, basis, basis_free);
  about_facts(cut, population, grid);
  uint64_t shown;
  if (cut->preset->has_own_shape) {
    shown = matrix_fill(population, grid);
  } else {
    __attribute__((cleanup(tally_free))) struct tally tally = {0};
    tally_count(&tally, cut, population);
    crosstab_fill(&tally, cut, population->scope, grid);
    shown = tally.pairs;
  }
  about_population(cut, population, shown, grid);
  return grid;
}

static bool load(struct db *db, const struct cut *cut, struct basis *basis, struct error *error) {
  struct known_at known;
  return batch_known_at(db, cut->known_at, &known, error) &&
         scope_load(db, cut->as_of, known, cut->language, &basis->scope, error) &&
         (cut->filter == NULL ||
          (register_load_names(db, basis->scope.reg, error) && filter_bind(cut->filter, &basis->scope, error))) &&
         population_load(db, &basis->scope, options_for(cut), &basis->population, error);
}

bool report_make(struct db *db, const struct cut *cut, struct grid **grid, struct error *error) {
  struct basis *basis = memory_new(1, sizeof *basis);
  if (!load(db, cut, basis, error)) {
    basis_free(basis);
    return false;
  }
  AUTO_GRID struct grid *made = fill(cut, basis);
  if (!about_notices(db, &basis->scope, made, error))
    return false;
  *grid = made;
  made = NULL;
  return true;
}
