/* A set's manifest, and what stands beside it: writing them. */
#include "reports/export/manifest.h"

#include "core/base/folder.h"
#include "core/base/memory.h"
#include "core/base/output.h"
#include "reports/export/manifest_private.h"
#include "reports/render/json.h"

#include <stdlib.h>
#include <string.h>

/* ---- the value ----------------------------------------------------------- */

struct manifest_file *manifest_add(struct manifest *manifest, const char *path) {
  memory_reserve((void **)&manifest->files, &manifest->file_capacity, manifest->file_count + 1,
                 sizeof *manifest->files);
  struct manifest_file *file = &manifest->files[manifest->file_count++];
  *file = (struct manifest_file){.path = memory_string(path), .as_of = DAY_NONE};
  return file;
}

void manifest_notice(struct manifest *manifest, const char *notice) {
  memory_reserve((void **)&manifest->notices, &manifest->notice_capacity, manifest->notice_count + 1,
                 sizeof *manifest->notices);
  manifest->notices[manifest->notice_count++] = memory_string(notice);
}

static void file_release(struct manifest_file *file) {
  free(file->path);
  free(file->table);
  free(file->title);
  free(file->language);
  free(file->format);
  free(file->report);
  for (size_t i = 0; i < file->setting_count; i++) {
    free(file->settings[i].key);
    free(file->settings[i].value);
  }
  for (size_t i = 0; i < file->field_count; i++) {
    free(file->fields[i].name);
    free(file->fields[i].title);
  }
  free(file->fields);
}

void manifest_free(struct manifest *manifest) {
  for (size_t i = 0; i < manifest->file_count; i++)
    file_release(&manifest->files[i]);
  free(manifest->files);
  for (size_t i = 0; i < manifest->notice_count; i++)
    free(manifest->notices[i]);
  free(manifest->notices);
  free(manifest->job);
  free(manifest->set);
  free(manifest->server);
  free(manifest->made_by);
  free(manifest->previous_set);
  *manifest = (struct manifest){0};
}

/* A column of numbers is of whole ones unless one of them has a point. */
static const char *type_of(const struct grid *grid, size_t column) {
  if (grid->columns[column].day)
    return "date";
  if (!grid->columns[column].number)
    return "string";
  for (size_t row = 0; row < grid_rows(grid); row++) {
    const char *value = grid_at(grid, row, column);
    if (value != NULL && strchr(value, '.') != NULL)
      return "number";
  }
  return "integer";
}

void manifest_fields(struct manifest_file *file, const struct grid *grid) {
  file->fields = memory_new(grid->column_count + 1, sizeof *file->fields);
  for (size_t column = 0; column < grid->column_count; column++)
    file->fields[file->field_count++] = (struct manifest_field){
        memory_string(grid->columns[column].name), memory_string(grid->columns[column].head), type_of(grid, column)};
}

bool manifest_same_tables(const struct manifest *one, const struct manifest *other) {
  if (one->file_count != other->file_count)
    return false;
  for (size_t i = 0; i < one->file_count; i++) {
    const struct manifest_file *a = &one->files[i], *b = &other->files[i];
    if (strcmp(a->table, b->table) != 0 || strcmp(a->language, b->language) != 0 || strcmp(a->format, b->format) != 0 ||
        strcmp(a->sha256, b->sha256) != 0)
      return false;
  }
  return true;
}

/* ---- manifest.json ------------------------------------------------------- */

static json_t *day_value(day value) {
  char text[DAY_TEXT_SIZE];
  return json_text(value != DAY_NONE ? day_format(value, text) : NULL);
}

static json_t *moment_value(moment value) {
  char text[MOMENT_TEXT_SIZE];
  return json_text(value != MOMENT_NONE ? moment_format(value, text) : NULL);
}

static json_t *number(uint64_t value) {
  return json_made(json_integer((json_int_t)value));
}

