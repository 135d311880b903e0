/* diff: what changed between two days. */
#include "cmd/session.h"
#include "cmd/verbs.h"
#include "reports/table/cut_words.h"
#include "reports/table/report.h"

#include <string.h>

static bool run(const struct command *command, struct error *error);

static const struct option_spec options[] = {
    {"from", 0, "DATE", "the earlier day (required)"},
    {"to", 0, "DATE", "the later day (today)"},
    {"known-at", 0, "MOMENT", "leave out what was recorded later: a day or 2026-11-24T06:00:00Z (now)"},
    {"known-from", 0, "MOMENT",
     "on the earlier day, leave out what was recorded after MOMENT: shows corrections and late replies too"},
    {"where", 0, "CONDITION", "only pairs for which it holds on one of the days, such as: state = Italy"},
    {"kind", 0, "KIND", "reported by the States (the default), assessed by reviewers, or both: whichever is newer"},
    {"include-non-parties", 0, NULL, "look at records of States outside the population too"},
    {"exit-code", 0, NULL, "end with 4 when something changed"},
    {NULL, 0, NULL, NULL},
};

const struct verb verb_diff = {
    .name = "diff",
    .usage = "--from DATE [--to DATE]",
    .summary = "show what changed between two days",
    .about =
        "Lists each pair of a State and a recommendation whose level on the later day is another than on the earlier "
        "one, with the records that moved it. With the same day twice and --known-from, shows what corrections and "
        "late replies have changed in a table that was published. \"report changes\" is the same since the last "
        "session.",
    .options = options,
    .takes = TAKES_TABLE | TAKES_LANGUAGE,
    .examples = "rectrack diff --from 2025-12-31\nrectrack diff --from 2025-12-31 --to 2026-06-30 --where 'state = "
                "Italy' -f csv\n"
                "rectrack diff --from 2026-06-30 --to 2026-06-30 --known-from 2026-07-01\n",
    .reads_much = true,
    .role = "reader",
    .run = run,
};

/* Each option is the word of the cut by the same name, but for the two that the cut doesn't know. */
static bool read_cut(const struct command *command, struct cut *cut, struct error *error) {
  const struct options *given = &command->options;
  const char *language = options_text(given, "lang"), *to = options_text(given, "to");
  if (!options_flag(given, "from")) {
    error_set(error, ERROR_USAGE, "diff needs the earlier day");
    return error_remedy(error, "Give it with --from, such as --from 2025-12-31.");
  }
  if (!cut_begin(cut, "changes", error) || (language != NULL && !cut_set(cut, "lang", language, error)) ||
      (to != NULL && !cut_set(cut, "as-of", to, error)))
    return false;
  for (const struct option_spec *option = options; option->name != NULL; option++)
    if (strcmp(option->name, "to") != 0 && strcmp(option->name, "exit-code") != 0 &&
        options_flag(given, option->name) && !cut_set(cut, option->name, options_text(given, option->name), error))
      return false;
  return cut_check(cut, error);
}

static bool tell(const struct command *command, size_t changed, struct error *error) {
  if (changed == 0 || !options_flag(&command->options, "exit-code"))
    return true;
  error_set(error, ERROR_FOUND, "%zu pair%s changed", changed, changed == 1 ? "" : "s");
  return error_remedy(error, "This is what --exit-code asks for.");
}

static bool run(const struct command *command, struct error *error) {
  AUTO_CUT struct cut cut = {0};
  AUTO_DB struct db *db = NULL;
  AUTO_GRID struct grid *grid = NULL;
  return read_cut(command, &cut, error) && session_open(command, &db, error) && db_begin(db, DB_READ_SNAPSHOT, error) &&
         report_make(db, &cut, &grid, error) && db_commit(db, error) && session_write_grid(command, grid, error) &&
         tell(command, grid_rows(grid), error);
}
