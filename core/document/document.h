/*
 * A meeting report's text into paragraphs, recommendations and statements.  No database here: what a document says of
 * States and instruments stays text until core/register/register.h resolves it.
 */
#ifndef RECTRACK_CORE_DOCUMENT_DOCUMENT_H
#define RECTRACK_CORE_DOCUMENT_DOCUMENT_H

#include "core/base/date.h"
#include "core/base/error.h"
#include "core/document/reference.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum paragraph_kind {
  PARAGRAPH_MASTHEAD, /* conference, distribution, dates, body, place: what stands before the title */
  PARAGRAPH_TITLE,    /* "Draft Report", "Addendum" */
  PARAGRAPH_CHAPTER,  /* number "II" */
  PARAGRAPH_SECTION,  /* number "A" */
  PARAGRAPH_HEADING,  /* unlettered sub-heading; number "" or "1" */
  PARAGRAPH_NUMBERED, /* number "10" */
  PARAGRAPH_ITEM,     /* number "a" */
  PARAGRAPH_TEXT,     /* anything that has no number and is no heading */
};

struct paragraph {
  enum paragraph_kind kind;
  char number[16];
  char *text;     /* without its number; one line, words separated by single spaces; sub-items (i), (ii) inside */
  uint64_t line;  /* physical line of the file on which it begins */
  bool continued; /* the heading carries "(continued)", which is taken off `text` */
  char place[REFERENCE_PLACE_SIZE]; /* where it stands: "II", "II.A", "II.A.1", "II.A.1(a)"; "" in masthead and title */
};

struct document_recommendation {
  struct reference reference; /* symbol filled when the document has one */
  size_t paragraph;           /* index in paragraphs: the item, or the numbered paragraph itself */
  size_t chapeau; /* index of the paragraph whose text introduces it; SIZE_MAX when it is itself the paragraph */
};

struct document_statement {
  size_t paragraph; /* index of the paragraph that lists who made statements */
  char *name;       /* a State's or organization's name as written */
};

/* Something in the text that could not be placed; told to the user, never dropped. */
struct document_finding {
  uint64_t line;
  char *message;
};

struct document {
  char *symbol;           /* as read from the text; NULL when it does not stand there */
  char *conference;       /* "Conference of the Parties to the …"; NULL when absent; likewise below */
  char *body;             /* "Working Group on the Smuggling of Migrants" */
  char *session;          /* "Fifth session" */
  char *title;            /* "Draft Report – Addendum" */
  char *distribution;     /* "Limited" */
  char *state;            /* the one State that all recommendations speak to, as written; NULL: not one alone */
  char *place;            /* "Vienna" */
  char *held;             /* "4–5 July 2018", as written */
  day held_from, held_to; /* DAY_NONE when unknown */
  day dated;              /* the masthead's own date */
  char language[3];       /* of this text: en, fr, es, ar, ru, zh */
  char original_language[3];
  struct paragraph *paragraphs;
  size_t paragraph_count;
  struct document_recommendation *recommendations;
  size_t recommendation_count;
  struct document_statement *statements;
  size_t statement_count;
  struct document_finding *findings;
  size_t finding_count;
};

/*
 * Reads a report given as UTF-8 text.  Line ends may be LF, CRLF or CR; a paragraph may be one line or hard-wrapped
 * with blank lines between paragraphs.  `name` is the file's name for messages.  ERROR_DATA when the bytes are not
 * UTF-8, hold a NUL or nothing at all.  A text in which no recommendation is found is not an error here:
 * recommendation_count is 0.
 */
bool document_parse(struct document **document, const char *bytes, size_t length, const char *name, struct error *error)
    __attribute__((nonnull));

/* Reads the file ("-" is stdin) and parses it; gives its digest. ERROR_NO_INPUT when it cannot be opened. */
bool document_read(struct document **document, const char *path, unsigned char digest[static 32], struct error *error)
    __attribute__((nonnull));

/* "chapter", "section", "paragraph", "item", … as stored in the database. */
const char *paragraph_kind_name(enum paragraph_kind kind);

void document_free(struct document **document);
#define AUTO_DOCUMENT __attribute__((cleanup(document_free)))

#endif
