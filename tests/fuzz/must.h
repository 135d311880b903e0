/* What every fuzz target says when a promise is broken. */
#ifndef RECTRACK_TESTS_FUZZ_MUST_H
#define RECTRACK_TESTS_FUZZ_MUST_H

#include "core/base/error.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

/* Ends the target badly, and says where, unless the promise is kept. */
#define must(kept) must_at((kept), #kept, __FILE__, __LINE__)

static inline void must_at(bool kept, const char *promise, const char *file, int line) {
  if (kept)
    return;
  fprintf(stderr, "%s:%d: broken promise: %s\n", file, line, promise);
  abort();
}

/* An error that helps: what is wrong, and what to do. */
static inline void must_help(const struct error *error) {
  must(error->code != ERROR_NONE && error->message[0] != '\0' && error->remedy[0] != '\0');
}

#endif
