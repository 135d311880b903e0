/* What `list` and `show` look up. */
#include "reports/listing/listing.h"

#include "core/base/memory.h"
#include "core/base/nearest.h"
#include "core/base/text.h"
#include "reports/listing/cursor.h"
#include "sql_catalogue.h"

#include <ctype.h>
#include <string.h>

#define FILTER(name) (1u << LIST_##name)

const struct listing listings[] = {
    {.name = "access", .sql = sql_list_access, .filters = 0},
    {.name = "states", .sql = sql_list_states, .filters = FILTER(STATE) | FILTER(INSTRUMENT)},
    {.name = "names", .sql = sql_list_names, .filters = FILTER(STATE)},
    {.name = "instruments", .sql = sql_register_current_instruments, .filters = FILTER(BATCH)},
    {.name = "parties", .sql = sql_list_parties, .filters = FILTER(STATE) | FILTER(INSTRUMENT)},
    {.name = "documents", .sql = sql_list_documents, .filters = FILTER(DOCUMENT) | FILTER(INSTRUMENT)},
    {.name = "recommendations",
     .sql = sql_list_recommendations,
     .filters = FILTER(DOCUMENT) | FILTER(INSTRUMENT) | FILTER(REFERENCE)},
    {.name = "links", .sql = sql_list_links, .filters = FILTER(DOCUMENT)},
    {.name = "records",
     .sql = sql_list_records,
     .filters = FILTER(STATE) | FILTER(DOCUMENT) | FILTER(REFERENCE) | FILTER(LEVEL) | FILTER(KIND) | FILTER(BATCH)},
    {.name = "status",
     .sql = sql_list_status,
     .filters = FILTER(STATE) | FILTER(DOCUMENT) | FILTER(REFERENCE) | FILTER(LEVEL) | FILTER(KIND) | FILTER(BATCH),
     .more = 2},
    {.name = "responses", .sql = sql_list_responses, .filters = FILTER(STATE) | FILTER(BATCH)},
    {.name = "batches", .sql = sql_list_batches, .filters = FILTER(BATCH)},
    {.name = "scales", .sql = sql_register_current_scales, .filters = FILTER(BATCH)},
    {.name = "themes", .sql = sql_register_current_themes, .filters = FILTER(BATCH)},
};
const size_t listing_count = sizeof listings / sizeof *listings;

static const char *const filter_names[LISTING_FILTERS] = {
    [LIST_STATE] = "state",           [LIST_DOCUMENT] = "document", [LIST_REFERENCE] = "reference",
    [LIST_INSTRUMENT] = "instrument", [LIST_LEVEL] = "level",       [LIST_KIND] = "kind",
    [LIST_BATCH] = "batch",
};

const char *listing_filter_name(enum listing_filter filter) {
  return filter_names[filter];
}

const struct listing *listing_find(const char *name, struct error *error) {
  AUTO_NEAREST struct nearest nearest;
  nearest_begin(&nearest, name);
  for (size_t i = 0; i < listing_count; i++) {
    if (strcmp(listings[i].name, name) == 0)
      return &listings[i];
    nearest_offer(&nearest, listings[i].name);
  }
  error_set(error, ERROR_USAGE, "can't list \"%s\"", name);
  nearest_remedy(&nearest, error, "What can be listed: %s.", nearest_offered(&nearest));
  return NULL;
}

/* "received_on" becomes "Received on"; what isn't a word gets its usual form. */
static char *head_of(const char *name) {
  static const struct {
    const char *name, *head;
  } unusual[] = {
      {"file_sha256", "SHA-256 of the file"},
      {"id", "Record"},
      {"iso2", "Alpha-2 code"},
      {"iso3", "Alpha-3 code"},
      {"m49", "M49 code"},
      {"os_user", "OS user"},
      {"previous_sha256", "SHA-256 of the batch before"},
      {"batch_sha256", "SHA-256 of the batch"},
  };
  for (size_t i = 0; i < sizeof unusual / sizeof *unusual; i++)
    if (strcmp(unusual[i].name, name) == 0)
      return memory_string(unusual[i].head);
  char *head = memory_string(name);
  for (char *at = head; *at != '\0'; at++)
    if (*at == '_')
      *at = ' ';
  *head = (char)toupper((unsigned char)*head);
  return head;
}

