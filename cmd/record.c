/* record: log one status. */
#include "core/record/record.h"
#include "cmd/record_options.h"
#include "cmd/session.h"
#include "cmd/verbs.h"
#include "core/document/reference.h"

#include <string.h>

static bool run(const struct command *command, struct error *error);

static const struct option_spec options[] = {
    RECORD_OPTIONS,
    {"document", 0, "SYMBOL", "the document, where REFERENCE is a place alone"},
    {"notice", 0, "TEXT", "what every table that rests on this must repeat"},
    {NULL, 0, NULL, NULL},
};

const struct verb verb_record = {
    .name = "record",
    .usage = "STATE REFERENCE LEVEL",
    .summary = "log what one State says of one recommendation",
    .about = "Logs one status. STATE is any name or code of the State; REFERENCE is 'II.A.1(a)', in quotes because of "
             "its parentheses, with the document's symbol and a colon before it where several documents have that "
             "place; LEVEL is a code or label of the recommendation's scale. A "
             "record of the same State, "
             "recommendation, kind and day supersedes the one before; the same again stores nothing.",
    .least = 3,
    .most = 3,
    .options = options,
    .takes = TAKES_DB,
    .examples = "rectrack record Italy 'II.A.1(a)' implemented --as-of 2026-09-30 --channel note-verbale --source 'NV "
                "123/2026'\n"
                "rectrack record 'Côte d’Ivoire' 'CTOC/COP/WG.7/2018/L.1/Add.1:II.B.2(g)' planned\n",
    .role = "recorder, or focal-point of the State",
    .run = run,
};

/* Operands in another order are not sorted out, but told. A State's M49 code has the form of a place, and is none. */
static bool check_order(const char *const operands[static 3], struct error *error) {
  struct reference ignored;
  struct error why;
  bool at[3];
  for (size_t i = 0; i < 3; i++)
    at[i] = reference_parse(operands[i], strlen(operands[i]), &ignored, &why) &&
            (i == 1 || strpbrk(operands[i], ".(:") != NULL);
  if (at[1] || (!at[0] && !at[2]))
    return true;
  error_set(error, ERROR_USAGE, "not a reference: \"%s\", but \"%s\" is one", operands[1], operands[at[0] ? 0 : 2]);
  return error_remedy(error, "The order is: rectrack record STATE REFERENCE LEVEL.");
}

static bool run(const struct command *command, struct error *error) {
  AUTO_DB struct db *db = NULL;
  AUTO_RECORD_LOGGED struct record_logged logged = {0};
  struct record_input input;
  if (!check_order(command->options.operands, error) || !record_options_read(&command->options, &input, error))
    return false;
  input.state = command->options.operands[0];
  input.reference = command->options.operands[1];
  input.level = command->options.operands[2];
  input.document = options_text(&command->options, "document");
  input.notice = options_text(&command->options, "notice");
  if (input.as_of == DAY_NONE)
    input.as_of = input.received_on != DAY_NONE ? input.received_on : day_today();
  if (input.kind == 0)
    input.kind = LEVEL_REPORTED;
  if (!session_connect(command, &db, error) || !record_log(db, &input, &logged, error))
    return false;
  record_options_confirm(command, &input, &logged);
  return true;
}
