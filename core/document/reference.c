/*
 * Recommendation references: reading, writing, ordering.
 *
 * One lone letter part before the numbers could be a chapter or a section (`C.1`: chapter 100, or section C).  The
 * rule: two letter parts are chapter and section; a lone one is a chapter when it is made of I, V and X only (reports
 * do not reach chapter XL), otherwise a section.
 */
#include "core/document/reference.h"

#include "core/base/text.h"

#include <stdio.h>
#include <string.h>

/* A stretch of the input. */
struct part {
  const char *s;
  size_t length;
};

static bool is_letter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static char upper(char c) {
  return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* ---- roman numerals ---- */

static const struct {
  const char *sign;
  unsigned value;
} roman_signs[] = {{"M", 1000}, {"CM", 900}, {"D", 500}, {"CD", 400}, {"C", 100}, {"XC", 90}, {"L", 50},
                   {"XL", 40},  {"X", 10},   {"IX", 9},  {"V", 5},    {"IV", 4},  {"I", 1}};

size_t reference_roman_format(unsigned number, char out[static 16]) {
  size_t length = 0;
  for (size_t i = 0; i < sizeof roman_signs / sizeof *roman_signs; i++)
    for (; number >= roman_signs[i].value; number -= roman_signs[i].value)
      for (const char *sign = roman_signs[i].sign; *sign; sign++)
        out[length++] = *sign;
  out[length] = '\0';
  return length;
}

static unsigned roman_digit(char c) {
  switch (upper(c)) {
  case 'M':
    return 1000;
  case 'D':
    return 500;
  case 'C':
    return 100;
  case 'L':
    return 50;
  case 'X':
    return 10;
  case 'V':
    return 5;
  case 'I':
    return 1;
  default:
    return 0;
  }
}

unsigned reference_roman(const char *s, size_t length) {
  unsigned number = 0;
  if (length == 0 || length > 15) /* the longest is MMMDCCCLXXXVIII */
    return 0;
  for (size_t i = 0; i < length; i++) {
    unsigned digit = roman_digit(s[i]), next = i + 1 < length ? roman_digit(s[i + 1]) : 0;
    if (digit == 0)
      return 0;
    /* a smaller digit before a greater one is taken off; unsigned arithmetic wraps back when the greater one follows */
    number = digit < next ? number - digit : number + digit;
  }
  if (number == 0 || number > 3999)
    return 0;
  char canonical[16];
  if (reference_roman_format(number, canonical) != length)
    return 0;
  for (size_t i = 0; i < length; i++)
    if (upper(s[i]) != canonical[i])
      return 0;
  return number;
}

/* ---- reading ---- */

static bool refuse(struct part whole, struct error *error, const char *why) {
  error_set(error, ERROR_DATA, "not a reference: \"%.*s\": %s", text_shown(whole.s, whole.length), whole.s, why);
  return error_remedy(error, "Write the place as in II.A.1(a), II.4(b) or 6.12, and the document's symbol and a colon "
                             "before it where it is needed: CTOC/COP/WG.7/2018/L.1/Add.1:II.A.1(a).");
}

bool reference_check_symbol(const char *s, size_t length, struct error *error) {
  bool right = length > 0 && length < sizeof((struct reference *)NULL)->symbol;
  for (size_t i = 0; i < length && right; i++)
    right = is_letter(s[i]) || is_digit(s[i]) || (s[i] && strchr("/.-()_", s[i]));
  if (right)
    return true;
  error_set(error, ERROR_DATA, "not a document's symbol: \"%.*s\"", text_shown(s, length), s);
  return error_remedy(error,
                      "A symbol has at most %zu letters (A to Z), digits and / . - ( ) _ and no spaces, as in "
                      "CTOC/COP/WG.7/2018/L.1/Add.1.",
                      sizeof((struct reference *)NULL)->symbol - 1);
}

/* Copies a part, in upper case, into a member of struct reference; false when it is too long. */
static bool keep(char *member, size_t size, struct part part) {
  if (part.length >= size)
    return false;
  for (size_t i = 0; i < part.length; i++)
    member[i] = upper(part.s[i]);
  member[part.length] = '\0';
  return true;
}

/* Takes the letters at the front of `rest` and the full stop after them, if any; an empty part when there are none. */
static struct part take_letters(struct part *rest) {
  struct part letters = {rest->s, 0};
  while (letters.length < rest->length && is_letter(rest->s[letters.length]))
    letters.length++;
  size_t used = letters.length;
  bool stop = used < rest->length && rest->s[used] == '.';
  if (used < rest->length && !stop && rest->s[used] != '(')
    return (struct part){rest->s, 0};
  /* a stop that leads nowhere (`II.` or `II.(a)`) stays, to be refused as a left-over */
  if (used > 0 && stop && used + 1 < rest->length && rest->s[used + 1] != '(')
    used++;
  rest->s += used;
  rest->length -= used;
  return letters;
}

/* Takes 4 or 6.12, without leading zeros; an empty part when there is none. */
static struct part take_paragraph(struct part *rest) {
  struct part paragraph = {rest->s, 0};
  size_t at = 0;
  while (at < rest->length && rest->s[at] >= '1' && rest->s[at] <= '9') {
    while (at < rest->length && is_digit(rest->s[at]))
      at++;
    paragraph.length = at;
    if (at >= rest->length || rest->s[at] != '.')
      break;
    at++;
  }
  rest->s += paragraph.length;
  rest->length -= paragraph.length;
  return paragraph;
}

/* Takes (a) to (zz); an empty part when there is none. */
static struct part take_item(struct part *rest) {
  struct part item = {rest->s, 0};
  if (rest->length < 3 || rest->s[0] != '(')
    return item;
  size_t letters = 0;
  while (letters < 2 && 1 + letters < rest->length && rest->s[1 + letters] >= 'a' && rest->s[1 + letters] <= 'z')
    letters++;
  if (letters == 0 || 1 + letters >= rest->length || rest->s[1 + letters] != ')')
    return item;
  item = (struct part){rest->s + 1, letters};
  rest->s += letters + 2;
  rest->length -= letters + 2;
  return item;
}

static bool is_made_of_ivx(struct part part) {
  for (size_t i = 0; i < part.length; i++)
    if (!strchr("IVX", upper(part.s[i])))
      return false;
  return part.length > 0;
}

/* Decides which of chapter and section the letter parts are.  NULL, or why they are refused. */
static const char *place_letters(struct part first, struct part second, struct reference *out) {
  bool has_chapter = second.length > 0 || is_made_of_ivx(first);
  struct part chapter = has_chapter ? first : (struct part){"", 0};
  struct part section = has_chapter ? second : first;
  if (chapter.length > 0 && reference_roman(chapter.s, chapter.length) == 0)
    return "the chapter is no roman numeral";
  if (!keep(out->chapter, sizeof out->chapter, chapter))
    return "the chapter's number is too long";
  if (section.length > 2 || !keep(out->section, sizeof out->section, section))
    return "the section's letters are too many";
  return NULL;
}

/* Reads the place; NULL, or why it is refused. */
static const char *read_place(struct part rest, struct reference *out) {
  struct part first = take_letters(&rest);
  struct part second = take_letters(&rest);
  struct part paragraph = take_paragraph(&rest);
  struct part item = take_item(&rest);
  if (rest.length > 0 && memchr(rest.s, ' ', rest.length))
    return "it has a space";
  if (rest.length > 0 && item.length > 0 && rest.s[0] == '(')
    return "sub-items belong to their item";
  if (rest.length > 0 || (paragraph.length == 0 && item.length == 0))
    return rest.length > 0 ? "its parts are not in the form of one" : "it has neither paragraph nor item";
  if (!keep(out->paragraph, sizeof out->paragraph, paragraph))
    return "the paragraph's number is too long";
  memcpy(out->item, item.s, item.length);
  out->item[item.length] = '\0';
  return place_letters(first, second, out);
}

bool reference_parse(const char *s, size_t length, struct reference *out, struct error *error) {
  struct part whole = {s, length};
  struct reference parsed = {0};
  const char *colon = length > 0 ? memrchr(s, ':', length) : NULL;
  struct part place = whole;
  if (colon) {
    size_t symbol_length = (size_t)(colon - s);
    if (!reference_check_symbol(s, symbol_length, error))
      return false;
    memcpy(parsed.symbol, s, symbol_length);
    place = (struct part){colon + 1, length - symbol_length - 1};
  }
  const char *why = read_place(place, &parsed);
  if (why)
    return refuse(whole, error, why);
  *out = parsed;
  return true;
}

/* ---- writing and ordering ---- */

const char *reference_place(const struct reference *reference, char out[static REFERENCE_PLACE_SIZE]) {
  const char *const parts[] = {reference->chapter, reference->section, reference->paragraph};
  int used = 0;
  out[0] = '\0';
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
    if (parts[i][0])
      used += snprintf(out + used, REFERENCE_PLACE_SIZE - (size_t)used, "%s%s", used ? "." : "", parts[i]);
  if (reference->item[0])
    snprintf(out + used, REFERENCE_PLACE_SIZE - (size_t)used, "(%s)", reference->item);
  return out;
}

static int order(size_t a, size_t b) {
  return (a > b) - (a < b);
}

/* Letters count on from Z to AA, so the longer ones come later. */
static int compare_letters(const char *a, const char *b) {
  int by_length = order(strlen(a), strlen(b));
  return by_length ? by_length : strcmp(a, b);
}

/* Numbers with stops, number by number; digits without leading zeros are ordered by length, then by value. */
static int compare_paragraphs(const char *a, const char *b) {
  while (*a && *b) {
    size_t in_a = strcspn(a, "."), in_b = strcspn(b, ".");
    int by_number = order(in_a, in_b);
    if (by_number == 0)
      by_number = strncmp(a, b, in_a);
    if (by_number != 0)
      return by_number;
    a += in_a + (a[in_a] == '.');
    b += in_b + (b[in_b] == '.');
  }
  return order(*a != '\0', *b != '\0');
}

int reference_compare(const struct reference *a, const struct reference *b) {
  int result = order(reference_roman(a->chapter, strlen(a->chapter)), reference_roman(b->chapter, strlen(b->chapter)));
  if (result == 0)
    result = compare_letters(a->section, b->section);
  if (result == 0)
    result = compare_paragraphs(a->paragraph, b->paragraph);
  return result ? result : compare_letters(a->item, b->item);
}
