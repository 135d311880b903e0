/* The population of a table and the newest record of each of its pairs. */
#include "reports/counting/population.h"

#include "core/base/memory.h"

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

/* Nobody is asked before the recommendation was adopted. */
static bool is_in_force(const struct scope *scope, const struct recommendation *item) {
  day adopted = recommendation_adopted(scope->recommendations, item);
  return adopted == DAY_NONE || adopted <= scope->as_of;
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
    const struct recommendation *item = &scope->recommendations->items[i];
    int instrument_id = item->instrument_id;
    if (recommendation_is_superseded(item))
      continue;
    if (!is_in_force(scope, item)) {
      population->not_adopted++;
      continue;
    }
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
  if (options.days || scope->recommendations->any_superseded)
    population->days = memory_new(cells, sizeof *population->days);
  for (size_t i = 0; i < cells && scope->recommendations->any_superseded; i++)
    population->days[i] = DAY_NONE;
  if (options.channels)
    population->channels = memory_new(cells, sizeof *population->channels);
  if (options.kinds)
    population->kinds = memory_new(cells, sizeof *population->kinds);
  if (options.newest) {
    population->newest = memory_new(scope->reg->state_count, sizeof *population->newest);
    population->newest_of = memory_new(scope->reg->state_count, sizeof *population->newest_of);
  }
  for (size_t i = 0; options.newest && i < scope->reg->state_count; i++)
    population->newest[i] = DAY_NONE;
  ask_all(population);
}

void population_free(struct population *population) {
  free(population->levels);
  free(population->days);
  free(population->channels);
  free(population->kinds);
  free(population->newest);
  free(population->newest_of);
  *population = (struct population){0};
}

/* ---- what they said ------------------------------------------------------ */

static bool passes(const struct population *population, const struct pair *pair) {
  return population->options.filter == NULL || filter_holds(population->options.filter, population->scope, pair);
}

bool population_prefers(day before, day as_of, bool of_itself) {
  return before == DAY_NONE || as_of > before || (of_itself && as_of == before);
}

/* The pair for which a record counts: records of a superseded recommendation follow it to the one in its place. */
static bool follow(struct population *population, const struct recommendation *item, struct pair *pair) {
  const struct recommendation_list *list = population->scope->recommendations;
  const struct recommendation *current = recommendation_current(list, item);
  if (current == NULL) {
    population->dropped++;
    return false;
  }
  pair->recommendation = (size_t)(current - list->items);
  if (!list->any_superseded)
    return true;
  day before = population->days[place_of(population, pair->state, pair->recommendation)];
  return population_prefers(before, pair->as_of, current == item);
}

/* Counts a record outside the population, once a pair. */
static void leave_out(struct population *population, size_t place, const struct pair *pair) {
  if (!population->scope->recommendations->any_superseded || population->days[place] == DAY_NONE)
    population->left_out++;
  if (population->scope->recommendations->any_superseded)
    population->days[place] = pair->as_of;
}

static void meet_newest(struct population *population, const struct pair *pair) {
  if (population->newest == NULL || pair->as_of <= population->newest[pair->state] || !passes(population, pair))
    return;
  population->newest[pair->state] = pair->as_of;
  population->newest_of[pair->state] = pair->recommendation;
}

static void keep(struct population *population, size_t place, const struct pair *pair) {
  population->levels[place] = (uint8_t)(pair->level + FIRST_LEVEL);
  if (population->days != NULL)
    population->days[place] = pair->as_of;
  if (population->channels != NULL)
    population->channels[place] = (int8_t)pair->channel;
  if (population->kinds != NULL)
    population->kinds[place] = (int8_t)pair->kind;
  meet_newest(population, pair);
}

void population_put(struct population *population, int state_id, int32_t rec_id, int level_id, day as_of, int kind,
                    int channel) {
  const struct scope *scope = population->scope;
  const struct state *state = register_state(scope->reg, state_id);
  const struct recommendation *item = recommendation_by_id(scope->recommendations, rec_id);
  const struct level *level = register_level(scope->reg, level_id);
  if (state == NULL || item == NULL || level == NULL)
    return; /* of a document that was undone, or that was not known yet */
  struct pair pair = {
      .state = (size_t)(state - scope->reg->states),
      .level = (int)(level - scope->reg->levels),
      .as_of = as_of,
      .kind = kind,
      .channel = channel,
  };
  if (!follow(population, item, &pair))
    return;
  size_t place = place_of(population, pair.state, pair.recommendation);
  if (population->levels[place] == OUTSIDE && !population->options.include_non_parties)
    leave_out(population, place, &pair);
  else
    keep(population, place, &pair);
}

/* The newest day of each State again: a record may have made way for one that came behind it in the stream. */
static void find_newest(struct population *population) {
  const struct scope *scope = population->scope;
  struct pair pair;
  for (size_t state = 0; state < scope->reg->state_count; state++) {
    population->newest[state] = DAY_NONE;
    for (size_t i = 0; i < scope->recommendations->count; i++)
      if (population_pair(population, state, i, &pair) && pair.level >= 0)
        meet_newest(population, &pair);
  }
}

/* How many pairs and States there are, after all records were put. */
void population_end(struct population *population) {
  const struct scope *scope = population->scope;
  size_t width = scope->recommendations->count;
  population->pairs = population->states = 0;
  for (size_t state = 0; state < scope->reg->state_count; state++) {
    uint64_t before = population->pairs;
    for (size_t i = 0; i < width; i++)
      population->pairs += population->levels[state * width + i] != OUTSIDE;
    population->states += population->pairs > before;
  }
  if (population->newest != NULL && scope->recommendations->any_superseded)
    find_newest(population);
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

void population_shares(const struct population *population, struct population_share *shares) {
  const struct scope *scope = population->scope;
  AUTO_FREE bool *parties = memory_new(scope->reg->state_count, sizeof *parties);
  for (size_t i = 0; i < scope->recommendations->count; i++) {
    const struct recommendation *item = &scope->recommendations->items[i];
    const struct instrument *instrument = register_instrument(scope->reg, item->instrument_id);
    struct population_share *share =
        &shares[instrument != NULL ? (size_t)(instrument - scope->reg->instruments) : scope->reg->instrument_count];
    if (recommendation_is_superseded(item) || !is_in_force(scope, item))
      continue;
    share->to_all += item->to_all_parties;
    share->named += !item->to_all_parties;
    bool undated;
    if (share->parties == 0) {
      list_parties(scope, item->instrument_id, parties, &undated);
      for (size_t state = 0; state < scope->reg->state_count; state++)
        share->parties += parties[state];
    }
    for (size_t k = 0; k < item->addressee_count; k++)
      share->named_pairs += register_is_party(scope->reg, item->instrument_id, item->addressees[k], scope->as_of);
  }
}

void population_narrow(struct population *population) {
  const struct scope *scope = population->scope;
  struct pair pair;
  for (size_t state = 0; population->options.filter != NULL && state < scope->reg->state_count; state++)
    for (size_t i = 0; i < scope->recommendations->count; i++)
      if (population_pair(population, state, i, &pair) && !passes(population, &pair))
        population->levels[place_of(population, state, i)] = OUTSIDE;
}
