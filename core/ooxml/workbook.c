/* The cells of a workbook. */
#include "core/ooxml/workbook.h"

#include "core/base/memory.h"
#include "core/ooxml/workbook_private.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the list of sheets -------------------------------------------------- */

struct listed_sheet {
  char *name;
  char *relation;
};

struct sheet_list {
  struct listed_sheet *sheets;
  size_t count, capacity;
};

static void sheet_list_free(struct sheet_list *list) {
  for (size_t i = 0; i < list->count; i++) {
    free(list->sheets[i].name);
    free(list->sheets[i].relation);
  }
  free(list->sheets);
}

static bool is_true(const char *value) {
  return value != NULL && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

static bool list_sheets(struct ooxml *package, struct workbook *workbook, struct sheet_list *list,
                        struct error *error) {
  AUTO_OOXML_READER struct ooxml_reader *reader = NULL;
  if (!ooxml_read(package, ooxml_main_part(package), &reader, error))
    return false;
  enum ooxml_event event;
  while ((event = ooxml_next(reader, error)) != OOXML_PART_END) {
    if (event == OOXML_FAILED)
      return false;
    if (event != OOXML_ELEMENT)
      continue;
    if (ooxml_is(reader, OOXML_SHEET, "workbookPr"))
      workbook->from_1904 = is_true(ooxml_attribute(reader, OOXML_PLAIN, "date1904"));
    const char *name = ooxml_attribute(reader, OOXML_PLAIN, "name");
    const char *relation = ooxml_attribute(reader, OOXML_RELATION, "id");
    if (!ooxml_is(reader, OOXML_SHEET, "sheet") || name == NULL || relation == NULL)
      continue;
    memory_reserve((void **)&list->sheets, &list->capacity, list->count + 1, sizeof *list->sheets);
    list->sheets[list->count++] = (struct listed_sheet){memory_string(name), memory_string(relation)};
  }
  return true;
}

/* ---- reading ------------------------------------------------------------- */

static int compare_cells(const void *one, const void *other) {
  const struct workbook_cell *a = one, *b = other;
  if (a->row != b->row)
    return a->row < b->row ? -1 : 1;
  return (a->column > b->column) - (a->column < b->column);
}

/* A cell that stands there twice means different things to different programs. */
static bool sort_cells(const struct workbook *workbook, struct workbook_sheet *sheet, struct error *error) {
  if (sheet->count > 0)
    qsort(sheet->cells, sheet->count, sizeof *sheet->cells, compare_cells);
  for (size_t i = 1; i < sheet->count; i++) {
    char place[WORKBOOK_PLACE_SIZE];
    if (compare_cells(&sheet->cells[i - 1], &sheet->cells[i]) != 0)
      continue;
    error_set(error, ERROR_DATA, "this Excel workbook is damaged: cell %s of the sheet \"%s\" is there twice",
              workbook_place(sheet->cells[i].row, sheet->cells[i].column, place), sheet->name);
    error_remedy(error, "Open it in Excel or LibreOffice and save it anew.");
    return error_at(error, workbook->name, 0, 0);
  }
  return true;
}

static bool read_sheets(struct ooxml *package, struct workbook *workbook, struct error *error) {
  __attribute__((cleanup(sheet_list_free))) struct sheet_list list = {0};
  __attribute__((cleanup(shared_texts_free))) struct shared_texts shared = {0};
  if (!list_sheets(package, workbook, &list, error) || !shared_texts_read(package, &shared, error))
    return false;
  for (size_t i = 0; i < list.count; i++) {
    AUTO_FREE char *part = NULL;
    if (!ooxml_related(package, ooxml_main_part(package), "worksheet", list.sheets[i].relation, &part, error))
      return false;
    if (part == NULL)
      continue; /* a chart, a macro sheet */
    memory_reserve((void **)&workbook->sheets, &workbook->sheet_capacity, workbook->sheet_count + 1,
                   sizeof *workbook->sheets);
    struct workbook_sheet *sheet = &workbook->sheets[workbook->sheet_count++];
    *sheet = (struct workbook_sheet){.name = memory_string(list.sheets[i].name)};
    if (!workbook_read_sheet(package, part, &shared, workbook, sheet, error) || !sort_cells(workbook, sheet, error))
      return false;
  }
  return true;
}

bool workbook_read(struct workbook **out, const char *name, const char *bytes, size_t length, struct error *error) {
  AUTO_OOXML struct ooxml *package = NULL;
  AUTO_WORKBOOK struct workbook *workbook = memory_new(1, sizeof *workbook);
  *out = NULL;
  workbook->name = memory_string(name);
  if (!ooxml_open(&package, name, bytes, length, OOXML_WORKBOOK, error) || !read_sheets(package, workbook, error))
    return false;
  *out = workbook;
  workbook = NULL;
  return true;
}

void workbook_free(struct workbook **pointer) {
  struct workbook *workbook = *pointer;
  if (workbook == NULL)
    return;
  for (size_t i = 0; i < workbook->sheet_count; i++) {
    free(workbook->sheets[i].name);
    free(workbook->sheets[i].cells);
  }
  free(workbook->sheets);
  free(workbook->name);
  text_free(&workbook->texts);
  free(workbook);
  *pointer = NULL;
}

/* ---- looking up ---------------------------------------------------------- */

const struct workbook_sheet *workbook_sheet(const struct workbook *workbook, const char *name) {
  for (size_t i = 0; i < workbook->sheet_count; i++)
    if (strcmp(workbook->sheets[i].name, name) == 0)
      return &workbook->sheets[i];
  return NULL;
}

const struct workbook_cell *workbook_cell(const struct workbook_sheet *sheet, uint32_t row, uint32_t column) {
  const struct workbook_cell wanted = {.row = row, .column = column};
  return sheet->count > 0 ? bsearch(&wanted, sheet->cells, sheet->count, sizeof wanted, compare_cells) : NULL;
}

const char *workbook_text(const struct workbook *workbook, const struct workbook_sheet *sheet, uint32_t row,
                          uint32_t column) {
  const struct workbook_cell *cell = workbook_cell(sheet, row, column);
  return cell != NULL ? workbook->texts.data + cell->text : "";
}

const char *workbook_place(uint32_t row, uint32_t column, char out[static WORKBOOK_PLACE_SIZE]) {
  char letters[8];
  size_t at = sizeof letters - 1;
  letters[at] = '\0';
  for (uint64_t left = (uint64_t)column + 1; left > 0 && at > 0; left = (left - 1) / 26)
    letters[--at] = (char)('A' + (left - 1) % 26);
  snprintf(out, WORKBOOK_PLACE_SIZE, "%s%u", letters + at, row + 1);
  return out;
}

/* ---- dates --------------------------------------------------------------- */

static bool no_date(const char *written, struct error *error) {
  error_set(error, ERROR_DATA, "not a date: \"%.*s\"", text_shown(written, strlen(written)), written);
  return error_remedy(error, "Write it as YYYY-MM-DD, such as 2026-09-30.");
}

/*
 * Days are counted from 1899-12-30, seen from March 1900 on: Excel takes 1900 for a leap year.  In the other system the
 * count begins at 1904-01-01.  ECMA-376-1, 18.17.4.1.
 */
static bool day_of_number(const struct workbook *workbook, const char *written, day *out, struct error *error) {
  enum { SERIAL_OF_2000 = 36526, SERIAL_OF_1904 = 1462, SERIAL_OF_1950 = 18264, SERIAL_OF_2200 = 109575 };
  char *end;
  double serial = strtod(written, &end) + (workbook->from_1904 ? SERIAL_OF_1904 : 0);
  bool in_range = serial >= SERIAL_OF_1950 && serial < SERIAL_OF_2200; /* not so for NaN */
  if (end == written || *end != '\0' || !in_range)
    return no_date(written, error);
  *out = (day)serial - SERIAL_OF_2000;
  return true;
}

bool workbook_day(const struct workbook *workbook, const struct workbook_cell *cell, day *out, struct error *error) {
  const char *written = workbook->texts.data + cell->text;
  size_t length = strlen(written);
  switch (cell->kind) {
  case WORKBOOK_NUMBER:
    return day_of_number(workbook, written, out, error);
  case WORKBOOK_DATE:
    return day_parse(written, strcspn(written, "T"), out, error);
  case WORKBOOK_TEXT:
    written = text_trim(written, &length);
    return day_parse(written, length, out, error);
  case WORKBOOK_BOOLEAN:
  case WORKBOOK_ERROR:
    break;
  }
  return no_date(written, error);
}
