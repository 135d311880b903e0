/* Single status records: log, amend, withdraw; each a small batch that is written in one round trip. */
#include "core/record/record.h"

#include "core/base/memory.h"
#include "core/base/text.h"
#include "core/record/record_target.h"
#include "sql_catalogue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const int KEY_TRIES = 10;

void taken_back_free(struct taken_back *taken) {
  free(taken->what);
  free(taken->kind);
  free(taken->by);
  *taken = (struct taken_back){0};
}

void record_logged_free(struct record_logged *logged) {
  free(logged->state);
  free(logged->state_name);
  free(logged->reference);
  free(logged->level);
  free(logged->level_label);
  free(logged->superseded);
  free(logged->counts_for);
  taken_back_free(&logged->amended);
  memset(logged, 0, sizeof *logged);
}

static char *copy(const char *s) {
  return memory_string(s != NULL ? s : "");
}

/* ---- what is there already ------------------------------------------------ */

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
  NEWEST_REV,
};

static bool same_text(const char *a, const char *b) {
  return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* The newest record of the key says all that the input says. */
static bool says_the_same(const struct record_target *target, const PGresult *newest,
                          const struct record_input *input) {
  return !db_bool(newest, 0, NEWEST_WITHDRAWN) && db_int(newest, 0, NEWEST_LEVEL) == target->level_id &&
         same_text(db_text(newest, 0, NEWEST_NOTE), input->note) &&
         same_text(db_text(newest, 0, NEWEST_EVIDENCE), input->evidence) &&
         same_text(db_text(newest, 0, NEWEST_LANGUAGE), input->language) &&
         db_day(newest, 0, NEWEST_RECEIVED_ON) == input->received_on &&
         same_text(db_text(newest, 0, NEWEST_CHANNEL), input->channel) &&
         same_text(db_text(newest, 0, NEWEST_SOURCE), input->source);
}

static void describe(const struct record_target *target, const struct record_input *input,
                     struct record_logged *logged) {
  record_logged_free(logged);
  logged->state = copy(target->state);
  logged->state_name = copy(target->state_name);
  logged->reference = copy(target->reference);
  logged->level = copy(target->level);
  logged->level_label = copy(target->level_label);
  logged->as_of = input->as_of;
  logged->is_party = target->is_party;
  logged->adopted = target->adopted;
}

/* Where the records of a superseded recommendation count. */
static bool find_successor(struct db *db, const struct record_target *target, char **counts_for, struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  struct db_params params = {0};
  if (!target->superseded)
    return true;
  db_param_int(&params, target->rec_id);
  if (!db_query(db, sql_record_successor, &params, &result, error))
    return false;
  if (db_rows(result) > 0)
    *counts_for = copy(db_text(result, 0, 0));
  return true;
}

/* ---- writing ------------------------------------------------------------- */

enum { RESPONSE_COLUMNS = 6, RECORD_COLUMNS = 12 };

/* The response and the record, as rows of the batch: line 1, response 1. */
static void add_record(struct batch *batch, const struct record_target *target, const struct record_input *input,
                       int64_t rev) {
  batch_row(batch, TABLE_RESPONSE);
  batch_int(batch, batch_id(batch));
  batch_int(batch, 1);
  batch_int(batch, target->state_id);
  batch_day(batch, input->received_on);
  batch_text(batch, input->channel);
  batch_text(batch, input->source);

  batch_row(batch, TABLE_STATUS_RECORD);
  batch_int(batch, target->rec_id);
  batch_day(batch, input->as_of);
  batch_int(batch, batch_id(batch));
  batch_int(batch, 1);
  batch_int(batch, 1);
  batch_int(batch, target->state_id);
  batch_int(batch, input->kind);
  batch_int(batch, rev);
  batch_int(batch, target->level_id);
  batch_text(batch, input->note);
  batch_text(batch, input->evidence);
  batch_text(batch, input->language);
}

/* Columns of record_by_id.sql. */
enum by_id {
  BY_ID_STATE,
  BY_ID_REFERENCE,
  BY_ID_LEVEL,
  BY_ID_KIND,
  BY_ID_AS_OF,
  BY_ID_REV,
  BY_ID_NOTE,
  BY_ID_EVIDENCE,
  BY_ID_LANGUAGE,
  BY_ID_RECEIVED_ON,
  BY_ID_CHANNEL,
  BY_ID_SOURCE,
  BY_ID_STATE_ID,
  BY_ID_REC_ID,
  BY_ID_UNDONE,
  BY_ID_WITHDRAWN_BY,
  BY_ID_SUPERSEDED_BY,
  BY_ID_WHAT,
  BY_ID_RECORDED_AT,
  BY_ID_RECORDED_BY,
};

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

static bool is_key(const struct record_target *target, const struct record_input *input, const struct old_record *old) {
  return target->state_id == old->state_id && target->rec_id == old->rec_id && input->kind == old->kind &&
         input->as_of == old->as_of;
}

/* What is to be stored, and what is found out on the way. */
struct logging {
  const struct record_input *input;
  const struct old_record *old; /* withdrawn where the new one has another key; NULL: none */
  const char *reason;           /* of the amendment */
  struct batch_ahead ahead;
  struct record_target target;
  int64_t rev;
  bool key_is_taken; /* by an earlier record, which is to be looked at */
  bool overtaken;    /* by another batch */
  struct record_logged *logged;
};

static void logging_free(struct logging *logging) {
  record_target_free(&logging->target);
}

static bool find_target(struct db *db, struct logging *logging, const struct db_ahead *ahead, struct error *error) {
  const struct record_input *input = logging->input;
  struct record_target *target = &logging->target;
  if (!record_target_find(db, input, ahead, target, error) ||
      !record_level_suits(&(struct level){.code = target->level, .kind = target->level_kind}, input->kind, error))
    return false;
  describe(target, input, logging->logged);
  logging->rev = 1;
  return find_successor(db, target, &logging->logged->counts_for, error);
}

/* Looks at the record that this one supersedes, if there is one: the same again is nothing new. */
static bool compare_with_newest(struct db *db, struct logging *logging, struct error *error) {
  const struct record_target *target = &logging->target;
  struct record_logged *logged = logging->logged;
  AUTO_RESULT PGresult *newest = NULL;
  struct db_params params = {0};
  db_param_int(&params, target->state_id);
  db_param_int(&params, target->rec_id);
  db_param_int(&params, logging->input->kind);
  db_param_day(&params, logging->input->as_of);
  if (!db_query(db, sql_record_newest, &params, &newest, error))
    return false;
  if (db_rows(newest) == 0)
    return true;
  logging->rev = db_int(newest, 0, NEWEST_REV) + 1;
  logged->already_there = says_the_same(target, newest, logging->input);
  if (logged->already_there)
    return record_id_parse(db_text(newest, 0, NEWEST_ID), &logged->id, error);
  free(logged->superseded);
  logged->superseded = copy(db_text(newest, 0, NEWEST_ID));
  return true;
}

static struct batch *make_batch(struct db *db, const struct logging *logging) {
  const struct record_target *target = &logging->target;
  struct batch *batch = batch_begun(db, target->batch_id, &target->end, logging->ahead.user);
  add_record(batch, target, logging->input, logging->rev);
  if (logging->old != NULL && !is_key(target, logging->input, logging->old))
    add_withdrawal(batch, logging->old, logging->reason);
  return batch;
}

/* Puts the record's batch at the end of the ledger, by either way that there is. */
typedef bool put_batch(struct batch *batch, const struct batch_about *about, int32_t *position, bool *overtaken,
                       struct error *error);

static bool store(struct db *db, struct logging *logging, put_batch *put, struct error *error) {
  AUTO_BATCH struct batch *batch = make_batch(db, logging);
  const struct old_record *old = logging->old;
  struct record_logged *logged = logging->logged;
  char as_of[DAY_TEXT_SIZE];
  char id[RECORD_ID_TEXT_SIZE];
  AUTO_TEXT struct text summary = {0};
  text_add_format(&summary, "%s %s %s as of %s", logged->state, logged->reference, logged->level,
                  day_format(logging->input->as_of, as_of));
  if (old != NULL)
    text_add_format(&summary, " instead of %s: %s", record_id_format(old->id, id), logging->reason);
  struct batch_about about = {
      .kind = old != NULL ? "amend" : "record", .summary = text_string(&summary), .notice = logging->input->notice};
  logged->id = (struct record_id){batch_id(batch), 1};
  return put(batch, &about, &logged->position, &logging->overtaken, error);
}

/* In a transaction that the caller commits. */
static bool seal(struct batch *batch, const struct batch_about *about, int32_t *position, bool *overtaken,
                 struct error *error) {
  (void)overtaken;
  return batch_seal(batch, about, position, error);
}

/* Looks at everything again, of which nothing can be undone any more, and stores the record in one transaction. */
static bool store_surely(struct db *db, void *context, struct error *error) {
  struct logging *logging = context;
  return db_query(db, sql_status_hold, NULL, NULL, error) && find_target(db, logging, NULL, error) &&
         compare_with_newest(db, logging, error) && (logging->logged->already_there || store(db, logging, seal, error));
}

static bool store_quickly(struct db *db, struct logging *logging, struct error *error) {
  return (!logging->key_is_taken || compare_with_newest(db, logging, error)) &&
         (logging->logged->already_there || store(db, logging, batch_commit_linked, error));
}

static bool check_fields(const struct record_input *input, struct error *error) {
  uint8_t language;
  return (input->channel == NULL || record_channel_check(input->channel, error)) &&
         (input->language == NULL || record_language_parse(input->language, &language, error));
}

/*
 * Most records are the first of their key, and nobody else writes at the moment; so that is tried first, in one round
 * trip.  Where the key is taken (23505) we look at what is there; somebody else may record the same key between our
 * look and our insert: then we look again.  Where another batch came in between, which may have undone the document,
 * the surer way follows, of more round trips.
 */
static bool log_or_amend(struct db *db, struct logging *logging, struct error *error) {
  static const struct batch_shape shapes[] = {{TABLE_RESPONSE, RESPONSE_COLUMNS},
                                              {TABLE_STATUS_RECORD, RECORD_COLUMNS}};
  batch_foresee(shapes, sizeof shapes / sizeof *shapes, &logging->ahead);
  logging->key_is_taken = logging->old != NULL;
  if (!check_fields(logging->input, error) ||
      !find_target(db, logging, logging->key_is_taken ? NULL : &logging->ahead.db, error))
    return false;
  for (int try = 1;; try++) {
    bool surely = logging->overtaken;
    if (surely ? db_transaction(db, DB_WRITE, store_surely, logging, error) : store_quickly(db, logging, error))
      return true;
    logging->key_is_taken = db_is_duplicate(db, "status_record_pkey");
    if (try == KEY_TRIES || !(logging->key_is_taken || (logging->overtaken && !surely)))
      return false;
  }
}

bool record_log(struct db *db, const struct record_input *input, struct record_logged *logged, struct error *error) {
  *logged = (struct record_logged){0};
  __attribute__((cleanup(logging_free))) struct logging logging = {.input = input, .logged = logged};
  return log_or_amend(db, &logging, error);
}

/* ---- correcting ---------------------------------------------------------- */

bool record_reason_check(const char *reason, struct error *error) {
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
  if (db_bool(*result, 0, BY_ID_UNDONE) || db_text(*result, 0, BY_ID_WITHDRAWN_BY) != NULL) {
    error_set(error, ERROR_DATA, "the record \"%s\" was taken back already", record_id_format(id, text));
    return error_remedy(error, "Record what the State says with \"rectrack record\".");
  }
  *old = (struct old_record){
      .id = id,
      .kind = db_int(*result, 0, BY_ID_KIND),
      .as_of = db_day(*result, 0, BY_ID_AS_OF),
      .rev = db_int(*result, 0, BY_ID_REV),
      .state_id = db_int(*result, 0, BY_ID_STATE_ID),
      .rec_id = db_int(*result, 0, BY_ID_REC_ID),
  };
  return true;
}

static void describe_old(const PGresult *before, const struct old_record *old, struct taken_back *taken) {
  *taken = (struct taken_back){
      .id = old->id,
      .what = copy(db_text(before, 0, BY_ID_WHAT)),
      .at = db_moment(before, 0, BY_ID_RECORDED_AT),
      .by = copy(db_text(before, 0, BY_ID_RECORDED_BY)),
  };
}

/* What was corrected is not corrected again as it was before: the first correction would silently be lost. */
static bool check_newest(const PGresult *before, struct record_id id, struct error *error) {
  char text[RECORD_ID_TEXT_SIZE];
  const char *successor = db_text(before, 0, BY_ID_SUPERSEDED_BY);
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
  if (!record_reason_check(reason, error) || !load_old(db, id, &before, &old, error) ||
      !check_newest(before, id, error))
    return false;
  struct record_input input = {
      .state = changed(changes->state, db_text(before, 0, BY_ID_STATE)),
      .reference = changed(changes->reference, db_text(before, 0, BY_ID_REFERENCE)),
      .document = changes->document,
      .level = changed(changes->level, db_text(before, 0, BY_ID_LEVEL)),
      .as_of = changes->as_of != DAY_NONE ? changes->as_of : old.as_of,
      .received_on = changes->received_on != DAY_NONE ? changes->received_on : db_day(before, 0, BY_ID_RECEIVED_ON),
      .kind = changes->kind != 0 ? changes->kind : (enum level_kind)old.kind,
      .channel = changed(changes->channel, db_text(before, 0, BY_ID_CHANNEL)),
      .source = changed(changes->source, db_text(before, 0, BY_ID_SOURCE)),
      .note = changed(changes->note, db_text(before, 0, BY_ID_NOTE)),
      .evidence = changed(changes->evidence, db_text(before, 0, BY_ID_EVIDENCE)),
      .language = changed(changes->language, db_text(before, 0, BY_ID_LANGUAGE)),
      .notice = changes->notice,
  };
  __attribute__((cleanup(logging_free))) struct logging logging = {
      .input = &input, .old = &old, .reason = reason, .logged = logged};
  if (!log_or_amend(db, &logging, error))
    return false;
  if (!logged->already_there)
    describe_old(before, &old, &logged->amended);
  return true;
}

bool record_withdraw(struct db *db, struct record_id id, const char *reason, struct taken_back *taken,
                     struct error *error) {
  AUTO_RESULT PGresult *before = NULL;
  AUTO_BATCH struct batch *batch = NULL;
  struct old_record old = {0};
  if (!record_reason_check(reason, error) || !load_old(db, id, &before, &old, error) || !batch_begin(db, &batch, error))
    return false;
  add_withdrawal(batch, &old, reason);
  char text[RECORD_ID_TEXT_SIZE];
  AUTO_TEXT struct text summary = {0};
  text_add_format(&summary, "%s: %s", record_id_format(id, text), reason);
  struct batch_about about = {.kind = "withdraw", .summary = text_string(&summary)};
  if (!batch_commit(batch, &about, NULL, error))
    return false;
  describe_old(before, &old, taken);
  return true;
}
