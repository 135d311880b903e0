/* Writing recommendations into a batch: the identity once, and what is said of it as a version. */
#ifndef RECTRACK_CORE_RECOMMENDATION_RECOMMENDATION_WRITE_H
#define RECTRACK_CORE_RECOMMENDATION_RECOMMENDATION_WRITE_H

#include "core/base/date.h"
#include "core/base/error.h"
#include "core/database/db.h"
#include "core/document/reference.h"
#include "core/ledger/batch.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Numbers given out, starting from the largest in the database. */
struct identity_numbers {
  int32_t rec_id;
  int32_t document_id;
};

/* Takes the register's lock, so that no one else gives out numbers before the transaction ends, and reads where they
 * stand. */
bool identity_numbers_take(struct db *db, struct identity_numbers *numbers, struct error *error)
    __attribute__((nonnull));

struct recommendation_version {
  int32_t rec_id;
  const char *text;
  const char *chapeau;   /* NULL: none */
  int16_t instrument_id; /* 0: none */
  int16_t scale_id;
  bool to_all_parties;
  day due_on;
  const int16_t *addressees; /* State ids, when not to all Parties */
  size_t addressee_count;
  const char *const *articles;
  size_t article_count;
  const int16_t *themes;
  size_t theme_count;
};

/* Adds the identity: a place in a document gets its number. */
void recommendation_write_identity(struct batch *batch, int32_t rec_id, int32_t document_id,
                                   const struct reference *reference) __attribute__((nonnull));
/* Adds a version with its addressees, articles and themes. */
void recommendation_write_version(struct batch *batch, const struct recommendation_version *version)
    __attribute__((nonnull));

#endif
