/* reports/counting/population.c, axis.c, filter.c and tally.c on a conference small enough to count by hand. */
#include "reports/counting/timeline.h"
#include "reports/table/tally.h"

#include "reports_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const struct population_options REPORTED = {.kind = LEVEL_REPORTED};

/* ---- who is asked -------------------------------------------------------- */

static uint64_t pairs_on(const char *as_of, const char *adopted) {
  __attribute__((cleanup(scope_free))) struct scope scope = make_scope(as_of);
  scope.recommendations->documents[0].held_to = adopted != NULL ? day_of(adopted) : DAY_NONE;
  __attribute__((cleanup(population_free))) struct population population = {0};
  struct pair pair;
  uint64_t pairs = 0;
  population_begin(&scope, REPORTED, &population);
  for (size_t state = 0; state < 5; state++)
    for (size_t item = 0; item < 3; item++)
      pairs += population_pair(&population, state, item, &pair);
  return pairs;
}

static void only_parties_of_the_day_are_asked(void **state) {
  (void)state;
  /* Two recommendations to all Parties, a third to AAA alone. */
  assert_int_equal(pairs_on("2005-01-30", NULL), 2); /* BBB */
  assert_int_equal(pairs_on("2005-01-31", NULL), 5); /* and AAA, on the 30th day after its deposit */
  assert_int_equal(pairs_on("2009-12-31", NULL), 7); /* and DDD */
  assert_int_equal(pairs_on("2010-01-01", NULL), 5); /* DDD has withdrawn */
  assert_int_equal(pairs_on("2018-07-04", NULL), 7); /* and CCC */
}

static void nobody_is_asked_before_the_adoption(void **state) {
  (void)state;
  assert_int_equal(pairs_on("2018-07-04", "2018-07-05"), 0);
  assert_int_equal(pairs_on("2018-07-05", "2018-07-05"), 7);
}

static void the_population_tells_how_it_came_about(void **state) {
  (void)state;
  __attribute__((cleanup(scope_free))) struct scope scope = make_scope("2019-01-01");
  __attribute__((cleanup(population_free))) struct population population = {0};
  struct population_share shares[2] = {{0}};
  population_begin(&scope, REPORTED, &population);
  population_shares(&population, shares);
  /* 10 and 20 to all Parties (AAA, BBB, CCC), 30 to AAA. */
  assert_int_equal(shares[0].to_all, 2);
  assert_int_equal(shares[0].parties, 3);
  assert_int_equal(shares[0].named, 1);
  assert_int_equal(shares[0].named_pairs, 1);
}

/* ---- counting ------------------------------------------------------------ */

struct table {
  struct scope scope;
  struct population population;
  struct cut cut;
  struct tally tally;
};

/*
 * As of 2019-01-01: AAA, BBB and CCC. Records: AAA done of 10, part of 20; BBB void of 10; CCC none; AAA done of 30;
 * EEE, who is no Party, done of 10.
 */
static void make_table(struct table *table, const char *rows, const char *columns, const char *measure,
                       const char *where) {
  struct error error;
  *table = (struct table){.scope = make_scope("2019-01-01"), .cut = {.compare = DAY_NONE, .from = DAY_NONE}};
  population_begin(&table->scope, REPORTED, &table->population);
  population_put(&table->population, 1, 10, 1, 0, LEVEL_REPORTED, -1);
  population_put(&table->population, 1, 20, 2, 0, LEVEL_REPORTED, -1);
  population_put(&table->population, 2, 10, 3, 0, LEVEL_REPORTED, -1);
  population_put(&table->population, 1, 30, 1, 0, LEVEL_REPORTED, -1);
  population_put(&table->population, 5, 10, 1, 0, LEVEL_REPORTED, -1);
  assert_true(cut_set_rows(&table->cut, rows, &error));
  assert_true(cut_set_columns(&table->cut, columns, &error));
  assert_true(cut_set_measure(&table->cut, measure, &error));
  if (where != NULL) {
    assert_true(cut_set_where(&table->cut, where, &error));
    assert_true(filter_bind(table->cut.filter, &table->scope, 1, &error));
  }
  tally_count(&table->tally, &table->cut, &table->population, 1);
}

