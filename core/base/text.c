/* Growing buffers, UTF-8 checks, escaping for display, folding and comparing of names. */
#include "core/base/text.h"

#include "core/base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>
#include <uniwidth.h>

/* ---- growing buffers ---- */

/* Makes room for `more` bytes and the NUL. */
static void make_room(struct text *text, size_t more) {
  if (more > SIZE_MAX - text->length - 1)
    memory_exhausted();
  memory_reserve((void **)&text->data, &text->capacity, text->length + more + 1, 1);
}

void text_free(struct text *text) {
  free(text->data);
  *text = (struct text){0};
}

void text_clear(struct text *text) {
  text->length = 0;
  if (text->data)
    text->data[0] = '\0';
}

void text_add_n(struct text *text, const char *bytes, size_t length) {
  make_room(text, length);
  if (length > 0)
    memcpy(text->data + text->length, bytes, length);
  text->length += length;
  text->data[text->length] = '\0';
}

void text_add(struct text *text, const char *s) {
  text_add_n(text, s, strlen(s));
}

void text_add_char(struct text *text, char c) {
  text_add_n(text, &c, 1);
}

void text_add_format(struct text *text, const char *format, ...) {
  make_room(text, 64);
  for (;;) {
    size_t room = text->capacity - text->length;
    va_list arguments;
    va_start(arguments, format);
    int needed = vsnprintf(text->data + text->length, room, format, arguments);
    va_end(arguments);
    if (needed < 0) /* more than INT_MAX bytes */
      memory_exhausted();
    if ((size_t)needed < room) {
      text->length += (size_t)needed;
      return;
    }
    make_room(text, (size_t)needed);
  }
}

const char *text_string(const struct text *text) {
  return text->data ? text->data : "";
}

char *text_take(struct text *text) {
  char *data = text->data ? text->data : memory_string("");
  *text = (struct text){0};
  return data;
}

/* ---- UTF-8 ---- */

static const uint8_t *u8(const char *s) {
  return (const uint8_t *)s;
}

/* True when the eight bytes at s are all ASCII. */
static bool eight_ascii(const char *s) {
  uint64_t word;
  memcpy(&word, s, sizeof word);
  return (word & UINT64_C(0x8080808080808080)) == 0;
}

bool text_is_utf8(const char *bytes, size_t length, size_t *bad) {
  size_t at = 0;
  while (at + 8 <= length && eight_ascii(bytes + at))
    at += 8;
  const uint8_t *wrong = at < length ? u8_check(u8(bytes + at), length - at) : NULL;
  if (wrong && bad)
    *bad = (size_t)(wrong - u8(bytes));
  return wrong == NULL;
}

size_t text_characters(const char *s, size_t length) {
  size_t count = 0;
  for (size_t i = 0; i < length; i++)
    count += ((unsigned char)s[i] & 0xC0) != 0x80;
  return count;
}

/* Decodes the character at s[at]; an invalid byte is U+FFFD and one byte long.  Returns its length; 0 at the end. */
static size_t character_at(const char *s, size_t length, size_t at, ucs4_t *character) {
  if (at >= length)
    return 0;
  int size = u8_mbtoucr(character, u8(s + at), length - at);
  if (size > 0)
    return (size_t)size;
  *character = 0xFFFD;
  return 1;
}

static bool is_valid_character(const char *s, size_t length, size_t at) {
  ucs4_t character;
  return u8_mbtoucr(&character, u8(s + at), length - at) > 0;
}

static size_t character_width(ucs4_t character) {
  int width = uc_width(character, "UTF-8");
  return width > 0 ? (size_t)width : 0;
}

size_t text_width(const char *s) {
  size_t length = strlen(s), width = 0, size;
  ucs4_t character;
  for (size_t at = 0; (size = character_at(s, length, at, &character)) > 0; at += size)
    width += character_width(character);
  return width;
}

size_t text_prefix(const char *s, size_t width) {
  size_t length = strlen(s), used = 0, at = 0, size;
  ucs4_t character;
  while ((size = character_at(s, length, at, &character)) > 0) {
    used += character_width(character);
    if (used > width)
      break;
    at += size;
  }
  return at;
}

int text_shown(const char *s, size_t length) {
  size_t at = 0, count = 0, size;
  ucs4_t character;
  while (count < 120 && (size = character_at(s, length, at, &character)) > 0) {
    at += size;
    count++;
  }
  return (int)at;
}

/* ---- escaping ---- */

