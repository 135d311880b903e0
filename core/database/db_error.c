/* From what PostgreSQL says went wrong to a struct error with a remedy. */
#include "core/database/db_error.h"

#include "core/base/interrupt.h"
#include "core/base/text.h"

#include <string.h>

/* Out of range: only plain SQL can store such a day or number. */
#define IMPOSSIBLE                                                                                                     \
  "Perhaps a record speaks of a day that no calendar has, or has a number that is too large: \"rectrack verify\" "     \
  "names "                                                                                                             \
  "its batch; undo that."

/* A SQLSTATE or its class (two characters), the exit code, and what to do. The first row that fits counts. */
static const struct {
  const char *state;
  enum error_code code;
  const char *remedy;
} mappings[] = {
    {"42501", ERROR_NOT_PERMITTED, ""}, /* which role is needed knows the command */
    {"RT001", ERROR_DATA, ""},          /* of the schema's own triggers (sql/migrations): it can't be any more */
    {"RT002", ERROR_BUSY, ""},          /* likewise: it can't be just now */
    {"28", ERROR_NOT_PERMITTED, "Check the user name and the password (password file or PGPASSFILE)."},
    {"57014", ERROR_FAILED,
     "It took longer than statement_timeout allows; try again when the server is less busy, or give it "
     "longer: PGOPTIONS='-c statement_timeout=4h'."},
    {"57P", ERROR_UNREACHABLE, "The server is stopping or starting; run the same command again."},
    {"08", ERROR_UNREACHABLE, "The connection was lost; run the same command again."},
    {"53100", ERROR_CANNOT_WRITE, "The server's disk is full; make room and run the same command again."},
    {"53300", ERROR_BUSY, "The server has no free connection; try again."},
    {"53", ERROR_FAILED, "The server is out of resources; try again, or tell whoever keeps it."},
    {"55P03", ERROR_BUSY, "Somebody else holds the lock; try again. \"rectrack doctor\" tells who it is."},
    {"40", ERROR_BUSY, "Another change came in between; run the same command again."},
    {"3D000", ERROR_CONFIG, "Create the database first, or name another with --db."},
    {"3F000", ERROR_CONFIG, "Run \"rectrack init\" on this database first."},
    {"42P01", ERROR_CONFIG, "Run \"rectrack init\" on this database first."},
    {"25006", ERROR_NOT_PERMITTED, "This server is read-only; write to the primary."},
    {"22003", ERROR_FAILED, IMPOSSIBLE},
    {"22008", ERROR_FAILED, IMPOSSIBLE},
    {"23", ERROR_FAILED, "The database refused the change; run \"rectrack verify\" and tell whoever keeps it."},
};

static const char OTHER_REMEDY[] =
    "Run \"rectrack db status\"; if the server is well, report this as a fault of rectrack.";

static bool fits(const char *state, const char *pattern) {
  return strncmp(state, pattern, strlen(pattern)) == 0;
}

static const char *prefix_of(const char *state, enum error_code code) {
  return code == ERROR_NOT_PERMITTED ? "not permitted: " : fits(state, "RT") ? "" : "the database says: ";
}

/* The schema's own triggers say what to do where they refuse; what the server suggests is for those who know SQL. */
static void set_from_state(const char *state, const char *message, const char *hint, struct error *error) {
  for (size_t i = 0; i < sizeof mappings / sizeof *mappings; i++)
    if (fits(state, mappings[i].state)) {
      error_set(error, mappings[i].code, "%s%s", prefix_of(state, mappings[i].code), message);
      error_remedy(error, "%s", mappings[i].remedy[0] == '\0' && hint != NULL ? hint : mappings[i].remedy);
      return;
    }
  error_set(error, ERROR_FAILED, "the database says: %s (SQLSTATE %s)", message, state);
  error_remedy(error, "%s", hint != NULL ? hint : OTHER_REMEDY);
}

/* libpq's messages end with a line feed and may have several lines, each a sentence that mostly lacks its full stop. */
static void add_one_line(struct text *out, const char *message) {
  size_t length = message != NULL ? strlen(message) : 0;
  while (length > 0 && (message[length - 1] == '\n' || message[length - 1] == '.'))
    length--;
  for (size_t i = 0; i < length; i++)
    if (message[i] == '\n' || message[i] == '\t') {
      if (out->length > 0 && strchr(" .?:", out->data[out->length - 1]) == NULL)
        text_add_char(out, '.');
      if (out->length > 0 && out->data[out->length - 1] != ' ')
        text_add_char(out, ' ');
    } else
      text_add_char(out, message[i]);
}

bool db_error_from_result(const PGresult *result, PGconn *connection, bool committing, struct error *error) {
  const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  bool answered = state != NULL && PQstatus(connection) == CONNECTION_OK;
  bool interrupted = interrupt_signal() != 0;
  if (interrupted && (answered || !committing))
    return interrupt_check(error);
  if (answered) {
    set_from_state(state, PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY),
                   PQresultErrorField(result, PG_DIAG_MESSAGE_HINT), error);
    return false;
  }
  if (interrupted)
    error_set(error, ERROR_INTERRUPTED, "interrupted, and the connection to the database was lost");
  else
    error_set(error, ERROR_UNREACHABLE, "the connection to the database was lost");
  if (committing)
    return error_remedy(error, "Whether the change was stored is not known; running the same command again is safe.");
  return error_remedy(error, "Nothing was stored. Run the same command again.");
}

bool db_error_of_idleness(struct error *error) {
  error_set(error, ERROR_UNREACHABLE,
            "the server ended the connection, for it was sent nothing for longer than "
            "idle_in_transaction_session_timeout allows");
  return error_remedy(error, "Nothing was stored. Run the same command again from a file that is ready, or give it "
                             "longer: PGOPTIONS='-c idle_in_transaction_session_timeout=4h'.");
}

bool db_error_from_connection(PGconn *connection, struct error *error) {
  AUTO_TEXT struct text message = {0};
  add_one_line(&message, PQerrorMessage(connection));
  const char *text = text_string(&message);
  bool refused = PQconnectionNeedsPassword(connection) || strstr(text, "authentication failed") != NULL ||
                 strstr(text, "no pg_hba.conf entry") != NULL || strstr(text, "role \"") != NULL;
  if (interrupt_signal() != 0)
    return interrupt_check(error);
  if (refused) {
    error_set(error, ERROR_NOT_PERMITTED, "the database doesn't let you in: %s", text);
    return error_remedy(error,
                        "Check the user name, and the password in your password file (~/.pgpass or PGPASSFILE).");
  }
  if (strstr(text, "\" does not exist") != NULL && strstr(text, "database \"") != NULL) {
    error_set(error, ERROR_CONFIG, "%s", text);
    return error_remedy(error, "Create the database first (createdb), or name another with --db.");
  }
  if (strncmp(text, "definition of service ", 22) == 0) {
    error_set(error, ERROR_CONFIG, "%s", text);
    return error_remedy(error, "Services are defined in ~/.pg_service.conf (PGSERVICEFILE); name one of them, or give "
                               "host and dbname.");
  }
  error_set(error, ERROR_UNREACHABLE, "cannot reach the database: %s", text);
  return error_remedy(error,
                      "Check that the server runs, and host and port in --db, RECTRACK_DB or the PG… variables.");
}
