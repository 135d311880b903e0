/* JSON (RFC 8259) on jansson: one object for the whole table, or one a row. */
#include "core/memory.h"
#include "reports/render.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static void json_release(json_t **value) {
  json_decref(*value);
}
#define AUTO_JSON __attribute__((cleanup(json_release)))

static json_t *checked(json_t *value) {
  if (value == NULL)
    memory_exhausted();
  return value;
}

/* Values come from the database or from us, and are UTF-8; what wouldn't be is shown escaped. */
static json_t *string_of(const char *value) {
  json_t *string = json_string(value);
  if (string != NULL)
    return string;
  AUTO_TEXT struct text shown = {0};
  text_add_escaped(&shown, value, strlen(value));
  return checked(json_string(text_string(&shown)));
}

static json_t *value_of(const struct grid_column *column, const char *value) {
  if (value == NULL)
    return checked(json_null());
  char *end;
  if (!column->number || *value == '\0')
    return string_of(value);
  long long whole = strtoll(value, &end, 10);
  if (*end == '\0')
    return checked(json_integer(whole));
  double number = strtod(value, &end);
  return *end == '\0' ? checked(json_real(number)) : string_of(value);
}

static void set(json_t *object, const char *key, json_t *value) {
  if (json_object_set_new(object, key, value) != 0)
    memory_exhausted();
}

static void append(json_t *array, json_t *value) {
  if (json_array_append_new(array, value) != 0)
    memory_exhausted();
}

static json_t *row_of(const struct grid *grid, size_t row) {
  json_t *object = checked(json_object());
  for (size_t column = 0; column < grid->column_count; column++)
    set(object, grid->columns[column].name, value_of(&grid->columns[column], grid_at(grid, row, column)));
  return object;
}

static void add_dump(struct text *out, const json_t *value, size_t indent) {
  AUTO_FREE char *dumped = json_dumps(value, JSON_INDENT(indent) | JSON_REAL_PRECISION(15));
  if (dumped == NULL)
    memory_exhausted();
  text_add(out, dumped);
  text_add_char(out, '\n');
}

static json_t *strings_of(char *const *strings, size_t count) {
  json_t *array = checked(json_array());
  for (size_t i = 0; i < count; i++)
    append(array, string_of(strings[i]));
  return array;
}

static json_t *columns_of(const struct grid *grid) {
  json_t *columns = checked(json_array());
  for (size_t i = 0; i < grid->column_count; i++) {
    json_t *column = checked(json_object());
    set(column, "name", string_of(grid->columns[i].name));
    set(column, "head", string_of(grid->columns[i].head));
    append(columns, column);
  }
  return columns;
}

bool render_json(const struct grid *grid, const struct render_options *options, struct text *out, struct error *error) {
  (void)options, (void)error;
  AUTO_JSON json_t *object = checked(json_object());
  if (grid->title != NULL)
    set(object, "title", string_of(grid->title));
  for (size_t i = 0; i < grid->fact_count; i++)
    set(object, grid->facts[i].name, string_of(grid->facts[i].value));
  set(object, "columns", columns_of(grid));
  json_t *rows = checked(json_array());
  size_t count = grid_rows(grid);
  for (size_t row = 0; row + (grid->total ? 1 : 0) < count; row++)
    append(rows, row_of(grid, row));
  set(object, "rows", rows);
  if (grid->total && count > 0)
    set(object, "total", row_of(grid, count - 1));
  if (grid->note_count > 0)
    set(object, "notes", strings_of(grid->notes, grid->note_count));
  if (grid->legend_count > 0)
    set(object, "legend", strings_of(grid->legend, grid->legend_count));
  add_dump(out, object, 2);
  return true;
}

bool render_jsonl(const struct grid *grid, const struct render_options *options, struct text *out,
                  struct error *error) {
  (void)options, (void)error;
  for (size_t row = 0; row < grid_rows(grid); row++) {
    AUTO_JSON json_t *object = row_of(grid, row);
    add_dump(out, object, 0);
  }
  return true;
}
