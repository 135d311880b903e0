/*
 * Excel: one sheet with the table, another that says what the table is about.
 *
 * The table has its title, facts and legend above the heads, which stay in sight and are repeated on every printed
 * page; figures are numbers with the decimals that they are printed with, everything else stays text.
 */
#include "core/base/interrupt.h"
#include "core/base/memory.h"
#include "reports/grid/colour.h"
#include "reports/render/render.h"
#include "reports/render/spreadsheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TITLE_ROW, FACTS_ROW, LEGEND_ROW, HEAD_ROW, FIRST_ROW };
enum { DECIMALS_MAX = 6 };
enum { SAMPLE_ROWS = 200, WIDTH_LEAST = 4, WIDTH_MOST = 60, FROZEN_WIDTH_MOST = 50 }; /* widths in characters */

/* Formats of cells; each once for rows and once for the total. */
struct cell_formats {
  lxw_format *text;
  lxw_format *numbers[DECIMALS_MAX + 1]; /* by decimals */
  lxw_format *changes[DECIMALS_MAX + 1]; /* likewise, with an arrow for the sign */
};

struct xlsx {
  const struct grid *grid;
  struct spreadsheet book;
  lxw_worksheet *sheet;
  size_t *widths; /* of the columns */
  lxw_format *title, *facts, *name, *text_head, *figure_head, *upright_head;
  lxw_format **shaded_heads; /* by shade */
  lxw_format **shades;       /* likewise; cells that are a letter */
  struct cell_formats cells, totals;
};

static void xlsx_free(struct xlsx *xlsx) {
  spreadsheet_free(&xlsx->book);
  free(xlsx->widths);
  free(xlsx->shaded_heads);
  free(xlsx->shades);
}

static const char *say(const struct xlsx *xlsx, const char *message) {
  return translate(xlsx->grid->language, message);
}

/* ---- formats ------------------------------------------------------------- */

static bool is_right_to_left(const struct xlsx *xlsx) {
  return xlsx->grid->language != NULL && xlsx->grid->language->right_to_left;
}

static lxw_format *make_format(struct xlsx *xlsx, bool bold) {
  lxw_format *format = spreadsheet_format(&xlsx->book);
  format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
  if (bold)
    format_set_bold(format);
  return format;
}

/* For texts that begin where lines of the language begin, whatever their own script. */
static lxw_format *make_text_format(struct xlsx *xlsx, bool bold) {
  lxw_format *format = make_format(xlsx, bold);
  format_set_align(format, is_right_to_left(xlsx) ? LXW_ALIGN_RIGHT : LXW_ALIGN_LEFT);
  return format;
}

static lxw_format *make_number_format(struct xlsx *xlsx, bool total, const char *pattern) {
  lxw_format *format = make_format(xlsx, total);
  format_set_num_format(format, pattern);
  if (total)
    format_set_top(format, LXW_BORDER_THIN);
  return format;
}

static void make_cell_formats(struct xlsx *xlsx, struct cell_formats *formats, bool total) {
  char pattern[16] = "0.", change[64];
  formats->text = make_text_format(xlsx, total);
  format_set_text_wrap(formats->text);
  for (size_t decimals = 0; decimals <= DECIMALS_MAX; decimals++) {
    const char *shown = decimals == 0 ? "0" : pattern;
    snprintf(change, sizeof change, "\"↑\"%s;\"↓\"%s;\"→\"", shown, shown);
    formats->numbers[decimals] = make_number_format(xlsx, total, shown);
    formats->changes[decimals] = make_number_format(xlsx, total, change);
    pattern[decimals + 2] = '0';
    pattern[decimals + 3] = '\0';
  }
  if (total)
    format_set_top(formats->text, LXW_BORDER_THIN);
}

static void colour_format(lxw_format *format, const struct grid_shade *shade) {
  format_set_bg_color(format, spreadsheet_colour(shade->colour));
  format_set_font_color(format, spreadsheet_colour(colour_ink(shade->colour)));
}

static lxw_format *make_head_format(struct xlsx *xlsx, enum lxw_format_alignments alignment) {
  lxw_format *format = make_format(xlsx, true);
  format_set_align(format, (uint8_t)alignment);
  format_set_text_wrap(format);
  format_set_bottom(format, LXW_BORDER_THIN);
  return format;
}

