/* A workbook on its way out. */
#include "reports/render/spreadsheet.h"

#include "core/base/memory.h"
#include "core/base/text.h"
#include "core/ooxml/ooxml.h"
#include "core/ooxml/workbook.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const int64_t MOMENT_OF_EPOCH = 946684800; /* 2000-01-01T00:00:00Z, where moments count from, in Unix time */

/* ---- beginning and ending ------------------------------------------------ */

static bool cannot_make(const char *why, struct error *error) {
  error_set(error, ERROR_CANNOT_WRITE, "cannot make the workbook: %s", why);
  return error_remedy(error, "Make room in the folder for temporary files, or name another one in TMPDIR.");
}

bool spreadsheet_begin(struct spreadsheet *book, const char *title, moment made, struct error *error) {
  *book = (struct spreadsheet){.file = memfd_create("workbook", MFD_CLOEXEC)};
  if (book->file < 0)
    return cannot_make(strerror(errno), error);
  char path[64];
  snprintf(path, sizeof path, "/proc/self/fd/%d", book->file);
  lxw_workbook_options options = {.constant_memory = LXW_TRUE};
  book->workbook = workbook_new_opt(path, &options);
  if (book->workbook == NULL)
    memory_exhausted();
  AUTO_FREE char *shown = memory_string(title);
  lxw_doc_properties properties = {
      .title = shown,
      .created = (time_t)(MOMENT_OF_EPOCH + (made != MOMENT_NONE ? made / 1000000 : 0)),
  };
  workbook_set_properties(book->workbook, &properties);
  return true;
}

/* What libxlsxwriter 1.1.4 does only when the workbook is closed. */
static void close_temporary_files(lxw_workbook *workbook) {
  lxw_worksheet *sheet;
  STAILQ_FOREACH(sheet, workbook->worksheets, list_pointers) {
    if (sheet->optimize_tmpfile != NULL)
      fclose(sheet->optimize_tmpfile);
    sheet->optimize_tmpfile = NULL;
  }
}

void spreadsheet_free(struct spreadsheet *book) {
  if (book->workbook == NULL)
    return;
  close_temporary_files(book->workbook);
  lxw_workbook_free(book->workbook);
  book->workbook = NULL;
  close(book->file);
}

/* ---- checking what libxlsxwriter made ------------------------------------ */

static bool count_cells(struct ooxml *package, const char *part, uint64_t *cells, struct error *error) {
  AUTO_OOXML_READER struct ooxml_reader *reader = NULL;
  if (!ooxml_read(package, part, &reader, error))
    return false;
  enum ooxml_event event;
  while ((event = ooxml_next(reader, error)) != OOXML_PART_END) {
    if (event == OOXML_FAILED)
      return false;
    *cells += event == OOXML_ELEMENT && ooxml_is(reader, OOXML_SHEET, "c");
  }
  return true;
}

/* All sheets are whole and have the cells that went into them. */
static bool is_whole(const char *bytes, size_t length, uint64_t wanted, struct error *error) {
  AUTO_OOXML struct ooxml *package = NULL;
  uint64_t cells = 0;
  if (!ooxml_open(&package, "workbook", bytes, length, OOXML_WORKBOOK, error))
    return false;
  ooxml_trust(package);
  for (unsigned id = 1;; id++) {
    char relation[16];
    AUTO_FREE char *part = NULL;
    snprintf(relation, sizeof relation, "rId%u", id);
    if (!ooxml_related(package, ooxml_main_part(package), "worksheet", relation, &part, error))
      return false;
    if (part == NULL)
      return cells == wanted || error_set(error, ERROR_FAILED, "cells are missing");
    if (!count_cells(package, part, &cells, error))
      return false;
  }
}

static bool hand_over(const char *bytes, size_t length, struct render_sink *out, struct error *error) {
  enum { PIECE = 1 << 16 };
  for (size_t at = 0; at < length; at += PIECE) {
    text_add_n(&out->text, bytes + at, length - at < PIECE ? length - at : PIECE);
    if (!render_pass(out, error))
      return false;
  }
  return true;
}

static bool check_and_hand_over(const struct spreadsheet *book, struct render_sink *out, struct error *error) {
  struct stat status;
  struct error problem;
  if (fstat(book->file, &status) != 0 || status.st_size == 0)
    return cannot_make("it came out empty", error);
  size_t length = (size_t)status.st_size;
  char *bytes = mmap(NULL, length, PROT_READ, MAP_PRIVATE, book->file, 0);
  if (bytes == MAP_FAILED)
    return cannot_make(strerror(errno), error);
  bool done = is_whole(bytes, length, book->cells, &problem) ? hand_over(bytes, length, out, error)
                                                             : cannot_make(problem.message, error);
  munmap(bytes, length);
  return done;
}

bool spreadsheet_end(struct spreadsheet *book, struct render_sink *out, struct error *error) {
  lxw_error closed = workbook_close(book->workbook);
  book->workbook = NULL;
  bool done = closed == LXW_NO_ERROR ? check_and_hand_over(book, out, error) : cannot_make(lxw_strerror(closed), error);
  close(book->file);
  return done;
}

/* ---- sheets and formats -------------------------------------------------- */

