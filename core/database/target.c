/* Which database a command works on. */
#include "core/database/target.h"

#include "core/base/memory.h"

#include <stdlib.h>
#include <string.h>

/* Variables of libpq that say where to connect; those that only say how (PGPASSFILE, PGSSLMODE, PGUSER) don't choose.
 */
static const char *const choosing_variables[] = {"PGHOST", "PGHOSTADDR", "PGPORT", "PGDATABASE", "PGSERVICE", NULL};

/* The value of a variable; NULL where it isn't set or empty. */
static const char *value_of(const char *name) {
  const char *value = getenv(name);
  return value != NULL && *value != '\0' ? value : NULL;
}

static bool libpq_is_told(void) {
  for (const char *const *name = choosing_variables; *name != NULL; name++)
    if (value_of(*name) != NULL)
      return true;
  return false;
}

bool target_choose(struct target **out, const char *option, struct error *error) {
  AUTO_TARGET struct target *target = memory_new(1, sizeof *target);
  const char *variable = value_of("RECTRACK_DB");
  if (option != NULL) {
    target->source = TARGET_OPTION;
    target->conninfo = memory_string(option);
  } else if (variable != NULL) {
    target->source = TARGET_RECTRACK_DB;
    target->conninfo = memory_string(variable);
  } else if (libpq_is_told()) {
    target->source = TARGET_LIBPQ;
    target->conninfo = memory_string("");
  } else {
    target->source = TARGET_EMBEDDED;
    if (!cluster_locate(&target->cluster, NULL, error))
      return false;
  }
  *out = target;
  target = NULL;
  return true;
}

static const char *value_under(const PQconninfoOption *options, const char *keyword) {
  for (const PQconninfoOption *option = options; option != NULL && option->keyword != NULL; option++)
    if (strcmp(option->keyword, keyword) == 0)
      return option->val != NULL && *option->val != '\0' ? option->val : NULL;
  return NULL;
}

/* What a connection string says under a keyword, else what libpq takes by itself; never a password. */
static const char *option_value(const PQconninfoOption *given, const PQconninfoOption *defaults, const char *keyword) {
  const char *value = value_under(given, keyword);
  return value != NULL ? value : value_under(defaults, keyword);
}

static void describe_server(const char *conninfo, struct text *out) {
  bool has_options = strchr(conninfo, '=') != NULL || strstr(conninfo, "://") != NULL;
  PQconninfoOption *given = has_options ? PQconninfoParse(conninfo, NULL) : NULL;
  PQconninfoOption *defaults = PQconndefaults();
  const char *service = option_value(given, defaults, "service");
  const char *database = !has_options && *conninfo != '\0' ? conninfo : option_value(given, defaults, "dbname");
  const char *host = option_value(given, defaults, "host");
  const char *port = option_value(given, defaults, "port");
  if (database != NULL)
    text_add_format(out, "database \"%s\"", database);
  else
    text_add(out, service != NULL ? "database" : "default database");
  if (service != NULL)
    text_add_format(out, " of service \"%s\"", service);
  else
    text_add_format(out, " on %s", host != NULL ? host : "the local server");
  if (port != NULL && service == NULL)
    text_add_format(out, ", port %s", port);
  PQconninfoFree(given);
  PQconninfoFree(defaults);
}

void target_describe(const struct target *target, struct text *out) {
  switch (target->source) {
  case TARGET_EMBEDDED:
    text_add_format(out, "embedded database in %s", target->cluster->directory);
    return;
  case TARGET_OPTION:
    describe_server(target->conninfo, out);
    text_add(out, " (from --db)");
    return;
  case TARGET_RECTRACK_DB:
    describe_server(target->conninfo, out);
    text_add(out, " (from RECTRACK_DB)");
    return;
  case TARGET_LIBPQ:
    describe_server(target->conninfo, out);
    text_add(out, " (from PostgreSQL's own variables)");
    return;
  }
}

/* The embedded server: tries to connect first, because it mostly runs; only then looks at files and starts it. */
static bool connect_embedded(struct cluster *cluster, struct db **db, bool *created, struct error *error) {
  AUTO_TEXT struct text conninfo = {0};
  cluster_conninfo(cluster, &conninfo);
  cluster_touch(cluster);
  if (db_open(db, text_string(&conninfo), DB_ANY_SERVER, error))
    return true;
  if (error->code == ERROR_INTERRUPTED || !cluster_start(cluster, created, error))
    return false;
  return db_open(db, text_string(&conninfo), DB_ANY_SERVER, error);
}

bool target_connect(struct target *target, struct db **db, bool *created, struct error *error) {
  bool made = false;
  if (created == NULL)
    created = &made;
  *created = false;
  if (target->source != TARGET_EMBEDDED)
    return db_open(db, target->conninfo, target->server, error);
  if (!connect_embedded(target->cluster, db, created, error))
    return false;
  db_mark_embedded(*db);
  return true;
}

void target_free(struct target **target) {
  if (*target == NULL)
    return;
  free((*target)->conninfo);
  cluster_free(&(*target)->cluster);
  free(*target);
  *target = NULL;
}
