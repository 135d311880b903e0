/* A finished table. */
#include "reports/grid/grid.h"

#include "core/base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct grid *grid_new(const char *title) {
  struct grid *grid = memory_new(1, sizeof *grid);
  grid->title = title != NULL ? memory_string(title) : NULL;
  return grid;
}

static void free_strings(char **strings, size_t count) {
  for (size_t i = 0; i < count; i++)
    free(strings[i]);
  free(strings);
}

void grid_free(struct grid **pointer) {
  struct grid *grid = *pointer;
  if (grid == NULL)
    return;
  for (size_t i = 0; i < grid->fact_count; i++) {
    free(grid->facts[i].name);
    free(grid->facts[i].head);
    free(grid->facts[i].value);
  }
  for (size_t i = 0; i < grid->column_count; i++) {
    free(grid->columns[i].name);
    free(grid->columns[i].head);
  }
  for (size_t i = 0; i < grid->shade_count; i++) {
    free(grid->shades[i].code);
    free(grid->shades[i].label);
    free(grid->shades[i].letter);
    free(grid->shades[i].colour);
  }
  free(grid->title);
  free(grid->shades);
  free(grid->facts);
  free(grid->columns);
  free(grid->cells);
  text_free(&grid->texts);
  while (grid->kept_count > 0) {
    const struct grid_kept *kept = &grid->kept[--grid->kept_count];
    kept->release(kept->thing);
  }
  free(grid->kept);
  free_strings(grid->notes, grid->note_count);
  free_strings(grid->legend, grid->legend_count);
  grid_free(&grid->summary);
  free(grid);
  *pointer = NULL;
}

static char *formatted(const char *format, va_list arguments) {
  char *out = NULL;
  if (vasprintf(&out, format, arguments) < 0)
    memory_exhausted();
  return out;
}

void grid_fact(struct grid *grid, const char *name, const char *head, const char *format, ...) {
  va_list arguments;
  memory_reserve((void **)&grid->facts, &grid->fact_capacity, grid->fact_count + 1, sizeof *grid->facts);
  va_start(arguments, format);
  grid->facts[grid->fact_count++] =
      (struct grid_fact){memory_string(name), memory_string(head), formatted(format, arguments)};
  va_end(arguments);
}

struct grid_column *grid_column(struct grid *grid, const char *name, const char *head) {
  memory_reserve((void **)&grid->columns, &grid->column_capacity, grid->column_count + 1, sizeof *grid->columns);
  struct grid_column *column = &grid->columns[grid->column_count++];
  *column = (struct grid_column){.name = memory_string(name), .head = memory_string(head)};
  return column;
}

void grid_cell(struct grid *grid, const char *value) {
  memory_reserve((void **)&grid->cells, &grid->cell_capacity, grid->cell_count + 1, sizeof *grid->cells);
  grid->cells[grid->cell_count++] = value != NULL ? grid->texts.length + 1 : 0;
  if (value == NULL)
    return;
  text_add(&grid->texts, value);
  text_add_char(&grid->texts, '\0');
}

void grid_cell_format(struct grid *grid, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  AUTO_FREE char *value = formatted(format, arguments);
  va_end(arguments);
  grid_cell(grid, value);
}

/* ---- shades -------------------------------------------------------------- */

size_t grid_shade(struct grid *grid, const char *code, const char *label, const char *letter, const char *colour) {
  memory_reserve((void **)&grid->shades, &grid->shade_capacity, grid->shade_count + 1, sizeof *grid->shades);
  grid->shades[grid->shade_count++] = (struct grid_shade){.code = memory_string(code),
                                                          .label = memory_string(label),
                                                          .letter = memory_string(letter),
                                                          .colour = memory_string(colour)};
  return grid->shade_count;
}

size_t grid_shade_find(const struct grid *grid, const char *code) {
  for (size_t i = 0; i < grid->shade_count; i++)
    if (strcmp(grid->shades[i].code, code) == 0)
      return i + 1;
  return 0;
}

void grid_shade_met(struct grid *grid, size_t shade) {
  if (shade > 0)
    grid->shades[shade - 1].met = true;
}

void grid_cell_shaded(struct grid *grid, size_t shade) {
  memory_reserve((void **)&grid->cells, &grid->cell_capacity, grid->cell_count + 1, sizeof *grid->cells);
  grid->cells[grid->cell_count++] = SIZE_MAX - shade;
  grid_shade_met(grid, shade);
}

void grid_column_shaded(struct grid *grid, struct grid_column *column, size_t shade) {
  column->shade = shade;
  grid_shade_met(grid, shade);
}

