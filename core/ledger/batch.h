/*
 * Batches and their ledger: one write to the database, by one person, of one file or one command.
 *
 * A batch takes its number when it begins; its rows go to the server through COPY, in the order given, and are hashed
 * as they go.  At the end, under the ledger's lock, it takes its position and is linked to the batch before
 * (batch_seal).
 *
 * Canonical form, to the byte.  A value is a netstring: its length in bytes, ":", its bytes, ","; NULL is "-,". Numbers
 * are decimal, dates YYYY-MM-DD, booleans "true" or "false", bytes lower-case hexadecimal.  A row is its columns in the
 * order of the table's definition.  A table's digest is the SHA-256 of its rows of this batch sorted as bytes; the rows
 * of status_record stand in the order of `line`, those of response in the order of `response`.  `content` has a line
 * "table rows digest" for each table with rows, in alphabetical order.  The batch's own hash is the SHA-256 of its
 * columns from `position` to `previous_sha256` as netstrings; recorded_at counts microseconds since 1970.  The first
 * batch follows 32 zero bytes.
 */
#ifndef RECTRACK_CORE_LEDGER_BATCH_H
#define RECTRACK_CORE_LEDGER_BATCH_H

#include "core/base/date.h"
#include "core/base/error.h"
#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/database/db.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a report or a list knows: everything up to a ledger position. */
struct known_at {
  int32_t position; /* 0: nothing is recorded yet */
  moment at;        /* when that position was committed; MOMENT_NONE when position is 0 */
};

/* The newest position committed at or before `at` (MOMENT_NONE: now). Inside a snapshot it belongs to that snapshot. */
bool batch_known_at(struct db *db, moment at, struct known_at *out, struct error *error) __attribute__((nonnull));

/* What is said of a batch when it is sealed. Texts are kept by reference. */
struct batch_about {
  const char *kind;    /* "register", "document", "recommendations", "links", "status", "record", "amend", "withdraw",
                           "undo", "access" */
  const char *summary; /* one line for people */
  const char *notice;  /* repeated by every table that rests on this batch ("illustrative data"); NULL for none */
  const char *file_name;
  const unsigned char *file_sha256; /* SHA256_SIZE bytes, or NULL */
};

struct batch;

/* Begins a batch and takes its number. The caller frees it. For batch_seal, inside a transaction that the caller
 * opened. */
bool batch_begin(struct db *db, struct batch **batch, struct error *error) __attribute__((nonnull));

/* The ledger's newest batch as the server saw it, and the time by its clock when it did. */
struct ledger_end {
  int32_t position;
  char sha256[SHA256_TEXT_SIZE]; /* in hexadecimal */
  moment recorded_at;
  moment now;
};
/* A batch whose number was taken from the sequence by another statement, next to one that saw the ledger's end; `user`
 * is of batch_user_name, or "" to have it looked up. */
struct batch *batch_begun(struct db *db, int32_t id, const struct ledger_end *end, const char *user)
    __attribute__((nonnull, returns_nonnull));
void batch_free(struct batch **batch);
#define AUTO_BATCH __attribute__((cleanup(batch_free)))
int32_t batch_id(const struct batch *batch) __attribute__((nonnull));

/* The tables that batches write, in an order in which a row comes after those that it refers to. */
enum content_table {
  TABLE_STATE,
  TABLE_STATE_VERSION,
  TABLE_STATE_NAME,
  TABLE_INSTRUMENT,
  TABLE_INSTRUMENT_VERSION,
  TABLE_PARTY,
  TABLE_BODY_INSTRUMENT,
  TABLE_ARTICLE,
  TABLE_THEME,
  TABLE_THEME_VERSION,
  TABLE_SCALE,
  TABLE_LEVEL,
  TABLE_LEVEL_VERSION,
  TABLE_DOCUMENT,
  TABLE_PARAGRAPH,
  TABLE_STATEMENT,
  TABLE_RECOMMENDATION,
  TABLE_RECOMMENDATION_VERSION,
  TABLE_RECOMMENDATION_ADDRESSEE,
  TABLE_RECOMMENDATION_ARTICLE,
  TABLE_RECOMMENDATION_THEME,
  TABLE_SUPERSESSION,
  TABLE_RESPONSE,
  TABLE_STATUS_RECORD,
  TABLE_WITHDRAWAL,
  TABLE_BATCH_WITHDRAWAL,
  TABLE_ACCESS_GRANT,
  CONTENT_TABLES
};

const char *content_table_name(enum content_table table);
/* Its rows are hashed in the order of their number; those of the other tables sorted as bytes. */
bool content_table_numbered(enum content_table table);
/* The column of that number, from 0. */
size_t content_table_number(enum content_table table);

