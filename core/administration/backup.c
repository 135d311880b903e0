/* Backups: pg_dump and pg_restore, and what must hold before and after. */
#include "core/administration/backup.h"

#include "core/base/input.h"
#include "core/base/memory.h"
#include "core/base/output.h"
#include "core/base/process.h"
#include "core/database/db_connect.h"
#include "sql_catalogue.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- the programs -------------------------------------------------------- */

/* A program of PostgreSQL's and how it reaches the database. */
struct tool {
  char *path;
  struct text conninfo; /* without a password */
  struct text password; /* "PGPASSWORD=…", or nothing */
  const char *variables[2];
};

static void tool_release(struct tool *tool) {
  free(tool->path);
  text_free(&tool->conninfo);
  text_free(&tool->password);
}
#define AUTO_TOOL __attribute__((cleanup(tool_release)))

static bool find_tool(const struct target *target, struct db *db, const char *name, struct tool *tool,
                      struct error *error) {
  AUTO_FREE char *password = NULL;
  int version = PQserverVersion(db_connection(db)) / 10000;
  tool->path = cluster_find_tool(name, version);
  if (tool->path == NULL) {
    error_set(error, ERROR_CONFIG, "there is no %s of PostgreSQL %d or later", name, version);
    return error_remedy(error, "Install it with: apt-get install postgresql-client-%d", version);
  }
  if (target->source == TARGET_EMBEDDED)
    cluster_conninfo(target->cluster, &tool->conninfo);
  else
    db_conninfo_split(target->conninfo, &tool->conninfo, &password);
  if (password != NULL)
    text_add_format(&tool->password, "PGPASSWORD=%s", password);
  tool->variables[0] = password != NULL ? tool->password.data : NULL;
  tool->variables[1] = NULL;
  return true;
}

/* Starts pg_dump of the schema as a snapshot of ours sees it. */
static bool start_dump(const struct tool *tool, const char *snapshot, struct process **process, struct error *error) {
  const char *const arguments[] = {tool->path,   "--format=custom", "--schema=rectrack", "--no-password",
                                   "--snapshot", snapshot,          "--dbname",          text_string(&tool->conninfo),
                                   NULL};
  struct process_options options = {
      .arguments = arguments, .variables = tool->variables, .take_output = true, .take_talk = true};
  return process_start(&options, process, error);
}

/* The transaction whose snapshot pg_dump shares, and the ledger's head in it. */
static bool share_snapshot(struct db *db, PGresult **snapshot, struct ledger_head *head, struct error *error) {
  return db_query(db, sql_backup_snapshot, NULL, snapshot, error) && verify_head(db, head, error);
}

/* ---- backup -------------------------------------------------------------- */

static bool copy_to_file(struct process *process, struct output *output, uint64_t *bytes, struct error *error) {
  AUTO_FREE char *buffer = memory_new(1 << 16, 1);
  size_t length = 1;
  while (length > 0) {
    if (!process_read(process, buffer, 1 << 16, &length, error) || !output_write(output, buffer, length, error))
      return false;
    *bytes += length;
  }
  return true;
}

/* Counts the tables with data that pg_restore lists. */
static bool count_listed(const char *program, const char *path, int64_t *tables, struct error *error) {
  static const char MARK[] = " TABLE DATA rectrack ";
  const char *const arguments[] = {program, "--list", path, NULL};
  struct process_options options = {.arguments = arguments, .take_output = true, .take_talk = true};
  AUTO_PROCESS struct process *process = NULL;
  AUTO_TEXT struct text list = {0};
  char buffer[4096];
  size_t length = 1;
  if (!process_start(&options, &process, error))
    return false;
  while (length > 0) {
    if (!process_read(process, buffer, sizeof buffer, &length, error))
      return false;
    text_add_n(&list, buffer, length);
  }
  *tables = 0;
  for (const char *at = text_string(&list); (at = strstr(at, MARK)) != NULL; at += sizeof MARK - 1)
    (*tables)++;
  return process_end(&process, error);
}

