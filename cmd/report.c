/* report: a compliance table. */
#include "reports/report.h"
#include "cmd/session.h"
#include "cmd/verbs.h"
#include "reports/cut_words.h"

static bool run(const struct command *command, struct error *error);

static const struct option_spec options[] = {
    {"rows", 0, "DIMENSIONS", "one or two dimensions, such as regional_group,state"},
    {"cols", 0, "DIMENSIONS", "likewise for the columns"},
    {"measure", 0, "MEASURE",
     "count (pairs of State and recommendation), row-percent, col-percent, total-percent, states, "
     "recommendations or score"},
    {"where", 0, "CONDITION",
     "only pairs for which it holds, such as: regional_group = \"African States\" and level in "
     "(implemented, planned) and not ldc = yes"},
    {"as-of", 0, "DATE", "the day that the table speaks about (today)"},
    {"known-at", 0, "MOMENT", "leave out what was recorded later: a day or 2026-11-24T06:00:00Z (now)"},
    {"kind", 0, "KIND", "reported by the States (the default), assessed by reviewers, or both: whichever is newer"},
    {"include-non-parties", 0, NULL, "count records of States outside the population too"},
    {"layout", 0, "LAYOUT", "wide (the default), or long: row, column, value"},
    {"title", 0, "TEXT", "another title"},
    {NULL, 0, NULL, NULL},
};

const struct verb verb_report = {
    .name = "report",
    .usage = "progress|states|groups|matrix|ageing|crosstab",
    .summary = "make a compliance table",
    .about = "Counts the pairs of a recommendation with each of its addressees that is a Party to its instrument on "
             "the as-of day, by the "
             "newest status of each. progress: a row a recommendation; states: a row a State; groups: a row a regional "
             "group; each with a "
             "column a level. matrix: States by recommendations, one letter a cell. ageing: by full years since "
             "adoption. crosstab: any "
             "dimensions: state, regional_group, m49_region, m49_subregion, ldc, lldc, sids, instrument, body, "
             "session, document, chapter, "
             "section, recommendation, article, theme, age, level, closed, kind, channel, year, quarter, month. The "
             "same as-of and known-at "
             "give the same table for ever.",
    .objects = "progress states groups matrix ageing crosstab",
    .least = 1,
    .most = 1,
    .options = options,
    .examples = "rectrack report progress\n"
                "rectrack report matrix --as-of 2026-09-30 -o matrix.csv\n"
                "rectrack report crosstab --rows regional_group,state --cols level --measure row-percent\n"
                "rectrack report states --where 'level = no-response'\n",
    .role = "reader",
    .run = run,
};

static bool read_cut(const struct command *command, struct cut *cut, struct error *error) {
  const char *language = options_text(&command->options, "lang");
  if (!cut_begin(cut, command->options.operands[0], error) ||
      (language != NULL && !cut_set(cut, "lang", language, error)))
    return false;
  for (const struct option_spec *option = options; option->name != NULL; option++)
    if (options_flag(&command->options, option->name) &&
        !cut_set(cut, option->name, options_text(&command->options, option->name), error))
      return false;
  return cut_check(cut, error);
}

static bool run(const struct command *command, struct error *error) {
  AUTO_CUT struct cut cut = {0};
  AUTO_DB struct db *db = NULL;
  AUTO_GRID struct grid *grid = NULL;
  return read_cut(command, &cut, error) && session_open(command, &db, error) && db_begin(db, DB_READ_SNAPSHOT, error) &&
         report_make(db, &cut, &grid, error) && db_commit(db, error) && session_write_grid(command, grid, error);
}
