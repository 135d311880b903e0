/* What changed between two days. */
#include "reports/table/changes.h"

#include "core/base/language.h"
#include "core/base/memory.h"
#include "reports/table/about.h"
#include "sql_catalogue.h"

#include <stdlib.h>
#include <string.h>

/* A pair that moved; `before` and `after` are as in struct pair, or NOT_ASKED. */
struct move {
  size_t state, recommendation;
  int before, after;
};

static const int NOT_ASKED = -2;

struct changes {
  const struct cut *cut;
  const struct population *then, *now;
  const struct scope *scope;
  struct grid *grid;
  struct move *moves; /* in the order of the States' names and the documents */
  size_t count, capacity;
  size_t shown;      /* pairs that the filter lets through now */
  size_t came, left; /* pairs that came into the population or left it without any response */
  size_t *steps;     /* from level to level: (before + 2) * width + after + 2 */
  size_t width;
  struct member *names; /* of levels: level - NOT_ASKED */
};

/* ---- finding ------------------------------------------------------------- */

static int level_of(const struct population *population, size_t state, size_t recommendation) {
  struct pair pair;
  return population_pair(population, state, recommendation, &pair) ? pair.level : NOT_ASKED;
}

static bool passes(const struct changes *changes, const struct population *population, size_t state,
                   size_t recommendation) {
  struct pair pair;
  return population_pair(population, state, recommendation, &pair) &&
         (changes->cut->filter == NULL || filter_holds(changes->cut->filter, population->scope, &pair));
}

static void look_at(struct changes *changes, size_t state, size_t recommendation) {
  int before = level_of(changes->then, state, recommendation), after = level_of(changes->now, state, recommendation);
  bool passes_now = passes(changes, changes->now, state, recommendation);
  changes->shown += passes_now;
  /* A move is shown where the filter holds on either day. */
  if (before == after || (!passes_now && !passes(changes, changes->then, state, recommendation)))
    return;
  if (before < 0 && after < 0) {
    changes->came += before == NOT_ASKED;
    changes->left += after == NOT_ASKED;
    return;
  }
  memory_reserve((void **)&changes->moves, &changes->capacity, changes->count + 1, sizeof *changes->moves);
  changes->moves[changes->count++] = (struct move){state, recommendation, before, after};
  changes->steps[(size_t)(before + 2) * changes->width + (size_t)(after + 2)]++;
}

static void find_moves(struct changes *changes) {
  const struct scope *scope = changes->scope;
  for (size_t i = 0; i < scope->reg->state_count; i++)
    for (size_t k = 0; k < scope->recommendations->count; k++)
      look_at(changes, scope->reg->by_name[i], scope->recommendations->by_place[k]);
}

/* ---- the records --------------------------------------------------------- */

/* All pairs that moved, as two arrays of PostgreSQL. */
static void list_pairs(const struct changes *changes, struct text *states, struct text *recommendations) {
  text_add_char(states, '{');
  text_add_char(recommendations, '{');
  for (size_t i = 0; i < changes->count; i++) {
    const struct move *move = &changes->moves[i];
    text_add_format(states, "%s%d", i > 0 ? "," : "", changes->scope->reg->states[move->state].id);
    text_add_format(recommendations, "%s%d", i > 0 ? "," : "",
                    changes->scope->recommendations->items[move->recommendation].id);
  }
  text_add_char(states, '}');
  text_add_char(recommendations, '}');
}

static bool load_records(struct db *db, const struct changes *changes, PGresult **result, struct error *error) {
  AUTO_TEXT struct text states = {0};
  AUTO_TEXT struct text recommendations = {0};
  struct db_params params = {0};
  list_pairs(changes, &states, &recommendations);
  db_param_text(&params, states.data);
  db_param_text(&params, recommendations.data);
  db_param_day(&params, changes->then->scope->as_of);
  db_param_day(&params, changes->scope->as_of);
  db_param_int(&params, changes->scope->known.position);
  db_param_int(&params, (int)changes->cut->kind);
  db_param_int(&params, changes->then->scope->known.position);
  return db_query(db, sql_report_changes, &params, result, error);
}

