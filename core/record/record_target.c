/* What a status record is about, found by what people write in one round trip. */
#include "core/record/record_target.h"

#include "core/administration/schema.h"
#include "core/base/memory.h"
#include "core/base/text.h"
#include "core/document/reference.h"
#include "core/recommendation/recommendation.h"
#include "sql_catalogue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void record_target_free(struct record_target *target) {
  free(target->state);
  free(target->state_name);
  free(target->reference);
  free(target->level);
  free(target->level_label);
  *target = (struct record_target){0};
}

/* ---- asking -------------------------------------------------------------- */

/* What people gave, as record_find.sql takes it. */
struct wanted {
  char *state;
  char *reference; /* with the document's symbol, where that is known */
  char *level;
};

static void wanted_free(struct wanted *wanted) {
  free(wanted->state);
  free(wanted->reference);
  free(wanted->level);
  *wanted = (struct wanted){0};
}

static bool wanted_from(const char *state, const char *reference, const char *document, const char *level,
                        struct wanted *wanted, struct error *error) {
  struct reference parsed;
  char place[REFERENCE_PLACE_SIZE];
  if (!reference_parse(reference, strlen(reference), &parsed, error))
    return false;
  const char *symbol = parsed.symbol[0] != '\0' ? parsed.symbol : document;
  AUTO_TEXT struct text full = {0};
  if (symbol != NULL)
    text_add_format(&full, "%s:", symbol);
  text_add(&full, reference_place(&parsed, place));
  wanted->reference = text_take(&full);
  wanted->state = text_fold(state, strlen(state));
  wanted->level = text_fold(level, strlen(level));
  return true;
}

/* Columns of record_find.sql. */
enum found {
  FOUND_KEY,
  FOUND_KIND,
  FOUND_ID,
  FOUND_CODE,
  FOUND_NAME,
  FOUND_SCALE,
  FOUND_INSTRUMENT,
  FOUND_SINCE,
  FOUND_UNTIL,
  FOUND_SUPERSEDED,
  FOUND_LEVEL_KIND,
  FOUND_BATCH_ID,
};

/* Columns of ledger_end.sql. */
enum end {
  END_POSITION,
  END_SHA256,
  END_RECORDED_AT,
  END_NOW,
};

/* The two questions, by their answers. */
enum answer { ANSWER_END, ANSWER_FOUND, ANSWERS };

static void answers_free(PGresult *(*answers)[ANSWERS]) {
  for (int i = 0; i < ANSWERS; i++)
    PQclear((*answers)[i]);
}

/* The ledger's end first: what comes in between then comes behind that end, so that it is noticed when the record is
 * put there. */
static bool ask(struct db *db, const struct wanted *wanted, const struct db_ahead *ahead, PGresult **answers,
                struct error *error) {
  struct db_params params = {0};
  const struct db_statement questions[ANSWERS] = {{sql_ledger_end, NULL}, {sql_record_find, &params}};
  db_param_text(&params, wanted->state);
  db_param_text(&params, wanted->reference);
  db_param_text(&params, wanted->level);
  if (ahead != NULL)
    return db_ask_ahead(db, questions, ANSWERS, ahead, answers, error);
  return db_query(db, sql_ledger_end, NULL, &answers[ANSWER_END], error) &&
         db_query(db, sql_record_find, &params, &answers[ANSWER_FOUND], error);
}

static bool is_of(const PGresult *found, int row, const char *kind, const char *key) {
  return strcmp(db_text(found, row, FOUND_KIND), kind) == 0 && strcmp(db_text(found, row, FOUND_KEY), key) == 0;
}

static bool schema_is_known(const PGresult *found) {
  for (int row = 0; row < db_rows(found); row++)
    if (is_of(found, row, "schema", ""))
      return schema_is_current(db_text(found, row, FOUND_CODE));
  return false;
}

/* The schema is looked at in the same statement; only where that can't vouch for it is it looked at closely. */
static bool find(struct db *db, const struct wanted *wanted, const struct db_ahead *ahead, PGresult **answers,
                 struct error *error) {
  bool asked = ask(db, wanted, ahead, answers, error);
  if (asked && schema_is_known(answers[ANSWER_FOUND]))
    return true;
  if (!asked && !schema_lacks_something(db))
    return false;
  return schema_require(db, error) && ask(db, wanted, NULL, answers, error);
}

/* ---- taking -------------------------------------------------------------- */

/* The row of the only thing of a kind that answers to a key (of one scale, where that is not NULL); -1 where there is
 * none, or more than one. */
static int only_one(const PGresult *found, const char *kind, const char *key, const char *scale) {
  int only = -1;
  for (int row = 0; row < db_rows(found); row++) {
    if (!is_of(found, row, kind, key) || (scale != NULL && strcmp(db_text(found, row, FOUND_SCALE), scale) != 0))
      continue;
    if (only >= 0 && db_int(found, row, FOUND_ID) != db_int(found, only, FOUND_ID))
      return -1;
    only = row;
  }
  return only;
}

