/*
 * Footnotes, which belong to the page: they are left out of the paragraphs, with a finding, and their marks in the text
 * with them.
 *
 * Below a rule of underscores stand footnotes up to the page's end, or up to a paragraph that doesn't begin with a
 * footnote's mark; "* Adopted by …" is one also where no rule stands above, when a title ends with its star.  A
 * number is taken for a footnote's mark only where a footnote of that number stands further down, and only right behind
 * a word: "the Protocol.1 The".
 */
#include "core/document_private.h"

#include "core/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RULE_MIN = 5, MARK_DIGITS_MAX = 3, WORD_MIN = 3 };

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool footnote_is_rule(const char *s, size_t length) {
  return length >= RULE_MIN && strspn(s, "_") == length;
}

/* The length of a mark at the front of a footnote, with the space behind it: "1 ", "** "; 0 when there is none. */
static size_t mark_length(const char *s, size_t length) {
  size_t at = 0;
  while (at < length && at < MARK_DIGITS_MAX && is_digit(s[at]))
    at++;
  while (at < length && at < MARK_DIGITS_MAX && s[at] == '*')
    at++;
  return at > 0 && at < length && s[at] == ' ' && !memchr(s, '0', 1) ? at + 1 : 0;
}

bool footnote_begins(const char *s, size_t length) {
  return mark_length(s, length) > 0;
}

bool footnote_begins_with_star(const char *s, size_t length) {
  return length > 0 && s[0] == '*' && mark_length(s, length) > 0;
}

void footnote_add(struct footnotes *footnotes, const char *s, size_t length, uint64_t line, size_t block) {
  if (footnotes->lines++ == 0) {
    footnotes->first_line = line;
    footnotes->first = memory_string_n(s, length);
  }
  if (mark_length(s, length) == 0 || s[0] == '*')
    return;
  memory_reserve((void **)&footnotes->marks, &footnotes->mark_capacity, footnotes->mark_count + 1,
                 sizeof *footnotes->marks);
  footnotes->marks[footnotes->mark_count++] =
      (struct footnote_mark){.number = (unsigned)strtoul(s, NULL, 10), .block = block};
}

void footnotes_free(struct footnotes *footnotes) {
  free(footnotes->first);
  free(footnotes->marks);
  *footnotes = (struct footnotes){0};
}

/* Whether the digits at s + at stand right behind a word, or behind the sign that ends it, and in no symbol. */
static bool is_behind_word(const char *s, size_t at) {
  size_t end = at;
  if (end > 0 && strchr(".,;:)", s[end - 1]))
    end--;
  size_t start = end;
  while (start > 0 && ((s[start - 1] >= 'a' && s[start - 1] <= 'z') || (unsigned char)s[start - 1] >= 0x80))
    start--;
  if (end - start < WORD_MIN)
    return false;
  while (start > 0 && s[start - 1] != ' ')
    if (s[--start] == '/')
      return false;
  return strncmp(s + start, "Corr", 4) != 0;
}

/* Takes the first mark with this number out of a text, from byte `from` on; gives where it stood, else SIZE_MAX. */
static size_t take_mark(char *text, unsigned number, size_t from) {
  char digits[12];
  size_t size = (size_t)snprintf(digits, sizeof digits, "%u", number), length = strlen(text);
  for (const char *found = strstr(text + from, digits); found; found = strstr(found + 1, digits)) {
    size_t at = (size_t)(found - text), behind = at + size;
    if (at == 0 || is_digit(text[at - 1]) || (behind < length && !strchr(" .,;:)", text[behind])) ||
        (behind + 1 < length && text[behind] != ' ' && is_digit(text[behind + 1])) || !is_behind_word(text, at))
      continue;
    memmove(text + at, text + behind, length - behind + 1);
    return at;
  }
  return SIZE_MAX;
}

void footnotes_take_marks(const struct footnotes *footnotes, struct blocks *blocks) {
  size_t block = 0, from = 0;
  for (size_t i = 0; i < footnotes->mark_count; i++) {
    const struct footnote_mark *mark = &footnotes->marks[i];
    for (size_t at = block; at < blocks->count && at <= mark->block; at++) {
      size_t start = at == block ? from : blocks->items[at].marker.length;
      size_t found =
          start <= strlen(blocks->items[at].text) ? take_mark(blocks->items[at].text, mark->number, start) : SIZE_MAX;
      if (found == SIZE_MAX)
        continue;
      block = at;
      from = found;
      break;
    }
  }
}
