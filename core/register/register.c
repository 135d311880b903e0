/* The register: load it from the database and find things in it by what people write. */
#include "core/register/register.h"

#include "core/base/memory.h"
#include "core/base/nearest.h"
#include "core/base/text.h"
#include "sql_catalogue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static char *copy(const PGresult *result, int row, int column) {
  const char *s = db_text(result, row, column);
  return memory_string(s != NULL ? s : "");
}

static int16_t small(const PGresult *result, int row, int column) {
  return (int16_t)db_int(result, row, column);
}

static bool load_states(struct db *db, struct state_register *reg, const char *language, struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  struct db_params params = {0};
  db_param_int(&params, reg->position);
  db_param_text(&params, language);
  if (!db_query(db, sql_register_states, &params, &result, error))
    return false;
  size_t count = (size_t)db_rows(result);
  reg->states = memory_new(count, sizeof *reg->states);
  reg->by_name = memory_new(count, sizeof *reg->by_name);
  for (int row = 0; (size_t)row < count; row++) {
    struct state *state = &reg->states[reg->state_count++];
    state->id = small(result, row, 0);
    snprintf(state->iso3, sizeof state->iso3, "%s", db_text(result, row, 1));
    snprintf(state->iso2, sizeof state->iso2, "%s", db_text(result, row, 2));
    snprintf(state->m49, sizeof state->m49, "%s", db_text(result, row, 3));
    state->un_member = db_bool(result, row, 4);
    state->ldc = db_bool(result, row, 5);
    state->lldc = db_bool(result, row, 6);
    state->sids = db_bool(result, row, 7);
    state->name = copy(result, row, 8);
    state->name_formal = copy(result, row, 9);
    state->regional_group = copy(result, row, 10);
    state->m49_region = copy(result, row, 11);
    state->m49_subregion = copy(result, row, 12);
    reg->by_name[db_int(result, row, 13)] = (size_t)row;
  }
  return true;
}

bool register_load_names(struct db *db, struct state_register *reg, struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  if (reg->names != NULL)
    return true;
  if (!db_query_at(db, sql_register_state_names, reg->position, &result, error))
    return false;
  reg->names = name_index_new();
  size_t count = (size_t)db_rows(result);
  reg->known_names = memory_new(count, sizeof *reg->known_names);
  for (int row = 0; (size_t)row < count; row++) {
    const struct state *state = register_state(reg, (int)db_int(result, row, 0));
    if (state == NULL)
      continue;
    int32_t index = (int32_t)(state - reg->states);
    const char *key = db_text(result, row, 1);
    name_index_add(reg->names, key, strlen(key), index);
    reg->known_names[reg->known_name_count++] = (struct state_known_name){copy(result, row, 2), index};
  }
  return true;
}

static bool load_instruments(struct db *db, struct state_register *reg, struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  if (!db_query_at(db, sql_register_instruments, reg->position, &result, error))
    return false;
  size_t count = (size_t)db_rows(result);
  reg->instruments = memory_new(count, sizeof *reg->instruments);
  for (int row = 0; (size_t)row < count; row++)
    reg->instruments[reg->instrument_count++] = (struct instrument){
        .id = small(result, row, 0),
        .code = copy(result, row, 1),
        .title = copy(result, row, 2),
        .adopted_on = db_day(result, row, 3),
        .in_force_on = db_day(result, row, 4),
        .has_parties = db_bool(result, row, 5),
    };
  return true;
}

static bool load_parties(struct db *db, struct state_register *reg, struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  if (!db_query_at(db, sql_register_parties, reg->position, &result, error))
    return false;
  size_t count = (size_t)db_rows(result);
  reg->parties = memory_new(count, sizeof *reg->parties);
  for (int row = 0; (size_t)row < count; row++) {
    day deposited_on = db_day(result, row, 2);
    reg->parties[reg->party_count++] = (struct party){
        .instrument_id = small(result, row, 0),
        .state_id = small(result, row, 1),
        .deposited_on = deposited_on,
        .bound_from = deposited_on == DAY_NONE ? DAY_NONE : db_day(result, row, 3),
        .withdrawn_on = db_day(result, row, 4),
    };
  }
  return true;
}

