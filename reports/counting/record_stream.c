/*
 * The records that count, as one stream.
 *
 * A State's records come as one row of arrays, for a row a record would cost the server more than finding the record.
 * Numbers and a date are all that varies in the statement, and they are formatted here from numbers.  Batches that
 * don't count at the position (later ones, undone ones) and records that were withdrawn are left out only where there
 * are any, so that the plain query stays a backward scan of the index alone.
 */
#include "reports/counting/record_stream.h"

#include "core/base/memory.h"
#include "core/database/copy_streams.h"
#include "core/record/record.h"
#include "sql_catalogue.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

/* ---- the statement ------------------------------------------------------- */

struct exclusions {
  struct text batches; /* "3, 7"; empty: none */
  bool counting;       /* these are the ones that count; otherwise they are left out */
  bool withdrawals;
};

static void exclusions_free(struct exclusions *exclusions) {
  text_free(&exclusions->batches);
}
#define AUTO_EXCLUSIONS __attribute__((cleanup(exclusions_free)))

static bool load_exclusions(struct db *db, int32_t position, struct exclusions *exclusions, struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  if (!db_query_at(db, sql_report_exclusions, position, &result, error))
    return false;
  exclusions->counting = db_bool(result, 0, 1);
  exclusions->withdrawals = db_bool(result, 0, 2);
  for (int row = 1; row < db_rows(result); row++)
    text_add_format(&exclusions->batches, "%s%s", row > 1 ? ", " : "", db_text(result, row, 0));
  return true;
}

