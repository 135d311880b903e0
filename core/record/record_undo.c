/* A whole batch is taken back by a batch that says so. */
#include "core/base/memory.h"
#include "core/base/text.h"
#include "core/ledger/batch.h"
#include "core/record/record.h"
#include "sql_catalogue.h"

#include <string.h>

/* Columns of undo_find.sql. */
enum found {
  FOUND_BATCH,
  FOUND_KIND,
  FOUND_SUMMARY,
  FOUND_UNDONE,
  FOUND_RECORDED_AT,
  FOUND_RECORDED_BY,
  FOUND_ROWS,
};

static bool check(const PGresult *found, int32_t wanted, struct error *error) {
  if (db_rows(found) == 0) {
    if (wanted == 0) {
      error_set(error, ERROR_DATA, "there is no batch that could be undone");
      return error_remedy(error, "See \"rectrack list batches\".");
    }
    error_set(error, ERROR_DATA, "no batch has the number \"%d\"", wanted);
    return error_remedy(error, "See \"rectrack list batches\".");
  }
  int batch = (int)db_int(found, 0, FOUND_BATCH);
  AUTO_FREE char *kind = memory_string(db_text(found, 0, FOUND_KIND));
  if (db_bool(found, 0, FOUND_UNDONE)) {
    error_set(error, ERROR_DATA, "batch %d was undone already", batch);
    return error_remedy(error, "Import the file again if it should count after all.");
  }
  static const struct {
    const char *kind, *instead;
  } lasting[] = {{"register", "Import the corrected rows; the newest ones count."},
                 {"undo", "Import or record again what should count after all."},
                 {"access", "Use \"rectrack access grant\" or \"rectrack access revoke\"."}};
  for (size_t i = 0; i < sizeof lasting / sizeof *lasting; i++)
    if (strcmp(kind, lasting[i].kind) == 0) {
      error_set(error, ERROR_DATA, "batch %d (%s) can't be undone", batch, kind);
      return error_remedy(error, "%s", lasting[i].instead);
    }
  return true;
}

static void describe(const PGresult *found, struct taken_back *taken) {
  *taken = (struct taken_back){
      .id = {(int32_t)db_int(found, 0, FOUND_BATCH), 0},
      .what = memory_string(db_text(found, 0, FOUND_SUMMARY)),
      .kind = memory_string(db_text(found, 0, FOUND_KIND)),
      .by = memory_string(db_text(found, 0, FOUND_RECORDED_BY)),
      .at = db_moment(found, 0, FOUND_RECORDED_AT),
      .rows = db_int(found, 0, FOUND_ROWS),
  };
}

bool record_undo(struct db *db, int32_t wanted, const char *reason, struct taken_back *taken, struct error *error) {
  AUTO_RESULT PGresult *found = NULL;
  AUTO_BATCH struct batch *batch = NULL;
  struct db_params params = {0};
  if (wanted != 0)
    db_param_int(&params, wanted);
  else
    db_param_null(&params);
  if (!record_reason_check(reason, error) || !db_query(db, sql_undo_find, &params, &found, error) ||
      !check(found, wanted, error) || !batch_begin(db, &batch, error))
    return false;
  int32_t withdrawn = (int32_t)db_int(found, 0, FOUND_BATCH);
  batch_row(batch, TABLE_BATCH_WITHDRAWAL);
  batch_int(batch, withdrawn);
  batch_int(batch, batch_id(batch));
  batch_text(batch, reason);
  AUTO_TEXT struct text summary = {0};
  text_add_format(&summary, "batch %d (%s): %s", withdrawn, db_text(found, 0, FOUND_KIND), reason);
  struct batch_about about = {.kind = "undo", .summary = text_string(&summary)};
  if (!batch_commit(batch, &about, NULL, error))
    return false;
  describe(found, taken);
  return true;
}
