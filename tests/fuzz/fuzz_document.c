/*
 * libFuzzer target: any bytes through the document reader, as hard-wrapped lines and as paragraphs.  Besides crashes it
 * looks for broken promises: indices in range, texts that are there, references that parse to themselves and stand once
 * each.
 */
#include "core/document/document_private.h"
#include "tests/fuzz/document_promises.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  for (int paragraphs = 0; paragraphs < 2; paragraphs++) {
    AUTO_DOCUMENT struct document *document = NULL;
    struct error error = {0};
    const struct document_input input = {
        .bytes = (const char *)bytes, .length = size, .name = "input", .paragraphs = paragraphs};
    bool read = document_parse_input(&document, &input, &error);
    check_answer(read, document, &error);
  }
  return 0;
}