static void drop_table(struct table *table) {
  tally_free(&table->tally);
  cut_free(&table->cut);
  population_free(&table->population);
  scope_free(&table->scope);
}
#define AUTO_TABLE __attribute__((cleanup(drop_table)))

static size_t place_of(const struct side *side, const char *code) {
  int32_t place = name_index_find(side->axes[0]->index, code, strlen(code));
  assert_true(place >= 0);
  return (size_t)place;
}

static int64_t cell(const struct table *table, const char *row, const char *column) {
  const struct tally *tally = &table->tally;
  return tally->layers[LAYER_NOW]
      .counts.cells[place_of(&tally->rows, row) * tally->columns.places + place_of(&tally->columns, column)];
}

static void counts_pairs_by_state_and_level(void **state) {
  (void)state;
  AUTO_TABLE struct table table;
  make_table(&table, "state", "level", "count", NULL);
  assert_int_equal(cell(&table, "AAA", "done"), 2);
  assert_int_equal(cell(&table, "AAA", "part"), 1);
  assert_int_equal(cell(&table, "AAA", "no-response"), 0);
  assert_int_equal(cell(&table, "BBB", "void"), 1);
  assert_int_equal(cell(&table, "BBB", "no-response"), 1);
  assert_int_equal(cell(&table, "CCC", "no-response"), 2);
  assert_int_equal(table.tally.layers[LAYER_NOW].counts.total, 7);
  assert_int_equal(table.tally.layers[LAYER_NOW].counts.row_totals[place_of(&table.tally.rows, "AAA")], 3);
  assert_int_equal(table.tally.layers[LAYER_NOW].counts.column_totals[place_of(&table.tally.columns, "no-response")],
                   3);
  assert_false(side_shows(&table.tally.rows, place_of(&table.tally.rows, "EEE")));
  assert_int_equal(table.population.left_out, 1);
}

static void levels_come_in_the_order_of_the_scale(void **state) {
  (void)state;
  AUTO_TABLE struct table table;
  make_table(&table, "regional_group", "level", "count", NULL);
  const char *const codes[] = {"done", "part", "void", "no-response"};
  assert_int_equal(table.tally.columns.places, 4);
  for (size_t i = 0; i < 4; i++)
    assert_string_equal(table.tally.columns.axes[0]->members[i].code, codes[i]);
  /* Groups by name, those without one last. */
  const char *const groups[] = {"Africa", "Asia", "none"};
  for (size_t i = 0; i < 3; i++)
    assert_string_equal(table.tally.rows.axes[0]->members[i].code, groups[i]);
  assert_string_equal(table.tally.rows.axes[0]->members[2].label, "No regional group");
  assert_int_equal(cell(&table, "none", "no-response"), 2);
}

static void totals_count_a_pair_once(void **state) {
  (void)state;
  AUTO_TABLE struct table table;
  make_table(&table, "theme", "level", "count", NULL);
  /* 10 is of T1, 20 of T1 and T2, 30 of none: 3 + 3, 3 and 1 pairs, but 7 in all. */
  assert_int_equal(table.tally.layers[LAYER_NOW].counts.row_totals[place_of(&table.tally.rows, "T1")], 6);
  assert_int_equal(table.tally.layers[LAYER_NOW].counts.row_totals[place_of(&table.tally.rows, "T2")], 3);
  assert_int_equal(table.tally.layers[LAYER_NOW].counts.row_totals[place_of(&table.tally.rows, "none")], 1);
  assert_int_equal(table.tally.layers[LAYER_NOW].counts.total, 7);
  assert_int_equal(table.tally.layers[LAYER_NOW].counts.column_totals[place_of(&table.tally.columns, "part")], 1);
}

