/* amend, withdraw, undo: correct by adding, never by changing. */
#include "cmd/record_options.h"
#include "cmd/resolve.h"
#include "cmd/session.h"
#include "core/record/record.h"

#include <inttypes.h>

static bool run_amend(const struct command *command, struct error *error);
static bool run_withdraw(const struct command *command, struct error *error);
static bool run_undo(const struct command *command, struct error *error);

static const struct option_spec amend_options[] = {
    {"reason", 0, "TEXT", "why; required"},
    {"level", 0, "LEVEL", "another level"},
    {"state", 0, "STATE", "another State"},
    {"reference", 0, "REFERENCE", "another recommendation"},
    RECORD_OPTIONS,
    {NULL, 0, NULL, NULL},
};

static const struct option_spec reason_options[] = {
    {"reason", 0, "TEXT", "why; required"},
    {NULL, 0, NULL, NULL},
};

const struct verb verb_amend = {
    .name = "amend",
    .usage = "ID --reason TEXT",
    .summary = "correct a record by one that supersedes it",
    .about = "Stores a new record that says what ID says, but for the options given. Where State, recommendation, kind "
             "or day change, the old "
             "record is withdrawn as well. What was published before stays reproducible with --known-at.",
    .least = 1,
    .most = 1,
    .options = amend_options,
    .takes = TAKES_DB,
    .examples = "rectrack amend 12.345 --level planned --reason 'misread the note verbale'\n",
    .role = "recorder, or focal-point of the State",
    .run = run_amend,
};

const struct verb verb_withdraw = {
    .name = "withdraw",
    .usage = "ID --reason TEXT",
    .summary = "take a record back",
    .about = "From now on the record doesn't count; the State's record before it does again.",
    .least = 1,
    .most = 1,
    .options = reason_options,
    .takes = TAKES_DB,
    .examples = "rectrack withdraw 12.345 --reason 'entered for the wrong State'\n",
    .role = "recorder, or focal-point of the State",
    .run = run_withdraw,
};

const struct verb verb_undo = {
    .name = "undo",
    .usage = "[BATCH] --reason TEXT",
    .summary = "take a whole batch back",
    .about = "From now on nothing that the batch brought counts. Without BATCH the newest one that can be undone. "
             "What the batch was is told: its kind and file, how much it held, who recorded it and when.",
    .most = 1,
    .options = reason_options,
    .takes = TAKES_DB,
    .examples = "rectrack undo 14 --reason 'wrong file'\n",
    .role = "recorder, or focal-point for batches of his or her own",
    .run = run_undo,
};

static bool run_amend(const struct command *command, struct error *error) {
  AUTO_DB struct db *db = NULL;
  AUTO_RECORD_LOGGED struct record_logged logged = {0};
  struct record_input changes;
  struct record_id id;
  if (!record_options_read(&command->options, &changes, error) ||
      !record_id_parse(command->options.operands[0], &id, error))
    return false;
  changes.state = options_text(&command->options, "state");
  changes.reference = options_text(&command->options, "reference");
  changes.level = options_text(&command->options, "level");
  if (!session_open(command, &db, error) ||
      !record_amend(db, id, &changes, options_text(&command->options, "reason"), &logged, error))
    return false;
  record_options_confirm(command, &changes, &logged);
  return true;
}

static bool run_withdraw(const struct command *command, struct error *error) {
  AUTO_DB struct db *db = NULL;
  AUTO_TAKEN_BACK struct taken_back taken = {0};
  char at[MOMENT_TEXT_SIZE];
  struct record_id id;
  if (!record_id_parse(command->options.operands[0], &id, error) || !session_open(command, &db, error) ||
      !record_withdraw(db, id, options_text(&command->options, "reason"), &taken, error))
    return false;
  session_say(command, "withdrawn: %s: %s, recorded %s by %s", command->options.operands[0], taken.what,
              moment_format(taken.at, at), taken.by);
  return true;
}

static bool run_undo(const struct command *command, struct error *error) {
  AUTO_DB struct db *db = NULL;
  AUTO_TAKEN_BACK struct taken_back taken = {0};
  char at[MOMENT_TEXT_SIZE];
  int32_t batch = 0;
  if ((command->options.operand_count > 0 && !resolve_batch(command->options.operands[0], &batch, error)) ||
      !session_open(command, &db, error) ||
      !record_undo(db, batch, options_text(&command->options, "reason"), &taken, error))
    return false;
  session_say(command, "batch %" PRId32 " doesn't count any more: %s, %s; %" PRId64 " row%s, recorded %s by %s",
              taken.id.batch_id, taken.kind, taken.what, taken.rows, taken.rows == 1 ? "" : "s",
              moment_format(taken.at, at), taken.by);
  return true;
}
