/*
 * An input of a fuzz target as a package: as it is when it begins as a zip file does; otherwise its stretches, which a
 * form feed separates, are the parts of one, so that the fuzzer need not get checksums right.
 */
#ifndef RECTRACK_TESTS_FUZZ_PACKAGE_H
#define RECTRACK_TESTS_FUZZ_PACKAGE_H

#include "tests/fuzz/must.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

struct fuzz_part {
  const char *name;
  const char *content; /* NULL: the next stretch of the input */
};

static inline void add_part(zip_t *zip, const char *name, const void *bytes, size_t length) {
  zip_source_t *source = zip_source_buffer(zip, bytes, length, 0);
  zip_int64_t index = zip_file_add(zip, name, source, 0);
  must(index >= 0 && zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE, 0) == 0);
}

/* The caller frees the bytes. */
static inline char *fuzz_package(const uint8_t *bytes, size_t size, const struct fuzz_part *parts, size_t *length) {
  if (size >= 4 && memcmp(bytes, "PK\3\4", 4) == 0) {
    char *copy = malloc(size);
    must(copy != NULL);
    *length = size;
    return memcpy(copy, bytes, size);
  }
  zip_error_t why;
  zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &why);
  zip_source_keep(target);
  zip_t *zip = zip_open_from_source(target, ZIP_TRUNCATE, &why);
  for (; parts->name != NULL; parts++) {
    const uint8_t *end = size > 0 ? memchr(bytes, '\f', size) : NULL;
    size_t stretch = end != NULL ? (size_t)(end - bytes) : size;
    if (parts->content != NULL) {
      add_part(zip, parts->name, parts->content, strlen(parts->content));
      continue;
    }
    add_part(zip, parts->name, bytes, stretch);
    bytes += stretch + (end != NULL);
    size -= stretch + (end != NULL);
  }
  must(zip_close(zip) == 0);
  zip_stat_t status;
  must(zip_source_open(target) == 0 && zip_source_stat(target, &status) == 0);
  char *made = malloc(status.size);
  must(made != NULL && zip_source_read(target, made, status.size) == (zip_int64_t)status.size);
  zip_source_close(target);
  zip_source_free(target);
  *length = (size_t)status.size;
  return made;
}

#define FUZZ_RELATIONS "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
#define FUZZ_RELATION(id, type, target)                                                                                \
  "<Relationship Id=\"" id "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/" type       \
  "\" Target=\"" target "\"/>"
#define FUZZ_TYPES(part, type)                                                                                         \
  "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"" part           \
  "\" ContentType=\"application/vnd.openxmlformats-officedocument." type "\"/></Types>"

#endif
