/*
 * The cells of an Excel workbook (.xlsx), as Excel, LibreOffice and others save it: shared, inline and rich texts,
 * values of formulas, both date systems.
 */
#ifndef RECTRACK_CORE_OOXML_WORKBOOK_H
#define RECTRACK_CORE_OOXML_WORKBOOK_H

#include "core/base/date.h"
#include "core/base/error.h"
#include "core/base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WORKBOOK_CELLS_MAX   (1u << 20) /* with content, in all sheets together; more is refused */
#define WORKBOOK_ROWS_MAX    (1u << 20) /* Microsoft, "Excel specifications and limits"; likewise below */
#define WORKBOOK_COLUMNS_MAX (1u << 14)

enum workbook_kind {
  WORKBOOK_TEXT,
  WORKBOOK_NUMBER, /* also a date, which is a number of days */
  WORKBOOK_BOOLEAN,
  WORKBOOK_ERROR, /* #N/A and the like */
  WORKBOOK_DATE,  /* written as ISO 8601 */
};

/* A cell with content; row and column count from 0. */
struct workbook_cell {
  uint32_t row, column;
  enum workbook_kind kind;
  size_t text; /* offset in the workbook's texts: the text, or the number as it is written */
};

struct workbook_sheet {
  char *name;
  struct workbook_cell *cells; /* sorted by row and column */
  size_t count, capacity;
};

struct workbook {
  char *name;     /* of the file, for messages */
  bool from_1904; /* days are counted from 1904-01-01, as Excel for Mac did */
  struct workbook_sheet *sheets;
  size_t sheet_count, sheet_capacity;
  size_t cell_count; /* in all sheets */
  struct text texts;
};

/* Reads a workbook from memory; `name` stands for the file in messages. ERROR_DATA, see core/ooxml/ooxml.h. */
bool workbook_read(struct workbook **workbook, const char *name, const char *bytes, size_t length, struct error *error)
    __attribute__((nonnull));
void workbook_free(struct workbook **workbook);
#define AUTO_WORKBOOK __attribute__((cleanup(workbook_free)))

/* By name; NULL when there is none. */
const struct workbook_sheet *workbook_sheet(const struct workbook *workbook, const char *name) __attribute__((nonnull));
/* NULL when it is empty. */
const struct workbook_cell *workbook_cell(const struct workbook_sheet *sheet, uint32_t row, uint32_t column)
    __attribute__((nonnull));
/* What stands in a cell as text; "" for an empty one. */
const char *workbook_text(const struct workbook *workbook, const struct workbook_sheet *sheet, uint32_t row,
                          uint32_t column) __attribute__((nonnull, returns_nonnull));

/*
 * A cell's date: a number of days, a date of its own kind, or a text (core/base/date.h).  A time of day is left out.
 * ERROR_DATA: no date, or one before 1950, which is a mistyped year (2026 is a day of 1905).
 */
bool workbook_day(const struct workbook *workbook, const struct workbook_cell *cell, day *out, struct error *error)
    __attribute__((nonnull));

/*
 * Workbooks write characters that XML can't have as "_x000D_", by their UTF-16 unit (ECMA-376-1, 22.9.2.19): the unit
 * of such an escape at the beginning of s, -1 when there is none.  The reader takes them for what they stand for.
 */
int32_t workbook_escape(const char *s) __attribute__((nonnull));

/* "C12". Returns `out`. */
#define WORKBOOK_PLACE_SIZE sizeof "XFD4294967296"
const char *workbook_place(uint32_t row, uint32_t column, char out[static WORKBOOK_PLACE_SIZE])
    __attribute__((nonnull, returns_nonnull));

#endif
