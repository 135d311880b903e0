/* From what PostgreSQL says went wrong to a struct error with a remedy: one table. */
#ifndef RECTRACK_CORE_DATABASE_DB_ERROR_H
#define RECTRACK_CORE_DATABASE_DB_ERROR_H

#include "core/base/error.h"

#include <libpq-fe.h>
#include <stdbool.h>

/* For a statement that failed. `committing`: it was COMMIT, so that a lost connection leaves open what happened.
 * Returns false. */
bool db_error_from_result(const PGresult *result, PGconn *connection, bool committing, struct error *error);

/* For a statement on a connection that the server had ended before, since nothing was sent to it inside a transaction.
 * Returns false. */
bool db_error_of_idleness(struct error *error);

/* For a connection that could not be opened. Returns false. */
bool db_error_from_connection(PGconn *connection, struct error *error);

#endif
