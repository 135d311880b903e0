/*
 * The register as it was known at some ledger position: States and their names, instruments, Parties, scales and
 * levels, themes.  Loaded whole into memory (a few hundred rows of each); all arrays are sorted by id and owned by the
 * register.
 */
#ifndef RECTRACK_CORE_REGISTER_REGISTER_H
#define RECTRACK_CORE_REGISTER_REGISTER_H

#include "core/base/date.h"
#include "core/base/error.h"
#include "core/base/name_index.h"
#include "core/database/db.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A ledger position that stands for "everything that is committed now". */
#define POSITION_NEWEST INT32_MAX

struct state {
  int16_t id;
  char iso3[4];
  char iso2[3];
  char m49[4]; /* three digits, "" when there is none */
  bool un_member, ldc, lldc, sids;
  char *name;           /* UN short name in the register's language */
  char *name_formal;    /* "" when there is none; likewise below */
  char *regional_group; /* "" for those outside the five groups */
  char *m49_region;
  char *m49_subregion;
};

struct instrument {
  int16_t id;
  char *code;
  char *title;
  day adopted_on, in_force_on; /* DAY_NONE when unknown */
  bool has_parties;            /* participation data is there; otherwise the UN members stand in */
};

struct party {
  int16_t instrument_id;
  int16_t state_id;
  day deposited_on; /* DAY_NONE: unknown, a Party on every day */
  day bound_from;   /* later of entry into force and the 30th day after deposit (UNTOC art. 38, Protocol art. 22);
                       DAY_NONE: always */
  day withdrawn_on; /* DAY_NONE: never */
};

struct scale {
  int16_t id;
  char *code;
};

enum level_kind { LEVEL_REPORTED = 1, LEVEL_ASSESSED = 2, LEVEL_BOTH = 3 }; /* a set of record kinds */
/* As the register names it: reported, assessed or both. */
enum level_kind level_kind_of(const char *name) __attribute__((nonnull));

struct level {
  int16_t id;
  int16_t scale_id;
  char *code;
  char *label;
  char *letter;
  int16_t rank; /* higher is further along */
  int weight;   /* in hundredths, 0 to 100; -1: does not count in a score */
  bool closes;
  char colour[8]; /* "#1b7837" */
  enum level_kind kind;
};

struct theme {
  int16_t id;
  char *code;
  char *label;
};

/* A name as written in the register, for "did you mean". */
struct state_known_name {
  char *name;
  int32_t state; /* index in `states` */
};

struct state_register {
  int32_t position; /* as asked for */
  struct state *states;
  size_t state_count;
  size_t *by_name; /* indices into `states`, in the order of names as the register's language sorts them */
  struct instrument *instruments;
  size_t instrument_count;
  struct party *parties; /* sorted by instrument, State; one row a pair: the newest known */
  size_t party_count;
  struct scale *scales;
  size_t scale_count;
  struct level *levels; /* sorted by scale, rank descending */
  size_t level_count;
  struct theme *themes;
  size_t theme_count;
  struct state_known_name *known_names;
  size_t known_name_count;
  struct name_index *names; /* every code and folded name of every State, to its index in `states` */
};

/*
 * Loads the register. `language` chooses the States' names ("en" when NULL). The caller frees it.  register_load_bare
 * leaves out the names under which States are found (most of the work), for tables that look none up;
 * register_load_names adds them, once.
 */
bool register_load_bare(struct db *db, int32_t position, const char *language, struct state_register **out,
                        struct error *error) __attribute__((nonnull(1, 4, 5)));
bool register_load_names(struct db *db, struct state_register *reg, struct error *error) __attribute__((nonnull));
bool register_load(struct db *db, int32_t position, const char *language, struct state_register **out,
                   struct error *error) __attribute__((nonnull(1, 4, 5)));
void register_free(struct state_register **reg);
#define AUTO_REGISTER __attribute__((cleanup(register_free)))

/* By id, or NULL. */
const struct state *register_state(const struct state_register *reg, int id);
const struct instrument *register_instrument(const struct state_register *reg, int id);
const struct level *register_level(const struct state_register *reg, int id);
const struct theme *register_theme(const struct state_register *reg, int id);
const struct scale *register_scale(const struct state_register *reg, int id);

/*
 * By what people write: alpha-3, alpha-2, M49, UN short or formal name, alias or former name in six languages.
 * NULL with ERROR_DATA and the nearest name as remedy ("did you mean") when nothing answers to it.
 */
const struct state *register_find_state(const struct state_register *reg, const char *name, size_t length,
                                        struct error *error);
/* By code, whatever the case. */
const struct instrument *register_find_instrument(const struct state_register *reg, const char *code,
                                                  struct error *error);
const struct scale *register_find_scale(const struct state_register *reg, const char *code, struct error *error);
const struct theme *register_find_theme(const struct state_register *reg, const char *code, struct error *error);
/* By code or label, whatever the case, inside one scale. */
const struct level *register_find_level(const struct state_register *reg, int scale_id, const char *name, size_t length,
                                        struct error *error);

/* True when the State is a Party to the instrument on that day; a UN member where the instrument (or its participation)
 * is unknown. */
bool register_is_party(const struct state_register *reg, int instrument_id, int state_id, day on);

/* The day from which a State is bound by an instrument; DAY_NONE: unknown, or no Party. */
day register_bound_from(const struct state_register *reg, int instrument_id, int state_id);

#endif
