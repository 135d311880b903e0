/* core/ooxml/workbook.c: cells as different programs write them, dates, and what is refused. */
#include "core/ooxml/workbook.h"
#include "tests/unit/ooxml_fixture.h"

#define SHEET_XMLNS "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define RELATION(id, type, target)                                                                                     \
  "<Relationship Id=\"" id "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/" type       \
  "\" Target=\"" target "\"/>"

static const char shared[] = "<sst " SHEET_XMLNS "><si><t>plain</t></si>"
                             "<si><r><t>ri</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\">ch </t></r>"
                             "<rPh sb=\"0\" eb=\"1\"><t>spoken</t></rPh></si>"
                             "<si><t>a_x000A_b_x005F_x0041_ _xD83D_ _x0000_</t></si></sst>";

/* Reads a workbook with one sheet of this XML; NULL with the error when it is refused. */
static struct workbook *read_sheet(const char *properties, const char *sheet, struct error *error) {
  char book[1024];
  snprintf(book, sizeof book,
           "<workbook " SHEET_XMLNS " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">"
           "%s<sheets><sheet name=\"One\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
           properties);
  const struct package_part parts[] = {
      SHEET_TYPE,
      OFFICE_DOCUMENT("xl/workbook.xml"),
      {"xl/workbook.xml", book, NULL},
      {"xl/_rels/workbook.xml.rels",
       "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" RELATION(
           "rId1", "worksheet", "worksheets/sheet1.xml")
           RELATION("rId2", "sharedStrings", "sharedStrings.xml") "</Relationships>",
       NULL},
      {"xl/worksheets/sheet1.xml", sheet, NULL},
      {"xl/sharedStrings.xml", shared, NULL},
      {NULL, NULL, NULL},
  };
  AUTO_PACKAGE struct package_bytes bytes = package_make(parts);
  struct workbook *workbook = NULL;
  workbook_read(&workbook, "book.xlsx", bytes.bytes, bytes.length, error);
  return workbook;
}

#define SHEET(rows) "<worksheet " SHEET_XMLNS "><sheetData>" rows "</sheetData></worksheet>"

static struct workbook *good(const char *properties, const char *sheet) {
  struct error error = {0};
  struct workbook *workbook = read_sheet(properties, sheet, &error);
  if (workbook == NULL)
    fail_msg("%s", error.message);
  return workbook;
}

static void assert_cell(const struct workbook *workbook, uint32_t row, uint32_t column, enum workbook_kind kind,
                        const char *text) {
  const struct workbook_cell *cell = workbook_cell(&workbook->sheets[0], row, column);
  assert_non_null(cell);
  assert_int_equal(cell->kind, kind);
  assert_string_equal(workbook_text(workbook, &workbook->sheets[0], row, column), text);
}

