/*
 * The records that count, as one ordered stream.
 *
 * Numbers and a date are all that varies in the statement, and they are formatted here from numbers.  Batches that
 * don't count at the position (later ones, undone ones) and records that were withdrawn are left out only where there
 * are any, so that the plain query stays a backward scan of the index alone.
 */
#include "reports/counting/record_stream.h"

#include "core/database/copy_streams.h"
#include "core/record/record.h"
#include "sql_catalogue.h"

#include <endian.h>
#include <string.h>

/* ---- the statement ------------------------------------------------------- */

struct exclusions {
  struct text batches; /* "3, 7"; empty: none */
  bool withdrawals;
};

static void exclusions_free(struct exclusions *exclusions) {
  text_free(&exclusions->batches);
}
#define AUTO_EXCLUSIONS __attribute__((cleanup(exclusions_free)))

static bool load_exclusions(struct db *db, int32_t position, struct exclusions *exclusions, struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  struct db_params params = {0};
  db_param_int(&params, position);
  if (!db_query(db, sql_report_exclusions, &params, &result, error))
    return false;
  for (int row = 0; row < db_rows(result); row++) {
    if (db_text(result, row, 0) == NULL)
      exclusions->withdrawals = true;
    else
      text_add_format(&exclusions->batches, "%s%lld", exclusions->batches.length > 0 ? ", " : "",
                      (long long)db_int(result, row, 0));
  }
  return true;
}

static void write_select(const struct record_query *query, const struct exclusions *exclusions, const char *condition,
                         struct text *sql) {
  char as_of[DAY_TEXT_SIZE];
  bool both = query->kind == LEVEL_BOTH;
  text_add(sql, query->history ? "SELECT" : "SELECT DISTINCT ON (n.state_id, n.rec_id)");
  text_add(sql, " n.state_id, n.rec_id, n.level");
  text_add(sql, query->days ? ", n.as_of" : "");
  text_add(sql, query->kinds ? ", n.kind" : "");
  text_add(sql, query->channels ? ", a.channel" : "");
  text_add(sql, query->revs ? ", n.rev" : "");
  text_add(sql, "\nFROM rectrack.status_record n");
  if (query->channels)
    text_add(sql, "\nJOIN rectrack.response a ON (a.batch_id, a.response) = (n.batch_id, n.response)");
  text_add_format(sql, "\nWHERE n.as_of <= DATE '%s'", day_format(query->as_of, as_of));
  if (!both)
    text_add_format(sql, "\n  AND n.kind = %d", (int)query->kind);
  text_add(sql, condition);
  if (exclusions->batches.length > 0)
    text_add_format(sql, "\n  AND n.batch_id <> ALL ('{%s}'::integer[])", exclusions->batches.data);
  if (exclusions->withdrawals)
    text_add_format(sql,
                    "\n  AND (n.state_id, n.rec_id, n.kind, n.as_of, n.rev) NOT IN"
                    "\n      (SELECT w.state_id, w.rec_id, w.kind, w.as_of, w.rev"
                    "\n       FROM rectrack.withdrawal w"
                    "\n       JOIN rectrack.batches_at(%d) b USING (batch_id))",
                    query->position);
  text_add(sql,
           both ? "\nORDER BY n.state_id DESC, n.rec_id DESC, n.as_of DESC, n.batch_id DESC, n.rev DESC, n.kind DESC"
                : "\nORDER BY n.state_id DESC, n.rec_id DESC, n.kind DESC, n.as_of DESC, n.rev DESC");
}

bool record_stream_write(struct db *db, const struct record_query *query, struct text *sql, struct error *error) {
  AUTO_EXCLUSIONS struct exclusions exclusions = {0};
  if (!load_exclusions(db, query->position, &exclusions, error))
    return false;
  write_select(query, &exclusions, "", sql);
  return true;
}

/* ---- reading ------------------------------------------------------------- */

static int16_t get16(const char *at) {
  uint16_t big;
  memcpy(&big, at, sizeof big);
  return (int16_t)be16toh(big);
}

