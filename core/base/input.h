/* A whole file, or standard input, in memory. For what people write; rows by the million are streamed (core/csv/csv.h).
 */
#ifndef RECTRACK_CORE_BASE_INPUT_H
#define RECTRACK_CORE_BASE_INPUT_H

#include "core/base/error.h"
#include "core/base/sha256.h"
#include "core/base/text.h"

#include <stdbool.h>

#define INPUT_MAX (64u << 20) /* bytes; a longer file is refused: nobody writes that much */

/* What `path` is called in messages: "-" is "standard input". */
const char *input_name(const char *path) __attribute__((nonnull, returns_nonnull));

/* Fills from errno why `path` can't be opened or read ("open", "read"), and says what to do. ERROR_NO_INPUT. */
bool input_failed(const char *what, const char *path, struct error *error) __attribute__((nonnull));

/*
 * Adds all bytes of `path` ("-" is standard input) to `out` and gives their digest.  ERROR_NO_INPUT when it cannot be
 * read, ERROR_DATA with `remedy` when it is longer than INPUT_MAX.
 */
bool input_read(const char *path, const char *remedy, struct text *out, unsigned char digest[static SHA256_SIZE],
                struct error *error) __attribute__((nonnull));

#endif
