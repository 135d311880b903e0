/* What a table is made from. */
#include "reports/counting/scope.h"

bool scope_load(struct db *db, day as_of, struct known_at known, const struct language *language, struct scope *scope,
                struct error *error) {
  *scope = (struct scope){.as_of = as_of, .known = known, .language = language};
  return register_load_bare(db, known.position, language != NULL ? language->code : NULL, &scope->reg, error) &&
         recommendation_load(db, known.position, &scope->recommendations, error);
}

void scope_free(struct scope *scope) {
  register_free(&scope->reg);
  recommendation_free(&scope->recommendations);
}
