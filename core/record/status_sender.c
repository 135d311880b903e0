/* Status records to the server: binary COPY. */
#include "core/record/status_sender.h"

#include "sql_catalogue.h"

#include <endian.h>
#include <string.h>

/* https://www.postgresql.org/docs/15/sql-copy.html, "Binary Format": signature, flags, length of the extension. */
static const char COPY_HEADER[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0";
static const size_t COPY_HEADER_SIZE = 19;
static const size_t PIECE = 1u << 16;

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
static void put_row(struct status_sender *sender, const struct status_row *row) {
  const struct status_chunk *chunk = sender->chunk;
  struct text *out = &sender->piece;
  char fixed[96], *at = fixed;
  at = put16(at, sender->texts ? 12 : 9);
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
  if (!sender->texts)
    return;
  field_text(out, status_chunk_string(chunk, row->note));
  field_text(out, status_chunk_string(chunk, row->evidence));
  field_text(out, status_language(row));
}

void status_sender_free(struct status_sender *sender) {
  text_free(&sender->piece);
  *sender = (struct status_sender){0};
}

/* Encodes rows until a piece is full; behind the last row the trailer. */
static void encode_piece(struct status_sender *sender) {
  const struct status_chunk *chunk = sender->chunk;
  while (sender->next < chunk->count && sender->piece.length < PIECE) {
    const struct status_row *row = &chunk->rows[sender->order->places[sender->next++].row];
    if (row->rev > 0)
      put_row(sender, row);
  }
  if (sender->next == chunk->count) {
    char trailer[sizeof(int16_t)];
    put16(trailer, -1);
    text_add_n(&sender->piece, trailer, sizeof trailer);
  }
}

static void begin(struct status_sender *sender, const struct status_chunk *chunk, const struct status_order *order,
                  bool texts) {
  sender->chunk = chunk;
  sender->order = order;
  sender->texts = texts;
  sender->next = 0;
  sender->done = false;
  text_clear(&sender->piece);
  text_add_n(&sender->piece, COPY_HEADER, COPY_HEADER_SIZE);
  encode_piece(sender);
}

/* Columns that are empty in all rows are left out: they would cost the server as much as any other. */
bool status_sender_begin(struct status_sender *sender, const struct status_chunk *chunk,
                         const struct status_order *order, struct db *db, struct error *error) {
  begin(sender, chunk, order, chunk->has_texts);
  return db_copy_in_begin(db, chunk->has_texts ? sql_status_copy : sql_status_copy_without_texts, error);
}

bool status_sender_begin_merge(struct status_sender *sender, const struct status_chunk *chunk,
                               const struct status_order *order, struct db *db, struct error *error) {
  begin(sender, chunk, order, true);
  return db_copy_in_begin(db, sql_status_merge_copy_records, error);
}

bool status_sender_push(struct status_sender *sender, struct db *db, bool wait, struct error *error) {
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

bool status_sender_end(struct status_sender *sender, struct db *db, struct error *error) {
  return status_sender_push(sender, db, true, error) && db_copy_in_end(db, NULL, error);
}
