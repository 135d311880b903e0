/*
 * libFuzzer target: Word documents.  Bytes that begin as a package are read as one.  Any others are taken for the XML
 * of body, styles, lists and a page's head, with NULs between them, and put into a package first: so the fuzzer reaches
 * the reader past the zip file.
 */
#include "core/document/document_private.h"
#include "core/document/document_word.h"
#include "tests/fuzz/document_promises.h"

#include <zip.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

struct part {
  const char *name, *content;
  size_t length;
};

#define RELATIONS(content)                                                                                             \
  "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" content "</Relationships>"
#define RELATION(id, type, target)                                                                                     \
  "<Relationship Id=\"" id "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/" type       \
  "\" Target=\"" target "\"/>"

static const char types[] =
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" "
    "ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/"
    "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
static const char package_relations[] = RELATIONS(RELATION("rId1", "officeDocument", "word/document.xml"));
static const char document_relations[] = RELATIONS(RELATION("rId1", "styles", "styles.xml") RELATION(
    "rId2", "numbering", "numbering.xml") RELATION("rId3", "header", "header1.xml"));

/* Puts the parts into a package in memory; the caller frees it. */
static char *make_package(const struct part *parts, size_t count, size_t *size) {
  zip_error_t why;
  zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &why);
  must(source != NULL);
  zip_source_keep(source);
  zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, &why);
  must(zip != NULL);
  for (size_t i = 0; i < count; i++) {
    zip_int64_t index =
        zip_file_add(zip, parts[i].name, zip_source_buffer(zip, parts[i].content, parts[i].length, 0), 0);
    must(index >= 0 && zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE, 0) == 0);
  }
  must(zip_close(zip) == 0);
  zip_stat_t status;
  must(zip_source_open(source) == 0 && zip_source_stat(source, &status) == 0);
  char *package = malloc((size_t)status.size);
  must(package != NULL && zip_source_read(source, package, status.size) == (zip_int64_t)status.size);
  zip_source_close(source);
  zip_source_free(source);
  *size = (size_t)status.size;
  return package;
}

static void read_package(const char *bytes, size_t size) {
  AUTO_WORD_TEXT struct word_text word = {0};
  AUTO_DOCUMENT struct document *document = NULL;
  struct error error = {0};
  if (!word_read(bytes, size, "input", &word, &error)) {
    must(error.code == ERROR_DATA && error.message[0]);
    return;
  }
  must(text_is_utf8(text_string(&word.text), word.text.length, NULL));
  must(strlen(text_string(&word.text)) == word.text.length);
  const struct document_input input = {
      .bytes = text_string(&word.text),
      .length = word.text.length,
      .name = "input",
      .paragraphs = true,
      .symbol = word.symbol,
      .findings = word.findings,
      .finding_count = word.finding_count,
  };
  bool read = document_parse_input(&document, &input, &error);
  check_answer(read, document, &error);
}

static void read_parts(const uint8_t *bytes, size_t size) {
  struct part parts[] = {
      {"word/document.xml", NULL, 0},
      {"word/styles.xml", NULL, 0},
      {"word/numbering.xml", NULL, 0},
      {"word/header1.xml", NULL, 0},
      {"[Content_Types].xml", types, sizeof types - 1},
      {"_rels/.rels", package_relations, sizeof package_relations - 1},
      {"word/_rels/document.xml.rels", document_relations, sizeof document_relations - 1},
  };
  for (size_t i = 0; i < 4; i++) {
    const uint8_t *end = size > 0 ? memchr(bytes, '\0', size) : NULL;
    size_t length = end != NULL ? (size_t)(end - bytes) : size;
    parts[i].content = (const char *)bytes;
    parts[i].length = length;
    length += end != NULL;
    bytes += length;
    size -= length;
  }
  size_t packed;
  char *package = make_package(parts, sizeof parts / sizeof *parts, &packed);
  read_package(package, packed);
  free(package);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  if (ooxml_looks_like((const char *)bytes, size))
    read_package((const char *)bytes, size);
  else
    read_parts(bytes, size);
  return 0;
}
