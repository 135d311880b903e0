/*
 * The population of a table and the newest record of each of its pairs.
 *
 * A pair is a recommendation with one of its addressees that is a Party to its instrument on the as-of day, from the
 * day on which the recommendation was adopted (where it is known).  The newest record of every pair comes as one
 * ordered stream out of the key's index (core's measured query) and is kept in one byte a pair; days and channels only
 * where a table asks for them.
 */
#ifndef RECTRACK_REPORTS_COUNTING_POPULATION_H
#define RECTRACK_REPORTS_COUNTING_POPULATION_H

#include "core/base/error.h"
#include "reports/counting/filter.h"
#include "reports/counting/scope.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct population_options {
  enum level_kind kind; /* LEVEL_BOTH: the newest of either */
  bool include_non_parties;
  bool days;             /* keep the as-of day of each newest record */
  bool channels;         /* keep its channel */
  bool kinds;            /* keep its kind */
  bool newest;           /* keep the newest as-of day of each State, over the records that pass `filter` */
  struct filter *filter; /* bound; NULL: everything passes */
};

struct population {
  const struct scope *scope;
  struct population_options options;
  uint8_t *levels; /* state * recommendations + recommendation: index in reg->levels + 2; 1: no response; 0: not of the
                      population */
  day *days;       /* NULL when not asked for; likewise below */
  int8_t *channels;
  int8_t *kinds;
  day *newest;       /* by State; DAY_NONE without a record */
  size_t *newest_of; /* the recommendation that it speaks of */
  uint64_t pairs;    /* of the population */
  size_t states;     /* with a pair */
  size_t recommendations;
  uint64_t left_out;  /* records that are the newest of a pair outside the population */
  size_t not_adopted; /* recommendations that were adopted after the day, and are not of the population */
  uint64_t dropped;   /* those of recommendations that a later version of their document dropped */
  bool by_membership; /* some recommendation has no participation data, so that the UN members stand in */
  bool undated;       /* some Party counts on every day because its date is unknown */
};

/* The population without any record. population_put adds records, and population_end counts the pairs. */
void population_begin(const struct scope *scope, struct population_options options, struct population *population)
    __attribute__((nonnull));
/* The newest record of a pair. */
void population_put(struct population *population, int state_id, int32_t rec_id, int level_id, day as_of, int kind,
                    int channel) __attribute__((nonnull));
void population_end(struct population *population) __attribute__((nonnull));
void population_free(struct population *population);

/* How the population came about: what an instrument's recommendations contribute. */
struct population_share {
  size_t to_all;      /* recommendations to all Parties */
  size_t parties;     /* on the day; the UN members where they stand in */
  size_t named;       /* recommendations to named States */
  size_t named_pairs; /* those of them that are Parties */
};
/* By the instrument's index in the register; the last one is of recommendations without an instrument. */
void population_shares(const struct population *population, struct population_share *shares) __attribute__((nonnull));

/* Takes the pairs that the filter refuses out of the population, whose figures stay. */
void population_narrow(struct population *population) __attribute__((nonnull));

/*
 * Whether a record counts for its pair instead of the one that was met before it (DAY_NONE: none was), records coming
 * in the order of the stream: the newest day wins, and on one day what was said of the recommendation itself rather
 * than of an earlier version.
 */
bool population_prefers(day before, day as_of, bool of_itself);

/* The pair at a State's and a recommendation's index; false when it is not of the population. */
bool population_pair(const struct population *population, size_t state, size_t recommendation, struct pair *pair)
    __attribute__((nonnull));

#endif
