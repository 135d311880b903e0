/* The conditions of --where: a small recursive-descent parser and a tree. */
#include "reports/counting/filter.h"

#include "core/base/memory.h"
#include "core/base/nearest.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const int DEPTH_MAX = 50;

enum node_kind { NODE_AND, NODE_OR, NODE_NOT, NODE_TEST };

struct filter {
  enum node_kind kind;
  struct filter *left, *right; /* of and, or; `left` alone of not */
  /* a test: */
  const struct dimension *dimension;
  bool negated;     /* != */
  char *low, *high; /* a range; NULL: open on that side */
  bool strict;      /* its ends are not in it: <, > */
  char **values;    /* otherwise; one of them */
  size_t value_count;
  struct axis *axis;
  bool *wanted; /* by member, of axes that are known beforehand */
};

void filter_free(struct filter **pointer) {
  struct filter *filter = *pointer;
  if (filter == NULL)
    return;
  filter_free(&filter->left);
  filter_free(&filter->right);
  for (size_t i = 0; i < filter->value_count; i++)
    free(filter->values[i]);
  free(filter->values);
  free(filter->low);
  free(filter->high);
  free(filter->wanted);
  axis_free(&filter->axis);
  free(filter);
  *pointer = NULL;
}

/* ---- words --------------------------------------------------------------- */

struct parser {
  const char *start;
  const char *at;
  int depth;
};

static bool stop(const struct parser *parser, const char *expected, struct error *error) {
  error_set(error, ERROR_USAGE, "--where: %s expected at character %zu: \"%.40s\"", expected,
            text_characters(parser->start, (size_t)(parser->at - parser->start)) + 1,
            *parser->at != '\0' ? parser->at : "(the end)");
  return error_remedy(error, "Write it like: regional_group = \"African States\" and level in (implemented, planned).");
}

static void skip_space(struct parser *parser) {
  while (isspace((unsigned char)*parser->at))
    parser->at++;
}

static bool is_word_byte(char c) {
  return isalnum((unsigned char)c) || (c != '\0' && strchr("_-.:/()", c) != NULL) || (c & 0x80) != 0;
}

/* A bare word ends before .., and before a parenthesis without its match: II.A.1(a) is one word, (a, b) a list. */
static size_t word_length(const char *at) {
  size_t length = 0, opened = 0;
  int open = 0;
  while (is_word_byte(at[length])) {
    if (at[length] == '.' && at[length + 1] == '.')
      break;
    if (at[length] == '(' && length == 0)
      break;
    if (at[length] == ')' && open == 0)
      break;
    if (at[length] == '(' && open == 0)
      opened = length;
    open += at[length] == '(' ? 1 : at[length] == ')' ? -1 : 0;
    length++;
  }
  return open == 0 ? length : opened;
}

static bool take_keyword(struct parser *parser, const char *keyword) {
  skip_space(parser);
  size_t length = strlen(keyword);
  bool symbol = !isalpha((unsigned char)*keyword);
  if (strncasecmp(parser->at, keyword, length) != 0 || (!symbol && word_length(parser->at) != length))
    return false;
  parser->at += length;
  return true;
}

static bool take_value(struct parser *parser, char **out, struct error *error) {
  skip_space(parser);
  if (*parser->at == '"') {
    const char *end = strchr(parser->at + 1, '"');
    if (end == NULL)
      return stop(parser, "a closing quote", error);
    *out = memory_string_n(parser->at + 1, (size_t)(end - parser->at - 1));
    parser->at = end + 1;
    return true;
  }
  size_t length = word_length(parser->at);
  if (length == 0)
    return stop(parser, "a value", error);
  *out = memory_string_n(parser->at, length);
  parser->at += length;
  return true;
}

/* ---- the grammar --------------------------------------------------------- */

static bool parse_or(struct parser *parser, struct filter **out, struct error *error);

static bool add_value(struct parser *parser, struct filter *test, struct error *error) {
  char *value = NULL;
  if (!take_value(parser, &value, error))
    return false;
  test->values = memory_resize(test->values, test->value_count + 1, sizeof *test->values);
  test->values[test->value_count++] = value;
  return true;
}

