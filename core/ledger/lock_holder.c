/* Who keeps others from writing to the ledger. */
#include "core/ledger/lock_holder.h"

#include "sql_catalogue.h"

#include <stdio.h>
#include <string.h>

bool lock_holders(struct db *db, struct lock_holder *holders, size_t most, size_t *count, struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  if (!db_query(db, sql_lock_holders, NULL, &result, error))
    return false;
  for (*count = 0; *count < most && *count < (size_t)db_rows(result); ++*count) {
    int row = (int)*count;
    const char *user = db_text(result, row, 1), *program = db_text(result, row, 2);
    holders[*count].process = (int)db_int(result, row, 0);
    snprintf(holders[*count].user, sizeof holders->user, "%s", user != NULL ? user : "");
    snprintf(holders[*count].program, sizeof holders->program, "%s", program != NULL ? program : "");
  }
  return true;
}

void lock_holder_add(const struct lock_holder *holder, struct text *out) {
  text_add_format(out, "\"%s\" (process %d%s%s)", holder->user, holder->process, holder->program[0] != '\0' ? ", " : "",
                  holder->program);
}

bool lock_holder_remedy(const struct lock_holder *holder, struct error *error) {
  return error_remedy(error,
                      "Try again, or ask whose it is to end it; whoever administers the server can: SELECT "
                      "pg_terminate_backend(%d).",
                      holder->process);
}

bool lock_holder_explain(struct db *db, struct error *error) {
  struct lock_holder holder;
  size_t count = 0;
  struct error ignored;
  if (strcmp(db_sqlstate(db), "55P03") != 0)
    return false;
  db_rollback(db);
  if (!lock_holders(db, &holder, 1, &count, &ignored) || count == 0)
    return false;
  AUTO_TEXT struct text who = {0};
  lock_holder_add(&holder, &who);
  error_set(error, ERROR_BUSY, "the lock of the ledger is held by %s; nothing was stored", who.data);
  return lock_holder_remedy(&holder, error);
}
