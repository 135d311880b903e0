/* Text for HTML and SVG: escaped and harmless. */
#ifndef RECTRACK_REPORTS_RENDER_HTML_H
#define RECTRACK_REPORTS_RENDER_HTML_H

#include "core/base/text.h"

/*
 * Adds s as the text of an element or as an attribute's value in double quotes: & < > " are escaped; control
 * characters, also those that turn the direction of writing, are shown as text_add_escaped shows them.
 */
void html_add(struct text *out, const char *s) __attribute__((nonnull));

/* As html_add; line ends become <br>. */
void html_add_lines(struct text *out, const char *s) __attribute__((nonnull));

/* Adds ` lang="…"`, for a text in a language of its own; nothing where it is NULL. */
void html_add_language(struct text *out, const char *language) __attribute__((nonnull(1)));

#endif