static void write_select(const struct record_query *query, const struct exclusions *exclusions, const char *condition,
                         struct text *sql) {
  char as_of[DAY_TEXT_SIZE];
  bool both = query->kind == LEVEL_BOTH;
  text_add(sql, query->history ? "SELECT" : "SELECT DISTINCT ON (n.state_id, n.rec_id)");
  text_add(sql, " n.state_id, n.rec_id, n.level, n.as_of");
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
  if (exclusions->batches.length > 0 || exclusions->counting)
    text_add_format(sql, "\n  AND n.batch_id %s ('{%s}'::integer[])", exclusions->counting ? "= ANY" : "<> ALL",
                    text_string(&exclusions->batches));
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

/*
 * Day, recommendation and level of a record as one number: an array of these takes the server half the time of three
 * arrays.  The day is counted from 2000-01-01, and one that is 358 years or more away is refused by the server (out of
 * range).
 */
enum { LEVEL_BITS = 15 /* of a smallint that is positive */, RECOMMENDATION_BITS = 31, DAY_SHIFT = 46 };
#define PACKED "(n.as_of - DATE '2000-01-01') * 70368744177664 + n.rec_id * bigint '32768' + n.level"

/* The rows of a select by State; they are taken into the arrays in the order in which they come. */
static void write_copy(const struct record_query *query, const struct exclusions *exclusions, const char *condition,
                       struct text *sql) {
  text_add(sql, "COPY (\nSELECT n.state_id, array_agg(" PACKED ")");
  text_add(sql, query->kinds ? ", array_agg(n.kind)" : "");
  text_add(sql, query->channels ? ", array_agg(n.channel)" : "");
  text_add(sql, "\nFROM (\n");
  write_select(query, exclusions, condition, sql);
  text_add(sql, "\n) n\nGROUP BY n.state_id\nORDER BY n.state_id DESC\n) TO STDOUT (FORMAT binary)");
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

static int64_t get64(const char *at) {
  uint64_t big;
  memcpy(&big, at, sizeof big);
  return (int64_t)be64toh(big);
}

static int channel_index(const char *name, size_t length) {
  for (int i = 0; record_channels[i] != NULL; i++)
    if (strlen(record_channels[i]) == length && memcmp(record_channels[i], name, length) == 0)
      return i;
  return -1;
}

/* The next field of a binary row, or element of an array: *at is moved behind it; its length is -1 for NULL. */
static const char *next_field(const char **at, int32_t *length) {
  *length = get32(*at);
  const char *field = *at + sizeof(int32_t);
  *at = field + (*length > 0 ? *length : 0);
  return field;
}

/* The next field of a row, an array of one dimension (array_send of PostgreSQL): gives its first element. */
static const char *next_array(const char **at, int32_t *count) {
  enum { COUNT_AT = 3 * sizeof(int32_t), HEAD = 5 * sizeof(int32_t) }; /* behind dimensions, flags and type */
  int32_t length;
  const char *array = next_field(at, &length);
  *count = get32(array + COUNT_AT);
  return array + HEAD;
}

/* See PACKED. */
static void unpack(int64_t packed, struct stream_record *record) {
  record->as_of = (day)(packed >> DAY_SHIFT);
  record->rec_id = (int32_t)(packed >> LEVEL_BITS & ((INT64_C(1) << RECOMMENDATION_BITS) - 1));
  record->level_id = (int)(packed & ((1 << LEVEL_BITS) - 1));
}

/* One row of the binary stream: the number of fields, then each behind its length, in the order of write_copy. */
static void read_state(const struct record_query *query, const char *row, record_sink *sink, void *context) {
  int32_t length, count;
  const char *at = row + sizeof(int16_t);
  struct stream_record record = {.kind = (int)query->kind, .channel = -1};
  record.state_id = get16(next_field(&at, &length));
  const char *packed = next_array(&at, &count);
  const char *kinds = query->kinds ? next_array(&at, &count) : NULL;
  const char *channels = query->channels ? next_array(&at, &count) : NULL;
  for (int32_t i = 0; i < count; i++) {
    unpack(get64(next_field(&packed, &length)), &record);
    if (kinds != NULL)
      record.kind = get16(next_field(&kinds, &length));
    if (channels != NULL) {
      const char *channel = next_field(&channels, &length);
      record.channel = length > 0 ? channel_index(channel, (size_t)length) : -1;
    }
    sink(context, &record);
  }
}

/* The rows of a binary COPY, between its header and its trailer. */
static bool read_rows(struct copy_streams *streams, const struct record_query *query, record_sink *sink, void *context,
                      struct error *error) {
  static const char HEADER[] = "PGCOPY\n\377\r\n";
  static const size_t HEADER_SIZE = 19;
  const char *bytes;
  size_t length;
  while (copy_streams_next(streams, &bytes, &length, error)) {
    if (bytes == NULL)
      return true;
    size_t skip = length >= HEADER_SIZE && memcmp(bytes, HEADER, sizeof HEADER) == 0 ? HEADER_SIZE : 0;
    if (length >= skip + sizeof(int16_t) && get16(bytes + skip) > 0)
      read_state(query, bytes + skip, sink, context);
  }
  return false;
}

/* ---- the stream ---------------------------------------------------------- */

struct record_stream {
  struct record_query query;
  struct copy_streams copies;
};

/* Asks for the records in one statement, or in two where a second connection is worth it: then there is a row. */
static void ask(const struct record_query *query, const struct exclusions *exclusions, const PGresult *share,
                struct copy_streams *copies) {
  static const char *const sides[] = {"<=", ">"};
  for (size_t i = 0; i < (db_rows(share) > 0 ? 2 : 1); i++) {
    AUTO_TEXT struct text condition = {0};
    AUTO_TEXT struct text sql = {0};
    if (db_rows(share) > 0)
      text_add_format(&condition, "\n  AND n.state_id %s %s", sides[i], db_text(share, 0, 1));
    write_copy(query, exclusions, text_string(&condition), &sql);
    copy_streams_ask(copies, text_string(&sql));
  }
}

bool record_stream_open(struct db *db, const struct record_query *query, struct record_stream **out,
                        struct error *error) {
  AUTO_EXCLUSIONS struct exclusions exclusions = {0};
  AUTO_RESULT PGresult *share = NULL;
  if (!load_exclusions(db, query->position, &exclusions, error) ||
      !db_query(db, sql_record_stream_share, NULL, &share, error))
    return false;
  AUTO_RECORD_STREAM struct record_stream *stream = memory_new(1, sizeof *stream);
  stream->query = *query;
  copy_streams_open(db, &stream->copies);
  ask(query, &exclusions, share, &stream->copies);
  if (db_rows(share) > 0 && !copy_streams_begin_beside(&stream->copies, db_text(share, 0, 0), error))
    return false;
  *out = stream;
  stream = NULL;
  return true;
}

bool record_stream_read(struct record_stream *stream, record_sink *sink, void *context, struct error *error) {
  return read_rows(&stream->copies, &stream->query, sink, context, error);
}

void record_stream_close(struct record_stream **stream) {
  if (*stream == NULL)
    return;
  copy_streams_close(&(*stream)->copies);
  free(*stream);
  *stream = NULL;
}