/* Reads the whole file as for restoring it, and drops what comes of it. */
static bool read_whole(const char *program, const char *path, struct error *error) {
  const char *const arguments[] = {program, "--file=/dev/null", path, NULL};
  struct process_options options = {.arguments = arguments, .take_talk = true};
  return process_run(&options, error);
}

static bool check_file(struct db *db, const struct tool *restore, const char *path, struct error *error) {
  AUTO_RESULT PGresult *expected = NULL;
  int64_t listed = 0;
  if (!db_query(db, sql_backup_tables, NULL, &expected, error) || !count_listed(restore->path, path, &listed, error) ||
      !read_whole(restore->path, path, error))
    return false;
  if (listed == db_int(expected, 0, 0))
    return true;
  error_set(error, ERROR_FAILED, "the backup has %" PRId64 " of %" PRId64 " tables", listed, db_int(expected, 0, 0));
  return error_remedy(error, "No file was left. Run the same command again; report it when it stays so.");
}

static bool write_backup(struct target *target, struct db *db, const char *path, struct backup_report *report,
                         struct error *error) {
  AUTO_TOOL struct tool dump = {0};
  AUTO_TOOL struct tool restore = {0};
  AUTO_RESULT PGresult *snapshot = NULL;
  AUTO_PROCESS struct process *process = NULL;
  AUTO_OUTPUT struct output *output = NULL;
  const char *written;
  return find_tool(target, db, "pg_dump", &dump, error) && find_tool(target, db, "pg_restore", &restore, error) &&
         output_open(&output, path, error) && share_snapshot(db, &snapshot, &report->head, error) &&
         start_dump(&dump, db_text(snapshot, 0, 0), &process, error) &&
         copy_to_file(process, output, &report->bytes, error) && process_end(&process, error) &&
         output_settle(output, &written, error) && check_file(db, &restore, written, error) &&
         output_close(&output, error);
}

bool backup_write(struct target *target, const char *path, struct backup_report *report, struct error *error) {
  AUTO_DB struct db *db = NULL;
  struct stat status;
  *report = (struct backup_report){0};
  if (strcmp(path, "-") == 0 || (stat(path, &status) == 0 && !S_ISREG(status.st_mode))) {
    error_set(error, ERROR_USAGE, "a backup is a file, so that it can be checked");
    return error_remedy(error, "Name a file.");
  }
  if (!target_connect(target, &db, NULL, error) || !schema_require(db, error) || !db_begin(db, DB_READ_SNAPSHOT, error))
    return false;
  bool good = write_backup(target, db, path, report, error);
  db_rollback(db);
  return good;
}

/* ---- arriving ------------------------------------------------------------ */

/* pg_restore makes all or nothing, and stops at the first error. Rights are given by our own rule afterwards. */
static bool start_restore(const struct tool *tool, const char *path, struct process **process, struct error *error) {
  const char *const arguments[] = {
      tool->path,      "--exit-on-error", "--single-transaction",       "--no-owner", "--no-privileges",
      "--no-password", "--dbname",        text_string(&tool->conninfo), path,         NULL};
  struct process_options options = {
      .arguments = arguments, .variables = tool->variables, .take_talk = true, .give_input = path == NULL};
  return process_start(&options, process, error);
}

static void first_finding(void *context, const struct error *finding) {
  struct error *first = context;
  if (first->code == ERROR_NONE)
    *first = *finding;
}

/* What must hold of a copy. */
static bool check_copy(struct db *db, struct backup_report *report, struct error *error) {
  struct verify_report found;
  struct error first = {.code = ERROR_NONE};
  int version;
  if (!schema_look(db, &report->schema, &version, error))
    return false;
  if (report->schema != SCHEMA_CURRENT && report->schema != SCHEMA_OLDER) {
    error_set(error, ERROR_CONFIG, "the backup was made by another program, with schema version %d", version);
    return error_remedy(error, "Install the rectrack that made it, or a newer one; nothing was changed.");
  }
  if (report->schema == SCHEMA_CURRENT && !schema_protect(db, error))
    return false;
  if (!verify_all(db, NULL, first_finding, &first, &found, error))
    return false;
  report->head = found.head;
  report->batches = found.batches;
  if (found.findings == 0)
    return true;
  error_set(error, ERROR_FOUND, "the copy's ledger isn't right: %s", first.message);
  return error_remedy(error, "Nothing was changed. Use another backup.");
}