static void counts_different_states(void **state) {
  (void)state;
  AUTO_TABLE struct table table;
  make_table(&table, "recommendation", "closed", "states", NULL);
  assert_int_equal(cell(&table, "DOC/1:I.1", "yes"), 2); /* AAA done, BBB void */
  assert_int_equal(cell(&table, "DOC/1:I.1", "no"), 1);
  assert_int_equal(table.tally.layers[LAYER_NOW].counts.total, 3);
  assert_int_equal(table.tally.layers[LAYER_NOW].counts.column_totals[place_of(&table.tally.columns, "yes")], 2);
  assert_int_equal(table.tally.layers[LAYER_NOW].counts.column_totals[place_of(&table.tally.columns, "no")], 3);
}

static void scores_leave_out_what_has_no_weight(void **state) {
  (void)state;
  AUTO_TABLE struct table table;
  make_table(&table, "state", "instrument", "score", NULL);
  assert_int_equal(table.tally.layers[LAYER_NOW].counts.total, 3); /* AAA's three; BBB's void has no weight */
  assert_int_equal(table.tally.layers[LAYER_NOW].weights.total, 250);
}

static int64_t total_where(const char *where) {
  AUTO_TABLE struct table table;
  make_table(&table, "state", "level", "count", where);
  return table.tally.layers[LAYER_NOW].counts.total;
}

static void filters_follow_their_logic(void **state) {
  (void)state;
  assert_int_equal(total_where("level = done"), 2);
  assert_int_equal(total_where("level != done"), 5);
  assert_int_equal(total_where("level in (done, part)"), 3);
  assert_int_equal(total_where("regional_group = africa and not level = no-response"), 4);
  assert_int_equal(total_where("level = done or regional_group = none and closed = no"), 4);
  assert_int_equal(total_where("(level = done or regional_group = none) and closed = yes"), 2);
  assert_int_equal(total_where("recommendation in (I.1, \"DOC/1:I.10\")"), 4);
  assert_int_equal(total_where("theme = T2"), 3);
  assert_int_equal(total_where("theme != T2"), 4);
  assert_int_equal(total_where("ldc = yes"), 3);
  assert_int_equal(total_where("answered = no"), 3);
  assert_int_equal(total_where("age in 0..1"), 7);
  assert_int_equal(total_where("adopted >= 2018"), 7);
  assert_int_equal(total_where("adopted > 2018"), 0);
  assert_int_equal(total_where("adopted < 2019 and not adopted <= 2017"), 7);
  assert_int_equal(total_where("due >= 2000-01-01"), 0); /* what has no date is in no range */
  assert_int_equal(total_where("due = none"), 7);
}

static void assert_member_refused(const char *where, const char *message, const char *remedy) {
  __attribute__((cleanup(scope_free))) struct scope scope = make_scope("2019-01-01");
  struct error error = {0};
  AUTO_FILTER struct filter *filter = NULL;
  assert_true(filter_parse(where, &filter, &error));
  assert_false(filter_bind(filter, &scope, 1, &error));
  assert_int_equal(error.code, ERROR_USAGE);
  assert_non_null(strstr(error.message, message));
  assert_string_equal(error.remedy, remedy);
}

static void values_that_come_with_the_records_are_checked_too(void **state) {
  (void)state;
  assert_member_refused("year = 20201", "\"20201\" is no member of year", "Write it like YYYY.");
  assert_member_refused("quarter = 2020-4", "is no member of quarter", "Write it like YYYY-Qn.");
  assert_member_refused("date >= 2020-02-30", "\"2020-02-30\" is no member of date", "Write it like YYYY-MM-DD.");
  assert_member_refused("date in 2020-02-01..none", "\"none\" is no member of date", "Write it like YYYY-MM-DD.");
  assert_member_refused("channel = leter", "\"leter\" is no member of channel", "Did you mean \"letter\"?");
  assert_member_refused("overdue = perhaps", "is no member of overdue", "Write yes, no or none.");
  assert_member_refused("month in 2020-05..2020-04", "nothing in 2020-05..2020-04", "Write the smaller one first.");
}

