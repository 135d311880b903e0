/* The populations of one day or several from one stream of records. */
#include "reports/counting/timeline.h"

void timeline_begin(struct timeline *timeline, const struct scope *scopes, size_t count,
                    struct population_options options, struct population *populations) {
  *timeline = (struct timeline){.populations = populations, .count = count};
  for (size_t i = 0; i < count; i++)
    population_begin(&scopes[i], options, &populations[i]);
}

void timeline_put(struct timeline *timeline, const struct stream_record *record) {
  if (record->state_id != timeline->state_id || record->rec_id != timeline->rec_id) {
    timeline->state_id = record->state_id;
    timeline->rec_id = record->rec_id;
    timeline->open = timeline->count;
  }
  while (timeline->open > 0 && timeline->populations[timeline->open - 1].scope->as_of >= record->as_of)
    population_put(&timeline->populations[--timeline->open], record->state_id, record->rec_id, record->level_id,
                   record->as_of, record->kind, record->channel);
}

void timeline_end(struct timeline *timeline) {
  for (size_t i = 0; i < timeline->count; i++)
    population_end(&timeline->populations[i]);
  *timeline = (struct timeline){0};
}

static void put(void *context, const struct stream_record *record) {
  timeline_put(context, record);
}

bool timeline_load(struct record_stream *stream, const struct scope *scopes, size_t count,
                   struct population_options options, struct population *populations, struct error *error) {
  struct timeline timeline;
  timeline_begin(&timeline, scopes, count, options, populations);
  bool good = record_stream_read(stream, put, &timeline, error);
  timeline_end(&timeline);
  return good;
}
