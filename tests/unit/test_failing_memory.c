/* Memory that runs out in text, CSV, plain documents and tables (tests/unit/failing_memory.h). */
#include "core/base/date.h"
#include "core/base/memory.h"
#include "core/base/name_index.h"
#include "core/base/nearest.h"
#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/csv/csv.h"
#include "core/document/document.h"
#include "core/document/reference.h"
#include "reports/grid/grid.h"
#include "reports/render/render.h"
#include "tests/unit/failing_memory.h"

#include <locale.h>
#include <string.h>
#include <wchar.h>

static int read_csv(void) {
  static const char FILE_BYTES[] = "state;note\nITA;\"a \"\"quoted\"\" note\"\nFRA;c\xc3\xb4t\xc3\xa9\n";
  static const struct csv_column columns[] = {{.name = "state", .required = true}, {.name = "note"}};
  AUTO_CSV_READER struct csv_reader *reader = NULL;
  struct error error;
  if (!csv_reader_open_bytes(&reader, "rows.csv", FILE_BYTES, sizeof FILE_BYTES - 1, &error) ||
      !csv_reader_header(reader, columns, 2, &error))
    return ERROR_PASSED_UP;
  if (csv_reader_next(reader, &error) != CSV_ROW)
    return ERROR_PASSED_UP;
  if (strcmp(csv_reader_value(reader, 1, NULL), "a \"quoted\" note") != 0)
    return WRONG_ANSWER;
  return csv_reader_next(reader, &error) == CSV_ROW && csv_reader_next(reader, &error) == CSV_END ? RIGHT_ANSWER
                                                                                                  : ERROR_PASSED_UP;
}

static int fold_names(void) {
  static const char NAME[] = "C\xc3\xb4te d\xe2\x80\x99Ivoire";
  AUTO_FREE char *folded = text_fold(NAME, strlen(NAME));
  AUTO_FREE char *plain = text_fold_accents(NAME, strlen(NAME));
  return strcmp(folded, "c\xc3\xb4te d'ivoire") == 0 && strcmp(plain, "cote d'ivoire") == 0 ? RIGHT_ANSWER
                                                                                            : WRONG_ANSWER;
}

static int find_nearest(void) {
  AUTO_NEAREST struct nearest nearest;
  nearest_begin(&nearest, "Itly");
  nearest_offer(&nearest, "France");
  nearest_offer(&nearest, "Italy");
  const char *answer = nearest_answer(&nearest);
  return answer != NULL && strcmp(answer, "Italy") == 0 ? RIGHT_ANSWER : WRONG_ANSWER;
}

static int index_names(void) {
  AUTO_NAME_INDEX struct name_index *index = name_index_new();
  char name[16];
  for (int i = 0; i < 300; i++) {
    snprintf(name, sizeof name, "name %d", i);
    name_index_add(index, name, strlen(name), i);
  }
  return name_index_find(index, "name 299", 8) == 299 ? RIGHT_ANSWER : WRONG_ANSWER;
}

static int hash_bytes(void) {
  AUTO_SHA256 struct sha256 *sha = sha256_new();
  unsigned char digest[SHA256_SIZE];
  char text[SHA256_TEXT_SIZE];
  sha256_add(sha, "abc", 3);
  sha256_finish(sha, digest);
  return strncmp(sha256_format(digest, text), "ba7816bf", 8) == 0 ? RIGHT_ANSWER : WRONG_ANSWER;
}

static int render_tables(void) {
  static const char *const formats[] = {"table", "csv", "json", "markdown", "html"};
  AUTO_GRID struct grid *grid = grid_new("Title");
  struct error error;
  grid_column(grid, "state", "State");
  grid_column(grid, "count", "Count")->number = true;
  for (int i = 0; i < 5; i++) {
    grid_cell(grid, "Côte d’Ivoire");
    grid_cell(grid, "12");
  }
  for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
    const struct render_format *format = render_find(formats[i], &error);
    struct render_options options = {.width = 80};
    struct render_sink out = {0};
    if (format == NULL || !format->render(grid, &options, &out, &error))
      return ERROR_PASSED_UP;
    bool there = strstr(text_string(&out.text), "Ivoire") != NULL;
    text_free(&out.text);
    if (!there)
      return WRONG_ANSWER;
  }
  return RIGHT_ANSWER;
}

static int read_report(void) {
  static const char REPORT[] = "CTOC/COP/WG.7/2018/L.1/Add.1\n\nII. Recommendations\n\nA. General\n\n"
                               "1. States parties should:\n\n(a) Adopt legislation;\n\n(b) Train officers.\n";
  AUTO_DOCUMENT struct document *document = NULL;
  struct error error;
  if (!document_parse(&document, REPORT, sizeof REPORT - 1, "report.txt", &error))
    return ERROR_PASSED_UP;
  return document->recommendation_count == 2 ? RIGHT_ANSWER : WRONG_ANSWER;
}

static void csv_files(void **state) {
  (void)state;
  fail_at_every_allocation(read_csv);
}

static void names(void **state) {
  (void)state;
  fail_at_every_allocation(fold_names);
  fail_at_every_allocation(find_nearest);
  fail_at_every_allocation(index_names);
}

static void digests(void **state) {
  (void)state;
  fail_at_every_allocation(hash_bytes);
}

static void reports(void **state) {
  (void)state;
  fail_at_every_allocation(read_report);
}

static void tables(void **state) {
  (void)state;
  fail_at_every_allocation(render_tables);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(csv_files), cmocka_unit_test(names),  cmocka_unit_test(digests),
      cmocka_unit_test(reports),   cmocka_unit_test(tables),
  };
  return cmocka_run_group_tests_name("failing memory", tests, NULL, NULL);
}
