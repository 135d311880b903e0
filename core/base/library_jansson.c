/* What is called of jansson, which is loaded when it is (core/base/library.h). */
#include "config.h"
#include "core/base/library.h"

#include <jansson.h>

static struct library jansson = {.file = LIBJANSSON_FILE};

#define FUNCTION(type, name, parameters, arguments) LIBRARY_FUNCTION(&jansson, type, name, parameters, arguments)

FUNCTION(json_t *, json_array, (void), ())
FUNCTION(int, json_array_append_new, (json_t * array, json_t *value), (array, value))
FUNCTION(json_t *, json_array_get, (const json_t *array, size_t index), (array, index))
FUNCTION(size_t, json_array_size, (const json_t *array), (array))
FUNCTION(void, json_delete, (json_t * json), (json))
FUNCTION(int, json_dump_callback, (const json_t *json, json_dump_callback_t callback, void *data, size_t flags),
         (json, callback, data, flags))
FUNCTION(json_t *, json_integer, (json_int_t value), (value))
FUNCTION(json_int_t, json_integer_value, (const json_t *integer), (integer))
FUNCTION(json_t *, json_loadb, (const char *buffer, size_t length, size_t flags, json_error_t *error),
         (buffer, length, flags, error))
FUNCTION(json_t *, json_null, (void), ())
FUNCTION(json_t *, json_object, (void), ())
FUNCTION(json_t *, json_object_get, (const json_t *object, const char *key), (object, key))
FUNCTION(void *, json_object_iter, (json_t * object), (object))
FUNCTION(const char *, json_object_iter_key, (void *iter), (iter))
FUNCTION(void *, json_object_iter_next, (json_t * object, void *iter), (object, iter))
FUNCTION(json_t *, json_object_iter_value, (void *iter), (iter))
FUNCTION(void *, json_object_key_to_iter, (const char *key), (key))
FUNCTION(int, json_object_set_new, (json_t * object, const char *key, json_t *value), (object, key, value))
FUNCTION(size_t, json_object_size, (const json_t *object), (object))
FUNCTION(json_t *, json_real, (double value), (value))
FUNCTION(json_t *, json_string, (const char *value), (value))
FUNCTION(const char *, json_string_value, (const json_t *string), (string))
FUNCTION(json_t *, json_stringn, (const char *value, size_t length), (value, length))
FUNCTION(json_t *, json_true, (void), ())
FUNCTION(json_t *, json_vpack_ex, (json_error_t * error, size_t flags, const char *format, va_list values),
         (error, flags, format, values))

/* Arguments that nobody counted can't be passed on as they are. */
json_t *json_pack(const char *format, ...) {
  va_list values;
  va_start(values, format);
  json_t *made = json_vpack_ex(NULL, 0, format, values);
  va_end(values);
  return made;
}
