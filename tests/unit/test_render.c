/* reports/render/render_….c: the same grid in every format. */
#include "reports/render/render.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* A label column, a number column, a value with all that needs care, an empty cell, a total. */
static struct grid *make_grid(void) {
  struct grid *grid = grid_new("Title | one");
  grid_fact(grid, "as_of", "As of", "%s", "2026-11-24");
  grid_column(grid, "code", "Code");
  grid_column(grid, "code_label", "Name")->label = true;
  grid_column(grid, "count", "Count of pairs")->number = true;
  grid_cell(grid, "AAA");
  grid_cell(grid, "Say \"no\",\nor \x1b[31m");
  grid_cell(grid, "3");
  grid_cell(grid, "BBB");
  grid_cell(grid, "中文");
  grid_cell(grid, NULL);
  grid_cell(grid, "total");
  grid_cell(grid, "Total");
  grid_cell_format(grid, "%d", 3);
  grid->total = true;
  grid_note(grid, "A note.");
  grid_legend(grid, "D done");
  return grid;
}

static void assert_rendered(const char *format, const char *expected) {
  struct error error;
  AUTO_GRID struct grid *grid = make_grid();
  struct render_sink out = {0};
  struct render_options options = {.width = 80};
  const struct render_format *found = render_find(format, &error);
  assert_non_null(found);
  assert_true(found->render(grid, &options, &out, &error));
  assert_string_equal(text_string(&out.text), expected);
  text_free(&out.text);
}

static void csv_is_exact(void **state) {
  (void)state;
  assert_rendered("csv", "code,code_label,count\n"
                         "AAA,\"Say \"\"no\"\",\nor \x1b[31m\",3\n"
                         "BBB,中文,\n"
                         "total,Total,3\n");
}

static void tables_are_harmless_and_aligned(void **state) {
  (void)state;
  /* The escape is shown, two-column characters count two, the code gives way to the name. */
  assert_rendered("table", "Title | one\n"
                           "As of: 24 November 2026\n"
                           "\n"
                           "Name                    Count\n"
                           "                           of\n"
                           "                        pairs\n"
                           "----------------------  -----\n"
                           "Say \"no\",\\nor \\x1b[31m      3\n"
                           "中文\n"
                           "----------------------  -----\n"
                           "Total                       3\n"
                           "\n"
                           "D done\n"
                           "\n"
                           "A note.\n");
}

static void assert_folded(size_t width, const char *expected) {
  struct error error;
  AUTO_GRID struct grid *grid = grid_new(NULL);
  size_t done = grid_shade(grid, "done", "Implemented", "I", "#1b7837");
  size_t none = grid_shade(grid, GRID_NO_RESPONSE, "No response", "-", "#ffffff");
  struct render_sink out = {0};
  grid_column(grid, "group", "Group");
  grid_column_shaded(grid, grid_column(grid, "done", "Implemented"), done);
  grid_column_shaded(grid, grid_column(grid, "no-response", "No response"), none);
  grid_column(grid, "total", "Total");
  for (size_t i = 1; i < 4; i++)
    grid->columns[i].number = true;
  grid_cell(grid, "Africa");
  grid_cell(grid, "7");
  grid_cell(grid, "12");
  grid_cell(grid, "19");
  assert_true(render_table(grid, &(struct render_options){.width = width, .fold = true}, &out, &error));
  assert_string_equal(text_string(&out.text), expected);
  text_free(&out.text);
}

static void tables_are_never_wider_than_their_window(void **state) {
  (void)state;
  assert_folded(80, "Group   Implemented        No  Total\n"
                    "                     response\n"
                    "------  -----------  --------  -----\n"
                    "Africa            7        12     19\n");
  /* Levels by their letters: 6 + 2 + 1 + 2 + 2 + 2 + 5 columns. */
  assert_folded(20, "Group   I   -  Total\n"
                    "------  -  --  -----\n"
                    "Africa  7  12     19\n"
                    "\n"
                    "I Implemented; - No\n"
                    "response\n");
  /* In parts, each with the names of the rows. */
  assert_folded(19, "Group   I   -\n"
                    "------  -  --\n"
                    "Africa  7  12\n"
                    "\n"
                    "Group   Total\n"
                    "------  -----\n"
                    "Africa     19\n"
                    "\n"
                    "I Implemented; - No\n"
                    "response\n");
}

