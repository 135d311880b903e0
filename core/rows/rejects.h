/*
 * The rejects file of an import: the refused rows as they were, behind columns that say why.  Mended, it can be
 * imported like the file that it comes from: an importer passes over these columns.
 */
#ifndef RECTRACK_CORE_ROWS_REJECTS_H
#define RECTRACK_CORE_ROWS_REJECTS_H

#include "core/base/error.h"
#include "core/csv/csv.h"

#include <stdbool.h>
#include <stddef.h>

/* reject_line (of the file that was imported), reject_reason, reject_remedy; to be added to an importer's own columns.
 */
enum { REJECT_COLUMNS = 3 };
extern const struct csv_column reject_columns[REJECT_COLUMNS];

struct rejects;

/*
 * Begins a file with the header row of `reader`, in which the reject columns are those from number `first_column` on.
 * It appears at `path` only with rejects_close.  ERROR_CANNOT_CREATE, or ERROR_USAGE where it would take the place of
 * the file that is read.
 */
bool rejects_open(struct rejects **rejects, const char *path, const struct csv_reader *reader, const char *reader_path,
                  size_t first_column, struct error *error) __attribute__((nonnull));

/* What is wrong with the current row; `column` may be NULL. Any number of times for a row. */
void rejects_fault(struct rejects *rejects, const char *column, const struct error *fault)
    __attribute__((nonnull(1, 3)));
/* Adds the current row with its faults. */
bool rejects_row(struct rejects *rejects, struct error *error) __attribute__((nonnull));

bool rejects_close(struct rejects **rejects, struct error *error) __attribute__((nonnull));
void rejects_discard(struct rejects **rejects);

#endif
