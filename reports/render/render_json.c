/* JSON (RFC 8259) on jansson: one object for the whole table, or one a row. */
#include "core/base/memory.h"
#include "reports/render/json.h"
#include "reports/render/render.h"

#include <stdlib.h>
#include <string.h>

static json_t *value_of(const struct grid_column *column, const char *value) {
  if (value == NULL)
    return json_made(json_null());
  char *end;
  if (!column->number || *value == '\0')
    return json_text(value);
  long long whole = strtoll(value, &end, 10);
  if (*end == '\0')
    return json_made(json_integer(whole));
  double number = strtod(value, &end);
  return *end == '\0' ? json_made(json_real(number)) : json_text(value);
}

static int add_bytes(const char *bytes, size_t length, void *out) {
  text_add_n(out, bytes, length);
  return 0;
}

/* Adds a value, which is taken over. */
static void add_value(struct text *out, json_t *value) {
  int failed = json_dump_callback(value, add_bytes, out, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
  json_decref(value);
  if (failed != 0)
    memory_exhausted();
}

static void add_member(struct text *out, const char *name, json_t *value) {
  add_value(out, json_text(name));
  text_add(out, ": ");
  add_value(out, value);
}

static void add_row(const struct grid *grid, size_t row, struct text *out) {
  text_add(out, "{");
  for (size_t column = 0; column < grid->column_count; column++) {
    text_add(out, column > 0 ? ", " : "");
    add_member(out, grid->columns[column].name, value_of(&grid->columns[column], grid_at(grid, row, column)));
  }
  text_add(out, "}");
}

/* The object's members stand a line each, and so do the elements of its arrays. */
static void add_facts(const struct grid *grid, struct text *out) {
  if (grid->title != NULL) {
    text_add(out, "  ");
    add_member(out, "title", json_text(grid->title));
    text_add(out, ",\n");
  }
  for (size_t i = 0; i < grid->fact_count; i++) {
    if (strcmp(grid->facts[i].name, GRID_NOTICE) == 0)
      continue;
    text_add(out, "  ");
    add_member(out, grid->facts[i].name, json_text(grid->facts[i].value));
    text_add(out, ",\n");
  }
}

/* The notices, of which there may be several. */
static void add_notices(const struct grid *grid, struct text *out) {
  size_t count = 0;
  for (size_t i = 0; i < grid->fact_count; i++) {
    if (strcmp(grid->facts[i].name, GRID_NOTICE) != 0)
      continue;
    text_add(out, count++ == 0 ? "  \"notices\": [\n    " : ",\n    ");
    add_value(out, json_text(grid->facts[i].value));
  }
  text_add(out, count > 0 ? "\n  ],\n" : "");
}

static void add_columns(const struct grid *grid, struct text *out) {
  text_add(out, "  \"columns\": [");
  for (size_t i = 0; i < grid->column_count; i++) {
    text_add(out, i > 0 ? ",\n    {" : "\n    {");
    add_member(out, "name", json_text(grid->columns[i].name));
    text_add(out, ", ");
    add_member(out, "head", json_text(grid->columns[i].head));
    text_add(out, "}");
  }
  text_add(out, grid->column_count > 0 ? "\n  ],\n" : "],\n");
}

static bool add_rows(const struct grid *grid, size_t count, struct render_sink *out, struct error *error) {
  text_add(&out->text, "  \"rows\": [");
  for (size_t row = 0; row < count; row++) {
    text_add(&out->text, row > 0 ? ",\n    " : "\n    ");
    add_row(grid, row, &out->text);
    if (!render_pass(out, error))
      return false;
  }
  text_add(&out->text, count > 0 ? "\n  ]" : "]");
  return true;
}

static void add_strings(const char *name, char *const *strings, size_t count, struct text *out) {
  if (count == 0)
    return;
  text_add_format(out, ",\n  \"%s\": [", name);
  for (size_t i = 0; i < count; i++) {
    text_add(out, i > 0 ? ",\n    " : "\n    ");
    add_value(out, json_text(strings[i]));
  }
  text_add(out, "\n  ]");
}

bool render_json(const struct grid *grid, const struct render_options *options, struct render_sink *out,
                 struct error *error) {
  (void)options;
  size_t rows = grid_rows(grid);
  bool total = grid->total && rows > 0;
  text_add(&out->text, "{\n");
  add_facts(grid, &out->text);
  add_notices(grid, &out->text);
  add_columns(grid, &out->text);
  if (!add_rows(grid, total ? rows - 1 : rows, out, error))
    return false;
  if (total) {
    text_add(&out->text, ",\n  \"total\": ");
    add_row(grid, rows - 1, &out->text);
  }
  add_strings("notes", grid->notes, grid->note_count, &out->text);
  add_strings("legend", grid->legend, grid->legend_count, &out->text);
  text_add(&out->text, "\n}\n");
  return true;
}

bool render_jsonl(const struct grid *grid, const struct render_options *options, struct render_sink *out,
                  struct error *error) {
  (void)options;
  for (size_t row = 0; row < grid_rows(grid); row++) {
    add_row(grid, row, &out->text);
    text_add(&out->text, "\n");
    if (!render_pass(out, error))
      return false;
  }
  return true;
}
