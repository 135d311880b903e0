/* The ratings matrix. */
#include "reports/matrix.h"

#include "core/memory.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char NO_RESPONSE[] = "-";

struct matrix {
  const struct cut *cut;
  const struct population *population;
  struct grid *grid;
  size_t *columns; /* recommendations that are shown, in the order of their documents */
  size_t column_count;
  uint64_t *responses; /* by column */
  uint64_t pairs, response_total;
  day newest;
  bool *levels_met;
};

static bool shows_pair(const struct matrix *matrix, size_t state, size_t recommendation, struct pair *pair) {
  return population_pair(matrix->population, state, recommendation, pair) &&
         (matrix->cut->filter == NULL || filter_holds(matrix->cut->filter, matrix->population->scope, pair));
}

static bool shows_column(const struct matrix *matrix, size_t recommendation) {
  struct pair pair;
  for (size_t state = 0; state < matrix->population->scope->reg->state_count; state++)
    if (shows_pair(matrix, state, recommendation, &pair))
      return true;
  return false;
}

/* Places alone are enough where all recommendations stand in one document. */
static void add_heads(struct matrix *matrix) {
  const struct recommendation_list *list = matrix->population->scope->recommendations;
  bool one_document = true;
  for (size_t i = 0; i < list->count; i++) {
    if (shows_column(matrix, list->by_place[i]))
      matrix->columns[matrix->column_count++] = list->by_place[i];
    one_document = one_document && list->items[i].document == list->items[0].document;
  }
  grid_column(matrix->grid, "state", "State");
  grid_column(matrix->grid, "state_label", "State")->label = true;
  for (size_t i = 0; i < matrix->column_count; i++) {
    const struct recommendation *item = &list->items[matrix->columns[i]];
    AUTO_TEXT struct text reference = {0};
    recommendation_add_reference(list, item, &reference);
    grid_column(matrix->grid, reference.data, one_document ? item->place : reference.data);
  }
  grid_column(matrix->grid, "total", "Responses")->number = true;
  grid_column(matrix->grid, "newest", "Newest");
}

static void add_cell(struct matrix *matrix, size_t state, size_t column, uint64_t *responses, day *newest, bool *any) {
  struct pair pair;
  if (!shows_pair(matrix, state, matrix->columns[column], &pair)) {
    grid_cell(matrix->grid, NULL);
    return;
  }
  *any = true;
  matrix->pairs++;
  if (pair.level < 0) {
    grid_cell(matrix->grid, NO_RESPONSE);
    return;
  }
  grid_cell(matrix->grid, matrix->population->scope->reg->levels[pair.level].letter);
  matrix->levels_met[pair.level] = true;
  matrix->responses[column]++;
  (*responses)++;
  if (*newest == DAY_NONE || pair.as_of > *newest)
    *newest = pair.as_of;
}

static void add_row(struct matrix *matrix, size_t state) {
  size_t before = matrix->grid->cell_count;
  uint64_t responses = 0;
  day newest = DAY_NONE;
  bool any = false;
  char date[DAY_TEXT_SIZE];
  grid_cell(matrix->grid, matrix->population->scope->reg->states[state].iso3);
  grid_cell(matrix->grid, matrix->population->scope->reg->states[state].name);
  for (size_t i = 0; i < matrix->column_count; i++)
    add_cell(matrix, state, i, &responses, &newest, &any);
  if (!any) {
    grid_drop_cells(matrix->grid, before); /* nothing is asked of this State */
    return;
  }
  grid_cell_format(matrix->grid, "%" PRIu64, responses);
  grid_cell(matrix->grid, newest != DAY_NONE ? day_format(newest, date) : NULL);
  matrix->response_total += responses;
  if (newest != DAY_NONE && (matrix->newest == DAY_NONE || newest > matrix->newest))
    matrix->newest = newest;
}

static void add_total(struct matrix *matrix) {
  char date[DAY_TEXT_SIZE];
  grid_cell(matrix->grid, "total");
  grid_cell(matrix->grid, "Responses");
  for (size_t i = 0; i < matrix->column_count; i++)
    grid_cell_format(matrix->grid, "%" PRIu64, matrix->responses[i]);
  grid_cell_format(matrix->grid, "%" PRIu64, matrix->response_total);
  grid_cell(matrix->grid, matrix->newest != DAY_NONE ? day_format(matrix->newest, date) : NULL);
  matrix->grid->total = true;
}

static void add_legend(const struct matrix *matrix) {
  const struct state_register *reg = matrix->population->scope->reg;
  for (size_t i = 0; i < reg->level_count; i++)
    if (matrix->levels_met[i])
      grid_legend(matrix->grid, "%s %s", reg->levels[i].letter, reg->levels[i].label);
  grid_legend(matrix->grid, "%s No response", NO_RESPONSE);
  grid_legend(matrix->grid, "empty: not asked of this State");
}

uint64_t matrix_fill(const struct cut *cut, const struct population *population, struct grid *grid) {
  const struct scope *scope = population->scope;
  struct matrix matrix = {.cut = cut, .population = population, .grid = grid, .newest = DAY_NONE};
  matrix.columns = memory_new(scope->recommendations->count, sizeof *matrix.columns);
  matrix.responses = memory_new(scope->recommendations->count, sizeof *matrix.responses);
  matrix.levels_met = memory_new(scope->reg->level_count, sizeof *matrix.levels_met);
  add_heads(&matrix);
  for (size_t i = 0; i < scope->reg->state_count; i++)
    add_row(&matrix, scope->reg->by_name[i]);
  add_total(&matrix);
  add_legend(&matrix);
  free(matrix.columns);
  free(matrix.responses);
  free(matrix.levels_met);
  return matrix.pairs;
}
