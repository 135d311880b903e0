/* One State. */
#include "reports/table/profile.h"

#include "core/base/language.h"
#include "core/base/memory.h"
#include "reports/grid/figure.h"
#include "reports/table/about.h"
#include "reports/table/shade.h"
#include "sql_catalogue.h"

#include <string.h>

struct profile {
  const struct cut *cut;
  const struct population *population;
  const struct scope *scope;
  const struct state *state;
  size_t index; /* of the State */
  struct grid *grid;
  const PGresult *records; /* report_profile.sql */
  size_t *counts;          /* by level of the register; the last one is no response */
  size_t asked, closed;
};

/* ---- the State ----------------------------------------------------------- */

static void add_parties(const struct profile *profile) {
  const struct state_register *reg = profile->scope->reg;
  AUTO_TEXT struct text list = {0};
  char since[DAY_TEXT_SIZE];
  for (size_t i = 0; i < reg->party_count; i++) {
    const struct party *party = &reg->parties[i];
    if (party->state_id != profile->state->id ||
        !register_is_party(reg, party->instrument_id, party->state_id, profile->scope->as_of))
      continue;
    text_add_format(&list, "%s%s", list.length > 0 ? ", " : "", register_instrument(reg, party->instrument_id)->code);
    if (party->bound_from != DAY_NONE)
      text_add_format(&list, " (%s)", day_format(party->bound_from, since));
  }
  if (list.length > 0)
    grid_fact(profile->grid, "party_to", translate(profile->scope->language, "Party to (since)"), "%s", list.data);
}

static void add_state(const struct profile *profile) {
  const struct language *language = profile->scope->language;
  const struct state *state = profile->state;
  grid_fact(profile->grid, "state", translate(language, "State"), "%s (%s)", state->name, state->iso3);
  if (*state->regional_group != '\0')
    grid_fact(profile->grid, "regional_group", translate(language, "Regional group"), "%s",
              translate(language, state->regional_group));
  add_parties(profile);
}

/* ---- rows ---------------------------------------------------------------- */

static const struct {
  const char *name;
  const char *head;
} details[] = {
    {"as_of", N_("As of")},       {"kind", N_("Kind of record")}, {"received_on", N_("Received")},
    {"channel", N_("Channel")},   {"source", N_("Source")},       {"note", N_("Note")},
    {"evidence", N_("Evidence")}, {"record", N_("Record")},
};
static const size_t detail_count = sizeof details / sizeof *details;
static const int FIRST_DETAIL = 2; /* column of report_profile.sql */

static void add_heads(const struct profile *profile) {
  const struct language *language = profile->scope->language;
  grid_column(profile->grid, "recommendation", translate(language, "Recommendation"));
  grid_column(profile->grid, "recommendation_label", translate(language, "Recommendation"))->label = true;
  grid_column(profile->grid, "level", translate(language, "Level"));
  grid_column(profile->grid, "level_label", translate(language, "Level"))->label = true;
  for (size_t i = 0; i < detail_count; i++)
    grid_column(profile->grid, details[i].name, translate(language, details[i].head));
}

/* The row of the result with a recommendation's record; -1 when there is none. Rows come in the order of numbers. */
static int find_record(const struct profile *profile, int32_t rec_id) {
  int low = 0, high = db_rows(profile->records);
  while (low < high) {
    int middle = low + (high - low) / 2;
    if (db_int(profile->records, middle, 0) < rec_id)
      low = middle + 1;
    else
      high = middle;
  }
  return low < db_rows(profile->records) && db_int(profile->records, low, 0) == rec_id ? low : -1;
}

static void add_member(const struct profile *profile, const char *dimension, const struct pair *pair) {
  struct error ignored;
  AUTO_TEXT struct text code = {0};
  AUTO_TEXT struct text label = {0};
  dimension_find(dimension, strlen(dimension), &ignored)->member(profile->scope, pair, 0, &code, &label);
  grid_cell(profile->grid, text_string(&code));
  grid_cell(profile->grid, text_string(&label));
}

