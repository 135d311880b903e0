/* How a table is laid out in lines of text. */
#include "reports/render/table_layout.h"

#include "core/base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const size_t TEXT_WIDTH_LEAST = 24; /* below it a text column is not made narrower */

/* ---- texts --------------------------------------------------------------- */

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
      bytes = text_prefix(s, width);
    if (bytes == 0)
      bytes = strlen(s); /* a character wider than the column */
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

void table_add_lines(const char *s, size_t width, struct text *out) {
  AUTO_FREE char *line = shown(s);
  AUTO_FREE char *lines = width > 0 ? wrapped(line, width) : memory_string(line);
  text_add(out, lines);
  text_add_char(out, '\n');
}

/* ---- widths -------------------------------------------------------------- */

static char *head_of(const struct table_layout *layout, size_t column) {
  const struct grid_shade *shade = layout->letters ? grid_column_shade(layout->grid, column) : NULL;
  return shown(shade != NULL ? shade->letter : layout->grid->columns[column].head);
}

/* What the columns need: their widest cells, or words of their heads. Row by row, as rows may come from a cursor. */
static void find_natural_widths(struct table_layout *layout) {
  const struct grid *grid = layout->grid;
  for (size_t column = 0; column < grid->column_count; column++) {
    AUTO_FREE char *head = head_of(layout, column);
    layout->widths[column] = longest_word(head);
  }
  for (size_t row = 0; row < grid_rows(grid); row++)
    for (size_t column = 0; column < grid->column_count; column++) {
      AUTO_FREE char *cell = grid_is_shown(grid, column) ? shown_cell(grid, row, column) : NULL;
      size_t width = cell != NULL ? text_width(cell) : 0;
      layout->widths[column] = width > layout->widths[column] ? width : layout->widths[column];
    }
}

static bool gives_way(const struct table_layout *layout, size_t column) {
  return layout->widths[column] > TEXT_WIDTH_LEAST && !layout->grid->columns[column].number;
}

/* Numbers are as wide as their widest figure or word of the head; texts share what is left. Gives the whole width. */
static size_t choose_widths(struct table_layout *layout, size_t width) {
  const struct grid *grid = layout->grid;
  size_t fixed = 0, wanted = 0, whole = 0;
  find_natural_widths(layout);
  for (size_t column = 0; column < grid->column_count; column++) {
    if (!grid_is_shown(grid, column))
      continue;
    *(gives_way(layout, column) ? &wanted : &fixed) += layout->widths[column];
    fixed += TABLE_GAP;
  }
  size_t left = width > fixed ? width - fixed : 0;
  for (size_t column = 0; column < grid->column_count; column++) {
    if (!grid_is_shown(grid, column))
      continue;
    if (width > 0 && wanted > 0 && fixed + wanted > width && gives_way(layout, column)) {
      size_t share = left * layout->widths[column] / wanted;
      layout->widths[column] = share > TEXT_WIDTH_LEAST ? share : TEXT_WIDTH_LEAST;
    }
    whole += layout->widths[column] + (whole > 0 ? TABLE_GAP : 0);
  }
  return whole;
}

static bool has_level_heads(const struct grid *grid) {
  for (size_t column = 0; column < grid->column_count; column++)
    if (grid_column_shade(grid, column) != NULL)
      return true;
  return false;
}

/* ---- parts --------------------------------------------------------------- */

static void begin_part(struct table_layout *layout) {
  struct table_part *part = &layout->parts[layout->part_count++];
  part->columns = memory_new(layout->grid->column_count, sizeof *part->columns);
}

static void append(struct table_layout *layout, size_t column) {
  struct table_part *part = &layout->parts[layout->part_count - 1];
  part->columns[part->count++] = column;
}

/* Columns follow each other until there is no room; then another part begins, again with the first column. */
static void cut(struct table_layout *layout, size_t width, bool fold) {
  const struct grid *grid = layout->grid;
  size_t used = 0, first = SIZE_MAX;
  layout->parts = memory_new(grid->column_count, sizeof *layout->parts);
  for (size_t column = 0; column < grid->column_count; column++) {
    if (!grid_is_shown(grid, column))
      continue;
    if (first == SIZE_MAX) {
      first = column;
      begin_part(layout);
    } else if (fold && used + TABLE_GAP + layout->widths[column] > width &&
               layout->parts[layout->part_count - 1].count > 1) {
      begin_part(layout);
      append(layout, first);
      used = layout->widths[first];
    }
    append(layout, column);
    used += layout->widths[column] + (used > 0 ? TABLE_GAP : 0);
  }
}

void table_layout(const struct grid *grid, size_t width, bool fold, struct table_layout *layout) {
  *layout = (struct table_layout){.grid = grid};
  layout->widths = memory_new(grid->column_count, sizeof *layout->widths);
  if (choose_widths(layout, width) > width && fold && has_level_heads(grid)) {
    layout->letters = true;
    choose_widths(layout, width);
  }
  cut(layout, width, fold);
}

void table_layout_free(struct table_layout *layout) {
  for (size_t i = 0; i < layout->part_count; i++)
    free(layout->parts[i].columns);
  free(layout->parts);
  free(layout->widths);
}

char *table_cell(const struct table_layout *layout, size_t row, size_t column) {
  AUTO_FREE char *cell = row == SIZE_MAX ? head_of(layout, column) : shown_cell(layout->grid, row, column);
  char *lines = wrapped(cell, layout->widths[column]);
  return layout->grid->columns[column].number ? justified(lines, layout->widths[column]) : lines;
}
