/* What the files of the embedded cluster share: locating, programs, making, the server's process. */
#ifndef RECTRACK_CORE_DATABASE_CLUSTER_PRIVATE_H
#define RECTRACK_CORE_DATABASE_CLUSTER_PRIVATE_H

#include "core/database/cluster.h"

#include <stdbool.h>
#include <sys/types.h>

/* The role that owns the cluster; the owner of the directory, and root, may connect as it (peer map). */
#define CLUSTER_ROLE     "rectrack"
#define CLUSTER_DATABASE "rectrack"
/* PostgreSQL's name for its socket, in the cluster's folder for it. */
#define CLUSTER_SOCKET ".s.PGSQL.5432"

/* The operating system's user that runs the server: ourselves, or `postgres` when we are root, whom PostgreSQL refuses.
 */
struct cluster_owner {
  uid_t uid;
  gid_t gid;
};
bool cluster_owner(const struct cluster *cluster, struct cluster_owner *owner, struct error *error)
    __attribute__((nonnull));

/* Gives up root for the owner. For a child before it executes anything. */
bool cluster_become(const struct cluster_owner *owner) __attribute__((nonnull));

/*
 * Runs a program of the server with arguments (ended by NULL) as the owner, `input` (may be NULL) on its stdin, and
 * waits for it.  ERROR_FAILED with the last line it wrote when it doesn't end with 0.
 */
bool cluster_run(const struct cluster *cluster, const char *program, const char *const *arguments, const char *input,
                 struct error *error) __attribute__((nonnull(1, 2, 3, 5)));

/* Makes the directory (and its parents) for the owner alone. */
bool cluster_make_directory(const struct cluster *cluster, const char *path, struct error *error)
    __attribute__((nonnull));

/* Makes the data directory: under another name first, so that it appears whole. Needs the lock. */
bool cluster_create(struct cluster *cluster, struct error *error) __attribute__((nonnull));

/* Whether the process is a server of this data directory. */
bool cluster_is_server(const struct cluster *cluster, pid_t pid) __attribute__((nonnull));

#endif
