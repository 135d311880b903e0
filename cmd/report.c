/* report: a compliance table. */
#include "reports/table/report.h"
#include "cmd/session.h"
#include "cmd/verbs.h"
#include "reports/table/cut_words.h"
#include "reports/table/explain.h"

#include <string.h>

static bool run(const struct command *command, struct error *error);

static const struct option_spec options[] = {
    {"rows", 0, "DIMENSIONS", "one or two dimensions, such as regional_group,state"},
    {"cols", 0, "DIMENSIONS", "likewise for the columns"},
    {"measure", 0, "MEASURE",
     "count (pairs of State and recommendation), states, recommendations or score; row-percent, col-percent or "
     "total-percent; or one of each, such as count,row-percent"},
    {"response-rate", 0, NULL, "at the end of each row, the share that answered"},
    {"where", 0, "CONDITION",
     "only pairs for which it holds, such as: regional_group = \"African States\" and level in "
     "(implemented, planned) and not ldc = yes and date >= 2024-01-01"},
    {"as-of", 0, "DATE", "the day that the table speaks about (today)"},
    {"compare", 0, "DATE", "beside each figure, the change since this day"},
    {"from", 0, "DATE", "trend: begin with the year of this day; changes: since this day"},
    {"known-from", 0, "MOMENT", "changes: what was known at MOMENT, compared with what is known now"},
    {"known-at", 0, "MOMENT", "leave out what was recorded later: a day or 2026-11-24T06:00:00Z (now)"},
    {"kind", 0, "KIND", "reported by the States (the default), assessed by reviewers, or both: whichever is newer"},
    {"include-non-parties", 0, NULL, "count records of States outside the population too"},
    {"layout", 0, "LAYOUT", "wide (the default), or long: row, column, value"},
    {"title", 0, "TEXT", "another title"},
    {"explain", 0, NULL, "tell how the figures come about: the rules, with this database's numbers, and the SQL"},
    {NULL, 0, NULL, NULL},
};

const struct verb verb_report = {
    .name = "report",
    .usage = "NAME\nprofile STATE\ncrosstab --rows DIMENSIONS --cols DIMENSIONS",
    .summary = "make a compliance table",
    .about =
        "Counts the pairs of a recommendation with each of its addressees that is a Party to its instrument on "
        "the as-of day, by the newest status of each. A recommendation counts from its adoption on.\n"
        "progress: a row a recommendation; states: a row a State; groups: a row a regional group; ageing: a row a "
        "year of adoption, with the full years since; sessions: a row a session, with percentages and the share "
        "that answered; themes: recommendations under their themes, with the States at each level and the share "
        "that answered; overdue: recommendations past their date that States have not closed; trend: a row for the "
        "end of each year. Each has a column a level. matrix: States by recommendations, one letter a cell. silent: "
        "the States that "
        "have never responded. changes: the pairs that moved from level to level since the last session. profile: "
        "one State, recommendation by recommendation, with a closing paragraph that counts.\n"
        "crosstab: any dimensions: state, regional_group, m49_region, m49_subregion, ldc, lldc, sids, instrument, "
        "body, session, document, chapter, section, recommendation, article, theme, adopted, age, due, level, "
        "answered, closed, overdue, kind, channel, year, quarter, month, date (of the record), year_end.\n"
        "The same as-of and known-at give the same table for ever.",
    .objects = "progress states groups sessions themes matrix trend ageing overdue silent changes profile crosstab",
    .least = 1,
    .most = 2,
    .options = options,
    .takes = TAKES_TABLE | TAKES_LANGUAGE,
    .examples = "rectrack report progress\n"
                "rectrack report matrix --as-of 2026-09-30 -o matrix.csv\n"
                "rectrack report matrix --lang fr -o matrice.html\n"
                "rectrack report trend -o trend.svg\n"
                "rectrack report groups --compare 2025-12-31\n"
                "rectrack report crosstab --rows regional_group,state --cols level --measure count,row-percent\n"
                "rectrack report profile Italy\n"
                "rectrack report changes --from 2025-12-31\n"
                "rectrack report groups --as-of 2026-09-30 --explain\n"
                "rectrack report states --where 'level = no-response'\n",
    .draws = true,
    .reads_much = true,
    .role = "reader",
    .run = run,
};

static bool read_cut(const struct command *command, struct cut *cut, struct error *error) {
  const char *language = options_text(&command->options, "lang");
  if (!cut_begin(cut, command->options.operands[0], error) ||
      (language != NULL && !cut_set(cut, "lang", language, error)) ||
      (command->options.operand_count > 1 && !cut_set(cut, "state", command->options.operands[1], error)))
    return false;
  for (const struct option_spec *option = options; option->name != NULL; option++)
    if (strcmp(option->name, "explain") != 0 && options_flag(&command->options, option->name) &&
        !cut_set(cut, option->name, options_text(&command->options, option->name), error))
      return false;
  return cut_check(cut, error);
}

static bool explain(const struct command *command, struct error *error) {
  AUTO_CUT struct cut cut = {0};
  AUTO_DB struct db *db = NULL;
  AUTO_TEXT struct text text = {0};
  return read_cut(command, &cut, error) && session_open(command, &db, error) && db_begin(db, DB_READ_SNAPSHOT, error) &&
         report_explain(db, &cut, &text, error) && db_commit(db, error) &&
         session_write(command, text_string(&text), text.length, error);
}

static bool run(const struct command *command, struct error *error) {
  AUTO_CUT struct cut cut = {0};
  AUTO_DB struct db *db = NULL;
  AUTO_GRID struct grid *grid = NULL;
  if (options_flag(&command->options, "explain"))
    return explain(command, error);
  const struct render_format *format = session_format(command, error);
  if (format == NULL || !read_cut(command, &cut, error))
    return false;
  if ((format->flags & RENDER_PICTURE) != 0 && !cut_has_picture(&cut))
    return render_refuse_picture(error);
  cut.sources = (format->flags & RENDER_SOURCES) != 0;
  return session_open(command, &db, error) && db_begin(db, DB_READ_SNAPSHOT, error) &&
         report_make(db, &cut, &grid, error) && db_commit(db, error) && session_write_grid(command, grid, error);
}
