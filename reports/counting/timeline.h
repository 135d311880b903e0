/*
 * The populations of one day or several from one stream of records: what tables, trends and comparisons are made from.
 *
 * The records of a pair come one after the other, the newest first, and each is the pair's newest on the days up to
 * which nothing newer was met.  One byte a pair and day is kept.
 */
#ifndef RECTRACK_REPORTS_COUNTING_TIMELINE_H
#define RECTRACK_REPORTS_COUNTING_TIMELINE_H

#include "core/base/error.h"
#include "reports/counting/population.h"
#include "reports/counting/record_stream.h"
#include "reports/counting/scope.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Fills populations[i] for scopes[i], whose days go up and which share all but the day: the last one's is the stream's,
 * whose other days want its `history`.  The caller frees the populations, in every case.
 */
bool timeline_load(struct record_stream *stream, const struct scope *scopes, size_t count,
                   struct population_options options, struct population *populations, struct error *error)
    __attribute__((nonnull));

/* The steps of it: begin, put each record in the order of the stream, end. */
struct timeline {
  struct population *populations;
  size_t count;
  int state_id; /* the pair that is being read */
  int32_t rec_id;
  size_t open; /* the days before this one have no record of the pair yet */
};

void timeline_begin(struct timeline *timeline, const struct scope *scopes, size_t count,
                    struct population_options options, struct population *populations) __attribute__((nonnull));
void timeline_put(struct timeline *timeline, const struct stream_record *record) __attribute__((nonnull));
/* Ends the populations too, which stay. */
void timeline_end(struct timeline *timeline) __attribute__((nonnull));

#endif
