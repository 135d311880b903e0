/* Making JSON values. */
#include "reports/render/json.h"

#include "core/base/memory.h"

#include <string.h>

void json_release(json_t **value) {
  json_decref(*value);
}

json_t *json_made(json_t *value) {
  if (value == NULL)
    memory_exhausted();
  return value;
}

json_t *json_text(const char *value) {
  if (value == NULL)
    return json_made(json_null());
  json_t *string = json_string(value);
  if (string != NULL)
    return string;
  AUTO_TEXT struct text shown = {0};
  text_add_escaped(&shown, value, strlen(value));
  return json_made(json_string(text_string(&shown)));
}

void json_put(json_t *object, const char *key, json_t *value) {
  if (json_object_set_new(object, key, value) != 0)
    memory_exhausted();
}

void json_push(json_t *array, json_t *value) {
  if (json_array_append_new(array, value) != 0)
    memory_exhausted();
}

static int add_bytes(const char *bytes, size_t length, void *out) {
  text_add_n(out, bytes, length);
  return 0;
}

void json_add_lines(const json_t *value, struct text *out) {
  if (json_dump_callback(value, add_bytes, out, JSON_INDENT(2)) != 0)
    memory_exhausted();
  text_add_char(out, '\n');
}
