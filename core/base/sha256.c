/* SHA-256 on nettle. */
#include "core/base/sha256.h"

#include "core/base/input.h"
#include "core/base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdlib.h>
#include <unistd.h>

struct sha256 {
  struct sha256_ctx context;
};

struct sha256 *sha256_new(void) {
  struct sha256 *sha = memory_new(1, sizeof *sha);
  sha256_init(&sha->context);
  return sha;
}

void sha256_add(struct sha256 *sha, const void *bytes, size_t length) {
  if (length > 0)
    sha256_update(&sha->context, length, bytes);
}

void sha256_finish(struct sha256 *sha, unsigned char digest[static SHA256_SIZE]) {
  sha256_digest(&sha->context, SHA256_SIZE, digest); /* begins anew */
}

void sha256_copy(struct sha256 *sha, const struct sha256 *from) {
  *sha = *from;
}

void sha256_free(struct sha256 **sha) {
  free(*sha);
  *sha = NULL;
}

static bool add_file(struct sha256 *sha, int file, const char *path, struct error *error) {
  enum { CHUNK = 1 << 16 };
  AUTO_FREE char *chunk = memory_new(CHUNK, 1);
  for (;;) {
    ssize_t got = read(file, chunk, CHUNK);
    if (got == 0)
      return true;
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      return input_failed("read", path, error);
    sha256_add(sha, chunk, (size_t)got);
  }
}

bool sha256_file(const char *path, unsigned char digest[static SHA256_SIZE], struct error *error) {
  int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (file < 0)
    return input_failed("open", path, error);
  AUTO_SHA256 struct sha256 *sha = sha256_new();
  bool read_whole = add_file(sha, file, path, error);
  close(file);
  if (read_whole)
    sha256_finish(sha, digest);
  return read_whole;
}

const char *sha256_format(const unsigned char digest[static SHA256_SIZE], char out[static SHA256_TEXT_SIZE]) {
  static const char hexadecimal[] = "0123456789abcdef";
  for (int i = 0; i < SHA256_SIZE; i++) {
    out[2 * i] = hexadecimal[digest[i] >> 4];
    out[2 * i + 1] = hexadecimal[digest[i] & 15];
  }
  out[SHA256_TEXT_SIZE - 1] = '\0';
  return out;
}
