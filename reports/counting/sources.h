/*
 * What stands behind the cells of a table: the newest answer of each State to each recommendation, and what the
 * recommendations say.  Loaded only for formats that show it.
 */
#ifndef RECTRACK_REPORTS_COUNTING_SOURCES_H
#define RECTRACK_REPORTS_COUNTING_SOURCES_H

#include "core/base/error.h"
#include "core/base/name_index.h"
#include "core/database/db.h"
#include "core/register/register.h"
#include "reports/counting/scope.h"
#include "reports/grid/grid.h"

#include <stdbool.h>
#include <stddef.h>

/* A table with more cells has no answers: a browser could not bear them all. */
#define SOURCES_CELLS_MOST 60000

/* Texts are NULL where nothing was said. */
struct answer {
  char *state;     /* alpha-3 */
  char *reference; /* full: of the recommendation that it counts for */
  char *given_on;  /* … and of an earlier version of it, where it was given on that */
  day as_of;
  enum level_kind kind;
  day received_on;
  char *channel; /* one of record_channels */
  char *source;
  char *note;
  char *evidence;
  char *language; /* of the note */
  char *record;   /* BATCH.LINE */
};

struct recommendation_text {
  char *reference;
  char *symbol;
  char *place;
  char *title; /* of the document */
  char *chapeau;
  char *text;
  char *language; /* of the document */
};

struct sources {
  struct answer *answers; /* in no order */
  size_t answer_count;
  bool left_out;                     /* the answers are, for their number */
  struct recommendation_text *texts; /* in the order of documents and places */
  size_t text_count;
  struct name_index *index; /* of both: see sources_answer and sources_text */
};

/*
 * Loads the newest records of `kind` in the scope, inside the caller's snapshot, and gives them to the grid of a
 * matrix. Where there are more cells than a browser can bear, a note says that they are left out.
 */
bool sources_attach(struct db *db, const struct scope *scope, enum level_kind kind, struct grid *grid,
                    struct error *error) __attribute__((nonnull));

/* NULL when there is none. */
const struct answer *sources_answer(const struct sources *sources, const char *state, const char *reference)
    __attribute__((nonnull));
const struct recommendation_text *sources_text(const struct sources *sources, const char *reference)
    __attribute__((nonnull));

#endif
