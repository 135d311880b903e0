/*
 * Backups: the schema "rectrack" of a database in a file of pg_dump's custom format, and back; and from one database
 * into another.  The ledger is recomputed wherever records have arrived, so that a copy is as good as the original or
 * is refused.
 *
 * pg_dump and pg_restore are those of the server's version or later.  Passwords reach them in their environment, never
 * on a command line.
 */
#ifndef RECTRACK_CORE_ADMINISTRATION_BACKUP_H
#define RECTRACK_CORE_ADMINISTRATION_BACKUP_H

#include "core/administration/schema.h"
#include "core/base/error.h"
#include "core/database/target.h"
#include "core/ledger/verify.h"

#include <stdbool.h>
#include <stdint.h>

struct backup_report {
  struct ledger_head head; /* of the copy */
  uint64_t bytes;          /* of the file; of a backup alone */
  uint64_t batches;        /* recomputed; not for a backup */
  enum schema_state schema;
};

/* What a restore that was cut short had left. */
enum restore_left {
  RESTORE_LEFT_NOTHING,
  RESTORE_BROUGHT_BACK, /* the backup hadn't come in: the records from before it stand again */
  RESTORE_FINISHED,     /* it had: its ledger is right, and the records from before it are gone */
};

/*
 * Writes a backup, which appears whole or not at all, after pg_restore has read it from end to end and found every
 * table of the schema in it.
 */
bool backup_write(struct target *target, const char *path, struct backup_report *report, struct error *error)
    __attribute__((nonnull));

/*
 * Restores a backup in one transaction into a database without a schema "rectrack", and recomputes the ledger; a copy
 * that isn't right is taken back.  With `replace` a schema that is there steps aside and is removed when all is well.
 *
 * Killed in between it leaves that schema aside.  Before the backup is in, `init` and the next restore bring it back.
 * Afterwards the backup's records stand, and those from before them wait for backup_restore_finish.
 */
bool backup_restore(struct target *target, const char *path, bool replace, struct backup_report *report,
                    struct error *error) __attribute__((nonnull));

/* Does what a restore that was cut short had still to do. */
bool backup_restore_finish(struct target *target, enum restore_left *left, struct backup_report *report,
                           struct error *error) __attribute__((nonnull));

/*
 * Copies the embedded database into another one, which has no schema "rectrack", while writers wait.  The ledger there
 * must have the same head.
 */
bool backup_move(struct target *from, struct target *to, struct backup_report *report, struct error *error)
    __attribute__((nonnull));

#endif
