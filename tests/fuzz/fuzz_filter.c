/*
 * libFuzzer target: any text as the condition of --where, over a small conference.  It is understood, or refused with
 * an error that helps.  Besides crashes it looks for broken promises of one that is understood: it holds for the same
 * pairs when it is looked up again, "not (it)" for all the others, "(it) or (it)" and "(it) and (it)" for the same.
 */
#include "core/base/memory.h"
#include "reports/counting/filter.h"
#include "tests/fuzz/must.h"
#include "tests/unit/reports_fixture.h"

#include <string.h>

enum { LEVELS = 4, PAIRS = 5 * 3 * LEVELS };

static struct pair pair_number(size_t number) {
  struct pair pair = {.state = number % 5, .recommendation = number / 5 % 3, .level = (int)(number / 15) - 1};
  pair.as_of = pair.level < 0 ? DAY_NONE : day_of("2019-12-31") + (day)number;
  pair.kind = pair.level < 0 ? 0 : number % 2 == 0 ? LEVEL_REPORTED : LEVEL_ASSESSED;
  pair.channel = pair.level < 0 ? -1 : (int)(number % 7) - 1;
  return pair;
}

/* One State answers to a name beside its code. */
static const struct scope *conference(void) {
  static struct scope scope;
  if (scope.reg != NULL)
    return &scope;
  scope = make_scope("2026-11-24");
  for (size_t i = 0; i < scope.reg->state_count; i++) {
    AUTO_FREE char *code = text_fold(scope.reg->states[i].iso3, 3);
    name_index_add(scope.reg->names, code, strlen(code), (int32_t)i);
  }
  name_index_add(scope.reg->names, "république aaa", strlen("république aaa"), 0);
  return &scope;
}

static void check_refused(const struct error *error) {
  must_help(error);
  must(error->code == ERROR_USAGE);
}

/* False when it is refused. */
static bool holds(const char *condition, bool held[static PAIRS]) {
  AUTO_FILTER struct filter *filter = NULL;
  struct error error = {0};
  if (!filter_parse(condition, &filter, &error)) {
    must(filter == NULL);
    check_refused(&error);
    return false;
  }
  filter_asks_for(filter, "channel");
  for (int time = 0; time < 2; time++) {
    if (!filter_bind(filter, conference(), 1, &error)) {
      check_refused(&error);
      return false;
    }
    for (size_t i = 0; i < PAIRS; i++) {
      const struct pair pair = pair_number(i);
      bool now = filter_holds(filter, conference(), &pair);
      must(time == 0 || now == held[i]);
      held[i] = now;
    }
  }
  return true;
}

static void check_joined(const char *condition, const bool held[static PAIRS]) {
  static const char *const words[] = {"not", "or", "and"};
  for (size_t word = 0; word < sizeof words / sizeof *words; word++) {
    AUTO_TEXT struct text joined = {0};
    bool again[PAIRS] = {false};
    if (word == 0)
      text_add_format(&joined, "not (%s)", condition);
    else
      text_add_format(&joined, "(%s) %s (%s)", condition, words[word], condition);
    if (!holds(text_string(&joined), again))
      must(strlen(condition) > 40); /* it is nested too deeply now */
    else
      for (size_t i = 0; i < PAIRS; i++)
        must(again[i] == (word == 0 ? !held[i] : held[i]));
  }
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size) {
  AUTO_FREE char *condition = memory_string_n((const char *)data, size);
  bool held[PAIRS] = {false};
  if (holds(condition, held))
    check_joined(condition, held);
  return 0;
}
