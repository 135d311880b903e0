/* SHA-256 (FIPS 180-4) on nettle. */
#ifndef RECTRACK_CORE_BASE_SHA256_H
#define RECTRACK_CORE_BASE_SHA256_H

#include "core/base/error.h"

#include <stdbool.h>
#include <stddef.h>

#define SHA256_SIZE      32
#define SHA256_TEXT_SIZE 65

struct sha256; /* a running digest */

struct sha256 *sha256_new(void) __attribute__((returns_nonnull));
void sha256_add(struct sha256 *sha, const void *bytes, size_t length) __attribute__((nonnull(1)));
/* Gives the digest of all bytes added, and makes `sha` ready to begin anew. */
void sha256_finish(struct sha256 *sha, unsigned char digest[static SHA256_SIZE]) __attribute__((nonnull));
/* Makes `sha` what `from` is, so that both can go on from there. */
void sha256_copy(struct sha256 *sha, const struct sha256 *from) __attribute__((nonnull));
void sha256_free(struct sha256 **sha);
#define AUTO_SHA256 __attribute__((cleanup(sha256_free)))

/* Digest of a whole file. ERROR_NO_INPUT when it cannot be read. */
bool sha256_file(const char *path, unsigned char digest[static SHA256_SIZE], struct error *error)
    __attribute__((nonnull));

/* Lower-case hexadecimal; returns `out`. */
const char *sha256_format(const unsigned char digest[static SHA256_SIZE], char out[static SHA256_TEXT_SIZE]);

#endif
