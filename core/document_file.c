/* A report read from a file or from stdin, with its digest: plain text, or a Word document. */
#include "core/document_private.h"

#include "core/document_word.h"
#include "core/interrupt.h"
#include "core/memory.h"
#include "core/sha256.h"
#include "core/text.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* No meeting report is as long; what is longer is another kind of file. */
enum { CHUNK_SIZE = 1 << 16, REPORT_MAX = 64 << 20 };

static bool read_all(int file, const char *name, struct text *text, struct error *error) {
  AUTO_FREE char *chunk = memory_new(CHUNK_SIZE, 1);
  while (text->length <= REPORT_MAX) {
    ssize_t got = read(file, chunk, CHUNK_SIZE);
    if (got == 0)
      return true;
    if (got > 0)
      text_add_n(text, chunk, (size_t)got);
    else if (errno != EINTR)
      return error_errno(error, ERROR_NO_INPUT, "cannot read \"%s\"", name);
    else if (!interrupt_check(error))
      return false;
  }
  error_set(error, ERROR_DATA, "longer than 64 MiB");
  error_remedy(error, "Give the report itself, without its pictures.");
  return error_at(error, name, 0, 0);
}

static bool read_named(const char *path, const char *name, struct text *text, struct error *error) {
  if (strcmp(path, "-") == 0)
    return read_all(STDIN_FILENO, name, text, error);
  int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (file < 0)
    return error_errno(error, ERROR_NO_INPUT, "cannot open \"%s\"", path);
  bool done = read_all(file, name, text, error);
  close(file);
  return done;
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

bool document_read(struct document **document, const char *path, unsigned char digest[static 32], struct error *error) {
  const char *name = strcmp(path, "-") == 0 ? "stdin" : path;
  AUTO_TEXT struct text text = {0};
  *document = NULL;
  if (!read_named(path, name, &text, error))
    return false;
  AUTO_SHA256 struct sha256 *sha = sha256_new();
  sha256_add(sha, text_string(&text), text.length);
  sha256_finish(sha, digest);
  if (ooxml_looks_like(text_string(&text), text.length))
    return parse_word(document, &text, name, error);
  return document_parse(document, text_string(&text), text.length, name, error);
}