enum level_kind level_kind_of(const char *name) {
  if (strcmp(name, "reported") == 0)
    return LEVEL_REPORTED;
  return strcmp(name, "assessed") == 0 ? LEVEL_ASSESSED : LEVEL_BOTH;
}

static bool load_scales(struct db *db, struct state_register *reg, struct error *error) {
  AUTO_RESULT PGresult *scales = NULL;
  AUTO_RESULT PGresult *levels = NULL;
  if (!db_query_at(db, sql_register_scales, reg->position, &scales, error) ||
      !db_query_at(db, sql_register_levels, reg->position, &levels, error))
    return false;
  size_t scale_count = (size_t)db_rows(scales), level_count = (size_t)db_rows(levels);
  reg->scales = memory_new(scale_count, sizeof *reg->scales);
  for (int row = 0; (size_t)row < scale_count; row++)
    reg->scales[reg->scale_count++] = (struct scale){small(scales, row, 0), copy(scales, row, 1)};
  reg->levels = memory_new(level_count, sizeof *reg->levels);
  for (int row = 0; (size_t)row < level_count; row++) {
    struct level *level = &reg->levels[reg->level_count++];
    *level = (struct level){
        .id = small(levels, row, 0),
        .scale_id = small(levels, row, 1),
        .code = copy(levels, row, 2),
        .label = copy(levels, row, 3),
        .letter = copy(levels, row, 4),
        .rank = small(levels, row, 5),
        .weight = (int)db_int(levels, row, 6),
        .closes = db_bool(levels, row, 7),
        .kind = level_kind_of(db_text(levels, row, 9)),
    };
    snprintf(level->colour, sizeof level->colour, "%s", db_text(levels, row, 8));
  }
  return true;
}

static bool load_themes(struct db *db, struct state_register *reg, struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  if (!db_query_at(db, sql_register_themes, reg->position, &result, error))
    return false;
  size_t count = (size_t)db_rows(result);
  reg->themes = memory_new(count, sizeof *reg->themes);
  for (int row = 0; (size_t)row < count; row++)
    reg->themes[reg->theme_count++] = (struct theme){small(result, row, 0), copy(result, row, 1), copy(result, row, 2)};
  return true;
}

bool register_load_bare(struct db *db, int32_t position, const char *language, struct state_register **out,
                        struct error *error) {
  AUTO_REGISTER struct state_register *reg = memory_new(1, sizeof *reg);
  reg->position = position;
  if (!load_states(db, reg, language != NULL ? language : "en", error) || !load_instruments(db, reg, error) ||
      !load_parties(db, reg, error) || !load_scales(db, reg, error) || !load_themes(db, reg, error))
    return false;
  *out = reg;
  reg = NULL;
  return true;
}

bool register_load(struct db *db, int32_t position, const char *language, struct state_register **out,
                   struct error *error) {
  AUTO_REGISTER struct state_register *reg = NULL;
  if (!register_load_bare(db, position, language, &reg, error) || !register_load_names(db, reg, error))
    return false;
  *out = reg;
  reg = NULL;
  return true;
}

void register_free(struct state_register **pointer) {
  struct state_register *reg = *pointer;
  if (reg == NULL)
    return;
  for (size_t i = 0; i < reg->state_count; i++) {
    free(reg->states[i].name);
    free(reg->states[i].name_formal);
    free(reg->states[i].regional_group);
    free(reg->states[i].m49_region);
    free(reg->states[i].m49_subregion);
  }
  for (size_t i = 0; i < reg->known_name_count; i++)
    free(reg->known_names[i].name);
  for (size_t i = 0; i < reg->instrument_count; i++) {
    free(reg->instruments[i].code);
    free(reg->instruments[i].title);
  }
  for (size_t i = 0; i < reg->scale_count; i++)
    free(reg->scales[i].code);
  for (size_t i = 0; i < reg->level_count; i++) {
    free(reg->levels[i].code);
    free(reg->levels[i].label);
    free(reg->levels[i].letter);
  }
  for (size_t i = 0; i < reg->theme_count; i++) {
    free(reg->themes[i].code);
    free(reg->themes[i].label);
  }
  free(reg->states);
  free(reg->by_name);
  free(reg->known_names);
  free(reg->instruments);
  free(reg->parties);
  free(reg->scales);
  free(reg->levels);
  free(reg->themes);
  name_index_free(&reg->names);
  free(reg);
  *pointer = NULL;
}

