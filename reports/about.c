/* What is said about a table: what it speaks of, and how its population came about. */
#include "config.h"

#include "reports/about.h"

#include "sql_catalogue.h"

#include <inttypes.h>

static const char *kind_words(enum level_kind kind) {
  switch (kind) {
  case LEVEL_REPORTED:
    return "reported by the States";
  case LEVEL_ASSESSED:
    return "assessed by reviewers";
  case LEVEL_BOTH:
    break;
  }
  return "reported or assessed, whichever is newer";
}

void about_facts(const struct cut *cut, const struct population *population, struct grid *grid) {
  const struct scope *scope = population->scope;
  char as_of[DAY_TEXT_SIZE], known_at[MOMENT_TEXT_SIZE];
  grid_fact(grid, "as_of", "As of", "%s", day_format(scope->as_of, as_of));
  if (scope->known.position > 0)
    grid_fact(grid, "known_at", "Known at", "%s (ledger position %d%s)", moment_format(scope->known.at, known_at),
              scope->known.position, scope->known.newest ? ", the newest" : "");
  else
    grid_fact(grid, "known_at", "Known at", "nothing was recorded yet");
  grid_fact(grid, "kind", "Status", "%s", kind_words(cut->kind));
  if (cut->where != NULL)
    grid_fact(grid, "filter", "Filter", "%s", cut->where);
  grid_fact(grid, "population", "Population", "%" PRIu64 " pairs: %zu States, %zu recommendations", population->pairs,
            population->states, population->recommendations);
  grid_fact(grid, "made_by", "Made by", "rectrack %s", PACKAGE_VERSION);
}

static bool any_many(const struct dimension *const *list, size_t count) {
  for (size_t i = 0; i < count; i++)
    if ((list[i]->flags & MANY_MEMBERS) != 0)
      return true;
  return false;
}

void about_population(const struct cut *cut, const struct population *population, uint64_t shown, struct grid *grid) {
  if (cut->filter != NULL)
    grid_note(grid, "%" PRIu64 " of the %" PRIu64 " pairs of the population pass the filter.", shown,
              population->pairs);
  if (population->left_out > 0)
    grid_note(grid,
              "Left out: %" PRIu64 " newest record%s of States that are not Parties on this day, or not addressed "
              "(--include-non-parties counts them).",
              population->left_out, population->left_out == 1 ? "" : "s");
  if (population->by_membership)
    grid_note(grid, "Where nothing is known of an instrument's Parties, the Members of the United Nations stand in.");
  if (population->undated)
    grid_note(grid, "Parties whose date of deposit is unknown count on every day.");
  if (any_many(cut->rows, cut->row_count) || any_many(cut->columns, cut->column_count))
    grid_note(grid, "A recommendation may belong to several members; totals count it once.");
}

bool about_notices(struct db *db, const struct scope *scope, struct grid *grid, struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  struct db_params params = {0};
  db_param_int(&params, scope->known.position);
  if (!db_query(db, sql_report_notices, &params, &result, error))
    return false;
  for (int row = 0; row < db_rows(result); row++)
    grid_fact(grid, row == 0 ? "notice" : "further_notice", "Notice", "%s", db_text(result, row, 0));
  return true;
}