/*
 * One row: batch_row begins it, then one call for each column of the table, in the order of its definition.  Rows are
 * kept in memory until the seal, so this is for what people write and for documents; millions of status records go by
 * core/import/import_status.c, which hashes while it streams and reports the sum with batch_streamed.
 */
void batch_row(struct batch *batch, enum content_table table) __attribute__((nonnull));
void batch_text(struct batch *batch, const char *value) __attribute__((nonnull(1))); /* NULL is NULL */
void batch_int(struct batch *batch, int64_t value) __attribute__((nonnull));
void batch_bool(struct batch *batch, bool value) __attribute__((nonnull));
void batch_day(struct batch *batch, day value) __attribute__((nonnull));                         /* DAY_NONE is NULL */
void batch_digest(struct batch *batch, const unsigned char *sha256) __attribute__((nonnull(1))); /* NULL is NULL */
size_t batch_rows(const struct batch *batch, enum content_table table) __attribute__((nonnull));

/* Sends the rows of a numbered table (response) that are in memory, so that memory stays bounded. */
bool batch_flush(struct batch *batch, enum content_table table, struct error *error) __attribute__((nonnull));

/* Rows that the caller sent itself, and the SHA-256 of their canonical form. */
void batch_streamed(struct batch *batch, enum content_table table, uint64_t rows,
                    const unsigned char digest[static SHA256_SIZE]) __attribute__((nonnull));

/* The name of the operating system's user, as batches note it; a number when there is no name. */
enum { BATCH_USER_SIZE = 256 };
void batch_user_name(char out[static BATCH_USER_SIZE]);

/* Adds a value to a row's canonical form. */
void canonical_text(struct text *out, const char *value, size_t length) __attribute__((nonnull(1)));
void canonical_int(struct text *out, int64_t value) __attribute__((nonnull));
/* Adds canonical rows, sorted as bytes, to a digest; starts[i] is where row i begins in `canonical`. */
void canonical_hash_sorted(const struct text *canonical, const size_t *starts, size_t count, struct sha256 *sha);

/* Seals: writes what is still buffered, takes the ledger's lock, the position and the link. Commit at once afterwards:
 * other writers wait. *position may be NULL. */
bool batch_seal(struct batch *batch, const struct batch_about *about, int32_t *position, struct error *error)
    __attribute__((nonnull(1, 2, 4)));

/*
 * For a batch of a few rows, outside a transaction: begins one, writes the rows, seals and commits, all in one round
 * trip. Tried again on 40001 and 40P01.
 */
bool batch_commit(struct batch *batch, const struct batch_about *about, int32_t *position, struct error *error)
    __attribute__((nonnull(1, 2, 4)));

/*
 * The same for a batch of batch_begun, which is linked here to the ledger's end that was seen; that spares the server
 * finding it again and every function that it would hash with.  So it also proves that nothing was written since.
 * *overtaken with false: the end isn't known, or the server refused the link (own_batch, 0010_quick_look.sql) since
 * another batch came in between or the number was taken on a connection that is lost, or refuses this user every batch.
 * Nothing is stored then; whoever looks again, in a transaction, and seals there, will be told which.
 */
bool batch_commit_linked(struct batch *batch, const struct batch_about *about, int32_t *position, bool *overtaken,
                         struct error *error) __attribute__((nonnull(1, 2, 4, 5)));

/*
 * What is known of a batch before its rows are, for db_ask_ahead: the statements with which batch_commit_linked will
 * write one that has rows of these tables, of so many columns, and (looked up meanwhile) the name of its user.
 */
struct batch_shape {
  enum content_table table;
  int columns;
};
enum { BATCH_SHAPES_MAX = 2, BATCH_INSERT_SIZE = 256 };
struct batch_ahead {
  struct db_ahead db;
  char user[BATCH_USER_SIZE]; /* "" until the questions were asked */
  char inserts[BATCH_SHAPES_MAX][BATCH_INSERT_SIZE];
  const char *statements[BATCH_SHAPES_MAX + 3];
};
/* `out` refers to itself: it stays where it is. */
void batch_foresee(const struct batch_shape *shapes, size_t count, struct batch_ahead *out) __attribute__((nonnull));

/* The position of the batch that brought in a file of this digest and kind and was not undone; 0 when there is none. */
bool batch_of_file(struct db *db, const char *kind, const unsigned char digest[static SHA256_SIZE], int32_t *position,
                   struct error *error) __attribute__((nonnull));

#endif
