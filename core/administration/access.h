/*
 * Who may do what in a database: four roles of the server, given to its users.  Each change is a batch of the ledger.
 */
#ifndef RECTRACK_CORE_ADMINISTRATION_ACCESS_H
#define RECTRACK_CORE_ADMINISTRATION_ACCESS_H

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/database/db.h"

#include <stdbool.h>

/* NULL-terminated list, as people write them: reader, recorder, focal-point, admin. */
extern const char *const access_roles[];

/* A role by its name, as it stands in access_roles; NULL with ERROR_USAGE and the nearest one. */
const char *access_role_find(const char *name, struct error *error) __attribute__((nonnull));

/* What came of a change. */
struct access_change {
  char state[4]; /* alpha-3, "" for none */
  bool nothing;  /* it was so already: nothing was stored */
  bool unbound;  /* a focal point that nothing holds to its State, being a recorder too, perhaps by another role */
};

/*
 * Gives a role to a user of the server.  `state`, by any name or code, is required for focal-point and refused for the
 * others; another State takes the place of the one before.  ERROR_DATA for an unknown user, ERROR_NOT_PERMITTED for
 * whoever may not grant.
 */
bool access_grant(struct db *db, const char *user, const char *role, const char *state, struct access_change *change,
                  struct error *error) __attribute__((nonnull(1, 2, 3, 5, 6)));

/* Takes a role away. ERROR_FAILED where the user keeps it by belonging to another role that has it. */
bool access_revoke(struct db *db, const char *user, const char *role, struct access_change *change, struct error *error)
    __attribute__((nonnull));

/* Adds the statements, one a line, that whoever administers the server must run because `init` may not make the roles.
 */
bool access_missing(struct db *db, struct text *out, struct error *error) __attribute__((nonnull));

#endif
