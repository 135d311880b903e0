/* Opening a connection: what is set for every one. */
#include "core/database/db_connect.h"

#include "core/base/interrupt.h"
#include "core/base/memory.h"
#include "core/base/text.h"
#include "core/database/db_error.h"

#include <stdlib.h>
#include <string.h>

/* ---- the connection string ----------------------------------------------- */

static bool has_options(const char *conninfo) {
  return strchr(conninfo, '=') != NULL || strstr(conninfo, "://") != NULL;
}

static void given_free(PQconninfoOption **given) {
  PQconninfoFree(*given);
}
#define AUTO_GIVEN __attribute__((cleanup(given_free)))

/* The settings of a connection string; NULL where it is the bare name of a database, or faulty. */
static PQconninfoOption *read_settings(const char *conninfo) {
  return has_options(conninfo) ? PQconninfoParse(conninfo, NULL) : NULL;
}

/* A faulty connection string is told as such; libpq's own message may repeat what it was given, a password too. */
static bool refuse_conninfo(struct error *error) {
  error_set(error, ERROR_CONFIG, "the connection string can't be read");
  return error_remedy(
      error, "Write it as postgresql://user@host/database or as host=… dbname=… user=…; special characters in a URI "
             "are written as %%XX.");
}

/* What it says under a keyword; NULL for nothing. */
static const char *given_value(const PQconninfoOption *given, const char *keyword) {
  for (const PQconninfoOption *option = given; option != NULL && option->keyword != NULL; option++)
    if (strcmp(option->keyword, keyword) == 0)
      return option->val;
  return NULL;
}

bool db_conninfo_has_password(const char *conninfo) {
  const char *scheme = strstr(conninfo, "://");
  const char *at = scheme != NULL ? strchr(scheme, '@') : NULL;
  const char *colon = at != NULL ? memchr(scheme + 3, ':', (size_t)(at - scheme - 3)) : NULL;
  return colon != NULL || strcasestr(conninfo, "password") != NULL;
}

/* keyword='value', with quotes and backslashes escaped. */
static void add_setting(struct text *out, const char *keyword, const char *value) {
  text_add_format(out, "%s%s='", out->length > 0 ? " " : "", keyword);
  for (; *value != '\0'; value++) {
    if (*value == '\'' || *value == '\\')
      text_add_char(out, '\\');
    text_add_char(out, *value);
  }
  text_add_char(out, '\'');
}

void db_conninfo_split(const char *conninfo, struct text *out, char **password) {
  AUTO_GIVEN PQconninfoOption *options = read_settings(conninfo);
  *password = NULL;
  if (options == NULL)
    text_add(out, conninfo);
  for (const PQconninfoOption *option = options; option != NULL && option->keyword != NULL; option++)
    if (option->val == NULL)
      continue;
    else if (strcmp(option->keyword, "password") == 0)
      *password = memory_string(option->val);
    else if (strcmp(option->dispchar, "*") != 0) /* "*" are other secrets, for which there is no variable */
      add_setting(out, option->keyword, option->val);
}

/* ---- settings ------------------------------------------------------------ */

/* In the start-up packet, which costs no round trip: what the user may change comes before the user's own options,
 * what must be so after them. */
#define CHANGEABLE_OPTIONS "-c statement_timeout=1h -c lock_timeout=1min -c idle_in_transaction_session_timeout=1h"
#define FIXED_OPTIONS      "-c search_path=pg_catalog,pg_temp -c datestyle=ISO,YMD -c bytea_output=hex"

/* The same by statement, for where the options of the start-up packet aren't ours to give. */
static const char SET_FIXED[] =
    "SET search_path = pg_catalog, pg_temp; SET datestyle = 'ISO, YMD'; SET bytea_output = hex";
static const char SET_CHANGEABLE[] = "SELECT pg_catalog.set_config(s.name, v.value, false)"
                                     " FROM (VALUES ('statement_timeout', '1h'), ('lock_timeout', '1min'),"
                                     "              ('idle_in_transaction_session_timeout', '1h')) v (name, value)"
                                     " JOIN pg_catalog.pg_settings s ON s.name OPERATOR(pg_catalog.=) v.name"
                                     " WHERE s.source OPERATOR(pg_catalog.=) 'default'";

/* A service file may give options, time-outs and keep-alives of its own, which libpq reads when it connects: then
 * nothing that it could say is said in its place. */
static bool uses_service(const PQconninfoOption *given) {
  return given_value(given, "service") != NULL || getenv("PGSERVICE") != NULL;
}

/* Hosts are separated by commas: "Specifying Multiple Hosts" in libpq's manual. */
static bool has_several_hosts(const PQconninfoOption *options) {
  static const char *const keywords[] = {"host", "hostaddr"}, *const variables[] = {"PGHOST", "PGHOSTADDR"};
  for (size_t i = 0; i < 2; i++) {
    const char *given = given_value(options, keywords[i]);
    const char *hosts = given != NULL ? given : getenv(variables[i]);
    if (hosts != NULL && strchr(hosts, ',') != NULL)
      return true;
  }
  return false;
}

