/* Single status records: log, amend, withdraw, undo; each a small batch that is written in one round trip. */
#include "core/record/record.h"

#include "core/administration/schema.h"
#include "core/base/memory.h"
#include "core/base/text.h"
#include "core/document/reference.h"
#include "core/recommendation/recommendation.h"
#include "sql_catalogue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const int KEY_TRIES = 10;

void record_logged_free(struct record_logged *logged) {
  free(logged->state);
  free(logged->state_name);
  free(logged->reference);
  free(logged->level);
  free(logged->level_label);
  free(logged->superseded);
  free(logged->counts_for);
  *logged = (struct record_logged){0};
}

static char *copy(const char *s) {
  return memory_string(s != NULL ? s : "");
}

/* ---- finding ------------------------------------------------------------- */

/* What people gave, as record_find.sql takes it. */
struct wanted {
  char *state_key;
  char *symbol; /* NULL: not given */
  char place[REFERENCE_PLACE_SIZE];
  char *level_key;
};

static void wanted_free(struct wanted *wanted) {
  free(wanted->state_key);
  free(wanted->symbol);
  free(wanted->level_key);
  *wanted = (struct wanted){0};
}

static bool wanted_from(const char *state, const char *reference, const char *document, const char *level,
                        struct wanted *wanted, struct error *error) {
  struct reference parsed;
  if (!reference_parse(reference, strlen(reference), &parsed, error))
    return false;
  const char *symbol = parsed.symbol[0] != '\0' ? parsed.symbol : document;
  wanted->symbol = symbol != NULL ? memory_string(symbol) : NULL;
  reference_place(&parsed, wanted->place);
  wanted->state_key = text_fold(state, strlen(state));
  wanted->level_key = text_fold(level, strlen(level));
  return true;
}

/* Columns of record_find.sql. */
enum found {
  FOUND_MIGRATIONS,
  FOUND_BATCH_ID,
  FOUND_STATE_ID,
  FOUND_ISO3,
  FOUND_NAME,
  FOUND_REC_ID,
  FOUND_SYMBOL,
  FOUND_PLACE,
  FOUND_LEVEL_ID,
  FOUND_LEVEL,
  FOUND_LABEL,
  FOUND_LEVEL_KIND,
  FOUND_REV,        /* the largest of its key, NULL when it is the first */
  FOUND_SUPERSEDED, /* a later version of its document superseded it, unless that was undone */
  FOUND_IS_PARTY,
};

static bool ask(struct db *db, const struct wanted *wanted, const struct record_input *input, PGresult **result,
                struct error *error) {
  struct db_params params = {0};
  db_param_text(&params, wanted->state_key);
  db_param_text(&params, wanted->symbol);
  db_param_text(&params, wanted->place);
  db_param_text(&params, wanted->level_key);
  db_param_int(&params, input->kind);
  db_param_day(&params, input->as_of);
  return db_query(db, sql_record_find, &params, result, error);
}

/* The schema is looked at in the same statement; only where that can't vouch for it is it looked at closely. */
static bool find(struct db *db, const struct wanted *wanted, const struct record_input *input, PGresult **result,
                 struct error *error) {
  bool asked = ask(db, wanted, input, result, error);
  if (asked && db_rows(*result) > 0 && schema_is_current(db_text(*result, 0, FOUND_MIGRATIONS)))
    return true;
  if (!asked && !schema_lacks_something(db))
    return false;
  return schema_require(db, error) && ask(db, wanted, input, result, error);
}

/* All rows are of one State and one recommendation. */
static bool is_one(const PGresult *found) {
  for (int row = 1; row < db_rows(found); row++)
    if (db_int(found, row, FOUND_STATE_ID) != db_int(found, 0, FOUND_STATE_ID) ||
        db_int(found, row, FOUND_REC_ID) != db_int(found, 0, FOUND_REC_ID))
      return false;
  return db_rows(found) > 0;
}

