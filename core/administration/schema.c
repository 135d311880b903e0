/* The schema of a database: migrations under a lock, in one transaction, and the shipped register after them. */
#include "core/administration/schema.h"

#include "core/base/memory.h"
#include "core/base/text.h"
#include "core/csv/csv.h"
#include "core/ledger/batch.h"
#include "core/register/register_write.h"
#include "sql_catalogue.h"

#include <stdio.h>
#include <string.h>

int schema_version(void) {
  return sql_migrations[sql_migration_count - 1].version;
}

/* ---- looking ------------------------------------------------------------- */

static const struct sql_migration *find_migration(int version) {
  for (size_t i = 0; i < sql_migration_count; i++)
    if (sql_migrations[i].version == version)
      return &sql_migrations[i];
  return NULL;
}

static bool is_there(struct db *db, bool *there, struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  if (!db_query(db, sql_schema_exists, NULL, &result, error))
    return false;
  *there = db_bool(result, 0, 0);
  return true;
}

/* What the migrations that were found say of the schema. */
static enum schema_state judge(const PGresult *migrations, int *version) {
  bool altered = false;
  *version = 0;
  for (int row = 0; row < db_rows(migrations); row++) {
    *version = (int)db_int(migrations, row, 0);
    const struct sql_migration *migration = find_migration(*version);
    altered = altered || (migration != NULL && strcmp(migration->sha256, db_text(migrations, row, 1)) != 0);
  }
  if (*version > schema_version())
    return SCHEMA_NEWER;
  if (altered)
    return SCHEMA_ALTERED;
  return *version < schema_version() ? SCHEMA_OLDER : SCHEMA_CURRENT;
}

bool schema_look(struct db *db, enum schema_state *state, int *version, struct error *error) {
  AUTO_RESULT PGresult *migrations = NULL;
  bool there;
  int found = 0;
  *state = SCHEMA_ABSENT;
  if (!is_there(db, &there, error) || (there && !db_query(db, sql_schema_migrations, NULL, &migrations, error)))
    return false;
  if (there)
    *state = judge(migrations, &found);
  if (version != NULL)
    *version = found;
  return true;
}

bool schema_is_current(const char *digests) {
  AUTO_TEXT struct text expected = {0};
  for (size_t i = 0; i < sql_migration_count; i++)
    text_add_format(&expected, "%c%s", i == 0 ? '{' : ',', sql_migrations[i].sha256);
  text_add_char(&expected, '}');
  return strcmp(digests, expected.data) == 0;
}

bool schema_lacks_something(const struct db *db) {
  static const char *const states[] = {"3F000" /* schema */, "42P01" /* table */, "42703" /* column */,
                                       "42883" /* function */};
  for (size_t i = 0; i < sizeof states / sizeof *states; i++)
    if (strcmp(db_sqlstate(db), states[i]) == 0)
      return true;
  return false;
}

/* As schema_look in one statement, for commands that mostly find all well: asks straight away, and takes "no such
 * table" for an answer. */
static bool look_quickly(struct db *db, enum schema_state *state, int *version, struct error *error) {
  AUTO_RESULT PGresult *migrations = NULL;
  if (db_query(db, sql_schema_migrations, NULL, &migrations, error)) {
    *state = judge(migrations, version);
    return true;
  }
  *state = SCHEMA_ABSENT;
  *version = 0;
  return schema_lacks_something(db);
}

/* ---- creating ------------------------------------------------------------ */

static bool refuse(enum schema_state state, int version, struct error *error) {
  if (state == SCHEMA_NEWER) {
    error_set(error, ERROR_CONFIG, "the database has schema version %d, this program knows %d", version,
              schema_version());
    return error_remedy(error, "Install a newer rectrack; nothing was touched.");
  }
  error_set(error, ERROR_CONFIG, "the database was made by other migrations than this program's");
  return error_remedy(error, "Use the rectrack that made it; nothing was touched.");
}

static bool apply_migrations(struct db *db, int from, struct error *error) {
  for (size_t i = 0; i < sql_migration_count; i++) {
    const struct sql_migration *migration = &sql_migrations[i];
    if (migration->version <= from)
      continue;
    struct db_params params = {0};
    db_param_int(&params, migration->version);
    db_param_text(&params, migration->name);
    db_param_text(&params, migration->sha256);
    if (!db_script(db, migration->text, error) || !db_run(db, sql_schema_add_migration, &params, NULL, error))
      return false;
  }
  return true;
}

static const struct fixture *find_fixture(const char *name) {
  for (size_t i = 0; i < fixture_count; i++)
    if (strcmp(fixtures[i].name, name) == 0)
      return &fixtures[i];
  return NULL;
}

/* A bad row in a shipped file is the program's own fault: the first one is the error. */
struct first_problem {
  bool met;
  struct error error;
};

static void keep_first(void *context, const struct error *problem) {
  struct first_problem *first = context;
  if (!first->met)
    first->error = *problem;
  first->met = true;
}