/* The first row of a pair's records, which come in the order of numbers; rows of the same pair follow. */
static int find_records(const PGresult *records, int state_id, int32_t rec_id) {
  int low = 0, high = db_rows(records);
  while (low < high) {
    int middle = low + (high - low) / 2;
    int64_t state = db_int(records, middle, 0), rec = db_int(records, middle, 1);
    if (state < state_id || (state == state_id && rec < rec_id))
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* Record numbers in the order of their days; then day, channel and source of the newest. */
static void add_records(const struct changes *changes, const struct move *move, const PGresult *records) {
  int state_id = changes->scope->reg->states[move->state].id;
  int32_t rec_id = changes->scope->recommendations->items[move->recommendation].id;
  AUTO_TEXT struct text list = {0};
  int newest = -1;
  for (int row = find_records(records, state_id, rec_id);
       row < db_rows(records) && db_int(records, row, 0) == state_id && db_int(records, row, 1) == rec_id; row++) {
    text_add_format(&list, "%s%s", list.length > 0 ? " " : "", db_text(records, row, 2));
    newest = row;
  }
  for (int column = 3; column <= 5; column++)
    grid_cell(changes->grid, newest >= 0 ? db_text(records, newest, column) : NULL);
  grid_cell(changes->grid, newest >= 0 ? list.data : NULL);
}

/* ---- the grid ------------------------------------------------------------ */

static void add_heads(const struct changes *changes) {
  const struct language *language = changes->scope->language;
  struct grid *grid = changes->grid;
  grid_column(grid, "state", translate(language, "State"));
  grid_column(grid, "state_label", translate(language, "State"))->label = true;
  grid_column(grid, "recommendation", translate(language, "Recommendation"));
  grid_column(grid, "before", translate(language, "Before"));
  grid_column(grid, "before_label", translate(language, "Before"))->label = true;
  grid_column(grid, "after", translate(language, "After"));
  grid_column(grid, "after_label", translate(language, "After"))->label = true;
  grid_column(grid, "as_of", translate(language, "As of"));
  grid_column(grid, "channel", translate(language, "Channel"));
  grid_column(grid, "source", translate(language, "Source"));
  grid_column(grid, "records", translate(language, "Records"));
}

/* What levels are called, from NOT_ASKED on; looked up once. */
static void name_levels(struct changes *changes) {
  struct error ignored;
  const struct dimension *dimension = dimension_find("level", strlen("level"), &ignored);
  changes->names = memory_new(changes->width, sizeof *changes->names);
  for (size_t i = 0; i < changes->width; i++) {
    AUTO_TEXT struct text code = {0};
    AUTO_TEXT struct text label = {0};
    struct pair pair = {.level = (int)i + NOT_ASKED, .as_of = DAY_NONE, .channel = -1};
    if (pair.level == NOT_ASKED) {
      text_add(&code, GRID_NOT_ASKED);
      text_add(&label, translate(changes->scope->language, "Not asked"));
    } else
      dimension->member(changes->scope, &pair, 0, &code, &label);
    changes->names[i] = (struct member){text_take(&code), text_take(&label)};
  }
}

static const struct member *level_name(const struct changes *changes, int level) {
  return &changes->names[level - NOT_ASKED];
}

static void add_level(const struct changes *changes, int level) {
  grid_cell(changes->grid, level_name(changes, level)->code);
  grid_cell(changes->grid, level_name(changes, level)->label);
}

static void add_row(const struct changes *changes, const struct move *move, const PGresult *records) {
  const struct state *state = &changes->scope->reg->states[move->state];
  AUTO_TEXT struct text reference = {0};
  recommendation_add_reference(changes->scope->recommendations,
                               &changes->scope->recommendations->items[move->recommendation], &reference);
  grid_cell(changes->grid, state->iso3);
  grid_cell(changes->grid, state->name);
  grid_cell(changes->grid, reference.data);
  add_level(changes, move->before);
  add_level(changes, move->after);
  add_records(changes, move, records);
}

/* ---- notes --------------------------------------------------------------- */

static void add_steps(const struct changes *changes) {
  int levels = (int)changes->width - 2;
  for (int before = NOT_ASKED; before < levels; before++)
    for (int after = NOT_ASKED; after < levels; after++) {
      size_t count = changes->steps[(size_t)(before + 2) * changes->width + (size_t)(after + 2)];
      if (count > 0)
        grid_note(changes->grid, "%s → %s: %zu", level_name(changes, before)->label, level_name(changes, after)->label,
                  count);
    }
}

static void add_notes(const struct changes *changes) {
  const struct language *language = changes->scope->language;
  grid_note(changes->grid, translate(language, "Pairs that changed: %zu."), changes->count);
  add_steps(changes);
  if (changes->came > 0)
    grid_note(changes->grid, translate(language, "Pairs that came into the population without a response: %zu."),
              changes->came);
  if (changes->left > 0)
    grid_note(changes->grid, translate(language, "Pairs that left the population without a response: %zu."),
              changes->left);
}

static void release(struct changes *changes) {
  for (size_t i = 0; changes->names != NULL && i < changes->width; i++) {
    free(changes->names[i].code);
    free(changes->names[i].label);
  }
  free(changes->names);
  free(changes->moves);
  free(changes->steps);
}

bool changes_report(struct db *db, const struct cut *cut, struct material *material, struct grid *grid,
                    struct error *error) {
  AUTO_RESULT PGresult *records = NULL;
  const struct scope *scope = material_scope(material);
  __attribute__((cleanup(release))) struct changes changes = {
      .cut = cut,
      .then = &material->populations[0],
      .now = material_population(material),
      .scope = scope,
      .grid = grid,
      .width = scope->reg->level_count + 2,
  };
  changes.steps = memory_new(changes.width * changes.width, sizeof *changes.steps);
  find_moves(&changes);
  if (!load_records(db, &changes, &records, error))
    return false;
  name_levels(&changes);
  add_heads(&changes);
  for (size_t i = 0; i < changes.count; i++)
    add_row(&changes, &changes.moves[i], records);
  add_notes(&changes);
  about_population(cut, material, changes.shown, grid);
  return true;
}
