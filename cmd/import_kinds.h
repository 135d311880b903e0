/* What `import` does with a kind of file; the verb and its list of kinds stand in cmd/import.c. */
#ifndef RECTRACK_CMD_IMPORT_KINDS_H
#define RECTRACK_CMD_IMPORT_KINDS_H

#include "cmd/verbs.h"
#include "core/base/error.h"
#include "core/import/import.h"

#include <stdbool.h>

/* import document */
bool import_report(const struct command *command, struct error *error);

/* A kind that comes as CSV, stored by `function`. */
typedef bool import_function(struct db *db, const struct import_options *import, struct import_summary *summary,
                             struct error *error);
bool import_csv(const struct command *command, import_function *function, struct error *error);

/* import csv-check: what an importer sees of a CSV file. Needs no database. */
bool import_csv_check(const struct command *command, struct error *error);

#endif
