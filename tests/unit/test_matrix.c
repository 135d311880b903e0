/* reports/table/matrix.c on a conference small enough to fill in by hand, and how a renderer passes on what it has
 * made. */
#include "reports/table/matrix.h"

#include "core/base/output.h"
#include "reports/render/render.h"
#include "reports_fixture.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct matrix_case {
  struct scope scope;
  struct population population;
  struct filter *filter;
};

/*
 * As of 2019-01-01: AAA, BBB and CCC are Parties. Records: AAA done of 10 and part of 20; BBB void of 10; EEE, who is
 * no Party, done of 10.  Recommendation 30 is addressed to AAA alone, which said nothing of it.
 */
static struct grid *make_matrix(struct matrix_case *made, const char *where) {
  struct error error;
  *made = (struct matrix_case){.scope = make_scope("2019-01-01")};
  if (where != NULL) {
    assert_true(filter_parse(where, &made->filter, &error));
    assert_true(filter_bind(made->filter, &made->scope, 1, &error));
  }
  const struct population_options options = {.kind = LEVEL_REPORTED, .newest = true, .filter = made->filter};
  population_begin(&made->scope, options, &made->population);
  population_put(&made->population, 1, 10, 1, day_of("2018-03-01"), LEVEL_REPORTED, -1);
  population_put(&made->population, 1, 20, 2, day_of("2018-01-31"), LEVEL_REPORTED, -1);
  population_put(&made->population, 2, 10, 3, day_of("2017-12-31"), LEVEL_REPORTED, -1);
  population_put(&made->population, 5, 10, 1, day_of("2018-12-31"), LEVEL_REPORTED, -1);
  struct grid *grid = grid_new(NULL);
  matrix_fill(&made->population, grid);
  return grid;
}

static void free_matrix(struct matrix_case *made) {
  population_free(&made->population);
  filter_free(&made->filter);
  scope_free(&made->scope);
}

static void assert_csv(const char *where, const char *expected) {
  struct error error;
  struct matrix_case made;
  struct render_sink out = {0};
  struct grid *grid = make_matrix(&made, where);
  assert_true(render_csv(grid, &(struct render_options){0}, &out, &error));
  assert_string_equal(text_string(&out.text), expected);
  text_free(&out.text);
  grid_free(&grid);
  free_matrix(&made);
}

static void each_state_has_its_letters(void **state) {
  (void)state;
  assert_csv(NULL, "state,state_label,newest,source,replies,DOC/1:I.1,DOC/1:I.2,DOC/1:I.10,total\n"
                   "AAA,State AAA,2018-03-01,,0,D,P,-,2\n"
                   "BBB,State BBB,2017-12-31,,0,V,-,,1\n"
                   "CCC,State CCC,,,0,-,-,,0\n"
                   "total,Responses,2018-03-01,,0,2,1,0,3\n");
}

static void a_filter_takes_rows_columns_and_days(void **state) {
  (void)state;
  assert_csv("level = part", "state,state_label,newest,source,replies,DOC/1:I.2,total\n"
                             "AAA,State AAA,2018-01-31,,0,P,1\n"
                             "total,Responses,2018-01-31,,0,1,1\n");
  assert_csv("state = CCC", "state,state_label,newest,source,replies,DOC/1:I.1,DOC/1:I.2,total\n"
                            "CCC,State CCC,,,0,-,-,0\n"
                            "total,Responses,,,0,0,0,0\n");
}

static void the_legend_has_the_letters_that_are_met(void **state) {
  (void)state;
  struct matrix_case made;
  struct grid *grid = make_matrix(&made, "level != part");
  assert_int_equal(grid->legend_count, 4);
  assert_string_equal(grid->legend[0], "D done");
  assert_string_equal(grid->legend[1], "V void");
  assert_string_equal(grid->legend[2], "- No response");
  grid_free(&grid);
  free_matrix(&made);
}

/* A row of 100,000 bytes, again and again. */
static const char *long_cell(void *context, size_t row, size_t column) {
  (void)row, (void)column;
  return context;
}

static void rows_are_passed_on_as_they_are_made(void **state) {
  (void)state;
  enum { WIDTH = 100000, ROWS = 50 };
  struct error error;
  char path[] = "/tmp/rectrack-test-XXXXXX";
  int file = mkstemp(path);
  assert_true(file >= 0);
  AUTO_FREE char *value = memory_new(WIDTH + 1, 1);
  memset(value, 'x', WIDTH);
  AUTO_GRID struct grid *grid = grid_new(NULL);
  grid_column(grid, "a", "A");
  grid->source = (struct grid_source){.rows = ROWS, .cell = long_cell, .context = value};
  struct output *output = NULL;
  struct render_sink out = {0};
  assert_true(output_open(&output, path, &error));
  out.output = output;
  assert_true(render_csv(grid, &(struct render_options){0}, &out, &error));
  assert_true(out.text.capacity < 4 * WIDTH); /* not the whole table */
  text_free(&out.text);
  assert_true(render_write(render_find("csv", &error), grid, &(struct render_options){0}, output, &error));
  assert_true(output_close(&output, &error));
  assert_int_equal(lseek(file, 0, SEEK_END), 0); /* the file was replaced, not written */
  close(file);
  file = open(path, O_RDONLY);
  assert_int_equal(lseek(file, 0, SEEK_END), 2 * (strlen("a\n") + (size_t)ROWS * (WIDTH + 1)));
  close(file);
  unlink(path);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_state_has_its_letters),
      cmocka_unit_test(a_filter_takes_rows_columns_and_days),
      cmocka_unit_test(the_legend_has_the_letters_that_are_met),
      cmocka_unit_test(rows_are_passed_on_as_they_are_made),
  };
  return cmocka_run_group_tests_name("matrix", tests, NULL, NULL);
}
