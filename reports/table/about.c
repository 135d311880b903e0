/* What is said about a table: what it speaks of, and how its population came about. */
#include "config.h"

#include "reports/table/about.h"

#include "core/base/language.h"
#include "core/base/memory.h"
#include "reports/table/preset.h"
#include "sql_catalogue.h"

static const char *kind_words(enum level_kind kind) {
  switch (kind) {
  case LEVEL_REPORTED:
    return N_("reported by the States");
  case LEVEL_ASSESSED:
    return N_("assessed by reviewers");
  case LEVEL_BOTH:
    break;
  }
  return N_("reported or assessed, whichever is newer");
}

static void add_moment(const struct scope *scope, const char *name, const char *head, struct grid *grid) {
  char known_at[MOMENT_TEXT_SIZE];
  if (scope->known.position > 0)
    grid_fact(grid, name, head, translate(scope->language, "%s (ledger position %d)"),
              moment_format(scope->known.at, known_at), scope->known.position);
  else
    grid_fact(grid, name, head, "%s", translate(scope->language, "nothing was recorded yet"));
}

void about_facts(const struct cut *cut, const struct material *material, struct grid *grid) {
  const struct population *population = material_population(material);
  const struct scope *scope = population->scope;
  const struct language *language = scope->language;
  char as_of[DAY_TEXT_SIZE], other[DAY_TEXT_SIZE];
  grid_fact(grid, "as_of", translate(language, "As of"), "%s", day_format(scope->as_of, as_of));
  if (cut->compare != DAY_NONE)
    grid_fact(grid, "compared_with", translate(language, "Compared with"), "%s", day_format(cut->compare, other));
  if (cut->preset->spans)
    grid_fact(grid, "since", translate(language, "Since"), "%s", day_format(material->scopes[0].as_of, other));
  if (cut->known_from != MOMENT_NONE)
    add_moment(&material->scopes[0], "since_known_at", translate(language, "Known then"), grid);
  add_moment(scope, "known_at", translate(language, "Known at"), grid);
  grid_fact(grid, "kind", translate(language, "Status"), "%s", translate(language, kind_words(cut->kind)));
  if (cut->where != NULL)
    grid_fact(grid, "filter", translate(language, "Filter"), "%s", cut->where);
  grid_fact(grid, "population", translate(language, "Population"),
            translate(language, "%zu pairs: %zu States, %zu recommendations"), (size_t)population->pairs,
            population->states, population->recommendations);
  grid_fact(grid, "made_by", translate(language, "Made by"), "rectrack %s", PACKAGE_VERSION);
}

static bool any_many(const struct dimension *const *list, size_t count) {
  for (size_t i = 0; i < count; i++)
    if ((list[i]->flags & MANY_MEMBERS) != 0)
      return true;
  return false;
}

/* How the denominator came about: one sentence an instrument. */
static void add_instruments(const struct population *population, struct grid *grid) {
  const struct scope *scope = population->scope;
  size_t instruments = scope->reg->instrument_count;
  AUTO_FREE struct population_share *shares = memory_new(instruments + 1, sizeof *shares);
  population_shares(population, shares);
  for (size_t i = 0; i <= instruments; i++) {
    const struct population_share *share = &shares[i];
    const char *code = i < instruments ? scope->reg->instruments[i].code : translate(scope->language, "no instrument");
    if (share->to_all > 0)
      grid_note(grid, translate(scope->language, "%s: recommendations to all Parties: %zu; Parties on this day: %zu."),
                code, share->to_all, share->parties);
    if (share->named > 0)
      grid_note(grid, translate(scope->language, "%s: recommendations to named States: %zu; pairs: %zu."), code,
                share->named, share->named_pairs);
  }
}

void about_population(const struct cut *cut, const struct material *material, uint64_t shown, struct grid *grid) {
  const struct population *population = material_population(material);
  const struct language *language = population->scope->language;
  if (cut->filter != NULL && !cut_lists_days(cut))
    grid_note(grid, translate(language, "%zu of the %zu pairs of the population pass the filter."), (size_t)shown,
              (size_t)population->pairs);
  add_instruments(population, grid);
  if (population->recommendations == 0 && population->not_adopted == 0)
    grid_note(grid, "%s", translate(language, "No recommendation is stored yet: there is nothing to count."));
  if (population->left_out > 0)
    grid_note(grid,
              translate(language,
                        "Left out, because the State is not a Party on this day or not addressed: newest records: "
                        "%zu (--include-non-parties counts them)."),
              (size_t)population->left_out);
  if (population->dropped > 0)
    grid_note(grid,
              translate(language,
                        "Left out, because a later version of its document dropped the recommendation: newest records: "
                        "%zu."),
              (size_t)population->dropped);
  if (population->not_adopted > 0)
    grid_note(grid, translate(language, "Left out, because they were adopted after this day: recommendations: %zu."),
              population->not_adopted);
  if (population->by_membership)
    grid_note(grid, "%s",
              translate(language,
                        "Where nothing is known of an instrument's Parties, the Members of the United Nations "
                        "stand in."));
  if (population->undated)
    grid_note(grid, "%s", translate(language, "Parties whose date of deposit is unknown count on every day."));
  if (any_many(cut->rows, cut->row_count) || any_many(cut->columns, cut->column_count))
    grid_note(grid, "%s", translate(language, "A recommendation may belong to several members; totals count it once."));
}

bool about_notices(struct db *db, const struct scope *scope, struct grid *grid, struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  if (!db_query_at(db, sql_report_notices, scope->known.position, &result, error))
    return false;
  for (int row = 0; row < db_rows(result); row++)
    grid_fact(grid, GRID_NOTICE, translate(scope->language, "Notice"), "%s", db_text(result, row, 0));
  return true;
}
