/*
 * Word documents and Excel workbooks as packages: a zip file of XML parts that refer to each other (ECMA-376, Office
 * Open XML; part 2 for the package).  Both the transitional and the strict form are read.
 *
 * What comes from outside may be damaged or made to do harm.  So a package is read from memory and never written; what
 * is inflated is counted against OOXML_INFLATED_MAX, whatever the package says of its sizes; XML is streamed, its
 * entities are never expanded and nothing is fetched; a DOCTYPE, which the standard forbids, is refused.
 */
#ifndef RECTRACK_CORE_OOXML_OOXML_H
#define RECTRACK_CORE_OOXML_OOXML_H

#include "core/base/error.h"

#include <stdbool.h>
#include <stddef.h>

#define OOXML_INFLATED_MAX (256u << 20) /* bytes that may be inflated from one package, all its parts together */

struct ooxml;

enum ooxml_kind { OOXML_DOCUMENT /* .docx */, OOXML_WORKBOOK /* .xlsx */ };

/* True when the bytes begin as a zip file or as an older or encrypted Office file does: for ooxml_open to judge. */
bool ooxml_looks_like(const char *bytes, size_t length) __attribute__((nonnull));

/*
 * Opens a package in memory; the bytes must stay as long as it is open.  `name` stands for the file in messages.
 * ERROR_DATA with a remedy: not of this kind, of another kind, encrypted, damaged.
 */
bool ooxml_open(struct ooxml **package, const char *name, const char *bytes, size_t length, enum ooxml_kind kind,
                struct error *error) __attribute__((nonnull));
/* Lifts the allowance of OOXML_INFLATED_MAX: for a package that this program made itself. */
void ooxml_trust(struct ooxml *package) __attribute__((nonnull));
void ooxml_close(struct ooxml **package);
#define AUTO_OOXML __attribute__((cleanup(ooxml_close)))

/* The part that holds the text ("word/document.xml") or lists the sheets ("xl/workbook.xml"). Owned by the package. */
const char *ooxml_main_part(const struct ooxml *package) __attribute__((nonnull));

/*
 * The part that `part` refers to by a relationship of that type ("styles", the last word of the type's address; NULL:
 * any) and identifier ("rId3"; NULL: any).  *target is NULL where there is none or it lies outside the package; the
 * caller frees it.  `part` "" asks for the package's own relationships.
 */
bool ooxml_related(struct ooxml *package, const char *part, const char *type, const char *id, char **target,
                   struct error *error) __attribute__((nonnull(1, 2, 5, 6)));

/* ---- the XML of a part, as a stream of events ---------------------------- */

struct ooxml_reader;

enum ooxml_event {
  OOXML_ELEMENT,
  OOXML_ELEMENT_END, /* follows each OOXML_ELEMENT, also that of an empty element */
  OOXML_CHARACTERS,
  OOXML_PART_END,
  OOXML_FAILED, /* `error` says why; every further call fails too */
};

/* Vocabularies by which elements and attributes are told apart; each in its transitional and its strict form. */
enum ooxml_vocabulary {
  OOXML_PLAIN,           /* attributes without a prefix */
  OOXML_WORD,            /* w: */
  OOXML_SHEET,           /* the default in workbooks */
  OOXML_RELATION,        /* r:, as in r:id */
  OOXML_COMPATIBILITY,   /* mc:, whose Fallback repeats what its Choice says */
  OOXML_DRAWING,         /* a: */
  OOXML_MATHS,           /* m: */
  OOXML_RELATIONSHIPS,   /* of .rels parts */
  OOXML_CONTENT_TYPES,   /* of [Content_Types].xml */
  OOXML_CUSTOM_PROPERTY, /* of docProps/custom.xml */
  OOXML_VOCABULARIES,
};

/* Begins to read a part. ERROR_DATA when the package lacks it. The reader must be closed before the package. */
bool ooxml_read(struct ooxml *package, const char *part, struct ooxml_reader **reader, struct error *error)
    __attribute__((nonnull));
void ooxml_reader_close(struct ooxml_reader **reader);
#define AUTO_OOXML_READER __attribute__((cleanup(ooxml_reader_close)))

/* Goes on to the next event; comments and processing instructions are passed over. */
enum ooxml_event ooxml_next(struct ooxml_reader *reader, struct error *error) __attribute__((nonnull));
/* After OOXML_ELEMENT: goes on to its OOXML_ELEMENT_END, past all that is inside. */
bool ooxml_skip(struct ooxml_reader *reader, struct error *error) __attribute__((nonnull));

/* After OOXML_ELEMENT or OOXML_ELEMENT_END: whether it is this element. */
bool ooxml_is(const struct ooxml_reader *reader, enum ooxml_vocabulary vocabulary, const char *name)
    __attribute__((nonnull));
/* Its name without a prefix; owned by the reader, valid until the next event. */
const char *ooxml_name(const struct ooxml_reader *reader) __attribute__((nonnull));
/* After OOXML_ELEMENT: an attribute's value, NULL when it is not there; valid until the next event. */
const char *ooxml_attribute(const struct ooxml_reader *reader, enum ooxml_vocabulary vocabulary, const char *name)
    __attribute__((nonnull));
/* After OOXML_CHARACTERS: all characters up to the next tag, UTF-8; valid until the next event. */
const char *ooxml_characters(const struct ooxml_reader *reader) __attribute__((nonnull));
/* How many elements are around the current one; 0 for the root. */
int ooxml_depth(const struct ooxml_reader *reader) __attribute__((nonnull));

#endif
