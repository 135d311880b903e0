/*
 * A file of links into one batch: which recommendations of stored documents supersede which.  A link that stands
 * already is nothing new; another one for the same old recommendation corrects it.  Recommendations that the file
 * doesn't name stay as they are.
 */
#include "core/import/import.h"

#include "core/base/memory.h"
#include "core/recommendation/link.h"
#include "core/recommendation/recommendation.h"
#include "core/recommendation/recommendation_write.h"
#include "core/rows/import_rows.h"
#include "sql_catalogue.h"

#include <stdlib.h>
#include <string.h>

static const int32_t STANDS = -1; /* not superseded */

struct link_import {
  const struct import_options *options;
  struct import_summary *summary;
  struct csv_reader *reader;
  struct import_rows rows;
  struct batch *batch;
  struct recommendation_list *list;
  int32_t *successors; /* by index in the list: number of the direct successor, 0 dropped, STANDS */
  bool *named;         /* a row of this file spoke of it */
};

static void link_import_free(struct link_import *import) {
  import_rows_free(&import->rows);
  csv_reader_close(&import->reader);
  batch_free(&import->batch);
  recommendation_free(&import->list);
  free(import->successors);
  free(import->named);
}

static size_t index_of(const struct link_import *import, const struct recommendation *item) {
  return (size_t)(item - import->list->items);
}

static bool load(struct db *db, struct link_import *import, struct error *error) {
  AUTO_RESULT PGresult *links = NULL;
  if (!recommendation_load(db, POSITION_NEWEST, &import->list, error) ||
      !db_query(db, sql_supersessions, NULL, &links, error))
    return false;
  import->successors = memory_new(import->list->count, sizeof *import->successors);
  import->named = memory_new(import->list->count, sizeof *import->named);
  for (size_t i = 0; i < import->list->count; i++)
    import->successors[i] = STANDS;
  for (int row = 0; row < db_rows(links); row++) {
    const struct recommendation *item = recommendation_by_id(import->list, (int32_t)db_int(links, row, 0));
    if (item != NULL)
      import->successors[index_of(import, item)] = (int32_t)db_int(links, row, 1);
  }
  return true;
}

/* ---- one row ------------------------------------------------------------- */

/* Whether going from version to version from `item` on leads to `wanted`. */
static bool leads_to(const struct link_import *import, const struct recommendation *item,
                     const struct recommendation *wanted) {
  for (size_t steps = 0; item != NULL && steps <= import->list->count; steps++) {
    if (item == wanted)
      return true;
    int32_t next = import->successors[index_of(import, item)];
    item = next > 0 ? recommendation_by_id(import->list, next) : NULL;
  }
  return false;
}

static bool check_link(const struct link_import *import, const struct recommendation *old,
                       const struct recommendation *successor, struct error *error) {
  AUTO_TEXT struct text reference = {0};
  recommendation_add_reference(import->list, old, &reference);
  if (import->named[index_of(import, old)]) {
    error_set(error, ERROR_DATA, "a second row for \"%s\"", reference.data);
    return error_remedy(error, "Keep one of the two rows.");
  }
  if (successor != NULL && leads_to(import, successor, old)) {
    error_set(error, ERROR_DATA, "\"%s\" would supersede itself", reference.data);
    return error_remedy(error, "Name a recommendation of a later version of the document.");
  }
  return true;
}

/* The recommendation that a column names; NULL, which is told, where there is none. */
static const struct recommendation *find(struct link_import *import, enum link_column column) {
  size_t length;
  struct error fault;
  const char *value = import_required(&import->rows, column, &length);
  const struct recommendation *item =
      value != NULL ? recommendation_find(import->list, value, length, import->options->document, &fault) : NULL;
  if (value != NULL && item == NULL)
    import_rows_fault(&import->rows, column, &fault);
  return item;
}

static void add(struct link_import *import, const struct recommendation *old, const struct recommendation *successor) {
  int32_t *stands = &import->successors[index_of(import, old)], successor_id = successor != NULL ? successor->id : 0;
  import->named[index_of(import, old)] = true;
  if (*stands == successor_id) {
    import->summary->unchanged++;
    return;
  }
  import->summary->added++;
  import->summary->superseding += *stands != STANDS;
  *stands = successor_id;
  link_write(import->batch, old->id, successor_id, successor != NULL ? similarity_of(old->text, successor->text) : 0);
}

/* A row without an old reference names a recommendation that has no predecessor, which needs no link. */
static void take_row(void *context) {
  struct link_import *import = context;
  struct error fault;
  bool dropped = import_value(&import->rows, LINK_NEW, NULL) == NULL;
  if (!dropped && import_value(&import->rows, LINK_OLD, NULL) == NULL)
    return;
  const struct recommendation *old = find(import, LINK_OLD), *successor = dropped ? NULL : find(import, LINK_NEW);
  if (import->rows.refused || old == NULL)
    return;
  if (check_link(import, old, successor, &fault))
    add(import, old, successor);
  else
    import_rows_fault(&import->rows, LINK_NEW, &fault);
}

/* ---- the whole ----------------------------------------------------------- */

static bool read_rows(struct link_import *import, struct error *error) {
  return import_rows_begin(&import->rows, import->options, import->summary, import->reader, link_columns, LINK_COLUMNS,
                           error) &&
         import_rows_read(&import->rows, take_row, import, error);
}

/* What db_transaction runs; everything is begun anew at each try. */
struct link_work {
  const struct import_options *options;
  struct import_summary *summary;
};

static bool link_work(struct db *db, void *context, struct error *error) {
  const struct link_work *work = context;
  __attribute__((cleanup(link_import_free))) struct link_import import = {.options = work->options,
                                                                          .summary = work->summary};
  struct identity_numbers ignored;
  *work->summary = (struct import_summary){0};
  /* under the lock of those that write recommendations, so that no two links make a circle */
  if (!csv_reader_open(&import.reader, work->options->path, error) || !identity_numbers_take(db, &ignored, error) ||
      !batch_begin(db, &import.batch, error) || !load(db, &import, error) || !read_rows(&import, error))
    return false;
  if (work->options->dry_run || work->summary->added == 0)
    return true; /* nothing was written so far */
  return import_seal(import.batch, "links", "links between recommendations", work->options, import.reader,
                     work->summary, error);
}

bool import_links(struct db *db, const struct import_options *options, struct import_summary *summary,
                  struct error *error) {
  struct link_work work = {options, summary};
  return db_transaction(db, DB_WRITE, link_work, &work, error);
}
