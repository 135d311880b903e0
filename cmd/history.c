/* history: all that happened to the records of one State and recommendation. */
#include "cmd/resolve.h"
#include "cmd/session.h"
#include "cmd/verbs.h"
#include "reports/listing/cell.h"

static bool run(const struct command *command, struct error *error);

static const struct option_spec options[] = {
    {"document", 0, "SYMBOL", "the document, where the recommendation is given by its place alone"},
    {NULL, 0, NULL, NULL},
};

const struct verb verb_history = {
    .name = "history",
    .usage = "STATE REFERENCE",
    .summary = "show every version of what a State said of a recommendation",
    .about =
        "Shows in the order of the ledger what was recorded, amended, withdrawn and undone: who did it, when and why. "
        "Nothing of it is ever lost. \"show --cell\" tells which of the records counts in a table.",
    .least = 2,
    .most = 2,
    .options = options,
    .takes = TAKES_TABLE,
    .examples =
        "rectrack history Italy 'II.A.1(a)'\nrectrack history ITA CTOC/COP/WG.7/2018/L.1/Add.1:II.A.1'(a)' -f json\n",
    .role = "reader",
    .run = run,
};

static bool run(const struct command *command, struct error *error) {
  AUTO_DB struct db *db = NULL;
  AUTO_GRID struct grid *grid = NULL;
  AUTO_TEXT struct text state = {0};
  AUTO_TEXT struct text reference = {0};
  const struct options *given = &command->options;
  if (!session_open(command, &db, error) || !resolve_cell(db, given->operands[0], given->operands[1],
                                                          options_text(given, "document"), &state, &reference, error))
    return false;
  const struct cell cell = {text_string(&state), text_string(&reference)};
  return cell_history(db, &cell, &grid, error) && session_write_grid(command, grid, error);
}
