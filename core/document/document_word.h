/*
 * The text of a Word document (.docx, ECMA-376 part 1, chapter 17): what a reader sees of it, one paragraph a line,
 * with the numbers that Word counts by itself.  Shared by document_file.c and the document_word*.c files.
 *
 * Left out are footnotes and comments, text that tracked changes delete or move away, hidden text, tables of contents,
 * heads and feet of pages; fields show their last result.  Pictures and embedded files can't be read.  Whatever isn't
 * plain furniture of pages is told as a finding.
 */
#ifndef RECTRACK_CORE_DOCUMENT_DOCUMENT_WORD_H
#define RECTRACK_CORE_DOCUMENT_DOCUMENT_WORD_H

#include "core/base/name_index.h"
#include "core/base/text.h"
#include "core/document/document.h"
#include "core/ooxml/ooxml.h"

#include <stdbool.h>
#include <stddef.h>

struct word_text {
  struct text text; /* lines end with LF, which is line n after paragraph n; VT is a line's end inside a paragraph */
  char *symbol;     /* as the head of a page says it; NULL: none does */
  struct document_finding *findings;
  size_t finding_count;
};

/* Reads the document in memory. `name` stands for the file in messages. ERROR_DATA. */
bool word_read(const char *bytes, size_t length, const char *name, struct word_text *out, struct error *error)
    __attribute__((nonnull));
void word_text_free(struct word_text *text);
#define AUTO_WORD_TEXT __attribute__((cleanup(word_text_free)))

/* ---- styles of paragraphs (document_word_style.c) ---- */

struct word_style {
  char *id, *name, *based_on; /* NULL where not said */
  int number_list, level;     /* w:numId and w:ilvl; -1 where not said */
  bool is_numbering;          /* a style of lists, not of paragraphs */
};

struct word_styles {
  struct word_style *items;
  size_t count, capacity;
  struct name_index *by_id;
  size_t default_style; /* of paragraphs; SIZE_MAX: none */
};

/* Reads the styles; none where the document has no such part. */
bool word_styles_read(struct ooxml *package, struct word_styles *styles, struct error *error) __attribute__((nonnull));
void word_styles_free(struct word_styles *styles);
/* By its id ("" and NULL: the default of paragraphs); NULL when there is none. */
const struct word_style *word_style_find(const struct word_styles *styles, const char *id);
/* The style, or the nearest of those that it is based on, that says in which list it is; NULL when none does. */
const struct word_style *word_style_numbered(const struct word_styles *styles, const struct word_style *style);

/* ---- numbers (document_word_number.c) ---- */

struct word_numbers;

/* Reads the definitions of lists; none where the document has no such part. Keeps `styles` by reference. */
bool word_numbers_read(struct ooxml *package, const struct word_styles *styles, struct word_numbers **numbers,
                       struct error *error) __attribute__((nonnull));
void word_numbers_free(struct word_numbers **numbers);
#define AUTO_WORD_NUMBERS __attribute__((cleanup(word_numbers_free)))
/* The level of a list that is tied to a style; -1 when none is. */
int word_numbers_level(const struct word_numbers *numbers, int list, const char *style);
/* Counts on and adds the number of the next paragraph in a list's level: "12.", "(a)"; nothing where it has none. */
void word_numbers_next(struct word_numbers *numbers, int list, int level, struct text *out) __attribute__((nonnull));

/* Whether an on/off element, such as w:vanish, is on. */
bool word_is_on(struct ooxml_reader *reader);
/* An attribute of w: as a number that isn't negative, or its w:val; `otherwise` when it is none. */
int word_attribute_number(struct ooxml_reader *reader, const char *name, int otherwise);
int word_number(struct ooxml_reader *reader, int otherwise);

#endif