static void assert_refused(const char *where, const char *message) {
  struct error error = {0};
  AUTO_FILTER struct filter *filter = NULL;
  assert_false(filter_parse(where, &filter, &error));
  assert_int_equal(error.code, ERROR_USAGE);
  assert_non_null(strstr(error.message, message));
}

static void faulty_filters_are_told_by_their_place(void **state) {
  (void)state;
  assert_refused("level", "=, !=, <, > or in expected at character 6");
  assert_refused("level = ", "a value expected at character 9");
  assert_refused("level = \"done", "a closing quote expected at character 9");
  assert_refused("level in (done", "\")\" expected at character 15");
  assert_refused("level = done closed = no", "and, or, or the end expected at character 14");
  /* a bracket without its match is no part of a word */
  assert_refused("state <= a(b)(c", "and, or, or the end expected at character 14");
  assert_refused("(state = a(b)", "\")\" expected at character 14");
  assert_refused("levle = done", "unknown dimension: \"levle\"");
  assert_refused("", "a dimension expected at character 1");
  char deep[256];
  memset(deep, '(', 200);
  memcpy(deep + 200, "level = done", 13);
  assert_refused(deep, "less deeply nested");
}

static void unknown_members_get_the_nearest(void **state) {
  (void)state;
  __attribute__((cleanup(scope_free))) struct scope scope = make_scope("2019-01-01");
  struct error error;
  AUTO_FILTER struct filter *filter = NULL;
  assert_true(filter_parse("level = dome", &filter, &error));
  assert_false(filter_bind(filter, &scope, 1, &error));
  assert_string_equal(error.remedy, "Did you mean \"done\"?");
}

static void unknown_dimensions_and_measures_get_the_nearest(void **state) {
  (void)state;
  AUTO_CUT struct cut cut = {0};
  struct error error;
  assert_false(cut_set_rows(&cut, "regional_groop", &error));
  assert_string_equal(error.remedy, "Did you mean \"regional_group\"?");
  assert_false(cut_set_rows(&cut, "state,level,year", &error));
  assert_false(cut_set_measure(&cut, "row-precent", &error));
  assert_string_equal(error.remedy, "Did you mean \"row-percent\"?");
  assert_true(cut_set_rows(&cut, "regional_group, state", &error));
  assert_int_equal(cut.row_count, 2);
}

/* ---- several days -------------------------------------------------------- */

struct days {
  struct scope scopes[2];
  struct population populations[2];
  struct cut cut;
  struct tally tally;
};

/*
 * On 2017-12-31 (the document has no date) AAA and BBB are Parties, on 2019-01-01 CCC too.  AAA: part of 10 at first,
 * then done; BBB: done of 20 on both days.
 */
static void make_days(struct days *days, const char *rows, const char *columns, const char *measure, bool compare) {
  struct error error;
  *days = (struct days){.cut = {.compare = compare ? day_of("2017-12-31") : DAY_NONE, .from = DAY_NONE}};
  days->scopes[1] = make_scope("2019-01-01");
  days->scopes[1].recommendations->documents[0].held_to = DAY_NONE;
  days->scopes[1].number = 1;
  days->scopes[0] = days->scopes[1];
  days->scopes[0].as_of = day_of("2017-12-31");
  days->scopes[0].number = 0;
  for (size_t i = 0; i < 2; i++) {
    population_begin(&days->scopes[i], REPORTED, &days->populations[i]);
    population_put(&days->populations[i], 1, 10, i == 0 ? 2 : 1, 0, LEVEL_REPORTED, -1);
    population_put(&days->populations[i], 2, 20, 1, 0, LEVEL_REPORTED, -1);
    population_end(&days->populations[i]);
  }
  assert_true(cut_set_rows(&days->cut, rows, &error));
  assert_true(cut_set_columns(&days->cut, columns, &error));
  assert_true(cut_set_measure(&days->cut, measure, &error));
  tally_count(&days->tally, &days->cut, days->populations, 2);
}

