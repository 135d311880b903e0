/*
 * libFuzzer target: any bytes as names and as what is shown of them, in two stretches that a form feed separates.  What
 * is shown is harmless on a terminal whatever it was; keys under which names are compared are UTF-8 and their own keys;
 * a prefix and a quotation end at a character; distances are those of a metric.
 */
#include "core/base/memory.h"
#include "core/base/nearest.h"
#include "core/base/text.h"
#include "tests/fuzz/must.h"

#include <string.h>

/* Of the output of text_add_escaped. */
static void check_harmless(const char *s, size_t length) {
  must(text_is_utf8(s, length, NULL));
  for (size_t i = 0; i < length; i++) {
    must((unsigned char)s[i] >= ' ' && s[i] != 0x7f);
    must(strncmp(s + i, "\xc2\x9b", 2) != 0);     /* a control sequence, in one character */
    must(strncmp(s + i, "\xe2\x80\xae", 3) != 0); /* from right to left */
  }
}

static void check_shown(const char *s, size_t length) {
  AUTO_TEXT struct text shown = {0};
  struct error error;
  text_add_escaped(&shown, s, length);
  check_harmless(text_string(&shown), shown.length);
  text_clear(&shown);
  error_set(&error, ERROR_DATA, "unknown: \"%.*s\"", text_shown(s, length), s);
  error_remedy(&error, "Not \"%s\".", s);
  error_at(&error, s, length, length);
  error_format(&error, &shown);
  check_harmless(text_string(&shown), shown.length);
}

static void check_parts(const char *s) {
  size_t length = strlen(s), width = text_width(s);
  bool whole = text_is_utf8(s, length, NULL);
  for (size_t i = 0; i <= width && i < 40; i++) {
    size_t prefix = text_prefix(s, i);
    AUTO_FREE char *part = memory_string_n(s, prefix);
    must(prefix <= length && text_width(part) <= i && (!whole || text_is_utf8(part, prefix, NULL)));
  }
  must(text_prefix(s, width) == length);
  size_t shown = (size_t)text_shown(s, length), trimmed = length;
  must(shown <= length && (!whole || text_is_utf8(s, shown, NULL)));
  const char *at = text_trim(s, &trimmed);
  must(at >= s && at + trimmed <= s + length);
}

static void check_key(char *fold(const char *s, size_t length), const char *s, size_t length) {
  AUTO_FREE char *key = fold(s, length);
  AUTO_FREE char *again = fold(key, strlen(key));
  size_t trimmed = strlen(key);
  must(text_is_utf8(key, strlen(key), NULL) && text_trim(key, &trimmed) == key && trimmed == strlen(key));
  must(strcmp(key, again) == 0);
}

static void check_pair(const char *a, const char *b) {
  AUTO_NEAREST struct nearest nearest;
  size_t distance = text_distance(a, b);
  must(distance == text_distance(b, a) && text_distance(a, a) == 0);
  size_t longer = text_characters(a, strlen(a)), other = text_characters(b, strlen(b));
  if (text_is_utf8(a, strlen(a), NULL) && text_is_utf8(b, strlen(b), NULL))
    must((distance == 0) == (strcmp(a, b) == 0) && distance <= (longer > other ? longer : other));
  nearest_begin(&nearest, a);
  nearest_offer(&nearest, b);
  nearest_offer(&nearest, a);
  must(nearest_answer(&nearest) != NULL);
}

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size) {
  AUTO_FREE char *s = memory_string_n((const char *)bytes, size);
  check_shown(s, strlen(s));
  check_parts(s);
  check_key(text_fold, s, strlen(s));
  check_key(text_fold_accents, s, strlen(s));
  char *other = strchr(s, '\f');
  if (other == NULL || strlen(s) > 400)
    return 0;
  *other++ = '\0';
  check_pair(s, other);
  return 0;
}