/*
 * Where the one statement found nothing: looks up each name by itself, for the message or, where a name is understood
 * all the same (an M49 code without its zeros), for the codes to ask with.
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

static bool find_or_explain(struct db *db, const struct record_input *input, PGresult **result, struct error *error) {
  __attribute__((cleanup(wanted_free))) struct wanted wanted = {0};
  if (!wanted_from(input->state, input->reference, input->document, input->level, &wanted, error))
    return schema_require(db, error) && find_names(db, input, &wanted, error);
  if (!find(db, &wanted, input, result, error))
    return false;
  if (is_one(*result))
    return true;
  db_result_free(result);
  if (!find_names(db, input, &wanted, error) || !find(db, &wanted, input, result, error))
    return false;
  if (is_one(*result))
    return true;
  error_set(error, ERROR_FAILED, "\"%s\" and \"%s\" are found each by itself but not together", input->state,
            input->reference);
  return error_remedy(error, "Run \"rectrack verify\" and tell whoever keeps the database.");
}

/* Columns of record_newest.sql. */
enum newest {
  NEWEST_ID,
  NEWEST_LEVEL,
  NEWEST_NOTE,
  NEWEST_EVIDENCE,
  NEWEST_LANGUAGE,
  NEWEST_RECEIVED_ON,
  NEWEST_CHANNEL,
  NEWEST_SOURCE,
  NEWEST_WITHDRAWN,
};

