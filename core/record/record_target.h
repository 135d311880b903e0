/*
 * What a status record is about: one State, one recommendation and one level of its scale, found by what people write.
 *
 * One statement finds them all (record_find.sql), and another in the same round trip the little else that writing the
 * record takes (ledger_end.sql), so that a record costs two.  Only where that finds nothing, or more than one, the
 * names are looked up one by one, for the message that tells which of them is wrong.
 */
#ifndef RECTRACK_CORE_RECORD_RECORD_TARGET_H
#define RECTRACK_CORE_RECORD_RECORD_TARGET_H

#include "core/base/error.h"
#include "core/database/db.h"
#include "core/ledger/batch.h"
#include "core/record/record.h"
#include "core/register/register.h"

#include <stdbool.h>
#include <stdint.h>

struct record_target {
  int32_t batch_id;      /* taken for the record's batch */
  struct ledger_end end; /* where that goes, if none comes before it */
  int32_t state_id, rec_id, level_id;
  char *state; /* iso3; texts are owned by the target */
  char *state_name;
  char *reference; /* full */
  char *level;     /* code */
  char *level_label;
  enum level_kind level_kind;
  bool superseded; /* a later version of its document superseded the recommendation, unless that was undone */
  day adopted;     /* DAY_NONE when unknown */
  bool is_party;   /* on the record's as-of day */
};

/* Makes sure of the schema too, in the same statement. `ahead` is what will probably follow in the same transaction
 * (db_ask_ahead); NULL: nothing. ERROR_DATA with the nearest name where a word is unknown. */
bool record_target_find(struct db *db, const struct record_input *input, const struct db_ahead *ahead,
                        struct record_target *target, struct error *error) __attribute__((nonnull(1, 2, 4, 5)));
void record_target_free(struct record_target *target);
#define AUTO_RECORD_TARGET __attribute__((cleanup(record_target_free)))

#endif
