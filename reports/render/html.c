/* Text for HTML and SVG. */
#include "reports/render/html.h"

#include <string.h>

static void add_markup_free(struct text *out, const char *s, size_t length) {
  AUTO_TEXT struct text shown = {0};
  text_add_escaped(&shown, s, length);
  for (const char *at = text_string(&shown); *at != '\0'; at++) {
    if (*at == '&')
      text_add(out, "&amp;");
    else if (*at == '<')
      text_add(out, "&lt;");
    else if (*at == '>')
      text_add(out, "&gt;");
    else if (*at == '"')
      text_add(out, "&quot;");
    else
      text_add_char(out, *at);
  }
}

void html_add(struct text *out, const char *s) {
  add_markup_free(out, s, strlen(s));
}

void html_add_lines(struct text *out, const char *s) {
  for (;;) {
    size_t length = strcspn(s, "\n");
    add_markup_free(out, s, length > 0 && s[length - 1] == '\r' ? length - 1 : length);
    s += length;
    if (*s++ == '\0')
      return;
    text_add(out, "<br>");
  }
}

void html_add_language(struct text *out, const char *language) {
  if (language == NULL)
    return;
  text_add(out, " lang=\"");
  html_add(out, language);
  text_add_char(out, '"');
}
