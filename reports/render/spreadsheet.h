/*
 * A workbook on its way out, on libxlsxwriter: it is made in memory, checked, and handed to a renderer's sink.
 *
 * libxlsxwriter keeps what it writes in nameless temporary files (in TMPDIR) and doesn't look whether they could be
 * written; so every cell is counted as it goes in and counted again in the finished workbook.  The same cells give the
 * same bytes.
 */
#ifndef RECTRACK_REPORTS_RENDER_SPREADSHEET_H
#define RECTRACK_REPORTS_RENDER_SPREADSHEET_H

#include "core/base/date.h"
#include "core/base/error.h"
#include "reports/render/render.h"

#include <stddef.h>
#include <stdint.h>
#include <xlsxwriter.h>

#define SPREADSHEET_ROWS_MAX    LXW_ROW_MAX /* Microsoft, "Excel specifications and limits"; so are the others */
#define SPREADSHEET_COLUMNS_MAX LXW_COL_MAX
#define SPREADSHEET_TEXT_MAX    32767 /* characters in a cell */

struct spreadsheet {
  lxw_workbook *workbook;
  int file;       /* in memory */
  uint64_t cells; /* written */
};

/* Begins one. `made` is the time that stands in its properties (MOMENT_NONE: one that is always the same). */
bool spreadsheet_begin(struct spreadsheet *book, const char *title, moment made, struct error *error)
    __attribute__((nonnull));
/* Checks it and hands it over; ERROR_CANNOT_WRITE when there was no room for it. Frees the workbook in every case. */
bool spreadsheet_end(struct spreadsheet *book, struct render_sink *out, struct error *error) __attribute__((nonnull));
/* Drops what was begun. For __attribute__((cleanup)). */
void spreadsheet_free(struct spreadsheet *book);
#define AUTO_SPREADSHEET __attribute__((cleanup(spreadsheet_free)))

/*
 * A new sheet whose name is made from `wanted`: without what Excel refuses, at most 31 characters, unlike the others.
 * Rows must then be filled from top to bottom.  NULL with ERROR_CANNOT_WRITE when its temporary file can't be made.
 */
lxw_worksheet *spreadsheet_sheet(struct spreadsheet *book, const char *wanted, struct error *error)
    __attribute__((nonnull));
/* A new format. */
lxw_format *spreadsheet_format(struct spreadsheet *book) __attribute__((nonnull, returns_nonnull));

/* A text, which stays one whatever it looks like; NULL or "": an empty cell with a format. ERROR_DATA when it is too
 * long. */
bool spreadsheet_text(struct spreadsheet *book, lxw_worksheet *sheet, size_t row, size_t column, const char *value,
                      lxw_format *format, struct error *error) __attribute__((nonnull(1, 2, 7)));
void spreadsheet_number(struct spreadsheet *book, lxw_worksheet *sheet, size_t row, size_t column, double value,
                        lxw_format *format) __attribute__((nonnull(1, 2)));

/* Lines that a text takes in a column of that width in characters, broken between words. */
size_t spreadsheet_lines(const char *text, size_t width) __attribute__((nonnull));
/* Makes a row as high as so many lines need; before the next row is begun. */
void spreadsheet_row_lines(lxw_worksheet *sheet, size_t row, size_t lines) __attribute__((nonnull));

/* "#1b7837" as libxlsxwriter wants it. */
lxw_color_t spreadsheet_colour(const char *colour) __attribute__((nonnull));
/* The same mixed with more than half of white: black on it has a contrast of 5:1 at least, whatever the colour. */
lxw_color_t spreadsheet_tint(const char *colour) __attribute__((nonnull));

#endif
