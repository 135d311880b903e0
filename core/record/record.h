/*
 * Single status records: log one, correct, withdraw, look up.
 */
#ifndef RECTRACK_CORE_RECORD_RECORD_H
#define RECTRACK_CORE_RECORD_RECORD_H

#include "core/base/date.h"
#include "core/base/error.h"
#include "core/database/db.h"
#include "core/ledger/batch.h"
#include "core/register/register.h"

#include <stdbool.h>
#include <stdint.h>

/* A record is known to people as BATCH.LINE ("12.345"): the batch that brought it and the line of its file. */
#define RECORD_ID_TEXT_SIZE 24
struct record_id {
  int32_t batch_id;
  int32_t line;
};
bool record_id_parse(const char *s, struct record_id *out, struct error *error) __attribute__((nonnull));
const char *record_id_format(struct record_id id, char out[static RECORD_ID_TEXT_SIZE]);

/* As people give it; NULL where they said nothing. */
struct record_input {
  const char *state;     /* any name or code */
  const char *reference; /* full, or a place that only one document (or `document`) holds */
  const char *document;
  const char *level; /* code or label of the recommendation's scale */
  day as_of;
  day received_on;      /* DAY_NONE when not said */
  enum level_kind kind; /* LEVEL_REPORTED or LEVEL_ASSESSED */
  const char *channel;  /* one of record_channels */
  const char *source;   /* symbol or file name of the communication */
  const char *note;
  const char *evidence;
  const char *language; /* ar, en, es, fr, ru, zh */
  const char *notice;   /* see struct batch_about */
};

/* What a correction takes back, so that whoever mistook a number sees it. Texts are owned by the caller
 * (taken_back_free). */
struct taken_back {
  struct record_id id; /* of a batch: line 0 */
  char *what; /* "Italy (ITA), DOC/1:II.A.1(a): Implemented as of 2026-09-30", or of a batch "status records from
                 replies.csv: 12" */
  char *kind; /* of a batch: struct batch_about */
  char *by;   /* who recorded it: the database's user, and the operating system's where that has another name */
  moment at;
  int64_t rows; /* of a batch: its status records, or where it has none, its rows in all tables */
};
void taken_back_free(struct taken_back *taken);
#define AUTO_TAKEN_BACK __attribute__((cleanup(taken_back_free)))

/* What was understood and stored, for the confirmation. Texts are owned by the caller (record_logged_free). */
struct record_logged {
  struct record_id id;
  int32_t position;
  char *state; /* iso3 */
  char *state_name;
  char *reference; /* full */
  char *level;     /* code */
  char *level_label;
  day as_of;
  bool already_there; /* the newest record of that key says the same: nothing was stored */
  char *superseded;   /* id of the record that it supersedes, or NULL */
  char *counts_for; /* the recommendation in the place of this superseded one; "" where it was dropped; NULL: itself */
  struct taken_back amended; /* the record that this one amends; empty where it amends none */
  day adopted;               /* of the recommendation; DAY_NONE when unknown */
  bool is_party;             /* false: stored, but the State is outside the population on that day */
};
void record_logged_free(struct record_logged *logged);
#define AUTO_RECORD_LOGGED __attribute__((cleanup(record_logged_free)))

/* NULL-terminated list: note-verbale, questionnaire, statement, letter, review, other. */
extern const char *const record_channels[];

/* The checks of single fields, shared by every way in. Each: ERROR_DATA with a remedy. */
bool record_kind_parse(const char *value, enum level_kind *out, struct error *error) __attribute__((nonnull));
bool record_channel_check(const char *value, struct error *error) __attribute__((nonnull));
bool record_language_parse(const char *value, uint8_t *out, struct error *error)
    __attribute__((nonnull)); /* as status_row has it */
bool record_level_suits(const struct level *level, enum level_kind kind, struct error *error) __attribute__((nonnull));

/* Logs one status in a batch of its own. Makes sure of the schema too, so that one row needs no round trip for that. */
bool record_log(struct db *db, const struct record_input *input, struct record_logged *logged, struct error *error)
    __attribute__((nonnull));

/* What can be corrected in a record: only the fields that are not NULL (DAY_NONE for the dates) change. Reason
 * required. */
bool record_amend(struct db *db, struct record_id id, const struct record_input *changes, const char *reason,
                  struct record_logged *logged, struct error *error) __attribute__((nonnull));

/* Takes a record back; the pair falls back to its record before. */
bool record_withdraw(struct db *db, struct record_id id, const char *reason, struct taken_back *taken,
                     struct error *error) __attribute__((nonnull(1, 4, 5)));

/* Takes a whole batch back (`batch_id` 0: the newest that is not undone). */
bool record_undo(struct db *db, int32_t batch_id, const char *reason, struct taken_back *taken, struct error *error)
    __attribute__((nonnull(1, 4, 5)));

/* A correction without a reason is refused: ERROR_USAGE. */
bool record_reason_check(const char *reason, struct error *error) __attribute__((nonnull(2)));

#endif
