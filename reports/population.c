/* The population of a table and the newest record of each of its pairs. */
#include "reports/population.h"

#include "core/memory.h"
#include "core/record.h"
#include "core/text.h"
#include "sql_catalogue.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

enum { OUTSIDE = 0, NO_RESPONSE = 1, FIRST_LEVEL = 2 };

static size_t place_of(const struct population *population, size_t state, size_t recommendation) {
  return state * population->scope->recommendations->count + recommendation;
}

/* ---- who is asked -------------------------------------------------------- */

static bool is_addressee(const struct recommendation *item, int state_id) {
  if (item->to_all_parties)
    return true;
  for (size_t i = 0; i < item->addressee_count; i++)
    if (item->addressees[i] == state_id)
      return true;
  return false;
}

static bool is_undated(const struct state_register *reg, int instrument_id, int state_id) {
  for (size_t i = 0; i < reg->party_count; i++)
    if (reg->parties[i].instrument_id == instrument_id && reg->parties[i].state_id == state_id)
      return reg->parties[i].bound_from == DAY_NONE;
  return false;
}

/* Whether each State is a Party on the day, for one instrument. */
static void list_parties(const struct scope *scope, int instrument_id, bool *parties, bool *undated) {
  const struct instrument *instrument = register_instrument(scope->reg, instrument_id);
  bool dated = instrument != NULL && instrument->has_parties;
  *undated = false;
  for (size_t i = 0; i < scope->reg->state_count; i++) {
    int id = scope->reg->states[i].id;
    parties[i] = register_is_party(scope->reg, instrument_id, id, scope->as_of);
    *undated = *undated || (dated && parties[i] && is_undated(scope->reg, instrument_id, id));
  }
}

/* One recommendation's column of the population. */
static void ask(struct population *population, size_t recommendation, const bool *parties) {
  const struct scope *scope = population->scope;
  const struct recommendation *item = &scope->recommendations->items[recommendation];
  bool any = false;
  for (size_t state = 0; state < scope->reg->state_count; state++) {
    if (!parties[state] || !is_addressee(item, scope->reg->states[state].id))
      continue;
    population->levels[place_of(population, state, recommendation)] = NO_RESPONSE;
    any = true;
  }
  population->recommendations += any;
}

static void ask_all(struct population *population) {
  const struct scope *scope = population->scope;
  AUTO_FREE bool *parties = memory_new(scope->reg->state_count, sizeof *parties);
  int listed = -1;
  bool undated = false;
  for (size_t i = 0; i < scope->recommendations->count; i++) {
    int instrument_id = scope->recommendations->items[i].instrument_id;
    if (instrument_id != listed)
      list_parties(scope, listed = instrument_id, parties, &undated);
    const struct instrument *instrument = register_instrument(scope->reg, instrument_id);
    population->by_membership = population->by_membership || instrument == NULL || !instrument->has_parties;
    population->undated = population->undated || undated;
    ask(population, i, parties);
  }
}

void population_begin(const struct scope *scope, struct population_options options, struct population *population) {
  size_t cells = scope->reg->state_count * scope->recommendations->count;
  *population = (struct population){.scope = scope, .options = options};
  population->levels = memory_new(cells, sizeof *population->levels);
  if (options.days)
    population->days = memory_new(cells, sizeof *population->days);
  if (options.channels)
    population->channels = memory_new(cells, sizeof *population->channels);
  if (options.kinds)
    population->kinds = memory_new(cells, sizeof *population->kinds);
  ask_all(population);
}

void population_free(struct population *population) {
  free(population->levels);
  free(population->days);
  free(population->channels);
  free(population->kinds);
  *population = (struct population){0};
}

/* ---- what they said ------------------------------------------------------ */

void population_put(struct population *population, int state_id, int32_t rec_id, int level_id, day as_of, int kind,
                    int channel) {
  const struct scope *scope = population->scope;
  const struct state *state = register_state(scope->reg, state_id);
  const struct recommendation *item = recommendation_by_id(scope->recommendations, rec_id);
  const struct level *level = register_level(scope->reg, level_id);
  if (state == NULL || item == NULL || level == NULL)
    return; /* of a document that was undone, or that was not known yet */
  size_t place =
      place_of(population, (size_t)(state - scope->reg->states), (size_t)(item - scope->recommendations->items));
  if (population->levels[place] == OUTSIDE && !population->options.include_non_parties) {
    population->left_out++;
    return;
  }
  population->levels[place] = (uint8_t)(level - scope->reg->levels + FIRST_LEVEL);
  if (population->days != NULL)
    population->days[place] = as_of;
  if (population->channels != NULL)
    population->channels[place] = (int8_t)channel;
  if (population->kinds != NULL)
    population->kinds[place] = (int8_t)kind;
}

/* How many pairs and States there are, after all records were put. */
static void count_pairs(struct population *population) {
  const struct scope *scope = population->scope;
  size_t width = scope->recommendations->count;
  population->pairs = population->states = 0;
  for (size_t state = 0; state < scope->reg->state_count; state++) {
    uint64_t before = population->pairs;
    for (size_t i = 0; i < width; i++)
      population->pairs += population->levels[state * width + i] != OUTSIDE;
    population->states += population->pairs > before;
  }
}

