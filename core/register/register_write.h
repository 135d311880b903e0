/*
 * Adding to the register: each file of fixtures/register/, and any file of the same columns, row by row into one batch.
 * A row that says what the register says already adds nothing; another one is a new version, and the old one stays.
 */
#ifndef RECTRACK_CORE_REGISTER_REGISTER_WRITE_H
#define RECTRACK_CORE_REGISTER_REGISTER_WRITE_H

#include "core/base/error.h"
#include "core/csv/csv.h"
#include "core/database/db.h"
#include "core/ledger/batch.h"
#include "core/rows/import_options.h"

enum register_file {
  REGISTER_STATES,
  REGISTER_NAMES,
  REGISTER_INSTRUMENTS,
  REGISTER_PARTIES,
  REGISTER_SCALES,
  REGISTER_ARTICLES,
  REGISTER_THEMES,
  REGISTER_BODIES,
  REGISTER_FILES
};

struct register_writer;

/* Begins a batch, inside a transaction that the caller opened, and takes the register's lock. The caller frees it. */
bool register_writer_begin(struct db *db, struct register_writer **writer, struct error *error)
    __attribute__((nonnull));
void register_writer_free(struct register_writer **writer);
#define AUTO_REGISTER_WRITER __attribute__((cleanup(register_writer_free)))

/* What is read from now on is the register shipped with the program: a row that was shipped before adds nothing, so
 * that corrections made since then stay. */
void register_writer_ship(struct register_writer *writer) __attribute__((nonnull));

/* Reads a whole file; ERROR_DATA as the imports of core/rows/import_options.h. */
bool register_writer_read(struct register_writer *writer, enum register_file file, struct csv_reader *reader,
                          const struct import_options *options, struct import_summary *summary, struct error *error)
    __attribute__((nonnull));

/* The batch to be sealed; owned by the writer. */
struct batch *register_writer_batch(struct register_writer *writer) __attribute__((nonnull, returns_nonnull));

/* The file's name in fixtures/register/. */
const char *register_file_name(enum register_file file);

#endif
