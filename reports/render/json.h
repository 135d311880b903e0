/* Making JSON values with jansson; no allocation is left unchecked and no text is refused. */
#ifndef RECTRACK_REPORTS_RENDER_JSON_H
#define RECTRACK_REPORTS_RENDER_JSON_H

#include "core/base/text.h"

#include <jansson.h>

void json_release(json_t **value);
#define AUTO_JSON __attribute__((cleanup(json_release)))

/* The value; ends the program when there was no memory for it. */
json_t *json_made(json_t *value) __attribute__((returns_nonnull));
/* A string, null for NULL. Values come from the database or from us, and are UTF-8; what isn't is shown escaped. */
json_t *json_text(const char *value) __attribute__((returns_nonnull));

/* Puts a value, which is taken over, into an object or behind an array. */
void json_put(json_t *object, const char *key, json_t *value) __attribute__((nonnull));
void json_push(json_t *array, json_t *value) __attribute__((nonnull));

/* Adds the value's text, a member a line, and a line end. */
void json_add_lines(const json_t *value, struct text *out) __attribute__((nonnull));

#endif