bool population_pair(const struct population *population, size_t state, size_t recommendation, struct pair *pair) {
  size_t place = place_of(population, state, recommendation);
  uint8_t level = population->levels[place];
  if (level == OUTSIDE)
    return false;
  bool answered = level >= FIRST_LEVEL;
  *pair = (struct pair){
      .state = state,
      .recommendation = recommendation,
      .level = answered ? level - FIRST_LEVEL : -1,
      .as_of = answered && population->days != NULL ? population->days[place] : DAY_NONE,
      .kind = answered && population->kinds != NULL ? population->kinds[place] : 0,
      .channel = answered && population->channels != NULL ? population->channels[place] : -1,
  };
  return true;
}

/* ---- the stream ---------------------------------------------------------- */

/*
 * The statement: numbers and a date are all that varies, and they are formatted here from numbers.  Batches that don't
 * count at the position (later ones, undone ones) and records that were withdrawn are left out only where there are
 * any, so that the plain query stays a backward scan of the index alone.
 */
struct exclusions {
  struct text batches; /* "3, 7"; empty: none */
  bool withdrawals;
};

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

static void write_query(const struct population *population, const struct exclusions *exclusions, struct text *sql) {
  char as_of[DAY_TEXT_SIZE];
  int kind = (int)population->options.kind;
  bool both = population->options.kind == LEVEL_BOTH;
  text_add(sql, "COPY (SELECT DISTINCT ON (n.state_id, n.rec_id) n.state_id, n.rec_id, n.level");
  text_add(sql, population->options.days ? ", n.as_of" : "");
  text_add(sql, population->options.kinds ? ", n.kind" : "");
  text_add(sql, population->options.channels ? ", a.channel" : "");
  text_add(sql, "\n      FROM rectrack.status_record n");
  if (population->options.channels)
    text_add(sql, "\n      JOIN rectrack.response a ON (a.batch_id, a.response) = (n.batch_id, n.response)");
  text_add_format(sql, "\n      WHERE n.as_of <= DATE '%s'", day_format(population->scope->as_of, as_of));
  if (!both)
    text_add_format(sql, "\n        AND n.kind = %d", kind);
  if (exclusions->batches.length > 0)
    text_add_format(sql, "\n        AND n.batch_id <> ALL ('{%s}'::integer[])", exclusions->batches.data);
  if (exclusions->withdrawals)
    text_add_format(sql,
                    "\n        AND (n.state_id, n.rec_id, n.kind, n.as_of, n.rev) NOT IN"
                    "\n            (SELECT w.state_id, w.rec_id, w.kind, w.as_of, w.rev"
                    "\n             FROM rectrack.withdrawal w"
                    "\n             JOIN rectrack.batches_at(%d) b USING (batch_id))",
                    population->scope->known.position);
  text_add(sql, both ? "\n      ORDER BY n.state_id DESC, n.rec_id DESC, n.as_of DESC, n.batch_id DESC, n.rev DESC"
                     : "\n      ORDER BY n.state_id DESC, n.rec_id DESC, n.kind DESC, n.as_of DESC, n.rev DESC");
  text_add(sql, ") TO STDOUT (FORMAT binary)");
}

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

/* One row of the binary stream: the number of fields, then each behind its length, in the order of write_query. */
static void put_row(struct population *population, const char *row) {
  int32_t length;
  const char *at = row + sizeof(int16_t);
  int state = get16(next_field(&at, &length));
  int32_t rec = get32(next_field(&at, &length));
  int level = get16(next_field(&at, &length));
  day as_of = population->days != NULL ? get32(next_field(&at, &length)) : DAY_NONE;
  int kind = population->kinds != NULL ? get16(next_field(&at, &length)) : (int)population->options.kind;
  const char *channel = population->channels != NULL ? next_field(&at, &length) : NULL;
  population_put(population, state, rec, level, as_of, kind,
                 channel != NULL && length > 0 ? channel_index(channel, (size_t)length) : -1);
}

static bool read_stream(struct db *db, struct population *population, const char *sql, struct error *error) {
  const char *bytes;
  size_t length;
  bool first = true;
  if (!db_copy_out_begin(db, sql, error))
    return false;
  while (db_copy_out_next(db, &bytes, &length, error)) {
    if (bytes == NULL)
      return true;
    size_t skip = first ? COPY_HEADER_SIZE : 0;
    first = false;
    if (length >= skip + sizeof(int16_t) && get16(bytes + skip) > 0)
      put_row(population, bytes + skip);
  }
  return false;
}

bool population_load(struct db *db, const struct scope *scope, struct population_options options,
                     struct population *population, struct error *error) {
  AUTO_TEXT struct text sql = {0};
  struct exclusions exclusions = {0};
  population_begin(scope, options, population);
  bool good = load_exclusions(db, scope->known.position, &exclusions, error);
  if (good) {
    write_query(population, &exclusions, &sql);
    good = read_stream(db, population, sql.data, error);
  }
  text_free(&exclusions.batches);
  count_pairs(population);
  return good;
}
