/* Memory that runs out while records are read, hashed, linked, counted and drawn (tests/unit/failing_memory.h). */
#include "core/base/folder.h"
#include "core/ledger/batch.h"
#include "core/recommendation/link.h"
#include "core/record/status_chunk.h"
#include "core/rows/import_rows.h"
#include "reports/render/chart.h"
#include "reports/render/render.h"
#include "reports/table/cut_words.h"
#include "reports/table/matrix.h"
#include "reports/table/tally.h"
#include "tests/unit/failing_memory.h"
#include "tests/unit/reports_fixture.h"

#include <string.h>

static struct scope scope;
static char folder[] = "/tmp/rectrack-failing-XXXXXX";

/* ---- into the database --------------------------------------------------- */

/* Of three rows the second is refused, and stands in the rejects file. */
static int refuse_a_row(void) {
  static const char FILE_BYTES[] = "code,name\na,Anna\nx,Xaver\nb,Bo\n";
  static const struct csv_column columns[] = {{.name = "code", .required = true}, {.name = "name"}};
  AUTO_TEXT struct text path = {0};
  text_add_format(&path, "%s/rejects.csv", folder);
  const struct import_options options = {.path = "in.csv", .keep_going = true, .rejects = path.data};
  AUTO_CSV_READER struct csv_reader *reader = NULL;
  AUTO_IMPORT_ROWS struct import_rows rows = {0};
  struct import_summary summary = {0};
  struct error error, fault;
  bool more = true;
  if (!csv_reader_open_bytes(&reader, "in.csv", FILE_BYTES, sizeof FILE_BYTES - 1, &error) ||
      !import_rows_begin(&rows, &options, &summary, reader, columns, 2, &error))
    return ERROR_PASSED_UP;
  while (more) {
    if (!import_rows_next(&rows, &more, &error))
      return ERROR_PASSED_UP;
    if (!more || strcmp(import_value(&rows, 0, NULL), "x") != 0)
      continue;
    error_set(&fault, ERROR_DATA, "not a code");
    error_remedy(&fault, "Write another.");
    import_rows_fault(&rows, 0, &fault);
  }
  if (!import_rows_end(&rows, &error))
    return ERROR_PASSED_UP;
  return summary.rows == 3 && summary.bad == 1 ? RIGHT_ANSWER : WRONG_ANSWER;
}

/* A thousand keys against their order, each twice with the same text: the second says nothing new. */
static int order_records(void) {
  enum { KEYS = 1000 };
  __attribute__((cleanup(status_chunk_free))) struct status_chunk chunk = {0};
  __attribute__((cleanup(status_order_free))) struct status_order order = {0};
  uint64_t repeated = 0;
  for (int32_t i = 0; i < 2 * KEYS; i++) {
    struct status_row row = {.state_id = 1, .rec_id = KEYS - i % KEYS, .level = 1, .line = i, .kind = LEVEL_REPORTED};
    row.note = status_chunk_text(&chunk, "noted", 5);
    status_chunk_add(&chunk, &row);
  }
  status_order_number(&order, &chunk, &repeated);
  return repeated == KEYS && chunk.rows[order.places[0].row].rec_id == 1 ? RIGHT_ANSWER : WRONG_ANSWER;
}

/* Two rows against the order of their bytes. Expected: printf 1:1,1:a,1:2,1:b, | sha256sum. */
static int hash_rows(void) {
  AUTO_TEXT struct text canonical = {0};
  AUTO_SHA256 struct sha256 *sha = sha256_new();
  size_t starts[2] = {0};
  unsigned char digest[SHA256_SIZE];
  char hexadecimal[SHA256_TEXT_SIZE];
  canonical_int(&canonical, 2);
  canonical_text(&canonical, "b", 1);
  starts[1] = canonical.length;
  canonical_int(&canonical, 1);
  canonical_text(&canonical, "a", 1);
  canonical_hash_sorted(&canonical, starts, 2, sha);
  sha256_finish(sha, digest);
  return strcmp(sha256_format(digest, hexadecimal),
                "bcb0309dc07ebf4c3ba0e4f08982dd6f20ede5ee0469af868e313e6775803ddd") == 0
             ? RIGHT_ANSWER
             : WRONG_ANSWER;
}

static int propose_links(void) {
  static const struct link_end olds[] = {{"D:1(a)", "Light the harbours"}, {"D:1(b)", "Count the boats at night"}};
  static const struct link_end news[] = {{"F:1(a)", "Count all the boats at night"}, {"F:1(b)", "Train pilots"}};
  AUTO_LINKS struct link_list links = {0};
  struct error error;
  if (!link_propose(olds, 2, news, 2, &links, &error))
    return ERROR_PASSED_UP;
  /* (a) dropped, (b) now (a), the new (b) */
  return links.count == 3 && links.items[0].successor == NULL && strcmp(links.items[1].successor, "F:1(a)") == 0
             ? RIGHT_ANSWER
             : WRONG_ANSWER;
}

