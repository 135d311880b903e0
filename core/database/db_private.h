/*
 * What the files of a connection share.
 */
#ifndef RECTRACK_CORE_DATABASE_DB_PRIVATE_H
#define RECTRACK_CORE_DATABASE_DB_PRIVATE_H

#include "core/database/db.h"

struct db {
  PGconn *connection;
  bool embedded;
  char sqlstate[6];
  char constraint[64];      /* NAMEDATALEN */
  bool idled;               /* the server ended the connection because it was sent nothing in a transaction */
  char *copied;             /* the last message of COPY out */
  bool reading;             /* the transaction is read-only: nothing can be lost with it */
  const char *const *ahead; /* prepared for the transaction of db_ask_ahead; NULL: none is open */
  unsigned int asked_ahead; /* how often */
  db_talk *talk;
  void *talk_context;
};

/* Whatever the server's defaults are: a writer must see what was committed before it got the ledger's lock. */
#define DB_BEGIN_WRITE "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"

bool db_is_good(const PGresult *result);
/* Notes what the server said of the failure, and makes it an error; `committing`: it may have been stored all the same.
 * Gives false. */
bool db_failed(struct db *db, const PGresult *result, bool committing, struct error *error)
    __attribute__((nonnull(1, 4)));
bool db_is_lost(const struct db *db) __attribute__((nonnull));
/* Connects anew. What the server kept for the session is gone, so never inside a transaction. */
bool db_reconnect(struct db *db, struct error *error) __attribute__((nonnull));
bool db_send(struct db *db, const char *sql, const struct db_params *params) __attribute__((nonnull(1, 2)));
/* Hands an answer to the caller. */
void db_give(PGresult **answer, PGresult **result) __attribute__((nonnull));
/* Takes what is still to come of a COPY or another statement, so that the connection can be used again. */
void db_drain(struct db *db) __attribute__((nonnull));
/* Ends the transaction that db_ask_ahead has left open, with nothing done. */
void db_abandon_ahead(struct db *db) __attribute__((nonnull));

#endif
