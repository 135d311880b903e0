/*
 * The schema of a database: create, upgrade, check, and load the shipped register.
 */
#ifndef RECTRACK_CORE_ADMINISTRATION_SCHEMA_H
#define RECTRACK_CORE_ADMINISTRATION_SCHEMA_H

#include "core/base/error.h"
#include "core/database/db.h"

#include <stdbool.h>

enum schema_state {
  SCHEMA_ABSENT, /* not a rectrack database */
  SCHEMA_OLDER,  /* `init` would upgrade it */
  SCHEMA_CURRENT,
  SCHEMA_NEWER,   /* made by a newer program: refused */
  SCHEMA_ALTERED, /* a migration's checksum is not the one of this program */
};

struct schema_report {
  int before;                                /* version found, 0 when absent */
  int after;                                 /* version now */
  long states, instruments, parties, levels; /* what the register holds now */
  bool register_changed;                     /* the shipped register brought something new */
  bool brought_back;                         /* the records that a restore which was cut short had set aside */
};

/* The version that this program has. */
int schema_version(void);

/* What stands in the database. *version may be NULL. */
bool schema_look(struct db *db, enum schema_state *state, int *version, struct error *error)
    __attribute__((nonnull(1, 2, 4)));

/* Whether a restore that was cut short (core/administration/backup.h) has left the schema from before it aside. */
bool schema_left_aside(struct db *db, bool *aside, struct error *error) __attribute__((nonnull));

/* Creates or upgrades, and loads the shipped register (fixtures/), in one transaction under an advisory lock. Safe to
 * repeat. Where there is no schema but one that was left aside, that one comes back. */
bool schema_init(struct db *db, struct schema_report *report, struct error *error) __attribute__((nonnull));

/* Gives every table its protection and every role its rights, where a schema has arrived without them. */
bool schema_protect(struct db *db, struct error *error) __attribute__((nonnull));

/*
 * For every command that needs the schema: true when it is current.  On the embedded database an absent or older one is
 * created or upgraded; elsewhere ERROR_CONFIG with the remedy `rectrack init`.  Newer: ERROR_CONFIG.
 */
bool schema_require(struct db *db, struct error *error) __attribute__((nonnull));

/*
 * For a command that saves that round trip and looks at the schema in its own first statement: whether the array of the
 * migrations' digests, in text form, is the one of this program, and whether the last failure was for want of a table,
 * column or function.  Where not all is well it calls schema_require.
 */
bool schema_is_current(const char *digests) __attribute__((nonnull));
bool schema_lacks_something(const struct db *db) __attribute__((nonnull));

#endif