/* What a sheet's name may be: no []:*?/\ and no apostrophe at its ends, 31 UTF-16 units. */
static void add_sheet_name(const char *wanted, struct text *out) {
  enum { UNITS_MAX = 31 };
  for (size_t units = 0; *wanted != '\0';) {
    unsigned char lead = (unsigned char)*wanted;
    size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    units += lead >= 0xF0 ? 2 : 1;
    if (units > UNITS_MAX)
      break;
    if (lead < 0x20 || strchr("[]:*?/\\'", lead) != NULL)
      text_add_char(out, ' ');
    else
      text_add_n(out, wanted, bytes);
    wanted += bytes;
  }
  size_t length = out->length;
  const char *trimmed = text_trim(text_string(out), &length);
  AUTO_FREE char *name = memory_string_n(trimmed, length);
  text_clear(out);
  text_add(out, *name != '\0' ? name : "-");
}

lxw_worksheet *spreadsheet_sheet(struct spreadsheet *book, const char *wanted, struct error *error) {
  AUTO_TEXT struct text name = {0};
  add_sheet_name(wanted, &name);
  for (unsigned number = 2; workbook_validate_sheet_name(book->workbook, name.data) != LXW_NO_ERROR; number++) {
    text_clear(&name); /* taken, or a name that Excel keeps for itself */
    text_add_format(&name, "%u", number);
  }
  lxw_worksheet *sheet = workbook_add_worksheet(book->workbook, name.data);
  if (sheet == NULL)
    cannot_make("no temporary file can be made", error);
  return sheet;
}

lxw_format *spreadsheet_format(struct spreadsheet *book) {
  lxw_format *format = workbook_add_format(book->workbook);
  if (format == NULL)
    memory_exhausted();
  return format;
}

size_t spreadsheet_lines(const char *text, size_t width) {
  size_t lines = 1, used = 0;
  width += width / 10; /* a column's width counts zeros, and letters are narrower on the whole */
  while (*text != '\0') {
    size_t bytes = strcspn(text, " \n");
    AUTO_FREE char *word = memory_string_n(text, bytes);
    size_t needed = text_width(word);
    if (used > 0 && used + 1 + needed > width) {
      lines++;
      used = 0;
    }
    used += needed + (used > 0);
    while (used > width && width > 0) { /* a word longer than a line, or a script without spaces */
      lines++;
      used -= width;
    }
    text += bytes;
    if (*text == '\n') {
      lines++;
      used = 0;
    }
    text += *text != '\0';
  }
  return lines;
}

void spreadsheet_row_lines(lxw_worksheet *sheet, size_t row, size_t lines) {
  static const double LINE_POINTS = 15, POINTS_MAX = 409; /* of the standard font; Excel's limit */
  double points = LINE_POINTS * (double)lines;
  worksheet_set_row(sheet, (lxw_row_t)row, points < POINTS_MAX ? points : POINTS_MAX, NULL);
}

lxw_color_t spreadsheet_colour(const char *colour) {
  return (lxw_color_t)strtoul(colour + (*colour == '#'), NULL, 16);
}

lxw_color_t spreadsheet_tint(const char *colour) {
  enum { WHITE_PERCENT = 55, CHANNEL_MAX = 255, CHANNEL_BITS = 8 };
  lxw_color_t whole = spreadsheet_colour(colour), tint = 0;
  for (unsigned shift = 0; shift <= 2 * CHANNEL_BITS; shift += CHANNEL_BITS) {
    lxw_color_t channel = whole >> shift & CHANNEL_MAX;
    tint |= ((channel * (100 - WHITE_PERCENT) + CHANNEL_MAX * WHITE_PERCENT) / 100) << shift;
  }
  return tint;
}

/* ---- cells --------------------------------------------------------------- */

/* What looks like an escape would be read as one: its underscore is escaped itself. */
static void add_guarded(const char *value, struct text *out) {
  for (; *value != '\0'; value++)
    if (workbook_escape(value) >= 0)
      text_add(out, "_x005F_");
    else
      text_add_char(out, *value);
}

bool spreadsheet_text(struct spreadsheet *book, lxw_worksheet *sheet, size_t row, size_t column, const char *value,
                      lxw_format *format, struct error *error) {
  AUTO_TEXT struct text guarded = {0};
  if (value == NULL || *value == '\0') {
    book->cells += format != NULL; /* a blank cell without a format is nothing */
    worksheet_write_blank(sheet, (lxw_row_t)row, (lxw_col_t)column, format);
    return true;
  }
  if (strstr(value, "_x") != NULL) {
    add_guarded(value, &guarded);
    value = guarded.data;
  }
  if (worksheet_write_string(sheet, (lxw_row_t)row, (lxw_col_t)column, value, format) != LXW_NO_ERROR) {
    error_set(error, ERROR_DATA, "a text of %zu characters is too long for a cell: \"%.*s…\"",
              text_characters(value, strlen(value)), text_shown(value, 60), value);
    return error_remedy(error, "A cell holds %d characters. Choose another format.", SPREADSHEET_TEXT_MAX);
  }
  book->cells++;
  return true;
}

void spreadsheet_number(struct spreadsheet *book, lxw_worksheet *sheet, size_t row, size_t column, double value,
                        lxw_format *format) {
  book->cells++;
  worksheet_write_number(sheet, (lxw_row_t)row, (lxw_col_t)column, value, format);
}
