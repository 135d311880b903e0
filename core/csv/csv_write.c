/* An exact CSV writer; the quoting itself is libcsv's. */
#include "core/csv/csv.h"

#include "core/base/memory.h"

#include <csv.h>
#include <string.h>

static bool begins_with(const char *value, size_t length, const char *beginning) {
  return length >= strlen(beginning) && memcmp(value, beginning, strlen(beginning)) == 0;
}

static bool must_be_quoted(const char *value, size_t length, char delimiter) {
  if (length == 0 || value[0] == ' ' || value[length - 1] == ' ')
    return true;
  /* at the beginning of a file it would be taken for a byte order mark, or for an archive */
  if (begins_with(value, length, CSV_MARK) || begins_with(value, length, "PK\3\4"))
    return true;
  for (size_t i = 0; i < length; i++)
    if (value[i] == delimiter || value[i] == '"' || value[i] == '\n' || value[i] == '\r')
      return true;
  return false;
}

void csv_write_field(struct text *out, const char *value, size_t length, bool first, char delimiter) {
  if (!first)
    text_add_char(out, delimiter);
  if (!value)
    return;
  if (!must_be_quoted(value, length, delimiter)) {
    text_add_n(out, value, length);
    return;
  }
  size_t quoted = csv_write2(NULL, 0, value, length, '"');
  memory_reserve((void **)&out->data, &out->capacity, out->length + quoted + 1, 1);
  csv_write2(out->data + out->length, quoted, value, length, '"');
  out->length += quoted;
  out->data[out->length] = '\0';
}

void csv_write_end(struct text *out) {
  text_add_char(out, '\n');
}

void csv_write_guarded(struct text *out, const char *value, size_t length, bool first, char delimiter) {
  if (!value || !csv_guard_needed(value, length)) {
    csv_write_field(out, value, length, first, delimiter);
    return;
  }
  AUTO_TEXT struct text guarded = {0};
  text_add_char(&guarded, CSV_GUARD);
  text_add_n(&guarded, value, length);
  csv_write_field(out, guarded.data, guarded.length, first, delimiter);
}

void csv_write_crlf(struct text *out) {
  text_add(out, "\r\n");
}