static void make_shade_formats(struct xlsx *xlsx) {
  enum { RULE_COLOUR = 0xBFBFBF };
  const struct grid *grid = xlsx->grid;
  xlsx->shaded_heads = memory_new(grid->shade_count, sizeof(lxw_format *));
  xlsx->shades = memory_new(grid->shade_count, sizeof(lxw_format *));
  for (size_t i = 0; i < grid->shade_count; i++) {
    colour_format(xlsx->shaded_heads[i] = make_head_format(xlsx, LXW_ALIGN_RIGHT), &grid->shades[i]);
    colour_format(xlsx->shades[i] = make_format(xlsx, false), &grid->shades[i]);
    format_set_align(xlsx->shades[i], LXW_ALIGN_CENTER);
    format_set_border(xlsx->shades[i], LXW_BORDER_THIN);
    format_set_border_color(xlsx->shades[i], RULE_COLOUR);
  }
}

static void make_formats(struct xlsx *xlsx) {
  enum { TITLE_POINTS = 14, GREY = 0x595959, UPRIGHT = 90 };
  xlsx->title = make_text_format(xlsx, true);
  format_set_font_size(xlsx->title, TITLE_POINTS);
  xlsx->facts = make_text_format(xlsx, false);
  format_set_font_color(xlsx->facts, GREY);
  xlsx->name = make_text_format(xlsx, true);
  xlsx->text_head = make_head_format(xlsx, is_right_to_left(xlsx) ? LXW_ALIGN_RIGHT : LXW_ALIGN_LEFT);
  xlsx->figure_head = make_head_format(xlsx, LXW_ALIGN_RIGHT);
  xlsx->upright_head = make_head_format(xlsx, LXW_ALIGN_CENTER);
  format_set_rotation(xlsx->upright_head, UPRIGHT);
  make_cell_formats(xlsx, &xlsx->cells, false);
  make_cell_formats(xlsx, &xlsx->totals, true);
  make_shade_formats(xlsx);
}

/* ---- widths -------------------------------------------------------------- */

static size_t longest_word(const char *s) {
  size_t longest = 0;
  while (*s != '\0') {
    size_t bytes = strcspn(s, " \n");
    AUTO_FREE char *word = memory_string_n(s, bytes);
    size_t width = text_width(word);
    longest = width > longest ? width : longest;
    s += bytes + (s[bytes] != '\0');
  }
  return longest;
}

/* A column of letters is narrow and has its head upright. */
static bool is_upright(const struct grid *grid, size_t column) {
  return grid_rows(grid) > 0 && grid_shade_at(grid, 0, column) != NULL;
}

static size_t width_of(const struct grid *grid, size_t column) {
  if (is_upright(grid, column))
    return WIDTH_LEAST;
  size_t rows = grid_rows(grid),
         widest = longest_word(grid->columns[column].head) + 3; /* room for the filter's button */
  for (size_t row = 0; row < rows; row++) {
    if (row == SAMPLE_ROWS && rows > SAMPLE_ROWS)
      row = rows - 1; /* the total is the longest figure */
    const char *value = grid_at(grid, row, column);
    size_t width = value != NULL ? text_width(value) + 1 : 0;
    widest = width > widest ? width : widest;
  }
  return widest < WIDTH_LEAST ? WIDTH_LEAST : widest > WIDTH_MOST ? WIDTH_MOST : widest;
}

static void set_widths(struct xlsx *xlsx) {
  const struct grid *grid = xlsx->grid;
  xlsx->widths = memory_new(grid->column_count, sizeof *xlsx->widths);
  for (size_t column = 0; column < grid->column_count; column++) {
    xlsx->widths[column] = width_of(grid, column);
    worksheet_set_column(xlsx->sheet, (lxw_col_t)column, (lxw_col_t)column, (double)xlsx->widths[column], NULL);
  }
}

/* ---- heights ------------------------------------------------------------- */

/* Rows get their height from us: not every program that opens the file fits it to wrapped text. */
static void fit_row(struct xlsx *xlsx, size_t row, size_t lines) {
  if (lines > 1)
    spreadsheet_row_lines(xlsx->sheet, row, lines);
}

static size_t most_lines(const struct xlsx *xlsx, size_t row) {
  const struct grid *grid = xlsx->grid;
  size_t most = 1;
  for (size_t column = 0; column < grid->column_count; column++) {
    if (grid->columns[column].number || is_upright(grid, column))
      continue;
    const char *value = grid_at(grid, row, column);
    size_t lines = value != NULL ? spreadsheet_lines(value, xlsx->widths[column]) : 1;
    most = lines > most ? lines : most;
  }
  return most;
}

