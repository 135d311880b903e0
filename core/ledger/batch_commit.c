/* Batches of a few rows: written, sealed and committed in one round trip. */
#include "core/base/memory.h"
#include "core/ledger/batch_private.h"
#include "core/ledger/lock_holder.h"
#include "sql_catalogue.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the rows ------------------------------------------------------------ */

#define SMALL_ROWS_MAX 8

/* Statement and parameters of one small row. */
struct small_row {
  char sql[BATCH_INSERT_SIZE];
  struct db_params params;
  char *values; /* the decoded values, each ended by NUL */
};

struct small_write {
  struct small_row rows[SMALL_ROWS_MAX];
  size_t count;
};

static void small_write_free(struct small_write *write) {
  for (size_t i = 0; i < write->count; i++)
    free(write->rows[i].values);
}

/* Takes the canonical form apart again into parameters. */
static void decode_row(const char *bytes, size_t length, struct small_row *row) {
  row->values = memory_new(length + 1, 1);
  char *value = row->values;
  const char *end = bytes + length;
  while (bytes < end) {
    if (*bytes == '-') {
      db_param_null(&row->params);
      bytes += 2;
      continue;
    }
    char *colon;
    size_t size = strtoul(bytes, &colon, 10);
    memcpy(value, colon + 1, size);
    value[size] = '\0';
    db_param_text(&row->params, value);
    value += size + 1;
    bytes = colon + 1 + size + 1;
  }
}

static void insert_statement(const char *table, int columns, char out[static BATCH_INSERT_SIZE]) {
  AUTO_TEXT struct text sql = {0};
  text_add_format(&sql, "INSERT INTO rectrack.%s VALUES (", table);
  for (int column = 1; column <= columns; column++)
    text_add_format(&sql, "%s$%d", column > 1 ? ", " : "", column);
  text_add_char(&sql, ')');
  snprintf(out, BATCH_INSERT_SIZE, "%s", text_string(&sql));
}

static void add_small_rows(const struct content *content, const char *name, struct small_write *write) {
  for (size_t i = 0; i < content->rows && write->count < SMALL_ROWS_MAX; i++) {
    struct small_row *row = &write->rows[write->count++];
    size_t end = i + 1 < content->rows ? content->starts[i + 1] : content->canonical.length;
    decode_row(content->canonical.data + content->starts[i], end - content->starts[i], row);
    insert_statement(name, row->params.count, row->sql);
  }
}

static void prepare_rows(struct batch *batch, struct small_write *write) {
  for (int table = 0; table < CONTENT_TABLES; table++) {
    struct content *content = &batch->contents[table];
    if (content->rows == 0)
      continue;
    add_small_rows(content, content_table_name((enum content_table)table), write);
    batch_hash_rows(content, (enum content_table)table);
    sha256_finish(content->running, content->digest);
    content->sent_rows = content->rows;
  }
}

/* ---- the link ------------------------------------------------------------ */

/* The statement that links a batch to the ledger's end as it was seen, with all that its parameters refer to. */
struct ledger_link {
  struct db_params params;                                                                    /* of batch_link.sql */
  char file[SHA256_TEXT_SIZE + 2], previous[SHA256_TEXT_SIZE + 2], own[SHA256_TEXT_SIZE + 2]; /* as bytea reads them */
};

static const char *as_bytea(const char *hexadecimal, char out[static SHA256_TEXT_SIZE + 2]) {
  if (hexadecimal == NULL)
    return NULL;
  snprintf(out, SHA256_TEXT_SIZE + 2, "\\x%s", hexadecimal);
  return out;
}

static void hash_link(const struct seal *seal, int32_t position, moment at, const char *user, const char *previous,
                      char out[static SHA256_TEXT_SIZE]) {
  static const int64_t MICROSECONDS_TO_2000 = INT64_C(946684800000000); /* since 1970 */
  AUTO_TEXT struct text canonical = {0};
  canonical_int(&canonical, position);
  text_add_n(&canonical, seal->before.data, seal->before.length);
  canonical_int(&canonical, at + MICROSECONDS_TO_2000);
  canonical_text(&canonical, user, strlen(user));
  text_add_n(&canonical, seal->after.data, seal->after.length);
  canonical_text(&canonical, previous, strlen(previous));
  unsigned char digest[SHA256_SIZE];
  AUTO_SHA256 struct sha256 *sha = sha256_new();
  sha256_add(sha, canonical.data, canonical.length);
  sha256_finish(sha, digest);
  sha256_format(digest, out);
}

