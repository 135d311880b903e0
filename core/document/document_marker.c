/*
 * What numbers a paragraph or heading: "II.", "A.", "10.", "6.12", "(a)", "a)".
 *
 * This is about letters only.  Whether "(i)" is an item after (h) or a sub-item, and whether "C." is a section, is told
 * by what came before it: document_outline.c.
 */
#include "core/document/document_private.h"

#include <stdlib.h>
#include <string.h>

enum { ROMAN_MAX = 89, DIGITS_MAX = 5 };

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

static bool is_small(char c) {
  return c >= 'a' && c <= 'z';
}

/* Fills the marker; `used` is where its closing sign ends. */
static void take(struct marker *marker, enum marker_kind kind, const char *number, size_t size, const char *s,
                 size_t length, size_t used) {
  if (size >= sizeof marker->number)
    return;
  marker->kind = kind;
  memcpy(marker->number, number, size);
  marker->number[size] = '\0';
  while (used < length && s[used] == ' ')
    used++;
  marker->length = used;
}

/* "Chapter II", "Chapitre II:", "CAPÍTULO II." */
static void read_chapter_word(struct marker *marker, const char *s, size_t length) {
  static const char *const words[] = {"Chapter ",       "CHAPTER ",       "Chapitre ", "CHAPITRE ",
                                      "Cap\u00edtulo ", "CAP\u00cdTULO ", NULL};
  size_t start = prose_prefix(s, words), at = start;
  while (start > 0 && at < length && is_capital(s[at]))
    at++;
  unsigned value = at > start ? reference_roman(s + start, at - start) : 0;
  bool ended = at == length || s[at] == ' ' || s[at] == '.' || s[at] == ':';
  if (value == 0 || value > ROMAN_MAX || at - start > 11 || !ended)
    return;
  take(marker, MARKER_ROMAN, s + start, at - start, s, length, at < length && s[at] != ' ' ? at + 1 : at);
}

static void read_capitals(struct marker *marker, const char *s, size_t length) {
  size_t at = 0;
  while (at < length && at < 12 && is_capital(s[at]))
    at++;
  if (at == 0 || at >= length || s[at] != '.' || (at + 1 < length && s[at + 1] != ' '))
    return;
  unsigned roman = at > 1 && at <= 11 ? reference_roman(s, at) : 0;
  if (roman > 0 && roman <= ROMAN_MAX)
    take(marker, MARKER_ROMAN, s, at, s, length, at + 1);
  else if (at == 1 || (at == 2 && (s[0] == 'A' || s[0] == s[1])))
    take(marker, MARKER_CAPITAL, s, at, s, length, at + 1);
}

/* Where a run of 1 to 5 digits that does not begin with 0 ends; 0 when there is none. */
static size_t digits_end(const char *s, size_t length, size_t at) {
  size_t start = at;
  while (at < length && is_digit(s[at]))
    at++;
  return at > start && at - start <= DIGITS_MAX && s[start] != '0' ? at : 0;
}

static void read_number(struct marker *marker, const char *s, size_t length) {
  size_t end = digits_end(s, length, 0), last = 0, parts = end > 0, next;
  if (end == 0)
    return;
  while (end + 1 < length && s[end] == '.' && (next = digits_end(s, length, end + 1)) > 0) {
    last = end + 1;
    end = next;
    parts++;
  }
  bool stop = end < length && s[end] == '.';
  size_t used = end + stop;
  bool apart = used == length || s[used] == ' ' || (stop && is_capital(s[used]));
  /* "3.5 million" begins no paragraph */
  bool decimal = parts > 1 && (used >= length || prose_begins_lower(s + used + 1, length - used - 1));
  if (!apart || (parts == 1 && !stop) || (decimal && !stop))
    return;
  take(marker, MARKER_NUMBER, s, end, s, length, used);
  if (marker->kind == MARKER_NUMBER) {
    const char *major = s;
    for (size_t i = 0; last > 0 && i + 1 < last; i++)
      if (s[i] == '.')
        major = s + i + 1;
    marker->value = (unsigned)strtoul(major, NULL, 10);
    marker->minor = last > 0 ? (unsigned)strtoul(s + last, NULL, 10) : 0;
  }
}

static void read_letters(struct marker *marker, const char *s, size_t length) {
  size_t start = length > 0 && s[0] == '(', at = start;
  while (at < length && at - start < 8 && is_small(s[at]))
    at++;
  size_t size = at - start;
  if (size == 0 || at >= length || s[at] != ')')
    return;
  if (size <= 2 || reference_roman(s + start, size) > 0)
    take(marker, MARKER_LETTER, s + start, size, s, length, at + 1);
}

struct marker marker_read(const char *s, size_t length) {
  struct marker marker = {0};
  if (length == 0)
    return marker;
  if (s[0] == 'C')
    read_chapter_word(&marker, s, length);
  if (marker.kind == MARKER_NONE && is_capital(s[0]))
    read_capitals(&marker, s, length);
  else if (is_digit(s[0]))
    read_number(&marker, s, length);
  else if (s[0] == '(' || is_small(s[0]))
    read_letters(&marker, s, length);
  return marker;
}

static char small(char c) {
  return is_capital(c) ? (char)(c - 'A' + 'a') : c;
}

bool marker_follows(const char *before, const char *letters) {
  size_t size_before = strlen(before), size = strlen(letters);
  if (size_before == 0)
    return size == 1 && small(letters[0]) == 'a';
  char first = small(before[0]), next = small(letters[0]);
  if (size_before == 1 && size == 1)
    return next == first + 1;
  if (size_before == 1 && size == 2)
    return first == 'z' && next == 'a' && small(letters[1]) == 'a';
  if (size_before != 2 || size != 2)
    return false;
  char last = small(before[1]), next_last = small(letters[1]);
  bool doubled = first == last && next == next_last && next == first + 1;
  bool counted = (next == first && next_last == last + 1) || (next == first + 1 && last == 'z' && next_last == 'a');
  return doubled || counted;
}
