/*
 * The rows of an import, one after the other.  Whatever is wrong with a row is told here, with its place in the file;
 * such a row is refused, and kept in the rejects file where the caller asked for one.
 */
#ifndef RECTRACK_CORE_ROWS_IMPORT_ROWS_H
#define RECTRACK_CORE_ROWS_IMPORT_ROWS_H

#include "core/csv/csv.h"
#include "core/ledger/batch.h"
#include "core/rows/import_options.h"
#include "core/rows/rejects.h"

#define IMPORT_COLUMNS_MAX 20

struct import_rows {
  const struct import_options *options;
  struct import_summary *summary;
  struct csv_reader *reader; /* the caller's */
  struct csv_column columns[IMPORT_COLUMNS_MAX + REJECT_COLUMNS];
  struct rejects *rejects; /* NULL: not asked for */
  bool refused;            /* the current row */
  struct error fault;      /* room for what is wrong with a field, which costs a row nothing that has no faults */
};

/* Reads the header row. A column that the file lacks is NULL in every row. */
bool import_rows_begin(struct import_rows *rows, const struct import_options *options, struct import_summary *summary,
                       struct csv_reader *reader, const struct csv_column *columns, size_t count, struct error *error)
    __attribute__((nonnull));

/* The next row that can be read; *more is false at the end of the file. Rows are counted in the summary. */
bool import_rows_next(struct import_rows *rows, bool *more, struct error *error) __attribute__((nonnull));

/*
 * Hands each row that can be read to `take_row`, as the current one, up to the end of the file; then the verdict, as
 * import_rows_end.
 */
typedef void import_take_row(void *context);
bool import_rows_read(struct import_rows *rows, import_take_row *take_row, void *context, struct error *error)
    __attribute__((nonnull));

/* Something is wrong with columns[column] of the current row; the fault gets its place. Any number of times for a row.
 */
void import_rows_fault(struct import_rows *rows, size_t column, struct error *fault) __attribute__((nonnull));

/*
 * The verdict, before anything is stored for good: ERROR_DATA, which counts the refused rows, when there is one and the
 * rest is not to be kept, or when all were refused.  The rejects file appears now.
 */
bool import_rows_end(struct import_rows *rows, struct error *error) __attribute__((nonnull));

/* For __attribute__((cleanup)); without import_rows_end the rejects file stays as it was. */
void import_rows_free(struct import_rows *rows);
#define AUTO_IMPORT_ROWS __attribute__((cleanup(import_rows_free)))

/* The current row's value. An empty field is the same as none. */
const char *import_value(const struct import_rows *rows, size_t column, size_t *length) __attribute__((nonnull(1)));
/* As import_value; a fault when there is none. */
const char *import_required(struct import_rows *rows, size_t column, size_t *length) __attribute__((nonnull(1)));

/*
 * Seals the batch of a file that was read to its end.  `what` was added, for people: "status records".  The ledger
 * keeps the file's digest where the whole file is in the batch; where rows were refused it only speaks of it.
 */
bool import_seal(struct batch *batch, const char *kind, const char *what, const struct import_options *options,
                 struct csv_reader *reader, struct import_summary *summary, struct error *error)
    __attribute__((nonnull));

/* The last part of a path, for the ledger; "-" is standard input. */
const char *import_file_name(const char *path) __attribute__((nonnull, returns_nonnull));

#endif