static int32_t get32(const char *at) {
  uint32_t big;
  memcpy(&big, at, sizeof big);
  return (int32_t)be32toh(big);
}

static int channel_index(const char *name, size_t length) {
  for (int i = 0; record_channels[i] != NULL; i++)
    if (strlen(record_channels[i]) == length && memcmp(record_channels[i], name, length) == 0)
      return i;
  return -1;
}

static const size_t COPY_HEADER_SIZE = 19;

/* The next field of a binary row: *at is moved behind it; its length is -1 for NULL. */
static const char *next_field(const char **at, int32_t *length) {
  *length = get32(*at);
  const char *field = *at + sizeof(int32_t);
  *at = field + (*length > 0 ? *length : 0);
  return field;
}

/* One row of the binary stream: the number of fields, then each behind its length, in the order of write_select. */
static struct stream_record parse_row(const struct record_query *query, const char *row) {
  int32_t length;
  const char *at = row + sizeof(int16_t);
  struct stream_record record = {.as_of = DAY_NONE, .kind = (int)query->kind, .channel = -1};
  record.state_id = get16(next_field(&at, &length));
  record.rec_id = get32(next_field(&at, &length));
  record.level_id = get16(next_field(&at, &length));
  if (query->days)
    record.as_of = get32(next_field(&at, &length));
  if (query->kinds)
    record.kind = get16(next_field(&at, &length));
  if (query->channels) {
    const char *channel = next_field(&at, &length);
    record.channel = length > 0 ? channel_index(channel, (size_t)length) : -1;
  }
  return record;
}

/* The rows of a binary COPY, between its header and its trailer. */
static bool read_rows(struct copy_streams *streams, const struct record_query *query, record_sink *sink, void *context,
                      struct error *error) {
  static const char HEADER[] = "PGCOPY\n\377\r\n";
  const char *bytes;
  size_t length;
  while (copy_streams_next(streams, &bytes, &length, error)) {
    if (bytes == NULL)
      return true;
    size_t skip = length >= COPY_HEADER_SIZE && memcmp(bytes, HEADER, sizeof HEADER) == 0 ? COPY_HEADER_SIZE : 0;
    if (length < skip + sizeof(int16_t) || get16(bytes + skip) <= 0)
      continue;
    struct stream_record record = parse_row(query, bytes + skip);
    sink(context, &record);
  }
  return false;
}

/* Adds a second stream where that is worth it; `half` is then the State up to which the first one reads. */
static bool share(struct db *db, struct copy_streams *streams, struct text *half, struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  if (!db_query(db, sql_record_stream_share, NULL, &result, error))
    return false;
  if (db_rows(result) > 0 && copy_streams_add(streams, db_text(result, 0, 0)))
    text_add(half, db_text(result, 0, 1));
  return true;
}

bool record_stream_read(struct db *db, const struct record_query *query, record_sink *sink, void *context,
                        struct error *error) {
  static const char *const sides[COPY_STREAMS_MAX] = {"<=", ">"};
  AUTO_EXCLUSIONS struct exclusions exclusions = {0};
  AUTO_COPY_STREAMS struct copy_streams streams = {0};
  AUTO_TEXT struct text half = {0};
  copy_streams_open(db, &streams);
  if (!load_exclusions(db, query->position, &exclusions, error) || !share(db, &streams, &half, error))
    return false;
  for (size_t i = 0; i < streams.count && i < COPY_STREAMS_MAX; i++) {
    AUTO_TEXT struct text condition = {0};
    AUTO_TEXT struct text sql = {0};
    if (streams.count > 1)
      text_add_format(&condition, "\n  AND n.state_id %s %s", sides[i], text_string(&half));
    text_add(&sql, "COPY (");
    write_select(query, &exclusions, text_string(&condition), &sql);
    text_add(&sql, ") TO STDOUT (FORMAT binary)");
    if (!copy_streams_start(&streams, i, text_string(&sql), error))
      return false;
  }
  return read_rows(&streams, query, sink, context, error);
}
