/* A report read from a file or from stdin, with its digest: plain text, a Word document, or a PDF file. */
#include "core/document_private.h"

#include "core/document_pdf.h"
#include "core/document_word.h"
#include "core/input.h"

static bool parse_word(struct document **document, const struct text *bytes, const char *name, struct error *error) {
  AUTO_WORD_TEXT struct word_text word = {0};
  if (!word_read(text_string(bytes), bytes->length, name, &word, error))
    return false;
  const struct document_input input = {
      .bytes = text_string(&word.text),
      .length = word.text.length,
      .name = name,
      .paragraphs = true,
      .symbol = word.symbol,
      .findings = word.findings,
      .finding_count = word.finding_count,
  };
  return document_parse_input(document, &input, error);
}

static bool parse_pdf(struct document **document, const struct text *bytes, const char *name, struct error *error) {
  AUTO_TEXT struct text text = {0};
  return pdf_read(text_string(bytes), bytes->length, name, &text, error) &&
         document_parse(document, text_string(&text), text.length, name, error);
}

bool document_read(struct document **document, const char *path, unsigned char digest[static 32], struct error *error) {
  const char *name = input_name(path);
  AUTO_TEXT struct text text = {0};
  *document = NULL;
  if (!input_read(path, "Give the report itself, without its pictures.", &text, digest, error))
    return false;
  if (ooxml_looks_like(text_string(&text), text.length))
    return parse_word(document, &text, name, error);
  if (pdf_looks_like(text_string(&text), text.length))
    return parse_pdf(document, &text, name, error);
  return document_parse(document, text_string(&text), text.length, name, error);
}
