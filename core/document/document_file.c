/* A report read from a file or from stdin, with its digest: plain text, a Word document, or a PDF file. */
#include "core/document/document_private.h"

#include "core/base/input.h"
#include "core/document/document_pdf.h"
#include "core/document/document_word.h"

#include <string.h>

/* Other kinds of text files, which would be read as if their marks were text. */
static bool check_kind(const struct text *bytes, const char *name, struct error *error) {
  static const char *const rich[] = {"{\\rtf", NULL};
  static const char *const pages[] = {"<!DOCTYPE html", "<!doctype html", "<html", "<HTML", "<?xml", NULL};
  const char *s = text_string(bytes), *kind = NULL;
  s += strncmp(s, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  s += strspn(s, " \t\r\n");
  if (prose_prefix(s, rich) > 0)
    kind = "a file in rich text format (RTF)";
  else if (prose_prefix(s, pages) > 0)
    kind = "a web page or an XML file";
  if (kind == NULL)
    return true;
  error_set(error, ERROR_DATA, "this is %s", kind);
  error_remedy(error, "Save it as a Word document (.docx) or as plain text in UTF-8, and import that.");
  return error_at(error, name, 0, 0);
}

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
  return check_kind(&text, name, error) && document_parse(document, text_string(&text), text.length, name, error);
}