static void drop_days(struct days *days) {
  tally_free(&days->tally);
  cut_free(&days->cut);
  for (size_t i = 0; i < 2; i++)
    population_free(&days->populations[i]);
  scope_free(&days->scopes[1]);
}
#define AUTO_DAYS __attribute__((cleanup(drop_days)))

static int64_t figure_of(const struct days *days, size_t layer, const char *row, const char *column) {
  const struct tally *tally = &days->tally;
  return tally_figure(tally, &tally->layers[layer].counts, row != NULL ? place_of(&tally->rows, row) : ALL_PLACES,
                      column != NULL ? place_of(&tally->columns, column) : ALL_PLACES);
}

static void put_record(struct timeline *timeline, int state, int32_t rec, int level, const char *as_of) {
  timeline_put(timeline, &(struct stream_record){state, rec, level, day_of(as_of), LEVEL_REPORTED, -1});
}

static int level_on(const struct days *days, size_t number, size_t state, size_t recommendation) {
  struct pair pair;
  return population_pair(&days->populations[number], state, recommendation, &pair) ? pair.level : -2;
}

/* The States one after the other; of each pair the newest record first. */
static void a_timeline_finds_the_newest_record_on_each_day(void **state) {
  (void)state;
  AUTO_DAYS struct days days;
  struct timeline timeline;
  make_days(&days, "state", "level", "count", false);
  population_free(&days.populations[0]);
  population_free(&days.populations[1]);
  timeline_begin(&timeline, days.scopes, 2, REPORTED, days.populations);
  put_record(&timeline, 2, 20, 2, "2016-01-01");
  put_record(&timeline, 2, 20, 1, "2015-01-01");
  put_record(&timeline, 2, 10, 3, "2018-12-31");
  put_record(&timeline, 1, 10, 1, "2017-12-31"); /* the recommendation before was that of another State */
  put_record(&timeline, 1, 20, 1, "2018-06-01");
  put_record(&timeline, 1, 20, 2, "2017-06-01");
  put_record(&timeline, 1, 20, 3, "2016-06-01");
  put_record(&timeline, 9, 10, 1, "2017-12-31"); /* no such State */
  timeline_end(&timeline);
  assert_int_equal(level_on(&days, 0, 0, 1), 1); /* AAA on 20: part by the end of 2017 */
  assert_int_equal(level_on(&days, 1, 0, 1), 0); /* then done */
  assert_int_equal(level_on(&days, 0, 1, 1), 1); /* BBB on 20: part all the time */
  assert_int_equal(level_on(&days, 1, 1, 1), 1);
  assert_int_equal(level_on(&days, 0, 1, 0), -1); /* BBB on 10: void only later */
  assert_int_equal(level_on(&days, 1, 1, 0), 2);
  assert_int_equal(level_on(&days, 0, 0, 0), 0); /* AAA on 10: done on the very day */
  assert_int_equal(days.populations[0].pairs, 5);
}

static void two_days_are_counted_side_by_side(void **state) {
  (void)state;
  AUTO_DAYS struct days days;
  make_days(&days, "state", "level", "count", true);
  assert_int_equal(days.populations[0].pairs, 5); /* AAA three, BBB two */
  assert_int_equal(days.populations[1].pairs, 7); /* and CCC */
  assert_int_equal(figure_of(&days, LAYER_THEN, "AAA", "part"), 1);
  assert_int_equal(figure_of(&days, LAYER_NOW, "AAA", "part"), 0);
  assert_int_equal(figure_of(&days, LAYER_THEN, NULL, "done"), 1);
  assert_int_equal(figure_of(&days, LAYER_NOW, NULL, "done"), 2);
  assert_int_equal(figure_of(&days, LAYER_THEN, "CCC", NULL), 0);
  assert_int_equal(figure_of(&days, LAYER_NOW, "CCC", NULL), 2);
  assert_true(side_adds_up(&days.tally.rows));
}

