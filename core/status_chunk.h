/*
 * A bounded run of status records on their way to the server: kept in the order of the file, sent in key order, hashed
 * in the order of the file.
 */
#ifndef RECTRACK_CORE_STATUS_CHUNK_H
#define RECTRACK_CORE_STATUS_CHUNK_H

#include "core/date.h"
#include "core/db.h"
#include "core/error.h"
#include "core/sha256.h"
#include "core/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Rows and bytes of text after which a chunk is full; together they keep the client under 64 MiB. */
#define STATUS_CHUNK_ROWS (1u << 19)
#define STATUS_CHUNK_TEXT (16u << 20)

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

struct status_chunk {
  int32_t batch_id;
  struct status_row *rows;
  size_t count, capacity;
  uint32_t *order; /* indices into rows, in key order, after status_chunk_number */
  size_t order_capacity;
  struct text text;
};

void status_chunk_free(struct status_chunk *chunk);
void status_chunk_clear(struct status_chunk *chunk);
bool status_chunk_full(const struct status_chunk *chunk);
void status_chunk_add(struct status_chunk *chunk, const struct status_row *row);
/* Keeps a text; gives its offset, 0 for NULL. */
uint32_t status_chunk_text(struct status_chunk *chunk, const char *value, size_t length);
const char *status_chunk_string(const struct status_chunk *chunk, uint32_t offset); /* NULL for 0 */

/*
 * Puts the rows into key order and numbers those of one key 1, 2, … in the order of the file.  A row that repeats the
 * one before it with the same key gets rev 0. *repeated counts them.
 */
void status_chunk_number(struct status_chunk *chunk, uint64_t *repeated);

/* Sends the rows with a revision, in key order, by binary COPY into the table of `sql`. */
bool status_chunk_send(const struct status_chunk *chunk, struct db *db, const char *sql, struct error *error);

/* Adds the canonical form (core/batch.h) of the rows with a revision, in the order of the file. Counts them. */
uint64_t status_chunk_hash(const struct status_chunk *chunk, struct sha256 *sha);

#endif
