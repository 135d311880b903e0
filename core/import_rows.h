/* What every CSV import shares: refusing a row with its place in the file, and the verdict at the end. */
#ifndef RECTRACK_CORE_IMPORT_ROWS_H
#define RECTRACK_CORE_IMPORT_ROWS_H

#include "core/csv.h"
#include "core/import.h"

/* Tells the sink of `problem`, placed at columns[column] of the current row, and counts the row as bad. */
void import_refuse(const struct import_options *options, const struct csv_reader *reader, size_t column,
                   struct error *problem, struct import_summary *summary) __attribute__((nonnull));

/* As import_refuse for a problem that has its place already (CSV_BAD_ROW). */
void import_refuse_placed(const struct import_options *options, const struct error *problem,
                          struct import_summary *summary) __attribute__((nonnull));

/* True when no row was bad; else ERROR_DATA that counts them and says that nothing was stored. */
bool import_verdict(const struct import_options *options, const struct import_summary *summary, struct error *error)
    __attribute__((nonnull));

/* The last part of a path, for the ledger; "-" stays. */
const char *import_file_name(const char *path) __attribute__((nonnull, returns_nonnull));

/* An empty field is the same as none. */
const char *import_value(const struct csv_reader *reader, size_t column, size_t *length) __attribute__((nonnull(1)));

#endif
