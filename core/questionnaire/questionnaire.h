/*
 * Questionnaires: what one State is asked about, as a workbook that an official fills in and sends back.
 *
 * The form is made from what was known at a ledger position, and says so inside itself; so it can be made again when it
 * comes back, and every cell that was not to be filled in is compared with what went out.
 *
 * The workbook has a sheet to fill in, whose layout is here; one of instructions; and a hidden one, "rectrack", with
 * what the form is, the digest of its locked cells, and the lists for its drop-downs.
 */
#ifndef RECTRACK_CORE_QUESTIONNAIRE_QUESTIONNAIRE_H
#define RECTRACK_CORE_QUESTIONNAIRE_QUESTIONNAIRE_H

#include "core/base/date.h"
#include "core/base/error.h"
#include "core/base/language.h"
#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/database/db.h"
#include "core/ledger/verify.h"
#include "core/recommendation/recommendation.h"
#include "core/register/register.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- what is asked ------------------------------------------------------- */

struct questionnaire_row {
  const struct recommendation *recommendation;
  const struct level *last; /* what the State reported last; NULL: nothing */
  day last_day;             /* and of which day; DAY_NONE */
};

struct questionnaire {
  struct ledger_head head; /* the knowledge that it is made from */
  day as_of;               /* the day on which it is asked: who is a Party, what was said last */
  const struct language *language;
  char *document; /* symbol: only its recommendations; NULL: all */
  struct state_register *reg;
  struct recommendation_list *recommendations;
  const struct state *state;
  struct questionnaire_row *rows; /* in the order of documents and places */
  size_t count;
};

struct questionnaire_request {
  const char *state;    /* alpha-3 */
  const char *document; /* symbol; NULL: all */
  day as_of;
  const struct language *language; /* NULL: English */
  struct ledger_head head;
};

/*
 * Collects the recommendations that are addressed to a State which is a Party to their instruments, and that it can
 * report on: not those that a later version superseded, nor those with a scale for reviewers alone.  There may be
 * none.  ERROR_DATA when no State has the code.
 */
bool questionnaire_make(struct db *db, const struct questionnaire_request *request, struct questionnaire **out,
                        struct error *error) __attribute__((nonnull));
/* True when the State is asked anything; else ERROR_DATA, which says how that comes about. */
bool questionnaire_asks(const struct questionnaire *questionnaire, struct error *error) __attribute__((nonnull));
void questionnaire_free(struct questionnaire **questionnaire);
#define AUTO_QUESTIONNAIRE __attribute__((cleanup(questionnaire_free)))

/* Whether a State can report this level of the recommendation: what the drop-down offers. */
bool questionnaire_offers(const struct recommendation *recommendation, const struct level *level)
    __attribute__((nonnull));

/* ---- the sheet that is filled in ----------------------------------------- */

enum { FORM_TITLE_ROW, FORM_HINT_ROW, FORM_ALL_ROW, FORM_HEAD_ROW, FORM_FIRST_ROW };

enum form_column {
  FORM_DOCUMENT,
  FORM_PLACE,
  FORM_TEXT,
  FORM_LAST_LEVEL,
  FORM_LAST_DAY,
  FORM_LEVEL, /* filled in by the State, this and what follows */
  FORM_DAY,   /* in FORM_ALL_ROW: the day for all rows that have none */
  FORM_NOTE,  /* in FORM_ALL_ROW: the language of the notes */
  FORM_EVIDENCE,
  FORM_COLUMNS
};

/* Whether a cell is to be filled in. Rows count from 0. */
bool form_is_open(const struct questionnaire *questionnaire, size_t row, size_t column) __attribute__((nonnull));

/* Adds what stands in a locked cell; nothing for an empty one. */
void form_add_locked(const struct questionnaire *questionnaire, size_t row, size_t column, struct text *out)
    __attribute__((nonnull));

/*
 * Adds a cell's text with every run of white space made one space and none at its ends, because programs that save a
 * workbook change them: locked cells are the same when they are the same in this form.
 */
void form_add_squeezed(struct text *out, const char *value) __attribute__((nonnull));

/*
 * Takes a locked cell into a digest, squeezed: first those of the hidden sheet that say what the form is, then those of
 * the sheet to fill in, from left to right and from top to bottom.
 */
void form_digest_cell(struct sha256 *sha, size_t row, size_t column, const char *value) __attribute__((nonnull));

/* ---- the hidden sheet ---------------------------------------------------- */

#define FORM_HIDDEN_SHEET "rectrack"
#define FORM_VERSION      "1"

/* Its first two columns: a row each, a key and a value. */
enum form_fact {
  FORM_FACT_VERSION,
  FORM_FACT_LEDGER, /* POSITION:SHA256 */
  FORM_FACT_STATE,
  FORM_FACT_LANGUAGE,
  FORM_FACT_AS_OF,
  FORM_FACT_DOCUMENT,
  FORM_FACT_SHEET,  /* the name of the sheet to fill in */
  FORM_FACT_DIGEST, /* of the facts above and of the locked cells of that sheet */
  FORM_FACTS
};
const char *form_fact_name(enum form_fact fact);

/* Its lists: what a level and a language are called in the drop-downs. */
const char *form_level_label(const struct questionnaire *questionnaire, const struct level *level)
    __attribute__((nonnull));

#endif
