/* What a table is made from. */
#include "reports/table/material.h"

#include "core/base/memory.h"
#include "core/ledger/batch.h"
#include "reports/counting/timeline.h"
#include "reports/table/preset.h"

#include <stdlib.h>

void material_free(void *thing) {
  struct material *material = thing;
  for (size_t i = 0; i < material->count; i++)
    population_free(&material->populations[i]);
  if (material->count > 0)
    scope_free(&material->scopes[material->count - 1]);
  free(material->populations);
  free(material->scopes);
  free(material);
}

void material_drop(struct material **material) {
  if (*material != NULL)
    material_free(*material);
  *material = NULL;
}

const struct scope *material_scope(const struct material *material) {
  return &material->scopes[material->count - 1];
}

struct population *material_population(const struct material *material) {
  return &material->populations[material->count - 1];
}

/* ---- days ---------------------------------------------------------------- */

static const int YEARS_UNKNOWN = 10; /* shown where no day of adoption is known */
static const int YEARS_MOST = 100;

static int year_of(day value) {
  int year, month, date;
  day_to_civil(value, &year, &month, &date);
  return year;
}

/* The first or the last day before `before` on which a recommendation was adopted; DAY_NONE when there is none. */
static day find_adoption(const struct recommendation_list *list, day before, bool last) {
  day found = DAY_NONE;
  for (size_t i = 0; i < list->count; i++) {
    day adopted = recommendation_adopted(list, &list->items[i]);
    if (adopted != DAY_NONE && adopted < before && (found == DAY_NONE || (last ? adopted > found : adopted < found)))
      found = adopted;
  }
  return found;
}

/* The ends of the years before the as-of day, from the one asked for or the year of the first adoption. */
static bool list_year_ends(const struct cut *cut, const struct scope *scope, day *days, size_t *count,
                           struct error *error) {
  day first = cut->from != DAY_NONE ? cut->from : find_adoption(scope->recommendations, cut->as_of, false);
  int last_year = year_of(cut->as_of);
  int year = first != DAY_NONE ? year_of(first) : last_year - YEARS_UNKNOWN + 1;
  if (last_year - year >= YEARS_MOST) {
    error_set(error, ERROR_USAGE, "a table of more than %d years", YEARS_MOST);
    return error_remedy(error, "Begin later with --from.");
  }
  for (*count = 0; year <= last_year; year++) {
    day end;
    if (day_from_civil(year, 12, 31, &end) && end < cut->as_of)
      days[(*count)++] = end;
  }
  return true;
}

static bool find_start(const struct cut *cut, const struct scope *scope, day *start, struct error *error) {
  char text[DAY_TEXT_SIZE];
  *start = cut->from != DAY_NONE ? cut->from : find_adoption(scope->recommendations, cut->as_of, true);
  if (*start != DAY_NONE)
    return true;
  error_set(error, ERROR_USAGE, "no session before %s has a known date", day_format(cut->as_of, text));
  return error_remedy(error, "Say since when with --from.");
}

/* The days before the as-of day. */
static bool list_days(const struct cut *cut, const struct scope *scope, day *days, size_t *count, struct error *error) {
  *count = 0;
  if (cut_lists_days(cut))
    return list_year_ends(cut, scope, days, count, error);
  if (cut->preset != NULL && cut->preset->spans) {
    *count = 1;
    return find_start(cut, scope, &days[0], error);
  }
  if (cut->compare != DAY_NONE)
    days[(*count)++] = cut->compare;
  return true;
}

/* ---- loading ------------------------------------------------------------- */

static bool bind(struct db *db, const struct cut *cut, const struct material *material, struct error *error) {
  return cut->filter == NULL || (register_load_names(db, material->scopes[0].reg, error) &&
                                 filter_bind(cut->filter, material->scopes, material->count, error));
}

static struct population_options options_for(const struct cut *cut) {
  return (struct population_options){
      .kind = cut->kind,
      .include_non_parties = cut->include_non_parties,
      .days = cut_asks_for(cut, "year") || cut_asks_for(cut, "quarter") || cut_asks_for(cut, "month") ||
              cut_asks_for(cut, "date"),
      .channels = cut_asks_for(cut, "channel"),
      .kinds = cut_asks_for(cut, "kind"),
      .newest = cut->preset != NULL && cut->preset->newest,
      .filter = cut->filter,
  };
}

/* Whether a table needs the records that were the newest on earlier days too, all known at one moment. */
static bool looks_back(const struct cut *cut) {
  return cut->known_from == MOMENT_NONE &&
         (cut_lists_days(cut) || cut->compare != DAY_NONE || (cut->preset != NULL && cut->preset->spans));
}

static bool open_stream(struct db *db, const struct cut *cut, day as_of, int32_t position,
                        struct record_stream **stream, struct error *error) {
  struct population_options options = options_for(cut);
  struct record_query query = {
      .kind = options.kind,
      .as_of = as_of,
      .position = position,
      .history = looks_back(cut),
      .kinds = options.kinds,
      .channels = options.channels,
  };
  return record_stream_open(db, &query, stream, error);
}

/* What was known at two moments needs two streams. */
static bool load_two_moments(struct db *db, const struct cut *cut, struct material *material, struct error *error) {
  if (!batch_known_at(db, cut->known_from, &material->scopes[0].known, error))
    return false;
  for (size_t i = 0; i < material->count; i++) {
    const struct scope *scope = &material->scopes[i];
    AUTO_RECORD_STREAM struct record_stream *stream = NULL;
    if (!open_stream(db, cut, scope->as_of, scope->known.position, &stream, error) ||
        !timeline_load(stream, scope, 1, options_for(cut), &material->populations[i], error))
      return false;
  }
  return true;
}

/* The scopes of the days, which share all else. */
static void list_scopes(const struct scope *scope, const day *days, struct material *material) {
  material->scopes = memory_new(material->count, sizeof *material->scopes);
  material->populations = memory_new(material->count, sizeof *material->populations);
  for (size_t i = 0; i < material->count; i++) {
    material->scopes[i] = *scope;
    material->scopes[i].as_of = days[i];
    material->scopes[i].number = i;
  }
}

/* The stream is opened first: the server reads records while the register is loaded. */
bool material_load(struct db *db, const struct cut *cut, struct material **out, struct error *error) {
  AUTO_MATERIAL struct material *material = memory_new(1, sizeof *material);
  AUTO_RECORD_STREAM struct record_stream *stream = NULL;
  AUTO_FREE day *days = memory_new((size_t)YEARS_MOST + 1, sizeof *days);
  struct scope scope = {0};
  struct known_at known;
  size_t before = 0;
  bool at_once = cut->known_from == MOMENT_NONE;
  bool good = batch_known_at(db, cut->known_at, &known, error) &&
              (!at_once || open_stream(db, cut, cut->as_of, known.position, &stream, error)) &&
              scope_load(db, cut->as_of, known, cut->language, &scope, error) &&
              list_days(cut, &scope, days, &before, error);
  days[before] = cut->as_of;
  material->count = before + 1;
  list_scopes(&scope, days, material);
  if (!good || !bind(db, cut, material, error))
    return false;
  good = at_once
             ? timeline_load(stream, material->scopes, material->count, options_for(cut), material->populations, error)
             : load_two_moments(db, cut, material, error);
  if (!good)
    return false;
  *out = material;
  material = NULL;
  return true;
}
