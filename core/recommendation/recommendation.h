/*
 * Recommendations with their documents, as known at a ledger position; what reports count and what `list` and the
 * importer look up.
 */
#ifndef RECTRACK_CORE_RECOMMENDATION_RECOMMENDATION_H
#define RECTRACK_CORE_RECOMMENDATION_RECOMMENDATION_H

#include "core/base/date.h"
#include "core/base/error.h"
#include "core/base/name_index.h"
#include "core/base/text.h"
#include "core/database/db.h"
#include "core/register/register.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct report_document {
  int32_t id;
  char *symbol;
  char *title; /* "" when unknown; likewise below */
  char *body;
  char *session;
  day held_to; /* the last day of the meeting; the date of adoption; DAY_NONE when unknown */
  day dated;
};

struct recommendation {
  int32_t id;
  size_t document; /* index in `documents` */
  char *place;     /* II.A.1(a) */
  char *chapter;   /* "II"; "" when there is none; likewise section */
  char *section;   /* "A" */
  char *text;
  int16_t instrument_id; /* 0: none */
  int16_t scale_id;
  bool to_all_parties;
  day due_on;          /* DAY_NONE when there is none */
  int16_t *addressees; /* State ids in order; empty when to_all_parties */
  size_t addressee_count;
  int16_t *themes; /* ids */
  size_t theme_count;
  char **articles;
  size_t article_count;
  int32_t current_id; /* for which its records count: itself, or what stands in its place in a later version of its
                         document; 0 where it was dropped there */
};

struct recommendation_list {
  struct report_document *documents; /* sorted by symbol */
  size_t document_count;
  struct recommendation *items; /* sorted by id */
  size_t count;
  size_t *by_place; /* indices into items, in the order of documents (by symbol) and places */
  bool any_superseded;
};

/* Loads all recommendations known at `position`. The caller frees the list. */
bool recommendation_load(struct db *db, int32_t position, struct recommendation_list **out, struct error *error)
    __attribute__((nonnull));
void recommendation_free(struct recommendation_list **list);
#define AUTO_RECOMMENDATIONS __attribute__((cleanup(recommendation_free)))

/* By id; NULL when there is none. */
const struct recommendation *recommendation_by_id(const struct recommendation_list *list, int32_t id);

/* The day of its adoption: the last day of the meeting, else the date of the document; DAY_NONE when unknown. */
day recommendation_adopted(const struct recommendation_list *list, const struct recommendation *item);
/* Whether a later version of its document supersedes it: then it is in no population. */
bool recommendation_is_superseded(const struct recommendation *item);
/* The one for which its records count: itself or its successor; NULL where it was dropped. */
const struct recommendation *recommendation_current(const struct recommendation_list *list,
                                                    const struct recommendation *item);

/* Adds the full reference, SYMBOL:PLACE. */
void recommendation_add_reference(const struct recommendation_list *list, const struct recommendation *item,
                                  struct text *out);

/* The document of that symbol; NULL with ERROR_DATA and the nearest symbol. */
const struct report_document *recommendation_find_document(const struct recommendation_list *list, const char *symbol,
                                                           struct error *error);

/*
 * By full reference, or by place alone where `document` (a symbol, may be NULL) names the document or only one document
 * holds the place; superseded ones are looked at only where no other answers to it. NULL with ERROR_DATA: unknown
 * (nearest named), ambiguous (the documents named).
 */
const struct recommendation *recommendation_find(const struct recommendation_list *list, const char *reference,
                                                 size_t length, const char *document, struct error *error);

#endif
