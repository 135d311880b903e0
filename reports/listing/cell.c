/* One State and one recommendation: the records behind their cell. */
#include "reports/listing/cell.h"

#include "core/base/memory.h"
#include "core/ledger/batch.h"
#include "core/recommendation/recommendation.h"
#include "core/register/register.h"
#include "reports/listing/listing.h"
#include "sql_catalogue.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Columns of cell_records.sql. */
enum column {
  RECORD,
  LEVEL,
  LABEL,
  AS_OF,
  KIND,
  REV,
  RECEIVED_ON,
  CHANNEL,
  SOURCE,
  NOTE,
  EVIDENCE,
  POSITION,
  RECORDED_AT,
  RECORDED_BY,
  OS_USER,
  FILE_NAME,
  BATCH_KIND,
  SUMMARY,
  WITHDRAWN,
  UNDONE,
  OF_ITSELF, /* not of an earlier version of the recommendation */
  REFERENCE,
};

struct reading {
  const struct cut *cut;
  struct known_at known;
  const PGresult *records;
  int counting; /* the row that counts; -1: none */
};

/* ---- which counts -------------------------------------------------------- */

/* Why a record is not even looked at; NULL: it is. */
static const char *excluded(const struct reading *reading, int row, struct text *why) {
  char as_of[DAY_TEXT_SIZE];
  int64_t kind = db_int(reading->records, row, KIND);
  if (db_int(reading->records, row, POSITION) > reading->known.position)
    text_add_format(why, "no: recorded later, at ledger position %" PRId64, db_int(reading->records, row, POSITION));
  else if (db_text(reading->records, row, UNDONE) != NULL)
    text_add_format(why, "no: its batch was undone: %s", db_text(reading->records, row, UNDONE));
  else if (db_text(reading->records, row, WITHDRAWN) != NULL)
    text_add_format(why, "no: withdrawn: %s", db_text(reading->records, row, WITHDRAWN));
  else if ((kind & (int64_t)reading->cut->kind) == 0)
    text_add_format(why, "no: %s", kind == LEVEL_ASSESSED ? "assessed by reviewers" : "reported by the State");
  else if (db_day(reading->records, row, AS_OF) > reading->cut->as_of)
    text_add_format(why, "no: speaks of a day after %s", day_format(reading->cut->as_of, as_of));
  return why->length > 0 ? why->data : NULL;
}

/* Whether one of two records that aren't excluded is newer: the rule of the stream that tables are counted from. */
static bool is_newer(const struct reading *reading, int row, int than) {
  const PGresult *records = reading->records;
  day one = db_day(records, row, AS_OF), other = db_day(records, than, AS_OF);
  if (one != other)
    return one > other;
  if (db_bool(records, row, OF_ITSELF) != db_bool(records, than, OF_ITSELF))
    return db_bool(records, row, OF_ITSELF);
  if (reading->cut->kind == LEVEL_BOTH)
    return row < than; /* they come by batch */
  return db_int(records, row, REV) > db_int(records, than, REV);
}

static void find_counting(struct reading *reading) {
  reading->counting = -1;
  for (int row = 0; row < db_rows(reading->records); row++) {
    AUTO_TEXT struct text why = {0};
    if (excluded(reading, row, &why) == NULL && (reading->counting < 0 || is_newer(reading, row, reading->counting)))
      reading->counting = row;
  }
}

static void add_counts(const struct reading *reading, int row, struct grid *grid) {
  AUTO_TEXT struct text why = {0};
  if (row == reading->counting)
    text_add(&why, "yes");
  else if (excluded(reading, row, &why) == NULL) {
    bool same_day = db_day(reading->records, row, AS_OF) == db_day(reading->records, reading->counting, AS_OF);
    text_add_format(&why, "no: superseded by %s, %s", db_text(reading->records, reading->counting, RECORD),
                    same_day ? "recorded later for the same day" : "of a later day");
  }
  grid_cell(grid, why.data);
}

/* ---- the grid ------------------------------------------------------------ */

static const struct {
  const char *name;
  const char *head;
  enum column column;
} shown[] = {
    {"level", "Level", LEVEL},
    {"as_of", "As of", AS_OF},
    {"received_on", "Received", RECEIVED_ON},
    {"channel", "Channel", CHANNEL},
    {"source", "Source", SOURCE},
    {"note", "Note", NOTE},
    {"evidence", "Evidence", EVIDENCE},
    {"recorded_at", "Recorded at", RECORDED_AT},
    {"recorded_by", "By", RECORDED_BY},
    {"os_user", "OS user", OS_USER},
    {"ledger_position", "Ledger position", POSITION},
    {"file", "File", FILE_NAME},
};

