/* INI files. */
#include "core/base/ini.h"

#include "core/base/memory.h"
#include "core/base/text.h"

#include <ini.h>
#include <stdlib.h>
#include <string.h>

/* libinih keeps section and key in buffers of this size and cuts what is longer. */
enum { NAME_MOST = 49 };

struct reading {
  const char *name;
  const char *at, *end;
  uint64_t line; /* of the line that libinih has now */
  bool indented;
  bool expected; /* the line must be a key and its value ... */
  bool heard;    /* ... and libinih found one */
  error_sink *fault;
  void *context;
  bool faulty;
  struct ini *ini;
};

static void report(struct reading *reading, const char *message, const char *remedy) {
  struct error error;
  error_set(&error, ERROR_CONFIG, "%s", message);
  error_remedy(&error, "%s", remedy);
  error_at(&error, reading->name, reading->line, 0);
  reading->fault(reading->context, &error);
  reading->faulty = true;
}

/* ---- one line ------------------------------------------------------------ */

/* What stands between the brackets, and nothing behind them but a remark. */
static void take_section(struct reading *reading, const char *line, size_t length) {
  const char *close = memchr(line, ']', length);
  if (close == NULL) {
    report(reading, "the section's name has no closing bracket", "Write [NAME] on a line of its own.");
    return;
  }
  size_t rest = length - (size_t)(close + 1 - line);
  const char *behind = text_trim(close + 1, &rest);
  if (rest > 0 && *behind != ';')
    report(reading, "there is something behind the section's name", "Write [NAME] on a line of its own.");
  size_t size = (size_t)(close - line) - 1;
  if (size > NAME_MOST || size == 0)
    report(reading, size == 0 ? "the section has no name" : "the section's name is longer than 49 bytes",
           size == 0 ? "Write [NAME]." : "Shorten it.");
  struct ini *ini = reading->ini;
  memory_reserve((void **)&ini->sections, &ini->section_capacity, ini->section_count + 1, sizeof *ini->sections);
  ini->sections[ini->section_count++] = (struct ini_section){memory_string_n(line + 1, size), reading->line};
}

/* Whether an indented line goes on with the value above it; right below a section it is a key's as any other. */
static bool goes_on(const struct reading *reading) {
  const struct ini *ini = reading->ini;
  return reading->indented && ini->entry_count > 0 &&
         ini->entries[ini->entry_count - 1].section + 1 == ini->section_count;
}

static bool key_fits(const char *line, size_t length) {
  size_t size = 0;
  while (size < length && line[size] != '=' && line[size] != ':')
    size++;
  text_trim(line, &size);
  return size > 0 && size <= NAME_MOST;
}

/* Looks at a line before libinih does, and notes what libinih must make of it. */
static void look_at(struct reading *reading, const char *line, size_t length) {
  reading->indented = length > 0 && (*line == ' ' || *line == '\t');
  line = text_trim(line, &length);
  if (length == 0 || *line == ';' || *line == '#')
    return;
  if (*line == '[' && !reading->indented) {
    take_section(reading, line, length);
    return;
  }
  if (!goes_on(reading) && !key_fits(line, length)) {
    report(reading, "neither a key with its value nor a section", "Write KEY = VALUE, or [NAME].");
    return;
  }
  reading->expected = true;
}

static void end_line(struct reading *reading) {
  if (reading->expected && !reading->heard)
    report(reading, "neither a key with its value nor a section", "Write KEY = VALUE, or [NAME].");
  reading->expected = reading->heard = false;
}

/* UTF-8 without control characters: to libinih a form feed is a space that a line may begin with, which people don't
 * see.
 */
static bool is_text(const char *line, size_t length) {
  for (size_t i = 0; i < length; i++)
    if (((unsigned char)line[i] < ' ' && line[i] != '\t') || line[i] == '\x7f')
      return false;
  return text_is_utf8(line, length, NULL);
}

