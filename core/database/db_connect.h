/*
 * Opening a connection: what is set for every one.
 *
 * Where to connect and how to prove who one is stays libpq's own business: sslmode, channel_binding, passfile, service
 * and all the rest work as in psql, in the connection string, in PG… variables and in service files.  What is set here
 * unless the user says otherwise there:
 *
 *   connect_timeout                       10 s
 *   keepalives_idle, _interval, _count    60 s, 10 s, 6: a dead network is noticed within two minutes
 *   application_name                      rectrack
 *   statement_timeout                     1 h    (in `options` or PGOPTIONS: -c statement_timeout=2h)
 *   lock_timeout                          1 min
 *   idle_in_transaction_session_timeout   1 h
 *
 * What must be so whatever the user says: client_encoding UTF8, ISO dates, bytes in hexadecimal, and a search_path on
 * which nothing but the server's own functions and operators stands (CVE-2018-1058).
 */
#ifndef RECTRACK_CORE_DATABASE_DB_CONNECT_H
#define RECTRACK_CORE_DATABASE_DB_CONNECT_H

#include "core/base/error.h"
#include "core/base/text.h"

#include <libpq-fe.h>
#include <stdbool.h>

/*
 * Which server is wanted where the connection string names several hosts and doesn't say so itself
 * (target_session_attrs).
 */
enum db_server {
  DB_ANY_SERVER, /* the first that answers */
  DB_PRIMARY,    /* one that takes writes */
  DB_STANDBY,    /* one that only reads, if there is one: reports and exports leave the primary to those who record */
};

/* NULL with ERROR_UNREACHABLE, ERROR_NOT_PERMITTED or ERROR_CONFIG. The caller ends it with PQfinish. */
PGconn *db_connect(const char *conninfo, enum db_server server, struct error *error) __attribute__((nonnull));

/* A second connection with all that the first was made with. The caller looks at its status. */
PGconn *db_connect_beside(PGconn *connection) __attribute__((nonnull, returns_nonnull));

/* Opens a lost connection anew, to the same server with the same settings. */
bool db_connect_again(PGconn *connection, struct error *error) __attribute__((nonnull));

/* Whether a connection string holds a password, or looks as if it did. */
bool db_conninfo_has_password(const char *conninfo) __attribute__((nonnull));

/*
 * For handing a connection string to another program: adds it to `out` without its password, of which *password is a
 * copy (NULL: none) that the caller frees.  The other program finds it in PGPASSWORD, which no list of processes shows.
 * The passphrase of a private key (sslpassword) is left out too; libpq has no variable for it.
 */
void db_conninfo_split(const char *conninfo, struct text *out, char **password) __attribute__((nonnull));

#endif
