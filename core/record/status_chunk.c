/* A bounded run of status records: order, revision numbers, binary COPY, canonical form. */
#include "core/record/status_chunk.h"

#include "core/base/memory.h"
#include "core/ledger/batch.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

const char *const status_languages[] = {NULL, "ar", "en", "es", "fr", "ru", "zh", NULL};

void status_chunk_free(struct status_chunk *chunk) {
  free(chunk->rows);
  free(chunk->order);
  text_free(&chunk->text);
  text_free(&chunk->key);
  free(chunk->responses);
  name_index_free(&chunk->response_keys);
  *chunk = (struct status_chunk){0};
}

void status_chunk_clear(struct status_chunk *chunk) {
  chunk->count = 0;
  text_clear(&chunk->text);
  chunk->response_count = 0;
  name_index_free(&chunk->response_keys);
}

bool status_chunk_full(const struct status_chunk *chunk) {
  return chunk->count >= chunk->limit || chunk->text.length >= STATUS_CHUNK_TEXT ||
         chunk->response_count >= STATUS_CHUNK_RESPONSES;
}

void status_chunk_add(struct status_chunk *chunk, const struct status_row *row) {
  memory_reserve((void **)&chunk->rows, &chunk->capacity, chunk->count + 1, sizeof *chunk->rows);
  chunk->rows[chunk->count++] = *row;
}

uint32_t status_chunk_text(struct status_chunk *chunk, const char *value, size_t length) {
  if (value == NULL)
    return 0;
  if (chunk->text.length == 0)
    text_add_char(&chunk->text, '\0'); /* so that no text has offset 0 */
  uint32_t offset = (uint32_t)chunk->text.length;
  text_add_n(&chunk->text, value, length);
  text_add_char(&chunk->text, '\0');
  return offset;
}

const char *status_chunk_string(const struct status_chunk *chunk, uint32_t offset) {
  return offset != 0 ? chunk->text.data + offset : NULL;
}

/* ---- responses ----------------------------------------------------------- */

int32_t status_chunk_response(struct status_chunk *chunk, int32_t *last, int16_t state_id, day received_on,
                              const char *channel, const char *source) {
  struct text *key = &chunk->key;
  text_clear(key);
  text_add_n(key, (const char *)&state_id, sizeof state_id);
  text_add_n(key, (const char *)&received_on, sizeof received_on);
  text_add(key, channel != NULL ? channel : "");
  text_add_char(key, source != NULL ? '\1' : '\2');
  text_add(key, source != NULL ? source : "");
  if (chunk->response_keys == NULL)
    chunk->response_keys = name_index_new();
  int32_t number = name_index_find(chunk->response_keys, key->data, key->length);
  if (number >= 0)
    return number;
  number = ++*last;
  name_index_add(chunk->response_keys, key->data, key->length, number);
  memory_reserve((void **)&chunk->responses, &chunk->response_capacity, chunk->response_count + 1,
                 sizeof *chunk->responses);
  chunk->responses[chunk->response_count++] = (struct status_response){
      .number = number,
      .state_id = state_id,
      .received_on = received_on,
      .channel = status_chunk_text(chunk, channel, channel != NULL ? strlen(channel) : 0),
      .source = status_chunk_text(chunk, source, source != NULL ? strlen(source) : 0),
  };
  return number;
}

void status_chunk_write_responses(struct status_chunk *chunk, struct batch *batch) {
  for (size_t i = 0; i < chunk->count; i++)
    if (chunk->rows[i].rev > 0)
      chunk->responses[chunk->rows[i].response - chunk->responses[0].number].used = true;
  for (size_t i = 0; i < chunk->response_count; i++) {
    const struct status_response *response = &chunk->responses[i];
    if (!response->used)
      continue;
    batch_row(batch, TABLE_RESPONSE);
    batch_int(batch, batch_id(batch));
    batch_int(batch, response->number);
    batch_int(batch, response->state_id);
    batch_day(batch, response->received_on);
    batch_text(batch, status_chunk_string(chunk, response->channel));
    batch_text(batch, status_chunk_string(chunk, response->source));
  }
}

