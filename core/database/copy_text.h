/* The text form of COPY: https://www.postgresql.org/docs/15/sql-copy.html, "Text Format". */
#ifndef RECTRACK_CORE_DATABASE_COPY_TEXT_H
#define RECTRACK_CORE_DATABASE_COPY_TEXT_H

#include "core/base/text.h"

/* Adds one value, escaped; NULL becomes \N. Columns are separated by tabs and rows ended by line feeds, by the caller.
 */
void copy_text_add(struct text *out, const char *value) __attribute__((nonnull(1)));

#endif
