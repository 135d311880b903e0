/* What `record` and `amend` have in common. */
#include "cmd/record_options.h"

#include "cmd/session.h"

#include <string.h>

bool record_options_read(const struct options *options, struct record_input *input, struct error *error) {
  *input = (struct record_input){
      .channel = options_text(options, "channel"),
      .source = options_text(options, "source"),
      .note = options_text(options, "note"),
      .evidence = options_text(options, "evidence"),
      .language = options_text(options, "language"),
      .kind = options_flag(options, "assessed") ? LEVEL_ASSESSED : (enum level_kind)0,
  };
  if (!options_day(options, "as-of", DAY_NONE, &input->as_of, error) ||
      !options_day(options, "received", DAY_NONE, &input->received_on, error))
    return false;
  if (input->received_on == DAY_NONE || input->received_on <= day_today())
    return true;
  error_set(error, ERROR_USAGE, "nothing can have been received on a day to come: \"%s\"",
            options_text(options, "received"));
  return error_remedy(error, "Give the day on which it came; --as-of is the day that the status speaks of.");
}

void record_options_confirm(const struct command *command, const struct record_input *input,
                            const struct record_logged *logged) {
  const struct taken_back *amended = &logged->amended;
  char id[RECORD_ID_TEXT_SIZE], old[RECORD_ID_TEXT_SIZE], as_of[DAY_TEXT_SIZE], at[MOMENT_TEXT_SIZE];
  const char *what = logged->already_there ? "already there as" : "recorded";
  session_say(command, "%s %s: %s (%s), %s: %s as of %s", what, record_id_format(logged->id, id), logged->state_name,
              logged->state, logged->reference, logged->level_label, day_format(logged->as_of, as_of));
  if (amended->what != NULL)
    session_say(command, "instead of %s: %s, recorded %s by %s", record_id_format(amended->id, old), amended->what,
                moment_format(amended->at, at), amended->by);
  if (logged->superseded != NULL && (amended->what == NULL || strcmp(logged->superseded, old) != 0))
    session_say(command, "it supersedes %s", logged->superseded);
  if (logged->counts_for != NULL && *logged->counts_for != '\0')
    session_note(command, "%s was superseded; the record counts for %s", logged->reference, logged->counts_for);
  else if (logged->counts_for != NULL)
    session_note(command, "a later version of its document dropped %s; no table counts the record", logged->reference);
  if (!logged->is_party)
    session_note(command,
                 "%s is not a Party to the recommendation's instrument on that day; tables leave the record out "
                 "unless --include-non-parties is given",
                 logged->state_name);
  if (logged->adopted != DAY_NONE && logged->as_of < logged->adopted)
    session_note(command,
                 "that day is before the recommendation was adopted, on %s. \"rectrack amend %s --as-of DATE --reason "
                 "TEXT\" corrects it",
                 day_format(logged->adopted, as_of), record_id_format(logged->id, id));
  if (input->received_on != DAY_NONE && logged->as_of > input->received_on)
    session_note(command, "the status speaks of a day after the one on which it was received");
  if (logged->as_of > day_today())
    session_note(command,
                 "that day is still to come; tables leave the record out until then. \"rectrack amend %s "
                 "--as-of DATE --reason TEXT\" corrects it",
                 record_id_format(logged->id, id));
}
