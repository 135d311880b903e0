/*
 * libFuzzer target: any words as the options and operands of a command.  Besides crashes it looks for broken promises:
 * nothing is left out and nothing is made up, so that each word is an option, the value of the one before it, or an
 * operand; what is refused is refused with an error that helps.
 *
 * Words end with a line end.
 */
#include "cmd/options.c" /* it is in no library */

#include "core/base/memory.h"
#include "tests/fuzz/must.h"

static const struct option_spec global[] = {
    {"db", 0, "CONNINFO", "database"}, {"quiet", 'q', NULL, "less"}, {"help", 'h', NULL, "help"}, {.name = NULL}};
static const struct option_spec own[] = {
    {"output", 'o', "FILE", "file"}, {"as-of", 0, "DATE", "day"}, {"all", 'a', NULL, "all"}, {.name = NULL}};

enum { WORDS_MAX = 60 };

/* Whether a pointer leads into one of the words. */
static bool is_of(char *const *words, const char *s) {
  for (; *words != NULL; words++)
    if (s >= *words && s <= *words + strlen(*words))
      return true;
  return false;
}

static void check_given(const struct options *options, char *const *words) {
  for (size_t i = 0; i < options->operand_count; i++) {
    const char *operand = options->operands[i];
    must(is_of(words, operand) && (operand[0] != '-' || operand[1] == '\0'));
  }
  for (size_t i = 0; i < options->given_count; i++) {
    const struct option_spec *spec = options->given[i].spec;
    must((spec->value != NULL) == (options->given[i].value != NULL) && options_flag(options, spec->name));
    must(spec->value == NULL || is_of(words, options->given[i].value));
  }
  must(options->rest == NULL || strcmp(options->rest[-1], "--") == 0);
}

/* Each word up to `parsed` is an option or an operand, or the value of the option before it. */
static void check_count(const struct options *options, char *const *words, size_t parsed) {
  size_t values = 0, dashes = 0;
  for (size_t i = 0; i < options->given_count; i++)
    values += options->given[i].spec->value != NULL;
  for (size_t i = 0; i < parsed; i++)
    dashes += words[i][0] == '-' && words[i][1] != '\0';
  must(parsed <= options->operand_count + dashes + values);
  must(options->operand_count + values <= parsed + dashes);
}

static void check_day(const struct options *options) {
  struct error error = {0};
  day value;
  if (!options_day(options, "as-of", DAY_NONE, &value, &error)) {
    must_help(&error);
    must(error.code == ERROR_USAGE);
  }
}

static void parse(char **words, size_t count, bool stop_early) {
  static const struct option_spec *const tables[] = {own, global, NULL};
  struct options options = {0};
  struct error error = {0};
  size_t parsed = 0;
  if (!options_parse(tables, words, stop_early, &options, &parsed, &error)) {
    must_help(&error);
    must(error.code == ERROR_USAGE);
    return;
  }
  must(parsed <= count && (stop_early || options.rest != NULL || parsed == count));
  check_given(&options, words);
  check_count(&options, words, parsed);
  check_day(&options);
}

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size) {
  AUTO_FREE char *lines = memory_string_n((const char *)bytes, size);
  char *words[WORDS_MAX + 1] = {NULL}, *rest = lines;
  size_t count = 0;
  for (char *word; count < WORDS_MAX && (word = strsep(&rest, "\n")) != NULL;)
    words[count++] = word;
  parse(words, count, false);
  parse(words, count, true);
  return 0;
}
