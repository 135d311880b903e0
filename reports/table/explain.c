/* How a report comes about. */
#include "reports/table/explain.h"

#include "core/base/memory.h"
#include "reports/counting/record_stream.h"
#include "reports/table/about.h"
#include "reports/table/material.h"
#include "reports/table/preset.h"
#include "sql_catalogue.h"

#include <stdio.h>
#include <string.h>

struct explanation {
  const struct cut *cut;
  const struct material *material;
  struct text *out;
};

/* ---- statements ---------------------------------------------------------- */

/* A statement of the catalogue with its parameters written in, so that it can be run as it stands. */
static void add_statement(struct text *out, const char *sql, const char *const *values) {
  for (const char *at = sql; *at != '\0'; at++) {
    if (at == sql || at[-1] == '\n')
      text_add(out, "    ");
    if (values != NULL && at[0] == '$' && at[1] >= '1' && at[1] <= '9')
      text_add(out, values[*++at - '1']);
    else
      text_add_char(out, *at);
  }
}

static void add_check(const struct explanation *explanation) {
  const struct scope *scope = material_scope(explanation->material);
  char position[16], as_of[DAY_TEXT_SIZE], day_value[DAY_TEXT_SIZE + 8], kind[16];
  snprintf(position, sizeof position, "%d", scope->known.position);
  snprintf(day_value, sizeof day_value, "DATE '%s'", day_format(scope->as_of, as_of));
  snprintf(kind, sizeof kind, "%d", (int)explanation->cut->kind);
  const char *const values[] = {position, day_value, kind};
  /* Without the comment that speaks of parameters. */
  const char *sql = strstr(sql_explain_levels, "\nWITH ");
  text_add(
      explanation->out,
      "\nTo check the figures without rectrack's counting (for example in \"rectrack db psql\"): the whole population\n"
      "by level, without the report's own condition, computed by the server alone:\n\n");
  add_statement(explanation->out, sql != NULL ? sql + 1 : sql_explain_levels, values);
}

static bool add_stream(struct db *db, const struct explanation *explanation, struct error *error) {
  const struct scope *scope = material_scope(explanation->material);
  struct record_query query = {
      .kind = explanation->cut->kind,
      .as_of = scope->as_of,
      .position = scope->known.position,
      .history = explanation->material->count > 1,
  };
  AUTO_TEXT struct text sql = {0};
  if (!record_stream_write(db, &query, &sql, error))
    return false;
  text_add(explanation->out, "\nThe records come from this statement and are counted by the program:\n\n");
  add_statement(explanation->out, sql.data, NULL);
  text_add(explanation->out, ";\n");
  return true;
}

/* ---- rules --------------------------------------------------------------- */

static void add_lines(struct text *out, char *const *lines, size_t count) {
  for (size_t i = 0; i < count; i++)
    text_add_format(out, "  - %s\n", lines[i]);
}

static void add_population(const struct explanation *explanation) {
  AUTO_GRID struct grid *grid = grid_new(NULL);
  about_facts(explanation->cut, explanation->material, grid);
  for (size_t i = 0; i < grid->fact_count; i++)
    text_add_format(explanation->out, "%s: %s\n", grid->facts[i].head, grid->facts[i].value);
  text_add(
      explanation->out,
      "\nPopulation: each recommendation that is known at this ledger position, was adopted by the as-of day (or\n"
      "has no known date) and is superseded by no later version, with each of its addressees (all, where it names\n"
      "none) that is a Party to its instrument on the as-of day: from the later of the entry into force and the 30th\n"
      "day after the deposit, until a withdrawal takes effect. In this database:\n");
  AUTO_GRID struct grid *notes = grid_new(NULL);
  struct cut unfiltered = *explanation->cut;
  unfiltered.filter = NULL;
  about_population(&unfiltered, explanation->material, 0, notes);
  add_lines(explanation->out, notes->notes, notes->note_count);
}

static void add_days(const struct explanation *explanation) {
  char text[DAY_TEXT_SIZE];
  if (explanation->material->count == 1)
    return;
  text_add(explanation->out, "The same is done for each of these days:");
  for (size_t i = 0; i < explanation->material->count; i++)
    text_add_format(explanation->out, " %s", day_format(explanation->material->scopes[i].as_of, text));
  text_add(explanation->out, ".\n");
}

static void add_newest(const struct explanation *explanation) {
  const struct known_at *known = &material_scope(explanation->material)->known;
  text_add_format(
      explanation->out,
      "\nStatus of a pair: its record of the newest as-of day up to the as-of day; of several for one day, the one\n"
      "recorded last. Records of batches behind ledger position %d don't count, nor do\n"
      "those of batches that were undone by then, nor single records that were withdrawn by then: the pair falls\n"
      "back to its record before. What was said of an earlier version of a recommendation counts for the newest.\n"
      "A pair without any record counts as no response.\n",
      known->position);
  add_days(explanation);
}

static void add_sides(struct text *out, const char *name, const struct dimension *const *list, size_t count) {
  for (size_t i = 0; i < count; i++)
    text_add_format(out, "%s%s (%s)", i == 0 ? name : ", then ", list[i]->name, list[i]->label);
}

static void add_figures(const struct explanation *explanation) {
  static const char *const counted[] = {
      [COUNT_PAIRS] = "pairs",
      [COUNT_STATES] = "different States",
      [COUNT_RECOMMENDATIONS] = "different recommendations",
      [COUNT_WEIGHTS] = "pairs whose level has a weight; shown is the mean of the weights",
  };
  const struct cut *cut = explanation->cut;
  text_add_format(explanation->out, "\nTable: %s.\n", cut->preset->about);
  if (cut->where != NULL)
    text_add_format(explanation->out, "Only pairs for which this holds: %s.\n", cut->where);
  if (cut->preset->has_own_shape)
    return;
  add_sides(explanation->out, "Rows: ", cut->rows, cut->row_count);
  add_sides(explanation->out, "; columns: ", cut->columns, cut->column_count);
  text_add_format(explanation->out, ". Counted are %s; a total counts each once.\n", counted[cut->counted]);
  for (size_t i = 0; i < cut->shown_count; i++)
    if (cut->shown[i] != SHOW_NUMBER)
      text_add_format(explanation->out, "%s: 100 × figure / %s, from whole numbers, rounded half up to one decimal.\n",
                      cut_shown_name(cut->shown[i]),
                      cut->shown[i] == SHOW_ROW_PERCENT      ? "total of its row"
                      : cut->shown[i] == SHOW_COLUMN_PERCENT ? "total of its column"
                                                             : "total of the table");
}

bool report_explain(struct db *db, const struct cut *cut, struct text *out, struct error *error) {
  AUTO_MATERIAL struct material *material = NULL;
  if (!material_load(db, cut, &material, error))
    return false;
  struct explanation explanation = {.cut = cut, .material = material, .out = out};
  add_population(&explanation);
  add_newest(&explanation);
  add_figures(&explanation);
  if (!add_stream(db, &explanation, error))
    return false;
  add_check(&explanation);
  return true;
}
