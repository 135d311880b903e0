/* The ratings matrix. */
#include "reports/matrix.h"

#include "core/memory.h"
#include "reports/shade.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct matrix {
  const struct cut *cut;
  const struct population *population;
  struct grid *grid;
  size_t *columns; /* recommendations that are shown, in the order of their documents */
  size_t column_count;
  uint64_t *responses; /* by column */
  uint64_t pairs, response_total;
  day newest;
  size_t *shades; /* of the register's levels */
  size_t no_response, not_asked;
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
    grid_cell_shaded(matrix->grid, matrix->not_asked);
    return;
  }
  *any = true;
  matrix->pairs++;
  if (pair.level < 0) {
    grid_cell_shaded(matrix->grid, matrix->no_response);
    return;
  }
  grid_cell_shaded(matrix->grid, matrix->shades[pair.level]);
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

/* The shades of the levels that were met, in the order of their scales. */
static void add_legend(struct grid *grid) {
  for (size_t i = 0; i < grid->shade_count; i++) {
    const struct grid_shade *shade = &grid->shades[i];
    if (*shade->letter == '\0')
      grid_legend(grid, "empty: not asked of this State");
    else if (shade->met || strcmp(shade->code, GRID_NO_RESPONSE) == 0)
      grid_legend(grid, "%s %s", shade->letter, shade->label);
  }
}

uint64_t matrix_fill(const struct cut *cut, const struct population *population, struct grid *grid) {
  const struct scope *scope = population->scope;
  struct matrix matrix = {.cut = cut, .population = population, .grid = grid, .newest = DAY_NONE};
  matrix.columns = memory_new(scope->recommendations->count, sizeof *matrix.columns);
  matrix.responses = memory_new(scope->recommendations->count, sizeof *matrix.responses);
  matrix.shades = memory_new(scope->reg->level_count, sizeof *matrix.shades);
  shade_levels(scope, grid, matrix.shades);
  matrix.no_response = grid_shade_find(grid, GRID_NO_RESPONSE);
  matrix.not_asked = grid_shade_find(grid, GRID_NOT_ASKED);
  add_heads(&matrix);
  for (size_t i = 0; i < scope->reg->state_count; i++)
    add_row(&matrix, scope->reg->by_name[i]);
  add_total(&matrix);
  add_legend(grid);
  free(matrix.columns);
  free(matrix.responses);
  free(matrix.shades);
  return matrix.pairs;
}
