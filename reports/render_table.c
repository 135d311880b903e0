/*
 * Tables for a terminal, on libsmartcols: right widths for every script, no control character gets through.
 *
 * Heads and labels are broken between words, so the heads are lines of the table like any other: libsmartcols breaks
 * lines only there.
 */
#include "core/memory.h"
#include "reports/render.h"

#include <libsmartcols.h>
#include <stdlib.h>
#include <string.h>

static const size_t TEXT_WIDTH_LEAST = 24; /* below it a text column is not made narrower */

static void release(struct libscols_table **table) {
  scols_unref_table(*table);
}

/* Text on one line, harmless on a terminal. */
static char *shown(const char *value) {
  AUTO_TEXT struct text text = {0};
  if (value != NULL)
    text_add_escaped(&text, value, strlen(value));
  return memory_string(text_string(&text));
}

static char *shown_cell(const struct grid *grid, size_t row, size_t column) {
  AUTO_TEXT struct text cell = {0};
  grid_add_shown(grid, row, column, &cell);
  return shown(text_string(&cell));
}

/* ---- widths -------------------------------------------------------------- */

/* Bytes up to the next place where a line may be broken: behind a space, or inside a reference behind a point. */
static size_t word_bytes(const char *s) {
  size_t length = strcspn(s, " ");
  const char *point = memchr(s, '.', length);
  if (point != NULL && point[1] != ' ' && point[1] != '\0' && length > 7 && length < 24)
    return (size_t)(point - s) + 1;
  return length + (s[length] == ' ');
}

static size_t width_of(const char *s, size_t bytes) {
  AUTO_FREE char *part = memory_string_n(s, bytes);
  return text_width(part);
}

static size_t longest_word(const char *s) {
  size_t longest = 0;
  while (*s != '\0') {
    size_t bytes = word_bytes(s), width = width_of(s, s[bytes - 1] == ' ' ? bytes - 1 : bytes);
    longest = width > longest ? width : longest;
    s += bytes;
  }
  return longest;
}

/* The text broken into lines of at most `width` columns; a longer word is cut. */
static char *wrapped(const char *s, size_t width) {
  AUTO_TEXT struct text out = {0};
  size_t column = 0;
  while (*s != '\0') {
    size_t bytes = word_bytes(s), solid = s[bytes - 1] == ' ' ? bytes - 1 : bytes;
    size_t needed = width_of(s, solid);
    if (column > 0 && column + needed > width) {
      while (out.length > 0 && out.data[out.length - 1] == ' ')
        out.data[--out.length] = '\0';
      text_add_char(&out, '\n');
      column = 0;
    }
    if (needed > width)
      bytes = solid = text_prefix(s, width);
    if (bytes == 0)
      bytes = solid = strlen(s); /* a character wider than the column */
    text_add_n(&out, s, bytes);
    column += width_of(s, bytes);
    s += bytes;
  }
  return text_take(&out);
}

/* The lines of a cell pushed to the right, for numbers and their heads. */
static char *justified(char *lines, size_t width) {
  AUTO_TEXT struct text out = {0};
  for (const char *at = lines;; at++) {
    size_t length = strcspn(at, "\n"), columns = width_of(at, length);
    for (size_t i = columns; i < width; i++)
      text_add_char(&out, ' ');
    text_add_n(&out, at, length);
    at += length;
    if (*at == '\0')
      break;
    text_add_char(&out, '\n');
  }
  free(lines);
  return text_take(&out);
}

/* What each column needs: numbers as wide as their widest figure or word of the head, texts what is left of the
 * terminal. */
static void choose_widths(const struct grid *grid, size_t terminal, size_t *widths) {
  size_t fixed = 0, wanted = 0;
  for (size_t column = 0; column < grid->column_count; column++) {
    if (!grid_is_shown(grid, column))
      continue;
    AUTO_FREE char *head = shown(grid->columns[column].head);
    widths[column] = longest_word(head);
    for (size_t row = 0; row < grid_rows(grid); row++) {
      AUTO_FREE char *cell = shown_cell(grid, row, column);
      size_t width = text_width(cell);
      widths[column] = width > widths[column] ? width : widths[column];
    }
    if (widths[column] > TEXT_WIDTH_LEAST && !grid->columns[column].number)
      wanted += widths[column];
    else
      fixed += widths[column];
    fixed += 2;
  }
  if (terminal == 0 || fixed + wanted <= terminal)
    return;
  size_t left = terminal > fixed ? terminal - fixed : 0;
  for (size_t column = 0; column < grid->column_count; column++)
    if (widths[column] > TEXT_WIDTH_LEAST && !grid->columns[column].number) {
      size_t share = left * widths[column] / wanted;
      widths[column] = share > TEXT_WIDTH_LEAST ? share : TEXT_WIDTH_LEAST;
    }
}

/* ---- the table ----------------------------------------------------------- */

static bool add_columns(const struct grid *grid, struct libscols_table *table) {
  for (size_t column = 0; column < grid->column_count; column++) {
    if (!grid_is_shown(grid, column))
      continue;
    struct libscols_column *made = scols_table_new_column(table, "", 1, SCOLS_FL_WRAP);
    if (made == NULL || scols_column_set_wrapfunc(made, scols_wrapnl_chunksize, scols_wrapnl_nextchunk, NULL) != 0 ||
        scols_column_set_safechars(made, "\n") != 0)
      return false;
  }
  return true;
}

