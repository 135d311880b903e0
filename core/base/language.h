/*
 * The six languages of the United Nations, and what tables and forms say in them.
 *
 * A language is a value, not the process's locale: one process writes files in six languages, and no locale need be
 * installed.  The English text is the key of its translation.  The catalogues po/LANGUAGE.po are compiled in, in the
 * form that msgfmt makes of them ("The Format of GNU MO Files" in the manual of GNU gettext), so that the installed
 * program needs no other file.
 *
 * Translated is what goes into tables: heads, labels, facts, notes.  What the program says to the person at the
 * terminal (errors, help) is English, as are codes, which other programs read.
 */
#ifndef RECTRACK_CORE_BASE_LANGUAGE_H
#define RECTRACK_CORE_BASE_LANGUAGE_H

#include "core/base/date.h"
#include "core/base/error.h"
#include "core/base/text.h"

#include <stdbool.h>
#include <stddef.h>

struct language {
  char code[3];     /* ISO 639-1: "fr" */
  const char *name; /* in itself: "Français" */
  bool right_to_left;
  /* Which of the catalogue's plural forms stands with a number: the rules of Unicode CLDR for cardinals. */
  unsigned (*plural)(unsigned long number);
};

extern const struct language language_list[]; /* ar, en, es, fr, ru, zh */
extern const size_t language_count;

/* Adds "ar, en, es, fr, ru, zh". */
void language_add_codes(struct text *out) __attribute__((nonnull));

/* By code; NULL when it is none of the six. */
const struct language *language_find(const char *code) __attribute__((nonnull));

/* As language_find. ERROR_USAGE when it is none of the six. */
bool language_parse(const char *code, const struct language **out, struct error *error) __attribute__((nonnull));

/* Marks a text that is translated later, where it is used. */
#define N_(message) message

/* The message in a language, itself where it has no translation. NULL is English. */
const char *translate(const struct language *language, const char *message)
    __attribute__((format_arg(2), nonnull(2), returns_nonnull));
/* For a message that means different things in different places. */
const char *translate_in(const struct language *language, const char *context, const char *message)
    __attribute__((format_arg(3), nonnull(2, 3), returns_nonnull));
/* The form that suits a number; `one` and `many` are the English forms. */
const char *translate_count(const struct language *language, const char *one, const char *many, unsigned long number)
    __attribute__((format_arg(2), format_arg(3), nonnull(2, 3), returns_nonnull));

/* Adds a date as the documents of the United Nations write it: "24 November 2026". Nothing for DAY_NONE. */
void language_add_day(const struct language *language, day value, struct text *out) __attribute__((nonnull(3)));

/* The catalogues that are compiled in (generated from po/ by sql/embed.sh); none for English. */
struct catalogue {
  const char *language;
  const unsigned char *bytes; /* an MO file, little-endian */
};
extern const struct catalogue catalogues[];
extern const size_t catalogue_count;

#endif
