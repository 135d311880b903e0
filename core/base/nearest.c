/* "Did you mean". */
#include "core/base/nearest.h"

#include "core/base/memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Shorter beginnings and words mean too little; of more longer names than that none is named. */
enum { BEGINNING_LEAST = 3, WORD_LEAST = 4, LONGER_MOST = 4 };

void nearest_begin_n(struct nearest *nearest, const char *wanted, size_t length) {
  /* nothing is near a page of text, and comparing costs length times length */
  if (length > 400)
    length = 400;
  nearest->wanted = text_fold_accents(wanted, length);
  nearest->wanted_size = text_characters(nearest->wanted, strlen(nearest->wanted));
  nearest->best = NULL;
  nearest->distance = SIZE_MAX;
  nearest->offered = (struct text){0};
  nearest->longer_how = NEAREST_NOT_HELD;
  nearest->longer = NULL;
  nearest->longer_names = (struct text){0};
  nearest->longer_count = 0;
}

void nearest_begin(struct nearest *nearest, const char *wanted) {
  nearest_begin_n(nearest, wanted, strlen(wanted));
}

static size_t allowed(const struct nearest *nearest) {
  size_t third = nearest->wanted_size / 3;
  if (nearest->wanted_size <= 2)
    return 0;
  return third > 4 ? 4 : third;
}

/* Whether the wanted name is a whole word, or several, of a longer one. */
static bool has_as_word(const struct nearest *nearest, const char *key) {
  size_t length = strlen(nearest->wanted);
  if (nearest->wanted_size < WORD_LEAST)
    return false;
  for (const char *at = key; (at = strstr(at, nearest->wanted)) != NULL; at++)
    if ((at == key || at[-1] == ' ' || at[-1] == '(') && strchr(" ),-", at[length]) != NULL)
      return true;
  return false;
}

/* How a longer name holds the wanted one: a whole word says more than the beginning of one. */
static enum nearest_longer held(const struct nearest *nearest, const char *key) {
  if (has_as_word(nearest, key))
    return NEAREST_WORD;
  bool begins = strncmp(key, nearest->wanted, strlen(nearest->wanted)) == 0;
  return begins && nearest->wanted_size >= BEGINNING_LEAST ? NEAREST_BEGINNING : NEAREST_NOT_HELD;
}

static void add_longer(struct nearest *nearest, enum nearest_longer how, const char *answer) {
  if (how == NEAREST_NOT_HELD || how < nearest->longer_how)
    return;
  if (how > nearest->longer_how) {
    nearest->longer_how = how;
    nearest->longer_count = 0;
    text_clear(&nearest->longer_names);
  }
  AUTO_TEXT struct text quoted = {0};
  text_add_format(&quoted, "\"%s\"", answer);
  if (strstr(text_string(&nearest->longer_names), quoted.data) != NULL)
    return;
  if (nearest->longer_count == 0) {
    free(nearest->longer);
    nearest->longer = memory_string(answer);
  }
  if (nearest->longer_count < LONGER_MOST)
    text_add_format(&nearest->longer_names, "%s%s", nearest->longer_count > 0 ? " or " : "", quoted.data);
  nearest->longer_count++;
}

void nearest_offer_as(struct nearest *nearest, const char *candidate, const char *answer) {
  AUTO_FREE char *key = text_fold_accents(candidate, strlen(candidate));
  add_longer(nearest, held(nearest, key), answer);
  size_t size = text_characters(key, strlen(key));
  size_t difference = size > nearest->wanted_size ? size - nearest->wanted_size : nearest->wanted_size - size;
  if (difference > allowed(nearest) || difference >= nearest->distance)
    return;
  size_t distance = text_distance(nearest->wanted, key);
  if (distance > allowed(nearest) || distance >= nearest->distance)
    return;
  free(nearest->best);
  nearest->best = memory_string(answer);
  nearest->distance = distance;
}

void nearest_offer(struct nearest *nearest, const char *candidate) {
  text_add_format(&nearest->offered, "%s%s", nearest->offered.length > 0 ? ", " : "", candidate);
  nearest_offer_as(nearest, candidate, candidate);
}

const char *nearest_answer(const struct nearest *nearest) {
  return nearest->best == NULL && nearest->longer_count == 1 ? nearest->longer : nearest->best;
}

const char *nearest_offered(const struct nearest *nearest) {
  return text_string(&nearest->offered);
}

bool nearest_remedy(const struct nearest *nearest, struct error *error, const char *otherwise, ...) {
  const char *answer = nearest_answer(nearest);
  if (answer != NULL)
    return error_remedy(error, "Did you mean \"%s\"?", answer);
  if (nearest->longer_count > 0 && nearest->longer_count <= LONGER_MOST)
    return error_remedy(error, "Did you mean %s?", nearest->longer_names.data);
  va_list arguments;
  va_start(arguments, otherwise);
  error_remedy_list(error, otherwise, arguments);
  va_end(arguments);
  return false;
}

bool nearest_check(const char *value, const char *const *choices, const char *what, struct error *error) {
  for (const char *const *choice = choices; *choice != NULL; choice++)
    if (strcmp(*choice, value) == 0)
      return true;
  AUTO_NEAREST struct nearest nearest;
  nearest_begin(&nearest, value);
  for (const char *const *choice = choices; *choice != NULL; choice++)
    nearest_offer(&nearest, *choice);
  error_set(error, ERROR_DATA, "unknown %s: \"%s\"", what, value);
  return nearest_remedy(&nearest, error, "Write one of %s.", nearest_offered(&nearest));
}

void nearest_end(struct nearest *nearest) {
  free(nearest->wanted);
  free(nearest->best);
  free(nearest->longer);
  text_free(&nearest->offered);
  text_free(&nearest->longer_names);
  *nearest = (struct nearest){0};
}
