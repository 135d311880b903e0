/*
 * A status file into one batch.
 *
 * The file is read once.  Rows are checked and resolved on the client and collected in bounded chunks; a chunk is put
 * into key order and sent by one binary COPY straight into status_record.  Only where a key is there already (the
 * server says 23505) is the chunk taken back to its savepoint and merged through a temporary table, which finds what is
 * new and numbers it.  Once a row was refused nothing more is sent, unless the good rows are to be kept; but all rows
 * are still checked.
 *
 * The server takes longer than the client.  So whatever the client does, it comes by in between and gives the server
 * what it will take; and it hashes a chunk while that is on its way.
 */
#include "core/import/import.h"

#include "core/base/interrupt.h"
#include "core/base/memory.h"
#include "core/database/copy_text.h"
#include "core/record/status_account.h"
#include "core/record/status_chunk.h"
#include "core/record/status_resolve.h"
#include "core/record/status_sender.h"
#include "core/rows/import_rows.h"
#include "sql_catalogue.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const int MERGE_TRIES = 10;
static const uint64_t PROGRESS_ROWS = 1u << 14;
static const uint64_t PUSH_ROWS = 1u << 8;
static const uint64_t MANY_ROWS = 100000; /* from here on it pays to tidy up behind them */

struct status_import {
  struct db *db;
  const struct import_options *options;
  struct import_summary *summary;
  struct csv_reader *reader;
  struct import_rows rows;
  struct status_resolver *resolver;
  struct batch *batch;
  struct status_chunk chunks[2];
  struct status_chunk *filling; /* takes rows while … */
  struct status_chunk *sending; /* … the server takes these; NULL: none */
  struct status_order order;    /* of the rows that are sent */
  struct status_sender sender;
  struct status_account account;
  bool has_tables; /* the merge's temporary tables are there */
  bool merging;    /* a key was there already: straight to the merge from now on */
};

static void status_import_free(struct status_import *import) {
  import_rows_free(&import->rows);
  csv_reader_close(&import->reader);
  status_resolver_free(&import->resolver);
  batch_free(&import->batch);
  status_chunk_free(&import->chunks[0]);
  status_chunk_free(&import->chunks[1]);
  status_order_free(&import->order);
  status_sender_free(&import->sender);
  status_account_free(&import->account);
}

/* ---- the merge: keys that are there already ------------------------------ */

static void add_response_line(const struct status_chunk *chunk, const struct status_response *response,
                              struct text *lines) {
  char received_on[DAY_TEXT_SIZE];
  text_add_format(lines, "%d\t", response->number);
  copy_text_add(lines, response->received_on == DAY_NONE ? NULL : day_format(response->received_on, received_on));
  text_add_char(lines, '\t');
  copy_text_add(lines, status_chunk_string(chunk, response->channel));
  text_add_char(lines, '\t');
  copy_text_add(lines, status_chunk_string(chunk, response->source));
  text_add_char(lines, '\n');
}

/* The chunk's rows, and what their responses say, into the temporary tables. */
static bool send_incoming(struct status_import *import, struct error *error) {
  const struct status_chunk *chunk = import->sending;
  AUTO_TEXT struct text lines = {0};
  for (size_t i = 0; i < chunk->response_count; i++)
    add_response_line(chunk, &chunk->responses[i], &lines);
  return status_sender_begin_merge(&import->sender, chunk, &import->order, import->db, error) &&
         status_sender_end(&import->sender, import->db, error) &&
         db_copy_in_begin(import->db, sql_status_merge_copy_responses, error) &&
         db_copy_in_put(import->db, text_string(&lines), lines.length, error) &&
         db_copy_in_end(import->db, NULL, error);
}

