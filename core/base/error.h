/*
 * Errors are values: one type, filled where something goes wrong, passed up
 * unchanged and printed in one place (cmd/main.c).
 *
 * A function that can fail returns bool and takes a `struct error *` last.
 * On false the error is filled; on true it is untouched.  The setters return
 * false, so that failing reads `return error_set(error, …)`.
 */
#ifndef RECTRACK_CORE_BASE_ERROR_H
#define RECTRACK_CORE_BASE_ERROR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text;

/* Codes are the program's exit codes (README, "Exit codes"; 64 and up follow sysexits.h). */
enum error_code {
  ERROR_NONE = 0,
  ERROR_FAILED = 1,
  ERROR_USAGE = 2,
  ERROR_PARTIAL = 3,
  ERROR_FOUND = 4,
  ERROR_DATA = 65,
  ERROR_NO_INPUT = 66,
  ERROR_UNREACHABLE = 69,
  ERROR_CANNOT_CREATE = 73,
  ERROR_CANNOT_WRITE = 74,
  ERROR_BUSY = 75,
  ERROR_NOT_PERMITTED = 77,
  ERROR_CONFIG = 78,
  ERROR_INTERRUPTED = 130,
};

struct error {
  enum error_code code;
  uint64_t line;   /* 1-based line of `file`; 0 when the error has no place in a file */
  uint64_t column; /* 1-based, in characters; 0 when only the line is known */
  char file[256];
  char message[1024]; /* what is wrong; lower case, no full stop, raw (escaped when printed) */
  char remedy[512];   /* what to do; whole sentences; may be empty */
};

/* Takes errors of which there may be many (the bad rows of a file); `error` is the callee's to read only. */
typedef void error_sink(void *context, const struct error *error);

/* An error_sink that forgets what it is given. */
void error_ignore(void *context, const struct error *error);

/* Fills code and message, clears place and remedy.  Overlong text is cut at a character. Returns false. */
bool error_set(struct error *error, enum error_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4), nonnull(1, 3)));

/* Adds what the user can do about it. Returns false. */
bool error_remedy(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3), nonnull(1, 2)));
bool error_remedy_list(struct error *error, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0), nonnull(1, 2)));

/* Adds the place in an input file. Returns false. */
bool error_at(struct error *error, const char *file, uint64_t line, uint64_t column) __attribute__((nonnull(1, 2)));

/* Fills from errno: "cannot open "x": No such file or directory". Returns false. */
bool error_errno(struct error *error, enum error_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4), nonnull(1, 3)));

/*
 * Adds the error as one line, without the program's name and without a line end:
 * `FILE:LINE:COLUMN: message. Remedy`.  What is unknown is left out; control characters are escaped.
 */
void error_format(const struct error *error, struct text *out) __attribute__((nonnull));
/* Its two parts, between which error_format has a blank: place and message, and the remedy, which may be nothing. */
void error_format_fault(const struct error *error, struct text *out) __attribute__((nonnull));
void error_format_remedy(const struct error *error, struct text *out) __attribute__((nonnull));

#endif
