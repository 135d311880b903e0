/* record: log one status. */
#include "core/record/record.h"
#include "cmd/record_options.h"
#include "cmd/session.h"
#include "cmd/verbs.h"

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
    .about = "Logs one status. STATE is any name or code of the State; REFERENCE is II.A.1(a), with the document's "
             "symbol and a colon before it "
             "where several documents have that place; LEVEL is a code or label of the recommendation's scale. A "
             "record of the same State, "
             "recommendation, kind and day supersedes the one before; the same again stores nothing.",
    .least = 3,
    .most = 3,
    .options = options,
    .examples = "rectrack record Italy 'II.A.1(a)' implemented --as-of 2026-09-30 --channel note-verbale --source 'NV "
                "123/2026'\n"
                "rectrack record 'Côte d’Ivoire' 'CTOC/COP/WG.7/2018/L.1/Add.1:II.B.2(g)' planned\n",
    .role = "recorder, or focal-point of the State",
    .run = run,
};

static bool run(const struct command *command, struct error *error) {
  AUTO_DB struct db *db = NULL;
  AUTO_RECORD_LOGGED struct record_logged logged = {0};
  struct record_input input;
  if (!record_options_read(&command->options, &input, error))
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
  record_options_confirm(command, &logged);
  return true;
}
