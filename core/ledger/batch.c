/* Batches: their rows on the way to the server, their hashes, and their place in the ledger. */
#include "config.h"

#include "core/ledger/batch.h"

#include "core/base/memory.h"
#include "core/database/copy_text.h"
#include "core/ledger/batch_private.h"
#include "core/ledger/lock_holder.h"
#include "sql_catalogue.h"

#include <inttypes.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const table_names[CONTENT_TABLES] = {
    [TABLE_STATE] = "state",
    [TABLE_STATE_VERSION] = "state_version",
    [TABLE_STATE_NAME] = "state_name",
    [TABLE_INSTRUMENT] = "instrument",
    [TABLE_INSTRUMENT_VERSION] = "instrument_version",
    [TABLE_PARTY] = "party",
    [TABLE_BODY_INSTRUMENT] = "body_instrument",
    [TABLE_ARTICLE] = "article",
    [TABLE_THEME] = "theme",
    [TABLE_THEME_VERSION] = "theme_version",
    [TABLE_SCALE] = "scale",
    [TABLE_LEVEL] = "level",
    [TABLE_LEVEL_VERSION] = "level_version",
    [TABLE_DOCUMENT] = "document",
    [TABLE_PARAGRAPH] = "paragraph",
    [TABLE_STATEMENT] = "statement",
    [TABLE_RECOMMENDATION] = "recommendation",
    [TABLE_RECOMMENDATION_VERSION] = "recommendation_version",
    [TABLE_RECOMMENDATION_ADDRESSEE] = "recommendation_addressee",
    [TABLE_RECOMMENDATION_ARTICLE] = "recommendation_article",
    [TABLE_RECOMMENDATION_THEME] = "recommendation_theme",
    [TABLE_SUPERSESSION] = "supersession",
    [TABLE_RESPONSE] = "response",
    [TABLE_STATUS_RECORD] = "status_record",
    [TABLE_WITHDRAWAL] = "withdrawal",
    [TABLE_BATCH_WITHDRAWAL] = "batch_withdrawal",
    [TABLE_ACCESS_GRANT] = "access_grant",
};

const char *content_table_name(enum content_table table) {
  return table_names[table];
}

bool content_table_numbered(enum content_table table) {
  return table == TABLE_STATUS_RECORD || table == TABLE_RESPONSE;
}

size_t content_table_number(enum content_table table) {
  return table == TABLE_STATUS_RECORD ? 3 : 1;
}

static struct batch *batch_numbered(struct db *db, int32_t id) {
  struct batch *batch = memory_new(1, sizeof *batch);
  batch->db = db;
  batch->id = id;
  batch->end.now = MOMENT_NONE;
  return batch;
}

struct batch *batch_begun(struct db *db, int32_t id, const struct ledger_end *end, const char *user) {
  struct batch *batch = batch_numbered(db, id);
  batch->end = *end;
  snprintf(batch->user, sizeof batch->user, "%s", user);
  return batch;
}

bool batch_begin(struct db *db, struct batch **batch, struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  if (!db_query(db, sql_batch_next, NULL, &result, error))
    return false;
  *batch = batch_numbered(db, (int32_t)db_int(result, 0, 0));
  return true;
}

void batch_free(struct batch **batch) {
  if (*batch == NULL)
    return;
  for (int table = 0; table < CONTENT_TABLES; table++) {
    text_free(&(*batch)->contents[table].copy);
    text_free(&(*batch)->contents[table].canonical);
    free((*batch)->contents[table].starts);
    sha256_free(&(*batch)->contents[table].running);
  }
  free(*batch);
  *batch = NULL;
}

int32_t batch_id(const struct batch *batch) {
  return batch->id;
}

/* ---- rows ---------------------------------------------------------------- */

/* Writes the decimal digits of `value` so that they end before `end`; gives where they begin.  Millions of these are
 * written in an import; snprintf would take longer than the server. */
static char *digits_before(char *end, uint64_t value) {
  do
    *--end = (char)('0' + value % 10);
  while ((value /= 10) > 0);
  return end;
}

void canonical_text(struct text *out, const char *value, size_t length) {
  if (value == NULL) {
    text_add_n(out, "-,", 2);
    return;
  }
  char digits[24];
  char *end = digits + sizeof digits;
  *--end = ':';
  char *start = digits_before(end, length);
  text_add_n(out, start, (size_t)(end + 1 - start));
  text_add_n(out, value, length);
  text_add_char(out, ',');
}

