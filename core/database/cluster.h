/*
 * The embedded PostgreSQL: a private cluster that rectrack makes, starts and stops by itself (DESIGN: section 3).
 */
#ifndef RECTRACK_CORE_DATABASE_CLUSTER_H
#define RECTRACK_CORE_DATABASE_CLUSTER_H

#include "core/base/error.h"
#include "core/base/text.h"

#include <stdbool.h>
#include <sys/types.h>

struct cluster {
  char *directory; /* …/rectrack: holds `data`, `log`, `lock` */
  char *data;      /* PGDATA */
  char *socket;    /* directory of the Unix socket, short enough for sun_path (107 bytes) */
  char *bindir;    /* of initdb and postgres; NULL until looked for */
  char *user;      /* operating-system and database user that owns the cluster */
};

enum cluster_state {
  CLUSTER_ABSENT, /* no data directory yet */
  CLUSTER_STOPPED,
  CLUSTER_RUNNING,
};

/* `directory` NULL is ${XDG_DATA_HOME:-~/.local/share}/rectrack (RECTRACK_DATA overrides). Nothing is created.
 * ERROR_CONFIG when HOME is unknown. */
bool cluster_locate(struct cluster **cluster, const char *directory, struct error *error)
    __attribute__((nonnull(1, 3)));
void cluster_free(struct cluster **cluster);
#define AUTO_CLUSTER __attribute__((cleanup(cluster_free)))

enum cluster_state cluster_state(const struct cluster *cluster, pid_t *pid);

/* Fills cluster->bindir with the folder of initdb and postgres, of the version that made the data when there are some.
 */
bool cluster_find_programs(struct cluster *cluster, struct error *error) __attribute__((nonnull));

/*
 * The path of a client program (pg_dump, pg_restore) of a major version or later: from RECTRACK_PG_BINDIR, else the
 * nearest version of those installed, else by its name from PATH.  NULL when there is none.  The caller frees it.
 */
char *cluster_find_tool(const char *name, int version) __attribute__((nonnull));

/* Whether who runs the server can get to the cluster's directory, as far as there are folders on the way; of interest
 * for root. ERROR_CONFIG. */
bool cluster_check_way(const struct cluster *cluster, struct error *error) __attribute__((nonnull));

/* Makes the cluster when absent, starts it when stopped, waits until it accepts connections. Safe when several do it at
 * once. *created tells whether initdb ran. Stale pid files and killed servers are recovered from. */
bool cluster_start(struct cluster *cluster, bool *created, struct error *error) __attribute__((nonnull));

/* Fast shutdown, waits for its end. True also when it wasn't running. */
bool cluster_stop(struct cluster *cluster, struct error *error) __attribute__((nonnull));

/* Notes that the cluster is used, so that it isn't stopped as idle. Cheap, and silent when it can't. */
void cluster_touch(const struct cluster *cluster) __attribute__((nonnull));

/* Adds the conninfo string of the cluster's database `rectrack`. */
void cluster_conninfo(const struct cluster *cluster, struct text *out) __attribute__((nonnull));
/* Adds the same as a URI that other programs take (postgresql:///rectrack?host=…&user=…). */
void cluster_url(const struct cluster *cluster, struct text *out) __attribute__((nonnull));

#endif