static bool load_register_file(struct register_writer *writer, enum register_file file, struct import_summary *summary,
                               struct error *error) {
  AUTO_TEXT struct text name = {0};
  text_add_format(&name, "register/%s", register_file_name(file));
  const struct fixture *fixture = find_fixture(text_string(&name));
  if (fixture == NULL)
    return error_set(error, ERROR_FAILED, "the program was built without \"%s\"", text_string(&name));
  AUTO_CSV_READER struct csv_reader *reader = NULL;
  struct first_problem first = {0};
  struct import_options options = {.path = text_string(&name), .problem = keep_first, .problem_context = &first};
  if (csv_reader_open_bytes(&reader, text_string(&name), (const char *)fixture->bytes, fixture->length, error) &&
      register_writer_read(writer, file, reader, &options, summary, error))
    return true;
  if (first.met)
    *error = first.error;
  return false;
}

static bool load_register(struct db *db, bool *changed, struct error *error) {
  AUTO_REGISTER_WRITER struct register_writer *writer = NULL;
  if (!register_writer_begin(db, &writer, error))
    return false;
  register_writer_ship(writer);
  /* States before their names and participation, instruments before what refers to them. */
  static const enum register_file order[] = {REGISTER_STATES, REGISTER_NAMES,    REGISTER_INSTRUMENTS, REGISTER_PARTIES,
                                             REGISTER_SCALES, REGISTER_ARTICLES, REGISTER_THEMES,      REGISTER_BODIES};
  struct import_summary summary = {0};
  for (size_t i = 0; i < sizeof order / sizeof *order; i++)
    if (!load_register_file(writer, order[i], &summary, error))
      return false;
  *changed = summary.added > 0;
  if (!*changed)
    return true;
  struct batch_about about = {
      .kind = "register",
      .summary = "the register of States, instruments, Parties and scales that is shipped with the program"};
  return batch_seal(register_writer_batch(writer), &about, NULL, error);
}

static bool count_register(struct db *db, struct schema_report *report, struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  if (!db_query(db, sql_schema_counts, NULL, &result, error))
    return false;
  report->states = (long)db_int(result, 0, 0);
  report->instruments = (long)db_int(result, 0, 1);
  report->parties = (long)db_int(result, 0, 2);
  report->levels = (long)db_int(result, 0, 3);
  return true;
}

bool schema_protect(struct db *db, struct error *error) {
  return db_script(db, sql_schema_protect, error);
}

bool schema_left_aside(struct db *db, bool *aside, struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  if (!db_query(db, sql_backup_left, NULL, &result, error))
    return false;
  *aside = db_bool(result, 0, 0);
  return true;
}

/* Who holds the lock of `init` knows that no restore is under way. */
static bool bring_back(struct db *db, enum schema_state *state, struct schema_report *report, struct error *error) {
  if (*state != SCHEMA_ABSENT || !schema_left_aside(db, &report->brought_back, error))
    return *state != SCHEMA_ABSENT;
  return !report->brought_back ||
         (db_script(db, sql_backup_come_back, error) && schema_look(db, state, &report->before, error));
}

static bool init_work(struct db *db, void *context, struct error *error) {
  struct schema_report *report = context;
  *report = (struct schema_report){0};
  enum schema_state state;
  if (!db_query(db, sql_schema_lock, NULL, NULL, error) || !schema_look(db, &state, &report->before, error) ||
      !bring_back(db, &state, report, error))
    return false;
  if (state == SCHEMA_NEWER || state == SCHEMA_ALTERED)
    return refuse(state, report->before, error);
  if (!apply_migrations(db, report->before, error) || !schema_protect(db, error) ||
      !load_register(db, &report->register_changed, error) || !count_register(db, report, error))
    return false;
  report->after = schema_version();
  return true;
}

bool schema_init(struct db *db, struct schema_report *report, struct error *error) {
  return db_transaction(db, DB_WRITE, init_work, report, error);
}

bool schema_require(struct db *db, struct error *error) {
  enum schema_state state;
  int version;
  if (!look_quickly(db, &state, &version, error))
    return false;
  switch (state) {
  case SCHEMA_CURRENT:
    return true;
  case SCHEMA_NEWER:
  case SCHEMA_ALTERED:
    return refuse(state, version, error);
  case SCHEMA_ABSENT:
  case SCHEMA_OLDER:
    break;
  }
  if (db_is_embedded(db)) {
    struct schema_report report;
    return schema_init(db, &report, error);
  }
  if (state == SCHEMA_ABSENT)
    error_set(error, ERROR_CONFIG, "this database has no rectrack schema");
  else
    error_set(error, ERROR_CONFIG, "the database has schema version %d, this program needs %d", version,
              schema_version());
  return error_remedy(error,
                      "Run \"rectrack init\" on it first; it adds the schema \"rectrack\" and touches nothing else.");
}
