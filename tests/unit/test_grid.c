/* reports/grid/grid.c and colour.c: texts, shades, and colours that stay readable. */
#include "reports/grid/colour.h"
#include "reports/grid/grid.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static void texts_and_shades_are_read_back(void **state) {
  (void)state;
  AUTO_GRID struct grid *grid = grid_new(NULL);
  size_t done = grid_shade(grid, "done", "Done", "D", "#1b7837");
  size_t not_asked = grid_shade(grid, GRID_NOT_ASKED, "Not asked", "", "#e6e6e6");
  grid_column(grid, "state", "State");
  grid_column_shaded(grid, grid_column(grid, "one", "One"), 0);
  grid_column_shaded(grid, grid_column(grid, "two", "Two"), done);
  grid_cell(grid, "AAA");
  grid_cell_shaded(grid, done);
  grid_cell(grid, NULL);
  grid_cell(grid, "BBB");
  grid_cell_shaded(grid, not_asked);
  grid_cell(grid, "3");
  assert_int_equal(grid_rows(grid), 2);
  assert_string_equal(grid_at(grid, 0, 0), "AAA");
  assert_string_equal(grid_at(grid, 0, 1), "D");
  assert_string_equal(grid_shade_at(grid, 0, 1)->label, "Done");
  assert_null(grid_at(grid, 0, 2));
  assert_null(grid_shade_at(grid, 0, 2));
  assert_string_equal(grid_at(grid, 1, 0), "BBB");
  assert_null(grid_shade_at(grid, 1, 0));
  assert_null(grid_at(grid, 1, 1));
  assert_string_equal(grid_shade_at(grid, 1, 1)->code, GRID_NOT_ASKED);
  assert_string_equal(grid_at(grid, 1, 2), "3");
  assert_int_equal(grid_shade_find(grid, "done"), done);
  assert_int_equal(grid_shade_find(grid, "else"), 0);
  assert_null(grid_column_shade(grid, 1));
  assert_string_equal(grid_column_shade(grid, 2)->colour, "#1b7837");
  assert_true(grid->shades[0].met);
}

/* Ratios published with WCAG's definition: black on white 21, #777777 on white 4.48, #767676 on white 4.54. */
static void contrast_is_that_of_wcag(void **state) {
  (void)state;
  assert_int_equal((int)(colour_contrast("#000000", "#ffffff") * 100), 2100);
  assert_int_equal((int)(colour_contrast("#777777", "#ffffff") * 100 + 0.5), 448);
  assert_int_equal((int)(colour_contrast("#ffffff", "#767676") * 100 + 0.5), 454);
}

static void ink_is_readable_on_every_ground(void **state) {
  (void)state;
  char ground[8];
  assert_string_equal(colour_ink("#1b7837"), "#ffffff");
  assert_string_equal(colour_ink("#a6dba0"), "#000000");
  for (unsigned red = 0; red < 256; red += 15)
    for (unsigned green = 0; green < 256; green += 15)
      for (unsigned blue = 0; blue < 256; blue += 15) {
        snprintf(ground, sizeof ground, "#%02x%02x%02x", red, green, blue);
        assert_true(colour_contrast(ground, colour_ink(ground)) >= 4.5);
      }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(texts_and_shades_are_read_back),
      cmocka_unit_test(contrast_is_that_of_wcag),
      cmocka_unit_test(ink_is_readable_on_every_ground),
  };
  return cmocka_run_group_tests_name("grid", tests, NULL, NULL);
}
