/* An axis: a dimension's members in one scope. */
#include "reports/axis.h"

#include "core/memory.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

static const char NONE[] = "none"; /* the code of what has no value */

static size_t member_for(struct axis *axis, const char *code, const char *label) {
  int32_t found = name_index_find(axis->index, code, strlen(code));
  if (found >= 0)
    return (size_t)found;
  memory_reserve((void **)&axis->members, &axis->capacity, axis->count + 1, sizeof *axis->members);
  axis->members[axis->count] = (struct member){memory_string(code), memory_string(*label != '\0' ? label : code)};
  name_index_add(axis->index, code, strlen(code), (int32_t)axis->count);
  return axis->count++;
}

static void append(struct axis *axis, size_t member) {
  memory_reserve((void **)&axis->lists, &axis->list_capacity, axis->list_count + 1, sizeof *axis->lists);
  axis->lists[axis->list_count++] = member;
}

/* Appends the members of one pair to the lists; there is one at least. */
static void list_members(struct axis *axis, const struct scope *scope, const struct pair *pair) {
  AUTO_TEXT struct text code = {0};
  AUTO_TEXT struct text label = {0};
  size_t number = 0;
  for (; axis->dimension->member(scope, pair, number, &code, &label); number++) {
    append(axis, member_for(axis, text_string(&code), text_string(&label)));
    text_clear(&code);
    text_clear(&label);
  }
  if (number == 0)
    append(axis, member_for(axis, NONE, axis->dimension->none));
}

/* Lists the members of element `element`, seen as `pair`. */
static void list_element(struct axis *axis, const struct scope *scope, size_t element, const struct pair *pair) {
  axis->from[element] = axis->list_count;
  list_members(axis, scope, pair);
  axis->to[element] = axis->list_count;
}

static struct pair pair_without_record(void) {
  return (struct pair){.level = -1, .as_of = DAY_NONE, .channel = -1};
}

/* In the order of names, as tables of States are read. */
static void list_states(struct axis *axis, const struct scope *scope) {
  struct pair pair = pair_without_record();
  for (size_t i = 0; i < scope->reg->state_count; i++) {
    pair.state = scope->reg->by_name[i];
    list_element(axis, scope, pair.state, &pair);
  }
}

/* In the order of their documents, so that the members are too. */
static void list_recommendations(struct axis *axis, const struct scope *scope) {
  struct pair pair = pair_without_record();
  for (size_t i = 0; i < scope->recommendations->count; i++) {
    pair.recommendation = scope->recommendations->by_place[i];
    list_element(axis, scope, pair.recommendation, &pair);
  }
}

static bool is_scale_used(const struct scope *scope, int scale_id) {
  for (size_t i = 0; i < scope->recommendations->count; i++)
    if (scope->recommendations->items[i].scale_id == scale_id)
      return true;
  return false;
}

/* Element 0 is no response, element i + 1 level i of the register; no response comes last among the members. */
static void list_levels(struct axis *axis, const struct scope *scope) {
  struct pair pair = pair_without_record();
  for (size_t i = 0; i < scope->reg->level_count; i++) {
    pair.level = (int)i;
    if (is_scale_used(scope, scope->reg->levels[i].scale_id))
      list_element(axis, scope, i + 1, &pair);
  }
  pair.level = -1;
  list_element(axis, scope, 0, &pair);
}

bool axis_needs_records(const struct axis *axis) {
  return axis->dimension->looks_at == LOOKS_AT_RECORD && (axis->dimension->flags & ALL_SHOWN) == 0;
}

struct axis *axis_new(const struct scope *scope, const struct dimension *dimension) {
  struct axis *axis = memory_new(1, sizeof *axis);
  axis->dimension = dimension;
  axis->index = name_index_new();
  size_t elements = dimension->looks_at == LOOKS_AT_STATE            ? scope->reg->state_count
                    : dimension->looks_at == LOOKS_AT_RECOMMENDATION ? scope->recommendations->count
                                                                     : scope->reg->level_count + 1;
  axis->from = memory_new(elements, sizeof *axis->from);
  axis->to = memory_new(elements, sizeof *axis->to);
  if (dimension->looks_at == LOOKS_AT_STATE)
    list_states(axis, scope);
  else if (dimension->looks_at == LOOKS_AT_RECOMMENDATION)
    list_recommendations(axis, scope);
  else if (!axis_needs_records(axis))
    list_levels(axis, scope);
  return axis;
}

void axis_free(struct axis **pointer) {
  struct axis *axis = *pointer;
  if (axis == NULL)
    return;
  for (size_t i = 0; i < axis->count; i++) {
    free(axis->members[i].code);
    free(axis->members[i].label);
  }
  free(axis->members);
  free(axis->from);
  free(axis->to);
  free(axis->lists);
  name_index_free(&axis->index);
  free(axis);
  *pointer = NULL;
}

/* ---- order --------------------------------------------------------------- */

static int compare_members(const void *a, const void *b, void *context) {
  const struct member *members = context;
  const char *one = members[*(const size_t *)a].code, *other = members[*(const size_t *)b].code;
  bool one_none = strcmp(one, NONE) == 0, other_none = strcmp(other, NONE) == 0;
  if (one_none != other_none)
    return one_none ? 1 : -1;
  return strverscmp(one, other);
}

void axis_order(struct axis *axis) {
  if ((axis->dimension->flags & AS_LISTED) != 0)
    return;
  AUTO_FREE size_t *order = memory_new(axis->count, sizeof *order);
  AUTO_FREE size_t *place = memory_new(axis->count, sizeof *place);
  struct member *sorted = memory_new(axis->count, sizeof *sorted);
  for (size_t i = 0; i < axis->count; i++)
    order[i] = i;
  qsort_r(order, axis->count, sizeof *order, compare_members, axis->members);
  name_index_free(&axis->index);
  axis->index = name_index_new();
  for (size_t i = 0; i < axis->count; i++) {
    place[order[i]] = i;
    sorted[i] = axis->members[order[i]];
    name_index_add(axis->index, sorted[i].code, strlen(sorted[i].code), (int32_t)i);
  }
  free(axis->members);
  axis->members = sorted;
  axis->capacity = axis->count;
  for (size_t i = 0; i < axis->list_count; i++)
    axis->lists[i] = place[axis->lists[i]];
}

/* ---- pairs --------------------------------------------------------------- */

void axis_meet(struct axis *axis, const struct scope *scope, const struct pair *pair) {
  axis->list_count = 0;
  list_members(axis, scope, pair);
}

const size_t *axis_members(struct axis *axis, const struct scope *scope, const struct pair *pair, size_t *count) {
  if (axis_needs_records(axis)) {
    axis_meet(axis, scope, pair);
    *count = axis->list_count;
    return axis->lists;
  }
  size_t element = axis->dimension->looks_at == LOOKS_AT_STATE            ? pair->state
                   : axis->dimension->looks_at == LOOKS_AT_RECOMMENDATION ? pair->recommendation
                                                                          : (size_t)(pair->level + 1);
  *count = axis->to[element] - axis->from[element];
  return axis->lists + axis->from[element];
}
