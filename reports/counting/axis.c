/* An axis: a dimension's members in the scopes of a table. */
#include "reports/counting/axis.h"

#include "core/base/memory.h"
#include "core/base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

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
  const char *none = axis->dimension->none;
  if (number == 0)
    append(axis, member_for(axis, MEMBER_NONE, *none != '\0' ? translate(scope->language, none) : none));
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

/* By the day of adoption, unknown ones last; then in the order of documents. */
static int compare_adoption(const void *a, const void *b, void *context) {
  const struct scope *scope = context;
  const size_t *one = a, *other = b;
  const struct recommendation_list *list = scope->recommendations;
  day first = recommendation_adopted(list, &list->items[list->by_place[*one]]);
  day second = recommendation_adopted(list, &list->items[list->by_place[*other]]);
  if (first != second)
    return first == DAY_NONE ? 1 : second == DAY_NONE || first < second ? -1 : 1;
  return *one < *other ? -1 : *one > *other;
}

/* In the order of their documents, or of their adoption, so that the members are too. */
static void list_recommendations(struct axis *axis, const struct scope *scope) {
  size_t count = scope->recommendations->count;
  struct pair pair = pair_without_record();
  AUTO_FREE size_t *order = memory_new(count, sizeof *order);
  for (size_t i = 0; i < count; i++)
    order[i] = i;
  if ((axis->dimension->flags & AS_ADOPTED) != 0)
    qsort_r(order, count, sizeof *order, compare_adoption, (void *)(uintptr_t)scope);
  for (size_t i = 0; i < count; i++) {
    pair.recommendation = scope->recommendations->by_place[order[i]];
    if (!recommendation_is_superseded(&scope->recommendations->items[pair.recommendation]))
      list_element(axis, scope, scope->number * axis->elements + pair.recommendation, &pair);
  }
}

static bool is_scale_used(const struct scope *scope, int scale_id) {
  for (size_t i = 0; i < scope->recommendations->count; i++)
    if (scope->recommendations->items[i].scale_id == scale_id &&
        !recommendation_is_superseded(&scope->recommendations->items[i]))
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

static size_t count_elements(const struct scope *scope, const struct dimension *dimension) {
  switch (dimension->looks_at) {
  case LOOKS_AT_STATE:
    return scope->reg->state_count;
  case LOOKS_AT_RECOMMENDATION:
    return scope->recommendations->count;
  case LOOKS_AT_RECORD:
    return scope->reg->level_count + 1;
  case LOOKS_AT_DAY:
    break;
  }
  return 1;
}

static bool differs_by_day(const struct dimension *dimension) {
  return dimension->looks_at == LOOKS_AT_DAY || (dimension->flags & BY_DAY) != 0;
}

static void list_scope(struct axis *axis, const struct scope *scope) {
  struct pair pair = pair_without_record();
  switch (axis->dimension->looks_at) {
  case LOOKS_AT_STATE:
    list_states(axis, scope);
    break;
  case LOOKS_AT_RECOMMENDATION:
    list_recommendations(axis, scope);
    break;
  case LOOKS_AT_RECORD:
    if (!axis_needs_records(axis))
      list_levels(axis, scope);
    break;
  case LOOKS_AT_DAY:
    list_element(axis, scope, scope->number, &pair);
    break;
  }
}

struct axis *axis_new(const struct scope *scopes, size_t scope_count, const struct dimension *dimension) {
  struct axis *axis = memory_new(1, sizeof *axis);
  size_t listed = differs_by_day(dimension) ? scope_count : 1;
  axis->dimension = dimension;
  axis->index = name_index_new();
  axis->elements = count_elements(scopes, dimension);
  axis->from = memory_new(listed * axis->elements, sizeof *axis->from);
  axis->to = memory_new(listed * axis->elements, sizeof *axis->to);
  for (size_t i = 0; i < listed; i++)
    list_scope(axis, &scopes[i]);
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
  bool one_none = strcmp(one, MEMBER_NONE) == 0, other_none = strcmp(other, MEMBER_NONE) == 0;
  if (one_none != other_none)
    return one_none ? 1 : -1;
  return strverscmp(one, other);
}

void axis_order(struct axis *axis) {
  if ((axis->dimension->flags & (AS_LISTED | AS_ADOPTED)) != 0)
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

static size_t element_of(const struct axis *axis, const struct scope *scope, const struct pair *pair) {
  switch (axis->dimension->looks_at) {
  case LOOKS_AT_STATE:
    return pair->state;
  case LOOKS_AT_RECOMMENDATION:
    return ((axis->dimension->flags & BY_DAY) != 0 ? scope->number * axis->elements : 0) + pair->recommendation;
  case LOOKS_AT_RECORD:
    return (size_t)pair->level + 1; /* -1, no record, becomes 0 */
  case LOOKS_AT_DAY:
    break;
  }
  return scope->number;
}

const size_t *axis_members(struct axis *axis, const struct scope *scope, const struct pair *pair, size_t *count) {
  if (axis_needs_records(axis)) {
    axis_meet(axis, scope, pair);
    *count = axis->list_count;
    return axis->lists;
  }
  size_t element = element_of(axis, scope, pair);
  *count = axis->to[element] - axis->from[element];
  return axis->lists + axis->from[element];
}
