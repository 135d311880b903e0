/*
 * Recommendation references: `II.A.1(a)`, with the document's symbol before it
 * `CTOC/COP/WG.7/2018/L.1/Add.1:II.A.1(a)`.
 *
 * Parts, in this order, each of which a document may lack: chapter (roman), section (capital letters), paragraph
 * (number, also 6.12), item (lower-case letters).  At least a paragraph or an item must be there.
 */
#ifndef RECTRACK_CORE_DOCUMENT_REFERENCE_H
#define RECTRACK_CORE_DOCUMENT_REFERENCE_H

#include "core/base/error.h"

#include <stdbool.h>
#include <stddef.h>

#define REFERENCE_PLACE_SIZE 64

/* One place in one document; a part that is missing is "". */
struct reference {
  char symbol[128]; /* "" when only the place was given */
  char chapter[12];
  char section[8];
  char paragraph[16];
  char item[8];
};

/*
 * Reads a reference, with or without symbol (all before the last colon).  White space, "para. 3 (a)" and leading zeros
 * are not accepted: references are exact.  Chapter and section may be in lower case in the input (ii.a.1(a)); they are
 * stored in capitals.  A lone letter part is a chapter when it is a roman numeral made of I, V and X only, otherwise a
 * section: `V.3` is chapter V, `C.1` section C, `IIII.1` is refused.  Sections are A to ZZ, items
 * (a) to (zz).  ERROR_DATA with a remedy
 * that shows an example.
 */
bool reference_parse(const char *s, size_t length, struct reference *out, struct error *error) __attribute__((nonnull));

/* Whether s can be a document's symbol: at most 127 letters A to Z, digits and / . - ( ) _. Else ERROR_DATA. */
bool reference_check_symbol(const char *s, size_t length, struct error *error) __attribute__((nonnull));

/* Writes the place in canonical form, without the symbol (`II.A.1(a)`), and returns `out`. */
const char *reference_place(const struct reference *reference, char out[static REFERENCE_PLACE_SIZE]);

/* Orders two places as they come in a document: II before IX, 2 before 10, (z) before (aa); what lacks a part comes
 * before what has it.  The symbols are not looked at. */
int reference_compare(const struct reference *a, const struct reference *b);

/* Roman numeral (I to MMMCMXCIX, either case) to number; 0 when it is none. */
unsigned reference_roman(const char *s, size_t length);
/* Writes the numeral of 1 to 3999 in capitals and returns its length. */
size_t reference_roman_format(unsigned number, char out[static 16]);

#endif