/* False where nobody looked at the ledger's end, or the server doesn't say who the user is. */
static bool link_prepare(const struct batch *batch, const struct seal *seal, struct ledger_link *link) {
  const struct ledger_end *end = &batch->end;
  const char *user = PQparameterStatus(db_connection(batch->db), "session_authorization");
  if (end->now == MOMENT_NONE || end->position == 0 || user == NULL)
    return false;
  int32_t position = end->position + 1;
  moment at = end->now > end->recorded_at ? end->now : end->recorded_at + 1;
  char own[SHA256_TEXT_SIZE];
  hash_link(seal, position, at, user, end->sha256, own);
  db_param_int(&link->params, position);
  for (int i = 0; i < SEAL_FILE_SHA256; i++)
    db_param_text(&link->params, seal->params.values[i]);
  db_param_text(&link->params, as_bytea(seal->params.values[SEAL_FILE_SHA256], link->file));
  db_param_moment(&link->params, at);
  db_param_text(&link->params, user);
  for (int i = SEAL_FILE_SHA256 + 1; i < SEAL_BEFORE; i++)
    db_param_text(&link->params, seal->params.values[i]);
  db_param_text(&link->params, as_bytea(end->sha256, link->previous));
  db_param_text(&link->params, as_bytea(own, link->own));
  return true;
}

/* ---- the whole ----------------------------------------------------------- */

/* A batch as one transaction: its rows, the ledger's lock, and the statement that puts it at the ledger's end. */
struct transaction {
  struct db_statement statements[SMALL_ROWS_MAX + 2];
  size_t count;
};

static void transaction_of(const struct small_write *write, const char *last, const struct db_params *params,
                           struct transaction *transaction) {
  for (size_t i = 0; i < write->count; i++)
    transaction->statements[i] = (struct db_statement){write->rows[i].sql, &write->rows[i].params};
  transaction->statements[write->count] = (struct db_statement){sql_batch_lock, NULL};
  transaction->statements[write->count + 1] = (struct db_statement){last, params};
  transaction->count = write->count + 2;
}

static bool run(struct db *db, const struct transaction *transaction, int32_t *position, struct error *error) {
  AUTO_RESULT PGresult *sealed = NULL;
  if (!db_pipeline(db, transaction->statements, transaction->count, &sealed, error))
    return lock_holder_explain(db, error);
  if (position != NULL)
    *position = (int32_t)db_int(sealed, 0, 0);
  return true;
}

bool batch_commit(struct batch *batch, const struct batch_about *about, int32_t *position, struct error *error) {
  __attribute__((cleanup(small_write_free))) struct small_write write = {0};
  AUTO_SEAL struct seal seal = {0};
  struct transaction transaction;
  prepare_rows(batch, &write);
  seal_prepare(batch, about, &seal);
  transaction_of(&write, sql_batch_seal, &seal.params, &transaction);
  for (int try = 1; !run(batch->db, &transaction, position, error); try++)
    if (!db_try_again(batch->db, try, error))
      return false;
  return true;
}

static void look_up_user(void *context) {
  struct batch_ahead *ahead = context;
  batch_user_name(ahead->user);
}

void batch_foresee(const struct batch_shape *shapes, size_t count, struct batch_ahead *out) {
  if (count > BATCH_SHAPES_MAX)
    abort(); /* a fault of the program */
  *out = (struct batch_ahead){.db = {.statements = out->statements, .meanwhile = look_up_user, .context = out}};
  size_t at = 0;
  for (; at < count; at++) {
    insert_statement(content_table_name(shapes[at].table), shapes[at].columns, out->inserts[at]);
    out->statements[at] = out->inserts[at];
  }
  out->statements[at++] = sql_batch_lock;
  out->statements[at] = sql_batch_link;
}

/* By the key of the table, or by its guard (own_batch, 0010_quick_look.sql); or the connection was made anew since, and
 * this session has not taken the batch's number (55000: currval). */
static bool link_is_stale(const struct db *db) {
  return db_is_duplicate(db, "batch_pkey") || strcmp(db_sqlstate(db), "42501") == 0 ||
         strcmp(db_sqlstate(db), "55000") == 0;
}

bool batch_commit_linked(struct batch *batch, const struct batch_about *about, int32_t *position, bool *overtaken,
                         struct error *error) {
  __attribute__((cleanup(small_write_free))) struct small_write write = {0};
  AUTO_SEAL struct seal seal = {0};
  struct ledger_link link = {0};
  struct transaction transaction;
  prepare_rows(batch, &write);
  seal_prepare(batch, about, &seal);
  *overtaken = !link_prepare(batch, &seal, &link);
  if (*overtaken)
    return error_set(error, ERROR_BUSY, "the end of the ledger isn't known");
  transaction_of(&write, sql_batch_link, &link.params, &transaction);
  if (run(batch->db, &transaction, NULL, error)) {
    if (position != NULL)
      *position = batch->end.position + 1;
    return true;
  }
  *overtaken = link_is_stale(batch->db) || db_try_again(batch->db, 1, error);
  return false;
}
