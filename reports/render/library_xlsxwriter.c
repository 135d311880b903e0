/* What is called of libxlsxwriter, which is loaded when it is (core/base/library.h). */
#include "config.h"
#include "core/base/library.h"

#include <xlsxwriter.h>

static struct library libxlsxwriter = {.file = LIBXLSXWRITER_FILE};

#define FUNCTION(type, name, parameters, arguments) LIBRARY_FUNCTION(&libxlsxwriter, type, name, parameters, arguments)

/* Each by the parameters of its kind. */
#define SHEET_DOES(name)        FUNCTION(void, name, (lxw_worksheet * sheet), (sheet))
#define FORMAT_DOES(name)       FUNCTION(void, name, (lxw_format * format), (format))
#define FORMAT_SETS(type, name) FUNCTION(void, name, (lxw_format * format, type value), (format, value))

FORMAT_SETS(uint8_t, format_set_align)
FORMAT_SETS(lxw_color_t, format_set_bg_color)
FORMAT_DOES(format_set_bold)
FORMAT_SETS(uint8_t, format_set_border)
FORMAT_SETS(lxw_color_t, format_set_border_color)
FORMAT_SETS(uint8_t, format_set_bottom)
FORMAT_SETS(lxw_color_t, format_set_font_color)
FORMAT_SETS(double, format_set_font_size)
FORMAT_SETS(const char *, format_set_num_format)
FORMAT_SETS(int16_t, format_set_rotation)
FORMAT_DOES(format_set_text_wrap)
FORMAT_SETS(uint8_t, format_set_top)
FORMAT_DOES(format_set_unlocked)

FUNCTION(char *, lxw_strerror, (lxw_error error), (error))
FUNCTION(void, lxw_workbook_free, (lxw_workbook * book), (book))
FUNCTION(lxw_format *, workbook_add_format, (lxw_workbook * book), (book))
FUNCTION(lxw_worksheet *, workbook_add_worksheet, (lxw_workbook * book, const char *name), (book, name))
FUNCTION(lxw_error, workbook_close, (lxw_workbook * book), (book))
FUNCTION(lxw_workbook *, workbook_new_opt, (const char *file, lxw_workbook_options *options), (file, options))
FUNCTION(lxw_error, workbook_set_properties, (lxw_workbook * book, lxw_doc_properties *properties), (book, properties))
FUNCTION(lxw_error, workbook_validate_sheet_name, (lxw_workbook * book, const char *name), (book, name))

FUNCTION(lxw_error, worksheet_autofilter,
         (lxw_worksheet * sheet, lxw_row_t top, lxw_col_t left, lxw_row_t bottom, lxw_col_t right),
         (sheet, top, left, bottom, right))
FUNCTION(lxw_error, worksheet_conditional_format_range,
         (lxw_worksheet * sheet, lxw_row_t top, lxw_col_t left, lxw_row_t bottom, lxw_col_t right,
          lxw_conditional_format *format),
         (sheet, top, left, bottom, right, format))
FUNCTION(lxw_error, worksheet_data_validation_cell,
         (lxw_worksheet * sheet, lxw_row_t row, lxw_col_t column, lxw_data_validation *validation),
         (sheet, row, column, validation))
FUNCTION(lxw_error, worksheet_data_validation_range,
         (lxw_worksheet * sheet, lxw_row_t top, lxw_col_t left, lxw_row_t bottom, lxw_col_t right,
          lxw_data_validation *validation),
         (sheet, top, left, bottom, right, validation))
FUNCTION(void, worksheet_fit_to_pages, (lxw_worksheet * sheet, uint16_t width, uint16_t height), (sheet, width, height))
FUNCTION(void, worksheet_freeze_panes, (lxw_worksheet * sheet, lxw_row_t row, lxw_col_t column), (sheet, row, column))
SHEET_DOES(worksheet_hide)
FUNCTION(lxw_error, worksheet_ignore_errors, (lxw_worksheet * sheet, uint8_t type, const char *range),
         (sheet, type, range))
FUNCTION(void, worksheet_protect, (lxw_worksheet * sheet, const char *password, lxw_protection *options),
         (sheet, password, options))
FUNCTION(lxw_error, worksheet_repeat_rows, (lxw_worksheet * sheet, lxw_row_t first, lxw_row_t last),
         (sheet, first, last))
SHEET_DOES(worksheet_right_to_left)
FUNCTION(lxw_error, worksheet_set_column,
         (lxw_worksheet * sheet, lxw_col_t first, lxw_col_t last, double width, lxw_format *format),
         (sheet, first, last, width, format))
FUNCTION(lxw_error, worksheet_set_footer, (lxw_worksheet * sheet, const char *text), (sheet, text))
SHEET_DOES(worksheet_set_landscape)
FUNCTION(void, worksheet_set_paper, (lxw_worksheet * sheet, uint8_t paper), (sheet, paper))
FUNCTION(lxw_error, worksheet_set_row, (lxw_worksheet * sheet, lxw_row_t row, double height, lxw_format *format),
         (sheet, row, height, format))
FUNCTION(void, worksheet_set_selection,
         (lxw_worksheet * sheet, lxw_row_t top, lxw_col_t left, lxw_row_t bottom, lxw_col_t right),
         (sheet, top, left, bottom, right))
FUNCTION(lxw_error, worksheet_write_blank, (lxw_worksheet * sheet, lxw_row_t row, lxw_col_t column, lxw_format *format),
         (sheet, row, column, format))
FUNCTION(lxw_error, worksheet_write_number,
         (lxw_worksheet * sheet, lxw_row_t row, lxw_col_t column, double number, lxw_format *format),
         (sheet, row, column, number, format))
FUNCTION(lxw_error, worksheet_write_string,
         (lxw_worksheet * sheet, lxw_row_t row, lxw_col_t column, const char *text, lxw_format *format),
         (sheet, row, column, text, format))
