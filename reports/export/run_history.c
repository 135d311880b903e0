/* The rows that runs of export jobs leave. */
#include "config.h"

#include "reports/export/run_history.h"

#include "core/ledger/batch.h"
#include "reports/listing/listing.h"
#include "sql_catalogue.h"

#include <stdio.h>
#include <unistd.h>

bool run_history_begin(struct db *db, const struct job *job, int64_t *run, struct text *interrupted,
                       struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  char user[BATCH_USER_SIZE], host[256] = "";
  struct db_params params = {0};
  if (gethostname(host, sizeof host - 1) != 0)
    snprintf(host, sizeof host, "unknown");
  batch_user_name(user);
  db_param_text(&params, job->name);
  db_param_text(&params, job->directory);
  db_param_text(&params, host);
  db_param_text(&params, user);
  db_param_text(&params, PACKAGE_VERSION);
  if (!db_query(db, sql_export_begin, &params, &result, error))
    return false;
  *run = db_int(result, 0, 0);
  if (db_text(result, 0, 1) != NULL)
    text_add(interrupted, db_text(result, 0, 1));
  return true;
}

bool run_history_end(struct db *db, int64_t run, const struct run_end *end, struct error *error) {
  struct db_params params = {0};
  db_param_int(&params, run);
  db_param_text(&params, end->outcome);
  db_param_int(&params, end->exit_code);
  db_param_text(&params, end->message);
  db_param_text(&params, end->set);
  if (end->set == NULL) {
    for (int i = 0; i < 4; i++)
      db_param_null(&params);
  } else {
    db_param_int(&params, end->position);
    db_param_int(&params, (int64_t)end->files);
    db_param_int(&params, (int64_t)end->rows);
    db_param_int(&params, (int64_t)end->bytes);
  }
  db_param_text(&params, end->manifest_sha256);
  return db_run(db, sql_export_end, &params, NULL, error);
}

bool run_history_list(struct db *db, const char *job, struct grid **grid, struct error *error) {
  struct db_params params = {0};
  db_param_text(&params, job);
  return listing_query(db, sql_export_history, &params, grid, error);
}
