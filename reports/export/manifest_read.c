/* A set's manifest: reading it, and comparing a set's files with it. */
#include "core/base/folder.h"
#include "core/base/input.h"
#include "core/base/memory.h"
#include "reports/export/manifest.h"
#include "reports/export/manifest_private.h"
#include "reports/render/json.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char REMEDY[] = "Take the set from where it was published, or make a new one.";

/* ---- members of the object ----------------------------------------------- */

static const char *text_of(const json_t *object, const char *key) {
  return json_string_value(json_object_get(object, key));
}

/* A whole number from 0 to `most`; 0 where there is none. */
static bool number_of(const json_t *object, const char *key, int64_t most, int64_t *out) {
  const json_t *value = json_object_get(object, key);
  *out = json_integer_value(value);
  return value == NULL || (json_is_integer(value) && *out >= 0 && *out <= most);
}

static char *copy_of(const json_t *object, const char *key) {
  const char *value = text_of(object, key);
  return value != NULL ? memory_string(value) : NULL;
}

static bool moment_of(const json_t *object, const char *key, moment *out) {
  const char *value = text_of(object, key);
  struct error ignored;
  *out = MOMENT_NONE;
  return value == NULL || moment_parse(value, strlen(value), out, &ignored);
}

static bool digest_of(const json_t *object, const char *key, char out[static SHA256_TEXT_SIZE]) {
  const char *value = text_of(object, key);
  out[0] = '\0';
  if (value == NULL || strlen(value) != SHA256_TEXT_SIZE - 1 ||
      strspn(value, "0123456789abcdef") != SHA256_TEXT_SIZE - 1)
    return false;
  memcpy(out, value, SHA256_TEXT_SIZE);
  return true;
}

/* ---- one file ------------------------------------------------------------ */

/* A name inside the folder, and none that would hide there. */
static bool is_plain_name(const char *path) {
  return path != NULL && *path != '\0' && *path != '.' && strchr(path, '/') == NULL && strchr(path, '\n') == NULL;
}

static bool read_settings(const json_t *object, struct manifest_file *file) {
  json_t *settings = json_object_get(object, "settings"), *value;
  const char *key;
  if (json_object_size(settings) > JOB_SETTINGS_MAX)
    return false;
  json_object_foreach(settings, key, value) {
    if (!json_is_string(value))
      return false;
    file->settings[file->setting_count++] =
        (struct job_setting){memory_string(key), memory_string(json_string_value(value)), 0};
  }
  return true;
}

static bool read_file(const json_t *object, struct manifest *manifest) {
  const char *path = text_of(object, "path"), *as_of = text_of(object, "as_of");
  int64_t since, rows, bytes;
  struct error ignored;
  if (!is_plain_name(path) || !number_of(object, "since_position", INT32_MAX, &since) ||
      !number_of(object, "rows", INT64_MAX, &rows) || !number_of(object, "bytes", INT64_MAX, &bytes))
    return false;
  struct manifest_file *file = manifest_add(manifest, path);
  file->table = copy_of(object, "table");
  file->title = copy_of(object, "title");
  file->language = copy_of(object, "language");
  file->format = copy_of(object, "format");
  file->for_excel = text_of(object, "for") != NULL && strcmp(text_of(object, "for"), "excel") == 0;
  file->report = copy_of(object, "report");
  file->has_since = json_object_get(object, "since_position") != NULL;
  file->since = (int32_t)since;
  file->rows = (uint64_t)rows;
  file->bytes = (uint64_t)bytes;
  return file->table != NULL && file->language != NULL && file->format != NULL && file->report != NULL &&
         digest_of(object, "sha256", file->sha256) && read_settings(object, file) &&
         (as_of == NULL || day_parse(as_of, strlen(as_of), &file->as_of, &ignored));
}

/* ---- the whole ----------------------------------------------------------- */

static bool read_members(const json_t *value, struct manifest *manifest) {
  const json_t *known = json_object_get(value, "known_at"), *previous = json_object_get(value, "previous"), *file;
  json_t *files = json_object_get(value, "files");
  int64_t version, position;
  size_t i;
  const char *format = text_of(value, "format");
  if (format == NULL || strcmp(format, MANIFEST_FORMAT) != 0 || !json_is_array(files) ||
      !number_of(value, "schema_version", INT32_MAX, &version) || !number_of(known, "position", INT32_MAX, &position))
    return false;
  manifest->job = copy_of(value, "job");
  manifest->set = copy_of(value, "set");
  manifest->server = copy_of(value, "postgresql");
  manifest->made_by = copy_of(value, "made_by");
  manifest->schema_version = (int)version;
  manifest->position = (int32_t)position;
  manifest->previous_set = copy_of(previous, "set");
  digest_of(known, "batch_sha256", manifest->ledger_sha256);
  digest_of(previous, "manifest_sha256", manifest->previous_sha256);
  if (manifest->job == NULL || manifest->set == NULL || !moment_of(value, "snapshot_at", &manifest->snapshot_at) ||
      !moment_of(known, "at", &manifest->known_at))
    return false;
  json_array_foreach(files, i, file) {
    if (!read_file(file, manifest))
      return false;
  }
  return true;
}

