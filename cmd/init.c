/* init: create or upgrade the schema and load the shipped register. */
#include "cmd/session.h"
#include "cmd/verbs.h"
#include "core/administration/access.h"
#include "core/administration/schema.h"
#include "core/base/text.h"

static bool run(const struct command *command, struct error *error);

static const struct option_spec options[] = {{NULL, 0, NULL, NULL}};

const struct verb verb_init = {
    .name = "init",
    .usage = "",
    .summary = "create or upgrade the database's schema and load the register",
    .about = "Creates the schema \"rectrack\" or brings it up to date, and loads the shipped register of States, "
             "instruments, Parties and "
             "scales, in one transaction. Safe to repeat. Makes the roles of \"access\" too, or prints the statements "
             "for whoever may. The embedded database does this by itself at first use.",
    .options = options,
    .takes = TAKES_DB | TAKES_OUTPUT,
    .examples = "rectrack init\nrectrack init --db postgresql://registry@db.example.org/conference\n",
    .role = "owner of the database",
    .run = run,
};

/* Roles belong to the server: where this user may not make them, whoever may is told how. */
static bool tell_missing_roles(const struct command *command, struct db *db, struct error *error) {
  AUTO_TEXT struct text statements = {0};
  if (!access_missing(db, &statements, error))
    return false;
  if (statements.length == 0)
    return true;
  session_say(command,
              "this user may not make the roles of \"rectrack help access\". Whoever administers the server runs "
              "what follows in psql; then run \"rectrack init\" again:");
  return session_write(command, text_string(&statements), statements.length, error);
}

static bool run(const struct command *command, struct error *error) {
  AUTO_TARGET struct target *target = NULL;
  AUTO_DB struct db *db = NULL;
  AUTO_TEXT struct text where = {0};
  struct schema_report report;
  if (!target_choose(&target, options_text(&command->options, "db"), error))
    return false;
  target->server = DB_PRIMARY;
  if (!target_connect(target, &db, NULL, error) || !schema_init(db, &report, error))
    return false;
  target_describe(target, &where);
  if (report.brought_back)
    session_say(command, "brought back the records that a \"db restore\", which was cut short, had set aside");
  if (report.before == report.after && !report.register_changed)
    session_say(command, "nothing to do: %s has schema version %d and the shipped register", text_string(&where),
                report.after);
  else
    session_say(command, "%s: schema version %d; %ld States, %ld instruments, %ld Parties, %ld levels",
                text_string(&where), report.after, report.states, report.instruments, report.parties, report.levels);
  return tell_missing_roles(command, db, error) ||
         error_remedy(error, "The schema is in place; run the same command again to see whether roles are missing.");
}
