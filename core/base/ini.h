/*
 * A configuration file in INI form, read with libinih and nothing in it passed over in silence:
 *
 *   [section]
 *   key = value        ; a remark behind a space and a semicolon; whole lines begin with ; or #
 *     goes on          an indented line goes on with the value above it
 *
 * libinih drops what is behind a section's bracket, cuts long lines and names only the first fault; here each of these
 * is a fault with its line.
 */
#ifndef RECTRACK_CORE_BASE_INI_H
#define RECTRACK_CORE_BASE_INI_H

#include "core/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ini_entry {
  size_t section; /* index in `sections` */
  char *key;
  char *value;             /* the lines of one value are joined by a space */
  uint64_t line;           /* where the key stands */
  uint64_t continued_line; /* where the value goes on; 0: it is one line */
};

struct ini_section {
  char *name;
  uint64_t line;
};

struct ini {
  struct ini_section *sections; /* in the order of the file; a name may stand there twice */
  size_t section_count, section_capacity;
  struct ini_entry *entries;
  size_t entry_count, entry_capacity;
};

/*
 * Reads a file's bytes; `name` is for messages.  Each fault goes to the sink with its place; what is right is in *out
 * all the same.  The caller frees it.  True when there was no fault.
 */
bool ini_read(const char *name, const char *bytes, size_t length, error_sink *fault, void *context, struct ini **out)
    __attribute__((nonnull(1, 2, 4, 6)));
void ini_free(struct ini **ini);
#define AUTO_INI __attribute__((cleanup(ini_free)))

#endif
