/*
 * Where data goes: stdout or a file that appears whole or not at all.
 *
 * A file is written beside its place under a temporary name, synced, and renamed when output_close succeeds; after an
 * error, an interrupt or exit nothing is left.  Data is buffered; every write and the close are checked.
 */
#ifndef RECTRACK_CORE_BASE_OUTPUT_H
#define RECTRACK_CORE_BASE_OUTPUT_H

#include "core/base/error.h"

#include <stdbool.h>
#include <stddef.h>

struct output;

/* `path` NULL or "-" is stdout. ERROR_CANNOT_CREATE when the file cannot be made (no such folder, no permission). */
bool output_open(struct output **output, const char *path, struct error *error) __attribute__((nonnull(1, 3)));

/* ERROR_CANNOT_WRITE on a full device, a closed pipe (EPIPE) and so on. */
bool output_write(struct output *output, const void *bytes, size_t length, struct error *error)
    __attribute__((nonnull(1, 4)));

/* True when the output is a terminal. */
bool output_is_terminal(const struct output *output) __attribute__((nonnull));

/*
 * Brings all that was written to the device, so that it can be checked before it takes its place.  *path is where it
 * stands until output_close: NULL for stdout.
 */
bool output_settle(struct output *output, const char **path, struct error *error) __attribute__((nonnull));

/* Flushes, syncs and renames (a file) or flushes (stdout). Frees and clears *output in every case. */
bool output_close(struct output **output, struct error *error) __attribute__((nonnull));

/* Drops what was written; the named file stays as it was. For __attribute__((cleanup)). */
void output_discard(struct output **output);
#define AUTO_OUTPUT __attribute__((cleanup(output_discard)))

#endif