/* ---- order and numbers --------------------------------------------------- */

static int compare_keys(const struct status_row *a, const struct status_row *b) {
  if (a->state_id != b->state_id)
    return a->state_id < b->state_id ? -1 : 1;
  if (a->rec_id != b->rec_id)
    return a->rec_id < b->rec_id ? -1 : 1;
  if (a->kind != b->kind)
    return a->kind < b->kind ? -1 : 1;
  if (a->as_of != b->as_of)
    return a->as_of < b->as_of ? -1 : 1;
  return 0;
}

static int compare_rows(const void *a, const void *b, void *context) {
  const struct status_row *rows = context;
  const struct status_row *one = &rows[*(const uint32_t *)a], *other = &rows[*(const uint32_t *)b];
  int order = compare_keys(one, other);
  if (order != 0)
    return order;
  return one->line < other->line ? -1 : one->line > other->line;
}

static bool same_text(const struct status_chunk *chunk, uint32_t a, uint32_t b) {
  if (a == 0 || b == 0)
    return a == b;
  return strcmp(status_chunk_string(chunk, a), status_chunk_string(chunk, b)) == 0;
}

static bool same_content(const struct status_chunk *chunk, const struct status_row *a, const struct status_row *b) {
  return a->level == b->level && a->response == b->response && a->language == b->language &&
         same_text(chunk, a->note, b->note) && same_text(chunk, a->evidence, b->evidence);
}

static void put_in_order(struct status_chunk *chunk) {
  memory_reserve((void **)&chunk->order, &chunk->order_capacity, chunk->count, sizeof *chunk->order);
  bool in_order = true;
  for (size_t i = 0; i < chunk->count; i++) {
    chunk->order[i] = (uint32_t)i;
    in_order = in_order && (i == 0 || compare_keys(&chunk->rows[i - 1], &chunk->rows[i]) <= 0);
  }
  if (!in_order)
    qsort_r(chunk->order, chunk->count, sizeof *chunk->order, compare_rows, chunk->rows);
}

void status_chunk_number(struct status_chunk *chunk, uint64_t *repeated) {
  put_in_order(chunk);
  struct status_row *before = NULL; /* the last row that was numbered */
  for (size_t i = 0; i < chunk->count; i++) {
    struct status_row *row = &chunk->rows[chunk->order[i]];
    bool same_key = before != NULL && compare_keys(before, row) == 0;
    if (same_key && same_content(chunk, before, row)) {
      row->rev = 0;
      (*repeated)++;
      continue;
    }
    row->rev = same_key ? (int16_t)(before->rev + 1) : 1;
    before = row;
  }
}

/* ---- binary COPY --------------------------------------------------------- */

