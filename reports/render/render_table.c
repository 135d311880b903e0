/*
 * Tables for a terminal.  The layout has broken every text into lines that fit their column; here the columns of a row
 * are set side by side.  Widths are those of Unicode (core/base/text), whatever the locale.
 */
#include "core/base/memory.h"
#include "reports/grid/colour.h"
#include "reports/render/render.h"
#include "reports/render/table_layout.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* ---- colours ------------------------------------------------------------- */

static const char UPRIGHT[] = "\033[0m", BOLD[] = "\033[1m", FAINT[] = "\033[2m";

/*
 * How a cell stands out: a level by its colour, a change by weight, for up is not better for every level.  What is no
 * response stays as the terminal is.
 */
static void add_style(const struct grid *grid, size_t row, size_t column, struct text *out) {
  const struct grid_shade *shade = grid_shade_at(grid, row, column);
  if (shade != NULL && strcmp(shade->code, GRID_NO_RESPONSE) != 0 && strcmp(shade->code, GRID_NOT_ASKED) != 0) {
    colour_add_terminal(shade->colour, out);
  } else if (grid->columns[column].change) {
    const char *change = grid_at(grid, row, column);
    text_add(out, change == NULL ? "" : strpbrk(change, "123456789") != NULL ? BOLD : FAINT);
  }
}

/* ---- rows ---------------------------------------------------------------- */

/* A cell of the row that is being written. */
struct piece {
  char *lines;      /* to be freed */
  const char *next; /* the line that is to come */
  size_t width;
  struct text style; /* empty: none */
};

static void add_blanks(struct text *out, size_t count) {
  for (; count > 0; count--)
    text_add_char(out, ' ');
}

/* The next line of a cell; a colour fills the column. *owed: blanks that are due before the next word, if one comes. */
static void add_piece(struct piece *piece, size_t *owed, struct text *out) {
  size_t length = strcspn(piece->next, "\n"), solid = length;
  while (solid > 0 && piece->next[solid - 1] == ' ')
    solid--;
  AUTO_FREE char *words = memory_string_n(piece->next, solid);
  size_t width = text_width(words), rest = piece->width > width ? piece->width - width : 0;
  piece->next += length + (piece->next[length] == '\n');
  if (solid > 0) {
    add_blanks(out, *owed);
    *owed = 0;
  }
  if (solid > 0 && piece->style.length > 0) {
    text_add(out, piece->style.data);
    text_add(out, words);
    add_blanks(out, rest);
    text_add(out, UPRIGHT);
  } else {
    text_add(out, words);
    *owed += rest;
  }
}

static void add_lines(struct piece *pieces, size_t count, struct text *out) {
  bool more = true;
  while (more) {
    size_t owed = 0;
    more = false;
    for (size_t i = 0; i < count; i++) {
      owed += i > 0 ? TABLE_GAP : 0;
      add_piece(&pieces[i], &owed, out);
      more = more || *pieces[i].next != '\0';
    }
    text_add_char(out, '\n');
  }
}

/* A row, or the heads where row is SIZE_MAX. */
static void add_row(const struct table_layout *layout, const struct table_part *part, size_t row, bool colour,
                    struct text *out) {
  AUTO_FREE struct piece *pieces = memory_new(part->count, sizeof *pieces);
  for (size_t i = 0; i < part->count; i++) {
    size_t column = part->columns[i];
    pieces[i].lines = table_cell(layout, row, column);
    pieces[i].next = pieces[i].lines;
    pieces[i].width = layout->widths[column];
    if (colour && row != SIZE_MAX)
      add_style(layout->grid, row, column, &pieces[i].style);
  }
  add_lines(pieces, part->count, out);
  for (size_t i = 0; i < part->count; i++) {
    free(pieces[i].lines);
    text_free(&pieces[i].style);
  }
}

static void add_rule(const struct table_layout *layout, const struct table_part *part, struct text *out) {
  for (size_t i = 0; i < part->count; i++) {
    add_blanks(out, i > 0 ? TABLE_GAP : 0);
    for (size_t k = 0; k < layout->widths[part->columns[i]]; k++)
      text_add_char(out, '-');
  }
  text_add_char(out, '\n');
}

static bool draw(const struct table_layout *layout, const struct table_part *part, bool colour, struct render_sink *out,
                 struct error *error) {
  const struct grid *grid = layout->grid;
  size_t rows = grid_rows(grid);
  add_row(layout, part, SIZE_MAX, false, &out->text);
  add_rule(layout, part, &out->text);
  for (size_t row = 0; row < rows; row++) {
    if (grid->total && row + 1 == rows)
      add_rule(layout, part, &out->text);
    add_row(layout, part, row, colour, &out->text);
    if (!render_pass(out, error))
      return false;
  }
  return true;
}

static bool draw_parts(const struct table_layout *layout, bool colour, struct render_sink *out, struct error *error) {
  if (grid_rows(layout->grid) == 0) {
    text_add_format(&out->text, "%s\n", translate(layout->grid->language, "(no rows)"));
    return true;
  }
  for (size_t i = 0; i < layout->part_count; i++) {
    text_add(&out->text, i > 0 ? "\n" : "");
    if (!draw(layout, &layout->parts[i], colour, out, error))
      return false;
  }
  return true;
}

/* ---- around it ----------------------------------------------------------- */

static void add_heading(const struct grid *grid, size_t width, struct text *out) {
  if (grid->title != NULL)
    table_add_lines(grid->title, width, out);
  for (size_t i = 0; i < grid->fact_count; i++) {
    AUTO_TEXT struct text fact = {0};
    grid_add_fact(grid, &grid->facts[i], &fact);
    table_add_lines(fact.data, width, out);
  }
  if ((grid->title != NULL || grid->fact_count > 0) && grid->column_count > 0)
    text_add_char(out, '\n');
}

/* Where levels are headed by letters, the legend says which. */
static void list_letters(const struct table_layout *layout, struct text *legend) {
  for (size_t column = 0; layout->letters && column < layout->grid->column_count; column++) {
    const struct grid_shade *shade = grid_column_shade(layout->grid, column);
    if (shade != NULL)
      text_add_format(legend, "%s%s %s", legend->length > 0 ? "; " : "", shade->letter, shade->label);
  }
}

static void add_footing(const struct table_layout *layout, size_t width, struct text *out) {
  const struct grid *grid = layout->grid;
  AUTO_TEXT struct text legend = {0};
  list_letters(layout, &legend);
  for (size_t i = 0; i < grid->legend_count; i++)
    text_add_format(&legend, "%s%s", legend.length > 0 ? "; " : "", grid->legend[i]);
  if (legend.length > 0) {
    text_add_char(out, '\n');
    table_add_lines(legend.data, width, out);
  }
  text_add(out, grid->note_count > 0 ? "\n" : "");
  for (size_t i = 0; i < grid->note_count; i++)
    table_add_lines(grid->notes[i], width, out);
}

bool render_table(const struct grid *grid, const struct render_options *options, struct render_sink *out,
                  struct error *error) {
  size_t line = options->fold ? options->width : 0;
  AUTO_LAYOUT struct table_layout layout;
  table_layout(grid, options->width, options->fold, &layout);
  add_heading(grid, line, &out->text);
  if (grid->column_count > 0 && !draw_parts(&layout, options->colour, out, error))
    return false;
  add_footing(&layout, line, &out->text);
  return true;
}
