/* What the document reader promises of every document, whatever it was read from; shared by fuzz targets. */
#ifndef RECTRACK_TESTS_FUZZ_DOCUMENT_PROMISES_H
#define RECTRACK_TESTS_FUZZ_DOCUMENT_PROMISES_H

#include "core/base/text.h"
#include "core/document/document.h"
#include "tests/fuzz/must.h"

#include <stdlib.h>
#include <string.h>

static inline void check_recommendations(const struct document *document) {
  for (size_t i = 0; i < document->recommendation_count; i++) {
    const struct document_recommendation *recommendation = &document->recommendations[i];
    char place[REFERENCE_PLACE_SIZE];
    struct reference again;
    struct error error;
    must(recommendation->paragraph < document->paragraph_count);
    must(recommendation->chapeau == SIZE_MAX || recommendation->chapeau < recommendation->paragraph);
    reference_place(&recommendation->reference, place);
    must(reference_parse(place, strlen(place), &again, &error));
    must(reference_compare(&again, &recommendation->reference) == 0);
    must(strcmp(place, document->paragraphs[recommendation->paragraph].place) == 0);
    for (size_t j = 0; j < i && i < 64; j++)
      must(reference_compare(&document->recommendations[j].reference, &recommendation->reference) != 0);
  }
}

static inline void check_document(const struct document *document) {
  for (size_t i = 0; i < document->paragraph_count; i++) {
    const struct paragraph *paragraph = &document->paragraphs[i];
    must(paragraph->line > 0 && paragraph->text && paragraph_kind_name(paragraph->kind));
    must(text_is_utf8(paragraph->text, strlen(paragraph->text), NULL));
  }
  for (size_t i = 0; i < document->statement_count; i++) {
    must(document->statements[i].paragraph < document->paragraph_count && document->statements[i].name[0]);
    must(text_is_utf8(document->statements[i].name, strlen(document->statements[i].name), NULL));
  }
  for (size_t i = 0; i < document->finding_count; i++)
    must(document->findings[i].line > 0 && document->findings[i].message[0]);
  check_recommendations(document);
}

/* The reader's answer to any bytes: a document that keeps the promises, or an error that says why not. */
static inline void check_answer(bool read, const struct document *document, const struct error *error) {
  if (read)
    check_document(document);
  else
    must(document == NULL && error->code == ERROR_DATA && error->message[0]);
}

#endif
