/* What `list` and `show` look up: each listing is one statement in sql/queries/, whose columns become the grid's. */
#ifndef RECTRACK_REPORTS_LISTING_LISTING_H
#define RECTRACK_REPORTS_LISTING_LISTING_H

#include "core/base/error.h"
#include "core/database/db.h"
#include "reports/grid/grid.h"

#include <stdbool.h>
#include <stddef.h>

/* Filters, in the order of the statements' parameters; NULL: no filter. Values are codes, not names. */
enum listing_filter {
  LIST_STATE,      /* alpha-3 */
  LIST_DOCUMENT,   /* symbol */
  LIST_REFERENCE,  /* full reference */
  LIST_INSTRUMENT, /* code */
  LIST_LEVEL,      /* code */
  LIST_KIND,       /* reported, assessed */
  LIST_BATCH,      /* number */
  LISTING_FILTERS
};

struct listing {
  const char *name; /* "records" */
  const char *sql;
  unsigned filters; /* those that it takes: bits 1 << enum listing_filter */
  int more;         /* further parameters of the statement, which are left open (NULL) here */
};

extern const struct listing listings[];
extern const size_t listing_count;

const char *listing_filter_name(enum listing_filter filter); /* "state", as the option is called */

/* By name; NULL with ERROR_USAGE and the nearest one. */
const struct listing *listing_find(const char *name, struct error *error);

/* Gives a grid the columns of a statement's result, with heads made of their names and what their types say. */
void listing_columns(struct grid *grid, const PGresult *result) __attribute__((nonnull));

/* A statement's rows as a grid, whose columns are the statement's. The caller frees the grid. */
bool listing_query(struct db *db, const char *sql, const struct db_params *params, struct grid **grid,
                   struct error *error) __attribute__((nonnull));

/* Runs a listing: see reports/listing/cursor.h. The caller frees the grid. */
bool listing_make(struct db *db, const struct listing *listing, const char *const filters[static LISTING_FILTERS],
                  struct grid **grid, struct error *error);

/* One thing on one screen: `kind` is "state", "recommendation", "document", "record" or "batch", `key` its code,
 * reference, symbol or number.  NULL grid when there is none. */
bool listing_show(struct db *db, const char *kind, const char *key, struct grid **grid, struct error *error);

#endif
