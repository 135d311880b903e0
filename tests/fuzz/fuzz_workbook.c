/*
 * libFuzzer target: any bytes through the workbook reader.  Besides crashes it looks for broken promises: cells in
 * order and once each, found where they are, inside Excel's limits, texts that are there, days that can be written.
 *
 * The stretches of an input are the workbook, two sheets and the shared texts.
 */
#include "core/base/text.h"
#include "core/ooxml/workbook.h"
#include "tests/fuzz/package.h"

static const struct fuzz_part parts[] = {
    {"[Content_Types].xml", FUZZ_TYPES("/xl/workbook.xml", "spreadsheetml.sheet.main+xml")},
    {"_rels/.rels", FUZZ_RELATIONS FUZZ_RELATION("rId1", "officeDocument", "xl/workbook.xml") "</Relationships>"},
    {"xl/_rels/workbook.xml.rels",
     FUZZ_RELATIONS FUZZ_RELATION("rId1", "worksheet", "sheet1.xml") FUZZ_RELATION("rId2", "worksheet", "sheet2.xml")
         FUZZ_RELATION("rId3", "sharedStrings", "sharedStrings.xml") "</Relationships>"},
    {"xl/workbook.xml", NULL},
    {"xl/sheet1.xml", NULL},
    {"xl/sheet2.xml", NULL},
    {"xl/sharedStrings.xml", NULL},
    {NULL, NULL},
};

static void check_cell(const struct workbook *workbook, const struct workbook_sheet *sheet,
                       const struct workbook_cell *cell) {
  char place[WORKBOOK_PLACE_SIZE], text[DAY_TEXT_SIZE];
  struct error error = {0};
  day value;
  must(cell->row < WORKBOOK_ROWS_MAX && cell->column < WORKBOOK_COLUMNS_MAX);
  must(workbook_cell(sheet, cell->row, cell->column) == cell);
  const char *written = workbook_text(workbook, sheet, cell->row, cell->column);
  must(*written != '\0' && text_is_utf8(written, strlen(written), NULL));
  must(*workbook_place(cell->row, cell->column, place) >= 'A');
  if (workbook_day(workbook, cell, &value, &error))
    must(*day_format(value, text) != '\0');
  else
    must(error.code == ERROR_DATA && error.message[0] && error.remedy[0]);
}

static void check_sheet(const struct workbook *workbook, const struct workbook_sheet *sheet) {
  must(workbook_sheet(workbook, sheet->name) != NULL);
  for (size_t i = 0; i < sheet->count; i++) {
    const struct workbook_cell *cell = &sheet->cells[i];
    must(i == 0 || cell[-1].row < cell->row || (cell[-1].row == cell->row && cell[-1].column < cell->column));
    check_cell(workbook, sheet, cell);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  size_t length;
  struct error error = {0};
  AUTO_WORKBOOK struct workbook *workbook = NULL;
  char *package = fuzz_package(bytes, size, parts, &length);
  if (!workbook_read(&workbook, "input", package, length, &error))
    must(workbook == NULL && error.code == ERROR_DATA && error.message[0] && error.remedy[0]);
  for (size_t i = 0; workbook != NULL && i < workbook->sheet_count; i++)
    check_sheet(workbook, &workbook->sheets[i]);
  free(package);
  return 0;
}