/* Whether some record is of an earlier version of the recommendation, so that each must say of which it is. */
static bool any_earlier(const PGresult *records) {
  for (int row = 0; row < db_rows(records); row++)
    if (!db_bool(records, row, OF_ITSELF))
      return true;
  return false;
}

static void add_rows(const struct reading *reading, struct grid *grid) {
  grid_column(grid, "record", "Record");
  grid_column(grid, "counts", "Counts");
  grid_column(grid, "kind", "Kind");
  bool earlier = any_earlier(reading->records);
  if (earlier)
    grid_column(grid, "recommendation", "Recommendation");
  for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
    grid_column(grid, shown[i].name, shown[i].head)->number = shown[i].column == POSITION;
  for (int row = 0; row < db_rows(reading->records); row++) {
    grid_cell(grid, db_text(reading->records, row, RECORD));
    add_counts(reading, row, grid);
    grid_cell(grid, db_int(reading->records, row, KIND) == LEVEL_ASSESSED ? "assessed" : "reported");
    if (earlier)
      grid_cell(grid, db_text(reading->records, row, REFERENCE));
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
      grid_cell(grid, db_text(reading->records, row, (int)shown[i].column));
  }
}

static const char *asked_words(const struct state_register *reg, const struct recommendation_list *list,
                               const struct cell *cell, const struct cut *cut) {
  struct error ignored;
  const struct state *state = register_find_state(reg, cell->state, strlen(cell->state), &ignored);
  const struct recommendation *item =
      recommendation_find(list, cell->reference, strlen(cell->reference), NULL, &ignored);
  if (state == NULL || item == NULL)
    return "no: unknown at that moment";
  day adopted = recommendation_adopted(list, item);
  if (adopted != DAY_NONE && adopted > cut->as_of)
    return "no: the recommendation was adopted later";
  if (!register_is_party(reg, item->instrument_id, state->id, cut->as_of))
    return "no: the State is no Party on that day";
  bool named = item->to_all_parties;
  for (size_t i = 0; i < item->addressee_count; i++)
    named = named || item->addressees[i] == state->id;
  return named ? "yes" : "no: the State is not addressed";
}

static bool add_facts(struct db *db, const struct reading *reading, const struct cell *cell, struct grid *grid,
                      struct error *error) {
  AUTO_REGISTER struct state_register *reg = NULL;
  AUTO_RECOMMENDATIONS struct recommendation_list *list = NULL;
  char as_of[DAY_TEXT_SIZE], at[MOMENT_TEXT_SIZE];
  if (!register_load(db, reading->known.position, NULL, &reg, error) ||
      !recommendation_load(db, reading->known.position, &list, error))
    return false;
  grid_fact(grid, "state", "State", "%s", cell->state);
  grid_fact(grid, "recommendation", "Recommendation", "%s", cell->reference);
  grid_fact(grid, "as_of", "As of", "%s", day_format(reading->cut->as_of, as_of));
  grid_fact(grid, "known_at", "Known at", "%s (ledger position %d)", moment_format(reading->known.at, at),
            reading->known.position);
  grid_fact(grid, "asked", "In the population", "%s", asked_words(reg, list, cell, reading->cut));
  grid_fact(grid, "level", "Level", "%s",
            reading->counting >= 0 ? db_text(reading->records, reading->counting, LABEL) : "No response");
  return true;
}

bool cell_records(struct db *db, const struct cell *cell, const struct cut *cut, struct grid **grid,
                  struct error *error) {
  AUTO_RESULT PGresult *records = NULL;
  struct reading reading = {.cut = cut};
  struct db_params params = {0};
  if (!batch_known_at(db, cut->known_at, &reading.known, error))
    return false;
  db_param_text(&params, cell->state);
  db_param_text(&params, cell->reference);
  db_param_int(&params, reading.known.position);
  if (!db_query(db, sql_cell_records, &params, &records, error))
    return false;
  reading.records = records;
  find_counting(&reading);
  AUTO_GRID struct grid *made = grid_new(NULL);
  if (!add_facts(db, &reading, cell, made, error))
    return false;
  add_rows(&reading, made);
  *grid = made;
  made = NULL;
  return true;
}

bool cell_history(struct db *db, const struct cell *cell, struct grid **grid, struct error *error) {
  struct db_params params = {0};
  db_param_text(&params, cell->state);
  db_param_text(&params, cell->reference);
  if (!listing_query(db, sql_cell_history, &params, grid, error))
    return false;
  grid_fact(*grid, "state", "State", "%s", cell->state);
  grid_fact(*grid, "recommendation", "Recommendation", "%s", cell->reference);
  return true;
}
