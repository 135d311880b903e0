/*
 * The bytes of a CSV input, line by line: file or memory, byte order mark, foreign encodings, digest.
 *
 * Lines are physical: they end with LF, CRLF or CR, inside quotes too.  The bytes since the last mark stay in place
 * until the next one, so that a whole row can be looked at again.
 */
#ifndef RECTRACK_CORE_CSV_CSV_SOURCE_H
#define RECTRACK_CORE_CSV_CSV_SOURCE_H

#include "core/base/error.h"
#include "core/base/sha256.h"
#include "core/csv/csv.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where the next byte of one kind stands in the buffer; each stretch is searched once, whatever the line ends. */
struct csv_finder {
  char byte;
  bool found;
  size_t at; /* the byte, or how far was searched in vain */
};

struct csv_source {
  int file;           /* -1 when reading from memory */
  const char *memory; /* what is left of it */
  size_t memory_left;
  char *name; /* for messages */
  size_t read_size;
  char *buffer;
  size_t capacity;
  size_t mark;   /* first byte kept */
  size_t at;     /* first byte not handed out */
  size_t end;    /* first byte not read */
  bool at_end;   /* nothing more to read */
  bool has_mark; /* it began with a byte order mark */
  struct csv_finder line_feed, carriage_return;
  uint64_t bytes;
  struct sha256 *digest;
};

/* A line without an end that is longer is given up; room for the largest field and what stands beside it. */
#define CSV_LINE_MAX ((size_t)CSV_FIELD_MAX + (1u << 20))

enum csv_line {
  CSV_LINE,
  CSV_LINE_LONG, /* longer than CSV_LINE_MAX */
  CSV_LINE_NONE, /* end of input */
  CSV_LINE_FAILED,
};

/* Begins reading, takes off the byte order mark and refuses what is no UTF-8 CSV at first sight. */
bool csv_source_open(struct csv_source *source, const struct csv_input *input, struct error *error)
    __attribute__((nonnull));
void csv_source_close(struct csv_source *source) __attribute__((nonnull));

/* Hands out the next line with its line end; valid until the next call. */
enum csv_line csv_source_next(struct csv_source *source, const char **line, size_t *length, struct error *error)
    __attribute__((nonnull));

/* What is read but not handed out yet: at open at least 256 bytes, or everything. */
const char *csv_source_peek(const struct csv_source *source, size_t *length) __attribute__((nonnull));
/* Reads more, for a longer look; at the end of the input `at_end` is set. */
bool csv_source_read(struct csv_source *source, struct error *error) __attribute__((nonnull));

/* Keeps the bytes from here on, and forgets those before. */
void csv_source_mark(struct csv_source *source) __attribute__((nonnull));
/* The bytes handed out since the mark. */
const char *csv_source_marked(const struct csv_source *source, size_t *length) __attribute__((nonnull));

#endif