static bool same_text(const char *a, const char *b) {
  return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* The newest record of the key says all that the input says. */
static bool says_the_same(const PGresult *found, const PGresult *newest, const struct record_input *input) {
  return !db_bool(newest, 0, NEWEST_WITHDRAWN) && db_int(newest, 0, NEWEST_LEVEL) == db_int(found, 0, FOUND_LEVEL_ID) &&
         same_text(db_text(newest, 0, NEWEST_NOTE), input->note) &&
         same_text(db_text(newest, 0, NEWEST_EVIDENCE), input->evidence) &&
         same_text(db_text(newest, 0, NEWEST_LANGUAGE), input->language) &&
         db_day(newest, 0, NEWEST_RECEIVED_ON) == input->received_on &&
         same_text(db_text(newest, 0, NEWEST_CHANNEL), input->channel) &&
         same_text(db_text(newest, 0, NEWEST_SOURCE), input->source);
}

/* Looks at the record that this one supersedes, if there is one: the same again is nothing new. */
static bool compare_with_newest(struct db *db, const PGresult *found, const struct record_input *input,
                                struct record_logged *logged, struct error *error) {
  if (db_text(found, 0, FOUND_REV) == NULL)
    return true;
  AUTO_RESULT PGresult *newest = NULL;
  struct db_params params = {0};
  db_param_text(&params, db_text(found, 0, FOUND_STATE_ID));
  db_param_text(&params, db_text(found, 0, FOUND_REC_ID));
  db_param_int(&params, input->kind);
  db_param_day(&params, input->as_of);
  if (!db_query(db, sql_record_newest, &params, &newest, error))
    return false;
  if (db_rows(newest) == 0)
    return true;
  logged->already_there = says_the_same(found, newest, input);
  if (logged->already_there)
    return record_id_parse(db_text(newest, 0, NEWEST_ID), &logged->id, error);
  logged->superseded = copy(db_text(newest, 0, NEWEST_ID));
  return true;
}

static void describe(const PGresult *found, const struct record_input *input, struct record_logged *logged) {
  record_logged_free(logged);
  logged->state = copy(db_text(found, 0, FOUND_ISO3));
  logged->state_name = copy(db_text(found, 0, FOUND_NAME));
  AUTO_TEXT struct text reference = {0};
  text_add_format(&reference, "%s:%s", db_text(found, 0, FOUND_SYMBOL), db_text(found, 0, FOUND_PLACE));
  logged->reference = text_take(&reference);
  logged->level = copy(db_text(found, 0, FOUND_LEVEL));
  logged->level_label = copy(db_text(found, 0, FOUND_LABEL));
  logged->as_of = input->as_of;
  logged->is_party = db_bool(found, 0, FOUND_IS_PARTY);
}

static bool check_level_kind(const PGresult *found, const struct record_input *input, struct error *error) {
  const char *kind = db_text(found, 0, FOUND_LEVEL_KIND);
  enum level_kind levels = LEVEL_BOTH;
  if (strcmp(kind, "both") != 0 && !record_kind_parse(kind, &levels, error))
    return false;
  char code[128];
  snprintf(code, sizeof code, "%s", db_text(found, 0, FOUND_LEVEL));
  return record_level_suits(&(struct level){.code = code, .kind = levels}, input->kind, error);
}

/* Where the records of a superseded recommendation count. */
static bool find_successor(struct db *db, const PGresult *found, char **counts_for, struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  struct db_params params = {0};
  if (!db_bool(found, 0, FOUND_SUPERSEDED))
    return true;
  db_param_text(&params, db_text(found, 0, FOUND_REC_ID));
  if (!db_query(db, sql_record_successor, &params, &result, error))
    return false;
  if (db_rows(result) > 0)
    *counts_for = copy(db_text(result, 0, 0));
  return true;
}

/* ---- writing ------------------------------------------------------------- */

/* The response and the record, as rows of the batch: line 1, response 1. */
static void add_record(struct batch *batch, const PGresult *found, const struct record_input *input) {
  batch_row(batch, TABLE_RESPONSE);
  batch_int(batch, batch_id(batch));
  batch_int(batch, 1);
  batch_text(batch, db_text(found, 0, FOUND_STATE_ID));
  batch_day(batch, input->received_on);
  batch_text(batch, input->channel);
  batch_text(batch, input->source);

  batch_row(batch, TABLE_STATUS_RECORD);
  batch_text(batch, db_text(found, 0, FOUND_REC_ID));
  batch_day(batch, input->as_of);
  batch_int(batch, batch_id(batch));
  batch_int(batch, 1);
  batch_int(batch, 1);
  batch_text(batch, db_text(found, 0, FOUND_STATE_ID));
  batch_int(batch, input->kind);
  batch_int(batch, db_int(found, 0, FOUND_REV) + 1);
  batch_text(batch, db_text(found, 0, FOUND_LEVEL_ID));
  batch_text(batch, input->note);
  batch_text(batch, input->evidence);
  batch_text(batch, input->language);
}

/* A record that is to be taken back. */
struct old_record {
  struct record_id id;
  int64_t state_id, rec_id, kind, rev;
  day as_of;
};

static void add_withdrawal(struct batch *batch, const struct old_record *old, const char *reason) {
  batch_row(batch, TABLE_WITHDRAWAL);
  batch_int(batch, old->state_id);
  batch_int(batch, old->rec_id);
  batch_int(batch, old->kind);
  batch_day(batch, old->as_of);
  batch_int(batch, old->rev);
  batch_int(batch, batch_id(batch));
  batch_text(batch, reason);
}

static bool is_key(const PGresult *found, const struct record_input *input, const struct old_record *old) {
  return db_int(found, 0, FOUND_STATE_ID) == old->state_id && db_int(found, 0, FOUND_REC_ID) == old->rec_id &&
         input->kind == old->kind && input->as_of == old->as_of;
}

/* Stores the record that was found to be new. `old` (NULL: none) is withdrawn where the new one has another key. */
static bool store(struct db *db, const PGresult *found, const struct record_input *input, const struct old_record *old,
                  const char *reason, struct record_logged *logged, struct error *error) {
  AUTO_BATCH struct batch *batch = batch_numbered(db, (int32_t)db_int(found, 0, FOUND_BATCH_ID));
  add_record(batch, found, input);
  if (old != NULL && !is_key(found, input, old))
    add_withdrawal(batch, old, reason);
  char as_of[DAY_TEXT_SIZE];
  char id[RECORD_ID_TEXT_SIZE];
  AUTO_TEXT struct text summary = {0};
  text_add_format(&summary, "%s %s %s as of %s", logged->state, logged->reference, logged->level,
                  day_format(input->as_of, as_of));
  if (old != NULL)
    text_add_format(&summary, " instead of %s: %s", record_id_format(old->id, id), reason);
  struct batch_about about = {
      .kind = old != NULL ? "amend" : "record", .summary = text_string(&summary), .notice = input->notice};
  logged->id = (struct record_id){batch_id(batch), 1};
  return batch_commit(batch, &about, &logged->position, error);
}

static bool check_fields(const struct record_input *input, struct error *error) {
  uint8_t language;
  return (input->channel == NULL || record_channel_check(input->channel, error)) &&
         (input->language == NULL || record_language_parse(input->language, &language, error));
}

/* Somebody else may record the same key between our look and our insert: then we look again. */
static bool log_or_amend(struct db *db, const struct record_input *input, const struct old_record *old,
                         const char *reason, struct record_logged *logged, struct error *error) {
  if (!check_fields(input, error))
    return false;
  for (int try = 1;; try++) {
    AUTO_RESULT PGresult *found = NULL;
    if (!find_or_explain(db, input, &found, error) || !check_level_kind(found, input, error))
      return false;
    describe(found, input, logged);
    if (!find_successor(db, found, &logged->counts_for, error) || !compare_with_newest(db, found, input, logged, error))
      return false;
    if (logged->already_there)
      return true;
    if (store(db, found, input, old, reason, logged, error))
      return true;
    if (strcmp(db_sqlstate(db), "23505") != 0 || try == KEY_TRIES)
      return false;
  }
}

bool record_log(struct db *db, const struct record_input *input, struct record_logged *logged, struct error *error) {
  *logged = (struct record_logged){0};
  return log_or_amend(db, input, NULL, NULL, logged, error);
}

/* ---- correcting ---------------------------------------------------------- */

static bool check_reason(const char *reason, struct error *error) {
  size_t length = reason != NULL ? strlen(reason) : 0;
  if (reason != NULL && *text_trim(reason, &length) != '\0' && length > 0)
    return true;
  error_set(error, ERROR_USAGE, "a correction needs its reason");
  return error_remedy(error, "Say why with --reason.");
}

/* Finds a record that still counts; `result` keeps its texts. */
static bool load_old(struct db *db, struct record_id id, PGresult **result, struct old_record *old,
                     struct error *error) {
  struct db_params params = {0};
  char text[RECORD_ID_TEXT_SIZE];
  db_param_int(&params, id.batch_id);
  db_param_int(&params, id.line);
  if (!db_query(db, sql_record_by_id, &params, result, error))
    return false;
  if (db_rows(*result) == 0) {
    error_set(error, ERROR_DATA, "no record has the number \"%s\"", record_id_format(id, text));
    return error_remedy(error, "See \"rectrack list records\".");
  }
  if (db_bool(*result, 0, 14) || db_text(*result, 0, 15) != NULL) {
    error_set(error, ERROR_DATA, "the record \"%s\" was taken back already", record_id_format(id, text));
    return error_remedy(error, "Record what the State says with \"rectrack record\".");
  }
  *old = (struct old_record){
      .id = id,
      .kind = db_int(*result, 0, 3),
      .as_of = db_day(*result, 0, 4),
      .rev = db_int(*result, 0, 5),
      .state_id = db_int(*result, 0, 12),
      .rec_id = db_int(*result, 0, 13),
  };
  return true;
}

/* What was corrected is not corrected again as it was before: the first correction would silently be lost. */
static bool check_newest(const PGresult *before, struct record_id id, struct error *error) {
  char text[RECORD_ID_TEXT_SIZE];
  const char *successor = db_text(before, 0, 16);
  if (successor == NULL)
    return true;
  error_set(error, ERROR_DATA, "the record \"%s\" was superseded by \"%s\"", record_id_format(id, text), successor);
  return error_remedy(error, "Amend \"%s\"; \"rectrack show %s\" tells what it says.", successor, successor);
}

static const char *changed(const char *change, const char *before) {
  return change != NULL ? change : before;
}

bool record_amend(struct db *db, struct record_id id, const struct record_input *changes, const char *reason,
                  struct record_logged *logged, struct error *error) {
  *logged = (struct record_logged){0};
  AUTO_RESULT PGresult *before = NULL;
  struct old_record old = {0};
  if (!check_reason(reason, error) || !load_old(db, id, &before, &old, error) || !check_newest(before, id, error))
    return false;
  struct record_input input = {
      .state = changed(changes->state, db_text(before, 0, 0)),
      .reference = changed(changes->reference, db_text(before, 0, 1)),
      .document = changes->document,
      .level = changed(changes->level, db_text(before, 0, 2)),
      .as_of = changes->as_of != DAY_NONE ? changes->as_of : old.as_of,
      .received_on = changes->received_on != DAY_NONE ? changes->received_on : db_day(before, 0, 9),
      .kind = changes->kind != 0 ? changes->kind : (enum level_kind)old.kind,
      .channel = changed(changes->channel, db_text(before, 0, 10)),
      .source = changed(changes->source, db_text(before, 0, 11)),
      .note = changed(changes->note, db_text(before, 0, 6)),
      .evidence = changed(changes->evidence, db_text(before, 0, 7)),
      .language = changed(changes->language, db_text(before, 0, 8)),
      .notice = changes->notice,
  };
  return log_or_amend(db, &input, &old, reason, logged, error);
}

bool record_withdraw(struct db *db, struct record_id id, const char *reason, int32_t *position, struct error *error) {
  AUTO_RESULT PGresult *before = NULL;
  AUTO_BATCH struct batch *batch = NULL;
  struct old_record old = {0};
  if (!check_reason(reason, error) || !load_old(db, id, &before, &old, error) || !batch_begin(db, &batch, error))
    return false;
  add_withdrawal(batch, &old, reason);
  char text[RECORD_ID_TEXT_SIZE];
  AUTO_TEXT struct text summary = {0};
  text_add_format(&summary, "%s: %s", record_id_format(id, text), reason);
  struct batch_about about = {.kind = "withdraw", .summary = text_string(&summary)};
  return batch_commit(batch, &about, position, error);
}

/* ---- undoing a batch ----------------------------------------------------- */

static bool check_undo(const PGresult *found, int32_t wanted, struct error *error) {
  if (db_rows(found) == 0) {
    if (wanted == 0) {
      error_set(error, ERROR_DATA, "there is no batch that could be undone");
      return error_remedy(error, "See \"rectrack list batches\".");
    }
    error_set(error, ERROR_DATA, "no batch has the number \"%d\"", wanted);
    return error_remedy(error, "See \"rectrack list batches\".");
  }
  int batch = (int)db_int(found, 0, 0);
  AUTO_FREE char *kind = copy(db_text(found, 0, 1));
  if (db_bool(found, 0, 3)) {
    error_set(error, ERROR_DATA, "batch %d was undone already", batch);
    return error_remedy(error, "Import the file again if it should count after all.");
  }
  static const struct {
    const char *kind, *instead;
  } lasting[] = {{"register", "Import the corrected rows; the newest ones count."},
                 {"undo", "Import or record again what should count after all."},
                 {"access", "Use \"rectrack access grant\" or \"rectrack access revoke\"."}};
  for (size_t i = 0; i < sizeof lasting / sizeof *lasting; i++)
    if (strcmp(kind, lasting[i].kind) == 0) {
      error_set(error, ERROR_DATA, "batch %d (%s) can't be undone", batch, kind);
      return error_remedy(error, "%s", lasting[i].instead);
    }
  if (db_int(found, 0, 4) > 0) {
    error_set(error, ERROR_DATA, "%lld records rest on the recommendations of batch %d", (long long)db_int(found, 0, 4),
              batch);
    return error_remedy(error, "Undo the batches of those records first; see \"rectrack list batches\".");
  }
  return true;
}

bool record_undo(struct db *db, int32_t wanted, const char *reason, int32_t *undone, int32_t *position,
                 struct error *error) {
  AUTO_RESULT PGresult *found = NULL;
  AUTO_BATCH struct batch *batch = NULL;
  struct db_params params = {0};
  if (wanted != 0)
    db_param_int(&params, wanted);
  else
    db_param_null(&params);
  if (!check_reason(reason, error) || !db_query(db, sql_undo_find, &params, &found, error) ||
      !check_undo(found, wanted, error) || !batch_begin(db, &batch, error))
    return false;
  int32_t withdrawn = (int32_t)db_int(found, 0, 0);
  batch_row(batch, TABLE_BATCH_WITHDRAWAL);
  batch_int(batch, withdrawn);
  batch_int(batch, batch_id(batch));
  batch_text(batch, reason);
  AUTO_TEXT struct text summary = {0};
  text_add_format(&summary, "batch %d (%s): %s", withdrawn, db_text(found, 0, 1), reason);
  struct batch_about about = {.kind = "undo", .summary = text_string(&summary)};
  if (undone != NULL)
    *undone = withdrawn;
  return batch_commit(batch, &about, position, error);
}
