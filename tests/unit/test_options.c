/* cmd/options.c: GNU syntax, nothing guessed. */
#include "cmd/options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const struct option_spec common[] = {
    {"quiet", 'q', NULL, ""}, {"output", 'o', "FILE", ""}, {NULL, 0, NULL, NULL}};
static const struct option_spec own[] = {{"as-of", 0, "DATE", ""}, {"dry-run", 'n', NULL, ""}, {NULL, 0, NULL, NULL}};
static const struct option_spec *const tables[] = {common, own, NULL};

static bool parse(struct options *options, struct error *error, char **arguments) {
  *options = (struct options){0};
  return options_parse(tables, arguments, false, options, NULL, error);
}
#define ARGUMENTS(...) ((char *[]){__VA_ARGS__, NULL})

static void options_and_operands_mix(void **state) {
  (void)state;
  struct options options;
  struct error error;
  assert_true(parse(&options, &error, ARGUMENTS("a", "--as-of", "2018-07-04", "b", "-q", "--output=x y", "-")));
  assert_int_equal(options.operand_count, 3);
  assert_string_equal(options.operands[0], "a");
  assert_string_equal(options.operands[1], "b");
  assert_string_equal(options.operands[2], "-");
  assert_string_equal(options_text(&options, "as-of"), "2018-07-04");
  assert_string_equal(options_text(&options, "output"), "x y");
  assert_true(options_flag(&options, "quiet"));
  assert_false(options_flag(&options, "dry-run"));
}

static void short_ones_are_bundled(void **state) {
  (void)state;
  struct options options;
  struct error error;
  assert_true(parse(&options, &error, ARGUMENTS("-qnoFILE")));
  assert_true(options_flag(&options, "quiet"));
  assert_true(options_flag(&options, "dry-run"));
  assert_string_equal(options_text(&options, "output"), "FILE");
  assert_true(parse(&options, &error, ARGUMENTS("-o", "-q")));
  assert_string_equal(options_text(&options, "output"), "-q");
}

static void the_last_value_counts(void **state) {
  (void)state;
  struct options options;
  struct error error;
  assert_true(parse(&options, &error, ARGUMENTS("-oa", "--output", "b", "--output=")));
  assert_string_equal(options_text(&options, "output"), "");
}

static void two_dashes_end_the_options(void **state) {
  (void)state;
  struct options options;
  struct error error;
  assert_true(parse(&options, &error, ARGUMENTS("psql", "--", "-c", "--quiet")));
  assert_int_equal(options.operand_count, 1);
  assert_string_equal(options.rest[0], "-c");
  assert_string_equal(options.rest[1], "--quiet");
  assert_null(options.rest[2]);
  assert_false(options_flag(&options, "quiet"));
  /* Where nobody else is meant they are operands, whatever they begin with. */
  assert_true(options_take_rest(&options, &error));
  assert_int_equal(options.operand_count, 3);
  assert_string_equal(options.operands[2], "--quiet");
  assert_null(options.rest);
}

static void assert_refused(char **arguments, const char *message, const char *remedy) {
  struct options options;
  struct error error = {0};
  assert_false(parse(&options, &error, arguments));
  assert_int_equal(error.code, ERROR_USAGE);
  assert_string_equal(error.message, message);
  assert_string_equal(error.remedy, remedy);
}

static void nothing_is_guessed(void **state) {
  (void)state;
  assert_refused(ARGUMENTS("--quite"), "unknown option: \"--quite\"", "Did you mean \"--quiet\"?");
  assert_refused(ARGUMENTS("--out=x"), "unknown option: \"--out\"", "Did you mean \"--output\"?");
  assert_refused(ARGUMENTS("-x"), "unknown option: \"-x\"", "Add --help to see the options.");
  assert_refused(ARGUMENTS("--as-of"), "the option \"--as-of\" needs a value", "Write --as-of DATE.");
  assert_refused(ARGUMENTS("-qo"), "the option \"--output\" needs a value", "Write --output FILE.");
  assert_refused(ARGUMENTS("--quiet=yes"), "the option \"--quiet\" takes no value", "Write --quiet alone.");
}

static void dates_are_read_or_refused(void **state) {
  (void)state;
  struct options options;
  struct error error;
  day value;
  assert_true(parse(&options, &error, ARGUMENTS("--as-of", "2000-01-31")));
  assert_true(options_day(&options, "as-of", DAY_NONE, &value, &error));
  assert_int_equal(value, 30);
  assert_true(options_day(&options, "since", 7, &value, &error));
  assert_int_equal(value, 7);
  assert_true(parse(&options, &error, ARGUMENTS("--as-of", "31.1.2000")));
  assert_false(options_day(&options, "as-of", DAY_NONE, &value, &error));
  assert_int_equal(error.code, ERROR_USAGE);
}

static void too_many_are_refused(void **state) {
  (void)state;
  assert_refused(ARGUMENTS("1", "2", "3", "4", "5", "6", "7", "8", "9"), "more than the command can take: \"9\"",
                 "Put what has spaces between quotes; add --help to see what the command takes.");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(options_and_operands_mix), cmocka_unit_test(short_ones_are_bundled),
      cmocka_unit_test(the_last_value_counts),    cmocka_unit_test(two_dashes_end_the_options),
      cmocka_unit_test(nothing_is_guessed),       cmocka_unit_test(dates_are_read_or_refused),
      cmocka_unit_test(too_many_are_refused),
  };
  return cmocka_run_group_tests_name("options", tests, NULL, NULL);
}
