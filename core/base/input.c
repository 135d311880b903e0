/* A whole file in memory. */
#include "core/base/input.h"

#include "core/base/interrupt.h"
#include "core/base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

const char *input_name(const char *path) {
  return strcmp(path, "-") == 0 ? "standard input" : path;
}

bool input_failed(const char *what, const char *path, struct error *error) {
  int reason = errno;
  error_errno(error, ERROR_NO_INPUT, "cannot %s \"%s\"", what, path);
  AUTO_FREE char *here = path[0] != '/' ? getcwd(NULL, 0) : NULL;
  if (reason == EISDIR)
    error_remedy(error, "Name a file in that folder.");
  else if (reason == EACCES)
    error_remedy(error, "Ask its owner for the right to read it.");
  else if ((reason == ENOENT || reason == ENOTDIR) && here != NULL)
    error_remedy(error, "Check the name; it was looked for from the folder \"%s\".", here);
  else if (reason == ENOENT || reason == ENOTDIR)
    error_remedy(error, "Check the name.");
  return false;
}

static bool read_all(int file, const char *name, const char *remedy, struct text *text, struct error *error) {
  enum { CHUNK_SIZE = 1 << 16 };
  AUTO_FREE char *chunk = memory_new(CHUNK_SIZE, 1);
  while (text->length <= INPUT_MAX) {
    ssize_t got = read(file, chunk, CHUNK_SIZE);
    if (got == 0)
      return true;
    if (got > 0)
      text_add_n(text, chunk, (size_t)got);
    else if (errno != EINTR)
      return input_failed("read", name, error);
    else if (!interrupt_check(error))
      return false;
  }
  error_set(error, ERROR_DATA, "longer than %u MiB", INPUT_MAX >> 20);
  error_remedy(error, "%s", remedy);
  return error_at(error, name, 0, 0);
}

static bool read_named(const char *path, const char *remedy, struct text *text, struct error *error) {
  if (strcmp(path, "-") == 0)
    return read_all(STDIN_FILENO, input_name(path), remedy, text, error);
  int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (file < 0)
    return input_failed("open", path, error);
  bool done = read_all(file, path, remedy, text, error);
  close(file);
  return done;
}

bool input_read(const char *path, const char *remedy, struct text *out, unsigned char digest[static SHA256_SIZE],
                struct error *error) {
  if (!read_named(path, remedy, out, error))
    return false;
  AUTO_SHA256 struct sha256 *sha = sha256_new();
  sha256_add(sha, text_string(out), out->length);
  sha256_finish(sha, digest);
  return true;
}
