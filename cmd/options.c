/* Options of a verb, parsed from its table. */
#include "cmd/options.h"

#include "core/base/nearest.h"
#include "core/base/text.h"

#include <string.h>

static const struct option_spec *find_long(const struct option_spec *const *tables, const char *name, size_t length) {
  for (; *tables != NULL; tables++)
    for (const struct option_spec *spec = *tables; spec->name != NULL; spec++)
      if (strlen(spec->name) == length && memcmp(spec->name, name, length) == 0)
        return spec;
  return NULL;
}

static const struct option_spec *find_short(const struct option_spec *const *tables, char letter) {
  for (; *tables != NULL; tables++)
    for (const struct option_spec *spec = *tables; spec->name != NULL; spec++)
      if (spec->letter == letter)
        return spec;
  return NULL;
}

static void offer_option(struct nearest *nearest, const char *name) {
  AUTO_TEXT struct text written = {0};
  text_add_format(&written, "--%s", name);
  nearest_offer_as(nearest, name, text_string(&written));
}

static bool unknown_long(const struct option_spec *const *tables, const char *argument, size_t length,
                         struct error *error) {
  AUTO_NEAREST struct nearest nearest;
  nearest_begin_n(&nearest, argument + 2, length);
  for (; *tables != NULL; tables++)
    for (const struct option_spec *spec = *tables; spec->name != NULL; spec++)
      offer_option(&nearest, spec->name);
  error_set(error, ERROR_USAGE, "unknown option: \"--%.*s\"", (int)length, argument + 2);
  return nearest_remedy(&nearest, error, "Add --help to see the options.");
}

static bool add(struct options *options, const struct option_spec *spec, const char *value, struct error *error) {
  if (options->given_count == OPTIONS_MAX) {
    error_set(error, ERROR_USAGE, "more options than can be: \"--%s\"", spec->name);
    return error_remedy(error, "Give each option once.");
  }
  options->given[options->given_count].spec = spec;
  options->given[options->given_count++].value = value;
  return true;
}

static bool needs_value(const struct option_spec *spec, struct error *error) {
  error_set(error, ERROR_USAGE, "the option \"--%s\" needs a value", spec->name);
  return error_remedy(error, "Write --%s %s.", spec->name, spec->value);
}

/* --name, --name=value, or --name and the next argument, which is then taken too. */
static bool parse_long(const struct option_spec *const *tables, char **arguments, size_t *at, struct options *options,
                       struct error *error) {
  const char *argument = arguments[*at];
  size_t length = strcspn(argument + 2, "=");
  const char *value = argument[2 + length] == '=' ? argument + 2 + length + 1 : NULL;
  const struct option_spec *spec = find_long(tables, argument + 2, length);
  if (spec == NULL)
    return unknown_long(tables, argument, length, error);
  if (spec->value == NULL && value != NULL) {
    error_set(error, ERROR_USAGE, "the option \"--%s\" takes no value", spec->name);
    return error_remedy(error, "Write --%s alone.", spec->name);
  }
  if (spec->value != NULL && value == NULL && (value = arguments[++*at]) == NULL)
    return needs_value(spec, error);
  return add(options, spec, value, error);
}

/* -q, -qh, -oFILE, or -o and the next argument. */
static bool parse_short(const struct option_spec *const *tables, char **arguments, size_t *at, struct options *options,
                        struct error *error) {
  for (const char *letter = arguments[*at] + 1; *letter != '\0'; letter++) {
    const struct option_spec *spec = find_short(tables, *letter);
    if (spec == NULL) {
      error_set(error, ERROR_USAGE, "unknown option: \"-%c\"", *letter);
      return error_remedy(error, "Add --help to see the options.");
    }
    if (spec->value == NULL) {
      if (!add(options, spec, NULL, error))
        return false;
      continue;
    }
    const char *value = letter[1] != '\0' ? letter + 1 : arguments[++*at];
    return value != NULL ? add(options, spec, value, error) : needs_value(spec, error);
  }
  return true;
}

static bool add_operand(struct options *options, const char *operand, struct error *error) {
  if (options->operand_count == OPERANDS_MAX) {
    error_set(error, ERROR_USAGE, "more than the command can take: \"%s\"", operand);
    return error_remedy(error, "Put what has spaces between quotes; add --help to see what the command takes.");
  }
  options->operands[options->operand_count++] = operand;
  return true;
}

bool options_parse(const struct option_spec *const *tables, char **arguments, bool stop_early, struct options *options,
                   size_t *parsed, struct error *error) {
  size_t at = 0;
  bool good = true;
  for (; good && arguments[at] != NULL; at++) {
    const char *argument = arguments[at];
    if (strcmp(argument, "--") == 0) {
      options->rest = &arguments[at + 1];
      break;
    }
    if (strncmp(argument, "--", 2) == 0)
      good = parse_long(tables, arguments, &at, options, error);
    else if (argument[0] == '-' && argument[1] != '\0')
      good = parse_short(tables, arguments, &at, options, error);
    else if (stop_early)
      break;
    else
      good = add_operand(options, argument, error);
  }
  if (parsed != NULL)
    *parsed = at;
  return good;
}

bool options_take_rest(struct options *options, struct error *error) {
  char **rest = options->rest;
  options->rest = NULL;
  for (; rest != NULL && *rest != NULL; rest++)
    if (!add_operand(options, *rest, error))
      return false;
  return true;
}

const char *options_text(const struct options *options, const char *name) {
  for (size_t i = options->given_count; i-- > 0;)
    if (strcmp(options->given[i].spec->name, name) == 0)
      return options->given[i].value;
  return NULL;
}

bool options_flag(const struct options *options, const char *name) {
  for (size_t i = 0; i < options->given_count; i++)
    if (strcmp(options->given[i].spec->name, name) == 0)
      return true;
  return false;
}

bool options_day(const struct options *options, const char *name, day fallback, day *out, struct error *error) {
  const char *value = options_text(options, name);
  *out = fallback;
  if (value == NULL)
    return true;
  if (day_parse_option(value, out, error))
    return true;
  error->code = ERROR_USAGE;
  return false;
}
