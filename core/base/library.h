/*
 * Libraries that only some commands need.
 *
 * Each library that a program is linked with is mapped and bound before main(), which costs every command about a tenth
 * of a millisecond; a command that logs one record is to take hardly longer than its connection.  So those that few
 * commands use are loaded when the first of their functions is called: library_NAME.c, in the room that needs it, has
 * each of these functions once more, under its own name and with its own parameters (the compiler compares them with
 * the library's header), and passes the call on.  The rest of the code calls them as it would if they were linked.
 */
#ifndef RECTRACK_CORE_BASE_LIBRARY_H
#define RECTRACK_CORE_BASE_LIBRARY_H

#include "core/base/error.h"

#include <stdbool.h>

struct library {
  const char *file; /* as the dynamic loader finds it: the name by which configure found it linked, libzip.so.4 */
  void *handle;     /* NULL until it is loaded; it stays so until the program ends */
};

/* Loads it unless it is. ERROR_CONFIG with the package to install when it isn't on this machine. */
bool library_load(struct library *library, struct error *error) __attribute__((nonnull));

/* All that commands may come to load, by their files; NULL ends them. */
extern const char *const library_files[];
/* Loads them all: before work that a missing one must not end half way. */
bool library_load_all(struct error *error) __attribute__((nonnull));

/*
 * A function of a library.  A program whose library is gone can't do what it was asked for: as with one that is linked,
 * it ends, and says what to install.
 */
void *library_function(struct library *library, const char *name) __attribute__((nonnull, returns_nonnull));

/* The function `name`, which passes its arguments on to that of the library. */
#define LIBRARY_FUNCTION(library, type, name, parameters, arguments)                                                   \
  type name parameters {                                                                                               \
    static __typeof__(name) *real;                                                                                     \
    if (real == NULL)                                                                                                  \
      real = (__typeof__(real))library_function(library, #name);                                                       \
    return real arguments;                                                                                             \
  }

#endif
