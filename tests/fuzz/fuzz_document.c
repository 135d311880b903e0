/*
 * libFuzzer target: any bytes through the document reader, as hard-wrapped lines and as paragraphs.  Besides crashes it
 * looks for broken promises: indices in range, texts that are there, references that parse to themselves and stand once
 * each; and nothing is dropped in silence: every longer word of a line that is no furniture is in some paragraph,
 * unless a finding says that footnotes were left out.
 */
#include "core/base/memory.h"
#include "core/document/document_private.h"
#include "tests/fuzz/document_promises.h"

static bool leaves_out(const struct document *document) {
  for (size_t i = 0; i < document->finding_count; i++)
    if (strstr(document->findings[i].message, "left out") != NULL)
      return true;
  return false;
}

static bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Furniture, or what may be the head of a page; the mark of a heading that goes on is kept as such. */
static bool is_no_text(const char *line, size_t length) {
  static const char *const others[] = {"continued", "suite", "continuaci", NULL};
  AUTO_FREE char *text = memory_string_n(line, length);
  return furniture_is_line(line, length) || memchr(line, '/', length) != NULL || prose_find_any(text, others) != NULL;
}

/* Looks from *at on, where the word before was found, then everywhere. */
static bool finds(const struct text *all, const char **at, const char *word) {
  const char *found = strstr(*at, word);
  if (found == NULL)
    found = strstr(text_string(all), word);
  *at = found != NULL ? found : *at;
  return found != NULL;
}

static void check_line(const struct text *all, const char **at, const char *s, size_t length) {
  enum { WORD_MIN = 5 };
  if (is_no_text(s, length))
    return;
  for (size_t begin = 0, end; begin < length; begin = end + 1) {
    for (end = begin; end < length && is_letter(s[end]);)
      end++;
    if (end - begin < WORD_MIN)
      continue;
    AUTO_FREE char *word = memory_string_n(s + begin, end - begin);
    must(finds(all, at, word));
  }
}

/* A line may be furniture as a whole, and each of its columns by itself. */
static void check_nothing_lost(const struct document *document, const char *bytes, size_t length) {
  AUTO_TEXT struct text all = {0};
  __attribute__((cleanup(lines_free))) struct lines whole, columns;
  for (size_t i = 0; i < document->paragraph_count; i++)
    text_add_format(&all, "%s\n", document->paragraphs[i].text);
  const char *at = text_string(&all);
  lines_begin(&whole, bytes, length);
  lines_begin(&columns, bytes, length);
  columns.columns = true;
  while (lines_next(&whole) && lines_next(&columns)) {
    if (is_no_text(whole.text.data, whole.text.length))
      continue;
    check_line(&all, &at, text_string(&columns.text), columns.text.length);
    check_line(&all, &at, text_string(&columns.right), columns.right.length);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  for (int paragraphs = 0; paragraphs < 2; paragraphs++) {
    AUTO_DOCUMENT struct document *document = NULL;
    struct error error = {0};
    const struct document_input input = {
        .bytes = (const char *)bytes, .length = size, .name = "input", .paragraphs = paragraphs};
    bool read = document_parse_input(&document, &input, &error);
    check_answer(read, document, &error);
    if (read && !leaves_out(document))
      check_nothing_lost(document, (const char *)bytes, size);
  }
  return 0;
}
