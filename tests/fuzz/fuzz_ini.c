/*
 * libFuzzer target: any bytes as an INI file.  Besides crashes it looks for broken promises: nothing is passed over,
 * so that each line that says something is a section's, a key's, goes on with a value, or is a fault; and what was read
 * without a fault is read again when it is written.
 */
#include "core/base/ini.h"
#include "core/base/memory.h"
#include "core/base/text.h"
#include "tests/fuzz/must.h"

#include <string.h>

struct lines {
  bool *told; /* by number: the line is a fault */
  size_t count;
};

static void note_fault(void *context, const struct error *fault) {
  struct lines *lines = context;
  must_help(fault);
  must(strcmp(fault->file, "input") == 0 && fault->line > 0 && fault->line <= lines->count);
  lines->told[fault->line] = true;
}

/* Blank, or a remark. */
static bool says_nothing(const char *line, size_t length) {
  line = text_trim(line, &length);
  return length == 0 || *line == ';' || *line == '#';
}

static bool is_in(const struct ini *ini, uint64_t line) {
  for (size_t i = 0; i < ini->section_count; i++)
    if (ini->sections[i].line == line)
      return true;
  for (size_t i = 0; i < ini->entry_count; i++)
    if (ini->entries[i].line == line || (ini->entries[i].line < line && line <= ini->entries[i].continued_line))
      return true;
  return false;
}

static void check_lines(const struct ini *ini, const struct lines *lines, const char *bytes, size_t length) {
  const char *end = bytes + length;
  bytes += length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  for (uint64_t line = 1; bytes < end; line++) {
    const char *feed = memchr(bytes, '\n', (size_t)(end - bytes)), *stop = feed != NULL ? feed : end;
    must(lines->told[line] || says_nothing(bytes, (size_t)(stop - bytes)) || is_in(ini, line));
    bytes = stop + (feed != NULL);
  }
}

static void check_entries(const struct ini *ini) {
  for (size_t i = 0; i < ini->entry_count; i++) {
    const struct ini_entry *entry = &ini->entries[i];
    must(entry->section < ini->section_count && ini->sections[entry->section].line < entry->line);
    must(i == 0 || ini->entries[i - 1].line < entry->line);
    must(text_is_utf8(entry->key, strlen(entry->key), NULL) && text_is_utf8(entry->value, strlen(entry->value), NULL));
  }
}

/* False when a line got longer than a line can be. */
static bool write(const struct ini *ini, struct text *out) {
  for (size_t i = 0, section = 0; section < ini->section_count; section++) {
    text_add_format(out, "[%s]\n", ini->sections[section].name);
    for (; i < ini->entry_count && ini->entries[i].section == section; i++) {
      if (strlen(ini->entries[i].key) + strlen(ini->entries[i].value) > 190)
        return false;
      text_add_format(out, "%s=%s\n", ini->entries[i].key, ini->entries[i].value);
    }
  }
  return true;
}

static void check_written(const struct ini *ini) {
  AUTO_TEXT struct text written = {0};
  AUTO_INI struct ini *again = NULL;
  if (!write(ini, &written))
    return;
  must(ini_read("input", text_string(&written), written.length, error_ignore, NULL, &again));
  must(again->section_count == ini->section_count && again->entry_count == ini->entry_count);
  for (size_t i = 0; i < ini->section_count; i++)
    must(strcmp(ini->sections[i].name, again->sections[i].name) == 0);
  for (size_t i = 0; i < ini->entry_count; i++)
    must(ini->entries[i].section == again->entries[i].section &&
         strcmp(ini->entries[i].key, again->entries[i].key) == 0 &&
         strcmp(ini->entries[i].value, again->entries[i].value) == 0);
}

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t length);

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t length) {
  struct lines lines = {.count = 1};
  for (size_t i = 0; i < length; i++)
    lines.count += bytes[i] == '\n';
  lines.told = memory_new(lines.count + 1, sizeof *lines.told);
  AUTO_INI struct ini *ini = NULL;
  bool good = ini_read("input", (const char *)bytes, length, note_fault, &lines, &ini);
  check_entries(ini);
  check_lines(ini, &lines, (const char *)bytes, length);
  if (good)
    check_written(ini);
  free(lines.told);
  return 0;
}
