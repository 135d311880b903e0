/*
 * Words broken at a line's end: "inter-" and "national" in the next line.
 *
 * A hyphen there is either the break's or the word's own.  What the report itself shows decides, in this order:
 * 1. "well-trained" stands elsewhere with its hyphen: it stays;  2. "international" stands elsewhere whole: the hyphen
 * goes;  3. what follows is an ending that no word is ("-ing", "-tion"): it goes;  4. otherwise it stays, since a
 * hyphen too many is seen by whoever reads the text and a lost one is not.
 */
#include "core/document/document_private.h"

#include <string.h>
#include <strings.h>

/* Longer words aren't looked for; and not more than so many bytes are searched in all. */
enum { WORD_MAX = 60, SEARCH_BUDGET = 1 << 27 };

static const char *const endings[] = {
    "ing",    "ings",     "tion",    "tions",   "ation",   "ations",   "sion",   "sions",  "ment",  "ments",
    "mente",  "ance",     "ances",   "ence",    "ences",   "ity",      "ities",  "ness",   "ed",    "ly",
    "able",   "ible",     "ables",   "ibles",   "tive",    "tives",    "ción",   "ciones", "mento", "mentos",
    "miento", "dad",      "dades",   "tional",  "tionale", "tionales", "té",     "tés",    "teur",  "teurs",
    "cional", "cionales", "ización", "isation", "ization", "encia",    "encias", NULL};

void hyphen_begin(struct hyphens *hyphens, const char *bytes, size_t length) {
  *hyphens = (struct hyphens){.bytes = bytes, .length = length, .budget = SEARCH_BUDGET};
}

void hyphen_free(struct hyphens *hyphens) {
  text_free(&hyphens->small);
}

static void add_small(struct text *out, const char *s, size_t length) {
  for (size_t i = 0; i < length; i++)
    text_add_char(out, s[i] >= 'A' && s[i] <= 'Z' ? (char)(s[i] - 'A' + 'a') : s[i]);
}

/* Whether the word stands in the report, in either case. */
static bool stands(const struct hyphens *hyphens, const struct text *word) {
  return memmem(text_string(&hyphens->small), hyphens->small.length, text_string(word), word->length) != NULL;
}

static bool is_ending(const char *s, size_t length) {
  for (size_t i = 0; endings[i]; i++)
    if (strlen(endings[i]) == length && memcmp(endings[i], s, length) == 0)
      return true;
  return false;
}

bool hyphen_is_break(struct hyphens *hyphens, const struct text *text, const char *next) {
  size_t start = text->length - 1, rest = strcspn(next, " .,;:)");
  while (start > 0 && text->data[start - 1] != ' ' && text->length - start <= WORD_MAX)
    start--;
  size_t front = text->length - 1 - start;
  if (front + rest > WORD_MAX || hyphens->budget < 2 * hyphens->length)
    return false;
  hyphens->budget -= 2 * hyphens->length;
  if (hyphens->small.length == 0)
    add_small(&hyphens->small, hyphens->bytes, hyphens->length);
  AUTO_TEXT struct text word = {0};
  add_small(&word, text->data + start, front + 1);
  add_small(&word, next, rest);
  if (stands(hyphens, &word))
    return false;
  text_clear(&word);
  add_small(&word, text->data + start, front);
  add_small(&word, next, rest);
  return stands(hyphens, &word) || is_ending(next, rest);
}