/* libinih asks for the next line. One that it can't hold, or that isn't text, is a fault and empty for it. */
static char *next_line(char *buffer, int size, void *stream) {
  struct reading *reading = stream;
  end_line(reading);
  if (reading->at >= reading->end)
    return NULL;
  const char *line = reading->at;
  const char *feed = memchr(line, '\n', (size_t)(reading->end - line));
  size_t length = (size_t)((feed != NULL ? feed : reading->end) - line);
  reading->at = feed != NULL ? feed + 1 : reading->end;
  reading->line++;
  if (length > 0 && line[length - 1] == '\r')
    length--;
  bool fits = length + 2 <= (size_t)size, readable = is_text(line, length);
  if (!readable)
    report(reading, "the line is not plain text in UTF-8", "Save the file as plain text in UTF-8.");
  else if (!fits)
    report(reading, "the line is too long", "Break it: an indented line goes on with the value above it.");
  if (!fits || !readable)
    length = 0;
  else
    look_at(reading, line, length);
  memcpy(buffer, line, length);
  buffer[length] = '\n';
  buffer[length + 1] = '\0';
  return buffer;
}

/* ---- the whole ----------------------------------------------------------- */

/* How long a value is without its remark, which libinih takes away from a key's own line alone. */
static size_t length_of_value(const char *value) {
  size_t length = 0;
  while (value[length] != '\0' &&
         (value[length] != ';' || length == 0 || (value[length - 1] != ' ' && value[length - 1] != '\t')))
    length++;
  return length;
}

static void go_on(struct ini_entry *entry, const char *more, uint64_t line) {
  AUTO_TEXT struct text value = {0};
  size_t length = length_of_value(more);
  more = text_trim(more, &length);
  text_add_format(&value, "%s%s%.*s", entry->value, *entry->value != '\0' ? " " : "", (int)length, more);
  free(entry->value);
  entry->value = text_take(&value);
  entry->continued_line = line;
}

/* libinih found a key and its value, or a line that goes on with one. */
static int take_value(void *user, const char *section, const char *key, const char *value) {
  (void)section;
  struct reading *reading = user;
  struct ini *ini = reading->ini;
  reading->heard = true;
  if (!reading->expected)
    return 1; /* it was refused */
  if (ini->section_count == 0) {
    report(reading, "a key stands before the first section", "Write [NAME] above it.");
    return 1;
  }
  struct ini_entry *last = goes_on(reading) ? &ini->entries[ini->entry_count - 1] : NULL;
  if (last != NULL && strcmp(last->key, key) == 0) {
    go_on(last, value, reading->line);
    return 1;
  }
  memory_reserve((void **)&ini->entries, &ini->entry_capacity, ini->entry_count + 1, sizeof *ini->entries);
  ini->entries[ini->entry_count++] = (struct ini_entry){
      .section = ini->section_count - 1,
      .key = memory_string(key),
      .value = memory_string(value),
      .line = reading->line,
  };
  return 1;
}

bool ini_read(const char *name, const char *bytes, size_t length, error_sink *fault, void *context, struct ini **out) {
  static const char MARK[] = "\xEF\xBB\xBF";
  size_t mark = length >= 3 && memcmp(bytes, MARK, 3) == 0 ? 3 : 0;
  *out = memory_new(1, sizeof **out);
  struct reading reading = {
      .name = name, .at = bytes + mark, .end = bytes + length, .fault = fault, .context = context, .ini = *out};
  ini_parse_stream(next_line, &reading, take_value, &reading);
  end_line(&reading);
  return !reading.faulty;
}

void ini_free(struct ini **ini) {
  if (*ini == NULL)
    return;
  for (size_t i = 0; i < (*ini)->section_count; i++)
    free((*ini)->sections[i].name);
  for (size_t i = 0; i < (*ini)->entry_count; i++) {
    free((*ini)->entries[i].key);
    free((*ini)->entries[i].value);
  }
  free((*ini)->sections);
  free((*ini)->entries);
  free(*ini);
  *ini = NULL;
}
