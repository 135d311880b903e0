/* How alike two texts are, word by word. */
#ifndef RECTRACK_CORE_BASE_SIMILARITY_H
#define RECTRACK_CORE_BASE_SIMILARITY_H

#include <stddef.h>
#include <stdint.h>

/* A text made ready for comparing: its words, folded (core/base/text.h) and without signs, as numbers. */
struct similarity_text {
  uint64_t *words;
  uint64_t *sorted;
  size_t count;
};

void similarity_prepare(struct similarity_text *out, const char *s) __attribute__((nonnull));
void similarity_free(struct similarity_text *text);

/*
 * Percent of the words that both have in the same order: twice the longest common subsequence by the sum of both
 * lengths, rounded down.  100 means that the words are the same; texts without words are like nothing.  Only the first
 * 2,000 words are looked at.
 */
int similarity_percent(const struct similarity_text *a, const struct similarity_text *b) __attribute__((nonnull));

/* The same of two texts that are compared once. */
int similarity_of(const char *one, const char *other) __attribute__((nonnull));

/* An upper bound of similarity_percent that is quickly found: the words that both have in any order. */
int similarity_at_most(const struct similarity_text *a, const struct similarity_text *b) __attribute__((nonnull));

#endif
