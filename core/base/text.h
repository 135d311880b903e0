/*
 * Text: UTF-8 checks, growing buffers, escaping for display, folding and
 * comparing of names.  All strings are UTF-8.
 */
#ifndef RECTRACK_CORE_BASE_TEXT_H
#define RECTRACK_CORE_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A growing buffer; `data` is always NUL-terminated once something was added, and NULL before. */
struct text {
  char *data;
  size_t length;
  size_t capacity;
};

#define AUTO_TEXT __attribute__((cleanup(text_free)))

void text_free(struct text *text);
void text_clear(struct text *text); /* length 0, memory kept */
void text_add(struct text *text, const char *s);
void text_add_n(struct text *text, const char *bytes, size_t length);
void text_add_char(struct text *text, char c);
void text_add_format(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The content as a C string ("" when empty), owned by `text`. */
const char *text_string(const struct text *text);
/* Hands the content over to the caller (to be freed) and leaves `text` empty. */
char *text_take(struct text *text);

/* True when the bytes are valid UTF-8; else *bad (if not NULL) is the offset of the first wrong byte. */
bool text_is_utf8(const char *bytes, size_t length, size_t *bad);

/* Number of characters (code points) in the first `length` bytes. */
size_t text_characters(const char *s, size_t length);

/* Columns that a terminal needs for s (wide characters count 2, combining ones 0). */
size_t text_width(const char *s);

/* Longest prefix of s, in bytes, that is at most `width` terminal columns wide. */
size_t text_prefix(const char *s, size_t width);

/*
 * Adds s so that it is harmless on a terminal: C0/C1 controls, DEL, bidirectional controls
 * (U+061C, 200E–200F, 202A–202E, 2066–2069), line and paragraph separators and invalid bytes are shown
 * as \n, \t, \x1b or \u202e.  Everything else stays.
 */
void text_add_escaped(struct text *text, const char *s, size_t length);

/*
 * How many bytes of a value to quote in a message, with %.*s: at most 120 characters' worth, never half a character.
 */
int text_shown(const char *s, size_t length);

/*
 * The key under which names are compared: NFKC, case folded, curly apostrophes (also U+02BC, ` and the acute accent
 * sign) made straight, the hyphens U+2010 and U+2011 made "-", every run of white space (also U+00A0) made one space,
 * ends trimmed.  Bytes that are not UTF-8 become U+FFFD.  The caller frees it.
 */
char *text_fold(const char *s, size_t length);

/* As text_fold, with accents removed as well ("Côte" -> "cote"). */
char *text_fold_accents(const char *s, size_t length);

/* Trims ASCII and Unicode white space at both ends; result points into s; *length is updated. */
const char *text_trim(const char *s, size_t *length);

/* Edit distance in characters (insert, delete, replace, swap of neighbours each cost 1). */
size_t text_distance(const char *a, const char *b);

#endif
