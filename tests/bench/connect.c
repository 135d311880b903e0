/* What no command can be faster than: connects to the database and closes the connection. */
#include <libpq-fe.h>
#include <stdio.h>

int main(int count, char **arguments) {
  PGconn *connection = PQconnectdb(count > 1 ? arguments[1] : "");
  int bad = PQstatus(connection) != CONNECTION_OK;
  if (bad)
    fputs(PQerrorMessage(connection), stderr);
  PQfinish(connection);
  return bad;
}