/* ---- out of it ----------------------------------------------------------- */

/* As of 2019-01-01 AAA, BBB and CCC are Parties; AAA has done 10, BBB says that it is void. */
static void put_records(struct population *population) {
  population_begin(&scope, (struct population_options){.kind = LEVEL_REPORTED, .newest = true}, population);
  population_put(population, 1, 10, 1, day_of("2018-03-01"), LEVEL_REPORTED, -1);
  population_put(population, 2, 10, 3, day_of("2017-12-31"), LEVEL_REPORTED, -1);
}

static int fill_a_matrix(void) {
  __attribute__((cleanup(population_free))) struct population population = {0};
  AUTO_GRID struct grid *grid = grid_new(NULL);
  struct render_sink out = {0};
  struct error error;
  put_records(&population);
  matrix_fill(&population, grid);
  if (!render_csv(grid, &(struct render_options){0}, &out, &error))
    return ERROR_PASSED_UP;
  bool right = strstr(text_string(&out.text), "\nAAA,State AAA,2018-03-01,,0,D,-,-,1\n") != NULL &&
               strstr(text_string(&out.text), "\nCCC,State CCC,,,0,-,-,,0\n") != NULL;
  text_free(&out.text);
  return right ? RIGHT_ANSWER : WRONG_ANSWER;
}

static int count_a_table(void) {
  __attribute__((cleanup(population_free))) struct population population = {0};
  __attribute__((cleanup(tally_free))) struct tally tally = {0};
  AUTO_CUT struct cut cut;
  struct error error;
  if (!cut_begin(&cut, "crosstab", &error) || !cut_set(&cut, "rows", "regional_group", &error) ||
      !cut_set(&cut, "cols", "level", &error) || !cut_set(&cut, "where", "ldc = yes or level = void", &error) ||
      !cut_check(&cut, &error) || !filter_bind(cut.filter, &scope, 1, &error))
    return ERROR_PASSED_UP;
  put_records(&population);
  tally_count(&tally, &cut, &population, 1);
  /* the three of AAA, the one of BBB */
  return tally.layers[LAYER_NOW].counts.total == 4 ? RIGHT_ANSWER : WRONG_ANSWER;
}

/* One bar of 30 of 40. */
static int draw_bars(void) {
  AUTO_GRID struct grid *grid = grid_new("Bars");
  AUTO_TEXT struct text out = {0};
  size_t shade = grid_shade(grid, "done", "Done", "D", "#1b7837");
  size_t none = grid_shade(grid, GRID_NO_RESPONSE, "No response", "-", "#ffffff");
  grid_column(grid, "regional_group", "Group");
  grid_column_shaded(grid, grid_column(grid, "done", "Done"), shade);
  grid_column_shaded(grid, grid_column(grid, "no-response", "No response"), none);
  grid_column(grid, "total", "Total")->number = true;
  static const char *const cells[] = {"Africa", "30", "10", "40"};
  for (size_t i = 0; i < 4; i++)
    grid_cell(grid, cells[i]);
  grid->parts = true;
  chart_add(grid, true, &out);
  return strstr(text_string(&out), "Africa") != NULL && strstr(text_string(&out), "</svg>") != NULL ? RIGHT_ANSWER
                                                                                                    : WRONG_ANSWER;
}

/* ---- the tests ----------------------------------------------------------- */

static void imports(void **state) {
  (void)state;
  fail_at_every_allocation(refuse_a_row);
  fail_at_every_allocation(order_records);
  fail_at_every_allocation(hash_rows);
}

static void links(void **state) {
  (void)state;
  fail_at_every_allocation(propose_links);
}

static void counts(void **state) {
  (void)state;
  fail_at_every_allocation(fill_a_matrix);
  fail_at_every_allocation(count_a_table);
}

static void pictures(void **state) {
  (void)state;
  fail_at_every_allocation(draw_bars);
}

static int set_up(void **state) {
  (void)state;
  scope = make_scope("2019-01-01");
  return mkdtemp(folder) == NULL;
}

static int tear_down(void **state) {
  (void)state;
  scope_free(&scope);
  folder_remove(folder);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(imports),
      cmocka_unit_test(links),
      cmocka_unit_test(counts),
      cmocka_unit_test(pictures),
  };
  return cmocka_run_group_tests_name("failing memory: records", tests, set_up, tear_down);
}
