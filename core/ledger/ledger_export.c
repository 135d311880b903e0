/* The whole ledger with its rows, as JSON Lines on jansson. */
#include "core/ledger/ledger_export.h"

#include "core/base/memory.h"
#include "core/base/text.h"
#include "core/ledger/ledger_rows.h"
#include "sql_catalogue.h"

#include <jansson.h>
#include <string.h>

struct ledger_writer {
  struct output *output;
  enum content_table table;
  struct text pending;
};

static const size_t PIECE = 1u << 16;

static bool flush(struct ledger_writer *writer, size_t least, struct error *error) {
  if (writer->pending.length < least || writer->pending.length == 0)
    return true;
  bool good = output_write(writer->output, writer->pending.data, writer->pending.length, error);
  text_clear(&writer->pending);
  return good;
}

static int add_bytes(const char *bytes, size_t length, void *out) {
  text_add_n(out, bytes, length);
  return 0;
}

static json_t *value_of(const char *bytes, size_t length) {
  json_t *value = bytes != NULL ? json_stringn(bytes, length) : json_null();
  if (value == NULL) /* not UTF-8: the database gives nothing else, so the memory is used up */
    memory_exhausted();
  return value;
}

/* Adds an object, which is taken over, as a line. */
static bool write_line(struct ledger_writer *writer, json_t *object, struct error *error) {
  if (object == NULL || json_dump_callback(object, add_bytes, &writer->pending, JSON_COMPACT) != 0)
    memory_exhausted();
  json_decref(object);
  text_add_char(&writer->pending, '\n');
  return flush(writer, PIECE, error);
}

static bool write_row(void *context, int32_t batch_id, const struct ledger_value *values, size_t count,
                      struct error *error) {
  struct ledger_writer *writer = context;
  json_t *row = json_array();
  for (size_t i = 0; i < count; i++)
    json_array_append_new(row, value_of(values[i].bytes, values[i].length));
  return write_line(writer,
                    json_pack("{s:s, s:b, s:i, s:o}", "table", content_table_name(writer->table), "numbered",
                              content_table_numbered(writer->table), "batch", (int)batch_id, "row", row),
                    error);
}

static bool write_batches(struct ledger_writer *writer, struct db *db, struct error *error) {
  AUTO_RESULT PGresult *batches = NULL;
  if (!db_query(db, sql_verify_batches, NULL, &batches, error))
    return false;
  for (int row = 0; row < db_rows(batches); row++) {
    json_t *columns = json_array();
    for (int column = BATCH_POSITION; column <= BATCH_PREVIOUS; column++) {
      const char *value = db_text(batches, row, column);
      json_array_append_new(columns, value_of(value, value != NULL ? strlen(value) : 0));
    }
    if (!write_line(writer, json_pack("{s:o, s:s}", "batch", columns, "sha256", db_text(batches, row, BATCH_SHA256)),
                    error))
      return false;
  }
  return true;
}

static bool export_work(struct db *db, void *context, struct error *error) {
  struct ledger_writer *writer = context;
  if (!write_line(writer, json_pack("{s:i}", "rectrack_ledger", 1), error))
    return false;
  for (int table = 0; table < CONTENT_TABLES; table++) {
    writer->table = (enum content_table)table;
    if (!ledger_rows(db, writer->table, write_row, writer, error))
      return false;
  }
  return write_batches(writer, db, error) && flush(writer, 0, error);
}

bool ledger_export(struct db *db, struct output *output, struct error *error) {
  struct ledger_writer writer = {.output = output};
  bool done = db_transaction(db, DB_READ_SNAPSHOT, export_work, &writer, error);
  text_free(&writer.pending);
  return done;
}
