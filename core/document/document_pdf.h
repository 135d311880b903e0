/*
 * The text of a PDF file, through pdftotext (Debian's package poppler-utils), which is run without a shell.  The file
 * may come from anybody: the program gets bounded time and memory, writes no file, and reads the PDF from memory.
 */
#ifndef RECTRACK_CORE_DOCUMENT_DOCUMENT_PDF_H
#define RECTRACK_CORE_DOCUMENT_DOCUMENT_PDF_H

#include "core/base/error.h"
#include "core/base/text.h"

#include <stdbool.h>
#include <stddef.h>

/* Whether the bytes begin as a PDF file does. */
bool pdf_looks_like(const char *bytes, size_t length) __attribute__((nonnull));

/*
 * Adds the text, laid out as on the pages, each of which ends with a form feed.  `name` stands for the file in
 * messages. ERROR_CONFIG when pdftotext isn't installed; ERROR_DATA when it can't read the file, or when there is no
 * text in it.
 */
bool pdf_read(const char *bytes, size_t length, const char *name, struct text *out, struct error *error)
    __attribute__((nonnull));

#endif
