/* From what a row of a status file says to numbers. */
#include "core/record/status_resolve.h"

#include "core/base/memory.h"
#include "core/base/name_index.h"
#include "core/base/nearest.h"
#include "core/record/record.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

const struct csv_column status_columns[STATUS_COLUMNS] = {
    [STATUS_STATE] = {"state", .required = true},
    [STATUS_RECOMMENDATION] = {"recommendation", .required = true},
    [STATUS_LEVEL] = {"level", .required = true},
    [STATUS_AS_OF] = {"as_of", .required = true},
    [STATUS_KIND] = {.name = "kind"},
    [STATUS_RECEIVED_ON] = {.name = "received_on"},
    [STATUS_CHANNEL] = {.name = "channel"},
    [STATUS_SOURCE] = {.name = "source"},
    [STATUS_NOTE] = {.name = "note"},
    [STATUS_EVIDENCE] = {.name = "evidence"},
    [STATUS_LANGUAGE] = {.name = "language"},
    [STATUS_ID] = {"id", .instead = "\"rectrack list status\" gives the records in the columns that can be imported; "
                                    "take the column out only where the rows are new records."},
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
  uint64_t superseded, early, to_come, outside; /* rows: see struct import_summary */
  day today;
};

bool status_resolver_new(struct db *db, const char *document, struct status_resolver **out, struct error *error) {
  AUTO_STATUS_RESOLVER struct status_resolver *resolver = memory_new(1, sizeof *resolver);
  resolver->document = document;
  resolver->today = day_today();
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

void status_resolver_remarks(const struct status_resolver *resolver, struct import_summary *summary) {
  summary->superseded = resolver->superseded;
  summary->early = resolver->early;
  summary->to_come = resolver->to_come;
  summary->outside = resolver->outside;
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

/* Each field is looked at, whatever is wrong with the others; what is faulty is told, and what it should be stays
 * unset.
 */

static void resolve_state(struct status_resolver *resolver, struct import_rows *rows, struct status_row *row) {
  size_t length;
  const char *value = import_required(rows, STATUS_STATE, &length);
  if (value != NULL && !find_state(resolver, value, length, &row->state_id, &rows->fault))
    import_rows_fault(rows, STATUS_STATE, &rows->fault);
}

/* NULL where there is none. */
static const struct recommendation *resolve_recommendation(struct status_resolver *resolver, struct import_rows *rows,
                                                           struct status_row *row) {
  size_t length;
  const struct recommendation *found;
  const char *value = import_required(rows, STATUS_RECOMMENDATION, &length);
  if (value == NULL)
    return NULL;
  if (!find_recommendation(resolver, value, length, &found, &rows->fault)) {
    import_rows_fault(rows, STATUS_RECOMMENDATION, &rows->fault);
    return NULL;
  }
  row->rec_id = found->id;
  return found;
}

static bool resolve_kind(struct import_rows *rows, struct status_row *row) {
  enum level_kind kind = LEVEL_REPORTED;
  const char *value = import_value(rows, STATUS_KIND, NULL);
  if (value != NULL && !record_kind_parse(value, &kind, &rows->fault)) {
    import_rows_fault(rows, STATUS_KIND, &rows->fault);
    return false;
  }
  row->kind = (uint8_t)kind;
  return true;
}

/* Which levels there are depends on the recommendation; without it (NULL) nothing can be said. */
static void resolve_level(struct status_resolver *resolver, struct import_rows *rows,
                          const struct recommendation *recommendation, bool kind_is_known, struct status_row *row) {
  size_t length;
  const struct level *level;
  const char *value = import_required(rows, STATUS_LEVEL, &length);
  if (value == NULL || recommendation == NULL)
    return;
  if (!find_level(resolver, recommendation->scale_id, value, length, &level, &rows->fault) ||
      (kind_is_known && !record_level_suits(level, (enum level_kind)row->kind, &rows->fault)))
    import_rows_fault(rows, STATUS_LEVEL, &rows->fault);
  else
    row->level = level->id;
}

static day resolve_day(struct import_rows *rows, enum status_column column, const char *value, size_t length) {
  day found = DAY_NONE;
  if (value != NULL && !day_parse(value, length, &found, &rows->fault))
    import_rows_fault(rows, column, &rows->fault);
  return found;
}

/* What is said of the communication, apart from what anything may stand in. */
static const char *resolve_channel(struct import_rows *rows) {
  const char *channel = import_value(rows, STATUS_CHANNEL, NULL);
  if (channel != NULL && !record_channel_check(channel, &rows->fault))
    import_rows_fault(rows, STATUS_CHANNEL, &rows->fault);
  return channel;
}

static void resolve_language(struct import_rows *rows, struct status_row *row) {
  const char *language = import_value(rows, STATUS_LANGUAGE, NULL);
  if (language != NULL && !record_language_parse(language, &row->language, &rows->fault))
    import_rows_fault(rows, STATUS_LANGUAGE, &rows->fault);
}

/* A line number that the database has no room for. */
static void resolve_line(struct import_rows *rows, struct status_row *row) {
  uint64_t line = csv_reader_line(rows->reader);
  row->line = (int32_t)line;
  if (line <= INT32_MAX)
    return;
  error_set(&rows->fault, ERROR_DATA, "more lines than one file can have here: %" PRIu64, line);
  error_remedy(&rows->fault, "Split the file.");
  import_rows_fault(rows, STATUS_STATE, &rows->fault);
}

static void keep_texts(const struct import_rows *rows, struct status_chunk *chunk, struct status_row *row) {
  size_t length;
  const char *note = import_value(rows, STATUS_NOTE, &length);
  row->note = status_chunk_text(chunk, note, length);
  const char *evidence = import_value(rows, STATUS_EVIDENCE, &length);
  row->evidence = status_chunk_text(chunk, evidence, length);
}

static void remark(struct status_resolver *resolver, const struct recommendation *recommendation, int state_id,
                   day as_of) {
  day adopted = recommendation_adopted(resolver->recommendations, recommendation);
  resolver->superseded += recommendation_is_superseded(recommendation);
  resolver->early += adopted != DAY_NONE && as_of < adopted;
  resolver->to_come += as_of > resolver->today;
  resolver->outside += !register_is_party(resolver->reg, recommendation->instrument_id, state_id, as_of);
}

bool status_resolve(struct status_resolver *resolver, struct import_rows *rows, struct status_chunk *chunk,
                    struct status_row *row) {
  size_t length;
  *row = (struct status_row){0};
  resolve_line(rows, row);
  resolve_state(resolver, rows, row);
  const struct recommendation *recommendation = resolve_recommendation(resolver, rows, row);
  bool kind_is_known = resolve_kind(rows, row);
  resolve_level(resolver, rows, recommendation, kind_is_known, row);
  const char *as_of = import_required(rows, STATUS_AS_OF, &length);
  row->as_of = resolve_day(rows, STATUS_AS_OF, as_of, length);
  const char *received = import_value(rows, STATUS_RECEIVED_ON, &length);
  day received_on = resolve_day(rows, STATUS_RECEIVED_ON, received, length);
  const char *channel = resolve_channel(rows);
  resolve_language(rows, row);
  if (rows->refused || recommendation == NULL)
    return false;
  remark(resolver, recommendation, row->state_id, row->as_of);
  row->response = status_chunk_response(chunk, &resolver->last_response, row->state_id, received_on, channel,
                                        import_value(rows, STATUS_SOURCE, NULL));
  keep_texts(rows, chunk, row);
  return true;
}
