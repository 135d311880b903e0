/* Where the embedded cluster is and how it is reached; its server has tests of its own (tests/integration/cluster.sh).
 */
#include "core/database/cluster.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

static struct cluster *locate(const char *directory) {
  struct cluster *cluster = NULL;
  struct error error;
  assert_true(cluster_locate(&cluster, directory, &error));
  return cluster;
}

static void the_folder_follows_from_the_environment(void **state) {
  (void)state;
  unsetenv("RECTRACK_DATA");
  setenv("HOME", "/", 1);
  setenv("XDG_DATA_HOME", "/tmp", 1);
  AUTO_CLUSTER struct cluster *from_data_home = locate(NULL);
  assert_string_equal(from_data_home->directory, "/tmp/rectrack");
  assert_string_equal(from_data_home->data, "/tmp/rectrack/data");
  setenv("RECTRACK_DATA", "/srv/registry///", 1);
  AUTO_CLUSTER struct cluster *from_variable = locate(NULL);
  assert_string_equal(from_variable->directory, "/srv/registry");
  AUTO_CLUSTER struct cluster *given = locate("/elsewhere");
  assert_string_equal(given->directory, "/elsewhere");
}

/* The XDG base directory specification: a path that isn't absolute is invalid and to be ignored. */
static void a_relative_data_home_is_ignored(void **state) {
  (void)state;
  unsetenv("RECTRACK_DATA");
  setenv("HOME", "/tmp", 1);
  setenv("XDG_DATA_HOME", "data", 1);
  AUTO_CLUSTER struct cluster *cluster = locate(NULL);
  assert_string_equal(cluster->directory, "/tmp/.local/share/rectrack");
}

static void without_any_home_only_root_has_a_folder(void **state) {
  (void)state;
  unsetenv("RECTRACK_DATA");
  unsetenv("XDG_DATA_HOME");
  unsetenv("HOME");
  AUTO_CLUSTER struct cluster *cluster = NULL;
  struct error error;
  bool located = cluster_locate(&cluster, NULL, &error);
  assert_int_equal(located, geteuid() == 0);
  if (located)
    assert_string_equal(cluster->directory, "/var/lib/rectrack");
  else
    assert_int_equal(error.code, ERROR_CONFIG);
}

/* unix(7): sun_path has 108 bytes, the last of them NUL. */
static void a_long_path_gets_a_short_socket(void **state) {
  (void)state;
  char directory[300] = "/";
  memset(directory + 1, 'x', 200);
  AUTO_CLUSTER struct cluster *cluster = locate(directory);
  AUTO_CLUSTER struct cluster *again = locate(directory);
  struct sockaddr_un address;
  assert_in_range(strlen(cluster->socket) + strlen("/.s.PGSQL.5432"), 1, sizeof address.sun_path - 1);
  assert_string_equal(cluster->socket, again->socket);
  directory[1] = 'y';
  AUTO_CLUSTER struct cluster *other = locate(directory);
  assert_string_not_equal(cluster->socket, other->socket);
}

static const char *value_of(const PQconninfoOption *options, const char *keyword) {
  for (; options->keyword != NULL; options++)
    if (strcmp(options->keyword, keyword) == 0)
      return options->val;
  return NULL;
}

/* Both ways of writing it lead libpq to the same socket, whatever is in the path. */
static void libpq_understands_what_leads_there(void **state) {
  (void)state;
  AUTO_CLUSTER struct cluster *cluster = locate("/tmp/a folder's \\ name & 100%");
  AUTO_TEXT struct text conninfo = {0};
  AUTO_TEXT struct text url = {0};
  cluster_conninfo(cluster, &conninfo);
  cluster_url(cluster, &url);
  const char *const ways[] = {text_string(&conninfo), text_string(&url)};
  for (size_t i = 0; i < 2; i++) {
    PQconninfoOption *options = PQconninfoParse(ways[i], NULL);
    assert_non_null(options);
    assert_string_equal(value_of(options, "host"), cluster->socket);
    assert_string_equal(value_of(options, "dbname"), "rectrack");
    assert_string_equal(value_of(options, "user"), "rectrack");
    assert_string_equal(value_of(options, "port"), "5432");
    PQconninfoFree(options);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_folder_follows_from_the_environment), cmocka_unit_test(a_relative_data_home_is_ignored),
      cmocka_unit_test(without_any_home_only_root_has_a_folder), cmocka_unit_test(a_long_path_gets_a_short_socket),
      cmocka_unit_test(libpq_understands_what_leads_there),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
