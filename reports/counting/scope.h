/* What a table is made from: the register and the recommendations as known at a moment, and the day it speaks about. */
#ifndef RECTRACK_REPORTS_COUNTING_SCOPE_H
#define RECTRACK_REPORTS_COUNTING_SCOPE_H

#include "core/base/date.h"
#include "core/base/language.h"
#include "core/ledger/batch.h"
#include "core/recommendation/recommendation.h"
#include "core/register/register.h"

struct scope {
  struct state_register *reg;
  struct recommendation_list *recommendations;
  day as_of;
  struct known_at known;
  const struct language *language; /* of labels and State names; NULL: English */
  size_t number; /* of the day, in a table that speaks of several: they share everything but the day */
};

/* The newest record of one pair of the population, as dimensions see it. */
struct pair {
  size_t state;          /* index in reg->states */
  size_t recommendation; /* index in recommendations->items */
  int level;             /* index in reg->levels; -1: no response */
  day as_of;             /* of the record; DAY_NONE without one */
  int kind;              /* enum level_kind; 0 without a record */
  int channel;           /* index in record_channels; -1 when not said */
};

/* Loads the register (without the names under which States are found) and recommendations, inside the caller's
 * snapshot. `language` NULL: English. */
bool scope_load(struct db *db, day as_of, struct known_at known, const struct language *language, struct scope *scope,
                struct error *error) __attribute__((nonnull(1, 5, 6)));
void scope_free(struct scope *scope);

#endif
