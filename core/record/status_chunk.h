/*
 * A bounded run of status records on their way to the server: kept in the order of the file, sent in key order, hashed
 * in the order of the file.
 */
#ifndef RECTRACK_CORE_RECORD_STATUS_CHUNK_H
#define RECTRACK_CORE_RECORD_STATUS_CHUNK_H

#include "core/base/date.h"
#include "core/base/error.h"
#include "core/base/name_index.h"
#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/database/db.h"
#include "core/ledger/batch.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Rows, bytes of text and responses after which a chunk is full.  An import has two chunks, one that is filled while
 * the other is sent; together they keep the client under 64 MiB.  The first is small, so that the server begins at
 * once, and each may be twice as big as the one before: big ones put rows in any order into key order.
 */
#define STATUS_CHUNK_ROWS_FIRST (1u << 14)
#define STATUS_CHUNK_ROWS       (1u << 19)
#define STATUS_CHUNK_TEXT       (8u << 20)
#define STATUS_CHUNK_RESPONSES  (1u << 16)

/* A row of status_record; texts are offsets into the chunk's text, 0 for NULL. */
struct status_row {
  int32_t rec_id;
  day as_of;
  int32_t line;
  int32_t response;
  uint32_t note, evidence;
  int16_t state_id;
  int16_t rev; /* 0: not to be stored, the same is there already */
  int16_t level;
  uint8_t kind;     /* enum level_kind: LEVEL_REPORTED or LEVEL_ASSESSED */
  uint8_t language; /* index in status_languages, 0 for NULL */
};

extern const char *const status_languages[]; /* NULL first, then ar, en, es, fr, ru, zh; NULL ends the list */

/* A communication that rows of the chunk belong to. */
struct status_response {
  int32_t number; /* in the batch; inside a chunk they go up without gaps */
  int16_t state_id;
  bool used; /* a stored row belongs to it */
  day received_on;
  uint32_t channel, source; /* texts */
};

struct status_chunk {
  int32_t batch_id;
  size_t limit; /* rows after which it is full */
  struct status_row *rows;
  size_t count, capacity;
  uint32_t *order; /* indices into rows, in key order, after status_chunk_number */
  size_t order_capacity;
  struct text text;
  struct status_response *responses;
  size_t response_count, response_capacity;
  struct name_index *response_keys;
  struct text key; /* room for putting a key together */
};

void status_chunk_free(struct status_chunk *chunk);
void status_chunk_clear(struct status_chunk *chunk);
bool status_chunk_full(const struct status_chunk *chunk);
void status_chunk_add(struct status_chunk *chunk, const struct status_row *row);
/* Keeps a text; gives its offset, 0 for NULL. */
uint32_t status_chunk_text(struct status_chunk *chunk, const char *value, size_t length);
const char *status_chunk_string(const struct status_chunk *chunk, uint32_t offset); /* NULL for 0 */

/* The number of the response of that State, day, channel and source: the chunk's own, or the next one (*last + 1). */
int32_t status_chunk_response(struct status_chunk *chunk, int32_t *last, int16_t state_id, day received_on,
                              const char *channel, const char *source);

/* Adds the responses of the rows with a revision to the batch. */
void status_chunk_write_responses(struct status_chunk *chunk, struct batch *batch);

/*
 * Puts the rows into key order and numbers those of one key 1, 2, … in the order of the file.  A row that repeats the
 * one before it with the same key gets rev 0. *repeated counts them.
 */
void status_chunk_number(struct status_chunk *chunk, uint64_t *repeated);

/* Rows on their way: the rows with a revision, in key order, as binary COPY. */
struct status_sender {
  const struct status_chunk *chunk;
  size_t next;       /* in chunk->order */
  struct text piece; /* encoded and not taken yet */
  bool done;         /* all is taken */
};
void status_sender_free(struct status_sender *sender);
/* Begins a COPY into the table of `sql`. */
bool status_sender_begin(struct status_sender *sender, const struct status_chunk *chunk, struct db *db, const char *sql,
                         struct error *error);
/* Sends what the server takes without being waited for. */
bool status_sender_push(struct status_sender *sender, struct db *db, struct error *error);
/* Sends the rest and ends the COPY. */
bool status_sender_end(struct status_sender *sender, struct db *db, struct error *error);

/* Adds the canonical form (core/ledger/batch.h) of the rows with a revision, in the order of the file. Counts them. */
uint64_t status_chunk_hash(const struct status_chunk *chunk, struct sha256 *sha);

#endif
