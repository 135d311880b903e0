/*
 * A report's lines, one by one, with single spaces.
 *
 * Line ends are LF, CRLF and CR; a form feed ends a page.  A masthead set in two columns comes with both on one line
 * and a wide gap between them: in front of the report such a line is handed out as two.
 */
#include "core/document/document_private.h"

#include <string.h>
#include <unictype.h>
#include <unistr.h>

/* Between columns; inside a text nobody leaves as many spaces. */
enum { COLUMN_GAP_MIN = 5 };

void lines_begin(struct lines *lines, const char *bytes, size_t length) {
  *lines = (struct lines){.s = bytes, .end = bytes + length};
}

void lines_free(struct lines *lines) {
  text_free(&lines->text);
  text_free(&lines->right);
}

/* Takes the raw line with every run of white space made one space, and apart where a right column begins. */
static void squeeze(struct lines *lines, const char *s, size_t length) {
  struct text *text = &lines->text;
  size_t spaces = 0, left = 0;
  for (size_t at = 0; at < length;) {
    ucs4_t character = (unsigned char)s[at];
    int size = character < 0x80 ? 1 : u8_mbtoucr(&character, (const uint8_t *)s + at, length - at);
    if (size <= 0)
      break; /* never in checked UTF-8 */
    if (uc_is_property_white_space(character)) {
      spaces += character == '\t' ? COLUMN_GAP_MIN : 1;
    } else {
      if (spaces >= COLUMN_GAP_MIN && text->length > 0)
        left = text->length;
      if (spaces > 0 && text->length > 0)
        text_add_char(text, ' ');
      spaces = 0;
      text_add_n(text, s + at, (size_t)size);
    }
    at += (size_t)size;
  }
  text_clear(&lines->right);
  size_t start;
  if (!lines->columns || left == 0 || marker_read(text->data, text->length).kind != MARKER_NONE ||
      furniture_symbol(text->data, text->length, &start) > 0)
    return;
  text_add_n(&lines->right, text->data + left + 1, text->length - left - 1);
  text->length = left;
  text->data[left] = '\0';
}

/* VT, with which word processors end a line inside a paragraph, keeps the lines of a masthead apart. */
static bool is_line_end(const struct lines *lines, char c) {
  return c == '\n' || c == '\r' || c == '\f' || (c == '\v' && lines->in_front);
}

/* Where the raw line that begins at s ends. */
static const char *line_end(const struct lines *lines, const char *s) {
  while (s < lines->end && !is_line_end(lines, *s))
    s++;
  return s;
}

bool lines_next(struct lines *lines) {
  bool ended_line = lines->number == 0;
  lines->after_blank = lines->page_began = lines->page_ends = false;
  text_clear(&lines->text);
  if (lines->number == 0)
    lines->number = 1;
  while (lines->s < lines->end) {
    if (is_line_end(lines, *lines->s)) {
      char c = *lines->s++;
      lines->after_blank = lines->after_blank || (ended_line && c != '\f');
      lines->page_began = lines->page_began || c == '\f';
      ended_line = true;
      if (c == '\r' && lines->s < lines->end && *lines->s == '\n')
        lines->s++;
      lines->number += c != '\f' && c != '\v';
      continue;
    }
    const char *stop = line_end(lines, lines->s);
    squeeze(lines, lines->s, (size_t)(stop - lines->s));
    lines->s = stop;
    if (lines->text.length > 0) {
      const char *next = stop + (stop < lines->end && *stop != '\f');
      lines->page_ends = next < lines->end && *next == '\f';
      return true;
    }
  }
  return false;
}
