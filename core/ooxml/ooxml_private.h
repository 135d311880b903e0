/* What the files of the package reader share. */
#ifndef RECTRACK_CORE_OOXML_OOXML_PRIVATE_H
#define RECTRACK_CORE_OOXML_OOXML_PRIVATE_H

#include "core/ooxml/ooxml.h"

#include <stdint.h>
#include <zip.h>

struct ooxml {
  zip_t *zip;
  char *name; /* of the file, for messages */
  char *main_part;
  enum ooxml_kind kind;
  uint64_t inflated; /* bytes so far */
  uint64_t inflated_max;
};

/* Index of a part in the zip file, -1 when there is none: names are compared whatever their case (ECMA-376-2, 6.2.2).
 */
zip_int64_t ooxml_locate(const struct ooxml *package, const char *part);

/* "Word document" or "Excel workbook". */
const char *ooxml_kind_name(enum ooxml_kind kind);

/* ERROR_DATA with the file's name and what to do; `part` NULL: the package as a whole. All return false. */
bool ooxml_damaged(const struct ooxml *package, const char *part, const char *why, struct error *error);
bool ooxml_encrypted(const char *name, struct error *error);
bool ooxml_too_large(const struct ooxml *package, const char *part, struct error *error);

#endif