/* Expected sequences from xterm's table of 256 colours: 29 is #00875f, 16 and 231 are black and white. */
static void levels_have_colours_where_they_are_wanted(void **state) {
  (void)state;
  struct error error;
  AUTO_GRID struct grid *grid = grid_new(NULL);
  size_t done = grid_shade(grid, "done", "Implemented", "I", "#1b7837");
  size_t none = grid_shade(grid, GRID_NO_RESPONSE, "No response", "-", "#ffffff");
  struct render_sink out = {0};
  grid_column(grid, "state", "State");
  grid_column(grid, "a", "(a)");
  grid_column(grid, "b", "(b)");
  grid_column(grid, "change", "Change")->change = true;
  grid_column(grid, "still", "Still")->change = true;
  grid_cell(grid, "Chad");
  grid_cell_shaded(grid, done);
  grid_cell_shaded(grid, none);
  grid_cell(grid, "2");
  grid_cell(grid, "0");
  assert_true(render_table(grid, &(struct render_options){.colour = true}, &out, &error));
  assert_string_equal(text_string(&out.text),
                      "State  (a)  (b)  Change  Still\n-----  ---  ---  ------  -----\n"
                      "Chad   \033[48;5;29;38;5;16mI  \033[0m  -    \033[1m↑2    \033[0m  \033[2m→    \033[0m\n");
  text_clear(&out.text);
  assert_true(render_table(grid, &(struct render_options){.colour = false}, &out, &error));
  assert_string_equal(text_string(&out.text), "State  (a)  (b)  Change  Still\n-----  ---  ---  ------  -----\n"
                                              "Chad   I    -    ↑2      →\n");
  text_free(&out.text);
}

static void markdown_is_plain(void **state) {
  (void)state;
  assert_rendered("markdown", "## Title \\| one\n\n"
                              "* As of: 24 November 2026\n\n"
                              "| Name | Count of pairs |\n"
                              "| --- | ---: |\n"
                              "| Say \"no\",\\\\nor \\\\x1b\\[31m | 3 |\n"
                              "| 中文 | |\n"
                              "| **Total** | **3** |\n"
                              "\nA note.\n"
                              "\nD done\n");
}

static void json_lines_have_numbers_and_null(void **state) {
  (void)state;
  assert_rendered("jsonl", "{\"code\": \"AAA\", \"code_label\": \"Say \\\"no\\\",\\nor \\u001B[31m\", \"count\": 3}\n"
                           "{\"code\": \"BBB\", \"code_label\": \"中文\", \"count\": null}\n"
                           "{\"code\": \"total\", \"code_label\": \"Total\", \"count\": 3}\n");
}

static void formats_are_found_by_name_and_ending(void **state) {
  (void)state;
  struct error error;
  assert_string_equal(render_by_ending("a/b.csv")->name, "csv");
  assert_string_equal(render_by_ending("b.md")->name, "markdown");
  AUTO_TEXT struct text endings = {0};
  render_add_endings(&endings);
  assert_string_equal(endings.data, ".txt, .csv, .tsv, .json, .jsonl, .md, .html, .svg and .xlsx");
  assert_null(render_by_ending(".csv"));
  assert_string_equal(render_by_ending("B.XLSX")->name, "xlsx");
  assert_string_equal(render_by_ending("b.txt")->name, "table");
  assert_null(render_by_ending("b.pdf"));
  assert_null(render_find("cvs", &error));
  assert_string_equal(error.remedy, "Did you mean \"csv\"?");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(csv_is_exact),
      cmocka_unit_test(tables_are_harmless_and_aligned),
      cmocka_unit_test(tables_are_never_wider_than_their_window),
      cmocka_unit_test(levels_have_colours_where_they_are_wanted),
      cmocka_unit_test(markdown_is_plain),
      cmocka_unit_test(json_lines_have_numbers_and_null),
      cmocka_unit_test(formats_are_found_by_name_and_ending),
  };
  return cmocka_run_group_tests_name("render", tests, NULL, NULL);
}
