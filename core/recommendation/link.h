/*
 * Links between the recommendations of a document and those of its later version: what became of each (draft, then
 * final).  The link decides for which recommendation the records count that were given on the old one.
 */
#ifndef RECTRACK_CORE_RECOMMENDATION_LINK_H
#define RECTRACK_CORE_RECOMMENDATION_LINK_H

#include "core/base/error.h"
#include "core/base/similarity.h"
#include "core/csv/csv.h"
#include "core/ledger/batch.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct link {
  char *old;                 /* full reference; NULL: the new one had no predecessor */
  char *successor;           /* full reference; NULL: the old one was dropped */
  char *old_text, *new_text; /* NULL likewise */
  int similarity;            /* percent; -1 where one of them lacks */
};

/* Owned by the list; sorted as they were given. */
struct link_list {
  struct link *items;
  size_t count, capacity;
};
void link_list_free(struct link_list *list);
#define AUTO_LINKS __attribute__((cleanup(link_list_free)))

/* What became of it: "unchanged", "moved", "reworded", "dropped" or "new". */
const char *link_outcome(const struct link *link) __attribute__((nonnull, returns_nonnull));

/* A recommendation to be linked. */
struct link_end {
  const char *reference; /* full */
  const char *text;
};

/* Adds a link with copies of what both ends say; NULL: there is none. */
void link_add(struct link_list *list, const struct link_end *old, const struct link_end *successor, int similarity)
    __attribute__((nonnull(1)));

/*
 * Proposes what became of each old one, at most one successor each: the most alike first, from 60 percent on, those at
 * the same place before others equally alike.  First come all old ones in their order, then the new ones without a
 * predecessor.  ERROR_INTERRUPTED.
 */
bool link_propose(const struct link_end *olds, size_t old_count, const struct link_end *news, size_t new_count,
                  struct link_list *out, struct error *error) __attribute__((nonnull(5, 6)));

/* The columns of a file of links: old and new; what helps a person to check them may stand beside. */
enum link_column { LINK_OLD, LINK_NEW, LINK_SIMILARITY, LINK_OUTCOME, LINK_OLD_TEXT, LINK_NEW_TEXT, LINK_COLUMNS };
extern const struct csv_column link_columns[LINK_COLUMNS];

/* Adds the row that stores what became of a recommendation; `successor_id` 0: dropped. */
void link_write(struct batch *batch, int32_t rec_id, int32_t successor_id, int similarity) __attribute__((nonnull));

#endif
