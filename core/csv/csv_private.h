/*
 * What the parts of the CSV reader share: csv.c opens it and shows the current row, csv_row.c takes up one row from the
 * input, csv_header.c binds the header row to columns.
 */
#ifndef RECTRACK_CORE_CSV_CSV_PRIVATE_H
#define RECTRACK_CORE_CSV_CSV_PRIVATE_H

#include "core/csv/csv.h"
#include "core/csv/csv_source.h"

#include <csv.h>

#define NOWHERE SIZE_MAX

struct csv_field {
  size_t offset; /* in `values`; NOWHERE when empty and unquoted */
  size_t length;
};

struct csv_reader {
  struct csv_source source;
  struct csv_parser parser;
  bool raw;          /* see struct csv_input */
  uint64_t lines;    /* handed out by the source so far */
  uint64_t row_line; /* on which the current row begins */
  struct csv_field *fields;
  size_t field_count;
  size_t field_capacity;
  char *values; /* the current row's, each with a NUL */
  size_t values_used;
  size_t values_capacity;
  bool row_ended; /* libcsv has reported the end of the row */
  bool too_long;  /* one of its fields is longer than CSV_FIELD_MAX */
  const struct csv_column *columns;
  size_t column_count;
  size_t *field_of; /* of each column; NOWHERE when the header lacks it */
  size_t guard;     /* the field that says whether a row's texts are guarded; NOWHERE when no row's are */
  size_t width;     /* fields in the header row */
  size_t named;     /* of which this many have a name; the others come last */
  struct text header;
  bool failed;
  struct error failure; /* what every further call says */
};

/* Makes libcsv ready; until then csv_row_end has nothing to free. */
void csv_row_begin(struct csv_reader *reader, char delimiter);
void csv_row_end(struct csv_reader *reader);

/* Reads one row of whatever width: CSV_ROW, CSV_END or CSV_FAILED. */
enum csv_next csv_row_read(struct csv_reader *reader, struct error *error);

/* Remembers what every further call says; CSV_FAILED. */
enum csv_next csv_fail(struct csv_reader *reader, const struct error *error);

/* Add the place of a field of the current row (its last one when it has fewer), or a line, to an error; return false.
 */
bool csv_blame_field(const struct csv_reader *reader, size_t field, struct error *error);
bool csv_blame_line(const struct csv_reader *reader, uint64_t line, uint64_t column, struct error *error);

#endif