static bool refuse_schema(const struct target *target, const char *remedy, struct error *error) {
  AUTO_TEXT struct text where = {0};
  target_describe(target, &where);
  error_set(error, ERROR_USAGE, "there are records already in the %s", text_string(&where));
  return error_remedy(error, "%s", remedy);
}

/* ---- restore ------------------------------------------------------------- */

static bool check_backup(const char *program, const char *path, struct error *error) {
  int64_t tables = 0;
  struct error why;
  if (access(path, R_OK) != 0)
    return input_failed("open", path, error);
  bool listed = count_listed(program, path, &tables, &why);
  if (!listed && why.code != ERROR_FAILED) { /* not for the file's sake: interrupted, say */
    *error = why;
    return false;
  }
  if (!listed)
    error_set(error, ERROR_DATA, "\"%s\" is not a backup: %s", path, why.message);
  else if (tables == 0)
    error_set(error, ERROR_DATA, "\"%s\" has no records of rectrack in it", path);
  else
    return true;
  return error_remedy(error, "Name a file that \"rectrack db backup\" wrote.");
}

static bool bring_in(const struct tool *tool, const char *path, struct error *error) {
  AUTO_PROCESS struct process *process = NULL;
  return start_restore(tool, path, &process, error) && process_end(&process, error);
}

static const char FINISH_FIRST[] =
    "The records from before are kept aside, and those of the backup are in their place: "
    "check and finish that with \"rectrack db restore --finish\".";

/* The old schema steps aside, so that it can come back, also after an interrupt. */
static bool restore_beside(struct db *db, const struct tool *tool, const char *path, bool aside,
                           struct backup_report *report, struct error *error) {
  struct error ignored;
  if (aside && !db_script(db, sql_backup_step_aside, error))
    return false;
  if (bring_in(tool, path, error) && check_copy(db, report, error))
    return !aside || db_script(db, sql_backup_drop_aside, error) || error_remedy(error, "%s", FINISH_FIRST);
  db_tidy(db, sql_backup_drop, &ignored);
  if (aside && !db_tidy(db, sql_backup_come_back, &ignored))
    error_remedy(error, "The records from before are kept aside: \"rectrack init\" brings them back.");
  return false;
}

/* Connects, keeps `init` and other restores away, and looks at what is there and what an earlier restore has left: a
 * schema that is aside while nothing stands in its place comes back. */
static bool begin_restore(struct target *target, struct db **db, enum schema_state *state, bool *aside, bool *brought,
                          struct error *error) {
  *brought = false;
  target->server = DB_PRIMARY;
  if (!target_connect(target, db, NULL, error) || !db_query(*db, sql_backup_lock, NULL, NULL, error) ||
      !schema_look(*db, state, NULL, error) || !schema_left_aside(*db, aside, error))
    return false;
  if (*state != SCHEMA_ABSENT || !*aside)
    return true;
  *aside = false;
  *brought = true;
  return db_script(*db, sql_backup_come_back, error) && schema_look(*db, state, NULL, error);
}

bool backup_restore(struct target *target, const char *path, bool replace, struct backup_report *report,
                    struct error *error) {
  AUTO_DB struct db *db = NULL;
  AUTO_TOOL struct tool tool = {0};
  enum schema_state state;
  bool aside, brought;
  *report = (struct backup_report){0};
  if (!begin_restore(target, &db, &state, &aside, &brought, error) ||
      !find_tool(target, db, "pg_restore", &tool, error) || !check_backup(tool.path, path, error))
    return false;
  if (aside) {
    error_set(error, ERROR_CONFIG, "an earlier restore was cut short");
    return error_remedy(error, "%s", FINISH_FIRST);
  }
  if (state != SCHEMA_ABSENT && !replace)
    return refuse_schema(target, "Restore into an empty database, or replace them with --replace.", error);
  return restore_beside(db, &tool, path, state != SCHEMA_ABSENT, report, error);
}

