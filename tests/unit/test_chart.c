/* reports/render/chart.c: pictures are well-formed XML, and their parts as long as their shares. */
#include "reports/render/chart.h"

#include "core/base/memory.h"

#include <expat.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Two levels and no response; `rows` of code and three counts, the last one the total. */
static struct grid *make_grid(const char *dimension, const char *const rows[][4], size_t count) {
  struct grid *grid = grid_new("Bars & <columns>");
  size_t shades[] = {grid_shade(grid, "done", "Done", "D", "#1b7837"), grid_shade(grid, "part", "Part", "P", "#a6dba0"),
                     grid_shade(grid, GRID_NO_RESPONSE, "No response", "-", "#ffffff")};
  static const char *const names[] = {"done", "part", "no-response"};
  grid_column(grid, dimension, "Group");
  for (size_t i = 0; i < 3; i++) {
    struct grid_column *column = grid_column(grid, names[i], grid->shades[i].label);
    column->number = true;
    grid_column_shaded(grid, column, shades[i]);
  }
  grid_column(grid, "total", "Total")->number = true;
  for (size_t row = 0; row < count; row++) {
    for (size_t i = 0; i < 4; i++)
      grid_cell(grid, rows[row][i]);
    grid_cell(grid, NULL);
  }
  grid->total = true;
  grid->parts = true;
  return grid;
}

struct seen {
  double x[64], width[64], height[64];
  size_t rectangles;
  struct text texts;
};

static void start(void *context, const char *name, const char **attributes) {
  struct seen *seen = context;
  if (strcmp(name, "rect") != 0)
    return;
  for (; *attributes != NULL; attributes += 2) {
    if (strcmp(attributes[0], "x") == 0)
      seen->x[seen->rectangles] = strtod(attributes[1], NULL);
    if (strcmp(attributes[0], "width") == 0)
      seen->width[seen->rectangles] = strtod(attributes[1], NULL);
    if (strcmp(attributes[0], "height") == 0)
      seen->height[seen->rectangles] = strtod(attributes[1], NULL);
  }
  seen->rectangles++;
}

static void characters(void *context, const char *text, int length) {
  struct seen *seen = context;
  text_add_n(&seen->texts, text, (size_t)length);
  text_add_char(&seen->texts, '|');
}

static void look_at(const struct grid *grid, bool alone, struct seen *seen) {
  AUTO_TEXT struct text out = {0};
  *seen = (struct seen){0};
  chart_add(grid, alone, &out);
  XML_Parser parser = XML_ParserCreate("UTF-8");
  XML_SetUserData(parser, seen);
  XML_SetElementHandler(parser, start, NULL);
  XML_SetCharacterDataHandler(parser, characters);
  assert_int_equal(XML_Parse(parser, out.data, (int)out.length, 1), XML_STATUS_OK);
  XML_ParserFree(parser);
}

static const char *const groups[][4] = {{"Africa", "1", "1", "2"}, {"<Asia>", "0", "3", "1"}, {"total", "1", "4", "3"}};

/* The legend has three rectangles, one a level; behind them come those of the bars. */
static void bars_are_as_long_as_their_shares(void **state) {
  (void)state;
  AUTO_GRID struct grid *grid = make_grid("regional_group", groups, 3);
  struct seen seen;
  assert_true(chart_suits(grid));
  look_at(grid, false, &seen);
  assert_int_equal(seen.rectangles, 3 + 3 + 2 + 3);
  double length = seen.width[3] + seen.width[4] + seen.width[5];
  assert_true(length > 500);
  assert_true(seen.width[3] == seen.width[4] && seen.width[5] == 2 * seen.width[3]);
  assert_true(seen.x[4] == seen.x[3] + seen.width[3] && seen.x[5] == seen.x[4] + seen.width[4]);
  assert_true(seen.width[6] == 3 * seen.width[7] && seen.width[6] + seen.width[7] == length);
  assert_non_null(strstr(seen.texts.data, "Asia"));
  assert_non_null(strstr(seen.texts.data, "D 25.0 %"));
  assert_non_null(strstr(seen.texts.data, "Total: Done 12.5 %, Part 50.0 %, No response 37.5 %"));
  text_free(&seen.texts);
}

/* In Arabic the first part is the one farthest to the right. */
static void bars_begin_where_reading_begins(void **state) {
  (void)state;
  AUTO_GRID struct grid *grid = make_grid("regional_group", groups, 3);
  struct seen seen;
  grid->language = language_find("ar");
  grid_fact(grid, "notice", "Notice", "%s", "ILLUSTRATIVE DATA");
  look_at(grid, true, &seen);
  assert_non_null(strstr(seen.texts.data, "ILLUSTRATIVE DATA")); /* a picture alone says what it is made of */
  assert_true(seen.x[3] == seen.x[4] + seen.width[4] && seen.x[4] == seen.x[5] + seen.width[5]);
  text_free(&seen.texts);
}

static void years_stand_side_by_side(void **state) {
  (void)state;
  static const char *const years[][4] = {{"2018", "0", "0", "4"}, {"2019", "1", "1", "2"}, {"total", "1", "1", "6"}};
  AUTO_GRID struct grid *grid = make_grid("year", years, 3);
  struct seen seen;
  look_at(grid, false, &seen);
  assert_int_equal(seen.rectangles, 3 + 1 + 3); /* no total among the years */
  assert_true(seen.width[3] == seen.width[4] && seen.x[4] > seen.x[3]);
  assert_true(seen.height[3] == seen.height[4] + seen.height[5] + seen.height[6]);
  assert_true(seen.height[6] == 2 * seen.height[4]);
  text_free(&seen.texts);
}

static void what_is_no_share_of_a_whole_has_no_picture(void **state) {
  (void)state;
  AUTO_GRID struct grid *grid = make_grid("regional_group", groups, 3);
  AUTO_GRID struct grid *plain = grid_new("Plain");
  grid_column(plain, "code", "Code");
  grid_cell(plain, "AAA");
  assert_false(chart_suits(plain));
  grid->parts = false;
  assert_false(chart_suits(grid));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(bars_are_as_long_as_their_shares),
      cmocka_unit_test(bars_begin_where_reading_begins),
      cmocka_unit_test(years_stand_side_by_side),
      cmocka_unit_test(what_is_no_share_of_a_whole_has_no_picture),
  };
  return cmocka_run_group_tests_name("chart", tests, NULL, NULL);
}
