/* Counting the pairs of a population into the cells of a table. */
#include "reports/tally.h"

#include "core/memory.h"

#include <stdlib.h>

/* ---- sides --------------------------------------------------------------- */

void side_new(struct side *side, const struct scope *scope, const struct dimension *const *list, size_t count) {
  *side = (struct side){.axis_count = count};
  for (size_t i = 0; i < count; i++)
    side->axes[i] = axis_new(scope, list[i]);
}

void side_free(struct side *side) {
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

struct counting {
  enum measure measure;
  struct places rows, columns;
  /* For different States or recommendations: the last one that each figure counted, plus one. */
  size_t *cell_last, *row_last, *column_last, total_last;
};

/* Counts an element once for each figure; elements come one after the other. */
static void count_once(int64_t *figure, size_t *last, size_t element) {
  if (*last == element + 1)
    return;
  *last = element + 1;
  (*figure)++;
}

static void count_element(struct tally *tally, struct counting *counting, size_t element) {
  count_once(&tally->total, &counting->total_last, element);
  for (size_t i = 0; i < counting->rows.count; i++) {
    size_t row = counting->rows.list[i];
    count_once(&tally->row_totals[row], &counting->row_last[row], element);
    for (size_t k = 0; k < counting->columns.count; k++) {
      size_t cell = row * tally->columns.places + counting->columns.list[k];
      count_once(&tally->cells[cell], &counting->cell_last[cell], element);
    }
  }
  for (size_t k = 0; k < counting->columns.count; k++) {
    size_t column = counting->columns.list[k];
    count_once(&tally->column_totals[column], &counting->column_last[column], element);
  }
}

static void add(struct tally *tally, const struct counting *counting, int64_t weight) {
  tally->total++;
  tally->total_weight += weight;
  for (size_t i = 0; i < counting->rows.count; i++) {
    size_t row = counting->rows.list[i];
    tally->row_totals[row]++;
    tally->row_weights[row] += weight;
    for (size_t k = 0; k < counting->columns.count; k++) {
      size_t cell = row * tally->columns.places + counting->columns.list[k];
      tally->cells[cell]++;
      tally->cell_weights[cell] += weight;
    }
  }
  for (size_t k = 0; k < counting->columns.count; k++) {
    tally->column_totals[counting->columns.list[k]]++;
    tally->column_weights[counting->columns.list[k]] += weight;
  }
}

static void count_pair(struct tally *tally, const struct population *population, const struct pair *pair,
                       void *context) {
  struct counting *counting = context;
  tally->pairs++;
  find_places(&tally->rows, population->scope, pair, &counting->rows);
  find_places(&tally->columns, population->scope, pair, &counting->columns);
  if (counting->measure == MEASURE_STATES)
    count_element(tally, counting, pair->state);
  else if (counting->measure == MEASURE_RECOMMENDATIONS)
    count_element(tally, counting, pair->recommendation);
  else if (counting->measure != MEASURE_SCORE)
    add(tally, counting, 0);
  else if (pair->level >= 0 && population->scope->reg->levels[pair->level].weight >= 0)
    add(tally, counting, population->scope->reg->levels[pair->level].weight);
}

void tally_count(struct tally *tally, const struct cut *cut, const struct population *population) {
  side_new(&tally->rows, population->scope, cut->rows, cut->row_count);
  side_new(&tally->columns, population->scope, cut->columns, cut->column_count);
  if (any_needs_records(&tally->rows) || any_needs_records(&tally->columns))
    visit_pairs(tally, cut, population, false, meet, NULL);
  side_order(&tally->rows);
  side_order(&tally->columns);
  size_t rows = tally->rows.places, columns = tally->columns.places;
  tally->cells = memory_new(rows * columns, sizeof *tally->cells);
  tally->row_totals = memory_new(rows, sizeof *tally->row_totals);
  tally->column_totals = memory_new(columns, sizeof *tally->column_totals);
  tally->cell_weights = memory_new(rows * columns, sizeof *tally->cell_weights);
  tally->row_weights = memory_new(rows, sizeof *tally->row_weights);
  tally->column_weights = memory_new(columns, sizeof *tally->column_weights);
  struct counting counting = {
      .measure = cut->measure,
      .cell_last = memory_new(rows * columns, sizeof(size_t)),
      .row_last = memory_new(rows, sizeof(size_t)),
      .column_last = memory_new(columns, sizeof(size_t)),
  };
  visit_pairs(tally, cut, population, cut->measure == MEASURE_RECOMMENDATIONS, count_pair, &counting);
  free(counting.rows.list);
  free(counting.columns.list);
  free(counting.cell_last);
  free(counting.row_last);
  free(counting.column_last);
}

void tally_free(struct tally *tally) {
  side_free(&tally->rows);
  side_free(&tally->columns);
  free(tally->cells);
  free(tally->row_totals);
  free(tally->column_totals);
  free(tally->cell_weights);
  free(tally->row_weights);
  free(tally->column_weights);
  *tally = (struct tally){0};
}
