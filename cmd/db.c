/* db: the database: which one, start, stop, connect, back up. */
#include "cmd/db.h"
#include "cmd/session.h"
#include "cmd/verbs.h"
#include "core/administration/schema.h"
#include "core/base/memory.h"
#include "core/base/nearest.h"
#include "core/base/text.h"
#include "core/database/db_connect.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool run(const struct command *command, struct error *error);

static const struct option_spec options[] = {
    {"replace", 0, NULL, "restore: into a database that has records, in whose place the backup comes"},
    {"finish", 0, NULL, "restore: do what a restore that was cut short had still to do; without FILE"},
    {"to", 0, "CONNINFO", "move: the database, a URI or a keyword string, into which the embedded one is copied"},
    {NULL, 0, NULL, NULL},
};

const struct verb verb_db = {
    .name = "db",
    .usage =
        "status\nstart\nstop\nurl\npsql\nbackup FILE\nrestore FILE [--replace]\nrestore --finish\nmove --to CONNINFO",
    .summary = "the database: which one, start, stop, connect, back up",
    .about =
        "Without --db, RECTRACK_DB or PostgreSQL's own variables rectrack keeps a private PostgreSQL under the user's "
        "data folder (RECTRACK_DATA "
        "names another), reached by its socket only, started on demand and stopped when it was idle for ten minutes "
        "(RECTRACK_IDLE_SECONDS). status tells which database is meant and whether it runs; url prints what other "
        "programs connect with; "
        "psql opens it there, with the arguments that stand behind \"--\".\n"
        "backup writes the schema \"rectrack\" into FILE (pg_dump's custom format), which appears whole or not at all, "
        "after it was read from end to end. restore brings it into an empty database, or with --replace in place of "
        "what is there, and recomputes the ledger before it counts. Where a restore with --replace was killed, "
        "\"doctor\" "
        "says so: before the backup was in, \"init\" brings the records from before it back; afterwards restore "
        "--finish "
        "recomputes the ledger and removes them. move copies the embedded database to a server, "
        "which must have the same ledger then. The roles that users have (\"rectrack help access\") belong to a server "
        "and "
        "are not part of a copy.",
    .objects = "status start stop url psql backup restore move",
    .least = 1,
    .most = 2,
    .options = options,
    .takes = TAKES_DB | TAKES_OUTPUT,
    .passes_on = true,
    .examples =
        "rectrack db status\nrectrack db psql -- -c 'SELECT count(*) FROM rectrack.status_record'\nrectrack db stop\n"
        "rectrack db backup rectrack-2026-11-24.dump\nrectrack db restore rectrack-2026-11-24.dump\n"
        "rectrack db move --to postgresql://office.example/rectrack\n",
    .run = run,
};

static const char *state_words(enum cluster_state state) {
  switch (state) {
  case CLUSTER_ABSENT:
    return "not made yet";
  case CLUSTER_STOPPED:
    return "stopped";
  case CLUSTER_RUNNING:
    break;
  }
  return "running";
}

static bool is_embedded(const struct target *target, struct error *error) {
  if (target->source == TARGET_EMBEDDED)
    return true;
  AUTO_TEXT struct text where = {0};
  target_describe(target, &where);
  error_set(error, ERROR_USAGE, "this is not the embedded database but %s", text_string(&where));
  return error_remedy(error, "Start and stop it with its own means.");
}

/* Status looks and touches nothing: a server that doesn't run is not started. */
static bool status(const struct command *command, struct target *target, struct error *error) {
  AUTO_TEXT struct text out = {0};
  AUTO_DB struct db *db = NULL;
  pid_t pid = 0;
  enum schema_state schema;
  int version;
  target_describe(target, &out);
  text_add_char(&out, '\n');
  bool embedded = target->source == TARGET_EMBEDDED;
  enum cluster_state state = embedded ? cluster_state(target->cluster, &pid) : CLUSTER_RUNNING;
  if (embedded)
    text_add_format(&out, "server: %s", state_words(state));
  if (pid != 0)
    text_add_format(&out, " (process %ld)", (long)pid);
  text_add(&out, embedded ? "\n" : "");
  if (state == CLUSTER_RUNNING) {
    if (!target_connect(target, &db, NULL, error) || !schema_look(db, &schema, &version, error))
      return false;
    int server = PQserverVersion(db_connection(db));
    text_add_format(&out, "PostgreSQL: %d.%d\n", server / 10000, server % 10000);
    if (version == 0)
      text_add(&out, "schema: none yet\n");
    else
      text_add_format(&out, "schema: version %d%s\n", version, schema == SCHEMA_CURRENT ? "" : ", not this program's");
  }
  return session_write(command, text_string(&out), out.length, error);
}