static void every_kind_of_cell_is_read(void **state) {
  (void)state;
  AUTO_WORKBOOK struct workbook *workbook =
      good("", SHEET("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"
                     "<c r=\"C1\" t=\"s\"><v>2</v></c></row>"
                     "<row r=\"3\"><c r=\"B3\" t=\"inlineStr\"><is><t>in</t><t>line</t></is></c>"
                     "<c r=\"C3\" t=\"str\"><f>A1&amp;\"x\"</f><v>of a formula</v></c>"
                     "<c r=\"D3\"><v>1.5</v></c><c r=\"E3\" t=\"b\"><v>1</v></c>"
                     "<c r=\"F3\" t=\"e\"><v>#N/A</v></c><c r=\"G3\" t=\"d\"><v>2026-09-30T00:00:00</v></c>"
                     "<c r=\"H3\" s=\"3\"/><c r=\"I3\" t=\"inlineStr\"><is><t></t></is></c></row>"));
  assert_int_equal(workbook->sheet_count, 1);
  assert_string_equal(workbook->sheets[0].name, "One");
  assert_non_null(workbook_sheet(workbook, "One"));
  assert_null(workbook_sheet(workbook, "Two"));
  assert_int_equal(workbook->sheets[0].count, 9);
  assert_cell(workbook, 0, 0, WORKBOOK_TEXT, "plain");
  assert_cell(workbook, 0, 1, WORKBOOK_TEXT, "rich ");
  assert_cell(workbook, 0, 2, WORKBOOK_TEXT, "a\nb_x0041_ _xD83D_ _x0000_");
  assert_cell(workbook, 2, 1, WORKBOOK_TEXT, "inline");
  assert_cell(workbook, 2, 2, WORKBOOK_TEXT, "of a formula");
  assert_cell(workbook, 2, 3, WORKBOOK_NUMBER, "1.5");
  assert_cell(workbook, 2, 4, WORKBOOK_BOOLEAN, "TRUE");
  assert_cell(workbook, 2, 5, WORKBOOK_ERROR, "#N/A");
  assert_cell(workbook, 2, 6, WORKBOOK_DATE, "2026-09-30T00:00:00");
  assert_null(workbook_cell(&workbook->sheets[0], 2, 7)); /* a format and nothing else */
  assert_null(workbook_cell(&workbook->sheets[0], 2, 8));
  assert_string_equal(workbook_text(workbook, &workbook->sheets[0], 9, 9), "");
}

/* Rows and cells need not say where they are (ECMA-376-1, 18.3.1.4 and 18.3.1.73), nor come in order. */
static void cells_without_a_place_follow_each_other(void **state) {
  (void)state;
  AUTO_WORKBOOK struct workbook *workbook =
      good("", SHEET("<row><c><v>1</v></c><c r=\"D1\"><v>2</v></c><c><v>3</v></c></row><row><c><v>4</v></c></row>"
                     "<row r=\"9\"><c r=\"B9\"><v>6</v></c><c r=\"A9\"><v>5</v></c></row>"));
  assert_cell(workbook, 0, 0, WORKBOOK_NUMBER, "1");
  assert_cell(workbook, 0, 3, WORKBOOK_NUMBER, "2");
  assert_cell(workbook, 0, 4, WORKBOOK_NUMBER, "3");
  assert_cell(workbook, 1, 0, WORKBOOK_NUMBER, "4");
  assert_cell(workbook, 8, 0, WORKBOOK_NUMBER, "5");
  assert_cell(workbook, 8, 1, WORKBOOK_NUMBER, "6");
}

static void assert_refused(const char *sheet, const char *message) {
  struct error error = {0};
  AUTO_WORKBOOK struct workbook *workbook = read_sheet("", sheet, &error);
  assert_null(workbook);
  assert_int_equal(error.code, ERROR_DATA);
  assert_string_equal(error.file, "book.xlsx");
  if (strstr(error.message, message) == NULL)
    fail_msg("%s", error.message);
}

static void spoilt_sheets_are_refused(void **state) {
  (void)state;
  assert_refused(SHEET("<row><c t=\"s\"><v>3</v></c></row>"), "no shared text has the number \"3\"");
  assert_refused(SHEET("<row><c t=\"s\"><v>-1</v></c></row>"), "no shared text has the number \"-1\"");
  assert_refused(SHEET("<row><c t=\"x\"><v>1</v></c></row>"), "an unknown type of cell \"x\"");
  assert_refused(SHEET("<row><c r=\"1A\"><v>1</v></c></row>"), "no cell has the place \"1A\"");
  assert_refused(SHEET("<row><c r=\"XFE1\"><v>1</v></c></row>"), "no cell has the place \"XFE1\"");
  assert_refused(SHEET("<row><c r=\"A1048577\"><v>1</v></c></row>"), "no cell has the place \"A1048577\"");
  assert_refused(SHEET("<row r=\"0\"/>"), "no row has the number \"0\"");
  assert_refused(SHEET("<row><c r=\"B2\"><v>1</v></c></row><row><c r=\"B2\"><v>2</v></c></row>"),
                 "cell B2 of the sheet \"One\" is there twice");
  assert_refused("<worksheet " SHEET_XMLNS "><sheetData>", "damaged");
}

