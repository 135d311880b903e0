/*
 * A bounded run of status records, as they stand in the file, with their responses; and their key order, in which they
 * are numbered and go to the server (status_sender.h).
 */
#ifndef RECTRACK_CORE_RECORD_STATUS_CHUNK_H
#define RECTRACK_CORE_RECORD_STATUS_CHUNK_H

#include "core/base/date.h"
#include "core/base/name_index.h"
#include "core/base/text.h"
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
#define STATUS_CHUNK_TEXT       (4u << 20)
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
  uint8_t language; /* its place in language_list, from 1; 0: none */
};

/* The code of a row's language; NULL where it has none. */
const char *status_language(const struct status_row *row) __attribute__((nonnull));

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
  bool has_texts; /* a row has a note, evidence or a language */
  struct text text;
  struct status_response *responses;
  size_t response_count, response_capacity;
  struct name_index *response_keys;
  struct text key; /* room for putting a key together */
};

void status_chunk_free(struct status_chunk *chunk);
void status_chunk_clear(struct status_chunk *chunk);
bool status_chunk_full(const struct status_chunk *chunk);
void status_chunk_add(struct status_chunk *chunk, const struct status_row *row); /* with rev 1 */
/* Keeps a text; gives its offset, 0 for NULL. */
uint32_t status_chunk_text(struct status_chunk *chunk, const char *value, size_t length);
const char *status_chunk_string(const struct status_chunk *chunk, uint32_t offset); /* NULL for 0 */

/* The number of the response of that State, day, channel and source: the chunk's own, or the next one (*last + 1). */
int32_t status_chunk_response(struct status_chunk *chunk, int32_t *last, int16_t state_id, day received_on,
                              const char *channel, const char *source);

/* Adds the responses that are used to the batch. */
void status_chunk_write_responses(const struct status_chunk *chunk, struct batch *batch);

/* The key of a row, in two numbers that sort as it does; and which row of the chunk it is. */
struct status_place {
  uint64_t pair; /* State, recommendation, kind */
  uint32_t as_of;
  uint32_t row;
};

/* The rows of one chunk after the other in key order, those of one key in the order of the file. */
struct status_order {
  struct status_place *places, *spare;
  size_t capacity; /* of each */
};
void status_order_free(struct status_order *order);

/*
 * Puts the rows of a chunk in order and numbers those of one key 1, 2, … in the order of the file.  A row that repeats
 * the one before it with the same key gets rev 0. *repeated counts them.
 */
void status_order_number(struct status_order *order, struct status_chunk *chunk, uint64_t *repeated);

#endif
