/* What every import is told, and what it says it did. */
#ifndef RECTRACK_CORE_ROWS_IMPORT_OPTIONS_H
#define RECTRACK_CORE_ROWS_IMPORT_OPTIONS_H

#include "core/base/date.h"
#include "core/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A status file that was made from a file of another form. */
struct import_content {
  const char *bytes;
  size_t length;
  const unsigned char *digest; /* of the file itself, SHA256_SIZE bytes */
  const int32_t *lines;        /* the line of the file itself that each row comes from */
};

struct import_options {
  const char *path;                     /* "-" is stdin */
  const struct import_content *content; /* status: what the file at `path` says; NULL: it is a status file itself */
  day received_on;                      /* questionnaire: the day on which it came; DAY_NONE */
  const char *document;                 /* symbol under which a bare place is looked up; NULL */
  const char *notice;                   /* see struct batch_about; NULL */
  size_t chunk_rows;                    /* status: rows that are sent at once; 0: as suits. Any size stores the same. */
  bool dry_run;                         /* check everything, store nothing */
  bool new_documents;                   /* recommendations may name documents that are not stored yet */
  bool keep_going;                      /* store the good rows though others are refused */
  const char *rejects; /* where refused rows go, with what is wrong with them (core/rows/rejects.h); NULL: nowhere */
  error_sink *problem; /* told of everything that is wrong, row by row; a row may have several faults */
  void *problem_context;
  void (*progress)(void *context, uint64_t rows, uint64_t bytes); /* now and then; may be NULL */
  void *progress_context;
};

struct import_summary {
  uint64_t rows;        /* data rows read */
  uint64_t added;       /* new records (or versions of register rows) */
  uint64_t superseding; /* those of `added` whose key was there with another content */
  uint64_t unchanged;   /* there already */
  uint64_t superseded;  /* rows on recommendations that a later version of their document supersedes */
  uint64_t early;       /* rows that speak of a day before the recommendation was adopted */
  uint64_t to_come;     /* rows that speak of a day to come */
  uint64_t outside;     /* rows of States that are outside the population on that day */
  uint64_t bad;         /* refused rows; nothing is stored when there is one, unless keep_going */
  int32_t batch_id;     /* 0 when nothing was stored */
  int32_t position;
  int32_t same_file; /* position of the batch that brought in this very file, every row of it; 0 when none */
};

#endif
