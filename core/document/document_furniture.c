/* What belongs to the page and not to the text: page and job numbers, bar codes, tables of contents, symbols. */
#include "core/document/document_private.h"

#include <string.h>

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static size_t digits(const char *s, size_t length, size_t at) {
  size_t start = at;
  while (at < length && is_digit(s[at]))
    at++;
  return at - start;
}

/* "2/14" */
static bool is_page_of_pages(const char *s, size_t length) {
  size_t page = digits(s, length, 0);
  if (page == 0 || page > 4 || page >= length || s[page] != '/')
    return false;
  size_t pages = digits(s, length, page + 1);
  /* the page is not greater than the number of pages: a longer number is greater, equally long ones compare as text */
  return pages <= 4 && page + 1 + pages == length &&
         (page < pages || (page == pages && memcmp(s, s + page + 1, page) <= 0));
}

/* "(E)": the language of the job */
static bool is_language(const char *s, size_t length) {
  return length == 3 && s[0] == '(' && s[2] == ')' && strchr("ACEFRS", s[1]);
}

/* "V.18-04739", "GE.19-21234", "GE.19-21234(E)" */
static bool is_job_number(const char *s, size_t length) {
  size_t at = 0;
  if (length > 3 && is_language(s + length - 3, 3))
    length -= 3;
  while (at < length && at < 3 && s[at] >= 'A' && s[at] <= 'Z')
    at++;
  if (at == 0 || at >= length || s[at] != '.' || digits(s, length, at + 1) != 2)
    return false;
  at += 3;
  return at < length && s[at] == '-' && digits(s, length, at + 1) == 5 && at + 6 == length;
}

/* "*1804739*", also with the stars escaped as \* */
static bool is_bar_code(const char *s, size_t length) {
  size_t at = length > 0 && s[0] == '\\';
  if (at >= length || s[at] != '*')
    return false;
  size_t count = digits(s, length, at + 1);
  at += 1 + count;
  at += at < length && s[at] == '\\';
  return count >= 6 && at + 1 == length && s[at] == '*';
}

/* What may stand beside them: "(E)", "160718", the page's number */
static bool is_companion(const char *s, size_t length) {
  return is_language(s, length) ||
         ((length <= 3 || length == 6 || length == 8) && length > 0 && digits(s, length, 0) == length);
}

/* "I. Introduction ..... 3": a run of dots, then nothing but numbers */
static bool is_contents_line(const char *s, size_t length) {
  size_t at = length;
  while (at > 0 && (is_digit(s[at - 1]) || s[at - 1] == ' ' || s[at - 1] == '-'))
    at--;
  size_t dots = 0;
  while (at > 0 && (s[at - 1] == '.' || s[at - 1] == ' ')) {
    dots += s[at - 1] == '.';
    at--;
  }
  while (at >= 3 && memcmp(s + at - 3, "\u2026", 3) == 0) {
    dots += 3;
    at -= 3;
  }
  return dots >= 4 && length > 0 && is_digit(s[length - 1]);
}

static bool is_recycling(const char *s) {
  static const char *const words[] = {"Please recycle", "Merci de recycler", "Se ruega reciclar", NULL};
  return prose_prefix(s, words) > 0;
}

bool furniture_is_line(const char *s, size_t length) {
  if (length > 400)
    return false;
  bool certain = false;
  for (size_t at = 0; at < length;) {
    const char *space = memchr(s + at, ' ', length - at);
    size_t size = space ? (size_t)(space - s) - at : length - at, start;
    bool sign = is_page_of_pages(s + at, size) || is_job_number(s + at, size) || is_bar_code(s + at, size);
    if (!sign && !is_companion(s + at, size) && !(furniture_symbol(s + at, size, &start) && size < length))
      return is_contents_line(s, length) || (length <= 24 && is_recycling(s));
    certain = certain || sign;
    at += size + 1;
  }
  return certain;
}

bool furniture_is_running_head(const char *s, size_t length, const char *symbol) {
  size_t size = strlen(symbol);
  if (length <= size + 1 || length > size + 4)
    return false;
  size_t page = length - size - 1;
  bool before = s[page] == ' ' && memcmp(s + page + 1, symbol, size) == 0 && digits(s, page, 0) == page;
  bool behind = s[size] == ' ' && memcmp(s, symbol, size) == 0 && digits(s, length, size + 1) == page;
  return before || behind;
}

/* The parts of a symbol begin with a capital or a digit and there are three of them at least. */
static bool has_symbol_parts(const char *s, size_t length) {
  size_t slashes = 0, figures = 0;
  bool begins = true;
  for (size_t i = 0; i < length; i++) {
    bool capital = s[i] >= 'A' && s[i] <= 'Z';
    if (begins && !capital && !is_digit(s[i]))
      return false;
    begins = s[i] == '/';
    slashes += begins;
    figures += is_digit(s[i]);
  }
  return slashes >= 2 && figures > 0 && !begins && s[0] >= 'A' && s[0] <= 'Z';
}

size_t furniture_symbol(const char *s, size_t length, size_t *start) {
  static const char *const publishers[] = {"United Nations ", "Nations Unies ", "Naciones Unidas ", NULL};
  struct error error;
  *start = length > 16 ? prose_prefix(s, publishers) : 0;
  length -= *start;
  while (length > 0 && s[*start + length - 1] == '*')
    length--;
  bool right = length > 4 && has_symbol_parts(s + *start, length) && reference_check_symbol(s + *start, length, &error);
  return right ? length : 0;
}