/* ---- by id --------------------------------------------------------------- */

/* Every element of these arrays begins with its int16_t id. */
static int compare_id(const void *key, const void *element) {
  return *(const int *)key - *(const int16_t *)element;
}

const struct state *register_state(const struct state_register *reg, int id) {
  if (reg->state_count == 0)
    return NULL;
  /* Numbers mostly run without a gap. */
  int guess = id - reg->states[0].id;
  if (guess >= 0 && (size_t)guess < reg->state_count && reg->states[guess].id == id)
    return &reg->states[guess];
  return bsearch(&id, reg->states, reg->state_count, sizeof *reg->states, compare_id);
}

const struct instrument *register_instrument(const struct state_register *reg, int id) {
  if (reg->instrument_count == 0)
    return NULL;
  return bsearch(&id, reg->instruments, reg->instrument_count, sizeof *reg->instruments, compare_id);
}

const struct scale *register_scale(const struct state_register *reg, int id) {
  if (reg->scale_count == 0)
    return NULL;
  return bsearch(&id, reg->scales, reg->scale_count, sizeof *reg->scales, compare_id);
}

const struct theme *register_theme(const struct state_register *reg, int id) {
  if (reg->theme_count == 0)
    return NULL;
  return bsearch(&id, reg->themes, reg->theme_count, sizeof *reg->themes, compare_id);
}

const struct level *register_level(const struct state_register *reg, int id) {
  for (size_t i = 0; i < reg->level_count; i++)
    if (reg->levels[i].id == id)
      return &reg->levels[i];
  return NULL;
}

/* ---- by what people write ------------------------------------------------ */

/* M49 codes lose their leading zeros in spreadsheets. */
static int32_t find_short_m49(const struct state_register *reg, const char *key) {
  size_t digits = strspn(key, "0123456789");
  if (digits == 0 || digits > 2 || key[digits] != '\0')
    return -1;
  char padded[4] = "000";
  memcpy(padded + 3 - digits, key, digits);
  return name_index_find(reg->names, padded, 3);
}

const struct state *register_find_state(const struct state_register *reg, const char *name, size_t length,
                                        struct error *error) {
  AUTO_FREE char *key = text_fold(name, length);
  int32_t index = name_index_find(reg->names, key, strlen(key));
  if (index < 0)
    index = find_short_m49(reg, key);
  if (index >= 0)
    return &reg->states[index];

  AUTO_NEAREST struct nearest nearest;
  AUTO_FREE char *written = memory_string_n(name, length);
  nearest_begin(&nearest, written);
  for (size_t i = 0; i < reg->known_name_count; i++)
    nearest_offer_as(&nearest, reg->known_names[i].name, reg->states[reg->known_names[i].state].name);
  error_set(error, ERROR_DATA, "unknown State: \"%s\"", written);
  nearest_remedy(&nearest, error, "See \"rectrack list states\" for names and codes.");
  return NULL;
}

/* "unknown WHAT: "code"", with the nearest of those offered. */
static void unknown_code(const char *what, const char *code, const char *see, struct nearest *nearest,
                         struct error *error) {
  error_set(error, ERROR_DATA, "unknown %s: \"%s\"", what, code);
  nearest_remedy(nearest, error, "See \"%s\".", see);
}