/* What stands after `in`. */
static bool parse_members(struct parser *parser, struct filter *test, struct error *error) {
  if (!take_keyword(parser, "("))
    return take_value(parser, &test->low, error) && (take_keyword(parser, "..") || stop(parser, "\"..\"", error)) &&
           take_value(parser, &test->high, error);
  do
    if (!add_value(parser, test, error))
      return false;
  while (take_keyword(parser, ","));
  return take_keyword(parser, ")") || stop(parser, "\")\"", error);
}

/* What stands after the dimension. */
static bool parse_comparison(struct parser *parser, struct filter *test, struct error *error) {
  if (take_keyword(parser, "!=")) {
    test->negated = true;
    return add_value(parser, test, error);
  }
  if (take_keyword(parser, "="))
    return add_value(parser, test, error);
  if (take_keyword(parser, "<=") || (test->strict = take_keyword(parser, "<")))
    return take_value(parser, &test->high, error);
  if (take_keyword(parser, ">=") || (test->strict = take_keyword(parser, ">")))
    return take_value(parser, &test->low, error);
  return take_keyword(parser, "in") ? parse_members(parser, test, error) : stop(parser, "=, !=, <, > or in", error);
}

static bool parse_test(struct parser *parser, struct filter **out, struct error *error) {
  skip_space(parser);
  size_t length = word_length(parser->at);
  if (length == 0)
    return stop(parser, "a dimension", error);
  const struct dimension *dimension = dimension_find(parser->at, length, error);
  if (dimension == NULL)
    return false;
  parser->at += length;
  AUTO_FILTER struct filter *test = memory_new(1, sizeof *test);
  test->kind = NODE_TEST;
  test->dimension = dimension;
  if (!parse_comparison(parser, test, error))
    return false;
  *out = test;
  test = NULL;
  return true;
}

static bool parse_not(struct parser *parser, struct filter **out, struct error *error) {
  if (++parser->depth > DEPTH_MAX)
    return stop(parser, "a less deeply nested condition", error);
  bool good;
  if (take_keyword(parser, "not")) {
    AUTO_FILTER struct filter *node = memory_new(1, sizeof *node);
    node->kind = NODE_NOT;
    good = parse_not(parser, &node->left, error);
    if (good) {
      *out = node;
      node = NULL;
    }
  } else if (take_keyword(parser, "(")) {
    good = parse_or(parser, out, error);
    if (good && !take_keyword(parser, ")")) {
      filter_free(out);
      good = stop(parser, "\")\"", error);
    }
  } else
    good = parse_test(parser, out, error);
  parser->depth--;
  return good;
}

typedef bool parse_part(struct parser *parser, struct filter **out, struct error *error);

/* Parts joined by a word, from the left. */
static bool parse_joined(struct parser *parser, const char *word, enum node_kind kind, parse_part *part,
                         struct filter **out, struct error *error) {
  AUTO_FILTER struct filter *left = NULL;
  if (!part(parser, &left, error))
    return false;
  while (take_keyword(parser, word)) {
    struct filter *node = memory_new(1, sizeof *node);
    node->kind = kind;
    node->left = left;
    left = node;
    if (!part(parser, &node->right, error))
      return false;
  }
  *out = left;
  left = NULL;
  return true;
}

static bool parse_and(struct parser *parser, struct filter **out, struct error *error) {
  return parse_joined(parser, "and", NODE_AND, parse_not, out, error);
}

static bool parse_or(struct parser *parser, struct filter **out, struct error *error) {
  return parse_joined(parser, "or", NODE_OR, parse_and, out, error);
}

bool filter_parse(const char *condition, struct filter **out, struct error *error) {
  struct parser parser = {.start = condition, .at = condition};
  AUTO_FILTER struct filter *filter = NULL;
  if (!parse_or(&parser, &filter, error))
    return false;
  skip_space(&parser);
  if (*parser.at != '\0')
    return stop(&parser, "and, or, or the end", error);
  *out = filter;
  filter = NULL;
  return true;
}

