/* Where each State's newest record comes from. */
#include "reports/counting/provenance.h"

#include "core/base/memory.h"
#include "core/base/text.h"
#include "sql_catalogue.h"

#include <stdlib.h>

void provenance_free(struct provenance *provenance) {
  for (size_t i = 0; i < provenance->count; i++)
    free(provenance->sources[i]);
  free(provenance->sources);
  free(provenance->replies);
  *provenance = (struct provenance){0};
}

/* The arrays of the statement: one element for each State, without a day where it has no record. */
struct arrays {
  struct text states, recommendations, days;
};

static void arrays_free(struct arrays *arrays) {
  text_free(&arrays->states);
  text_free(&arrays->recommendations);
  text_free(&arrays->days);
}

static void list_newest(const struct population *population, struct arrays *arrays) {
  const struct scope *scope = population->scope;
  char as_of[DAY_TEXT_SIZE];
  for (size_t i = 0; i < scope->reg->state_count; i++) {
    bool known = population->newest[i] != DAY_NONE;
    const char *separator = i == 0 ? "{" : ",";
    text_add_format(&arrays->states, "%s%d", separator, scope->reg->states[i].id);
    text_add_format(&arrays->recommendations, "%s%d", separator,
                    known ? scope->recommendations->items[population->newest_of[i]].id : 0);
    text_add_format(&arrays->days, "%s%s", separator, known ? day_format(population->newest[i], as_of) : "NULL");
  }
  text_add(&arrays->states, "}");
  text_add(&arrays->recommendations, "}");
  text_add(&arrays->days, "}");
}

static void add_part(struct text *out, const char *part) {
  if (part != NULL && *part != '\0')
    text_add_format(out, "%s%s", out->length > 0 ? ", " : "", part);
}

static void read_row(const struct population *population, const PGresult *result, int row,
                     struct provenance *provenance) {
  const struct state_register *reg = population->scope->reg;
  const struct state *state = register_state(reg, (int)db_int(result, row, 0));
  AUTO_TEXT struct text source = {0};
  if (state == NULL)
    return;
  if (population->options.kind == LEVEL_BOTH)
    add_part(&source, db_text(result, row, 1));
  add_part(&source, db_text(result, row, 2));
  add_part(&source, db_text(result, row, 3));
  provenance->sources[state - reg->states] = source.length > 0 ? text_take(&source) : NULL;
  provenance->replies[state - reg->states] = (uint64_t)db_int(result, row, 4);
}

bool provenance_load(struct db *db, const struct population *population, struct provenance *provenance,
                     struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  __attribute__((cleanup(arrays_free))) struct arrays arrays = {0};
  const struct scope *scope = population->scope;
  struct db_params params = {0};
  *provenance = (struct provenance){
      .sources = memory_new(scope->reg->state_count, sizeof(char *)),
      .replies = memory_new(scope->reg->state_count, sizeof(uint64_t)),
      .count = scope->reg->state_count,
  };
  list_newest(population, &arrays);
  db_param_text(&params, arrays.states.data);
  db_param_text(&params, arrays.recommendations.data);
  db_param_text(&params, arrays.days.data);
  db_param_int(&params, scope->known.position);
  db_param_int(&params, (int)population->options.kind);
  db_param_day(&params, scope->as_of);
  if (!db_query(db, sql_report_provenance, &params, &result, error))
    return false;
  for (int row = 0; row < db_rows(result); row++)
    read_row(population, result, row, provenance);
  return true;
}
