/* A table whose rows come from a cursor. Scrolled, since some formats read a table twice. */
#include "reports/listing/cursor.h"

#include "core/base/memory.h"
#include "core/base/text.h"
#include "reports/listing/listing.h"

#include <stdio.h>
#include <stdlib.h>

/* Rows that are fetched at once. */
enum { PIECE = 4096 };

struct cursor_source {
  struct db *db;
  PGresult *piece;
  size_t first; /* number of the piece's first row */
  bool own_snapshot;
  bool failed;
  struct error error;
};

static void release(void *thing) {
  struct cursor_source *source = thing;
  struct error ignored;
  PQclear(source->piece);
  if (source->own_snapshot)
    db_rollback(source->db);
  else if (PQtransactionStatus(db_connection(source->db)) == PQTRANS_INTRANS)
    db_run(source->db, "CLOSE listing", NULL, NULL, &ignored);
  free(source);
}

/* Fetches the piece in which a row is. The statements hold numbers of our own alone. */
static bool fetch(struct cursor_source *source, size_t row) {
  char statement[64];
  size_t first = row - row % PIECE;
  snprintf(statement, sizeof statement, "MOVE ABSOLUTE %zu IN listing", first);
  bool good = db_script(source->db, statement, &source->error);
  snprintf(statement, sizeof statement, "FETCH FORWARD %d FROM listing", (int)PIECE);
  good = good && db_query(source->db, statement, NULL, &source->piece, &source->error);
  source->first = first;
  source->failed = source->failed || !good;
  return good;
}

static const char *cell(void *context, size_t row, size_t column) {
  struct cursor_source *source = context;
  if (source->failed)
    return NULL;
  bool here = source->piece != NULL && row >= source->first && row < source->first + PIECE;
  if (!here && !fetch(source, row))
    return NULL;
  return row - source->first < (size_t)db_rows(source->piece)
             ? db_text(source->piece, (int)(row - source->first), (int)column)
             : NULL;
}

static bool check(void *context, struct error *error) {
  const struct cursor_source *source = context;
  if (source->failed)
    *error = source->error;
  return !source->failed;
}

/*
 * Opens the cursor and counts its rows, which leaves it at its end.  All of them will be fetched; the planner takes a
 * cursor for one whose first tenth will do, and chooses a way that takes five times as long to the last row.
 */
static bool open_cursor(struct db *db, const char *query, const struct db_params *params, int64_t *count,
                        struct error *error) {
  AUTO_TEXT struct text statement = {0};
  text_add_format(&statement, "DECLARE listing SCROLL CURSOR FOR\n%s", query);
  return db_script(db, "SET LOCAL cursor_tuple_fraction = 1", error) &&
         db_run(db, statement.data, params, NULL, error) &&
         db_run(db, "MOVE FORWARD ALL IN listing", NULL, count, error);
}

bool cursor_grid(struct db *db, const char *query, const struct db_params *params, const char *title,
                 struct grid **grid, struct error *error) {
  int64_t count = 0;
  AUTO_GRID struct grid *made = grid_new(title);
  struct cursor_source *source = memory_new(1, sizeof *source);
  source->db = db;
  source->own_snapshot = PQtransactionStatus(db_connection(db)) == PQTRANS_IDLE;
  grid_keep(made, source, release);
  if ((source->own_snapshot && !db_begin(db, DB_READ_SNAPSHOT, error)) ||
      !open_cursor(db, query, params, &count, error))
    return false;
  if (!fetch(source, 0)) {
    *error = source->error;
    return false;
  }
  listing_columns(made, source->piece);
  made->source = (struct grid_source){.rows = (size_t)count, .cell = cell, .check = check, .context = source};
  *grid = made;
  made = NULL;
  return true;
}
