/* questionnaire: a form for one State to fill in, or one for each. */
#include "core/questionnaire/questionnaire.h"

#include "cmd/resolve.h"
#include "cmd/session.h"
#include "cmd/verbs.h"
#include "core/base/folder.h"
#include "core/base/interrupt.h"
#include "core/base/memory.h"
#include "core/base/output.h"
#include "reports/render/questionnaire_workbook.h"

#include <stdio.h>
#include <string.h>

static bool run(const struct command *command, struct error *error);

static const struct option_spec options[] = {
    {"state", 0, "STATE", "the State that is asked, by any name or code"},
    {"all", 0, NULL, "a form for each State that is asked anything, under its alpha-3 code, in the folder of --output"},
    {"document", 0, "SYMBOL", "only the recommendations of this document; else all that are addressed to the State"},
    {"as-of", 0, "DATE", "the day on which it is asked: who is a Party, what was reported last (today)"},
    {NULL, 0, NULL, NULL},
};

const struct verb verb_questionnaire = {
    .name = "questionnaire",
    .usage = "--state STATE -o FILE.xlsx\n--all -o FOLDER",
    .summary = "write a form for a State to fill in, as an Excel workbook",
    .about = "Writes a workbook with a row for each recommendation that is addressed to the State and to whose "
             "instrument it is a Party: its text, the status that the State reported last, a list of levels to choose "
             "from, and cells for the date, a note and evidence; all else is locked. --lang gives it one of the six "
             "languages. What comes back is read by \"rectrack import questionnaire FILE.xlsx\".",
    .least = 0,
    .most = 0,
    .options = options,
    .takes = TAKES_DB | TAKES_OUTPUT | TAKES_LANGUAGE,
    .examples = "rectrack questionnaire --state Italy -o ITA.xlsx\n"
                "rectrack questionnaire --state 'Côte d’Ivoire' --document CTOC/COP/WG.7/2018/L.1/Add.1 --lang fr -o "
                "CIV.xlsx\n"
                "rectrack questionnaire --all -o forms/\n"
                "rectrack import questionnaire ITA.xlsx --received 2026-11-24\n",
    .role = "reader",
    .run = run,
};

/* A workbook under another ending can't be opened by who gets it. */
static bool check_name(const char *path, struct error *error) {
  size_t length = strlen(path);
  if (strcmp(path, "-") == 0 || strncmp(path, "/dev/", 5) == 0 ||
      (length > 5 && strcasecmp(path + length - 5, ".xlsx") == 0))
    return true;
  error_set(error, ERROR_USAGE, "a questionnaire is an Excel workbook: \"%s\" doesn't end with .xlsx", path);
  return error_remedy(error, "Name it: rectrack questionnaire --state Italy -o ITA.xlsx.");
}

static bool check_options(const struct command *command, struct error *error) {
  const char *path = options_text(&command->options, "output");
  bool one = options_text(&command->options, "state") != NULL, all = options_flag(&command->options, "all");
  if (!one && !all) {
    error_set(error, ERROR_USAGE, "which State is asked?");
    return error_remedy(error, "Name it: rectrack questionnaire --state Italy -o ITA.xlsx.");
  }
  if (one && all) {
    error_set(error, ERROR_USAGE, "--state and --all don't go together");
    return error_remedy(error, "Give one of them.");
  }
  if (one && path != NULL)
    return check_name(path, error);
  if (!all || path != NULL)
    return true;
  error_set(error, ERROR_USAGE, "--all needs a folder");
  return error_remedy(error, "Name it: rectrack questionnaire --all -o forms/.");
}

/* What is asked, but for the State. Texts stay as long as `document`. */
static bool read_request(const struct command *command, struct db *db, const struct names *names, struct text *document,
                         struct questionnaire_request *request, struct error *error) {
  const char *written = options_text(&command->options, "document");
  const char *language = options_text(&command->options, "lang");
  if ((written != NULL && !resolve_document(names, written, document, error)) ||
      !verify_head(db, &request->head, error) ||
      !options_day(&command->options, "as-of", day_today(), &request->as_of, error) ||
      (language != NULL && !language_parse(language, &request->language, error)))
    return false;
  request->document = written != NULL ? document->data : NULL;
  return true;
}

static bool write_form(const struct questionnaire *questionnaire, struct output **output, struct error *error) {
  struct render_sink out = {.output = *output};
  bool written = questionnaire_workbook_write(questionnaire, &out, error) &&
                 output_write(*output, text_string(&out.text), out.text.length, error) && output_close(output, error);
  text_free(&out.text);
  return written;
}

/* ---- one State ----------------------------------------------------------- */

static bool write_one(const struct command *command, struct db *db, const struct names *names,
                      struct questionnaire_request *request, struct error *error) {
  AUTO_OUTPUT struct output *output = NULL;
  AUTO_QUESTIONNAIRE struct questionnaire *questionnaire = NULL;
  AUTO_TEXT struct text state = {0};
  if (!resolve_state(names, options_text(&command->options, "state"), &state, error))
    return false;
  request->state = state.data;
  if (!questionnaire_make(db, request, &questionnaire, error) || !questionnaire_asks(questionnaire, error) ||
      !output_open(&output, options_text(&command->options, "output"), error))
    return false;
  if (output_is_terminal(output)) {
    error_set(error, ERROR_USAGE, "a workbook is not for a terminal");
    return error_remedy(error, "Name a file: --output %s.xlsx.", questionnaire->state->iso3);
  }
  if (!write_form(questionnaire, &output, error))
    return false;
  session_say(command, "%s is asked about %zu recommendation%s", questionnaire->state->name, questionnaire->count,
              questionnaire->count == 1 ? "" : "s");
  return true;
}

/* ---- each State ---------------------------------------------------------- */

/* The form of one State, unless it is asked nothing. */
static bool write_into(const char *folder, struct db *db, const struct questionnaire_request *request, size_t *written,
                       struct error *error) {
  AUTO_OUTPUT struct output *output = NULL;
  AUTO_QUESTIONNAIRE struct questionnaire *questionnaire = NULL;
  char name[sizeof "ITA.xlsx"];
  if (!interrupt_check(error) || !questionnaire_make(db, request, &questionnaire, error))
    return false;
  if (questionnaire->count == 0)
    return true;
  snprintf(name, sizeof name, "%s.xlsx", request->state);
  AUTO_FREE char *path = folder_join(folder, name);
  (*written)++;
  return output_open(&output, path, error) && write_form(questionnaire, &output, error);
}

static bool write_all(const struct command *command, struct db *db, const struct names *names,
                      struct questionnaire_request *request, struct error *error) {
  const char *folder = options_text(&command->options, "output");
  size_t written = 0;
  if (!folder_make(folder, 0777, error))
    return false;
  for (size_t i = 0; i < names->reg->state_count; i++) {
    request->state = names->reg->states[i].iso3;
    if (!write_into(folder, db, request, &written, error))
      return false;
  }
  session_say(command, "%zu States are asked; their forms stand in \"%s\"", written, folder);
  return true;
}

static bool run(const struct command *command, struct error *error) {
  AUTO_DB struct db *db = NULL;
  AUTO_NAMES struct names names = {0};
  AUTO_TEXT struct text document = {0};
  struct questionnaire_request request = {0};
  if (!check_options(command, error) || !session_open(command, &db, error) || !db_begin(db, DB_READ_SNAPSHOT, error) ||
      !names_load(db, &names, error) || !read_request(command, db, &names, &document, &request, error))
    return false;
  bool all = options_flag(&command->options, "all");
  return (all ? write_all : write_one)(command, db, &names, &request, error) && db_commit(db, error);
}