static bool is_harmful(ucs4_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x061C || c == 0x200E || c == 0x200F ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static void add_escape(struct text *text, ucs4_t c) {
  if (c == '\n')
    text_add(text, "\\n");
  else if (c == '\t')
    text_add(text, "\\t");
  else if (c == '\r')
    text_add(text, "\\r");
  else
    text_add_format(text, c < 0x80 ? "\\x%02x" : "\\u%04x", (unsigned)c);
}

void text_add_escaped(struct text *text, const char *s, size_t length) {
  size_t size;
  ucs4_t character;
  for (size_t at = 0; (size = character_at(s, length, at, &character)) > 0; at += size) {
    if (!is_valid_character(s, length, at))
      text_add_format(text, "\\x%02x", (unsigned)(unsigned char)s[at]);
    else if (is_harmful(character))
      add_escape(text, character);
    else
      text_add_n(text, s + at, size);
  }
}

/* ---- folding and trimming ---- */

static void add_character(struct text *text, ucs4_t character) {
  uint8_t bytes[6];
  int size = u8_uctomb(bytes, character, sizeof bytes);
  if (size > 0)
    text_add_n(text, (const char *)bytes, (size_t)size);
}

/* The plain sign for those that people and word processors put in its place. */
static ucs4_t plain_sign(ucs4_t character) {
  switch (character) {
  case 0x2018:
  case 0x2019:
  case 0x02BC:
  case 0x00B4:
  case '`':
    return '\'';
  case 0x2010:
  case 0x2011:
    return '-';
  default:
    return character;
  }
}

/* Adds s with every run of white space made one space and none at the ends, and the plain signs for those that came out
 * of others: U+0149 is U+02BC and n. */
static void add_squeezed(struct text *text, const char *s, size_t length) {
  size_t size;
  bool gap = false;
  ucs4_t character;
  for (size_t at = 0; (size = character_at(s, length, at, &character)) > 0; at += size) {
    if (uc_is_property_white_space(character)) {
      gap = text->length > 0;
      continue;
    }
    if (gap)
      text_add_char(text, ' ');
    gap = false;
    ucs4_t plain = plain_sign(character);
    if (plain != character)
      add_character(text, plain);
    else
      text_add_n(text, s + at, size);
  }
}

/* libunistring allocates its results; on valid UTF-8 it fails for want of memory only. */
static uint8_t *must(uint8_t *result) {
  if (!result)
    memory_exhausted();
  return result;
}

char *text_fold(const char *s, size_t length) {
  AUTO_TEXT struct text plain = {0};
  size_t size;
  ucs4_t character;
  for (size_t at = 0; (size = character_at(s, length, at, &character)) > 0; at += size)
    add_character(&plain, plain_sign(character));
  struct text folded = {0};
  size_t folded_length;
  AUTO_FREE uint8_t *key =
      must(u8_casefold(u8(text_string(&plain)), plain.length, NULL, UNINORM_NFKC, NULL, &folded_length));
  add_squeezed(&folded, (const char *)key, folded_length);
  return text_take(&folded);
}

char *text_fold_accents(const char *s, size_t length) {
  AUTO_FREE char *folded = text_fold(s, length);
  size_t apart_length;
  AUTO_FREE uint8_t *apart = must(u8_normalize(UNINORM_NFKD, u8(folded), strlen(folded), NULL, &apart_length));
  AUTO_TEXT struct text bare = {0};
  size_t size;
  ucs4_t character;
  for (size_t at = 0; (size = character_at((const char *)apart, apart_length, at, &character)) > 0; at += size)
    if (!uc_is_general_category(character, UC_NON_SPACING_MARK))
      add_character(&bare, character);
  struct text squeezed = {0};
  size_t whole_length;
  AUTO_FREE uint8_t *whole = must(u8_normalize(UNINORM_NFC, u8(text_string(&bare)), bare.length, NULL, &whole_length));
  add_squeezed(&squeezed, (const char *)whole, whole_length);
  return text_take(&squeezed);
}

const char *text_trim(const char *s, size_t *length) {
  const char *end = s + *length;
  ucs4_t character = 0;
  while (s < end) {
    size_t size = character_at(s, (size_t)(end - s), 0, &character);
    if (!uc_is_property_white_space(character))
      break;
    s += size;
  }
  while (s < end) {
    const uint8_t *previous = u8_prev(&character, u8(end), u8(s));
    if (!previous || !uc_is_property_white_space(character))
      break;
    end = (const char *)previous;
  }
  *length = (size_t)(end - s);
  return s;
}

/* ---- edit distance ---- */

static ucs4_t *decode(const char *s, size_t *count) {
  size_t length = strlen(s), size, n = 0;
  ucs4_t *characters = memory_new(length + 1, sizeof *characters);
  for (size_t at = 0; (size = character_at(s, length, at, &characters[n])) > 0; at += size)
    n++;
  *count = n;
  return characters;
}

static size_t smallest(size_t a, size_t b, size_t c) {
  size_t least = a < b ? a : b;
  return least < c ? least : c;
}

size_t text_distance(const char *a, const char *b) {
  size_t rows, columns;
  AUTO_FREE ucs4_t *x = decode(a, &rows);
  AUTO_FREE ucs4_t *y = decode(b, &columns);
  /* three lines of the table of optimal string alignment: two above, one above, the current one */
  AUTO_FREE size_t *table = memory_new(3 * (columns + 1), sizeof *table);
  size_t *before = table, *above = table + columns + 1, *line = table + 2 * (columns + 1);
  for (size_t j = 0; j <= columns; j++)
    line[j] = j;
  for (size_t i = 1; i <= rows; i++) {
    size_t *oldest = before;
    before = above;
    above = line;
    line = oldest;
    line[0] = i;
    for (size_t j = 1; j <= columns; j++) {
      line[j] = smallest(above[j] + 1, line[j - 1] + 1, above[j - 1] + (x[i - 1] != y[j - 1]));
      if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1] && before[j - 2] + 1 < line[j])
        line[j] = before[j - 2] + 1;
    }
  }
  return line[columns];
}
