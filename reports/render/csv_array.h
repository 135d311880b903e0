/* What a reader sees of a CSV file, as a JSON array of arrays. */
#ifndef RECTRACK_REPORTS_RENDER_CSV_ARRAY_H
#define RECTRACK_REPORTS_RENDER_CSV_ARRAY_H

#include "core/base/error.h"
#include "core/base/output.h"
#include "core/csv/csv.h"

#include <stdbool.h>

/*
 * Writes one array of strings a row, one row a line; empty fields are "".  Without `raw` the first row is the header,
 * and what stands under no name (nothing, as it must) is left out.  Refused rows go to `problem`; ERROR_DATA counts
 * them, and the array is then not closed.
 */
bool csv_array_write(struct csv_reader *reader, bool raw, error_sink *problem, void *context, struct output *output,
                     struct error *error) __attribute__((nonnull(1, 3, 5, 6)));

#endif
