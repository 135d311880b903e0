/*
 * A cut from words: what the options of `report` and the lines of a job file say, each by its name and value.
 *
 *   cut_begin(&cut, "crosstab", …), cut_set(&cut, "rows", "state", …), …, cut_check(&cut, …)
 */
#ifndef RECTRACK_REPORTS_TABLE_CUT_WORDS_H
#define RECTRACK_REPORTS_TABLE_CUT_WORDS_H

#include "core/base/error.h"
#include "reports/table/cut.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Fills a cut with what a report by that name asks for, as of today, known now, reported.  ERROR_USAGE with the nearest
 * name.  The caller frees the cut in every case (cut_free).
 */
bool cut_begin(struct cut *cut, const char *report, struct error *error) __attribute__((nonnull));

/*
 * Sets one word, such as "where", "as-of", "known-at", "lang".  Nothing is kept of `value`.  Words that are flags take
 * NULL or "yes" for yes, and "no".  ERROR_USAGE that names the word; an unknown word gets the nearest one.
 */
bool cut_set(struct cut *cut, const char *word, const char *value, struct error *error)
    __attribute__((nonnull(1, 2, 4)));

/* The words in their order, for those who offer them; NULL behind the last. */
const char *cut_word(size_t number);

/* Whether all that was set goes together. After the last cut_set. ERROR_USAGE. */
bool cut_check(const struct cut *cut, struct error *error) __attribute__((nonnull));

#endif
