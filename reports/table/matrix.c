/*
 * The ratings matrix.
 *
 * Its cells are one byte each in the population; rows are made from them when a renderer asks.  What is counted here is
 * what stands at the edges: responses by State and by recommendation.
 */
#include "reports/table/matrix.h"

#include "core/base/language.h"
#include "core/base/memory.h"
#include "reports/counting/provenance.h"
#include "reports/counting/sources.h"
#include "reports/table/about.h"
#include "reports/table/preset.h"
#include "reports/table/shade.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STATE_CODE, STATE_NAME, NEWEST, SOURCE, REPLIES, FIRST_LETTER }; /* columns; behind the letters: responses */

struct matrix {
  const struct population *population;
  struct provenance provenance; /* empty where it wasn't loaded */
  size_t *rows;                 /* States that are asked anything, in the order of their names */
  size_t row_count;
  size_t *columns; /* recommendations that are asked of anybody, in the order of their documents */
  size_t column_count;
  uint64_t *by_state, *by_recommendation; /* responses */
  uint64_t pairs, responses, replies;
  day newest;
  size_t *shades; /* of the register's levels */
  size_t no_response, not_asked;
  char number[sizeof "18446744073709551615"]; /* the text of the last number or day that was asked for */
};

static void matrix_free(void *thing) {
  struct matrix *matrix = thing;
  provenance_free(&matrix->provenance);
  free(matrix->rows);
  free(matrix->columns);
  free(matrix->by_state);
  free(matrix->by_recommendation);
  free(matrix->shades);
  free(matrix);
}

/* ---- counting ------------------------------------------------------------ */

static void count_state(struct matrix *matrix, size_t state, bool *asked, bool *levels_met) {
  const struct population *population = matrix->population;
  uint64_t before = matrix->pairs;
  struct pair pair;
  for (size_t i = 0; i < population->scope->recommendations->count; i++) {
    if (!population_pair(population, state, i, &pair))
      continue;
    matrix->pairs++;
    asked[i] = true;
    if (pair.level < 0)
      continue;
    matrix->by_state[state]++;
    matrix->by_recommendation[i]++;
    levels_met[pair.level] = true;
  }
  if (matrix->pairs == before)
    return; /* nothing is asked of this State */
  matrix->rows[matrix->row_count++] = state;
  matrix->responses += matrix->by_state[state];
  if (population->newest[state] > matrix->newest)
    matrix->newest = population->newest[state];
}

static void count(struct matrix *matrix, struct grid *grid) {
  const struct scope *scope = matrix->population->scope;
  const struct recommendation_list *list = scope->recommendations;
  AUTO_FREE bool *asked = memory_new(list->count, sizeof *asked);
  AUTO_FREE bool *levels_met = memory_new(scope->reg->level_count, sizeof *levels_met);
  for (size_t i = 0; i < scope->reg->state_count; i++)
    count_state(matrix, scope->reg->by_name[i], asked, levels_met);
  for (size_t i = 0; i < list->count; i++)
    if (asked[list->by_place[i]])
      matrix->columns[matrix->column_count++] = list->by_place[i];
  for (size_t i = 0; i < scope->reg->level_count; i++)
    if (levels_met[i])
      grid_shade_met(grid, matrix->shades[i]);
  if (matrix->responses < matrix->pairs)
    grid_shade_met(grid, matrix->no_response);
  if (matrix->pairs < (uint64_t)matrix->row_count * matrix->column_count)
    grid_shade_met(grid, matrix->not_asked);
}

static struct matrix *matrix_new(const struct population *population, struct grid *grid) {
  const struct scope *scope = population->scope;
  struct matrix *matrix = memory_new(1, sizeof *matrix);
  matrix->population = population;
  matrix->newest = DAY_NONE;
  matrix->rows = memory_new(scope->reg->state_count, sizeof *matrix->rows);
  matrix->by_state = memory_new(scope->reg->state_count, sizeof *matrix->by_state);
  matrix->columns = memory_new(scope->recommendations->count, sizeof *matrix->columns);
  matrix->by_recommendation = memory_new(scope->recommendations->count, sizeof *matrix->by_recommendation);
  matrix->shades = memory_new(scope->reg->level_count, sizeof *matrix->shades);
  shade_levels(scope, grid, matrix->shades);
  matrix->no_response = grid_shade_find(grid, GRID_NO_RESPONSE);
  matrix->not_asked = grid_shade_find(grid, GRID_NOT_ASKED);
  return matrix;
}

/* ---- rows ---------------------------------------------------------------- */

static const char *number_text(struct matrix *matrix, uint64_t number) {
  snprintf(matrix->number, sizeof matrix->number, "%" PRIu64, number);
  return matrix->number;
}

static const char *day_text(struct matrix *matrix, day value) {
  return value != DAY_NONE ? day_format(value, matrix->number) : NULL;
}

static const char *total_cell(struct matrix *matrix, size_t column) {
  switch (column) {
  case STATE_CODE:
    return "total";
  case STATE_NAME:
    return translate(matrix->population->scope->language, "Responses");
  case NEWEST:
    return day_text(matrix, matrix->newest);
  case SOURCE:
    return NULL;
  case REPLIES:
    return number_text(matrix, matrix->replies);
  default:
    break;
  }
  size_t letter = column - FIRST_LETTER;
  return number_text(matrix, letter < matrix->column_count ? matrix->by_recommendation[matrix->columns[letter]]
                                                           : matrix->responses);
}

