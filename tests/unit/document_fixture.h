/* What the tests of the document reader share: parsing strings and files, and looking things up in the result. */
#ifndef RECTRACK_TESTS_UNIT_DOCUMENT_FIXTURE_H
#define RECTRACK_TESTS_UNIT_DOCUMENT_FIXTURE_H

#include "core/base/text.h"
#include "core/document/document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Reads a file of the source tree, whose root is $RECTRACK_SOURCE or the working directory. */
static inline void read_source(struct text *text, const char *path) {
  const char *root = getenv("RECTRACK_SOURCE");
  char whole[4096], chunk[4096];
  size_t got;
  snprintf(whole, sizeof whole, "%s/%s", root ? root : ".", path);
  FILE *file = fopen(whole, "rb");
  assert_non_null(file);
  while ((got = fread(chunk, 1, sizeof chunk, file)) > 0)
    text_add_n(text, chunk, got);
  assert_int_equal(ferror(file), 0);
  fclose(file);
}

static inline struct document *parse_n(const char *bytes, size_t length) {
  struct document *document;
  struct error error;
  assert_true(document_parse(&document, bytes, length, "input", &error));
  return document;
}

static inline struct document *parse(const char *s) {
  return parse_n(s, strlen(s));
}

static inline struct document *parse_source(const char *path) {
  AUTO_TEXT struct text text = {0};
  read_source(&text, path);
  return parse_n(text_string(&text), text.length);
}

/* The places of all recommendations, separated by spaces. */
static inline const char *places_of(const struct document *document, struct text *out) {
  char place[REFERENCE_PLACE_SIZE];
  text_clear(out);
  for (size_t i = 0; i < document->recommendation_count; i++)
    text_add_format(out, "%s%s", i ? " " : "", reference_place(&document->recommendations[i].reference, place));
  return text_string(out);
}

/* The names of all who made statements, separated by " | ". */
static inline const char *names_of(const struct document *document, struct text *out) {
  text_clear(out);
  for (size_t i = 0; i < document->statement_count; i++)
    text_add_format(out, "%s%s", i ? " | " : "", document->statements[i].name);
  return text_string(out);
}

/* "kind number text" of each paragraph, a line each. */
static inline const char *outline_of(const struct document *document, struct text *out) {
  text_clear(out);
  for (size_t i = 0; i < document->paragraph_count; i++) {
    const struct paragraph *p = &document->paragraphs[i];
    text_add_format(out, "%s %s: %s\n", paragraph_kind_name(p->kind), p->number, p->text);
  }
  return text_string(out);
}

/* "line message" of each finding, a line each. */
static inline const char *findings_of(const struct document *document, struct text *out) {
  text_clear(out);
  for (size_t i = 0; i < document->finding_count; i++)
    text_add_format(out, "%ju %s\n", (uintmax_t)document->findings[i].line, document->findings[i].message);
  return text_string(out);
}

/* The text of the recommendation at `place`; fails when there is none. */
static inline const char *text_at(const struct document *document, const char *place) {
  char other[REFERENCE_PLACE_SIZE];
  for (size_t i = 0; i < document->recommendation_count; i++) {
    const struct document_recommendation *recommendation = &document->recommendations[i];
    if (strcmp(reference_place(&recommendation->reference, other), place) == 0)
      return document->paragraphs[recommendation->paragraph].text;
  }
  fail_msg("no recommendation at %s", place);
  return NULL;
}

#endif
