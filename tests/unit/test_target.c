/* Which database is meant, and how it is described without a password. */
#include "core/database/target.h"

#include "core/base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

static const char *const variables[] = {"RECTRACK_DB", "RECTRACK_DATA", "XDG_DATA_HOME", "PGHOST",    "PGHOSTADDR",
                                        "PGPORT",      "PGDATABASE",    "PGSERVICE",     "PGPASSWORD"};

static int clear_variables(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
    unsetenv(variables[i]);
  return setenv("RECTRACK_DATA", "/somewhere/rectrack", 1);
}

static void assert_source(const char *option, enum target_source expected) {
  AUTO_TARGET struct target *target = NULL;
  struct error error;
  assert_true(target_choose(&target, option, &error));
  assert_int_equal(target->source, expected);
  assert_int_equal(target->cluster != NULL, expected == TARGET_EMBEDDED);
}

static void the_option_comes_first_and_the_embedded_one_last(void **state) {
  (void)state;
  assert_source(NULL, TARGET_EMBEDDED);
  setenv("PGUSER", "maria", 1); /* says how to connect, not where */
  assert_source(NULL, TARGET_EMBEDDED);
  unsetenv("PGUSER");
  setenv("PGSERVICE", "conference", 1);
  assert_source(NULL, TARGET_LIBPQ);
  setenv("RECTRACK_DB", "dbname=conference", 1);
  assert_source(NULL, TARGET_RECTRACK_DB);
  assert_source("dbname=other", TARGET_OPTION);
}

static void an_empty_variable_says_nothing(void **state) {
  (void)state;
  setenv("RECTRACK_DB", "", 1);
  setenv("PGHOST", "", 1);
  assert_source(NULL, TARGET_EMBEDDED);
}

static void assert_description(const char *option, const char *expected) {
  AUTO_TARGET struct target *target = NULL;
  AUTO_TEXT struct text out = {0};
  struct error error;
  assert_true(target_choose(&target, option, &error));
  target_describe(target, &out);
  assert_string_equal(text_string(&out), expected);
}

static void a_description_names_the_place(void **state) {
  (void)state;
  assert_description(NULL, "embedded database in /somewhere/rectrack");
  assert_description("dbname=conference host=db.example.org port=5433",
                     "database \"conference\" on db.example.org, port 5433 (from --db)");
  assert_description("postgresql://registry@db.example.org:5432/conference",
                     "database \"conference\" on db.example.org, port 5432 (from --db)");
  assert_description("service=office", "database of service \"office\" (from --db)");
}

/* libpq's documentation, 34.15: PGHOST, PGPORT and PGDATABASE stand for host, port and dbname. */
static void what_is_not_given_comes_from_the_variables(void **state) {
  (void)state;
  setenv("PGHOST", "db.example.org", 1);
  setenv("PGDATABASE", "conference", 1);
  setenv("PGPORT", "5433", 1);
  assert_description(NULL, "database \"conference\" on db.example.org, port 5433 (from PostgreSQL's own variables)");
  assert_description("other", "database \"other\" on db.example.org, port 5433 (from --db)");
  assert_description("host=elsewhere", "database \"conference\" on elsewhere, port 5433 (from --db)");
  setenv("RECTRACK_DB", "port=6000", 1);
  assert_description(NULL, "database \"conference\" on db.example.org, port 6000 (from RECTRACK_DB)");
}

static void a_description_never_has_a_password(void **state) {
  (void)state;
  static const char *const given[] = {
      "postgresql://registry:hunter2@db.example.org/conference",
      "dbname=conference password=hunter2",
      "postgresql://registry:hunter2@[broken",
      "password='hunter2",
  };
  for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
    AUTO_TARGET struct target *target = NULL;
    AUTO_TEXT struct text out = {0};
    struct error error;
    assert_true(target_choose(&target, given[i], &error));
    target_describe(target, &out);
    assert_null(strstr(text_string(&out), "hunter2"));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(the_option_comes_first_and_the_embedded_one_last, clear_variables),
      cmocka_unit_test_setup(an_empty_variable_says_nothing, clear_variables),
      cmocka_unit_test_setup(a_description_names_the_place, clear_variables),
      cmocka_unit_test_setup(what_is_not_given_comes_from_the_variables, clear_variables),
      cmocka_unit_test_setup(a_description_never_has_a_password, clear_variables),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