/* The number of the shade that a cell consists of; 0 for other cells. */
static size_t shade_of(const struct grid *grid, size_t row, size_t column) {
  const struct grid_source *source = &grid->source;
  if (source->cell != NULL)
    return source->shade != NULL ? source->shade(source->context, row, column) : 0;
  size_t cell = grid->cells[row * grid->column_count + column];
  return cell >= SIZE_MAX - grid->shade_count ? SIZE_MAX - cell : 0;
}

const struct grid_shade *grid_shade_at(const struct grid *grid, size_t row, size_t column) {
  size_t shade = shade_of(grid, row, column);
  return shade > 0 ? &grid->shades[shade - 1] : NULL;
}

const struct grid_shade *grid_column_shade(const struct grid *grid, size_t column) {
  size_t shade = grid->columns[column].shade;
  return shade > 0 ? &grid->shades[shade - 1] : NULL;
}

/* ---- the rest ------------------------------------------------------------ */

void grid_note(struct grid *grid, const char *format, ...) {
  va_list arguments;
  memory_reserve((void **)&grid->notes, &grid->note_capacity, grid->note_count + 1, sizeof *grid->notes);
  va_start(arguments, format);
  grid->notes[grid->note_count++] = formatted(format, arguments);
  va_end(arguments);
}

void grid_legend(struct grid *grid, const char *format, ...) {
  va_list arguments;
  memory_reserve((void **)&grid->legend, &grid->legend_capacity, grid->legend_count + 1, sizeof *grid->legend);
  va_start(arguments, format);
  grid->legend[grid->legend_count++] = formatted(format, arguments);
  va_end(arguments);
}

void grid_keep(struct grid *grid, void *thing, void (*release)(void *thing)) {
  memory_reserve((void **)&grid->kept, &grid->kept_capacity, grid->kept_count + 1, sizeof *grid->kept);
  grid->kept[grid->kept_count++] = (struct grid_kept){thing, release};
}

bool grid_check(const struct grid *grid, struct error *error) {
  return grid->source.check == NULL || grid->source.check(grid->source.context, error);
}

size_t grid_rows(const struct grid *grid) {
  if (grid->source.cell != NULL)
    return grid->source.rows;
  return grid->column_count > 0 ? grid->cell_count / grid->column_count : 0;
}

bool grid_is_shown(const struct grid *grid, size_t column) {
  return column + 1 >= grid->column_count || !grid->columns[column + 1].label;
}

const char *grid_at(const struct grid *grid, size_t row, size_t column) {
  const struct grid_shade *shade = grid_shade_at(grid, row, column);
  if (shade != NULL)
    return *shade->letter != '\0' ? shade->letter : NULL;
  if (grid->source.cell != NULL)
    return grid->source.cell(grid->source.context, row, column);
  size_t start = grid->cells[row * grid->column_count + column];
  return start > 0 ? grid->texts.data + start - 1 : NULL;
}

/* A change that is nothing but noughts. */
static bool is_zero(const char *value) {
  return value[strspn(value, "0.")] == '\0';
}

/* The total's code, which people see where no label stands beside it. */
static bool is_total_code(const struct grid *grid, size_t row, size_t column, const char *value) {
  return grid->total && row + 1 == grid_rows(grid) && column == 0 && strcmp(value, "total") == 0;
}

void grid_add_shown(const struct grid *grid, size_t row, size_t column, struct text *out) {
  const char *value = grid_at(grid, row, column);
  if (value == NULL)
    return;
  if (is_total_code(grid, row, column, value))
    text_add(out, translate(grid->language, "Total"));
  else if (!grid->columns[column].change)
    text_add(out, value);
  else if (is_zero(value))
    text_add(out, "→");
  else
    text_add_format(out, "%s%s", *value == '-' ? "↓" : "↑", *value == '-' ? value + 1 : value);
}

void grid_add_fact_value(const struct grid *grid, const struct grid_fact *fact, struct text *out) {
  struct error error;
  day value;
  if (day_parse(fact->value, strlen(fact->value), &value, &error))
    language_add_day(grid->language, value, out);
  else
    text_add(out, fact->value);
}

void grid_add_fact(const struct grid *grid, const struct grid_fact *fact, struct text *out) {
  AUTO_TEXT struct text value = {0};
  grid_add_fact_value(grid, fact, &value);
  /* Translators: a head and what it says: "As of: 24 November 2026". */
  text_add_format(out, translate(grid->language, "%s: %s"), fact->head, text_string(&value));
}