/* ---- dates --------------------------------------------------------------- */

static void assert_day(const char *properties, const char *cell, const char *expected) {
  char sheet[512], text[DAY_TEXT_SIZE];
  struct error error = {0};
  day value = DAY_NONE;
  snprintf(sheet, sizeof sheet, SHEET("<row>%s</row>"), cell);
  AUTO_WORKBOOK struct workbook *workbook = good(properties, sheet);
  bool read = workbook_day(workbook, workbook_cell(&workbook->sheets[0], 0, 0), &value, &error);
  assert_int_equal(read, *expected != '\0');
  assert_string_equal(day_format(value, text), expected);
  if (!read) {
    assert_int_equal(error.code, ERROR_DATA);
    assert_true(*error.remedy != '\0');
  }
}

/* 45291 is 31 December 2023, 43829 in the other system: Microsoft, "Date systems in Excel", has 1 Jan 1904 = 1462. */
static void dates_are_read_in_both_systems(void **state) {
  (void)state;
  static const char mac[] = "<workbookPr date1904=\"1\"/>";
  assert_day("", "<c><v>45291</v></c>", "2023-12-31");
  assert_day("", "<c><v>45291.999</v></c>", "2023-12-31");
  assert_day("", "<c><v>4.5291E4</v></c>", "2023-12-31");
  assert_day(mac, "<c><v>43829</v></c>", "2023-12-31");
  assert_day("<workbookPr date1904=\"true\"/>", "<c><v>43829</v></c>", "2023-12-31");
  assert_day("<workbookPr date1904=\"false\"/>", "<c><v>45291</v></c>", "2023-12-31");
  assert_day("", "<c><v>18264</v></c>", "1950-01-01");
  assert_day("", "<c><v>109574</v></c>", "2199-12-31");
  assert_day("", "<c t=\"inlineStr\"><is><t> 2023-12-31 </t></is></c>", "2023-12-31");
  assert_day("", "<c t=\"d\"><v>2023-12-31T10:00:00Z</v></c>", "2023-12-31");
}

static void what_is_no_date_is_refused(void **state) {
  (void)state;
  assert_day("", "<c><v>2023</v></c>", "");
  assert_day("", "<c><v>18263</v></c>", "");
  assert_day("", "<c><v>109575</v></c>", "");
  assert_day("", "<c><v>-1</v></c>", "");
  assert_day("", "<c><v>1e999</v></c>", "");
  assert_day("", "<c><v>nan</v></c>", "");
  assert_day("", "<c><v>x</v></c>", "");
  assert_day("", "<c t=\"b\"><v>1</v></c>", "");
  assert_day("", "<c t=\"e\"><v>#REF!</v></c>", "");
  assert_day("", "<c t=\"inlineStr\"><is><t>31.12.2023</t></is></c>", "");
}

static void places_are_written_as_excel_does(void **state) {
  (void)state;
  char place[WORKBOOK_PLACE_SIZE];
  assert_string_equal(workbook_place(0, 0, place), "A1");
  assert_string_equal(workbook_place(9, 25, place), "Z10");
  assert_string_equal(workbook_place(9, 26, place), "AA10");
  assert_string_equal(workbook_place(0, 701, place), "ZZ1");
  assert_string_equal(workbook_place(0, 702, place), "AAA1");
  assert_string_equal(workbook_place(1048575, 16383, place), "XFD1048576");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_kind_of_cell_is_read), cmocka_unit_test(cells_without_a_place_follow_each_other),
      cmocka_unit_test(spoilt_sheets_are_refused),  cmocka_unit_test(dates_are_read_in_both_systems),
      cmocka_unit_test(what_is_no_date_is_refused), cmocka_unit_test(places_are_written_as_excel_does),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
