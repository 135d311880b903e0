/*
 * Who keeps others from writing to the ledger.  Whoever may connect can hold its lock; so who waits in vain is told
 * whom to ask.
 */
#ifndef RECTRACK_CORE_LEDGER_LOCK_HOLDER_H
#define RECTRACK_CORE_LEDGER_LOCK_HOLDER_H

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/database/db.h"

#include <stdbool.h>
#include <stddef.h>

struct lock_holder {
  int process; /* of the server */
  char user[64], program[64];
};

/* Those that hold the ledger's lock now, or for whom somebody has waited for seconds; at most `most`. */
bool lock_holders(struct db *db, struct lock_holder *holders, size_t most, size_t *count, struct error *error)
    __attribute__((nonnull));

/* Adds: "anna" (process 4711, psql). */
void lock_holder_add(const struct lock_holder *holder, struct text *out) __attribute__((nonnull));

/* What to do about it, as a remedy. */
bool lock_holder_remedy(const struct lock_holder *holder, struct error *error) __attribute__((nonnull));

/*
 * Where a write has just failed because a lock didn't come in time (55P03): ends the transaction and says in `error`
 * who holds the ledger's.  Other failures stay as they are.  Always false.
 */
bool lock_holder_explain(struct db *db, struct error *error) __attribute__((nonnull));

#endif
