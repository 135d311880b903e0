/*
 * Options of a verb, parsed from its table: GNU syntax (--long VALUE, --long=VALUE, -s VALUE, bundled flags, `--` ends
 * them), mixed with operands.  Nothing is guessed: an unknown or shortened name is refused with the nearest one.
 */
#ifndef RECTRACK_CMD_OPTIONS_H
#define RECTRACK_CMD_OPTIONS_H

#include "core/base/date.h"
#include "core/base/error.h"

#include <stdbool.h>
#include <stddef.h>

struct option_spec {
  const char *name;  /* without the dashes; NULL ends a table */
  char letter;       /* its short form; 0: none */
  const char *value; /* what it takes, for the help ("FILE"); NULL: a flag */
  const char *help;
};

#define OPTIONS_MAX  40
#define OPERANDS_MAX 8

/* What stood on the command line. Texts belong to argv. */
struct options {
  struct {
    const struct option_spec *spec;
    const char *value; /* NULL for a flag */
  } given[OPTIONS_MAX];
  size_t given_count;
  const char *operands[OPERANDS_MAX];
  size_t operand_count;
  char **rest; /* what stands behind `--`, NULL-terminated; NULL: nothing */
};

/*
 * Parses arguments[0] … up to NULL against tables of options (each ended by a NULL name; the array ended by NULL).
 * ERROR_USAGE. Where `stop_early`, parsing ends at the first operand and *parsed tells how many arguments were taken.
 */
bool options_parse(const struct option_spec *const *tables, char **arguments, bool stop_early, struct options *options,
                   size_t *parsed, struct error *error);

/* Makes operands of what stands behind `--`. ERROR_USAGE. */
bool options_take_rest(struct options *options, struct error *error);

/* The last value given for an option; NULL when it wasn't given. */
const char *options_text(const struct options *options, const char *name);
bool options_flag(const struct options *options, const char *name);
/* A date (YYYY-MM-DD or `today`); `fallback` when it wasn't given. */
bool options_day(const struct options *options, const char *name, day fallback, day *out, struct error *error);

#endif