static const char *cell(void *thing, size_t row, size_t column) {
  struct matrix *matrix = thing;
  if (row == matrix->row_count)
    return total_cell(matrix, column);
  size_t state = matrix->rows[row];
  bool known = state < matrix->provenance.count;
  switch (column) {
  case STATE_CODE:
    return matrix->population->scope->reg->states[state].iso3;
  case STATE_NAME:
    return matrix->population->scope->reg->states[state].name;
  case NEWEST:
    return day_text(matrix, matrix->population->newest[state]);
  case SOURCE:
    return known ? matrix->provenance.sources[state] : NULL;
  case REPLIES:
    return number_text(matrix, known ? matrix->provenance.replies[state] : 0);
  default:
    return number_text(matrix, matrix->by_state[state]);
  }
}

/* Letters are shades. */
static size_t shade(void *thing, size_t row, size_t column) {
  const struct matrix *matrix = thing;
  struct pair pair;
  if (row == matrix->row_count || column < FIRST_LETTER || column - FIRST_LETTER >= matrix->column_count)
    return 0;
  if (!population_pair(matrix->population, matrix->rows[row], matrix->columns[column - FIRST_LETTER], &pair))
    return matrix->not_asked;
  return pair.level < 0 ? matrix->no_response : matrix->shades[pair.level];
}

/* ---- the grid ------------------------------------------------------------ */

static bool one_document(const struct recommendation_list *list) {
  const struct recommendation *first = NULL;
  for (size_t i = 0; i < list->count; i++) {
    if (recommendation_is_superseded(&list->items[i]))
      continue;
    first = first != NULL ? first : &list->items[i];
    if (list->items[i].document != first->document)
      return false;
  }
  return true;
}

/* Places alone are enough where all recommendations stand in one document. */
static void add_heads(const struct matrix *matrix, struct grid *grid) {
  const struct recommendation_list *list = matrix->population->scope->recommendations;
  bool places = one_document(list);
  const struct language *language = matrix->population->scope->language;
  AUTO_TEXT struct text reference = {0};
  grid_column(grid, "state", translate(language, "State"));
  grid_column(grid, "state_label", translate(language, "State"))->label = true;
  grid_column(grid, "newest", translate(language, "Newest"))->day = true;
  grid_column(grid, "source", translate(language, "Source"));
  grid_column(grid, "replies", translate(language, "Replies"))->number = true;
  for (size_t i = 0; i < matrix->column_count; i++) {
    const struct recommendation *item = &list->items[matrix->columns[i]];
    text_clear(&reference);
    recommendation_add_reference(list, item, &reference);
    grid_column(grid, reference.data, places ? item->place : reference.data);
  }
  grid_column(grid, "total", translate(language, "Responses"))->number = true;
}

/* The shades of the levels that were met, in the order of their scales. */
static void add_legend(struct grid *grid) {
  for (size_t i = 0; i < grid->shade_count; i++) {
    const struct grid_shade *entry = &grid->shades[i];
    if (*entry->letter == '\0')
      grid_legend(grid, "%s", translate(grid->language, "empty: not asked of this State"));
    else if (entry->met || strcmp(entry->code, GRID_NO_RESPONSE) == 0)
      grid_legend(grid, "%s %s", entry->letter, entry->label);
  }
}

static struct matrix *fill(struct population *population, struct grid *grid) {
  population_narrow(population);
  struct matrix *matrix = matrix_new(population, grid);
  grid_keep(grid, matrix, matrix_free);
  count(matrix, grid);
  add_heads(matrix, grid);
  grid->source = (struct grid_source){.rows = matrix->row_count + 1, .cell = cell, .shade = shade, .context = matrix};
  grid->total = true;
  add_legend(grid);
  return matrix;
}

uint64_t matrix_fill(struct population *population, struct grid *grid) {
  return fill(population, grid)->pairs;
}

/* What the letters add up to: the pairs by regional group, as the report of that name counts them. */
static bool add_summary(struct db *db, const struct cut *cut, struct material *material, struct grid *grid,
                        struct error *error) {
  struct cut groups = {.compare = DAY_NONE,
                       .known_from = MOMENT_NONE,
                       .from = DAY_NONE,
                       .as_of = cut->as_of,
                       .kind = cut->kind,
                       .filter = cut->filter,
                       .language = cut->language};
  const struct preset *preset = preset_find("groups", error);
  if (preset == NULL || !preset_apply(preset, &groups, error))
    return false;
  grid->summary = grid_new(translate(cut->language, preset->title));
  grid->summary->language = cut->language;
  return preset->fill(db, &groups, material, grid->summary, error);
}

bool matrix_report(struct db *db, const struct cut *cut, struct material *material, struct grid *grid,
                   struct error *error) {
  struct population *population = material_population(material);
  struct matrix *matrix = fill(population, grid);
  if (!provenance_load(db, population, &matrix->provenance, error))
    return false;
  for (size_t i = 0; i < matrix->row_count; i++)
    matrix->replies += matrix->provenance.replies[matrix->rows[i]];
  grid_note(grid, "%s",
            translate(cut->language,
                      "Source: of the record that speaks of the newest day. Replies: communications that "
                      "differ in the day received, channel or source."));
  about_population(cut, material, matrix->pairs, grid);
  return !cut->sources || (sources_attach(db, material_scope(material), cut->kind, grid, error) &&
                           add_summary(db, cut, material, grid, error));
}
