/* init: create or upgrade the schema and load the shipped register. */
#include "cmd/session.h"
#include "cmd/verbs.h"
#include "core/schema.h"
#include "core/text.h"

static bool run(const struct command *command, struct error *error);

static const struct option_spec options[] = {{NULL, 0, NULL, NULL}};

const struct verb verb_init = {
    .name = "init",
    .usage = "",
    .summary = "create or upgrade the database's schema and load the register",
    .about = "Creates the schema \"rectrack\" or brings it up to date, and loads the shipped register of States, "
             "instruments, Parties and "
             "scales, in one transaction. Safe to repeat. The embedded database does this by itself at first use.",
    .options = options,
    .examples = "rectrack init\nrectrack init --db postgresql://registry@db.example.org/conference\n",
    .run = run,
};

static bool run(const struct command *command, struct error *error) {
  AUTO_TARGET struct target *target = NULL;
  AUTO_DB struct db *db = NULL;
  AUTO_TEXT struct text where = {0};
  struct schema_report report;
  if (!target_choose(&target, options_text(&command->options, "db"), error) ||
      !target_connect(target, &db, NULL, error) || !schema_init(db, &report, error))
    return false;
  target_describe(target, &where);
  if (report.before == report.after && !report.register_changed)
    session_say(command, "nothing to do: %s has schema version %d and the shipped register", text_string(&where),
                report.after);
  else
    session_say(command, "%s: schema version %d; %ld States, %ld instruments, %ld Parties, %ld levels",
                text_string(&where), report.after, report.states, report.instruments, report.parties, report.levels);
  return true;
}
