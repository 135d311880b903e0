/* What the files of the verb `db` share. */
#ifndef RECTRACK_CMD_DB_H
#define RECTRACK_CMD_DB_H

#include "cmd/verbs.h"
#include "core/database/target.h"

#include <stdbool.h>

bool db_backup(const struct command *command, struct target *target, struct error *error) __attribute__((nonnull));
bool db_restore(const struct command *command, struct target *target, struct error *error) __attribute__((nonnull));
bool db_move(const struct command *command, struct target *target, struct error *error) __attribute__((nonnull));

#endif
