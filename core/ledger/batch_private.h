/*
 * What the files of batches share.
 */
#ifndef RECTRACK_CORE_LEDGER_BATCH_PRIVATE_H
#define RECTRACK_CORE_LEDGER_BATCH_PRIVATE_H

#include "core/database/db.h"
#include "core/ledger/batch.h"

/* The rows of one table: as COPY takes them, and in canonical form. */
struct content {
  struct text copy;
  struct text canonical;
  size_t *starts; /* where each row begins in `canonical` */
  size_t start_capacity;
  size_t rows;        /* in memory */
  uint64_t sent_rows; /* sent before, and hashed in `running` */
  struct sha256 *running;
  bool streamed; /* sent by the caller; only the count and the digest are known here */
  uint64_t streamed_rows;
  unsigned char digest[SHA256_SIZE];
};

struct batch {
  struct db *db;
  int32_t id;
  struct content contents[CONTENT_TABLES];
  struct content *open;       /* the table whose row is being written */
  struct ledger_end end;      /* as it was when the batch began; `now` is MOMENT_NONE where nobody looked */
  char user[BATCH_USER_SIZE]; /* "": not looked up yet */
};

/* Adds the rows in memory to the running hash. */
void batch_hash_rows(struct content *content, enum content_table table);

/* Parameters of batch_seal.sql, from 0. */
enum { SEAL_FILE_SHA256 = 5, SEAL_BEFORE = 9 };

/* The statement that ends a batch, with all that its parameters refer to. */
struct seal {
  struct db_params params; /* of batch_seal.sql */
  struct text manifest;
  struct text before, after; /* the canonical form of the columns before and behind those that the server fills in */
  char user[BATCH_USER_SIZE];
  char file[SHA256_TEXT_SIZE];
};
void seal_prepare(const struct batch *batch, const struct batch_about *about, struct seal *seal);
void seal_free(struct seal *seal);
#define AUTO_SEAL __attribute__((cleanup(seal_free)))

#endif
