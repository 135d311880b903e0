/* Counting the pairs of a population into the cells of a table. */
#include "reports/table/tally.h"

#include "core/base/memory.h"

#include <stdlib.h>

/* ---- sides --------------------------------------------------------------- */

/* The scopes of the populations, one after the other, as axes want them. */
static struct scope *list_scopes(const struct population *populations, size_t count) {
  struct scope *scopes = memory_new(count, sizeof *scopes);
  for (size_t i = 0; i < count; i++)
    scopes[i] = *populations[i].scope;
  return scopes;
}

static void side_new(struct side *side, const struct scope *scopes, size_t scope_count,
                     const struct dimension *const *list, size_t count) {
  *side = (struct side){.axis_count = count};
  for (size_t i = 0; i < count; i++)
    side->axes[i] = axis_new(scopes, scope_count, list[i]);
}

static void side_free(struct side *side) {
  for (size_t i = 0; i < side->axis_count; i++)
    axis_free(&side->axes[i]);
  free(side->met);
  *side = (struct side){0};
}

static void side_order(struct side *side) {
  side->places = 1;
  for (size_t i = 0; i < side->axis_count; i++) {
    axis_order(side->axes[i]);
    side->places *= side->axes[i]->count;
  }
  side->met = memory_new(side->places, sizeof *side->met);
}

bool side_shows(const struct side *side, size_t place) {
  if (side->met[place])
    return true;
  for (size_t i = 0; i < side->axis_count; i++)
    if ((side->axes[i]->dimension->flags & ALL_SHOWN) == 0)
      return false;
  return true;
}

const struct member *side_member(const struct side *side, size_t place, size_t axis) {
  if (side->axis_count == 1)
    return &side->axes[0]->members[place];
  size_t width = side->axes[1]->count;
  return &side->axes[axis]->members[axis == 0 ? place / width : place % width];
}

bool side_adds_up(const struct side *side) {
  for (size_t i = 0; i < side->axis_count; i++)
    if (side->axes[i]->dimension->looks_at == LOOKS_AT_DAY)
      return false;
  return true;
}

/* The places that a pair belongs to. */
struct places {
  size_t *list;
  size_t count, capacity;
};

static void find_places(struct side *side, const struct scope *scope, const struct pair *pair, struct places *places) {
  places->count = 0;
  size_t first_count, second_count = 1;
  const size_t *first = axis_members(side->axes[0], scope, pair, &first_count);
  const size_t zero = 0;
  const size_t *second = side->axis_count > 1 ? axis_members(side->axes[1], scope, pair, &second_count) : &zero;
  size_t width = side->axis_count > 1 ? side->axes[1]->count : 1;
  memory_reserve((void **)&places->list, &places->capacity, first_count * second_count, sizeof *places->list);
  for (size_t i = 0; i < first_count; i++)
    for (size_t k = 0; k < second_count; k++) {
      size_t place = first[i] * width + second[k];
      side->met[place] = true;
      places->list[places->count++] = place;
    }
}

/* ---- visiting ------------------------------------------------------------ */

typedef void visit(struct tally *tally, const struct population *population, const struct pair *pair, void *context);

/* Every pair that the filter lets through; States one after the other, or recommendations. */
static void visit_pairs(struct tally *tally, const struct cut *cut, const struct population *population,
                        bool by_recommendation, visit *visitor, void *context) {
  const struct scope *scope = population->scope;
  size_t states = scope->reg->state_count, recommendations = scope->recommendations->count;
  size_t outer = by_recommendation ? recommendations : states, inner = by_recommendation ? states : recommendations;
  struct pair pair;
  for (size_t i = 0; i < outer; i++)
    for (size_t k = 0; k < inner; k++)
      if (population_pair(population, by_recommendation ? k : i, by_recommendation ? i : k, &pair) &&
          (cut->filter == NULL || filter_holds(cut->filter, scope, &pair)))
        visitor(tally, population, &pair, context);
}

static void meet(struct tally *tally, const struct population *population, const struct pair *pair, void *context) {
  (void)context;
  for (size_t i = 0; i < tally->rows.axis_count; i++)
    if (axis_needs_records(tally->rows.axes[i]))
      axis_meet(tally->rows.axes[i], population->scope, pair);
  for (size_t i = 0; i < tally->columns.axis_count; i++)
    if (axis_needs_records(tally->columns.axes[i]))
      axis_meet(tally->columns.axes[i], population->scope, pair);
}

static bool any_needs_records(const struct side *side) {
  for (size_t i = 0; i < side->axis_count; i++)
    if (axis_needs_records(side->axes[i]))
      return true;
  return false;
}

/* ---- counting ------------------------------------------------------------ */

static void figures_new(struct figures *figures, size_t rows, size_t columns) {
  figures->cells = memory_new(rows * columns, sizeof *figures->cells);
  figures->row_totals = memory_new(rows, sizeof *figures->row_totals);
  figures->column_totals = memory_new(columns, sizeof *figures->column_totals);
}

static void figures_free(struct figures *figures) {
  free(figures->cells);
  free(figures->row_totals);
  free(figures->column_totals);
}

int64_t tally_figure(const struct tally *tally, const struct figures *figures, size_t row, size_t column) {
  if (row == ALL_PLACES)
    return column == ALL_PLACES ? figures->total : figures->column_totals[column];
  return column == ALL_PLACES ? figures->row_totals[row] : figures->cells[row * tally->columns.places + column];
}

/* For different States or recommendations: the last one that each figure counted, plus one. */
struct last {
  size_t *cells, *rows, *columns, total;
};

