/* Libraries that only some commands need. */
#include "core/base/library.h"
#include "config.h"

#include "core/base/memory.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const library_files[] = {EXPAT_FILE, LIBCSV_FILE,        LIBINIH_FILE, LIBJANSSON_FILE,
                                     LIBM_FILE,  LIBXLSXWRITER_FILE, LIBZIP_FILE,  NULL};

/* Debian calls the package of libzip.so.4 libzip4 (Debian Policy, 8.1). */
static bool missing(const struct library *library, const char *why, struct error *error) {
  static const char before_number[] = ".so.";
  const char *ending = strstr(library->file, before_number);
  int name = ending != NULL ? (int)(ending - library->file) : (int)strlen(library->file);
  error_set(error, ERROR_CONFIG, "the library %s can't be loaded (%s)", library->file, why);
  return error_remedy(error, "Install it. On Debian: apt-get install %.*s%s", name, library->file,
                      ending != NULL ? ending + strlen(before_number) : "");
}

bool library_load(struct library *library, struct error *error) {
  if (library->handle != NULL)
    return true;
  errno = 0;
  library->handle = dlopen(library->file, RTLD_NOW | RTLD_LOCAL);
  if (library->handle == NULL && errno == ENOMEM)
    memory_exhausted();
  return library->handle != NULL || missing(library, dlerror(), error);
}

bool library_load_all(struct error *error) {
  for (const char *const *file = library_files; *file != NULL; file++)
    if (!library_load(&(struct library){.file = *file}, error))
      return false;
  return true;
}

void *library_function(struct library *library, const char *name) {
  struct error error;
  void *function = library_load(library, &error) ? dlsym(library->handle, name) : NULL;
  if (function != NULL)
    return function;
  if (library->handle != NULL)
    missing(library, dlerror(), &error);
  fprintf(stderr, "rectrack: %s. %s\n", error.message, error.remedy);
  exit((int)error.code);
}
