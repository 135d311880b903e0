/* The text form of COPY. */
#include "core/database/copy_text.h"

#include <string.h>

void copy_text_add(struct text *out, const char *value) {
  if (value == NULL) {
    text_add(out, "\\N");
    return;
  }
  for (;;) {
    size_t plain = strcspn(value, "\\\t\n\r");
    text_add_n(out, value, plain);
    value += plain;
    if (*value == '\0')
      return;
    text_add_char(out, '\\');
    text_add_char(out, *value == '\t' ? 't' : *value == '\n' ? 'n' : *value == '\r' ? 'r' : '\\');
    value++;
  }
}