static void last_new(struct last *last, size_t rows, size_t columns) {
  last->cells = memory_new(rows * columns, sizeof *last->cells);
  last->rows = memory_new(rows, sizeof *last->rows);
  last->columns = memory_new(columns, sizeof *last->columns);
}

static void last_free(struct last *last) {
  free(last->cells);
  free(last->rows);
  free(last->columns);
}

struct counting {
  const struct cut *cut;
  struct layer *layer;
  struct places rows, columns;
  struct last counted, answered;
};

/* Counts an element once for each figure; elements come one after the other. */
static void count_once(int64_t *figure, size_t *last, size_t element) {
  if (*last == element + 1)
    return;
  *last = element + 1;
  (*figure)++;
}

static void count_element(const struct tally *tally, const struct counting *counting, struct figures *figures,
                          struct last *last, size_t element) {
  count_once(&figures->total, &last->total, element);
  for (size_t i = 0; i < counting->rows.count; i++) {
    size_t row = counting->rows.list[i];
    count_once(&figures->row_totals[row], &last->rows[row], element);
    for (size_t k = 0; k < counting->columns.count; k++) {
      size_t cell = row * tally->columns.places + counting->columns.list[k];
      count_once(&figures->cells[cell], &last->cells[cell], element);
    }
  }
  for (size_t k = 0; k < counting->columns.count; k++) {
    size_t column = counting->columns.list[k];
    count_once(&figures->column_totals[column], &last->columns[column], element);
  }
}

static void add(const struct tally *tally, const struct counting *counting, struct figures *figures, int64_t amount) {
  figures->total += amount;
  for (size_t i = 0; i < counting->rows.count; i++) {
    size_t row = counting->rows.list[i];
    figures->row_totals[row] += amount;
    for (size_t k = 0; k < counting->columns.count; k++)
      figures->cells[row * tally->columns.places + counting->columns.list[k]] += amount;
  }
  for (size_t k = 0; k < counting->columns.count; k++)
    figures->column_totals[counting->columns.list[k]] += amount;
}

/* Counts a pair, or its State or recommendation where it was not counted yet. */
static void count(const struct tally *tally, const struct counting *counting, struct figures *figures,
                  struct last *last, const struct pair *pair) {
  switch (counting->cut->counted) {
  case COUNT_PAIRS:
  case COUNT_WEIGHTS:
    add(tally, counting, figures, 1);
    break;
  case COUNT_STATES:
    count_element(tally, counting, figures, last, pair->state);
    break;
  case COUNT_RECOMMENDATIONS:
    count_element(tally, counting, figures, last, pair->recommendation);
    break;
  }
}

static void count_pair(struct tally *tally, const struct population *population, const struct pair *pair,
                       void *context) {
  struct counting *counting = context;
  struct layer *layer = counting->layer;
  int weight = pair->level >= 0 ? population->scope->reg->levels[pair->level].weight : -1;
  layer->pairs++;
  find_places(&tally->rows, population->scope, pair, &counting->rows);
  find_places(&tally->columns, population->scope, pair, &counting->columns);
  if (counting->cut->counted != COUNT_WEIGHTS || weight >= 0)
    count(tally, counting, &layer->counts, &counting->counted, pair);
  if (counting->cut->counted == COUNT_WEIGHTS && weight >= 0)
    add(tally, counting, &layer->weights, weight);
  if (counting->cut->response_rate && pair->level >= 0)
    count(tally, counting, &layer->answered, &counting->answered, pair);
}

static void count_population(struct tally *tally, const struct cut *cut, const struct population *population,
                             struct layer *layer) {
  size_t rows = tally->rows.places, columns = tally->columns.places;
  struct counting counting = {.cut = cut, .layer = layer};
  last_new(&counting.counted, rows, columns);
  if (cut->response_rate)
    last_new(&counting.answered, rows, columns);
  visit_pairs(tally, cut, population, cut->counted == COUNT_RECOMMENDATIONS, count_pair, &counting);
  last_free(&counting.counted);
  last_free(&counting.answered);
  free(counting.rows.list);
  free(counting.columns.list);
}

static void layer_new(struct layer *layer, const struct cut *cut, size_t rows, size_t columns) {
  figures_new(&layer->counts, rows, columns);
  if (cut->counted == COUNT_WEIGHTS)
    figures_new(&layer->weights, rows, columns);
  if (cut->response_rate)
    figures_new(&layer->answered, rows, columns);
}

void tally_count(struct tally *tally, const struct cut *cut, const struct population *populations, size_t count) {
  AUTO_FREE struct scope *scopes = list_scopes(populations, count);
  bool compares = cut->compare != DAY_NONE;
  side_new(&tally->rows, scopes, count, cut->rows, cut->row_count);
  side_new(&tally->columns, scopes, count, cut->columns, cut->column_count);
  if (any_needs_records(&tally->rows) || any_needs_records(&tally->columns))
    for (size_t i = 0; i < count; i++)
      visit_pairs(tally, cut, &populations[i], false, meet, NULL);
  side_order(&tally->rows);
  side_order(&tally->columns);
  for (size_t i = 0; i < LAYERS; i++)
    if (i == LAYER_NOW || compares)
      layer_new(&tally->layers[i], cut, tally->rows.places, tally->columns.places);
  for (size_t i = 0; i < count; i++)
    count_population(tally, cut, &populations[i], &tally->layers[compares && i == 0 ? LAYER_THEN : LAYER_NOW]);
}

void tally_free(struct tally *tally) {
  side_free(&tally->rows);
  side_free(&tally->columns);
  for (size_t i = 0; i < LAYERS; i++) {
    figures_free(&tally->layers[i].counts);
    figures_free(&tally->layers[i].weights);
    figures_free(&tally->layers[i].answered);
  }
  *tally = (struct tally){0};
}
