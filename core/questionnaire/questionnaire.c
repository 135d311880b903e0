/* What one State is asked about. */
#include "core/questionnaire/questionnaire.h"

#include "core/base/memory.h"
#include "sql_catalogue.h"

#include <stdlib.h>
#include <string.h>

static bool is_addressed(const struct recommendation *item, const struct state *state) {
  if (item->to_all_parties)
    return true;
  for (size_t i = 0; i < item->addressee_count; i++)
    if (item->addressees[i] == state->id)
      return true;
  return false;
}

/* Some scales are for reviewers alone. */
static bool can_be_answered(const struct state_register *reg, const struct recommendation *item) {
  for (size_t i = 0; i < reg->level_count; i++)
    if (questionnaire_offers(item, &reg->levels[i]))
      return true;
  return false;
}

static bool is_asked(const struct questionnaire *questionnaire, const struct recommendation *item) {
  const char *symbol = questionnaire->recommendations->documents[item->document].symbol;
  return !recommendation_is_superseded(item) && can_be_answered(questionnaire->reg, item) &&
         (questionnaire->document == NULL || strcmp(questionnaire->document, symbol) == 0) &&
         is_addressed(item, questionnaire->state) &&
         register_is_party(questionnaire->reg, item->instrument_id, questionnaire->state->id, questionnaire->as_of);
}

static void collect_rows(struct questionnaire *questionnaire) {
  const struct recommendation_list *list = questionnaire->recommendations;
  questionnaire->rows = memory_new(list->count, sizeof *questionnaire->rows);
  for (size_t i = 0; i < list->count; i++) {
    const struct recommendation *item = &list->items[list->by_place[i]];
    if (is_asked(questionnaire, item))
      questionnaire->rows[questionnaire->count++] =
          (struct questionnaire_row){.recommendation = item, .last_day = DAY_NONE};
  }
}

static struct questionnaire_row *find_row(const struct questionnaire *questionnaire, int64_t rec_id) {
  for (size_t i = 0; i < questionnaire->count; i++)
    if (questionnaire->rows[i].recommendation->id == rec_id)
      return &questionnaire->rows[i];
  return NULL;
}

static bool add_last_status(struct db *db, struct questionnaire *questionnaire, struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  struct db_params params = {0};
  db_param_int(&params, questionnaire->state->id);
  db_param_day(&params, questionnaire->as_of);
  db_param_int(&params, questionnaire->head.position);
  if (!db_query(db, sql_questionnaire_status, &params, &result, error))
    return false;
  for (int i = 0; i < db_rows(result); i++) {
    struct questionnaire_row *row = find_row(questionnaire, db_int(result, i, 0));
    if (row == NULL)
      continue; /* said of what it is not asked about */
    row->last = register_level(questionnaire->reg, (int)db_int(result, i, 1));
    row->last_day = db_day(result, i, 2);
  }
  return true;
}

static bool find_state(struct questionnaire *questionnaire, const char *iso3, struct error *error) {
  for (size_t i = 0; i < questionnaire->reg->state_count; i++)
    if (strcmp(questionnaire->reg->states[i].iso3, iso3) == 0) {
      questionnaire->state = &questionnaire->reg->states[i];
      return true;
    }
  return error_set(error, ERROR_DATA, "no State has the code \"%.*s\"", text_shown(iso3, strlen(iso3)), iso3);
}

bool questionnaire_asks(const struct questionnaire *questionnaire, struct error *error) {
  char as_of[DAY_TEXT_SIZE];
  if (questionnaire->count > 0)
    return true;
  error_set(error, ERROR_DATA, "nothing to ask %s: no recommendation%s%s is addressed to it as a Party on %s",
            questionnaire->state->name, questionnaire->document != NULL ? " of " : "",
            questionnaire->document != NULL ? questionnaire->document : "", day_format(questionnaire->as_of, as_of));
  return error_remedy(error,
                      "See \"rectrack list recommendations\", and \"rectrack list states --instrument CODE\" for "
                      "the Parties.");
}

bool questionnaire_make(struct db *db, const struct questionnaire_request *request, struct questionnaire **out,
                        struct error *error) {
  AUTO_QUESTIONNAIRE struct questionnaire *questionnaire = memory_new(1, sizeof *questionnaire);
  *out = NULL;
  questionnaire->head = request->head;
  questionnaire->as_of = request->as_of;
  questionnaire->language = request->language;
  questionnaire->document = request->document != NULL ? memory_string(request->document) : NULL;
  const char *language = request->language != NULL ? request->language->code : NULL;
  if (!register_load_bare(db, request->head.position, language, &questionnaire->reg, error) ||
      !recommendation_load(db, request->head.position, &questionnaire->recommendations, error) ||
      !find_state(questionnaire, request->state, error))
    return false;
  collect_rows(questionnaire);
  if (!add_last_status(db, questionnaire, error))
    return false;
  *out = questionnaire;
  questionnaire = NULL;
  return true;
}

void questionnaire_free(struct questionnaire **pointer) {
  struct questionnaire *questionnaire = *pointer;
  if (questionnaire == NULL)
    return;
  register_free(&questionnaire->reg);
  recommendation_free(&questionnaire->recommendations);
  free(questionnaire->document);
  free(questionnaire->rows);
  free(questionnaire);
  *pointer = NULL;
}

bool questionnaire_offers(const struct recommendation *recommendation, const struct level *level) {
  return level->scale_id == recommendation->scale_id && (level->kind & LEVEL_REPORTED) != 0;
}
