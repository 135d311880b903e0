/* Filling and formatting of the one error type. */
#include "core/base/error.h"

#include "core/base/text.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Length of the longest prefix that does not end inside a character. */
static size_t whole_characters(const char *s, size_t length) {
  size_t lead = length;
  while (lead > 0 && length - lead < 4) {
    lead--;
    unsigned char byte = (unsigned char)s[lead];
    if ((byte & 0xC0) == 0x80)
      continue;
    size_t size = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
    return lead + size > length ? lead : length;
  }
  return length;
}

/* Formats into `out`.  Goes through a copy, so that an argument may be the very text that is replaced. */
static void fill(char *out, size_t capacity, const char *format, va_list arguments) {
  char copy[sizeof((struct error *)NULL)->message];
  if (capacity > sizeof copy)
    capacity = sizeof copy;
  int needed = vsnprintf(copy, capacity, format, arguments);
  size_t length = needed < 0 ? 0 : (size_t)needed;
  if (length >= capacity)
    length = whole_characters(copy, capacity - 1);
  memcpy(out, copy, length);
  out[length] = '\0';
}

static void clear_place(struct error *error) {
  error->line = 0;
  error->column = 0;
  error->file[0] = '\0';
  error->remedy[0] = '\0';
}

void error_ignore(void *context, const struct error *error) {
  (void)context, (void)error;
}

static void set_list(struct error *error, enum error_code code, const char *format, va_list arguments) {
  fill(error->message, sizeof error->message, format, arguments);
  error->code = code;
  clear_place(error);
}

bool error_set(struct error *error, enum error_code code, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  set_list(error, code, format, arguments);
  va_end(arguments);
  return false;
}

bool error_remedy_list(struct error *error, const char *format, va_list arguments) {
  fill(error->remedy, sizeof error->remedy, format, arguments);
  return false;
}

bool error_remedy(struct error *error, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  error_remedy_list(error, format, arguments);
  va_end(arguments);
  return false;
}

bool error_at(struct error *error, const char *file, uint64_t line, uint64_t column) {
  size_t length = strlen(file);
  if (length >= sizeof error->file)
    length = whole_characters(file, sizeof error->file - 1);
  memmove(error->file, file, length);
  error->file[length] = '\0';
  error->line = line;
  error->column = line == 0 ? 0 : column;
  return false;
}

bool error_errno(struct error *error, enum error_code code, const char *format, ...) {
  int reason = errno;
  va_list arguments;
  va_start(arguments, format);
  set_list(error, code, format, arguments);
  va_end(arguments);
  char buffer[128];
  /* a long name must not push the reason out of the message */
  const char *why = strerror_r(reason, buffer, sizeof buffer);
  size_t room = sizeof error->message - 1 - strlen(why) - strlen(": ");
  size_t length = strlen(error->message);
  if (length > room)
    length = whole_characters(error->message, room);
  snprintf(error->message + length, sizeof error->message - length, ": %s", why);
  return false;
}

static bool ends_a_sentence(const char *s, size_t length) {
  return length > 0 && strchr(".!?", s[length - 1]) != NULL;
}

void error_format_fault(const struct error *error, struct text *out) {
  if (error->file[0]) {
    text_add_escaped(out, error->file, strlen(error->file));
    if (error->line)
      text_add_format(out, ":%" PRIu64, error->line);
    if (error->line && error->column)
      text_add_format(out, ":%" PRIu64, error->column);
    text_add(out, ": ");
  }
  size_t length = strlen(error->message);
  text_add_escaped(out, error->message, length);
  if (!ends_a_sentence(error->message, length))
    text_add_char(out, '.');
}

void error_format_remedy(const struct error *error, struct text *out) {
  text_add_escaped(out, error->remedy, strlen(error->remedy));
}

void error_format(const struct error *error, struct text *out) {
  error_format_fault(error, out);
  if (error->remedy[0])
    text_add_char(out, ' ');
  error_format_remedy(error, out);
}
