/* The status records as a table whose rows come from a cursor. */
#include "reports/records.h"

#include "core/memory.h"
#include "reports/listing.h"
#include "sql_catalogue.h"

#include <stdio.h>
#include <stdlib.h>

/* Rows that are fetched at once. */
enum { PIECE = 4096 };

struct record_source {
  struct db *db;
  PGresult *piece;
  size_t first; /* number of the piece's first row */
  bool failed;
  struct error error;
};

static void release(void *thing) {
  struct record_source *source = thing;
  struct error ignored;
  PQclear(source->piece);
  if (PQtransactionStatus(db_connection(source->db)) == PQTRANS_INTRANS)
    db_run(source->db, sql_records_close, NULL, NULL, &ignored);
  free(source);
}

/* Fetches the piece in which a row is. The statements hold numbers of our own alone. */
static bool fetch(struct record_source *source, size_t row) {
  char statement[64];
  size_t first = row - row % PIECE;
  snprintf(statement, sizeof statement, "MOVE ABSOLUTE %zu IN records", first);
  bool good = db_script(source->db, statement, &source->error);
  snprintf(statement, sizeof statement, "FETCH FORWARD %d FROM records", (int)PIECE);
  good = good && db_query(source->db, statement, NULL, &source->piece, &source->error);
  source->first = first;
  source->failed = source->failed || !good;
  return good;
}

static const char *cell(void *context, size_t row, size_t column) {
  struct record_source *source = context;
  if (source->failed)
    return NULL;
  bool here = source->piece != NULL && row >= source->first && row < source->first + PIECE;
  if (!here && !fetch(source, row))
    return NULL;
  return row - source->first < (size_t)db_rows(source->piece)
             ? db_text(source->piece, (int)(row - source->first), (int)column)
             : NULL;
}

static bool open_cursor(struct db *db, int32_t after, int32_t known, int64_t *count, struct error *error) {
  struct db_params params = {0};
  db_param_int(&params, after);
  db_param_int(&params, known);
  return db_run(db, sql_records_open, &params, NULL, error) && db_run(db, sql_records_count, NULL, count, error);
}

bool records_make(struct db *db, int32_t after, int32_t known, struct grid **grid, struct error *error) {
  int64_t count = 0;
  if (!open_cursor(db, after, known, &count, error))
    return false;
  struct record_source *source = memory_new(1, sizeof *source);
  source->db = db;
  AUTO_GRID struct grid *made = grid_new("Status records");
  grid_keep(made, source, release);
  if (!fetch(source, 0)) {
    *error = source->error;
    return false;
  }
  listing_columns(made, source->piece);
  made->source = (struct grid_source){.rows = (size_t)count, .cell = cell, .context = source};
  *grid = made;
  made = NULL;
  return true;
}

bool records_check(const struct grid *grid, struct error *error) {
  const struct record_source *source = grid->source.context;
  if (source->failed)
    *error = source->error;
  return !source->failed;
}