static void add_row(struct profile *profile, const struct pair *pair) {
  const struct level *levels = profile->scope->reg->levels;
  int record =
      pair->level >= 0 ? find_record(profile, profile->scope->recommendations->items[pair->recommendation].id) : -1;
  add_member(profile, "recommendation", pair);
  add_member(profile, "level", pair);
  for (size_t i = 0; i < detail_count; i++)
    grid_cell(profile->grid, record >= 0 ? db_text(profile->records, record, FIRST_DETAIL + (int)i) : NULL);
  profile->asked++;
  profile->closed += pair->level >= 0 && levels[pair->level].closes;
  profile->counts[pair->level >= 0 ? (size_t)pair->level : profile->scope->reg->level_count]++;
}

static void add_rows(struct profile *profile) {
  const struct recommendation_list *list = profile->scope->recommendations;
  struct pair pair;
  for (size_t i = 0; i < list->count; i++)
    if (population_pair(profile->population, profile->index, list->by_place[i], &pair))
      add_row(profile, &pair);
}

/* ---- the closing paragraph ----------------------------------------------- */

static void add_count(const struct profile *profile, const char *label, size_t count, struct text *out) {
  char percent[FIGURE_SIZE];
  text_add_format(out, "%s%s %zu (%s %%)", out->length > 0 ? ", " : "", label, count,
                  figure_format(figure_tenths((int64_t)count, (int64_t)profile->asked), 1, percent));
}

static void add_closing(const struct profile *profile) {
  const struct state_register *reg = profile->scope->reg;
  const struct language *language = profile->scope->language;
  AUTO_TEXT struct text counts = {0};
  for (size_t i = 0; i < reg->level_count; i++)
    if (profile->counts[i] > 0)
      add_count(profile, translate(language, reg->levels[i].label), profile->counts[i], &counts);
  if (profile->counts[reg->level_count] > 0)
    add_count(profile, translate(language, "No response"), profile->counts[reg->level_count], &counts);
  if (profile->asked == 0)
    grid_note(profile->grid, translate(language, "Nothing is asked of %s on this day."), profile->state->name);
  else
    grid_note(profile->grid, translate(language, "In conclusion, of the recommendations to %s (%zu): %s. Closed: %zu."),
              profile->state->name, profile->asked, counts.data, profile->closed);
}

/* ---- the whole ----------------------------------------------------------- */

static bool load_records(struct db *db, const struct profile *profile, PGresult **result, struct error *error) {
  struct db_params params = {0};
  db_param_int(&params, profile->state->id);
  db_param_day(&params, profile->scope->as_of);
  db_param_int(&params, profile->scope->known.position);
  db_param_int(&params, (int)profile->cut->kind);
  return db_query(db, sql_report_profile, &params, result, error);
}

bool profile_report(struct db *db, const struct cut *cut, struct material *material, struct grid *grid,
                    struct error *error) {
  AUTO_RESULT PGresult *records = NULL;
  struct population *population = material_population(material);
  const struct scope *scope = population->scope;
  struct profile profile = {.cut = cut, .population = population, .scope = scope, .grid = grid};
  if (!register_load_names(db, scope->reg, error))
    return false;
  profile.state = register_find_state(scope->reg, cut->state, strlen(cut->state), error);
  if (profile.state == NULL || !load_records(db, &profile, &records, error))
    return false;
  AUTO_FREE size_t *counts = memory_new(scope->reg->level_count + 1, sizeof *counts);
  profile.index = (size_t)(profile.state - scope->reg->states);
  profile.records = records;
  profile.counts = counts;
  population_narrow(population);
  add_state(&profile);
  add_heads(&profile);
  add_rows(&profile);
  add_closing(&profile);
  about_population(cut, material, profile.asked, grid);
  return true;
}