static bool start(const struct command *command, struct target *target, struct error *error) {
  AUTO_DB struct db *db = NULL;
  AUTO_TEXT struct text where = {0};
  if (!is_embedded(target, error) || !target_connect(target, &db, NULL, error) || !schema_require(db, error))
    return false;
  target_describe(target, &where);
  session_say(command, "running: %s", text_string(&where));
  return true;
}

static bool stop(const struct command *command, struct target *target, struct error *error) {
  AUTO_TEXT struct text where = {0};
  if (!is_embedded(target, error) || !cluster_stop(target->cluster, error))
    return false;
  target_describe(target, &where);
  session_say(command, "stopped: %s", text_string(&where));
  return true;
}

static bool print_url(const struct command *command, struct target *target, struct error *error) {
  AUTO_TEXT struct text out = {0};
  if (!is_embedded(target, error))
    return false;
  cluster_url(target->cluster, &out);
  text_add_char(&out, '\n');
  return session_write(command, text_string(&out), out.length, error);
}

/* Becomes psql. */
static bool open_psql(const struct command *command, struct target *target, struct error *error) {
  AUTO_DB struct db *db = NULL;
  AUTO_TEXT struct text address = {0};
  if (!target_connect(target, &db, NULL, error))
    return false;
  if (target->source == TARGET_EMBEDDED && !schema_require(db, error))
    return false;
  db_close(&db);
  AUTO_FREE char *password = NULL;
  if (target->source == TARGET_EMBEDDED)
    cluster_url(target->cluster, &address);
  else
    db_conninfo_split(target->conninfo, &address, &password);
  if (password != NULL && setenv("PGPASSWORD", password, 1) != 0)
    return error_errno(error, ERROR_FAILED, "cannot hand the password to psql");
  const char *arguments[64] = {"psql", "-d", text_string(&address)};
  size_t count = address.length > 0 ? 3 : 1;
  if (options_flag(&command->options, "no-input"))
    arguments[count++] = "--no-password";
  for (char **rest = command->options.rest; rest != NULL && *rest != NULL; rest++) {
    if (count == sizeof arguments / sizeof *arguments - 1)
      return error_set(error, ERROR_USAGE, "more arguments for psql than can be passed on");
    arguments[count++] = *rest;
  }
  execvp("psql", (char *const *)(uintptr_t)arguments);
  error_errno(error, ERROR_CONFIG, "cannot run psql");
  return error_remedy(error, "Install it with: apt-get install postgresql-client-15");
}

static const struct {
  const char *name;
  size_t operands; /* itself among them */
  bool (*run)(const struct command *command, struct target *target, struct error *error);
} actions[] = {
    {"status", 1, status},  {"start", 1, start},      {"stop", 1, stop},          {"url", 1, print_url},
    {"psql", 1, open_psql}, {"backup", 2, db_backup}, {"restore", 2, db_restore}, {"move", 1, db_move},
};

static bool check_operands(const struct command *command, size_t operands, struct error *error) {
  if (command->options.operand_count == operands)
    return true;
  if (command->options.operand_count < operands)
    error_set(error, ERROR_USAGE, "\"db %s\" needs a file", command->options.operands[0]);
  else
    error_set(error, ERROR_USAGE, "\"db %s\" doesn't take \"%s\"", command->options.operands[0],
              command->options.operands[operands]);
  return error_remedy(error, "See \"rectrack help db\".");
}

static bool run(const struct command *command, struct error *error) {
  AUTO_TARGET struct target *target = NULL;
  AUTO_NEAREST struct nearest nearest;
  const char *wanted = command->options.operands[0];
  nearest_begin(&nearest, wanted);
  if (!target_choose(&target, options_text(&command->options, "db"), error))
    return false;
  for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
    if (strcmp(actions[i].name, wanted) == 0)
      return check_operands(command, options_flag(&command->options, "finish") ? 1 : actions[i].operands, error) &&
             actions[i].run(command, target, error);
    nearest_offer(&nearest, actions[i].name);
  }
  error_set(error, ERROR_USAGE, "\"db\" can't \"%s\"", wanted);
  return nearest_remedy(&nearest, error, "It can: %s.", nearest_offered(&nearest));
}