static const char *server_wanted(const PQconninfoOption *given, enum db_server server) {
  static const char *const attributes[] = {
      [DB_ANY_SERVER] = NULL, [DB_PRIMARY] = "read-write", [DB_STANDBY] = "prefer-standby"};
  return getenv("PGTARGETSESSIONATTRS") == NULL && has_several_hosts(given) ? attributes[server] : NULL;
}

/* `given` is what the connection string says. */
static PGconn *connect_to(const char *conninfo, const PQconninfoOption *given, enum db_server server,
                          bool with_options) {
  const char *in_string = given_value(given, "options");
  const char *users = in_string != NULL ? in_string : getenv("PGOPTIONS");
  AUTO_TEXT struct text options = {0};
  text_add_format(&options, "%s %s %s", CHANGEABLE_OPTIONS, users != NULL ? users : "", FIXED_OPTIONS);
  bool service = uses_service(given);
  const char *keywords[16], *values[16];
  size_t count = 0;
  /* Before "dbname": the connection string overrides it. Behind it: it overrides the connection string. */
  const struct {
    const char *keyword, *value;
  } settings[] = {
      {"connect_timeout", service || getenv("PGCONNECT_TIMEOUT") != NULL ? NULL : "10"},
      {"keepalives_idle", service ? NULL : "60"},
      {"keepalives_interval", service ? NULL : "10"},
      {"keepalives_count", service ? NULL : "6"},
      {"fallback_application_name", "rectrack"},
      {"target_session_attrs", server_wanted(given, server)},
      {"dbname", conninfo},
      {"client_encoding", "UTF8"},
      {"options", with_options && !service ? text_string(&options) : NULL},
  };
  for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
    if (settings[i].value == NULL)
      continue;
    keywords[count] = settings[i].keyword;
    values[count++] = settings[i].value;
  }
  keywords[count] = values[count] = NULL;
  PGconn *connection = PQconnectdbParams(keywords, values, 1);
  if (connection == NULL)
    memory_exhausted();
  return connection;
}

static bool run(PGconn *connection, const char *sql, struct error *error) {
  PGresult *result = PQexec(connection, sql);
  ExecStatusType status = PQresultStatus(result);
  bool good =
      status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || db_error_from_result(result, connection, false, error);
  PQclear(result);
  return good;
}

/* Sets by statement what the start-up packet didn't: of the two settings that must be so, one tells. */
static bool settle(PGconn *connection, struct error *error) {
  AUTO_GIVEN PQconninfoOption *used = PQconninfo(connection);
  const char *options = given_value(used, "options");
  return (options != NULL && strstr(options, FIXED_OPTIONS) != NULL) ||
         (run(connection, SET_FIXED, error) && run(connection, SET_CHANGEABLE, error));
}

static void ignore_notice(void *context, const PGresult *result) {
  (void)context;
  (void)result;
}

/* Poolers of connections refuse start-up options that they don't know. */
static bool refuses_options(const PGconn *connection) {
  return PQstatus(connection) != CONNECTION_OK &&
         strstr(PQerrorMessage(connection), "unsupported startup parameter") != NULL;
}

PGconn *db_connect(const char *conninfo, enum db_server server, struct error *error) {
  AUTO_GIVEN PQconninfoOption *given = read_settings(conninfo);
  if (given == NULL && has_options(conninfo)) {
    refuse_conninfo(error);
    return NULL;
  }
  PGconn *connection = connect_to(conninfo, given, server, true);
  if (refuses_options(connection)) {
    PQfinish(connection);
    connection = connect_to(conninfo, given, server, false);
  }
  PQsetNoticeReceiver(connection, ignore_notice, NULL);
  bool good =
      PQstatus(connection) == CONNECTION_OK ? settle(connection, error) : db_error_from_connection(connection, error);
  if (good)
    return connection;
  PQfinish(connection);
  return NULL;
}

PGconn *db_connect_beside(PGconn *connection) {
  enum { MOST = 64 };
  const char *keywords[MOST + 1] = {NULL}, *values[MOST + 1] = {NULL};
  size_t count = 0;
  AUTO_GIVEN PQconninfoOption *used = PQconninfo(connection);
  for (const PQconninfoOption *option = used; option != NULL && option->keyword != NULL && count < MOST; option++) {
    if (option->val == NULL)
      continue;
    keywords[count] = option->keyword;
    values[count++] = option->val;
  }
  PGconn *beside = PQconnectdbParams(keywords, values, 0);
  if (beside == NULL)
    memory_exhausted();
  PQsetNoticeReceiver(beside, ignore_notice, NULL);
  return beside;
}

bool db_connect_again(PGconn *connection, struct error *error) {
  PQreset(connection);
  if (PQstatus(connection) != CONNECTION_OK)
    return db_error_from_connection(connection, error);
  return settle(connection, error);
}