/* ---- members ------------------------------------------------------------- */

static bool same_name(const char *a, const char *b) {
  AUTO_FREE char *one = text_fold(a, strlen(a));
  AUTO_FREE char *other = text_fold(b, strlen(b));
  return strcmp(one, other) == 0;
}

static bool is_range(const struct filter *test) {
  return test->low != NULL || test->high != NULL;
}

/* What has no value is in no range. */
static bool in_range(const struct filter *test, const char *code) {
  int least = test->strict ? 1 : 0;
  return strcmp(code, MEMBER_NONE) != 0 && (test->low == NULL || strverscmp(code, test->low) >= least) &&
         (test->high == NULL || strverscmp(test->high, code) >= least);
}

/* Whether a full reference is of a recommendation whose records count for the member: the old one leads to the new. */
static bool is_successor(const struct scope *scope, const struct member *member, const char *value) {
  const struct recommendation_list *list = scope->recommendations;
  struct error ignored;
  const struct recommendation *item = recommendation_find(list, value, strlen(value), NULL, &ignored);
  item = item != NULL ? recommendation_current(list, item) : NULL;
  AUTO_TEXT struct text reference = {0};
  if (item != NULL)
    recommendation_add_reference(list, item, &reference);
  return item != NULL && strcmp(reference.data, member->code) == 0;
}

/* States answer to all their names, recommendations to their place. */
static bool is_named(const struct scope *scope, const struct filter *test, const struct member *member,
                     const char *value) {
  struct error ignored;
  if (same_name(member->code, value) || same_name(member->label, value))
    return true;
  if (strcmp(test->dimension->name, "state") == 0) {
    const struct state *state = register_find_state(scope->reg, value, strlen(value), &ignored);
    return state != NULL && strcmp(state->iso3, member->code) == 0;
  }
  if (strcmp(test->dimension->name, "recommendation") == 0 && strchr(value, ':') != NULL)
    return is_successor(scope, member, value);
  const char *colon = strrchr(member->code, ':');
  return test->dimension->looks_at == LOOKS_AT_RECOMMENDATION && colon != NULL && strcmp(colon + 1, value) == 0;
}

static bool unknown_value(const struct filter *test, const char *value, struct error *error) {
  AUTO_NEAREST struct nearest nearest;
  nearest_begin(&nearest, value);
  for (size_t i = 0; i < test->axis->count; i++) {
    nearest_offer(&nearest, test->axis->members[i].code);
    nearest_offer_as(&nearest, test->axis->members[i].label, test->axis->members[i].code);
  }
  error_set(error, ERROR_USAGE, "--where: \"%s\" is no member of %s", value, test->dimension->name);
  return nearest_remedy(&nearest, error, "See them with \"rectrack report crosstab --rows %s --cols level\".",
                        test->dimension->name);
}

static bool bind_value(struct filter *test, const struct scope *scope, const char *value, struct error *error) {
  bool found = false;
  for (size_t i = 0; i < test->axis->count; i++)
    if (is_named(scope, test, &test->axis->members[i], value))
      found = test->wanted[i] = true;
  return found || unknown_value(test, value, error);
}

/* "2020-Q1" has the form "YYYY-Qn": letters of the form but Q stand for digits. */
static bool has_form(const char *form, const char *value) {
  day ignored;
  struct error none;
  if (strlen(form) != strlen(value))
    return false;
  for (size_t i = 0; form[i] != '\0'; i++)
    if (strchr("YMDn", form[i]) != NULL ? !isdigit((unsigned char)value[i]) : form[i] != value[i])
      return false;
  return strchr(form, 'D') == NULL || day_parse(value, strlen(value), &ignored, &none);
}

static bool check_form(const struct filter *test, const char *value, struct error *error) {
  const struct dimension *dimension = test->dimension;
  if (value == NULL || dimension->form == NULL || has_form(dimension->form, value) ||
      (!is_range(test) && strcmp(value, MEMBER_NONE) == 0))
    return true;
  error_set(error, ERROR_USAGE, "--where: \"%s\" is no member of %s", value, dimension->name);
  return error_remedy(error, "Write it like %s.", dimension->form);
}

