/*
 * What the parts of the register writer share: register_write.c reads a file and finds out what is new in it;
 * register_forms.c has the table of files, each with its columns, their checks, and what a new row writes.
 */
#ifndef RECTRACK_CORE_REGISTER_REGISTER_PRIVATE_H
#define RECTRACK_CORE_REGISTER_REGISTER_PRIVATE_H

#include "core/base/name_index.h"
#include "core/register/register_fields.h"
#include "core/register/register_write.h"
#include "core/rows/import_rows.h"

#define REGISTER_COLUMNS_MAX 12

enum identity { IDENTITY_STATE, IDENTITY_INSTRUMENT, IDENTITY_THEME, IDENTITY_SCALE, IDENTITY_LEVEL, IDENTITIES };
extern const char *const identity_names[IDENTITIES];

struct register_writer {
  struct db *db;
  struct batch *batch;
  struct name_index *ids;       /* "state ITA", "level greco/not-implemented" to their number */
  struct name_index *name_keys; /* folded name to State */
  int32_t next_id[IDENTITIES];
  bool shipping;               /* the register that is shipped with the program is being read */
  struct name_index *current;  /* rows that stand in the database, of the file being read */
  struct name_index *subjects; /* what those rows are about */
  struct name_index *shipped;  /* what the registers shipped before said of each subject; NULL unless shipping */
  struct name_index *seen;     /* what the rows read so far were about */
  struct name_index *written;  /* names that this batch has */
};

struct register_row {
  struct register_field fields[REGISTER_COLUMNS_MAX];
};

/* A field that must be found in the register. */
typedef bool register_look_up(struct register_writer *writer, struct register_field *field, struct error *error);
/* What must be true of a row as a whole; tells its faults to `rows`. */
typedef void register_row_check(const struct register_writer *writer, const struct register_row *row,
                                struct import_rows *rows);
/* What a new row writes, once nothing is wrong with it. */
typedef void register_row_write(struct register_writer *writer, const struct register_row *row);

struct register_form {
  const char *name;
  const char *current; /* statement that gives what stands, in the file's columns */
  size_t count;
  size_t keys; /* the first so many columns say what a row is about; a file has one row for each */
  struct csv_column columns[REGISTER_COLUMNS_MAX];
  register_field_check *checks[REGISTER_COLUMNS_MAX];
  register_look_up *look_ups[REGISTER_COLUMNS_MAX];
  bool needed[REGISTER_COLUMNS_MAX]; /* the field may not be empty */
  register_row_check *check;         /* NULL: nothing more */
  register_row_write *write;
  bool (*is_one_of_many)(const struct register_row *row); /* a row that is about all of itself; NULL: none is */
};
extern const struct register_form register_forms[REGISTER_FILES];

#endif
