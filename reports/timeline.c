/* The populations of several days from one stream of records. */
#include "reports/timeline.h"

#include "reports/record_stream.h"

struct timeline {
  struct population *populations;
  size_t count;
  int state_id; /* the pair that is being read */
  int32_t rec_id;
  size_t open; /* the days before this one have no record of the pair yet */
};

static void put(void *context, const struct stream_record *record) {
  struct timeline *timeline = context;
  if (record->state_id != timeline->state_id || record->rec_id != timeline->rec_id) {
    timeline->state_id = record->state_id;
    timeline->rec_id = record->rec_id;
    timeline->open = timeline->count;
  }
  while (timeline->open > 0 && timeline->populations[timeline->open - 1].scope->as_of >= record->as_of)
    population_put(&timeline->populations[--timeline->open], record->state_id, record->rec_id, record->level_id,
                   record->as_of, record->kind, record->channel);
}

bool timeline_load(struct db *db, const struct scope *scopes, size_t count, struct population_options options,
                   struct population *populations, struct error *error) {
  const struct scope *last = &scopes[count - 1];
  struct timeline timeline = {.populations = populations, .count = count, .state_id = -1};
  struct record_query query = {
      .kind = options.kind,
      .as_of = last->as_of,
      .position = last->known.position,
      .history = true,
      .days = true,
      .kinds = options.kinds,
      .channels = options.channels,
  };
  if (count == 1)
    return population_load(db, last, options, populations, error);
  for (size_t i = 0; i < count; i++)
    population_begin(&scopes[i], options, &populations[i]);
  bool good = record_stream_read(db, &query, put, &timeline, error);
  for (size_t i = 0; i < count; i++)
    population_end(&populations[i]);
  return good;
}
