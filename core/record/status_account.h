/*
 * What the chunks of an import add to its batch: how many rows, which of their responses, and the digest of the rows'
 * canonical form (core/ledger/batch.h) in the order of the file.  It is worked out bit by bit while the server takes
 * the same rows, and once more where it turns out that some of them were there already.
 */
#ifndef RECTRACK_CORE_RECORD_STATUS_ACCOUNT_H
#define RECTRACK_CORE_RECORD_STATUS_ACCOUNT_H

#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/record/status_chunk.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct status_account {
  struct sha256 *sha;    /* of all chunks */
  struct sha256 *before; /* of those before the current one */
  struct status_chunk *chunk;
  size_t next;                 /* row of the chunk */
  uint64_t added, superseding; /* rows of the chunk with a revision, and with a second or later one */
  struct text canonical;
};
void status_account_free(struct status_account *account);

/* Begins with a chunk whose rows are numbered. */
void status_account_begin(struct status_account *account, struct status_chunk *chunk);
/* Begins anew with the same chunk, whose revisions have changed. */
void status_account_again(struct status_account *account);
/* Goes on for a few rows, and notes which responses are used; false when none is left. */
bool status_account_go_on(struct status_account *account);
/* The digest of the rows of all chunks, one at least. */
void status_account_digest(struct status_account *account, unsigned char digest[static SHA256_SIZE]);

#endif
