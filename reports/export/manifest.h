/*
 * What a set of files is: manifest.json, and beside it SHA256SUMS for sha256sum(1) and datapackage.json for programs
 * that read Data Packages (version 2, https://datapackage.org).
 *
 * The manifest has all that is needed to make the same files again from the database: what each table asks for, the day
 * it speaks about, and the ledger position that was known.  It names the manifest of the set before by its SHA-256, so
 * that the sets of a job are a chain.
 */
#ifndef RECTRACK_REPORTS_EXPORT_MANIFEST_H
#define RECTRACK_REPORTS_EXPORT_MANIFEST_H

#include "core/base/date.h"
#include "core/base/error.h"
#include "core/base/sha256.h"
#include "reports/export/job.h"
#include "reports/grid/grid.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MANIFEST_NAME "manifest.json"

/* A column of a table that a program can read. */
struct manifest_field {
  char *name;
  char *title;
  const char *type; /* of Table Schema: "string", "integer", "number", "date" */
};

struct manifest_file {
  char *path; /* its name in the set */
  char *table;
  char *title;
  char *language;
  char *format;
  bool for_excel; /* csv and tsv as a spreadsheet wants them */
  char *report;
  struct job_setting settings[JOB_SETTINGS_MAX]; /* as the job has them */
  size_t setting_count;
  day as_of;
  bool has_since;
  int32_t since; /* the records of batches after this ledger position; where has_since */
  uint64_t rows, bytes;
  char sha256[SHA256_TEXT_SIZE];
  struct manifest_field *fields; /* written into the data package, not into the manifest */
  size_t field_count;
};

struct manifest {
  char *job;
  char *set;                            /* of one that was read; likewise below */
  char sha256[SHA256_TEXT_SIZE];        /* of the manifest itself */
  moment snapshot_at;                   /* the server's clock */
  int32_t position;                     /* known at */
  moment known_at;                      /* MOMENT_NONE: nothing was recorded yet */
  char ledger_sha256[SHA256_TEXT_SIZE]; /* of the batch at that position */
  char *server;                         /* "15.13" */
  int schema_version;
  char *made_by;  /* "rectrack 0.1.0" */
  char **notices; /* what every table repeats of the batches that it rests on ("illustrative data") */
  size_t notice_count, notice_capacity;
  char *previous_set;                     /* NULL: none */
  char previous_sha256[SHA256_TEXT_SIZE]; /* of its manifest */
  struct manifest_file *files;
  size_t file_count, file_capacity;
};

void manifest_free(struct manifest *manifest);
#define AUTO_MANIFEST __attribute__((cleanup(manifest_free)))

/* Adds a file, empty but for its name, and gives it. */
struct manifest_file *manifest_add(struct manifest *manifest, const char *path)
    __attribute__((nonnull, returns_nonnull));
/* Adds a notice. */
void manifest_notice(struct manifest *manifest, const char *notice) __attribute__((nonnull));
/* Notes the columns of a table. */
void manifest_fields(struct manifest_file *file, const struct grid *grid) __attribute__((nonnull));

/* Writes datapackage.json, SHA256SUMS and, last, the manifest into a folder that has the files; *sha256 is the
 * manifest's. */
bool manifest_write(const struct manifest *manifest, const char *folder, const char *set,
                    char sha256[static SHA256_TEXT_SIZE], struct error *error) __attribute__((nonnull));

/* Reads a folder's manifest. It may come from anywhere: names that lead out of the folder and the like are refused.
 * ERROR_NO_INPUT, ERROR_DATA. */
bool manifest_read(const char *folder, struct manifest *manifest, struct error *error) __attribute__((nonnull));
/* The same from bytes, whose own digest stays empty; `name` is for messages. */
bool manifest_parse(const char *name, const char *bytes, size_t length, struct manifest *manifest, struct error *error)
    __attribute__((nonnull));

/* Whether the tables of two sets have the same bytes. */
bool manifest_same_tables(const struct manifest *one, const struct manifest *other) __attribute__((nonnull));

/*
 * Compares a set's files with its manifest and its SHA256SUMS: each that is missing, changed, or not named goes to the
 * sink as ERROR_FOUND.  False only when the folder can't be read.  *findings counts.
 */
bool manifest_verify(const char *folder, error_sink *finding, void *context, size_t *findings, struct error *error)
    __attribute__((nonnull(1, 2, 4, 5)));

#endif
