/* reports/render/render_xlsx.c: what stands in the workbook, looked up in its parts. */
#include "core/base/output.h"
#include "reports/render/render.h"
#include "tests/unit/ooxml_fixture.h"

#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>

static struct grid *make_grid(const char *language) {
  struct grid *grid = grid_new("Title: one");
  grid->language = language_find(language);
  grid_fact(grid, "known_at", "Known at", "2026-11-24T06:00:00Z (ledger position 3)");
  size_t done = grid_shade(grid, "done", "Done & dusted", "D", "#1b7837");
  grid_column(grid, "state", "State");
  grid_column(grid, "state_label", "State")->label = true;
  grid_column(grid, "letter", "I.1");
  struct grid_column *counted = grid_column(grid, "done", "Done");
  counted->number = true;
  grid_column_shaded(grid, counted, done);
  grid_column(grid, "percent", "Percent")->number = true;
  grid_cell(grid, "004");
  grid_cell(grid, "=1+1");
  grid_cell_shaded(grid, done);
  grid_cell(grid, "3");
  grid_cell(grid, "33.3");
  grid_cell(grid, "http://example.org/");
  grid_cell(grid, "a _x0041_ \x01 <&>\n b");
  grid_cell_shaded(grid, done);
  grid_cell(grid, NULL);
  grid_cell(grid, "12345678901234567890");
  grid_cell(grid, "total");
  grid_cell(grid, "Total");
  grid_cell(grid, NULL);
  grid_cell(grid, "3");
  grid_cell(grid, "100.0");
  grid->total = true;
  grid_note(grid, "A note.");
  grid_legend(grid, "D Done & dusted");
  return grid;
}

static void render(const struct grid *grid, struct render_sink *out) {
  struct error error;
  if (!render_xlsx(grid, &(struct render_options){0}, out, &error))
    fail_msg("%s", error.message);
}

/* The XML of a part, as it stands. */
static char *part_of(const struct text *workbook, const char *name) {
  zip_error_t why;
  zip_source_t *source = zip_source_buffer_create(workbook->data, workbook->length, 0, &why);
  zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, &why);
  assert_non_null(zip);
  zip_stat_t status;
  assert_int_equal(zip_stat(zip, name, 0, &status), 0);
  zip_file_t *file = zip_fopen(zip, name, 0);
  char *xml = calloc(1, status.size + 1);
  assert_int_equal(zip_fread(file, xml, status.size), status.size);
  zip_fclose(file);
  zip_discard(zip);
  return xml;
}

static void assert_part_has(const struct text *workbook, const char *name, const char *const *expected) {
  char *xml = part_of(workbook, name);
  for (; *expected != NULL; expected++)
    if (strstr(xml, *expected) == NULL)
      fail_msg("no %s in %s", *expected, xml);
  free(xml);
}

static void assert_part_lacks(const struct text *workbook, const char *name, const char *unwanted) {
  char *xml = part_of(workbook, name);
  assert_null(strstr(xml, unwanted));
  free(xml);
}

static const char table[] = "xl/worksheets/sheet1.xml", about[] = "xl/worksheets/sheet2.xml";

/* Styles are numbered by the library, so they are not compared: "s=" ends each pattern. */
static void texts_stay_texts_and_figures_are_numbers(void **state) {
  (void)state;
  AUTO_GRID struct grid *grid = make_grid("en");
  struct render_sink out = {0};
  render(grid, &out);
  assert_part_has(&out.text, table,
                  (const char *const[]){
                      "t=\"inlineStr\"><is><t>Title: one</t></is></c>",
                      "t=\"inlineStr\"><is><t>004</t></is></c>",
                      "t=\"inlineStr\"><is><t>=1+1</t></is></c>",
                      "t=\"inlineStr\"><is><t>http://example.org/</t></is></c>",
                      "<is><t>a _x005F_x0041_ _x0001_ &lt;&amp;&gt;\n b</t></is>",
                      "><v>3</v></c>",
                      "><v>33.3</v></c>",
                      "t=\"inlineStr\"><is><t>12345678901234567890</t></is></c>", /* no double holds it */
                      "<is><t>D</t></is>",
                      NULL,
                  });
  assert_part_lacks(&out.text, table, "<f>");
  assert_part_lacks(&out.text, table, "hyperlink");
  assert_part_has(&out.text, "xl/styles.xml", (const char *const[]){"formatCode=\"0.0\"", "FF1B7837", NULL});
  text_free(&out.text);
}

/* Heads in row 4; rows 5 and 6; the total in row 7 stays out of filter and colours. */
static void the_sheet_filters_freezes_and_prints(void **state) {
  (void)state;
  AUTO_GRID struct grid *grid = make_grid("en");
  struct render_sink out = {0};
  render(grid, &out);
  assert_part_has(&out.text, table,
                  (const char *const[]){
                      "<autoFilter ref=\"A4:E6\"/>",
                      "<pane xSplit=\"2\" ySplit=\"4\" topLeftCell=\"C5\"",
                      "orientation=\"landscape\"",
                      "paperSize=\"9\"",
                      "fitToHeight=\"0\"",
                      "<conditionalFormatting sqref=\"D5:D6\">",
                      "<is><t>A note.</t></is>",
                      "<is><t>State (code)</t></is>",
                      NULL,
                  });
  assert_part_lacks(&out.text, table, "rightToLeft");
  assert_part_has(&out.text, "xl/workbook.xml",
                  (const char *const[]){"name=\"Title  one\"", "name=\"About this table\"",
                                        "_xlnm.Print_Titles\" localSheetId=\"0\">'Title  one'!$4:$4<", NULL});
  assert_part_has(&out.text, about,
                  (const char *const[]){"<is><t>Known at</t></is>",
                                        "<is><t>2026-11-24T06:00:00Z (ledger position 3)</t>",
                                        "<is><t>Done &amp; dusted</t></is>", "<is><t>A note.</t></is>", NULL});
  assert_part_has(&out.text, "docProps/core.xml",
                  (const char *const[]){"2026-11-24T06:00:00Z</dcterms:created>", NULL});
  text_free(&out.text);
}