/* Among the State's rows is one for each instrument whose population it may be in. */
static bool is_party(const PGresult *found, const char *key, int64_t state_id, int64_t instrument_id, day on) {
  for (int row = 0; row < db_rows(found); row++) {
    day since = db_day(found, row, FOUND_SINCE), until = db_day(found, row, FOUND_UNTIL);
    if (is_of(found, row, "party", key) && db_int(found, row, FOUND_ID) == state_id &&
        db_int(found, row, FOUND_INSTRUMENT) == instrument_id && (since == DAY_NONE || since <= on) &&
        (until == DAY_NONE || on < until))
      return true;
  }
  return false;
}

static char *copy(const PGresult *found, int row, int column) {
  return memory_string(db_text(found, row, column));
}

/* No row: nothing is recorded yet. */
static struct ledger_end take_end(const PGresult *result) {
  struct ledger_end end = {.position = 0, .recorded_at = MOMENT_NONE, .now = MOMENT_NONE};
  if (db_rows(result) == 0)
    return end;
  end.position = (int32_t)db_int(result, 0, END_POSITION);
  snprintf(end.sha256, sizeof end.sha256, "%s", db_text(result, 0, END_SHA256) + strlen("\\x"));
  end.recorded_at = db_moment(result, 0, END_RECORDED_AT);
  end.now = db_moment(result, 0, END_NOW);
  return end;
}

/* False, without an error, where the rows are not of one State, one recommendation and one level. */
static bool take(PGresult *const *answers, const struct wanted *wanted, day as_of, struct record_target *target) {
  const PGresult *found = answers[ANSWER_FOUND];
  int state = only_one(found, "state", wanted->state, NULL);
  int item = only_one(found, "recommendation", wanted->reference, NULL);
  if (state < 0 || item < 0)
    return false;
  int level = only_one(found, "level", wanted->level, db_text(found, item, FOUND_SCALE));
  if (level < 0)
    return false;
  record_target_free(target);
  *target = (struct record_target){
      .batch_id = (int32_t)db_int(found, level, FOUND_BATCH_ID),
      .end = take_end(answers[ANSWER_END]),
      .state_id = (int32_t)db_int(found, state, FOUND_ID),
      .rec_id = (int32_t)db_int(found, item, FOUND_ID),
      .level_id = (int32_t)db_int(found, level, FOUND_ID),
      .state = copy(found, state, FOUND_CODE),
      .state_name = copy(found, state, FOUND_NAME),
      .reference = copy(found, item, FOUND_CODE),
      .level = copy(found, level, FOUND_CODE),
      .level_label = copy(found, level, FOUND_NAME),
      .level_kind = level_kind_of(db_text(found, level, FOUND_LEVEL_KIND)),
      .superseded = db_bool(found, item, FOUND_SUPERSEDED),
      .adopted = db_day(found, item, FOUND_SINCE),
      .is_party =
          is_party(found, wanted->state, db_int(found, state, FOUND_ID), db_int(found, item, FOUND_INSTRUMENT), as_of),
  };
  return true;
}

/* ---- explaining ---------------------------------------------------------- */

/*
 * Where that found nothing: looks up each name by itself, for the message or, where a name is understood
 * all the same (an M49 code without its zeros, a level's label), for the codes to ask with.
 */
static bool find_names(struct db *db, const struct record_input *input, struct wanted *wanted, struct error *error) {
  AUTO_REGISTER struct state_register *reg = NULL;
  AUTO_RECOMMENDATIONS struct recommendation_list *list = NULL;
  if (!register_load(db, POSITION_NEWEST, NULL, &reg, error) || !recommendation_load(db, POSITION_NEWEST, &list, error))
    return false;
  const struct state *state = register_find_state(reg, input->state, strlen(input->state), error);
  if (state == NULL)
    return false;
  const struct recommendation *item =
      recommendation_find(list, input->reference, strlen(input->reference), input->document, error);
  if (item == NULL)
    return false;
  const struct level *level = register_find_level(reg, item->scale_id, input->level, strlen(input->level), error);
  if (level == NULL)
    return false;
  AUTO_TEXT struct text reference = {0};
  recommendation_add_reference(list, item, &reference);
  wanted_free(wanted);
  return wanted_from(state->iso3, text_string(&reference), NULL, level->code, wanted, error);
}

bool record_target_find(struct db *db, const struct record_input *input, const struct db_ahead *ahead,
                        struct record_target *target, struct error *error) {
  __attribute__((cleanup(wanted_free))) struct wanted wanted = {0};
  __attribute__((cleanup(answers_free))) PGresult *answers[ANSWERS] = {NULL};
  bool is_reference = wanted_from(input->state, input->reference, input->document, input->level, &wanted, error);
  if (!(is_reference ? find(db, &wanted, ahead, answers, error) : schema_require(db, error)))
    return false;
  if (is_reference && take(answers, &wanted, input->as_of, target))
    return true;
  if (!find_names(db, input, &wanted, error) || !find(db, &wanted, NULL, answers, error))
    return false;
  if (take(answers, &wanted, input->as_of, target))
    return true;
  error_set(error, ERROR_FAILED, "\"%s\" and \"%s\" are found each by itself but not together", input->state,
            input->reference);
  return error_remedy(error, "Run \"rectrack verify\" and tell whoever keeps the database.");
}
