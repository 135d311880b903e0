/* Imports of register files: one file, one batch, all or nothing. The others stand in import_status.c,
 * import_recommendations.c and import_document.c. */
#include "core/import/import.h"

#include "core/base/text.h"
#include "core/register/register_write.h"
#include "core/rows/import_rows.h"

#include <string.h>

/* A file of the register, and what the ledger says of it. */
struct register_import {
  const struct import_options *options;
  struct import_summary *summary;
  enum register_file file;
  const char *what; /* was added */
};

static bool register_work(struct db *db, void *context, struct error *error) {
  const struct register_import *import = context;
  *import->summary = (struct import_summary){0};
  AUTO_CSV_READER struct csv_reader *reader = NULL;
  AUTO_REGISTER_WRITER struct register_writer *writer = NULL;
  if (!csv_reader_open(&reader, import->options->path, error) || !register_writer_begin(db, &writer, error) ||
      !register_writer_read(writer, import->file, reader, import->options, import->summary, error))
    return false;
  if (import->options->dry_run || import->summary->added == 0)
    return true; /* the transaction has written nothing so far */
  return import_seal(register_writer_batch(writer), "register", import->what, import->options, reader, import->summary,
                     error);
}

static bool import_register(struct db *db, enum register_file file, const char *what,
                            const struct import_options *options, struct import_summary *summary, struct error *error) {
  struct register_import import = {options, summary, file, what};
  return db_transaction(db, DB_WRITE, register_work, &import, error);
}

bool import_states(struct db *db, const struct import_options *options, struct import_summary *summary,
                   struct error *error) {
  return import_register(db, REGISTER_STATES, "new rows of States", options, summary, error);
}

bool import_names(struct db *db, const struct import_options *options, struct import_summary *summary,
                  struct error *error) {
  return import_register(db, REGISTER_NAMES, "new rows of names of States", options, summary, error);
}

bool import_parties(struct db *db, const struct import_options *options, struct import_summary *summary,
                    struct error *error) {
  return import_register(db, REGISTER_PARTIES, "new rows of Parties", options, summary, error);
}

bool import_instruments(struct db *db, const struct import_options *options, struct import_summary *summary,
                        struct error *error) {
  return import_register(db, REGISTER_INSTRUMENTS, "new rows of instruments", options, summary, error);
}

bool import_scale(struct db *db, const struct import_options *options, struct import_summary *summary,
                  struct error *error) {
  return import_register(db, REGISTER_SCALES, "new rows of scales", options, summary, error);
}

bool import_themes(struct db *db, const struct import_options *options, struct import_summary *summary,
                   struct error *error) {
  return import_register(db, REGISTER_THEMES, "new rows of themes", options, summary, error);
}