/* The next line and revision that the server numbered; *line is 0 at the end. */
static bool next_number(struct status_import *import, int32_t *line, int16_t *rev, struct error *error) {
  const char *bytes;
  size_t length;
  if (!db_copy_out_next(import->db, &bytes, &length, error))
    return false;
  *line = 0;
  if (bytes == NULL)
    return true;
  char *end;
  *line = (int32_t)strtol(bytes, &end, 10);
  *rev = (int16_t)strtol(end, NULL, 10);
  return true;
}

/* Takes over the numbers that the server gave; rows that it left out are there already. */
static bool read_numbers(struct status_import *import, struct error *error) {
  int32_t line;
  int16_t rev = 0;
  if (!db_copy_out_begin(import->db, sql_status_merge_numbers, error) || !next_number(import, &line, &rev, error))
    return false;
  for (size_t i = 0; i < import->sending->count; i++) {
    struct status_row *row = &import->sending->rows[i];
    if (row->rev == 0)
      continue;
    bool is_new = line == row->line;
    row->rev = is_new ? rev : 0;
    import->summary->unchanged += !is_new;
    if (is_new && !next_number(import, &line, &rev, error))
      return false;
  }
  return true;
}

static bool merge_once(struct status_import *import, struct error *error) {
  return db_script(import->db, sql_status_merge_analyze, error) &&
         db_run(import->db, sql_status_merge_find_new, NULL, NULL, error) &&
         db_run(import->db, sql_status_merge_add, NULL, NULL, error);
}

static bool is_duplicate_key(const struct status_import *import) {
  return db_is_duplicate(import->db, "status_record_pkey");
}

/* Another import may add the same keys between our look and our insert: then we look again. */
static bool merge_chunk(struct status_import *import, struct error *error) {
  if (!db_script(import->db, import->has_tables ? sql_status_merge_clear : sql_status_merge_tables, error))
    return false;
  import->has_tables = true;
  if (!send_incoming(import, error))
    return false;
  for (int try = 1;; try++) {
    if (!db_script(import->db, "SAVEPOINT merge", error))
      return false;
    if (merge_once(import, error))
      break;
    if (!is_duplicate_key(import) || try == MERGE_TRIES)
      return false;
    if (!db_script(import->db, "ROLLBACK TO SAVEPOINT merge", error))
      return false;
  }
  return read_numbers(import, error) && db_script(import->db, "RELEASE SAVEPOINT merge", error);
}

/* ---- chunks -------------------------------------------------------------- */

/* Sends the rest of a chunk, and accounts for it while the server is busy. */
static bool end_copy(struct status_import *import, struct error *error) {
  bool more = true;
  while (more) {
    if (!status_sender_push(&import->sender, import->db, false, error))
      return false;
    more = status_account_go_on(&import->account);
  }
  return status_sender_end(&import->sender, import->db, error);
}

/* False, and nothing of the chunk is stored, when a key is there already (*met). */
static bool copy_chunk(struct status_import *import, bool *met, struct error *error) {
  if (end_copy(import, error))
    return db_script(import->db, "RELEASE SAVEPOINT chunk", error);
  *met = is_duplicate_key(import) && db_script(import->db, "ROLLBACK TO SAVEPOINT chunk", error);
  return false;
}

/* Counts what the chunk added, and hands its responses to the batch. */
static bool account_for_chunk(struct status_import *import, struct error *error) {
  while (status_account_go_on(&import->account))
    ;
  import->summary->added += import->account.added;
  import->summary->superseding += import->account.superseding;
  status_chunk_write_responses(import->sending, import->batch);
  return batch_flush(import->batch, TABLE_RESPONSE, error);
}

/* Ends the sending of a chunk: all its keys were new, or it is merged. */
static bool finish_sending(struct status_import *import, struct error *error) {
  if (import->sending == NULL)
    return true;
  if (!import->merging && !copy_chunk(import, &import->merging, error) && !import->merging)
    return false;
  if (import->merging) {
    if (!merge_chunk(import, error))
      return false;
    status_account_again(&import->account);
  }
  if (!account_for_chunk(import, error))
    return false;
  status_chunk_clear(import->sending);
  import->sending = NULL;
  return true;
}