static json_t *file_value(const struct manifest_file *file) {
  json_t *value = json_made(json_object()), *settings = json_made(json_object());
  for (size_t i = 0; i < file->setting_count; i++)
    json_put(settings, file->settings[i].key, json_text(file->settings[i].value));
  json_put(value, "path", json_text(file->path));
  json_put(value, "table", json_text(file->table));
  json_put(value, "title", json_text(file->title));
  json_put(value, "language", json_text(file->language));
  json_put(value, "format", json_text(file->format));
  if (file->for_excel)
    json_put(value, "for", json_text("excel"));
  json_put(value, "report", json_text(file->report));
  json_put(value, "settings", settings);
  json_put(value, "as_of", day_value(file->as_of));
  if (file->has_since)
    json_put(value, "since_position", number((uint64_t)file->since));
  json_put(value, "rows", number(file->rows));
  json_put(value, "bytes", number(file->bytes));
  json_put(value, "sha256", json_text(file->sha256));
  return value;
}

static json_t *notices_value(const struct manifest *manifest) {
  json_t *notices = json_made(json_array());
  for (size_t i = 0; i < manifest->notice_count; i++)
    json_push(notices, json_text(manifest->notices[i]));
  return notices;
}

static json_t *manifest_value(const struct manifest *manifest, const char *set) {
  json_t *value = json_made(json_object()), *known = json_made(json_object()), *files = json_made(json_array());
  json_put(value, "format", json_text(MANIFEST_FORMAT));
  json_put(value, "job", json_text(manifest->job));
  json_put(value, "set", json_text(set));
  json_put(value, "made_by", json_text(manifest->made_by));
  json_put(value, "schema_version", number((uint64_t)manifest->schema_version));
  json_put(value, "postgresql", json_text(manifest->server));
  json_put(value, "snapshot_at", moment_value(manifest->snapshot_at));
  json_put(known, "position", number((uint64_t)manifest->position));
  json_put(known, "at", moment_value(manifest->known_at));
  json_put(known, "batch_sha256", json_text(*manifest->ledger_sha256 != '\0' ? manifest->ledger_sha256 : NULL));
  json_put(value, "known_at", known);
  json_put(value, "notices", notices_value(manifest));
  if (manifest->previous_set != NULL) {
    json_t *previous = json_made(json_object());
    json_put(previous, "set", json_text(manifest->previous_set));
    json_put(previous, "manifest_sha256", json_text(manifest->previous_sha256));
    json_put(value, "previous", previous);
  } else {
    json_put(value, "previous", json_made(json_null()));
  }
  for (size_t i = 0; i < manifest->file_count; i++)
    json_push(files, file_value(&manifest->files[i]));
  json_put(value, "files", files);
  return value;
}

/* ---- datapackage.json ---------------------------------------------------- */

/* What a Data Package says of a format; a table only where a program can read its rows. */
static const struct {
  const char *format;
  const char *mediatype;
  bool rows; /* delimited text */
} formats[] = {{"csv", "text/csv", true},
               {"tsv", "text/tab-separated-values", true},
               {"json", "application/json", false},
               {"jsonl", "application/jsonl", false},
               {"markdown", "text/markdown", false},
               {"html", "text/html", false},
               {"svg", "image/svg+xml", false},
               {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false},
               {"table", "text/plain", false}};
static const size_t format_count = sizeof formats / sizeof *formats;

static void add_table(json_t *resource, const struct manifest_file *file) {
  json_t *schema = json_made(json_object()), *fields = json_made(json_array()), *dialect = json_made(json_object());
  for (size_t i = 0; i < file->field_count; i++) {
    json_t *field = json_made(json_object());
    json_put(field, "name", json_text(file->fields[i].name));
    json_put(field, "title", json_text(file->fields[i].title));
    json_put(field, "type", json_text(file->fields[i].type));
    json_push(fields, field);
  }
  json_put(schema, "fields", fields);
  json_put(dialect, "delimiter", json_text(strcmp(file->format, "tsv") == 0 ? "\t" : ","));
  json_put(dialect, "lineTerminator", json_text("\n"));
  json_put(dialect, "header", json_made(json_true()));
  json_put(resource, "type", json_text("table"));
  json_put(resource, "dialect", dialect);
  json_put(resource, "schema", schema);
}

