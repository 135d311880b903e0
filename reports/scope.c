/* What a table is made from. */
#include "reports/scope.h"

bool scope_load(struct db *db, day as_of, struct known_at known, const char *language, struct scope *scope,
                struct error *error) {
  *scope = (struct scope){.as_of = as_of, .known = known};
  return register_load_bare(db, known.position, language, &scope->reg, error) &&
         recommendation_load(db, known.position, &scope->recommendations, error);
}

void scope_free(struct scope *scope) {
  register_free(&scope->reg);
  recommendation_free(&scope->recommendations);
}
