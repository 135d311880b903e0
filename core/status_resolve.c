/* From what a row of a status file says to numbers. */
#include "core/status_resolve.h"

#include "core/import_rows.h"
#include "core/memory.h"
#include "core/name_index.h"
#include "core/nearest.h"
#include "core/record.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

const struct csv_column status_columns[STATUS_COLUMNS] = {
    [STATUS_STATE] = {"state", true},        [STATUS_RECOMMENDATION] = {"recommendation", true},
    [STATUS_LEVEL] = {"level", true},        [STATUS_AS_OF] = {"as_of", true},
    [STATUS_KIND] = {"kind", false},         [STATUS_RECEIVED_ON] = {"received_on", false},
    [STATUS_CHANNEL] = {"channel", false},   [STATUS_SOURCE] = {"source", false},
    [STATUS_NOTE] = {"note", false},         [STATUS_EVIDENCE] = {"evidence", false},
    [STATUS_LANGUAGE] = {"language", false},
};

/* Looking for the nearest name is slow; a file in which everything is wrong gets help for so many spellings. */
static const size_t PROBLEMS_MAX = 1000;
struct status_resolver {
  struct state_register *reg;
  struct recommendation_list *recommendations;
  const char *document;
  struct name_index *references; /* full references to indices in the list */
  /* Spellings met so far, to what they mean, or to -2 - i for problems[i]: */
  struct name_index *states; /* State number */
  struct name_index *places; /* index in the list */
  struct name_index *levels; /* scale number and spelling to index in the register's levels */
  struct error *problems;
  size_t problem_count, problem_capacity;
  int32_t last_response;
};

bool status_resolver_new(struct db *db, const char *document, struct status_resolver **out, struct error *error) {
  AUTO_STATUS_RESOLVER struct status_resolver *resolver = memory_new(1, sizeof *resolver);
  resolver->document = document;
  resolver->references = name_index_new();
  resolver->states = name_index_new();
  resolver->places = name_index_new();
  resolver->levels = name_index_new();
  if (!register_load(db, POSITION_NEWEST, NULL, &resolver->reg, error) ||
      !recommendation_load(db, POSITION_NEWEST, &resolver->recommendations, error))
    return false;
  AUTO_TEXT struct text reference = {0};
  for (size_t i = 0; i < resolver->recommendations->count; i++) {
    text_clear(&reference);
    recommendation_add_reference(resolver->recommendations, &resolver->recommendations->items[i], &reference);
    name_index_add(resolver->references, reference.data, reference.length, (int32_t)i);
  }
  *out = resolver;
  resolver = NULL;
  return true;
}

void status_resolver_free(struct status_resolver **pointer) {
  struct status_resolver *resolver = *pointer;
  if (resolver == NULL)
    return;
  register_free(&resolver->reg);
  recommendation_free(&resolver->recommendations);
  name_index_free(&resolver->references);
  name_index_free(&resolver->states);
  name_index_free(&resolver->places);
  name_index_free(&resolver->levels);
  free(resolver->problems);
  free(resolver);
  *pointer = NULL;
}

/* ---- looking up ---------------------------------------------------------- */

/* Remembers that a spelling leads nowhere, with the problem as it was found. */
static void remember_problem(struct status_resolver *resolver, struct name_index *index, const char *spelling,
                             size_t length, const struct error *problem) {
  if (resolver->problem_count >= PROBLEMS_MAX)
    return;
  memory_reserve((void **)&resolver->problems, &resolver->problem_capacity, resolver->problem_count + 1,
                 sizeof *resolver->problems);
  name_index_add(index, spelling, length, -2 - (int32_t)resolver->problem_count);
  resolver->problems[resolver->problem_count++] = *problem;
}

/* True when the look-up is decided: a number (*found) or a problem known before (*found < 0). */
static bool look_up(const struct status_resolver *resolver, const struct name_index *index, const char *spelling,
                    size_t length, int32_t *found, struct error *error) {
  *found = name_index_find(index, spelling, length);
  if (*found <= -2)
    *error = resolver->problems[-2 - *found];
  return *found != -1;
}

static bool too_many_problems(const struct status_resolver *resolver, const char *what, const char *spelling,
                              struct error *error) {
  if (resolver->problem_count < PROBLEMS_MAX)
    return false;
  error_set(error, ERROR_DATA, "unknown %s: \"%s\"", what, spelling);
  return true;
}

static bool find_state(struct status_resolver *resolver, const char *spelling, size_t length, int16_t *out,
                       struct error *error) {
  int32_t found;
  if (!look_up(resolver, resolver->states, spelling, length, &found, error)) {
    if (too_many_problems(resolver, "State", spelling, error))
      return false;
    const struct state *state = register_find_state(resolver->reg, spelling, length, error);
    if (state == NULL) {
      remember_problem(resolver, resolver->states, spelling, length, error);
      return false;
    }
    found = state->id;
    name_index_add(resolver->states, spelling, length, found);
  }
  *out = (int16_t)found;
  return found >= 0;
}

