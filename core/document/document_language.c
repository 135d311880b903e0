/* Which of the six languages of the United Nations a text is in, and how their names are written. */
#include "core/document/document_private.h"

#include <string.h>
#include <unistr.h>

enum { SAMPLE = 1 << 16 };

const char *language_code(const char *folded) {
  static const struct {
    const char *name, *code;
  } names[] = {{"english", "en"}, {"anglais", "en"}, {"ingles", "en"},   {"french", "fr"},  {"francais", "fr"},
               {"frances", "fr"}, {"spanish", "es"}, {"espagnol", "es"}, {"espanol", "es"}, {"arabic", "ar"},
               {"arabe", "ar"},   {"russian", "ru"}, {"russe", "ru"},    {"ruso", "ru"},    {"chinese", "zh"},
               {"chinois", "zh"}, {"chino", "zh"}};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strncmp(folded, names[i].name, strlen(names[i].name)) == 0)
      return names[i].code;
  return NULL;
}

/* Counts characters by script. */
static void count_scripts(const char *s, size_t length, size_t *latin, size_t *cyrillic, size_t *arabic, size_t *han) {
  ucs4_t c;
  for (size_t at = 0; at < length;) {
    int size = u8_mbtoucr(&c, (const uint8_t *)s + at, length - at);
    if (size <= 0)
      break;
    *latin += (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    *cyrillic += c >= 0x400 && c <= 0x52F;
    *arabic += c >= 0x600 && c <= 0x6FF;
    *han += c >= 0x4E00 && c <= 0x9FFF;
    at += (size_t)size;
  }
}

static bool is_among(const char *word, size_t size, const char *const *words) {
  for (; *words; words++)
    if (strlen(*words) == size && strncasecmp(*words, word, size) == 0)
      return true;
  return false;
}

void language_guess(const char *s, size_t length, char language[static 3]) {
  static const char *const small_words[3][12] = {
      {"the", "of", "and", "to", "in", "for", "by", "should", "that", "were", "with", NULL},
      {"les", "des", "et", "du", "dans", "pour", "une", "au", "aux", "sur", "devraient", NULL},
      {"los", "las", "el", "y", "del", "para", "por", "una", "al", "con", "que", NULL}};
  static const char *const codes[3] = {"en", "fr", "es"};
  size_t latin = 0, cyrillic = 0, arabic = 0, han = 0, counts[3] = {0}, best = 0;
  length = length < SAMPLE ? length : SAMPLE;
  language[0] = '\0';
  count_scripts(s, length, &latin, &cyrillic, &arabic, &han);
  if (cyrillic > latin || arabic > latin || han > latin / 4 + 1) {
    const char *code = cyrillic > latin ? "ru" : arabic > latin ? "ar" : "zh";
    memcpy(language, code, 3);
    return;
  }
  for (size_t at = 0; at < length;) {
    const char *space = memchr(s + at, ' ', length - at);
    size_t size = space ? (size_t)(space - s) - at : length - at;
    for (size_t i = 0; i < 3; i++)
      counts[i] += is_among(s + at, size, small_words[i]);
    at += size + 1;
  }
  for (size_t i = 1; i < 3; i++)
    best = counts[i] > counts[best] ? i : best;
  if (counts[best] >= 3)
    memcpy(language, codes[best], 3);
}