bool manifest_parse(const char *name, const char *bytes, size_t length, struct manifest *manifest,
                    struct error *error) {
  json_error_t why;
  *manifest = (struct manifest){0};
  AUTO_JSON json_t *value = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, &why);
  if (value != NULL && read_members(value, manifest))
    return true;
  if (value == NULL)
    error_set(error, ERROR_DATA, "\"%s\" is not JSON: line %d: %s", name, why.line, why.text);
  else
    error_set(error, ERROR_DATA, "\"%s\" is not a manifest of this version", name);
  manifest_free(manifest);
  return error_remedy(error, REMEDY);
}

bool manifest_read(const char *folder, struct manifest *manifest, struct error *error) {
  AUTO_FREE char *path = folder_join(folder, MANIFEST_NAME);
  AUTO_TEXT struct text bytes = {0};
  unsigned char digest[SHA256_SIZE];
  struct stat status;
  *manifest = (struct manifest){0};
  if (stat(path, &status) != 0) {
    error_errno(error, ERROR_NO_INPUT, "cannot open \"%s\"", path);
    return error_remedy(error, "A set is a folder with a manifest, such as DIRECTORY/JOB/latest.");
  }
  if (!input_read(path, REMEDY, &bytes, digest, error) ||
      !manifest_parse(path, text_string(&bytes), bytes.length, manifest, error))
    return false;
  sha256_format(digest, manifest->sha256);
  return true;
}

/* ---- comparing ----------------------------------------------------------- */

struct verifying {
  const char *folder;
  error_sink *finding;
  void *context;
  size_t *findings;
};

static void found(struct verifying *verifying, const char *name, const char *what) {
  struct error error;
  error_set(&error, ERROR_FOUND, "%s: %s", name, what);
  error_remedy(&error, "This set can't be relied on; take another copy of it.");
  error_at(&error, verifying->folder, 0, 0);
  verifying->finding(verifying->context, &error);
  (*verifying->findings)++;
}

static void compare_file(struct verifying *verifying, const char *name, const char *sha256) {
  AUTO_FREE char *path = folder_join(verifying->folder, name);
  unsigned char digest[SHA256_SIZE];
  char text[SHA256_TEXT_SIZE];
  struct error ignored;
  struct stat status;
  if (lstat(path, &status) != 0)
    found(verifying, name, "is missing");
  else if (!S_ISREG(status.st_mode) || !sha256_file(path, digest, &ignored))
    found(verifying, name, "can't be read");
  else if (strcmp(sha256_format(digest, text), sha256) != 0)
    found(verifying, name, "has other bytes than those that were published");
}

/* The sums must be those of the manifest; only datapackage.json has its sum there alone. */
static void compare_sums(struct verifying *verifying, const struct manifest *manifest) {
  AUTO_FREE char *path = folder_join(verifying->folder, SUMS_NAME);
  AUTO_TEXT struct text expected = {0};
  FILE *file = fopen(path, "re");
  char line[1024], last[SHA256_TEXT_SIZE] = "";
  bool same = true;
  size_t number = 0;
  if (file == NULL) {
    found(verifying, SUMS_NAME, errno == ENOENT ? "is missing" : "can't be read");
    return;
  }
  for (; fgets(line, sizeof line, file) != NULL; number++) {
    text_clear(&expected);
    snprintf(last, sizeof last, "%.64s", line);
    bool is_table = number < manifest->file_count;
    text_add_format(&expected, "%s  %s\n", is_table ? manifest->files[number].sha256 : last,
                    is_table ? manifest->files[number].path : DATA_PACKAGE_NAME);
    same = same && strcmp(text_string(&expected), line) == 0;
  }
  fclose(file);
  if (!same || number != manifest->file_count + 1)
    found(verifying, SUMS_NAME, "doesn't agree with the manifest");
  else
    compare_file(verifying, DATA_PACKAGE_NAME, last);
}

static bool is_named(const struct manifest *manifest, const char *name) {
  static const char *const ours[] = {".", "..", MANIFEST_NAME, SUMS_NAME, DATA_PACKAGE_NAME};
  for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
    if (strcmp(ours[i], name) == 0)
      return true;
  for (size_t i = 0; i < manifest->file_count; i++)
    if (strcmp(manifest->files[i].path, name) == 0)
      return true;
  return false;
}

static bool find_strangers(struct verifying *verifying, const struct manifest *manifest, struct error *error) {
  DIR *opened = opendir(verifying->folder);
  if (opened == NULL)
    return error_errno(error, ERROR_NO_INPUT, "cannot open the folder \"%s\"", verifying->folder);
  for (struct dirent *entry; (entry = readdir(opened)) != NULL;)
    if (!is_named(manifest, entry->d_name))
      found(verifying, entry->d_name, "is not of this set");
  closedir(opened);
  return true;
}

bool manifest_verify(const char *folder, error_sink *finding, void *context, size_t *findings, struct error *error) {
  AUTO_MANIFEST struct manifest manifest = {0};
  struct verifying verifying = {folder, finding, context, findings};
  *findings = 0;
  if (!manifest_read(folder, &manifest, error))
    return false;
  for (size_t i = 0; i < manifest.file_count; i++)
    compare_file(&verifying, manifest.files[i].path, manifest.files[i].sha256);
  compare_sums(&verifying, &manifest);
  return find_strangers(&verifying, &manifest, error);
}