static size_t most_head_lines(const struct xlsx *xlsx) {
  enum { CHARACTERS_A_LINE = 2 }; /* of an upright head */
  const struct grid *grid = xlsx->grid;
  size_t most = 1;
  for (size_t column = 0; column < grid->column_count; column++) {
    size_t lines = is_upright(grid, column) ? text_width(grid->columns[column].head) / CHARACTERS_A_LINE + 1
                                            : spreadsheet_lines(grid->columns[column].head, xlsx->widths[column] - 2);
    most = lines > most ? lines : most;
  }
  return most;
}

/* ---- above the table ----------------------------------------------------- */

static bool write_facts(struct xlsx *xlsx, struct error *error) {
  AUTO_TEXT struct text line = {0};
  for (size_t i = 0; i < xlsx->grid->fact_count; i++) {
    text_add(&line, i > 0 ? "   " : "");
    grid_add_fact(xlsx->grid, &xlsx->grid->facts[i], &line);
  }
  return spreadsheet_text(&xlsx->book, xlsx->sheet, FACTS_ROW, 0, text_string(&line), xlsx->facts, error);
}

static bool write_legend(struct xlsx *xlsx, struct error *error) {
  AUTO_TEXT struct text line = {0};
  for (size_t i = 0; i < xlsx->grid->legend_count; i++)
    text_add_format(&line, "%s%s", i > 0 ? "   " : "", xlsx->grid->legend[i]);
  return spreadsheet_text(&xlsx->book, xlsx->sheet, LEGEND_ROW, 0, text_string(&line), xlsx->facts, error);
}

/* Where the next column says the same in words, this one has the code. */
static void add_head(const struct xlsx *xlsx, size_t column, struct text *out) {
  const struct grid *grid = xlsx->grid;
  bool is_code = column + 1 < grid->column_count && grid->columns[column + 1].label;
  if (is_code)
    text_add_format(out, translate(grid->language, "%s (code)"), grid->columns[column].head);
  else
    text_add(out, grid->columns[column].head);
}

static lxw_format *head_format(const struct xlsx *xlsx, size_t column) {
  const struct grid_column *head = &xlsx->grid->columns[column];
  if (is_upright(xlsx->grid, column))
    return xlsx->upright_head;
  if (head->shade > 0)
    return xlsx->shaded_heads[head->shade - 1];
  return head->number ? xlsx->figure_head : xlsx->text_head;
}

static bool write_heads(struct xlsx *xlsx, struct error *error) {
  fit_row(xlsx, HEAD_ROW, most_head_lines(xlsx));
  for (size_t column = 0; column < xlsx->grid->column_count; column++) {
    AUTO_TEXT struct text head = {0};
    add_head(xlsx, column, &head);
    if (!spreadsheet_text(&xlsx->book, xlsx->sheet, HEAD_ROW, column, text_string(&head), head_format(xlsx, column),
                          error))
      return false;
  }
  return true;
}

static bool write_heading(struct xlsx *xlsx, struct error *error) {
  const char *title = xlsx->grid->title != NULL ? xlsx->grid->title : "";
  return spreadsheet_text(&xlsx->book, xlsx->sheet, TITLE_ROW, 0, title, xlsx->title, error) &&
         write_facts(xlsx, error) && write_legend(xlsx, error) && write_heads(xlsx, error);
}

/* ---- rows ---------------------------------------------------------------- */

/* A decimal number that a cell holds exactly as it is written; *decimals are its digits behind the point. */
static bool read_figure(const char *s, double *value, size_t *decimals) {
  enum { DIGITS_MAX = 15 };
  size_t whole = strspn(s + (*s == '-'), "0123456789");
  const char *end = s + (*s == '-') + whole;
  *decimals = *end == '.' ? strspn(end + 1, "0123456789") : 0;
  end += *end == '.' ? *decimals + 1 : 0;
  if (whole == 0 || *end != '\0' || end[-1] == '.' || *decimals > DECIMALS_MAX || whole + *decimals > DIGITS_MAX)
    return false;
  *value = strtod(s, NULL); /* LC_NUMERIC is C: the program sets LC_CTYPE alone */
  return true;
}

static bool write_cell(struct xlsx *xlsx, size_t row, size_t column, const struct cell_formats *formats,
                       struct error *error) {
  const struct grid *grid = xlsx->grid;
  const struct grid_shade *shade = grid_shade_at(grid, row, column);
  size_t decimals;
  double figure;
  if (shade != NULL)
    return spreadsheet_text(&xlsx->book, xlsx->sheet, row + FIRST_ROW, column, shade->letter,
                            xlsx->shades[shade - grid->shades], error);
  const char *value = grid_at(grid, row, column);
  if (value == NULL || !grid->columns[column].number || !read_figure(value, &figure, &decimals))
    return spreadsheet_text(&xlsx->book, xlsx->sheet, row + FIRST_ROW, column, value, formats->text, error);
  spreadsheet_number(&xlsx->book, xlsx->sheet, row + FIRST_ROW, column, figure,
                     grid->columns[column].change ? formats->changes[decimals] : formats->numbers[decimals]);
  return true;
}

