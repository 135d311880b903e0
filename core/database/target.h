/*
 * Which database a command works on: --db, else RECTRACK_DB, else any of libpq's own variables, else the embedded
 * cluster.
 */
#ifndef RECTRACK_CORE_DATABASE_TARGET_H
#define RECTRACK_CORE_DATABASE_TARGET_H

#include "core/base/error.h"
#include "core/database/cluster.h"
#include "core/database/db.h"

#include <stdbool.h>

enum target_source { TARGET_OPTION, TARGET_RECTRACK_DB, TARGET_LIBPQ, TARGET_EMBEDDED };

struct target {
  enum target_source source;
  char *conninfo;          /* given by the user; NULL for the embedded one */
  struct cluster *cluster; /* the embedded one; NULL otherwise */
  enum db_server server;   /* wanted of several; the first that answers, unless the caller says otherwise */
};

/* `option` is the value of --db or NULL. Opens and starts nothing. */
bool target_choose(struct target **target, const char *option, struct error *error) __attribute__((nonnull(1, 3)));
/* Adds a sentence for people, without any password: `embedded database in /home/…/rectrack`, `database "x" on host y
 * (from --db)`. */
void target_describe(const struct target *target, struct text *out) __attribute__((nonnull));
/* Opens a connection; makes and starts the embedded cluster when needed. *created as in cluster_start (may be NULL). */
bool target_connect(struct target *target, struct db **db, bool *created, struct error *error)
    __attribute__((nonnull(1, 2, 4)));
void target_free(struct target **target);
#define AUTO_TARGET __attribute__((cleanup(target_free)))

#endif