static size_t next_limit(const struct status_import *import, size_t limit) {
  if (import->options->chunk_rows > 0)
    return import->options->chunk_rows;
  return limit == 0 ? STATUS_CHUNK_ROWS_FIRST : limit < STATUS_CHUNK_ROWS ? limit * 2 : STATUS_CHUNK_ROWS;
}

/* The full chunk is sent from now on, and the other one is filled. */
static bool turn_over(struct status_import *import, struct error *error) {
  if (!finish_sending(import, error))
    return false;
  struct status_chunk *full = import->filling;
  if (full->count == 0 || (import->summary->bad > 0 && !import->options->keep_going)) {
    status_chunk_clear(full);
    return true;
  }
  import->filling = full == &import->chunks[0] ? &import->chunks[1] : &import->chunks[0];
  import->filling->limit = next_limit(import, full->limit);
  import->sending = full;
  status_order_number(&import->order, full, &import->summary->unchanged);
  status_account_begin(&import->account, full);
  return import->merging || (db_script(import->db, "SAVEPOINT chunk", error) &&
                             status_sender_begin(&import->sender, full, &import->order, import->db, error));
}

/* ---- rows ---------------------------------------------------------------- */

static void take_row(struct status_import *import) {
  struct status_row row;
  if (!status_resolve(import->resolver, &import->rows, import->filling, &row))
    return;
  if (import->options->content != NULL)
    row.line = import->options->content->lines[import->summary->rows - 1];
  status_chunk_add(import->filling, &row);
}

static void tell_progress(const struct status_import *import) {
  if (import->options->progress != NULL)
    import->options->progress(import->options->progress_context, import->summary->rows,
                              csv_reader_bytes(import->reader));
}

/* The chunk that is on its way goes on. */
static bool come_by(struct status_import *import, struct error *error) {
  if (import->sending == NULL || import->merging)
    return true;
  status_account_go_on(&import->account);
  return status_sender_push(&import->sender, import->db, false, error);
}

/* What is due now and then: the server gets more, a full chunk is turned over, people see progress. */
static bool look_up_from_reading(struct status_import *import, struct error *error) {
  if (status_chunk_full(import->filling) && !turn_over(import, error))
    return false;
  if (import->summary->rows % PUSH_ROWS == 0 && !come_by(import, error))
    return false;
  if (import->summary->rows % PROGRESS_ROWS != 0)
    return true;
  tell_progress(import);
  return interrupt_check(error);
}

/* A file that was imported before is recognised by its digest; not where --document may give it another meaning, nor
 * where who made the content has looked. */
static bool may_be_known(const struct import_options *options) {
  struct stat status;
  return options->content == NULL && options->document == NULL && stat(options->path, &status) == 0 &&
         S_ISREG(status.st_mode);
}

/* Whatever a file said is there since it was imported.  So where there is nothing of its first row's key, it is new,
 * and needn't be hashed before it is read. */
static bool first_row_is_new(struct status_import *import, bool *is_new, struct error *error) {
  *is_new = false;
  if (import->filling->count == 0) /* it was refused */
    return true;
  const struct status_row *row = &import->filling->rows[0];
  struct db_params params = {0};
  db_param_int(&params, row->state_id);
  db_param_int(&params, row->rec_id);
  db_param_int(&params, row->kind);
  db_param_day(&params, row->as_of);
  AUTO_RESULT PGresult *found = NULL;
  if (!db_query(import->db, sql_status_key_exists, &params, &found, error))
    return false;
  *is_new = !db_bool(found, 0, 0);
  return true;
}