static bool check_choice(const struct filter *test, const char *value, struct error *error) {
  const struct dimension *dimension = test->dimension;
  AUTO_NEAREST struct nearest nearest;
  nearest_begin(&nearest, value);
  for (const char *const *choice = dimension->choices; choice != NULL && *choice != NULL; choice++) {
    if (same_name(*choice, value))
      return true;
    nearest_offer(&nearest, *choice);
  }
  if (dimension->choices == NULL || strcmp(value, MEMBER_NONE) == 0)
    return true;
  error_set(error, ERROR_USAGE, "--where: \"%s\" is no member of %s", value, dimension->name);
  return nearest_remedy(&nearest, error, "Write %s or none.", nearest_offered(&nearest));
}

static bool check_range(const struct filter *test, struct error *error) {
  if (!check_form(test, test->low, error) || !check_form(test, test->high, error))
    return false;
  if (test->low == NULL || test->high == NULL || strverscmp(test->low, test->high) <= 0)
    return true;
  error_set(error, ERROR_USAGE, "--where: there is nothing in %s..%s", test->low, test->high);
  return error_remedy(error, "Write the smaller one first.");
}

static bool bind_test(struct filter *test, const struct scope *scopes, size_t scope_count, struct error *error) {
  axis_free(&test->axis);
  test->axis = axis_new(scopes, scope_count, test->dimension);
  axis_order(test->axis);
  if (!check_range(test, error))
    return false;
  bool known = !axis_needs_records(test->axis);
  free(test->wanted);
  test->wanted = known ? memory_new(test->axis->count, sizeof *test->wanted) : NULL;
  for (size_t i = 0; known && is_range(test) && i < test->axis->count; i++)
    test->wanted[i] = in_range(test, test->axis->members[i].code);
  for (size_t i = 0; i < test->value_count; i++)
    if (!check_form(test, test->values[i], error) ||
        (known ? !bind_value(test, scopes, test->values[i], error) : !check_choice(test, test->values[i], error)))
      return false;
  return true;
}

bool filter_bind(struct filter *filter, const struct scope *scopes, size_t scope_count, struct error *error) {
  if (filter->kind == NODE_TEST)
    return bind_test(filter, scopes, scope_count, error);
  return filter_bind(filter->left, scopes, scope_count, error) &&
         (filter->right == NULL || filter_bind(filter->right, scopes, scope_count, error));
}

/* ---- holding ------------------------------------------------------------- */

static bool member_wanted(const struct filter *test, size_t member) {
  if (test->wanted != NULL)
    return test->wanted[member];
  const char *code = test->axis->members[member].code;
  if (is_range(test))
    return in_range(test, code);
  for (size_t i = 0; i < test->value_count; i++)
    if (same_name(code, test->values[i]))
      return true;
  return false;
}

static bool test_holds(struct filter *test, const struct scope *scope, const struct pair *pair) {
  size_t count;
  const size_t *members = axis_members(test->axis, scope, pair, &count);
  bool found = false;
  for (size_t i = 0; i < count && !found; i++)
    found = member_wanted(test, members[i]);
  return found != test->negated;
}

bool filter_holds(struct filter *filter, const struct scope *scope, const struct pair *pair) {
  switch (filter->kind) {
  case NODE_AND:
    return filter_holds(filter->left, scope, pair) && filter_holds(filter->right, scope, pair);
  case NODE_OR:
    return filter_holds(filter->left, scope, pair) || filter_holds(filter->right, scope, pair);
  case NODE_NOT:
    return !filter_holds(filter->left, scope, pair);
  case NODE_TEST:
    return test_holds(filter, scope, pair);
  }
  return false;
}

bool filter_asks_for(const struct filter *filter, const char *dimension) {
  if (filter == NULL)
    return false;
  if (filter->kind == NODE_TEST)
    return strcmp(filter->dimension->name, dimension) == 0;
  return filter_asks_for(filter->left, dimension) || filter_asks_for(filter->right, dimension);
}
