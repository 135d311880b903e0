/* The candidate nearest to a name that nobody answers to: "did you mean". Compares accent-folded keys. */
#ifndef RECTRACK_CORE_BASE_NEAREST_H
#define RECTRACK_CORE_BASE_NEAREST_H

#include "core/base/error.h"
#include "core/base/text.h"

#include <stdbool.h>
#include <stddef.h>

/* How a longer name holds the wanted one; only those that do it best are kept. */
enum nearest_longer { NEAREST_NOT_HELD, NEAREST_BEGINNING, NEAREST_WORD };

struct nearest {
  char *wanted;       /* folded */
  size_t wanted_size; /* in characters */
  char *best;         /* what to answer; NULL when nothing near was offered */
  size_t distance;
  struct text offered; /* "a, b, c" */
  enum nearest_longer longer_how;
  char *longer;             /* the first answer that is longer */
  struct text longer_names; /* "A" or "B" */
  size_t longer_count;
};

void nearest_begin(struct nearest *nearest, const char *wanted) __attribute__((nonnull));
void nearest_begin_n(struct nearest *nearest, const char *wanted, size_t length) __attribute__((nonnull));
/* Of equally near candidates the one offered first stays. */
void nearest_offer(struct nearest *nearest, const char *candidate) __attribute__((nonnull));
/* As nearest_offer, but names `answer` when `candidate` is the nearest (an alias leads to its main name). */
void nearest_offer_as(struct nearest *nearest, const char *candidate, const char *answer) __attribute__((nonnull));
/*
 * The best candidate, owned by `nearest`: the nearest that is no farther than a third of the wanted name's length (at
 * least 1, at most 4; none for one or two characters, which are near to too many); where none is, the only longer one
 * that begins with it or has it as a word ("partial" for "partially-implemented"); or NULL.
 */
const char *nearest_answer(const struct nearest *nearest) __attribute__((nonnull));
/* What was offered with nearest_offer, "a, b, c"; owned by `nearest`. */
const char *nearest_offered(const struct nearest *nearest) __attribute__((nonnull));
/*
 * Gives an error the remedy "Did you mean "X"?"; where several longer names would do, with all of them if they are few
 * ("Korea"); else this one. Returns false.
 */
bool nearest_remedy(const struct nearest *nearest, struct error *error, const char *otherwise, ...)
    __attribute__((nonnull(1, 2, 3), format(printf, 3, 4)));
/* Whether a value is one of these (NULL ends them); else ERROR_DATA, "unknown WHAT", with the nearest or all of them.
 */
bool nearest_check(const char *value, const char *const *choices, const char *what, struct error *error)
    __attribute__((nonnull));
void nearest_end(struct nearest *nearest);
#define AUTO_NEAREST __attribute__((cleanup(nearest_end)))

#endif