/* A line of the table: a row, or the heads where row is SIZE_MAX. */
static bool add_line(const struct grid *grid, size_t row, const size_t *widths, struct libscols_table *table) {
  struct libscols_line *line = scols_table_new_line(table, NULL);
  if (line == NULL)
    return false;
  for (size_t column = 0, place = 0; column < grid->column_count; column++) {
    if (!grid_is_shown(grid, column))
      continue;
    AUTO_FREE char *cell = row == SIZE_MAX ? shown(grid->columns[column].head) : shown_cell(grid, row, column);
    char *lines = wrapped(cell, widths[column]);
    if (grid->columns[column].number)
      lines = justified(lines, widths[column]);
    if (scols_line_refer_data(line, place++, lines) != 0)
      return false;
  }
  return true;
}

static bool add_rule(const struct grid *grid, const size_t *widths, struct libscols_table *table) {
  struct libscols_line *line = scols_table_new_line(table, NULL);
  if (line == NULL)
    return false;
  for (size_t column = 0, place = 0; column < grid->column_count; column++) {
    if (!grid_is_shown(grid, column))
      continue;
    AUTO_TEXT struct text rule = {0};
    for (size_t i = 0; i < widths[column]; i++)
      text_add_char(&rule, '-');
    if (scols_line_refer_data(line, place++, text_take(&rule)) != 0)
      return false;
  }
  return true;
}

static bool add_lines(const struct grid *grid, size_t terminal, struct libscols_table *table) {
  AUTO_FREE size_t *widths = memory_new(grid->column_count, sizeof *widths);
  choose_widths(grid, terminal, widths);
  if (!add_line(grid, SIZE_MAX, widths, table) || !add_rule(grid, widths, table))
    return false;
  for (size_t row = 0; row < grid_rows(grid); row++) {
    if (grid->total && row + 1 == grid_rows(grid) && !add_rule(grid, widths, table))
      return false;
    if (!add_line(grid, row, widths, table))
      return false;
  }
  return true;
}

/* ---- around it ----------------------------------------------------------- */

static void add_heading(const struct grid *grid, struct text *out) {
  if (grid->title != NULL) {
    AUTO_FREE char *title = shown(grid->title);
    text_add_format(out, "%s\n", title);
  }
  for (size_t i = 0; i < grid->fact_count; i++) {
    AUTO_TEXT struct text fact = {0};
    grid_add_fact(grid, &grid->facts[i], &fact);
    AUTO_FREE char *line = shown(fact.data);
    text_add_format(out, "%s\n", line);
  }
  if ((grid->title != NULL || grid->fact_count > 0) && grid->column_count > 0)
    text_add_char(out, '\n');
}

/* Lines without the blanks that pad the last column. */
static void add_trimmed(struct text *out, const char *printed) {
  while (*printed != '\0') {
    size_t line = strcspn(printed, "\n"), kept = line;
    while (kept > 0 && printed[kept - 1] == ' ')
      kept--;
    text_add_n(out, printed, kept);
    text_add_char(out, '\n');
    printed += line + (printed[line] == '\n');
  }
}

static void add_footing(const struct grid *grid, struct text *out) {
  if (grid->legend_count > 0)
    text_add(out, "\n");
  for (size_t i = 0; i < grid->legend_count; i++) {
    AUTO_FREE char *entry = shown(grid->legend[i]);
    text_add_format(out, "%s%s", i > 0 ? "; " : "", entry);
  }
  if (grid->legend_count > 0)
    text_add(out, "\n");
  if (grid->note_count > 0)
    text_add(out, "\n");
  for (size_t i = 0; i < grid->note_count; i++) {
    AUTO_FREE char *note = shown(grid->notes[i]);
    text_add_format(out, "%s\n", note);
  }
}

bool render_table(const struct grid *grid, const struct render_options *options, struct render_sink *out,
                  struct error *error) {
  __attribute__((cleanup(release))) struct libscols_table *table = scols_new_table();
  AUTO_FREE char *printed = NULL;
  bool good = table != NULL && scols_table_set_column_separator(table, "  ") == 0 &&
              scols_table_enable_noheadings(table, 1) == 0 && scols_table_enable_noencoding(table, 1) == 0 &&
              scols_table_enable_maxout(table, 0) == 0 &&
              scols_table_set_termforce(table, SCOLS_TERMFORCE_ALWAYS) == 0 &&
              scols_table_set_termwidth(table, 100000) == 0 && add_columns(grid, table) &&
              (grid->column_count == 0 ||
               (add_lines(grid, options->width, table) && scols_print_table_to_string(table, &printed) == 0 &&
                (printed != NULL || grid_rows(grid) == 0))); /* without memory it says 0 and gives nothing */
  if (!good) {
    error_set(error, ERROR_FAILED, "the table can't be drawn");
    return error_remedy(error, "Try another --format.");
  }
  add_heading(grid, &out->text);
  if (grid->column_count > 0)
    add_trimmed(&out->text, grid_rows(grid) > 0 ? printed : "(no rows)\n");
  add_footing(grid, &out->text);
  return true;
}
