/* Packages made in memory with libzip, whole and spoilt ones. */
#ifndef RECTRACK_TESTS_OOXML_FIXTURE_H
#define RECTRACK_TESTS_OOXML_FIXTURE_H

#include "core/ooxml/ooxml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include <cmocka.h>

struct package_part {
  const char *name; /* NULL ends a list */
  const char *content;
  const char *password; /* encrypts it; NULL: not */
};

struct package_bytes {
  char *bytes;
  size_t length;
};

static inline void package_bytes_free(struct package_bytes *package) {
  free(package->bytes);
}
#define AUTO_PACKAGE __attribute__((cleanup(package_bytes_free)))

#define CONTENT_TYPES(override)                                                                                        \
  {                                                                                                                    \
    "[Content_Types].xml",                                                                                             \
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"                                                \
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"                               \
        "<Default Extension=\"xml\" ContentType=\"application/xml\"/>" override "</Types>",                            \
        NULL                                                                                                           \
  }
#define OFFICE_DOCUMENT(target)                                                                                        \
  {                                                                                                                    \
    "_rels/.rels",                                                                                                     \
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"                       \
        "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"        \
        "officeDocument\" Target=\"" target "\"/></Relationships>",                                                    \
        NULL                                                                                                           \
  }
#define WORD_TYPE                                                                                                      \
  CONTENT_TYPES("<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-"              \
                "officedocument.wordprocessingml.document.main+xml\"/>")
#define SHEET_TYPE                                                                                                     \
  CONTENT_TYPES("<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-"                \
                "officedocument.spreadsheetml.sheet.main+xml\"/>")
#define WORD_XMLNS "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
/* A Word document whose body is this XML. */
#define WORD_DOCUMENT(body)                                                                                            \
  { "word/document.xml", "<w:document " WORD_XMLNS "><w:body>" body "</w:body></w:document>", NULL }

static inline struct package_bytes package_make(const struct package_part *parts) {
  zip_error_t why;
  zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &why);
  assert_non_null(source);
  zip_source_keep(source);
  zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, &why);
  assert_non_null(zip);
  for (; parts->name != NULL; parts++) {
    zip_source_t *content = zip_source_buffer(zip, parts->content, strlen(parts->content), 0);
    zip_int64_t index = zip_file_add(zip, parts->name, content, 0);
    assert_true(index >= 0);
    if (parts->password != NULL)
      assert_int_equal(zip_file_set_encryption(zip, (zip_uint64_t)index, ZIP_EM_AES_256, parts->password), 0);
  }
  assert_int_equal(zip_close(zip), 0);
  zip_stat_t status;
  assert_int_equal(zip_source_open(source), 0);
  assert_int_equal(zip_source_stat(source, &status), 0);
  struct package_bytes package = {malloc(status.size), (size_t)status.size};
  assert_non_null(package.bytes);
  assert_int_equal(zip_source_read(source, package.bytes, status.size), status.size);
  zip_source_close(source);
  zip_source_free(source);
  return package;
}

#endif
