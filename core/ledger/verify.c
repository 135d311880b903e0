/* Recomputing the ledger: every row of every batch, every link, and what must belong together. */
#include "core/ledger/verify.h"

#include "core/base/memory.h"
#include "core/base/text.h"
#include "core/ledger/batch.h"
#include "core/ledger/ledger_rows.h"
#include "sql_catalogue.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What was recomputed for one table of one batch. */
struct digest_line {
  int32_t batch_id;
  bool taken; /* the batch is in the ledger */
  uint64_t rows;
  char digest[SHA256_TEXT_SIZE];
};

struct table_digests {
  struct digest_line *lines; /* by rising batch_id */
  size_t count, capacity;
};

struct verification {
  struct db *db;
  const struct ledger_head *since; /* a head that was published; NULL: none */
  error_sink *finding;
  void *context;
  struct verify_report *report;
  struct table_digests tables[CONTENT_TABLES];
};

static void verification_free(struct verification *verification) {
  for (int table = 0; table < CONTENT_TABLES; table++)
    free(verification->tables[table].lines);
}

static void tell(struct verification *verification, const char *remedy, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void tell(struct verification *verification, const char *remedy, const char *format, ...) {
  AUTO_TEXT struct text message = {0};
  va_list arguments;
  va_start(arguments, format);
  char buffer[512];
  vsnprintf(buffer, sizeof buffer, format, arguments);
  va_end(arguments);
  struct error problem;
  error_set(&problem, ERROR_FOUND, "%s", buffer);
  error_remedy(&problem, "%s", remedy);
  verification->report->findings++;
  verification->finding(verification->context, &problem);
}

static const char CHANGED[] = "Somebody wrote to the tables past rectrack. Compare with a backup; a published head "
                              "tells which ledger is the right one.";

/* ---- the rows of one table ----------------------------------------------- */

/* The rows of the batch that is being read. */
struct running {
  bool begun;
  int32_t batch_id;
  uint64_t rows;
  struct text canonical; /* of tables that are hashed sorted */
  size_t *starts;
  size_t start_capacity;
  struct sha256 *sha;
  int64_t number; /* of the row before, in a numbered table */
};

static void running_free(struct running *running) {
  text_free(&running->canonical);
  free(running->starts);
  sha256_free(&running->sha);
}

static void finish_batch(struct running *running, struct table_digests *digests, bool numbered) {
  if (!running->begun)
    return;
  if (!numbered)
    canonical_hash_sorted(&running->canonical, running->starts, running->rows, running->sha);
  unsigned char digest[SHA256_SIZE];
  sha256_finish(running->sha, digest);
  memory_reserve((void **)&digests->lines, &digests->capacity, digests->count + 1, sizeof *digests->lines);
  struct digest_line *line = &digests->lines[digests->count++];
  *line = (struct digest_line){.batch_id = running->batch_id, .rows = running->rows};
  sha256_format(digest, line->digest);
  running->rows = 0;
  text_clear(&running->canonical);
}

/* Rows of one number have no order: the digest would be right one day and wrong the next. */
static void check_number(struct verification *verification, enum content_table table, struct running *running,
                         const struct ledger_value *value) {
  int64_t number = strtoll(value->bytes, NULL, 10);
  if (running->rows > 0 && number == running->number)
    tell(verification, CHANGED, "batch %" PRId32 ": two of its rows in %s have the number %" PRId64, running->batch_id,
         content_table_name(table), number);
  running->number = number;
}

/* A table that is being read. */
struct reading {
  struct verification *verification;
  enum content_table table;
  struct running running;
};

static bool take_row(void *context, int32_t batch_id, const struct ledger_value *values, size_t count,
                     struct error *error) {
  struct reading *reading = context;
  struct running *running = &reading->running;
  bool numbered = content_table_numbered(reading->table);
  (void)error;
  if (batch_id != running->batch_id || !running->begun) {
    finish_batch(running, &reading->verification->tables[reading->table], numbered);
    running->batch_id = batch_id;
    running->begun = true;
  }
  if (numbered) {
    text_clear(&running->canonical);
    check_number(reading->verification, reading->table, running, &values[content_table_number(reading->table)]);
  } else {
    memory_reserve((void **)&running->starts, &running->start_capacity, running->rows + 1, sizeof *running->starts);
    running->starts[running->rows] = running->canonical.length;
  }
  for (size_t i = 0; i < count; i++)
    canonical_text(&running->canonical, values[i].bytes, values[i].length);
  if (numbered)
    sha256_add(running->sha, running->canonical.data, running->canonical.length);
  running->rows++;
  reading->verification->report->rows++;
  return true;
}

static bool hash_table(struct verification *verification, enum content_table table, struct error *error) {
  struct reading reading = {.verification = verification, .table = table, .running = {.sha = sha256_new()}};
  bool good = ledger_rows(verification->db, table, take_row, &reading, error);
  if (good)
    finish_batch(&reading.running, &verification->tables[table], content_table_numbered(table));
  running_free(&reading.running);
  return good;
}

/* ---- the batches --------------------------------------------------------- */

static struct digest_line *find_line(const struct table_digests *digests, int32_t batch) {
  for (size_t low = 0, high = digests->count; low < high;) {
    size_t middle = low + (high - low) / 2;
    if (digests->lines[middle].batch_id == batch)
      return &digests->lines[middle];
    if (digests->lines[middle].batch_id < batch)
      low = middle + 1;
    else
      high = middle;
  }
  return NULL;
}

/* Whether a table's rows in this batch are those that its content names. */
static void check_table(struct verification *verification, const PGresult *batches, int row, enum content_table table,
                        int *lines_met) {
  int32_t batch = (int32_t)db_int(batches, row, BATCH_ID);
  struct digest_line *found = find_line(&verification->tables[table], batch);
  const char *content = db_text(batches, row, BATCH_CONTENT);
  AUTO_TEXT struct text name = {0};
  text_add_format(&name, "%s ", content_table_name(table));
  const char *line = content;
  while (line != NULL && *line != '\0' && strncmp(line, name.data, name.length) != 0) {
    line = strchr(line, '\n');
    line += line != NULL;
  }
  bool named = line != NULL && *line != '\0';
  *lines_met += named;
  if (found != NULL)
    found->taken = true;
  if (!named && found == NULL)
    return;
  AUTO_TEXT struct text expected = {0};
  if (found != NULL)
    text_add_format(&expected, "%s%" PRIu64 " %s\n", name.data, found->rows, found->digest);
  if (named && found != NULL && strncmp(line, expected.data, expected.length) == 0)
    return;
  tell(verification, CHANGED, "batch %d (position %s): its rows in %s are not those that were recorded by %s", batch,
       db_text(batches, row, BATCH_POSITION), content_table_name(table), db_text(batches, row, BATCH_RECORDED_BY));
}

static void add_column(struct text *out, const PGresult *batches, int row, int column) {
  const char *value = db_text(batches, row, column);
  canonical_text(out, value, value != NULL ? strlen(value) : 0);
}

/* The batch's own hash, its link to the one before, and the order of positions and moments. */
static void check_link(struct verification *verification, const PGresult *batches, int row) {
  AUTO_TEXT struct text canonical = {0};
  for (int column = BATCH_POSITION; column <= BATCH_PREVIOUS; column++)
    add_column(&canonical, batches, row, column);
  AUTO_SHA256 struct sha256 *sha = sha256_new();
  unsigned char digest[SHA256_SIZE];
  char hexadecimal[SHA256_TEXT_SIZE];
  sha256_add(sha, canonical.data, canonical.length);
  sha256_finish(sha, digest);
  const char *position = db_text(batches, row, BATCH_POSITION);
  int batch = (int)db_int(batches, row, BATCH_ID);
  if (strcmp(sha256_format(digest, hexadecimal), db_text(batches, row, BATCH_SHA256)) != 0)
    tell(verification, CHANGED, "batch %d (position %s): its row is not the one that was recorded", batch, position);
  memset(hexadecimal, '0', SHA256_TEXT_SIZE - 1);
  const char *before = row > 0 ? db_text(batches, row - 1, BATCH_SHA256) : hexadecimal;
  if (strcmp(before, db_text(batches, row, BATCH_PREVIOUS)) != 0)
    tell(verification, CHANGED, "batch %d (position %s): it doesn't follow the batch before it", batch, position);
  if (db_int(batches, row, BATCH_POSITION) != row + 1)
    tell(verification, CHANGED, "batch %d (position %s): a batch before it is missing", batch, position);
  if (row > 0 && db_int(batches, row, BATCH_RECORDED_AT) <= db_int(batches, row - 1, BATCH_RECORDED_AT))
    tell(verification, CHANGED, "batch %d (position %s): it is not later than the batch before it", batch, position);
}

static int count_lines(const char *s) {
  int lines = 0;
  for (; *s != '\0'; s++)
    lines += *s == '\n';
  return lines;
}

static void check_batch(struct verification *verification, const PGresult *batches, int row) {
  int lines_met = 0;
  for (int table = 0; table < CONTENT_TABLES; table++)
    check_table(verification, batches, row, (enum content_table)table, &lines_met);
  if (lines_met != count_lines(db_text(batches, row, BATCH_CONTENT)))
    tell(verification, CHANGED, "batch %s: its content names something that is no table",
         db_text(batches, row, BATCH_ID));
  check_link(verification, batches, row);
}

static const char NOWHERE[] =
    "They count in no table. Somebody wrote them past rectrack, or took their batch out of the "
    "ledger: a published head tells.";

/* Rows whose batch is not in the ledger: how many such batches, and the first of them. */
static void check_strays(struct verification *verification) {
  static const size_t NAMED = 5;
  for (int table = 0; table < CONTENT_TABLES; table++) {
    const struct table_digests *digests = &verification->tables[table];
    AUTO_TEXT struct text numbers = {0};
    size_t strays = 0;
    for (size_t i = 0; i < digests->count; i++)
      if (!digests->lines[i].taken && ++strays <= NAMED)
        text_add_format(&numbers, "%s%" PRId32, strays > 1 ? ", " : "", digests->lines[i].batch_id);
    if (strays > 0)
      tell(verification, NOWHERE, "%s has rows of %zu batches that are not in the ledger: %s%s",
           content_table_name((enum content_table)table), strays, numbers.data, strays > NAMED ? ", …" : "");
  }
}

/* The batch of a published head is still at its place: with all links recomputed, all before it is what it was. */
static void check_since(struct verification *verification, const PGresult *batches) {
  const struct ledger_head *since = verification->since;
  int count = db_rows(batches);
  int64_t last = count > 0 ? db_int(batches, count - 1, BATCH_POSITION) : 0;
  bool at_its_place = false;
  if (since == NULL)
    return;
  for (int row = 0; row < count; row++) {
    if (db_int(batches, row, BATCH_POSITION) != since->position)
      continue;
    at_its_place = true;
    if (strcmp(db_text(batches, row, BATCH_SHA256), since->batch_sha256) == 0)
      return;
  }
  if (at_its_place || since->position <= last)
    tell(verification,
         "This is not the ledger whose head was published, or it was rewritten since, or restored from a backup that "
         "is older than the head and has gone on differently.",
         "the batch at position %d is another one than the head says: the ledger doesn't have the batch \"%d:%s\"",
         (int)since->position, (int)since->position, since->batch_sha256);
  else
    tell(verification,
         "Its end was cut off, or it was restored from a backup that is older than the head, or it is another ledger.",
         "the ledger ends at position %d: it doesn't have the batch \"%d:%s\"", (int)last, (int)since->position,
         since->batch_sha256);
}

static bool check_batches(struct verification *verification, struct error *error) {
  AUTO_RESULT PGresult *batches = NULL;
  if (!db_query(verification->db, sql_verify_batches, NULL, &batches, error))
    return false;
  int count = db_rows(batches);
  for (int row = 0; row < count; row++)
    check_batch(verification, batches, row);
  check_strays(verification);
  check_since(verification, batches);
  verification->report->batches = (uint64_t)count;
  if (count > 0) {
    verification->report->head.position = (int32_t)db_int(batches, count - 1, BATCH_POSITION);
    snprintf(verification->report->head.batch_sha256, SHA256_TEXT_SIZE, "%s",
             db_text(batches, count - 1, BATCH_SHA256));
  }
  return true;
}

/* ---- what must belong together ------------------------------------------- */

static bool check_invariants(struct verification *verification, struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  if (!db_query(verification->db, sql_verify_invariants, NULL, &result, error))
    return false;
  for (int row = 0; row < db_rows(result); row++)
    tell(verification, "Undo the batch and import its file again.", "%s: %s rows, the first in batch %s",
         db_text(result, row, 0), db_text(result, row, 1), db_text(result, row, 2));
  return true;
}

/* What is derived says what it is derived from. */
static bool check_known_as(struct verification *verification, struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  if (!db_query(verification->db, sql_verify_known_as, NULL, &result, error))
    return false;
  if (db_int(result, 0, 0) > 0)
    tell(verification, "The schema's owner runs \"rectrack init\", which makes it anew.",
         "known_as, by which States, recommendations and levels are looked up: %s rows are not what the register and "
         "the documents say",
         db_text(result, 0, 0));
  return true;
}

/* Triggers that refuse changes are there until somebody takes them away. */
static bool check_protection(struct verification *verification, struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  if (!db_query(verification->db, sql_verify_protection, NULL, &result, error))
    return false;
  for (int row = 0; row < db_rows(result); row++)
    tell(verification, "The schema's owner runs \"rectrack init\", which puts them back.",
         "%s is not protected: its triggers were dropped or switched off", db_text(result, row, 0));
  return true;
}

/* ---- the whole ----------------------------------------------------------- */

static bool verify_work(struct db *db, void *context, struct error *error) {
  struct verification *verification = context;
  verification->db = db;
  for (int table = 0; table < CONTENT_TABLES; table++)
    if (!hash_table(verification, (enum content_table)table, error))
      return false;
  return check_batches(verification, error) && check_invariants(verification, error) &&
         check_known_as(verification, error) && check_protection(verification, error);
}

bool verify_all(struct db *db, const struct ledger_head *since, error_sink *finding, void *context,
                struct verify_report *report, struct error *error) {
  *report = (struct verify_report){0};
  __attribute__((cleanup(verification_free))) struct verification verification = {
      .since = since, .finding = finding, .context = context, .report = report};
  return db_transaction(db, DB_READ_SNAPSHOT, verify_work, &verification, error);
}

/* ---- heads --------------------------------------------------------------- */

bool verify_head(struct db *db, struct ledger_head *head, struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  *head = (struct ledger_head){0};
  if (!db_query(db, sql_ledger_head, NULL, &result, error))
    return false;
  if (db_rows(result) > 0) {
    head->position = (int32_t)db_int(result, 0, 0);
    snprintf(head->batch_sha256, sizeof head->batch_sha256, "%s", db_text(result, 0, 1));
  }
  return true;
}

bool verify_knows(struct db *db, const struct ledger_head *head, bool *knows, struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  if (!db_query_at(db, sql_ledger_at, head->position, &result, error))
    return false;
  *knows = db_rows(result) > 0 && strcmp(db_text(result, 0, 0), head->batch_sha256) == 0;
  return true;
}

bool ledger_head_parse(const char *s, struct ledger_head *head, struct error *error) {
  char *colon;
  long position = strtol(s, &colon, 10);
  bool good = colon != s && *colon == ':' && position > 0 && position <= INT32_MAX &&
              strlen(colon + 1) == SHA256_TEXT_SIZE - 1 &&
              strspn(colon + 1, "0123456789abcdef") == SHA256_TEXT_SIZE - 1;
  if (!good) {
    error_set(error, ERROR_USAGE, "not a ledger head: \"%s\"", s);
    return error_remedy(error,
                        "Give it as \"rectrack verify --head\" prints it: position, colon, 64 hexadecimal digits.");
  }
  head->position = (int32_t)position;
  memcpy(head->batch_sha256, colon + 1, SHA256_TEXT_SIZE);
  return true;
}