static void the_ends_of_years_are_rows_of_their_own(void **state) {
  (void)state;
  AUTO_DAYS struct days days;
  make_days(&days, "year_end", "level", "count", false);
  assert_false(side_adds_up(&days.tally.rows));
  assert_int_equal(days.tally.rows.places, 2);
  assert_int_equal(figure_of(&days, LAYER_NOW, "2017-12-31", NULL), 5);
  assert_int_equal(figure_of(&days, LAYER_NOW, "2019-01-01", NULL), 7);
  assert_int_equal(figure_of(&days, LAYER_NOW, "2017-12-31", "part"), 1);
  assert_int_equal(figure_of(&days, LAYER_NOW, "2019-01-01", "done"), 2);
}

static void different_recommendations_are_counted_on_each_day(void **state) {
  (void)state;
  AUTO_DAYS struct days days;
  make_days(&days, "year_end", "answered", "recommendations", false);
  assert_int_equal(figure_of(&days, LAYER_NOW, "2017-12-31", "yes"), 2); /* 10 and 20 */
  assert_int_equal(figure_of(&days, LAYER_NOW, "2019-01-01", "yes"), 2);
  assert_int_equal(figure_of(&days, LAYER_NOW, "2019-01-01", NULL), 3);
}

static void shares_of_answers_are_counted_beside(void **state) {
  (void)state;
  AUTO_TABLE struct table table;
  make_table(&table, "state", "level", "states", NULL);
  tally_free(&table.tally);
  table.cut.response_rate = true;
  tally_count(&table.tally, &table.cut, &table.population, 1);
  const struct layer *layer = &table.tally.layers[LAYER_NOW];
  assert_int_equal(tally_figure(&table.tally, &layer->answered, ALL_PLACES, ALL_PLACES), 2); /* AAA and BBB */
  assert_int_equal(tally_figure(&table.tally, &layer->answered, place_of(&table.tally.rows, "CCC"), ALL_PLACES), 0);
}

static void ages_are_full_years(void **state) {
  (void)state;
  /* The meeting ended on 2018-07-05; the table speaks of 2019-01-01. */
  AUTO_TABLE struct table table;
  make_table(&table, "age", "level", "count", NULL);
  assert_int_equal(table.tally.layers[LAYER_NOW].counts.row_totals[place_of(&table.tally.rows, "0")], 7);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(only_parties_of_the_day_are_asked),
      cmocka_unit_test(nobody_is_asked_before_the_adoption),
      cmocka_unit_test(the_population_tells_how_it_came_about),
      cmocka_unit_test(counts_pairs_by_state_and_level),
      cmocka_unit_test(levels_come_in_the_order_of_the_scale),
      cmocka_unit_test(totals_count_a_pair_once),
      cmocka_unit_test(counts_different_states),
      cmocka_unit_test(scores_leave_out_what_has_no_weight),
      cmocka_unit_test(filters_follow_their_logic),
      cmocka_unit_test(values_that_come_with_the_records_are_checked_too),
      cmocka_unit_test(faulty_filters_are_told_by_their_place),
      cmocka_unit_test(unknown_members_get_the_nearest),
      cmocka_unit_test(unknown_dimensions_and_measures_get_the_nearest),
      cmocka_unit_test(ages_are_full_years),
      cmocka_unit_test(a_timeline_finds_the_newest_record_on_each_day),
      cmocka_unit_test(two_days_are_counted_side_by_side),
      cmocka_unit_test(the_ends_of_years_are_rows_of_their_own),
      cmocka_unit_test(different_recommendations_are_counted_on_each_day),
      cmocka_unit_test(shares_of_answers_are_counted_beside),
  };
  return cmocka_run_group_tests_name("tally", tests, NULL, NULL);
}
