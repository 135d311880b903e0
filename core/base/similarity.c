/* How alike two texts are: the longest common subsequence of their words. */
#include "core/base/similarity.h"

#include "core/base/memory.h"
#include "core/base/text.h"

#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <unistr.h>

enum { WORDS_MAX = 2000 };

static const uint64_t FNV_BASIS = 0xcbf29ce484222325, FNV_PRIME = 0x100000001b3;

static int compare_words(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

/* Letters, digits and the marks on them make up words; all else stands between them. */
static bool is_of_word(ucs4_t c) {
  return uc_is_property_alphabetic(c) || uc_is_general_category(c, UC_CATEGORY_Nd) ||
         uc_is_general_category(c, UC_CATEGORY_Mn);
}

void similarity_prepare(struct similarity_text *out, const char *s) {
  AUTO_FREE char *folded = text_fold(s, strlen(s));
  size_t length = strlen(folded), capacity = 0;
  uint64_t word = 0;
  *out = (struct similarity_text){0};
  for (size_t at = 0; at <= length && out->count < WORDS_MAX;) {
    ucs4_t c = ' ';
    int size = at < length ? u8_mbtoucr(&c, (const uint8_t *)folded + at, length - at) : 1;
    if (size <= 0)
      break; /* never in folded text */
    if (at < length && is_of_word(c)) {
      word = word == 0 ? FNV_BASIS : word;
      for (int i = 0; i < size; i++)
        word = (word ^ (unsigned char)folded[at + (size_t)i]) * FNV_PRIME;
    } else if (word != 0) {
      memory_reserve((void **)&out->words, &capacity, out->count + 1, sizeof *out->words);
      out->words[out->count++] = word;
      word = 0;
    }
    at += (size_t)size;
  }
  out->sorted = memory_new(out->count, sizeof *out->sorted);
  if (out->count > 0)
    memcpy(out->sorted, out->words, out->count * sizeof *out->sorted);
  qsort(out->sorted, out->count, sizeof *out->sorted, compare_words);
}

void similarity_free(struct similarity_text *text) {
  free(text->words);
  free(text->sorted);
  *text = (struct similarity_text){0};
}

static int percent_of(size_t common, const struct similarity_text *a, const struct similarity_text *b) {
  size_t both = a->count + b->count;
  return both > 0 ? (int)(200 * common / both) : 0;
}

int similarity_at_most(const struct similarity_text *a, const struct similarity_text *b) {
  size_t common = 0;
  for (size_t i = 0, j = 0; i < a->count && j < b->count;) {
    common += a->sorted[i] == b->sorted[j];
    bool i_goes = a->sorted[i] <= b->sorted[j], j_goes = b->sorted[j] <= a->sorted[i];
    i += i_goes;
    j += j_goes;
  }
  return percent_of(common, a, b);
}

int similarity_percent(const struct similarity_text *a, const struct similarity_text *b) {
  AUTO_FREE size_t *lengths = memory_new(b->count + 1, sizeof *lengths); /* of the row above, then of this one */
  for (size_t i = 0; i < a->count; i++) {
    size_t diagonal = 0;
    for (size_t j = 0; j < b->count; j++) {
      size_t above = lengths[j + 1];
      lengths[j + 1] = a->words[i] == b->words[j] ? diagonal + 1 : above > lengths[j] ? above : lengths[j];
      diagonal = above;
    }
  }
  return percent_of(lengths[b->count], a, b);
}

int similarity_of(const char *one, const char *other) {
  struct similarity_text a, b;
  similarity_prepare(&a, one);
  similarity_prepare(&b, other);
  int percent = similarity_percent(&a, &b);
  similarity_free(&a);
  similarity_free(&b);
  return percent;
}
