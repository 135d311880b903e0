/* questionnaire: a form for one State to fill in. */
#include "core/questionnaire.h"

#include "cmd/resolve.h"
#include "cmd/session.h"
#include "cmd/verbs.h"
#include "core/output.h"
#include "reports/questionnaire_workbook.h"

static bool run(const struct command *command, struct error *error);

static const struct option_spec options[] = {
    {"state", 0, "STATE", "the State that is asked, by any name or code"},
    {"document", 0, "SYMBOL", "only the recommendations of this document; else all that are addressed to the State"},
    {"as-of", 0, "DATE", "the day on which it is asked: who is a Party, what was reported last (today)"},
    {NULL, 0, NULL, NULL},
};

const struct verb verb_questionnaire = {
    .name = "questionnaire",
    .usage = "--state STATE -o FILE.xlsx",
    .summary = "write a form for a State to fill in, as an Excel workbook",
    .about = "Writes a workbook with a row for each recommendation that is addressed to the State and to whose "
             "instrument it is a Party: its text, the status that the State reported last, a list of levels to choose "
             "from, and cells for the date, a note and evidence; all else is locked. --lang gives it one of the six "
             "languages. What comes back is read by \"rectrack import questionnaire FILE.xlsx\".",
    .least = 0,
    .most = 0,
    .options = options,
    .examples = "rectrack questionnaire --state Italy -o ITA.xlsx\n"
                "rectrack questionnaire --state 'Côte d’Ivoire' --document CTOC/COP/WG.7/2018/L.1/Add.1 --lang fr -o "
                "CIV.xlsx\n"
                "rectrack import questionnaire ITA.xlsx --received 2026-11-24\n",
    .role = "reader",
    .run = run,
};

static bool needs_state(const struct command *command, struct error *error) {
  if (options_text(&command->options, "state") != NULL)
    return true;
  error_set(error, ERROR_USAGE, "which State is asked?");
  return error_remedy(error, "Name it: rectrack questionnaire --state Italy -o ITA.xlsx.");
}

/* Opened before the work, so that a wrong place is told at once. */
static bool open_output(const struct command *command, struct output **output, struct error *error) {
  if (!output_open(output, options_text(&command->options, "output"), error))
    return false;
  if (!output_is_terminal(*output))
    return true;
  error_set(error, ERROR_USAGE, "a workbook is not for a terminal");
  return error_remedy(error, "Name a file: --output FILE.xlsx.");
}

static bool make(const struct command *command, struct db *db, struct questionnaire **questionnaire,
                 struct error *error) {
  AUTO_NAMES struct names names = {0};
  AUTO_TEXT struct text state = {0};
  AUTO_TEXT struct text document = {0};
  const char *written = options_text(&command->options, "document");
  const char *language = options_text(&command->options, "lang");
  struct questionnaire_request request = {0};
  if (!names_load(db, &names, error) ||
      !resolve_state(&names, options_text(&command->options, "state"), &state, error) ||
      (written != NULL && !resolve_document(&names, written, &document, error)) ||
      !verify_head(db, &request.head, error) ||
      !options_day(&command->options, "as-of", day_today(), &request.as_of, error) ||
      (language != NULL && !language_parse(language, &request.language, error)))
    return false;
  request.state = state.data;
  request.document = written != NULL ? document.data : NULL;
  return questionnaire_make(db, &request, questionnaire, error);
}

static bool run(const struct command *command, struct error *error) {
  AUTO_DB struct db *db = NULL;
  AUTO_OUTPUT struct output *output = NULL;
  AUTO_QUESTIONNAIRE struct questionnaire *questionnaire = NULL;
  if (!needs_state(command, error) || !open_output(command, &output, error) || !session_open(command, &db, error) ||
      !db_begin(db, DB_READ_SNAPSHOT, error) || !make(command, db, &questionnaire, error) || !db_commit(db, error))
    return false;
  struct render_sink out = {.output = output};
  bool written = questionnaire_workbook_write(questionnaire, &out, error) &&
                 output_write(output, text_string(&out.text), out.text.length, error) && output_close(&output, error);
  text_free(&out.text);
  if (written)
    session_say(command, "%s is asked about %zu recommendation%s", questionnaire->state->name, questionnaire->count,
                questionnaire->count == 1 ? "" : "s");
  return written;
}
