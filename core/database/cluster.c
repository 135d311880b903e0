/* The embedded cluster: where it is, how it is reached, and whether it runs. */
#include "core/database/cluster.h"

#include "core/base/memory.h"
#include "core/base/sha256.h"
#include "core/database/cluster_private.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pwd.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static const char SERVER_USER[] = "postgres"; /* Debian's, who runs the server for root */
static const char ROOT_DIRECTORY[] = "/var/lib/rectrack";

static char *format_string(const char *format, ...) __attribute__((format(printf, 1, 2)));

static char *format_string(const char *format, ...) {
  va_list arguments;
  char *out = NULL;
  va_start(arguments, format);
  int length = vasprintf(&out, format, arguments);
  va_end(arguments);
  if (length < 0)
    memory_exhausted();
  return out;
}

/* ---- where --------------------------------------------------------------- */

static const char *variable(const char *name) {
  const char *value = getenv(name);
  return value != NULL && *value != '\0' ? value : NULL;
}

/* Whether others can pass through every folder above a path; root's own home is mostly closed to them. */
static bool is_open_to_others(const char *path) {
  AUTO_FREE char *part = memory_string(path);
  for (char *slash = strrchr(part, '/'); slash != NULL && slash != part; slash = strrchr(part, '/')) {
    *slash = '\0';
    struct stat status;
    if (stat(part, &status) == 0 && (status.st_mode & S_IXOTH) == 0)
      return false;
  }
  return true;
}

static char *default_directory(void) {
  const char *data_home = variable("XDG_DATA_HOME");
  const char *home = variable("HOME");
  char *directory = NULL;
  if (data_home != NULL && data_home[0] == '/')
    directory = format_string("%s/rectrack", data_home);
  else if (home != NULL)
    directory = format_string("%s/.local/share/rectrack", home);
  if (geteuid() != 0 || (directory != NULL && is_open_to_others(directory)))
    return directory;
  free(directory);
  return memory_string(ROOT_DIRECTORY);
}

static bool choose_directory(const char *given, char **out, struct error *error) {
  if (given == NULL)
    given = variable("RECTRACK_DATA");
  if (given == NULL) {
    *out = default_directory();
    if (*out != NULL)
      return true;
    error_set(error, ERROR_CONFIG, "neither HOME nor XDG_DATA_HOME says where the embedded database should be");
    return error_remedy(error, "Set HOME, or RECTRACK_DATA to a folder, or name a database with --db.");
  }
  char here[PATH_MAX];
  if (given[0] == '/') {
    *out = memory_string(given);
    return true;
  }
  if (getcwd(here, sizeof here) == NULL)
    return error_errno(error, ERROR_CONFIG, "cannot tell the current folder");
  *out = format_string("%s/%s", here, given);
  return true;
}

/* A folder for the socket whose path fits into sun_path: beside the data, else a private one under the temporary
 * folder. */
static char *choose_socket(const char *directory) {
  char *beside = format_string("%s/run", directory);
  if (strchr(beside, ',') == NULL &&
      strlen(beside) + sizeof "/" CLUSTER_SOCKET <= sizeof((struct sockaddr_un *)NULL)->sun_path)
    return beside;
  free(beside);
  unsigned char digest[SHA256_SIZE];
  char text[SHA256_TEXT_SIZE];
  AUTO_SHA256 struct sha256 *sha = sha256_new();
  sha256_add(sha, directory, strlen(directory));
  sha256_finish(sha, digest);
  return format_string("/tmp/rectrack-%ld-%.12s", (long)geteuid(), sha256_format(digest, text));
}

