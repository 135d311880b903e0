/* The States that never responded. */
#include "reports/table/silent.h"

#include "core/base/language.h"
#include "reports/table/about.h"

#include <string.h>

/* What is asked of one State. */
struct asked {
  size_t pairs;
  size_t answered;
  day since; /* the first day on which any of it was asked; DAY_NONE: unknown */
};

/* A recommendation is asked of a State from its adoption on, or from the day on which the State became a Party. */
static day asked_since(const struct scope *scope, const struct pair *pair) {
  const struct recommendation *item = &scope->recommendations->items[pair->recommendation];
  day adopted = recommendation_adopted(scope->recommendations, item);
  day bound = register_bound_from(scope->reg, item->instrument_id, scope->reg->states[pair->state].id);
  return bound != DAY_NONE && bound > adopted ? bound : adopted;
}

static struct asked look_at(const struct population *population, size_t state) {
  const struct scope *scope = population->scope;
  struct asked asked = {.since = DAY_NONE};
  struct pair pair;
  for (size_t i = 0; i < scope->recommendations->count; i++) {
    if (!population_pair(population, state, i, &pair))
      continue;
    day since = asked_since(scope, &pair);
    asked.pairs++;
    asked.answered += pair.level >= 0;
    if (since != DAY_NONE && (asked.since == DAY_NONE || since < asked.since))
      asked.since = since;
  }
  return asked;
}

static void add_heads(const struct language *language, struct grid *grid) {
  grid_column(grid, "state", translate(language, "State"));
  grid_column(grid, "state_label", translate(language, "State"))->label = true;
  grid_column(grid, "regional_group", translate(language, "Regional group"));
  grid_column(grid, "asked_since", translate(language, "Asked since"));
  grid_column(grid, "recommendations", translate(language, "Recommendations"))->number = true;
}

static void add_row(const struct scope *scope, size_t state, const struct asked *asked, struct grid *grid) {
  const struct state *named = &scope->reg->states[state];
  char since[DAY_TEXT_SIZE];
  grid_cell(grid, named->iso3);
  grid_cell(grid, named->name);
  grid_cell(grid, *named->regional_group != '\0' ? translate(scope->language, named->regional_group) : NULL);
  grid_cell(grid, asked->since != DAY_NONE ? day_format(asked->since, since) : NULL);
  grid_cell_format(grid, "%zu", asked->pairs);
}

bool silent_report(struct db *db, const struct cut *cut, struct material *material, struct grid *grid,
                   struct error *error) {
  (void)db, (void)error;
  struct population *population = material_population(material);
  const struct scope *scope = population->scope;
  size_t states = 0, silent = 0, pairs = 0, shown = 0;
  population_narrow(population);
  add_heads(scope->language, grid);
  for (size_t i = 0; i < scope->reg->state_count; i++) {
    struct asked asked = look_at(population, scope->reg->by_name[i]);
    states += asked.pairs > 0;
    shown += asked.pairs;
    if (asked.pairs == 0 || asked.answered > 0)
      continue;
    add_row(scope, scope->reg->by_name[i], &asked, grid);
    silent++;
    pairs += asked.pairs;
  }
  grid_cell(grid, "total");
  grid_cell(grid, translate(scope->language, "Total"));
  grid_cell(grid, NULL);
  grid_cell(grid, NULL);
  grid_cell_format(grid, "%zu", pairs);
  grid->total = true;
  grid_note(grid, translate(scope->language, "States that have never responded: %zu of the %zu that are asked."),
            silent, states);
  about_population(cut, material, shown, grid);
  return true;
}