const struct instrument *register_find_instrument(const struct state_register *reg, const char *code,
                                                  struct error *error) {
  AUTO_NEAREST struct nearest nearest;
  nearest_begin(&nearest, code);
  for (size_t i = 0; i < reg->instrument_count; i++) {
    if (strcasecmp(reg->instruments[i].code, code) == 0)
      return &reg->instruments[i];
    nearest_offer(&nearest, reg->instruments[i].code);
  }
  unknown_code("instrument", code, "rectrack list instruments", &nearest, error);
  return NULL;
}

const struct scale *register_find_scale(const struct state_register *reg, const char *code, struct error *error) {
  AUTO_NEAREST struct nearest nearest;
  nearest_begin(&nearest, code);
  for (size_t i = 0; i < reg->scale_count; i++) {
    if (strcasecmp(reg->scales[i].code, code) == 0)
      return &reg->scales[i];
    nearest_offer(&nearest, reg->scales[i].code);
  }
  unknown_code("scale", code, "rectrack list scales", &nearest, error);
  return NULL;
}

const struct theme *register_find_theme(const struct state_register *reg, const char *code, struct error *error) {
  AUTO_NEAREST struct nearest nearest;
  nearest_begin(&nearest, code);
  for (size_t i = 0; i < reg->theme_count; i++) {
    if (strcasecmp(reg->themes[i].code, code) == 0)
      return &reg->themes[i];
    nearest_offer(&nearest, reg->themes[i].code);
  }
  unknown_code("theme", code, "rectrack list themes", &nearest, error);
  return NULL;
}

const struct level *register_find_level(const struct state_register *reg, int scale_id, const char *name, size_t length,
                                        struct error *error) {
  AUTO_FREE char *key = text_fold(name, length);
  AUTO_FREE char *written = memory_string_n(name, length);
  AUTO_NEAREST struct nearest nearest;
  nearest_begin(&nearest, written);
  for (size_t i = 0; i < reg->level_count; i++) {
    const struct level *level = &reg->levels[i];
    if (level->scale_id != scale_id)
      continue;
    AUTO_FREE char *label_key = text_fold(level->label, strlen(level->label));
    if (strcmp(level->code, key) == 0 || strcmp(label_key, key) == 0)
      return level;
    nearest_offer(&nearest, level->code);
    nearest_offer_as(&nearest, level->label, level->code);
  }
  const struct scale *scale = register_scale(reg, scale_id);
  error_set(error, ERROR_DATA, "unknown level of the scale \"%s\": \"%s\"", scale != NULL ? scale->code : "?", written);
  if (nearest.offered.length > 0)
    nearest_remedy(&nearest, error, "Its levels are %s.", nearest_offered(&nearest));
  else
    error_remedy(error, "See \"rectrack list scales\".");
  return NULL;
}

/* ---- Parties ------------------------------------------------------------- */

struct party_key {
  int instrument_id;
  int state_id;
};

static int compare_party(const void *key, const void *element) {
  const struct party_key *wanted = key;
  const struct party *party = element;
  if (wanted->instrument_id != party->instrument_id)
    return wanted->instrument_id - party->instrument_id;
  return wanted->state_id - party->state_id;
}

static const struct party *find_party(const struct state_register *reg, int instrument_id, int state_id) {
  struct party_key key = {instrument_id, state_id};
  return reg->party_count == 0 ? NULL
                               : bsearch(&key, reg->parties, reg->party_count, sizeof *reg->parties, compare_party);
}

day register_bound_from(const struct state_register *reg, int instrument_id, int state_id) {
  const struct party *party = find_party(reg, instrument_id, state_id);
  return party != NULL ? party->bound_from : DAY_NONE;
}

bool register_is_party(const struct state_register *reg, int instrument_id, int state_id, day on) {
  const struct instrument *instrument = register_instrument(reg, instrument_id);
  if (instrument == NULL || !instrument->has_parties) {
    const struct state *state = register_state(reg, state_id);
    return state != NULL && state->un_member;
  }
  const struct party *party = find_party(reg, instrument_id, state_id);
  return party != NULL && (party->bound_from == DAY_NONE || party->bound_from <= on) &&
         (party->withdrawn_on == DAY_NONE || on < party->withdrawn_on);
}