static bool write_rows(struct xlsx *xlsx, struct error *error) {
  const struct grid *grid = xlsx->grid;
  size_t rows = grid_rows(grid);
  for (size_t row = 0; row < rows; row++) {
    bool total = grid->total && row + 1 == rows;
    fit_row(xlsx, FIRST_ROW + row, most_lines(xlsx, row));
    for (size_t column = 0; column < grid->column_count; column++)
      if (!write_cell(xlsx, row, column, total ? &xlsx->totals : &xlsx->cells, error))
        return false;
    if (!interrupt_check(error))
      return false;
  }
  for (size_t i = 0; i < grid->note_count; i++)
    if (!spreadsheet_text(&xlsx->book, xlsx->sheet, FIRST_ROW + rows + 1 + i, 0, grid->notes[i], xlsx->facts, error))
      return false;
  return true;
}

/* ---- how the sheet behaves ----------------------------------------------- */

/* Figures that count a level are tinted with its colour, the more the larger they are. */
static void tint_columns(const struct xlsx *xlsx) {
  const struct grid *grid = xlsx->grid;
  size_t last = FIRST_ROW + grid_rows(grid) - 1 - grid->total;
  for (size_t column = 0; column < grid->column_count && last >= FIRST_ROW; column++) {
    const struct grid_shade *shade = grid_column_shade(grid, column);
    if (shade == NULL)
      continue;
    lxw_conditional_format tint = {
        .type = LXW_CONDITIONAL_2_COLOR_SCALE,
        .min_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER,
        .min_value = 0,
        .min_color = LXW_COLOR_WHITE,
        .max_rule_type = LXW_CONDITIONAL_RULE_TYPE_MAXIMUM,
        .max_color = spreadsheet_tint(shade->colour),
    };
    worksheet_conditional_format_range(xlsx->sheet, FIRST_ROW, (lxw_col_t)column, (lxw_row_t)last, (lxw_col_t)column,
                                       &tint);
  }
}

/* The columns that say what a row is: those before the first figure or letter, as far as they leave room. */
static size_t frozen_columns(const struct xlsx *xlsx) {
  size_t column = 0, width = 0;
  for (; column + 1 < xlsx->grid->column_count; column++) {
    width += xlsx->widths[column];
    if (xlsx->grid->columns[column].number || is_upright(xlsx->grid, column) || width > FROZEN_WIDTH_MOST)
      break;
  }
  return column;
}

static void set_printing(lxw_worksheet *sheet, const struct xlsx *xlsx) {
  enum { A4 = 9 };
  worksheet_set_paper(sheet, A4);
  worksheet_fit_to_pages(sheet, 1, 0);
  worksheet_set_footer(sheet, "&R&P / &N");
  if (is_right_to_left(xlsx))
    worksheet_right_to_left(sheet);
}

