/*
 * Recomputes the ledger (its canonical form stands in core/ledger/batch.h) and looks for rows that nothing answers to.
 */
#ifndef RECTRACK_CORE_LEDGER_VERIFY_H
#define RECTRACK_CORE_LEDGER_VERIFY_H

#include "core/base/error.h"
#include "core/base/sha256.h"
#include "core/database/db.h"

#include <stdbool.h>
#include <stdint.h>

/* The newest batch: what can be published or signed. */
struct ledger_head {
  int32_t position; /* 0: nothing is recorded yet */
  char batch_sha256[SHA256_TEXT_SIZE];
};

struct verify_report {
  uint64_t batches; /* recomputed */
  uint64_t rows;    /* hashed */
  uint64_t findings;
  struct ledger_head head;
};

/*
 * Reads everything in one snapshot, recomputes every hash and link, and checks that records, recommendations, States
 * and levels belong together, and that every table is still protected.  `since` (NULL: none) is a head that was
 * published: that its batch is at its place proves that the ledger of then is a prefix of today's.  Each finding goes
 * to the sink as an error with code ERROR_FOUND that names the batch.  False only when the reading itself fails.
 */
bool verify_all(struct db *db, const struct ledger_head *since, error_sink *finding, void *context,
                struct verify_report *report, struct error *error) __attribute__((nonnull(1, 3, 5, 6)));

/* The head alone, without recomputing anything. */
bool verify_head(struct db *db, struct ledger_head *head, struct error *error) __attribute__((nonnull));

/* True when the ledger has that batch at that position. Nothing is recomputed: for telling databases apart. */
bool verify_knows(struct db *db, const struct ledger_head *head, bool *knows, struct error *error)
    __attribute__((nonnull));

/* Reads a head as verify_head's callers print it: "POSITION:SHA256". ERROR_USAGE otherwise. */
bool ledger_head_parse(const char *s, struct ledger_head *head, struct error *error) __attribute__((nonnull));

#endif