/* https://www.postgresql.org/docs/15/sql-copy.html, "Binary Format": signature, flags, length of the extension. */
static const char COPY_HEADER[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0";
static const size_t COPY_HEADER_SIZE = 19;
static const size_t COPY_PIECE = 1u << 18;

/* Each writes a big-endian value at `at` and gives the place behind it. */
static char *put16(char *at, int16_t value) {
  uint16_t big = htobe16((uint16_t)value);
  memcpy(at, &big, sizeof big);
  return at + sizeof big;
}

static char *put32(char *at, int32_t value) {
  uint32_t big = htobe32((uint32_t)value);
  memcpy(at, &big, sizeof big);
  return at + sizeof big;
}

static char *field16(char *at, int16_t value) {
  return put16(put32(at, sizeof value), value);
}

static char *field32(char *at, int32_t value) {
  return put32(put32(at, sizeof value), value);
}

static void field_text(struct text *out, const char *value) {
  char size[sizeof(int32_t)];
  size_t length = value != NULL ? strlen(value) : 0;
  put32(size, value != NULL ? (int32_t)length : -1);
  text_add_n(out, size, sizeof size);
  if (value != NULL)
    text_add_n(out, value, length);
}

/* The columns of status_record in the order of its definition. */
static void put_row(struct text *out, const struct status_chunk *chunk, const struct status_row *row) {
  char fixed[96], *at = fixed;
  at = put16(at, 12);
  at = field32(at, row->rec_id);
  at = field32(at, row->as_of);
  at = field32(at, chunk->batch_id);
  at = field32(at, row->line);
  at = field32(at, row->response);
  at = field16(at, row->state_id);
  at = field16(at, row->kind);
  at = field16(at, row->rev);
  at = field16(at, row->level);
  text_add_n(out, fixed, (size_t)(at - fixed));
  field_text(out, status_chunk_string(chunk, row->note));
  field_text(out, status_chunk_string(chunk, row->evidence));
  field_text(out, status_languages[row->language]);
}

void status_sender_free(struct status_sender *sender) {
  text_free(&sender->piece);
  *sender = (struct status_sender){0};
}

/* Encodes rows until a piece is full; behind the last row the trailer. */
static void encode_piece(struct status_sender *sender) {
  const struct status_chunk *chunk = sender->chunk;
  while (sender->next < chunk->count && sender->piece.length < COPY_PIECE) {
    const struct status_row *row = &chunk->rows[chunk->order[sender->next++]];
    if (row->rev > 0)
      put_row(&sender->piece, chunk, row);
  }
  if (sender->next == chunk->count) {
    char trailer[sizeof(int16_t)];
    put16(trailer, -1);
    text_add_n(&sender->piece, trailer, sizeof trailer);
  }
}

bool status_sender_begin(struct status_sender *sender, const struct status_chunk *chunk, struct db *db, const char *sql,
                         struct error *error) {
  sender->chunk = chunk;
  sender->next = 0;
  sender->done = false;
  text_clear(&sender->piece);
  text_add_n(&sender->piece, COPY_HEADER, COPY_HEADER_SIZE);
  encode_piece(sender);
  return db_copy_in_begin(db, sql, error);
}

static bool send_pieces(struct status_sender *sender, struct db *db, bool wait, struct error *error) {
  while (!sender->done) {
    bool taken;
    if (!db_copy_in_offer(db, sender->piece.data, sender->piece.length, wait, &taken, error))
      return false;
    if (!taken)
      return true;
    text_clear(&sender->piece);
    sender->done = sender->next == sender->chunk->count;
    if (!sender->done)
      encode_piece(sender);
  }
  return true;
}

bool status_sender_push(struct status_sender *sender, struct db *db, struct error *error) {
  return send_pieces(sender, db, false, error);
}

bool status_sender_end(struct status_sender *sender, struct db *db, struct error *error) {
  return send_pieces(sender, db, true, error) && db_copy_in_end(db, NULL, error);
}

/* ---- canonical form ------------------------------------------------------ */

static void canonical_string(struct text *out, const char *value) {
  canonical_text(out, value, value != NULL ? strlen(value) : 0);
}

static void canonical_row(struct text *out, const struct status_chunk *chunk, const struct status_row *row) {
  char as_of[DAY_TEXT_SIZE];
  canonical_int(out, row->rec_id);
  canonical_text(out, day_format(row->as_of, as_of), DAY_TEXT_SIZE - 1);
  canonical_int(out, chunk->batch_id);
  canonical_int(out, row->line);
  canonical_int(out, row->response);
  canonical_int(out, row->state_id);
  canonical_int(out, row->kind);
  canonical_int(out, row->rev);
  canonical_int(out, row->level);
  canonical_string(out, status_chunk_string(chunk, row->note));
  canonical_string(out, status_chunk_string(chunk, row->evidence));
  canonical_string(out, status_languages[row->language]);
}

uint64_t status_chunk_hash(const struct status_chunk *chunk, struct sha256 *sha) {
  AUTO_TEXT struct text out = {0};
  uint64_t rows = 0;
  for (size_t i = 0; i < chunk->count; i++) {
    const struct status_row *row = &chunk->rows[i];
    if (row->rev == 0)
      continue;
    canonical_row(&out, chunk, row);
    rows++;
    if (out.length >= COPY_PIECE) {
      sha256_add(sha, out.data, out.length);
      text_clear(&out);
    }
  }
  sha256_add(sha, text_string(&out), out.length);
  return rows;
}