bool backup_restore_finish(struct target *target, enum restore_left *left, struct backup_report *report,
                           struct error *error) {
  AUTO_DB struct db *db = NULL;
  enum schema_state state;
  bool aside, brought;
  *report = (struct backup_report){0};
  if (!begin_restore(target, &db, &state, &aside, &brought, error))
    return false;
  *left = brought ? RESTORE_BROUGHT_BACK : aside ? RESTORE_FINISHED : RESTORE_LEFT_NOTHING;
  if (!aside)
    return true;
  if (check_copy(db, report, error))
    return db_script(db, sql_backup_drop_aside, error);
  return error_remedy(error, "Nothing was changed: the records from before are in the schema "
                             "\"rectrack_before_restore\"; whoever keeps the database decides which are right.");
}

/* ---- move ---------------------------------------------------------------- */

/* From pg_dump's output to pg_restore's input. When the one fails the other is ended, and its transaction with it. */
static bool pass_on(struct process *from, struct process *to, struct error *error) {
  AUTO_FREE char *buffer = memory_new(1 << 16, 1);
  size_t length = 1;
  while (length > 0)
    if (!process_read(from, buffer, 1 << 16, &length, error) || !process_write(to, buffer, length, error))
      return false;
  return true;
}

static bool copy_across(const struct tool *dump, const char *snapshot, const struct tool *restore,
                        struct error *error) {
  AUTO_PROCESS struct process *from = NULL;
  AUTO_PROCESS struct process *to = NULL;
  return start_dump(dump, snapshot, &from, error) && start_restore(restore, NULL, &to, error) &&
         pass_on(from, to, error) && process_end(&from, error) && process_end(&to, error);
}

static bool same_head(const struct ledger_head *one, const struct ledger_head *other, struct error *error) {
  if (one->position == other->position && strcmp(one->batch_sha256, other->batch_sha256) == 0)
    return true;
  error_set(error, ERROR_FAILED, "the copy's ledger ends elsewhere than the original's");
  return error_remedy(error, "Nothing was changed. Run the same command again.");
}

static bool arrive(struct target *to, struct db *source, struct target *from, struct backup_report *report,
                   struct error *error) {
  AUTO_DB struct db *db = NULL;
  AUTO_TOOL struct tool dump = {0};
  AUTO_TOOL struct tool restore = {0};
  AUTO_RESULT PGresult *snapshot = NULL;
  struct ledger_head head;
  struct error ignored;
  enum schema_state state;
  if (!target_connect(to, &db, NULL, error) || !find_tool(from, source, "pg_dump", &dump, error) ||
      !find_tool(to, db, "pg_restore", &restore, error) || !db_query(db, sql_backup_lock, NULL, NULL, error) ||
      !schema_look(db, &state, NULL, error) || !share_snapshot(source, &snapshot, &head, error))
    return false;
  if (state != SCHEMA_ABSENT)
    return refuse_schema(to, "Move into an empty database.", error);
  if (!copy_across(&dump, db_text(snapshot, 0, 0), &restore, error))
    return false;
  if (check_copy(db, report, error) && same_head(&head, &report->head, error))
    return true;
  db_script(db, sql_backup_drop, &ignored);
  return false;
}

bool backup_move(struct target *from, struct target *to, struct backup_report *report, struct error *error) {
  AUTO_DB struct db *source = NULL;
  *report = (struct backup_report){0};
  to->server = DB_PRIMARY;
  /* The lock comes before the snapshot, so that nobody writes behind it. */
  if (!target_connect(from, &source, NULL, error) || !schema_require(source, error) ||
      !db_query(source, sql_backup_hold, NULL, NULL, error) || !db_begin(source, DB_READ_SNAPSHOT, error))
    return false;
  bool good = arrive(to, source, from, report, error);
  db_rollback(source);
  return good;
}