static void set_behaviour(struct xlsx *xlsx) {
  const struct grid *grid = xlsx->grid;
  size_t rows = grid_rows(grid), frozen = frozen_columns(xlsx);
  worksheet_freeze_panes(xlsx->sheet, FIRST_ROW, (lxw_col_t)frozen);
  worksheet_repeat_rows(xlsx->sheet, HEAD_ROW, HEAD_ROW);
  worksheet_set_landscape(xlsx->sheet);
  set_printing(xlsx->sheet, xlsx);
  if (grid->column_count == 0)
    return;
  worksheet_autofilter(xlsx->sheet, HEAD_ROW, 0, (lxw_row_t)(HEAD_ROW + rows - (rows > 0 && grid->total)),
                       (lxw_col_t)(grid->column_count - 1));
  worksheet_ignore_errors(xlsx->sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576");
  tint_columns(xlsx);
}

/* ---- the sheet "About" --------------------------------------------------- */

enum { NAME_WIDTH = 20, VALUE_WIDTH = 80 };

static bool write_about_line(struct xlsx *xlsx, lxw_worksheet *sheet, size_t *row, const char *name, const char *value,
                             struct error *error) {
  spreadsheet_row_lines(sheet, *row, spreadsheet_lines(value, VALUE_WIDTH));
  bool written = spreadsheet_text(&xlsx->book, sheet, *row, 0, name, xlsx->name, error) &&
                 spreadsheet_text(&xlsx->book, sheet, *row, 1, value, xlsx->cells.text, error);
  (*row)++;
  return written;
}

/* Letters in their colours; a legend without letters as it is. */
static bool write_about_legend(struct xlsx *xlsx, lxw_worksheet *sheet, size_t *row, struct error *error) {
  const struct grid *grid = xlsx->grid;
  bool any = false;
  for (size_t i = 0; i < grid->shade_count; i++) {
    if (!grid->shades[i].met)
      continue;
    any = true;
    if (!spreadsheet_text(&xlsx->book, sheet, *row, 0, grid->shades[i].letter, xlsx->shades[i], error) ||
        !spreadsheet_text(&xlsx->book, sheet, *row, 1, grid->shades[i].label, xlsx->cells.text, error))
      return false;
    (*row)++;
  }
  for (size_t i = 0; i < grid->legend_count && !any; i++)
    if (!write_about_line(xlsx, sheet, row, i == 0 ? say(xlsx, N_("Legend")) : NULL, grid->legend[i], error))
      return false;
  return true;
}

static bool write_about(struct xlsx *xlsx, struct error *error) {
  const struct grid *grid = xlsx->grid;
  lxw_worksheet *sheet = spreadsheet_sheet(&xlsx->book, say(xlsx, N_("About this table")), error);
  size_t row = 0;
  if (sheet == NULL)
    return false;
  worksheet_set_column(sheet, 0, 0, NAME_WIDTH, NULL);
  worksheet_set_column(sheet, 1, 1, VALUE_WIDTH, NULL);
  set_printing(sheet, xlsx);
  if (grid->title != NULL && !write_about_line(xlsx, sheet, &row, say(xlsx, N_("Title")), grid->title, error))
    return false;
  for (size_t i = 0; i < grid->fact_count; i++)
    if (!write_about_line(xlsx, sheet, &row, grid->facts[i].head, grid->facts[i].value, error))
      return false;
  for (size_t i = 0; i < grid->note_count; i++)
    if (!write_about_line(xlsx, sheet, &row, i == 0 ? say(xlsx, N_("Notes")) : NULL, grid->notes[i], error))
      return false;
  return write_about_legend(xlsx, sheet, &row, error);
}

/* ---- the whole ----------------------------------------------------------- */

static bool fits(const struct grid *grid, struct error *error) {
  size_t rows = FIRST_ROW + grid_rows(grid) + 1 + grid->note_count;
  if (rows <= SPREADSHEET_ROWS_MAX && grid->column_count <= SPREADSHEET_COLUMNS_MAX)
    return true;
  error_set(error, ERROR_DATA, "a table of %zu rows and %zu columns is too large for Excel", grid_rows(grid),
            grid->column_count);
  return error_remedy(error, "Excel takes %d rows and %d columns. Choose another format, or restrict the table.",
                      SPREADSHEET_ROWS_MAX, SPREADSHEET_COLUMNS_MAX);
}

/* The moment whose knowledge the table uses, as the fact has it. */
static moment made_at(const struct grid *grid) {
  moment made;
  struct error error;
  for (size_t i = 0; i < grid->fact_count; i++)
    if (strcmp(grid->facts[i].name, "known_at") == 0 &&
        moment_parse(grid->facts[i].value, strcspn(grid->facts[i].value, " "), &made, &error))
      return made;
  return MOMENT_NONE;
}

bool render_xlsx(const struct grid *grid, const struct render_options *options, struct render_sink *out,
                 struct error *error) {
  (void)options;
  __attribute__((cleanup(xlsx_free))) struct xlsx xlsx = {.grid = grid};
  const char *title = grid->title != NULL ? grid->title : "";
  if (!fits(grid, error) || !spreadsheet_begin(&xlsx.book, title, made_at(grid), error))
    return false;
  xlsx.sheet = spreadsheet_sheet(&xlsx.book, grid->title != NULL ? title : say(&xlsx, N_("Table")), error);
  if (xlsx.sheet == NULL)
    return false;
  make_formats(&xlsx);
  set_widths(&xlsx);
  set_behaviour(&xlsx); /* first: where rows are not kept, the library takes no range of rows that are written */
  if (!write_heading(&xlsx, error) || !write_rows(&xlsx, error))
    return false;
  return (grid->title == NULL && grid->fact_count == 0 ? true : write_about(&xlsx, error)) &&
         spreadsheet_end(&xlsx.book, out, error);
}
