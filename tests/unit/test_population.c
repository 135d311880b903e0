/*
 * Records that follow their recommendation to its later version: on the small conference of reports_fixture.h, where
 * 10 at I.1 is superseded by 20 at I.2, and 30 was dropped.  Parties on 2019-01-01 are AAA (1), BBB (2) and CCC (3).
 */
#include "reports/counting/population.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/reports_fixture.h"

enum { AAA = 1, DDD = 4, OLD = 10, NEW = 20, DROPPED = 30, DONE = 1, PART = 2, NEW_INDEX = 1 };

struct setting {
  struct scope scope;
  struct population population;
};

static void begin(struct setting *setting, bool newest) {
  *setting = (struct setting){.scope = make_scope("2019-01-01")};
  struct recommendation_list *list = setting->scope.recommendations;
  list->documents[0].held_to = DAY_NONE;
  list->items[0].current_id = NEW;
  list->items[2].current_id = 0;
  list->any_superseded = true;
  population_begin(&setting->scope, (struct population_options){.kind = LEVEL_REPORTED, .newest = newest},
                   &setting->population);
}

static void end(struct setting *setting) {
  population_free(&setting->population);
  scope_free(&setting->scope);
}

static void put(struct setting *setting, int state, int recommendation, int level, const char *as_of) {
  population_put(&setting->population, state, recommendation, level, day_of(as_of), LEVEL_REPORTED, -1);
}

/* The level of the pair of AAA and the new recommendation; 0: no response. */
static int level_of(const struct setting *setting) {
  struct pair pair;
  assert_true(population_pair(&setting->population, 0, NEW_INDEX, &pair));
  return pair.level < 0 ? 0 : setting->scope.reg->levels[pair.level].id;
}

static void only_what_stands_is_asked(void **state) {
  (void)state;
  struct setting setting;
  struct pair pair;
  begin(&setting, false);
  population_end(&setting.population);
  assert_int_equal(setting.population.pairs, 3);
  assert_int_equal(setting.population.recommendations, 1);
  assert_false(population_pair(&setting.population, 0, 0, &pair));
  assert_false(population_pair(&setting.population, 0, 2, &pair));
  end(&setting);
}

static void the_newest_day_counts(void **state) {
  (void)state;
  static const struct {
    const char *old_day, *new_day;
    int expected;
  } cases[] = {
      {"2018-01-02", "2018-01-01", DONE},                                     /* the old one was spoken of later */
      {"2018-01-01", "2018-01-02", PART}, {"2018-01-01", "2018-01-01", PART}, /* on one day the newer version */
      {"2018-01-01", NULL, DONE},         {NULL, "2018-01-01", PART},         {NULL, NULL, 0},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    for (int old_first = 0; old_first < 2; old_first++) { /* in whatever order they come */
      struct setting setting;
      begin(&setting, false);
      for (int turn = 0; turn < 2; turn++)
        if ((turn == 0) == old_first) {
          if (cases[i].old_day != NULL)
            put(&setting, AAA, OLD, DONE, cases[i].old_day);
        } else if (cases[i].new_day != NULL) {
          put(&setting, AAA, NEW, PART, cases[i].new_day);
        }
      population_end(&setting.population);
      assert_int_equal(level_of(&setting), cases[i].expected);
      end(&setting);
    }
}

static void what_counts_nowhere_is_counted_once(void **state) {
  (void)state;
  struct setting setting;
  begin(&setting, false);
  put(&setting, AAA, DROPPED, DONE, "2018-01-01");
  put(&setting, DDD, NEW, DONE, "2018-01-01"); /* no Party any more: one pair, spoken of twice */
  put(&setting, DDD, OLD, DONE, "2018-02-01");
  population_end(&setting.population);
  assert_int_equal(setting.population.dropped, 1);
  assert_int_equal(setting.population.left_out, 1);
  end(&setting);
}

static void the_newest_day_of_a_state_is_of_what_counts(void **state) {
  (void)state;
  struct setting setting;
  begin(&setting, true);
  put(&setting, AAA, NEW, PART, "2018-01-01");
  put(&setting, AAA, OLD, DONE, "2018-03-01");
  population_end(&setting.population);
  assert_int_equal(setting.population.newest[0], day_of("2018-03-01"));
  assert_int_equal(setting.population.newest[1], DAY_NONE);
  end(&setting);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(only_what_stands_is_asked),
      cmocka_unit_test(the_newest_day_counts),
      cmocka_unit_test(what_counts_nowhere_is_counted_once),
      cmocka_unit_test(the_newest_day_of_a_state_is_of_what_counts),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