/* Names are unique in a package: the file's own, in small letters. */
static json_t *resource_name(const char *path) {
  AUTO_FREE char *name = memory_string(path);
  for (char *at = name; *at != '\0'; at++)
    *at = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at == ' ' ? '-' : *at;
  return json_text(name);
}

static json_t *resource_value(const struct manifest_file *file) {
  AUTO_TEXT struct text hash = {0};
  json_t *resource = json_made(json_object());
  text_add_format(&hash, "sha256:%s", file->sha256);
  json_put(resource, "name", resource_name(file->path));
  json_put(resource, "title", json_text(file->title));
  json_put(resource, "path", json_text(file->path));
  json_put(resource, "format", json_text(file->format));
  for (size_t i = 0; i < format_count; i++)
    if (strcmp(formats[i].format, file->format) == 0) {
      json_put(resource, "mediatype", json_text(formats[i].mediatype));
      /* for Excel there may be a column more: which cells have a guard */
      if (formats[i].rows && file->field_count > 0 && !file->for_excel)
        add_table(resource, file);
    }
  if (strcmp(file->format, "xlsx") != 0)
    json_put(resource, "encoding", json_text("utf-8"));
  json_put(resource, "bytes", number(file->bytes));
  json_put(resource, "hash", json_text(hash.data));
  return resource;
}

static json_t *package_value(const struct manifest *manifest) {
  json_t *value = json_made(json_object()), *resources = json_made(json_array());
  json_put(value, "$schema", json_text("https://datapackage.org/profiles/2.0/datapackage.json"));
  json_put(value, "name", resource_name(manifest->job));
  json_put(value, "created", moment_value(manifest->snapshot_at));
  AUTO_TEXT struct text description = {0};
  for (size_t i = 0; i < manifest->notice_count; i++)
    text_add_format(&description, "%s%s.", i > 0 ? " " : "", manifest->notices[i]);
  if (description.length > 0)
    json_put(value, "description", json_text(description.data));
  for (size_t i = 0; i < manifest->file_count; i++)
    json_push(resources, resource_value(&manifest->files[i]));
  json_put(value, "resources", resources);
  return value;
}

/* ---- writing ------------------------------------------------------------- */

/* Writes a file and gives its SHA-256. */
static bool write_text(const char *folder, const char *name, const struct text *text,
                       char sha256[static SHA256_TEXT_SIZE], struct error *error) {
  AUTO_OUTPUT struct output *output = NULL;
  AUTO_FREE char *path = folder_join(folder, name);
  AUTO_SHA256 struct sha256 *sha = sha256_new();
  unsigned char digest[SHA256_SIZE];
  sha256_add(sha, text_string(text), text->length);
  sha256_finish(sha, digest);
  sha256_format(digest, sha256);
  return output_open(&output, path, error) && output_write(output, text_string(text), text->length, error) &&
         output_close(&output, error);
}

static bool write_json(const char *folder, const char *name, json_t *value, char sha256[static SHA256_TEXT_SIZE],
                       struct error *error) {
  AUTO_TEXT struct text text = {0};
  AUTO_JSON json_t *released = value;
  json_add_lines(released, &text);
  return write_text(folder, name, &text, sha256, error);
}

static bool write_sums(const struct manifest *manifest, const char *folder, const char *package_sha256,
                       struct error *error) {
  AUTO_TEXT struct text sums = {0};
  char ignored[SHA256_TEXT_SIZE];
  for (size_t i = 0; i < manifest->file_count; i++)
    text_add_format(&sums, "%s  %s\n", manifest->files[i].sha256, manifest->files[i].path);
  text_add_format(&sums, "%s  %s\n", package_sha256, DATA_PACKAGE_NAME);
  return write_text(folder, SUMS_NAME, &sums, ignored, error);
}

bool manifest_write(const struct manifest *manifest, const char *folder, const char *set,
                    char sha256[static SHA256_TEXT_SIZE], struct error *error) {
  char package_sha256[SHA256_TEXT_SIZE];
  return write_json(folder, DATA_PACKAGE_NAME, package_value(manifest), package_sha256, error) &&
         write_sums(manifest, folder, package_sha256, error) &&
         write_json(folder, MANIFEST_NAME, manifest_value(manifest, set), sha256, error);
}