void canonical_int(struct text *out, int64_t value) {
  char digits[48];
  char *end = digits + sizeof digits;
  *--end = ',';
  char *start = digits_before(end, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
  if (value < 0)
    *--start = '-';
  size_t length = (size_t)(end - start);
  *--start = ':';
  start = digits_before(start, length);
  text_add_n(out, start, (size_t)(end + 1 - start));
}

void batch_row(struct batch *batch, enum content_table table) {
  struct content *content = &batch->contents[table];
  batch->open = content;
  if (content->rows > 0)
    text_add_char(&content->copy, '\n');
  memory_reserve((void **)&content->starts, &content->start_capacity, content->rows + 1, sizeof *content->starts);
  content->starts[content->rows++] = content->canonical.length;
}

void batch_text(struct batch *batch, const char *value) {
  struct content *content = batch->open;
  if (content->canonical.length > content->starts[content->rows - 1])
    text_add_char(&content->copy, '\t');
  copy_text_add(&content->copy, value);
  canonical_text(&content->canonical, value, value != NULL ? strlen(value) : 0);
}

void batch_int(struct batch *batch, int64_t value) {
  char digits[24];
  snprintf(digits, sizeof digits, "%" PRId64, value);
  batch_text(batch, digits);
}

void batch_bool(struct batch *batch, bool value) {
  batch_text(batch, value ? "true" : "false");
}

void batch_day(struct batch *batch, day value) {
  char text[DAY_TEXT_SIZE];
  batch_text(batch, value == DAY_NONE ? NULL : day_format(value, text));
}

void batch_digest(struct batch *batch, const unsigned char *sha256) {
  struct content *content = batch->open;
  if (sha256 == NULL) {
    batch_text(batch, NULL);
    return;
  }
  char hexadecimal[SHA256_TEXT_SIZE];
  sha256_format(sha256, hexadecimal);
  if (content->canonical.length > content->starts[content->rows - 1])
    text_add_char(&content->copy, '\t');
  text_add_format(&content->copy, "\\\\x%s", hexadecimal);
  canonical_text(&content->canonical, hexadecimal, strlen(hexadecimal));
}

size_t batch_rows(const struct batch *batch, enum content_table table) {
  return batch->contents[table].rows;
}

void batch_streamed(struct batch *batch, enum content_table table, uint64_t rows,
                    const unsigned char digest[static SHA256_SIZE]) {
  struct content *content = &batch->contents[table];
  content->streamed = rows > 0;
  content->streamed_rows = rows;
  memcpy(content->digest, digest, SHA256_SIZE);
}

/* ---- the seal ------------------------------------------------------------ */

/* One row's canonical form. */
struct row_span {
  const char *bytes;
  size_t length;
};

static int compare_rows(const void *a, const void *b) {
  const struct row_span *one = a, *other = b;
  size_t shorter = one->length < other->length ? one->length : other->length;
  int order = memcmp(one->bytes, other->bytes, shorter);
  if (order != 0)
    return order;
  return one->length < other->length ? -1 : one->length > other->length;
}

void canonical_hash_sorted(const struct text *canonical, const size_t *starts, size_t count, struct sha256 *sha) {
  AUTO_FREE struct row_span *rows = memory_new(count, sizeof *rows);
  for (size_t i = 0; i < count; i++) {
    size_t end = i + 1 < count ? starts[i + 1] : canonical->length;
    rows[i] = (struct row_span){canonical->data + starts[i], end - starts[i]};
  }
  qsort(rows, count, sizeof *rows, compare_rows);
  for (size_t i = 0; i < count; i++)
    sha256_add(sha, rows[i].bytes, rows[i].length);
}

void batch_hash_rows(struct content *content, enum content_table table) {
  if (content->running == NULL)
    content->running = sha256_new();
  if (content_table_numbered(table))
    sha256_add(content->running, content->canonical.data, content->canonical.length);
  else
    canonical_hash_sorted(&content->canonical, content->starts, content->rows, content->running);
}

static bool send_content(struct batch *batch, struct content *content, const char *name, struct error *error) {
  char statement[64];
  snprintf(statement, sizeof statement, "COPY rectrack.%s FROM STDIN", name);
  text_add_char(&content->copy, '\n');
  return db_copy_in_begin(batch->db, statement, error) &&
         db_copy_in_put(batch->db, content->copy.data, content->copy.length, error) &&
         db_copy_in_end(batch->db, NULL, error);
}

/* Hashes and sends the rows in memory, and forgets them. */
static bool flush_content(struct batch *batch, enum content_table table, struct error *error) {
  struct content *content = &batch->contents[table];
  if (content->rows == 0)
    return true;
  batch_hash_rows(content, table);
  if (!send_content(batch, content, table_names[table], error))
    return false;
  content->sent_rows += content->rows;
  content->rows = 0;
  text_clear(&content->copy);
  text_clear(&content->canonical);
  return true;
}

bool batch_flush(struct batch *batch, enum content_table table, struct error *error) {
  return flush_content(batch, table, error);
}

static int compare_table_names(const void *a, const void *b) {
  return strcmp(table_names[*(const enum content_table *)a], table_names[*(const enum content_table *)b]);
}

/* The line "table rows digest" of each table with rows, in alphabetical order. */
static void add_manifest(const struct batch *batch, struct text *out) {
  enum content_table order[CONTENT_TABLES];
  for (int table = 0; table < CONTENT_TABLES; table++)
    order[table] = (enum content_table)table;
  qsort(order, CONTENT_TABLES, sizeof *order, compare_table_names);
  for (int i = 0; i < CONTENT_TABLES; i++) {
    const struct content *content = &batch->contents[order[i]];
    uint64_t rows = content->streamed ? content->streamed_rows : content->sent_rows;
    if (rows == 0)
      continue;
    char hexadecimal[SHA256_TEXT_SIZE];
    text_add_format(out, "%s %" PRIu64 " %s\n", table_names[order[i]], rows,
                    sha256_format(content->digest, hexadecimal));
  }
}

void batch_user_name(char out[static BATCH_USER_SIZE]) {
  struct passwd entry, *found = NULL;
  char buffer[4096];
  if (getpwuid_r(getuid(), &entry, buffer, sizeof buffer, &found) == 0 && found != NULL)
    snprintf(out, BATCH_USER_SIZE, "%s", found->pw_name);
  else
    snprintf(out, BATCH_USER_SIZE, "uid %ld", (long)getuid());
}

void seal_free(struct seal *seal) {
  text_free(&seal->manifest);
  text_free(&seal->before);
  text_free(&seal->after);
}

static void add_sealed(struct seal *seal, struct text *canonical, const char *value) {
  db_param_text(&seal->params, value);
  canonical_text(canonical, value, value != NULL ? strlen(value) : 0);
}

void seal_prepare(const struct batch *batch, const struct batch_about *about, struct seal *seal) {
  char id[16];
  snprintf(id, sizeof id, "%" PRId32, batch->id);
  add_manifest(batch, &seal->manifest);
  if (batch->user[0] != '\0')
    memcpy(seal->user, batch->user, sizeof seal->user);
  else
    batch_user_name(seal->user);
  db_param_int(&seal->params, batch->id);
  canonical_text(&seal->before, id, strlen(id));
  add_sealed(seal, &seal->before, about->kind);
  add_sealed(seal, &seal->before, about->summary);
  add_sealed(seal, &seal->before, about->notice);
  add_sealed(seal, &seal->before, about->file_name);
  add_sealed(seal, &seal->before, about->file_sha256 != NULL ? sha256_format(about->file_sha256, seal->file) : NULL);
  add_sealed(seal, &seal->after, seal->user);
  add_sealed(seal, &seal->after, PACKAGE_VERSION);
  add_sealed(seal, &seal->after, text_string(&seal->manifest));
  db_param_text(&seal->params, text_string(&seal->before));
  db_param_text(&seal->params, text_string(&seal->after));
}

bool batch_seal(struct batch *batch, const struct batch_about *about, int32_t *position, struct error *error) {
  for (int table = 0; table < CONTENT_TABLES; table++) {
    struct content *content = &batch->contents[table];
    if (!flush_content(batch, (enum content_table)table, error))
      return false;
    if (content->running != NULL)
      sha256_finish(content->running, content->digest);
  }
  AUTO_SEAL struct seal seal = {0};
  AUTO_RESULT PGresult *sealed = NULL;
  seal_prepare(batch, about, &seal);
  if (!db_query(batch->db, sql_batch_lock, NULL, NULL, error))
    return lock_holder_explain(batch->db, error);
  if (!db_query(batch->db, sql_batch_seal, &seal.params, &sealed, error))
    return false;
  if (position != NULL)
    *position = (int32_t)db_int(sealed, 0, 0);
  return true;
}

/* ---- looking back -------------------------------------------------------- */

bool batch_known_at(struct db *db, moment at, struct known_at *out, struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  struct db_params params = {0};
  db_param_moment(&params, at);
  if (!db_query(db, sql_known_at, &params, &result, error))
    return false;
  *out = (struct known_at){.position = 0, .at = MOMENT_NONE};
  if (db_rows(result) == 0)
    return true;
  out->position = (int32_t)db_int(result, 0, 0);
  out->at = (moment)db_int(result, 0, 1);
  return true;
}

bool batch_of_file(struct db *db, const char *kind, const unsigned char digest[static SHA256_SIZE], int32_t *position,
                   struct error *error) {
  char hexadecimal[SHA256_TEXT_SIZE];
  AUTO_RESULT PGresult *result = NULL;
  struct db_params params = {0};
  db_param_text(&params, kind);
  db_param_text(&params, sha256_format(digest, hexadecimal));
  if (!db_query(db, sql_batch_of_file, &params, &result, error))
    return false;
  *position = db_rows(result) > 0 ? (int32_t)db_int(result, 0, 0) : 0;
  return true;
}
