/* A report's text into a struct document: checks the bytes and walks the steps. */
#include "core/document/document.h"

#include "core/base/memory.h"
#include "core/document/document_private.h"

#include <stdlib.h>
#include <string.h>

const char *paragraph_kind_name(enum paragraph_kind kind) {
  static const char *const names[] = {
      [PARAGRAPH_MASTHEAD] = "masthead", [PARAGRAPH_TITLE] = "title",     [PARAGRAPH_CHAPTER] = "chapter",
      [PARAGRAPH_SECTION] = "section",   [PARAGRAPH_HEADING] = "heading", [PARAGRAPH_NUMBERED] = "numbered",
      [PARAGRAPH_ITEM] = "item",         [PARAGRAPH_TEXT] = "text",
  };
  return names[kind];
}

/* ---- checks ---- */

static bool begins_with(const char *bytes, size_t length, const char *sign, size_t size) {
  return length >= size && memcmp(bytes, sign, size) == 0;
}

/* Says what to do with a file that is no plain text, by its first bytes. */
static bool remedy_for(const char *bytes, size_t length, struct error *error) {
  if (begins_with(bytes, length, "\377\376", 2) || begins_with(bytes, length, "\376\377", 2))
    return error_remedy(error, "This looks like UTF-16. Save the file as plain text in UTF-8.");
  return error_remedy(error, "Save the file as plain text in UTF-8.");
}

/* Line and column of a byte; line ends are LF, CRLF and CR. */
static void locate(const char *bytes, size_t offset, uint64_t *line, uint64_t *column) {
  size_t start = 0;
  *line = 1;
  for (size_t i = 0; i < offset; i++)
    if (bytes[i] == '\n' || (bytes[i] == '\r' && bytes[i + 1] != '\n')) {
      ++*line;
      start = i + 1;
    }
  *column = text_characters(bytes + start, offset - start) + 1;
}

static bool check_bytes(const char *bytes, size_t length, const char *name, struct error *error) {
  size_t bad;
  const char *zero = length > 0 ? memchr(bytes, '\0', length) : NULL;
  uint64_t line, column;
  if (!text_is_utf8(bytes, length, &bad) && (!zero || bad < (size_t)(zero - bytes))) {
    locate(bytes, bad, &line, &column);
    error_set(error, ERROR_DATA, "not UTF-8: byte 0x%02x", (unsigned)(unsigned char)bytes[bad]);
  } else if (zero) {
    locate(bytes, (size_t)(zero - bytes), &line, &column);
    error_set(error, ERROR_DATA, "not plain text: it has a NUL byte");
  } else {
    return true;
  }
  remedy_for(bytes, length, error);
  return error_at(error, name, line, column);
}

/* ---- assembling ---- */

static int compare_findings(const void *a, const void *b) {
  const struct document_finding *x = a, *y = b;
  return (x->line > y->line) - (x->line < y->line);
}

static void find_footnotes(struct assembly *assembly, const struct footnotes *footnotes) {
  if (footnotes->lines == 1)
    assembly_find(assembly, footnotes->first_line, "1 line of a footnote left out: \"%.*s\"",
                  text_shown(footnotes->first, strlen(footnotes->first)), footnotes->first);
  else if (footnotes->lines > 1)
    assembly_find(assembly, footnotes->first_line, "%zu lines of footnotes left out, the first: \"%.*s\"",
                  footnotes->lines, text_shown(footnotes->first, strlen(footnotes->first)), footnotes->first);
}

static struct document *assemble(const struct blocks *blocks, const struct document_input *input) {
  struct assembly assembly = {.document = memory_new(1, sizeof(struct document))};
  struct document *document = assembly.document;
  document->held_from = document->held_to = document->dated = DAY_NONE;
  if (blocks->symbol)
    document->symbol = memory_string(blocks->symbol);
  else if (input->symbol)
    document->symbol = memory_string(input->symbol);
  language_guess(input->bytes, input->length, document->language);
  size_t first = masthead_read(&assembly, blocks);
  state_read(&assembly);
  outline_read(&assembly, blocks, first);
  recommendations_read(&assembly);
  statements_read(&assembly);
  find_footnotes(&assembly, &blocks->footnotes);
  for (size_t i = 0; i < input->finding_count; i++)
    assembly_find(&assembly, input->findings[i].line, "%s", input->findings[i].message);
  if (document->finding_count > 0)
    qsort(document->findings, document->finding_count, sizeof *document->findings, compare_findings);
  text_free(&assembly.tail);
  return document;
}

bool document_parse_input(struct document **document, const struct document_input *input, struct error *error) {
  static const char mark[] = "\xef\xbb\xbf";
  AUTO_BLOCKS struct blocks blocks = {0};
  struct document_input text = *input;
  *document = NULL;
  if (!check_bytes(input->bytes, input->length, input->name, error))
    return false;
  size_t skipped = begins_with(input->bytes, input->length, mark, 3) ? 3 : 0;
  text.bytes += skipped;
  text.length -= skipped;
  blocks_read(&blocks, text.bytes, text.length, text.paragraphs);
  if (blocks.count == 0) {
    error_set(error, ERROR_DATA, "holds no text");
    error_remedy(error, "Give the report itself: plain text in UTF-8, a Word document (.docx) or a PDF file.");
    return error_at(error, input->name, 0, 0);
  }
  *document = assemble(&blocks, &text);
  return true;
}

bool document_parse(struct document **document, const char *bytes, size_t length, const char *name,
                    struct error *error) {
  const struct document_input input = {.bytes = bytes, .length = length, .name = name};
  return document_parse_input(document, &input, error);
}

static void free_lists(struct document *document) {
  for (size_t i = 0; i < document->paragraph_count; i++)
    free(document->paragraphs[i].text);
  for (size_t i = 0; i < document->statement_count; i++)
    free(document->statements[i].name);
  for (size_t i = 0; i < document->finding_count; i++)
    free(document->findings[i].message);
  free(document->paragraphs);
  free(document->recommendations);
  free(document->statements);
  free(document->findings);
}

void document_free(struct document **document) {
  struct document *old = *document;
  if (!old)
    return;
  free_lists(old);
  char *const fields[] = {old->symbol,       old->conference, old->body,  old->session, old->title,
                          old->distribution, old->state,      old->place, old->held};
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
    free(fields[i]);
  free(old);
  *document = NULL;
}
