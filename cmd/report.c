/* report: a compliance table. */
#include "reports/report.h"
#include "cmd/session.h"
#include "cmd/verbs.h"
#include "reports/cut.h"
#include "reports/preset.h"

#include <string.h>

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
    .run = run,
};

static bool read_kind(const struct options *given, struct cut *cut, struct error *error) {
  const char *kind = options_text(given, "kind");
  cut->kind = LEVEL_REPORTED;
  if (kind == NULL || strcmp(kind, "reported") == 0)
    return true;
  cut->kind = strcmp(kind, "assessed") == 0 ? LEVEL_ASSESSED : LEVEL_BOTH;
  if (cut->kind == LEVEL_ASSESSED || strcmp(kind, "both") == 0)
    return true;
  error_set(error, ERROR_USAGE, "unknown kind: \"%s\"", kind);
  return error_remedy(error, "Write reported, assessed or both.");
}

static bool read_layout(const struct options *given, struct cut *cut, struct error *error) {
  const char *layout = options_text(given, "layout");
  cut->layout = layout != NULL && strcmp(layout, "long") == 0 ? LAYOUT_LONG : LAYOUT_WIDE;
  if (layout == NULL || cut->layout == LAYOUT_LONG || strcmp(layout, "wide") == 0)
    return true;
  error_set(error, ERROR_USAGE, "unknown layout: \"%s\"", layout);
  return error_remedy(error, "Write wide or long.");
}

static bool read_known_at(const struct options *given, struct cut *cut, struct error *error) {
  const char *known_at = options_text(given, "known-at");
  cut->known_at = MOMENT_NONE;
  if (known_at == NULL || moment_parse(known_at, strlen(known_at), &cut->known_at, error))
    return true;
  error->code = ERROR_USAGE;
  return false;
}

static bool read_dimensions(const struct options *given, struct cut *cut, struct error *error) {
  const char *rows = options_text(given, "rows"), *columns = options_text(given, "cols");
  if (cut->letters && (rows != NULL || columns != NULL || options_text(given, "measure") != NULL)) {
    error_set(error, ERROR_USAGE, "the matrix has dimensions and letters of its own");
    return error_remedy(error, "Use \"rectrack report crosstab\" with --rows, --cols and --measure.");
  }
  if ((rows != NULL && !cut_set_rows(cut, rows, error)) || (columns != NULL && !cut_set_columns(cut, columns, error)))
    return false;
  if (cut->row_count > 0 && cut->column_count > 0)
    return true;
  error_set(error, ERROR_USAGE, "a crosstab needs --rows and --cols");
  return error_remedy(error, "For example: rectrack report crosstab --rows regional_group --cols level.");
}

static bool read_cut(const struct command *command, struct cut *cut, struct error *error) {
  const struct options *given = &command->options;
  const struct preset *preset = preset_find(given->operands[0], error);
  const char *measure = options_text(given, "measure"), *where = options_text(given, "where");
  cut->include_non_parties = options_flag(given, "include-non-parties");
  if (preset == NULL || !preset_apply(preset, cut, error) || !read_dimensions(given, cut, error) ||
      !read_kind(given, cut, error) || !read_layout(given, cut, error) || !read_known_at(given, cut, error) ||
      !options_day(given, "as-of", day_today(), &cut->as_of, error) ||
      !session_language(command, &cut->language, error))
    return false;
  if (options_text(given, "title") != NULL)
    cut->title = options_text(given, "title");
  return (measure == NULL || cut_set_measure(cut, measure, error)) &&
         (where == NULL || cut_set_where(cut, where, error));
}

static bool run(const struct command *command, struct error *error) {
  AUTO_CUT struct cut cut = {0};
  AUTO_DB struct db *db = NULL;
  AUTO_GRID struct grid *grid = NULL;
  return read_cut(command, &cut, error) && session_open(command, &db, error) && db_begin(db, DB_READ_SNAPSHOT, error) &&
         report_make(db, &cut, &grid, error) && db_commit(db, error) && session_write_grid(command, grid, error);
}
