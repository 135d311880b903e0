/* The status records as a table. */
#include "reports/listing/records.h"

#include "reports/listing/cursor.h"
#include "sql_catalogue.h"

bool records_make(struct db *db, int32_t after, int32_t known, struct grid **grid, struct error *error) {
  enum { FILTERS = 6 };
  struct db_params params = {0};
  for (int filter = 0; filter < FILTERS; filter++)
    db_param_null(&params);
  db_param_int(&params, after);
  db_param_int(&params, known);
  return cursor_grid(db, sql_list_status, &params, "Status records", grid, error);
}
