/* How a text begins and ends, and which phrases stand in it. */
#include "core/document/document_private.h"

#include <string.h>
#include <unictype.h>
#include <unistr.h>

/* The first letter, past opening brackets, quotation marks and emphasis; 0 when the text begins with no letter. */
static ucs4_t first_letter(const char *s, size_t length) {
  ucs4_t character;
  for (size_t at = 0; at < length;) {
    int size = u8_mbtoucr(&character, (const uint8_t *)s + at, length - at);
    if (size <= 0)
      return 0;
    if (uc_is_property_alphabetic(character))
      return character;
    if (!strchr("([\"'*_", (int)(character < 0x80 ? character : 'x')) && character != 0x201C && character != 0xAB)
      return 0;
    at += (size_t)size;
  }
  return 0;
}

bool prose_begins_lower(const char *s, size_t length) {
  ucs4_t letter = first_letter(s, length);
  return letter != 0 && uc_is_property_lowercase(letter);
}

bool prose_begins_upper(const char *s, size_t length) {
  ucs4_t letter = first_letter(s, length);
  return letter != 0 && !uc_is_property_lowercase(letter);
}

bool prose_ends_with_colon(const char *s) {
  size_t length = strlen(s);
  while (length > 0 && (s[length - 1] == '*' || s[length - 1] == '_'))
    length--;
  return length > 0 && s[length - 1] == ':';
}

/* Bytes of a closing quotation mark, bracket or star that ends s; 0 when none does. */
static size_t closing_mark(const char *s, size_t length) {
  if (length >= 1 && strchr(")]\"'*_", s[length - 1]))
    return 1;
  if (length >= 3 && (memcmp(s + length - 3, "\u201d", 3) == 0 || memcmp(s + length - 3, "\u2019", 3) == 0))
    return 3;
  return length >= 2 && memcmp(s + length - 2, "\u00bb", 2) == 0 ? 2 : 0;
}

bool prose_is_ended(const char *s, size_t length) {
  static const char *const joined[] = {"; and", "; or", "; et", "; ou", "; y", "; e", "; o"};
  for (size_t i = 0; i < sizeof joined / sizeof *joined; i++) {
    size_t size = strlen(joined[i]);
    if (length >= size && memcmp(s + length - size, joined[i], size) == 0)
      return true;
  }
  for (size_t mark; length > 0 && (mark = closing_mark(s, length)) > 0;)
    length -= mark;
  return length > 0 && strchr(".;:!?", s[length - 1]);
}

const char *prose_find_any(const char *s, const char *const *needles) {
  const char *first = NULL;
  for (; *needles; needles++) {
    const char *found = strcasestr(s, *needles);
    if (found && (!first || found < first))
      first = found;
  }
  return first;
}

size_t prose_prefix(const char *s, const char *const *prefixes) {
  for (; *prefixes; prefixes++)
    if (strncmp(s, *prefixes, strlen(*prefixes)) == 0)
      return strlen(*prefixes);
  return 0;
}

const char *prose_sentence_end(const char *s) {
  const char *end = s;
  while ((end = strstr(end, ". ")) && !prose_begins_upper(end + 2, strnlen(end + 2, 8)))
    end += 2;
  return end ? end + 1 : s + strlen(s);
}
