/*
 * The steps from a report's bytes to a struct document, shared by the document_*.c files and nobody else:
 *
 *   bytes -> lines (document_lines.c)
 *         -> blocks (document_blocks.c, with document_furniture.c, document_footnote.c, document_hyphen.c and
 *            document_marker.c)
 *         -> masthead and title (document_masthead.c, document_held.c, document_language.c, document_state.c)
 *         -> paragraphs in their places (document_outline.c)
 *         -> recommendations (document_recommendation.c, document_addressee.c) and statements (document_statement.c)
 *
 * document_assembly.c holds what they all add to; document.c walks the steps.
 */
#ifndef RECTRACK_CORE_DOCUMENT_DOCUMENT_PRIVATE_H
#define RECTRACK_CORE_DOCUMENT_DOCUMENT_PRIVATE_H

#include "core/base/text.h"
#include "core/document/document.h"

/* ---- what a report is read from ---- */

struct document_input {
  const char *bytes; /* UTF-8 */
  size_t length;
  const char *name;   /* of the file, for messages */
  bool paragraphs;    /* each line is a paragraph, as a word processor has them; else lines may be hard-wrapped */
  const char *symbol; /* as it stands outside the text, in a page's head; NULL: nowhere */
  const struct document_finding *findings; /* of those who made the text */
  size_t finding_count;
};

/* As document_parse, where more is known of the text. */
bool document_parse_input(struct document **document, const struct document_input *input, struct error *error);

/* ---- markers: what numbers a paragraph or heading (document_marker.c) ---- */

enum marker_kind {
  MARKER_NONE,
  MARKER_ROMAN,   /* "II." of two signs or more: a chapter */
  MARKER_CAPITAL, /* "A.", also "I." and "V.", which may be chapters */
  MARKER_NUMBER,  /* "10.", "6.12", "6.12." */
  MARKER_LETTER,  /* "(a)", "a)", "(aa)", also roman "(iv)" */
};

struct marker {
  enum marker_kind kind;
  char number[16]; /* without stops and brackets */
  unsigned value;  /* MARKER_NUMBER: what stands before the last full stop of 6.12, or the whole number */
  unsigned minor;  /* MARKER_NUMBER: what stands after it; 0 when there is none */
  size_t length;   /* bytes up to the text */
};

/* Reads the marker at the front of a line of single-spaced text; MARKER_NONE when there is none. */
struct marker marker_read(const char *s, size_t length);

/* Whether letters come next in a list: nothing -> a, b -> c, z -> aa, aa -> bb (or ab). Either case. */
bool marker_follows(const char *before, const char *letters);

/* ---- how a text begins and ends, what stands in it (document_prose.c) ---- */

bool prose_begins_lower(const char *s, size_t length);
bool prose_begins_upper(const char *s, size_t length);
bool prose_ends_with_colon(const char *s);
/* Ends a sentence or an entry of a list: . ; : ! ? or "; and". */
bool prose_is_ended(const char *s, size_t length);
/* Where the sentence that begins at s ends, behind its full stop. */
const char *prose_sentence_end(const char *s);
/* First place where one of `needles` (NULL at the end) stands, ASCII letters in either case; NULL when none does. */
const char *prose_find_any(const char *s, const char *const *needles);
/* Whether s begins with one of `prefixes` (NULL at the end), to the letter; gives its length, else 0. */
size_t prose_prefix(const char *s, const char *const *prefixes);

/* ---- furniture of pages (document_furniture.c) ---- */

/*
 * Lines that belong to the page and not to the text, and are left out: page numbers ("2/14"), job numbers
 * ("V.18-04739 (E) 160718"), bar codes ("*1804739*"), lines of a table of contents ("I. Introduction ..... 3").
 */
bool furniture_is_line(const char *s, size_t length);

/* Whether the line is nothing but the document's symbol and a page's number beside it. */
bool furniture_is_running_head(const char *s, size_t length, const char *symbol);

/* The length of the symbol when the line is nothing but one ("CTOC/COP/WG.7/2018/L.1/Add.1"), *start its place;
 * else 0.  "United Nations" before it and a footnote's star after it are let pass. */
size_t furniture_symbol(const char *s, size_t length, size_t *start);

/* ---- lines (document_lines.c) ---- */

/* Hands out the lines one by one. */
struct lines {
  const char *s, *end;
  uint64_t number;   /* of the line handed out */
  struct text text;  /* it, with single spaces and none at its ends */
  struct text right; /* what stands in the right column; empty when there is one column only */
  bool in_front;     /* VT ends a line */
  bool columns;      /* columns are looked for */
  bool after_blank;  /* blank lines stand before it */
  bool page_began;   /* a form feed stands before it */
  bool page_ends;    /* a form feed stands right after it */
};

void lines_begin(struct lines *lines, const char *bytes, size_t length);
/* Goes to the next line that isn't blank; false at the end. */
bool lines_next(struct lines *lines);
void lines_free(struct lines *lines);

/* ---- words broken at a line's end (document_hyphen.c) ---- */

struct hyphens {
  const char *bytes; /* the whole report */
  size_t length;
  struct text small; /* it in small letters, made when first needed */
  size_t budget;     /* bytes that may still be searched */
};

void hyphen_begin(struct hyphens *hyphens, const char *bytes, size_t length);
/* Whether the hyphen that ends `text` only breaks a word that goes on in `next`. */
bool hyphen_is_break(struct hyphens *hyphens, const struct text *text, const char *next);
void hyphen_free(struct hyphens *hyphens);

/* ---- footnotes (document_footnote.c) ---- */

struct blocks;