/* With the first row at hand: whether the file was imported before (summary->same_file). */
static bool recognise_file(struct status_import *import, struct error *error) {
  const char *path = import->options->path;
  unsigned char digest[SHA256_SIZE];
  bool is_new;
  if (!may_be_known(import->options))
    return true;
  return first_row_is_new(import, &is_new, error) &&
         (is_new || (sha256_file(path, digest, error) &&
                     batch_of_file(import->db, "status", digest, &import->summary->same_file, error)));
}

static bool begin_batch(struct status_import *import, struct error *error) {
  if (!batch_begin(import->db, &import->batch, error))
    return false;
  import->chunks[0].batch_id = import->chunks[1].batch_id = batch_id(import->batch);
  return true;
}

/* The header and the first row; nothing more is to be done with a file that was imported before. */
static bool begin_rows(struct status_import *import, bool *more, struct error *error) {
  if (!import_rows_begin(&import->rows, import->options, import->summary, import->reader, status_columns,
                         STATUS_COLUMNS, error) ||
      !import_rows_next(&import->rows, more, error))
    return false;
  if (!*more)
    return true;
  take_row(import);
  return recognise_file(import, error) && (import->summary->same_file != 0 || begin_batch(import, error));
}

static bool read_rows(struct status_import *import, struct error *error) {
  bool more;
  if (!begin_rows(import, &more, error))
    return false;
  if (import->summary->same_file != 0)
    return true;
  while (more) {
    if (!look_up_from_reading(import, error) || !import_rows_next(&import->rows, &more, error))
      return false;
    if (more)
      take_row(import);
  }
  status_resolver_remarks(import->resolver, import->summary);
  return turn_over(import, error) && finish_sending(import, error) && import_rows_end(&import->rows, error);
}

/* ---- the whole ----------------------------------------------------------- */

static bool seal(struct status_import *import, struct error *error) {
  unsigned char content[SHA256_SIZE];
  status_account_digest(&import->account, content);
  batch_streamed(import->batch, TABLE_STATUS_RECORD, import->summary->added, content);
  return import_seal(import->batch, "status", "status records", import->options, import->reader, import->summary,
                     error);
}

static bool open_rows(struct status_import *import, struct error *error) {
  const struct import_options *options = import->options;
  const struct import_content *content = options->content;
  return content != NULL ? csv_reader_open_bytes(&import->reader, options->path, content->bytes, content->length, error)
                         : csv_reader_open(&import->reader, options->path, error);
}

static bool import_work(struct status_import *import, struct error *error) {
  struct import_summary *summary = import->summary;
  import->filling = &import->chunks[0];
  import->filling->limit = next_limit(import, 0);
  if (!open_rows(import, error) ||
      !status_resolver_new(import->db, import->options->document, &import->resolver, error) ||
      !read_rows(import, error))
    return false;
  if (summary->same_file != 0)
    *summary = (struct import_summary){.same_file = summary->same_file};
  if (import->options->dry_run || summary->added == 0) {
    db_rollback(import->db);
    return true;
  }
  return seal(import, error) && db_commit(import->db, error);
}

/* Whoever may not tidy up makes the server say so, to nobody. A small sample is enough. */
static const char TIDY_SETTINGS[] = "SET client_min_messages = error; SET default_statistics_target = 10";

bool import_status(struct db *db, const struct import_options *options, struct import_summary *summary,
                   struct error *error) {
  for (int try = 1;; try++) {
    __attribute__((cleanup(status_import_free))) struct status_import import = {
        .db = db, .options = options, .summary = summary};
    *summary = (struct import_summary){0};
    if (!db_begin(db, DB_WRITE, error))
      return false;
    if (db_query(db, sql_status_hold, NULL, NULL, error) && import_work(&import, error)) {
      if (summary->added >= MANY_ROWS && !options->dry_run)
        db_leave_behind(db, TIDY_SETTINGS, sql_status_vacuum);
      return true;
    }
    db_rollback(db);
    bool can_read_again = options->content != NULL || strcmp(options->path, "-") != 0;
    if (!can_read_again || !db_try_again(db, try, error))
      return false;
  }
}