static bool is_number(Oid type) {
  enum { INT8 = 20, INT2 = 21, INT4 = 23, NUMERIC = 1700 };
  return type == INT8 || type == INT2 || type == INT4 || type == NUMERIC;
}

void listing_columns(struct grid *grid, const PGresult *result) {
  enum { DATE = 1082 };
  for (int column = 0; column < PQnfields(result); column++) {
    AUTO_FREE char *head = head_of(PQfname(result, column));
    struct grid_column *made = grid_column(grid, PQfname(result, column), head);
    made->number = is_number(PQftype(result, column));
    made->day = PQftype(result, column) == DATE;
  }
}

static const char *cell(void *result, size_t row, size_t column) {
  return db_text(result, (int)row, (int)column);
}

static void release(void *result) {
  PQclear(result);
}

/* The rows stay where they came; the grid takes the result over. */
static void add_rows(struct grid *grid, PGresult *result) {
  grid_keep(grid, result, release);
  grid->source = (struct grid_source){.rows = (size_t)db_rows(result), .cell = cell, .context = result};
}

bool listing_query(struct db *db, const char *sql, const struct db_params *params, struct grid **grid,
                   struct error *error) {
  PGresult *result = NULL;
  if (!db_query(db, sql, params, &result, error))
    return false;
  *grid = grid_new(NULL);
  listing_columns(*grid, result);
  add_rows(*grid, result);
  return true;
}

bool listing_make(struct db *db, const struct listing *listing, const char *const filters[static LISTING_FILTERS],
                  struct grid **grid, struct error *error) {
  struct db_params params = {0};
  for (int filter = 0; filter < LISTING_FILTERS; filter++)
    if ((listing->filters & (1u << filter)) != 0)
      db_param_text(&params, filters[filter]);
  for (int more = 0; more < listing->more; more++)
    db_param_null(&params);
  return cursor_grid(db, listing->sql, &params, NULL, grid, error);
}

/* ---- one thing ----------------------------------------------------------- */

static const struct {
  const char *kind;
  const char *facts;   /* one row */
  const char *details; /* any number of rows; NULL: none */
} shows[] = {
    {"state", sql_show_state, sql_show_state_records},
    {"recommendation", sql_show_recommendation, sql_show_recommendation_records},
    {"document", sql_show_document, sql_show_document_paragraphs},
    {"record", sql_show_record, NULL},
    {"batch", sql_show_batch, NULL},
};

static void add_facts(struct grid *grid, const PGresult *result) {
  for (int column = 0; column < PQnfields(result); column++) {
    const char *value = db_text(result, 0, column);
    AUTO_FREE char *head = head_of(PQfname(result, column));
    if (value != NULL && *value != '\0')
      grid_fact(grid, PQfname(result, column), head, "%s", value);
  }
}

static bool show(struct db *db, size_t which, const char *key, struct grid **out, struct error *error) {
  AUTO_RESULT PGresult *facts = NULL;
  AUTO_RESULT PGresult *details = NULL;
  struct db_params params = {0};
  db_param_text(&params, key);
  *out = NULL;
  if (!db_query(db, shows[which].facts, &params, &facts, error))
    return false;
  if (db_rows(facts) == 0)
    return true;
  if (shows[which].details != NULL && !db_query(db, shows[which].details, &params, &details, error))
    return false;
  *out = grid_new(NULL);
  add_facts(*out, facts);
  if (details != NULL) {
    listing_columns(*out, details);
    add_rows(*out, details);
    details = NULL;
  }
  return true;
}

bool listing_show(struct db *db, const char *kind, const char *key, struct grid **grid, struct error *error) {
  for (size_t i = 0; i < sizeof shows / sizeof *shows; i++)
    if (strcmp(shows[i].kind, kind) == 0)
      return show(db, i, key, grid, error);
  return error_set(error, ERROR_USAGE, "can't show a \"%s\"", kind);
}