static bool find_recommendation(struct status_resolver *resolver, const char *spelling, size_t length,
                                const struct recommendation **out, struct error *error) {
  int32_t found = name_index_find(resolver->references, spelling, length);
  if (found < 0 && !look_up(resolver, resolver->places, spelling, length, &found, error)) {
    if (too_many_problems(resolver, "recommendation", spelling, error))
      return false;
    const struct recommendation *item =
        recommendation_find(resolver->recommendations, spelling, length, resolver->document, error);
    if (item == NULL) {
      remember_problem(resolver, resolver->places, spelling, length, error);
      return false;
    }
    found = (int32_t)(item - resolver->recommendations->items);
    name_index_add(resolver->places, spelling, length, found);
  }
  if (found < 0)
    return false;
  *out = &resolver->recommendations->items[found];
  return true;
}

static bool find_level(struct status_resolver *resolver, int scale_id, const char *spelling, size_t length,
                       const struct level **out, struct error *error) {
  char key[256];
  if (length > sizeof key - 2) {
    *out = register_find_level(resolver->reg, scale_id, spelling, length, error);
    return *out != NULL;
  }
  memcpy(key, &(int16_t){(int16_t)scale_id}, 2);
  memcpy(key + 2, spelling, length);
  int32_t found;
  if (!look_up(resolver, resolver->levels, key, length + 2, &found, error)) {
    if (too_many_problems(resolver, "level", spelling, error))
      return false;
    const struct level *level = register_find_level(resolver->reg, scale_id, spelling, length, error);
    if (level == NULL) {
      remember_problem(resolver, resolver->levels, key, length + 2, error);
      return false;
    }
    found = (int32_t)(level - resolver->reg->levels);
    name_index_add(resolver->levels, key, length + 2, found);
  }
  if (found < 0)
    return false;
  *out = &resolver->reg->levels[found];
  return true;
}

/* ---- a row --------------------------------------------------------------- */

static const char *required(const struct csv_reader *reader, enum status_column column, size_t *length,
                            struct error *error) {
  const char *value = import_value(reader, column, length);
  if (value == NULL) {
    error_set(error, ERROR_DATA, "no value in column \"%s\"", status_columns[column].name);
    error_remedy(error, "This column can't be left empty.");
  }
  return value;
}

static bool optional_day(const struct csv_reader *reader, enum status_column column, day *out, struct error *error) {
  size_t length;
  const char *value = import_value(reader, column, &length);
  *out = DAY_NONE;
  return value == NULL || day_parse(value, length, out, error);
}

/* State, recommendation, level, kind and day: the key and what is said. */
static bool resolve_status(struct status_resolver *resolver, const struct csv_reader *reader, struct status_row *row,
                           enum status_column *bad, struct error *error) {
  size_t length;
  const struct recommendation *recommendation;
  const struct level *level;
  const char *value = required(reader, *bad = STATUS_STATE, &length, error);
  if (value == NULL || !find_state(resolver, value, length, &row->state_id, error))
    return false;
  value = required(reader, *bad = STATUS_RECOMMENDATION, &length, error);
  if (value == NULL || !find_recommendation(resolver, value, length, &recommendation, error))
    return false;
  row->rec_id = recommendation->id;
  value = import_value(reader, *bad = STATUS_KIND, NULL);
  enum level_kind kind = LEVEL_REPORTED;
  if (value != NULL && !record_kind_parse(value, &kind, error))
    return false;
  row->kind = (uint8_t)kind;
  value = required(reader, *bad = STATUS_LEVEL, &length, error);
  if (value == NULL || !find_level(resolver, recommendation->scale_id, value, length, &level, error) ||
      !record_level_suits(level, kind, error))
    return false;
  row->level = level->id;
  value = required(reader, *bad = STATUS_AS_OF, &length, error);
  return value != NULL && day_parse(value, length, &row->as_of, error);
}

/* The communication and the remarks. */
static bool resolve_response(struct status_resolver *resolver, const struct csv_reader *reader,
                             struct status_chunk *chunk, struct status_row *row, enum status_column *bad,
                             struct error *error) {
  size_t length;
  day received_on;
  if (!optional_day(reader, *bad = STATUS_RECEIVED_ON, &received_on, error))
    return false;
  const char *channel = import_value(reader, *bad = STATUS_CHANNEL, NULL);
  if (channel != NULL && !record_channel_check(channel, error))
    return false;
  const char *language = import_value(reader, *bad = STATUS_LANGUAGE, NULL);
  row->language = 0;
  if (language != NULL && !record_language_parse(language, &row->language, error))
    return false;
  row->response = status_chunk_response(chunk, &resolver->last_response, row->state_id, received_on, channel,
                                        import_value(reader, STATUS_SOURCE, NULL));
  const char *note = import_value(reader, STATUS_NOTE, &length);
  row->note = status_chunk_text(chunk, note, length);
  const char *evidence = import_value(reader, STATUS_EVIDENCE, &length);
  row->evidence = status_chunk_text(chunk, evidence, length);
  return true;
}

bool status_resolve(struct status_resolver *resolver, const struct csv_reader *reader, struct status_chunk *chunk,
                    struct status_row *row, enum status_column *bad, struct error *error) {
  *row = (struct status_row){.rev = 1};
  if (csv_reader_line(reader) > INT32_MAX) {
    *bad = STATUS_STATE;
    error_set(error, ERROR_DATA, "more lines than one file can have here: %" PRIu64, csv_reader_line(reader));
    return error_remedy(error, "Split the file.");
  }
  row->line = (int32_t)csv_reader_line(reader);
  return resolve_status(resolver, reader, row, bad, error) &&
         resolve_response(resolver, reader, chunk, row, bad, error);
}
