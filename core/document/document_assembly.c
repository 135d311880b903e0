/* The document while it is put together: what every step adds to. */
#include "core/document/document_private.h"

#include "core/base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void assembly_close(struct assembly *assembly) {
  struct document *document = assembly->document;
  if (document->paragraph_count == 0 || document->paragraphs[document->paragraph_count - 1].text)
    return;
  document->paragraphs[document->paragraph_count - 1].text =
      memory_string_n(text_string(&assembly->tail), assembly->tail.length);
  text_clear(&assembly->tail);
}

struct paragraph *assembly_add(struct assembly *assembly, enum paragraph_kind kind, const char *number,
                               const char *text, uint64_t line) {
  struct document *document = assembly->document;
  assembly_close(assembly);
  memory_reserve((void **)&document->paragraphs, &assembly->paragraph_capacity, document->paragraph_count + 1,
                 sizeof *document->paragraphs);
  struct paragraph *paragraph = &document->paragraphs[document->paragraph_count++];
  *paragraph = (struct paragraph){.kind = kind, .line = line};
  snprintf(paragraph->number, sizeof paragraph->number, "%s", number);
  text_add(&assembly->tail, text);
  return paragraph;
}

void assembly_lengthen(struct assembly *assembly, const char *text) {
  if (assembly->tail.length > 0)
    text_add_char(&assembly->tail, ' ');
  text_add(&assembly->tail, text);
}

void assembly_take_star(struct assembly *assembly) {
  struct text *tail = &assembly->tail;
  size_t stars = 0;
  while (stars < tail->length && tail->data[tail->length - stars - 1] == '*')
    stars++;
  if (stars == 0 || memchr(tail->data, '*', tail->length - stars))
    return;
  tail->length -= stars;
  tail->data[tail->length] = '\0';
}

const char *assembly_tail(const struct assembly *assembly) {
  return text_string(&assembly->tail);
}

void assembly_find(struct assembly *assembly, uint64_t line, const char *format, ...) {
  struct document *document = assembly->document;
  memory_reserve((void **)&document->findings, &assembly->finding_capacity, document->finding_count + 1,
                 sizeof *document->findings);
  char message[512];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  document->findings[document->finding_count++] =
      (struct document_finding){.line = line, .message = memory_string(message)};
}

void assembly_recommend(struct assembly *assembly, const struct reference *reference, size_t paragraph,
                        size_t chapeau) {
  struct document *document = assembly->document;
  memory_reserve((void **)&document->recommendations, &assembly->recommendation_capacity,
                 document->recommendation_count + 1, sizeof *document->recommendations);
  document->recommendations[document->recommendation_count++] =
      (struct document_recommendation){.reference = *reference, .paragraph = paragraph, .chapeau = chapeau};
}

void assembly_state(struct assembly *assembly, size_t paragraph, const char *name, size_t length) {
  struct document *document = assembly->document;
  memory_reserve((void **)&document->statements, &assembly->statement_capacity, document->statement_count + 1,
                 sizeof *document->statements);
  document->statements[document->statement_count++] =
      (struct document_statement){.paragraph = paragraph, .name = memory_string_n(name, length)};
}