static void arabic_is_written_from_right_to_left(void **state) {
  (void)state;
  AUTO_GRID struct grid *grid = make_grid("ar");
  struct render_sink out = {0};
  render(grid, &out);
  assert_part_has(&out.text, table, (const char *const[]){"rightToLeft=\"1\"", NULL});
  assert_part_has(&out.text, about, (const char *const[]){"rightToLeft=\"1\"", NULL});
  text_free(&out.text);
}

static void the_same_grid_gives_the_same_bytes(void **state) {
  (void)state;
  AUTO_GRID struct grid *grid = make_grid("fr");
  struct render_sink one = {0}, other = {0};
  render(grid, &one);
  struct timespec pause = {.tv_sec = 1, .tv_nsec = 100000000}; /* times in zip files have seconds */
  nanosleep(&pause, NULL);
  render(grid, &other);
  assert_int_equal(one.text.length, other.text.length);
  assert_memory_equal(one.text.data, other.text.data, one.text.length);
  text_free(&one.text);
  text_free(&other.text);
}

/* ---- what does not fit --------------------------------------------------- */

static void assert_not_rendered(const struct grid *grid, enum error_code code, const char *message) {
  struct error error = {0};
  struct render_sink out = {0};
  assert_false(render_xlsx(grid, &(struct render_options){0}, &out, &error));
  assert_int_equal(error.code, code);
  assert_non_null(strstr(error.message, message));
  assert_true(*error.remedy != '\0');
  assert_int_equal(out.text.length, 0);
  text_free(&out.text);
}

static void a_text_too_long_for_a_cell_is_told(void **state) {
  (void)state;
  AUTO_GRID struct grid *grid = grid_new(NULL);
  AUTO_TEXT struct text longest = {0};
  struct render_sink out = {0};
  grid_column(grid, "note", "Note");
  for (int i = 0; i < 32767; i++)
    text_add(&longest, "é");
  grid_cell(grid, longest.data);
  render(grid, &out);
  text_free(&out.text);
  text_add_char(&longest, 'e');
  grid_cell(grid, longest.data);
  assert_not_rendered(grid, ERROR_DATA, "a text of 32768 characters is too long for a cell");
}

static const char *nothing(void *context, size_t row, size_t column) {
  (void)context, (void)row, (void)column;
  return NULL;
}

static void a_table_too_large_is_told(void **state) {
  (void)state;
  AUTO_GRID struct grid *grid = grid_new(NULL);
  grid_column(grid, "note", "Note");
  grid->source = (struct grid_source){.rows = 1 << 20, .cell = nothing};
  assert_not_rendered(grid, ERROR_DATA, "a table of 1048576 rows and 1 columns is too large for Excel");
}

static const char *some_text(void *context, size_t row, size_t column) {
  (void)context, (void)row, (void)column;
  return "a text that fills the temporary file";
}

/* A limit on the size of files stands in for a full device; it begins to bite at different places. */
static void a_full_device_is_told(void **state) {
  (void)state;
  AUTO_GRID struct grid *grid = grid_new(NULL);
  struct rlimit before, limit;
  grid_column(grid, "note", "Note");
  grid->source = (struct grid_source){.rows = 2000, .cell = some_text};
  signal(SIGXFSZ, SIG_IGN);
  assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
  limit = before;
  for (rlim_t size = 0; size < 150000; size = size * 2 + 1000) {
    limit.rlim_cur = size;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    assert_not_rendered(grid, ERROR_CANNOT_WRITE, "cannot make the workbook");
  }
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
}

/* It takes four files that are open at once beside the three that everybody has. */
static void temporary_files_that_cannot_be_made_are_told(void **state) {
  (void)state;
  AUTO_GRID struct grid *grid = make_grid("en");
  struct rlimit before, limit;
  assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
  limit = before;
  for (limit.rlim_cur = 3; limit.rlim_cur < 7; limit.rlim_cur++) {
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
    assert_not_rendered(grid, ERROR_CANNOT_WRITE, "cannot make the workbook");
  }
  assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(texts_stay_texts_and_figures_are_numbers),
      cmocka_unit_test(the_sheet_filters_freezes_and_prints),
      cmocka_unit_test(arabic_is_written_from_right_to_left),
      cmocka_unit_test(the_same_grid_gives_the_same_bytes),
      cmocka_unit_test(a_text_too_long_for_a_cell_is_told),
      cmocka_unit_test(a_table_too_large_is_told),
      cmocka_unit_test(a_full_device_is_told),
      cmocka_unit_test(temporary_files_that_cannot_be_made_are_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
