/*
 * Footnotes, which belong to the page: they are left out of the paragraphs, with a finding, and their marks in the text
 * with them.
 *
 * Below a rule of underscores stand footnotes up to the page's end, or up to a paragraph that doesn't begin with a
 * footnote's mark.  Where the rule is only drawn, "3 See the report" is one when the last was 2 and the mark 3 stands
 * behind a word further up; and "* Adopted by …" when a title ends with its star.  A number is taken for a footnote's
 * mark only where a footnote of that number stands further down, and only right behind a word or a year: "the
 * Protocol.1 The".
 */
#include "core/document/document_private.h"

#include "core/base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RULE_MIN = 5, MARK_DIGITS_MAX = 3, WORD_MIN = 3, SEARCH_BUDGET = 1 << 26 };

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

/* Whether a year ends at s + at, as in "4 May 20181": the mark of footnote 1 behind 2018. */
static bool is_behind_year(const char *s, size_t at) {
  return at >= 4 && (at == 4 || !is_digit(s[at - 5])) && is_digit(s[at - 1]) && is_digit(s[at - 2]) &&
         ((s[at - 4] == '1' && s[at - 3] == '9') || (s[at - 4] == '2' && s[at - 3] == '0'));
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

static size_t write_digits(unsigned number, char digits[static 12]) {
  return (size_t)snprintf(digits, 12, "%u", number);
}

/* Where the first mark with this number stands in a text, from byte `from` on; SIZE_MAX when there is none. */
static size_t find_mark(const char *text, unsigned number, size_t from) {
  char digits[12];
  size_t size = write_digits(number, digits), length = strlen(text);
  if (from > length)
    return SIZE_MAX;
  for (const char *found = strstr(text + from, digits); found; found = strstr(found + 1, digits)) {
    size_t at = (size_t)(found - text), behind = at + size;
    bool ends = behind == length || strchr(" .,;:)", text[behind]);
    bool goes_on = behind + 1 < length && text[behind] != ' ' && is_digit(text[behind + 1]);
    size_t word = at > 0 && strchr(".,;:)", text[at - 1]) ? at - 1 : at; /* where it ends */
    if (at > 0 && ends && !goes_on &&
        (is_behind_year(text, word) || (!is_digit(text[at - 1]) && is_behind_word(text, at))))
      return at;
  }
  return SIZE_MAX;
}

bool footnote_is_expected(struct footnotes *footnotes, const struct text *line, const struct blocks *blocks,
                          const char *open) {
  unsigned number = (unsigned)strtoul(line->data, NULL, 10);
  unsigned last = footnotes->mark_count > 0 ? footnotes->marks[footnotes->mark_count - 1].number : 0;
  if (!is_digit(line->data[0]) || mark_length(line->data, line->length) == 0 || number != last + 1)
    return false;
  for (size_t i = blocks->count; i-- > 0 && footnotes->searched < SEARCH_BUDGET;) {
    footnotes->searched += strlen(blocks->items[i].text);
    if (find_mark(blocks->items[i].text, number, 0) != SIZE_MAX)
      return true;
  }
  return find_mark(open, number, 0) != SIZE_MAX;
}

/* Takes the first mark with this number out of a text, from byte `from` on; gives where it stood, else SIZE_MAX. */
static size_t take_mark(char *text, unsigned number, size_t from) {
  char digits[12];
  size_t size = write_digits(number, digits), at = find_mark(text, number, from);
  if (at != SIZE_MAX)
    memmove(text + at, text + at + size, strlen(text + at + size) + 1);
  return at;
}

void footnotes_take_marks(struct footnotes *footnotes, struct blocks *blocks) {
  size_t block = 0, from = 0;
  footnotes->searched = 0;
  for (size_t i = 0; i < footnotes->mark_count; i++) {
    const struct footnote_mark *mark = &footnotes->marks[i];
    for (size_t at = block; at < blocks->count && at <= mark->block && footnotes->searched < SEARCH_BUDGET; at++) {
      footnotes->searched += strlen(blocks->items[at].text);
      size_t start = at == block ? from : blocks->items[at].marker.length;
      size_t found = take_mark(blocks->items[at].text, mark->number, start);
      if (found == SIZE_MAX)
        continue;
      block = at;
      from = found;
      break;
    }
  }
}