struct footnote_mark {
  unsigned number;
  size_t block; /* the mark stands in this block or before it */
};

struct footnotes {
  size_t lines; /* left out */
  uint64_t first_line;
  char *first; /* the first of them; NULL when there is none */
  struct footnote_mark *marks;
  size_t mark_count, mark_capacity;
  size_t searched; /* bytes of text in which marks were looked for */
};

/* A line of underscores, below which footnotes stand. */
bool footnote_is_rule(const char *s, size_t length);
/* Whether a line begins with a footnote's mark: "1 See", "* Adopted"; or with a star. */
bool footnote_begins(const char *s, size_t length);
bool footnote_begins_with_star(const char *s, size_t length);
/* Whether a line begins with the number of the next footnote, whose mark stands in a block above or in the open text.
 */
bool footnote_is_expected(struct footnotes *footnotes, const struct text *line, const struct blocks *blocks,
                          const char *open);
/* Notes a line of a footnote that is left out; its mark stands in block number `block` or before it. */
void footnote_add(struct footnotes *footnotes, const char *s, size_t length, uint64_t line, size_t block);
/* Takes their marks out of the text. */
void footnotes_take_marks(struct footnotes *footnotes, struct blocks *blocks);
void footnotes_free(struct footnotes *footnotes);

/* ---- blocks: a paragraph's lines joined (document_blocks.c) ---- */

struct block {
  char *text; /* whole, with its marker; words separated by single spaces */
  uint64_t line;
  struct marker marker;
  bool is_symbol;     /* a line with the document's symbol */
  size_t next_number; /* index of the next block with a MARKER_NUMBER; SIZE_MAX */
  size_t next_letter; /* index of the next block with a MARKER_LETTER when only unmarked ones stand between; SIZE_MAX */
};

struct blocks {
  struct block *items;
  size_t count;
  size_t capacity;
  char *symbol; /* NULL when none was found */
  struct footnotes footnotes;
};

/* Joins lines into blocks; `paragraphs`: see struct document_input. Furniture and repeats of the symbol (running heads)
 * are left out. */
void blocks_read(struct blocks *blocks, const char *bytes, size_t length, bool paragraphs);
void blocks_free(struct blocks *blocks);
#define AUTO_BLOCKS __attribute__((cleanup(blocks_free)))

/* The block's text after its marker. */
const char *block_text(const struct block *block);

/* ---- the document while it is put together (document_assembly.c) ---- */

struct assembly {
  struct document *document;
  size_t paragraph_capacity, recommendation_capacity, statement_capacity, finding_capacity;
  struct text tail; /* text of the last paragraph, which may still grow */
};

/* Adds a paragraph; its text can be lengthened until the next one is added. */
struct paragraph *assembly_add(struct assembly *assembly, enum paragraph_kind kind, const char *number,
                               const char *text, uint64_t line);
void assembly_lengthen(struct assembly *assembly, const char *text);
/* Takes a footnote's stars off the end of the last paragraph, unless they are a pair's. */
void assembly_take_star(struct assembly *assembly);
/* The last paragraph's text so far; "" when there is none. */
const char *assembly_tail(const struct assembly *assembly);
/* Hands the last text to its paragraph. */
void assembly_close(struct assembly *assembly);
void assembly_find(struct assembly *assembly, uint64_t line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void assembly_recommend(struct assembly *assembly, const struct reference *reference, size_t paragraph, size_t chapeau);
void assembly_state(struct assembly *assembly, size_t paragraph, const char *name, size_t length);

/* ---- steps ---- */

/* Adds masthead and title; returns the index of the first block of the report itself. */
size_t masthead_read(struct assembly *assembly, const struct blocks *blocks);
/* Adds the paragraphs from block `first` on. */
void outline_read(struct assembly *assembly, const struct blocks *blocks, size_t first);
/* The one State that the document speaks to, from its title. */
void state_read(struct assembly *assembly);
/* Whether a title is of concluding observations on one State. */
bool state_is_observed(const char *title);
void recommendations_read(struct assembly *assembly);
void statements_read(struct assembly *assembly);

/* Reads "4–5 July 2018", "du 30 juin au 2 juillet 2018"; false unless the whole is one day or a range of days. */
bool held_read(const char *s, size_t length, day *from, day *to);

/* Guesses a text's language from its script and small words; "" when there is too little to go by. */
void language_guess(const char *s, size_t length, char language[static 3]);
/* The code of a language named in English, French or Spanish (folded, no accents); NULL when unknown. */
const char *language_code(const char *folded);

/* Whom a sentence with "should" or "recommends that" speaks to. */
enum addressee {
  ADDRESSEE_NONE, /* nobody is asked for anything */
  ADDRESSEE_STATES,
  ADDRESSEE_UNNAMED, /* something should be done, and nobody is named who should do it */
  ADDRESSEE_OTHER,   /* an organ of the United Nations or of the conference */
};
/*
 * `last` looks at the last sentence only, as a chapeau asks for; otherwise the first sentence that asks somebody
 * counts, where those behind the first must name whom they ask.  *name is set to the organ for ADDRESSEE_OTHER.
 */
enum addressee addressee_read(const char *s, bool last, const char **name);
/* Whether s begins with States: then they do something, or should. */
bool addressee_begins_with_states(const char *s);
/* Whether s ends with the body that speaks, "…, the Working Group:", so that each item says what it does. */
bool addressee_ends_with_body(const char *s);
/* Whether s begins with an organ that should do something: "The Secretariat should …", "The Secretariat collect …". */
bool addressee_is_organ(const char *s, const char **name);

#endif