bool cluster_locate(struct cluster **out, const char *directory, struct error *error) {
  AUTO_CLUSTER struct cluster *cluster = memory_new(1, sizeof *cluster);
  if (!choose_directory(directory, &cluster->directory, error))
    return false;
  for (size_t length = strlen(cluster->directory); length > 1 && cluster->directory[length - 1] == '/';)
    cluster->directory[--length] = '\0';
  cluster->data = format_string("%s/data", cluster->directory);
  cluster->socket = choose_socket(cluster->directory);
  struct passwd *self = getpwuid(geteuid());
  if (geteuid() == 0)
    cluster->user = memory_string(SERVER_USER);
  else if (self != NULL)
    cluster->user = memory_string(self->pw_name);
  else {
    error_set(error, ERROR_CONFIG, "the user %ld has no name", (long)geteuid());
    return error_remedy(error, "PostgreSQL needs a user that is in the password file; or name a database with --db.");
  }
  *out = cluster;
  cluster = NULL;
  return true;
}

void cluster_free(struct cluster **cluster) {
  if (*cluster == NULL)
    return;
  free((*cluster)->directory);
  free((*cluster)->data);
  free((*cluster)->socket);
  free((*cluster)->bindir);
  free((*cluster)->user);
  free(*cluster);
  *cluster = NULL;
}

/* ---- how it is reached --------------------------------------------------- */

void cluster_conninfo(const struct cluster *cluster, struct text *out) {
  text_add(out, "dbname=" CLUSTER_DATABASE " user=" CLUSTER_ROLE " port=5432 host='");
  for (const char *at = cluster->socket; *at != '\0'; at++) {
    if (*at == '\'' || *at == '\\')
      text_add_char(out, '\\');
    text_add_char(out, *at);
  }
  text_add_char(out, '\'');
}

void cluster_url(const struct cluster *cluster, struct text *out) {
  static const char PLAIN[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  text_add(out, "postgresql:///" CLUSTER_DATABASE "?host=");
  for (const char *at = cluster->socket; *at != '\0'; at++)
    if (strchr(PLAIN, *at) != NULL)
      text_add_char(out, *at);
    else
      text_add_format(out, "%%%02X", (unsigned)(unsigned char)*at);
  text_add(out, "&port=5432&user=" CLUSTER_ROLE);
}

void cluster_touch(const struct cluster *cluster) {
  AUTO_FREE char *path = format_string("%s/used", cluster->directory);
  utimensat(AT_FDCWD, path, NULL, 0);
}

/* ---- who runs it --------------------------------------------------------- */

bool cluster_owner(const struct cluster *cluster, struct cluster_owner *owner, struct error *error) {
  struct passwd *entry = getpwnam(cluster->user);
  if (entry == NULL) {
    error_set(error, ERROR_CONFIG, "there is no user \"%s\", who would run the server", cluster->user);
    return error_remedy(error, "Install the server with: apt-get install postgresql-15");
  }
  *owner = (struct cluster_owner){entry->pw_uid, entry->pw_gid};
  return true;
}

/* ---- whether it runs ----------------------------------------------------- */

bool cluster_is_server(const struct cluster *cluster, pid_t pid) {
  char link[64], there[PATH_MAX], data[PATH_MAX];
  snprintf(link, sizeof link, "/proc/%ld/cwd", (long)pid);
  ssize_t length = readlink(link, there, sizeof there - 1);
  if (length < 0 || realpath(cluster->data, data) == NULL)
    return false;
  there[length] = '\0';
  return strcmp(there, data) == 0;
}

enum cluster_state cluster_state(const struct cluster *cluster, pid_t *pid) {
  AUTO_FREE char *version = format_string("%s/PG_VERSION", cluster->data);
  AUTO_FREE char *pid_file = format_string("%s/postmaster.pid", cluster->data);
  if (access(version, F_OK) != 0)
    return CLUSTER_ABSENT;
  long number = 0;
  FILE *file = fopen(pid_file, "re");
  if (file != NULL) {
    char line[32];
    if (fgets(line, sizeof line, file) != NULL)
      number = strtol(line, NULL, 10);
    fclose(file);
  }
  if (number <= 1 || !cluster_is_server(cluster, (pid_t)number))
    return CLUSTER_STOPPED;
  if (pid != NULL)
    *pid = (pid_t)number;
  return CLUSTER_RUNNING;
}
