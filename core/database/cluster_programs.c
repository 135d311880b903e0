/* The server's programs: finding them, and running one to its end as the cluster's owner. */
#include "core/base/memory.h"
#include "core/base/text.h"
#include "core/database/cluster_private.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <grp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* ---- finding ------------------------------------------------------------- */

static bool has_program(const char *folder, const char *name) {
  AUTO_TEXT struct text path = {0};
  text_add_format(&path, "%s/%s", folder, name);
  return access(path.data, X_OK) == 0;
}

static bool has_programs(const char *folder) {
  return has_program(folder, "initdb") && has_program(folder, "postgres");
}

/* The major version that made the data; 0 when there are none yet. */
static int data_version(const struct cluster *cluster) {
  AUTO_TEXT struct text path = {0};
  text_add_format(&path, "%s/PG_VERSION", cluster->data);
  FILE *file = fopen(path.data, "re");
  if (file == NULL)
    return 0;
  char line[16] = "";
  int version = fgets(line, sizeof line, file) != NULL ? (int)strtol(line, NULL, 10) : 0;
  fclose(file);
  return version;
}

/* The newest /usr/lib/postgresql/N/bin, or the one of a given version. */
static char *find_debian_folder(int wanted) {
  glob_t found = {0};
  char *best = NULL;
  int best_version = 0;
  if (glob("/usr/lib/postgresql/*/bin", 0, NULL, &found) == 0)
    for (size_t i = 0; i < found.gl_pathc; i++) {
      int version = (int)strtol(found.gl_pathv[i] + strlen("/usr/lib/postgresql/"), NULL, 10);
      if (version <= best_version || (wanted != 0 && version != wanted) || !has_programs(found.gl_pathv[i]))
        continue;
      free(best);
      best = memory_string(found.gl_pathv[i]);
      best_version = version;
    }
  globfree(&found);
  return best;
}

static char *find_in_path(void) {
  const char *path = getenv("PATH");
  while (path != NULL && *path != '\0') {
    size_t length = strcspn(path, ":");
    AUTO_FREE char *folder = memory_string_n(path, length);
    if (has_programs(folder))
      return memory_string(folder);
    path += length + (path[length] == ':');
  }
  return NULL;
}

bool cluster_find_programs(struct cluster *cluster, struct error *error) {
  if (cluster->bindir != NULL)
    return true;
  const char *given = getenv("RECTRACK_PG_BINDIR");
  int version = data_version(cluster);
  if (given != NULL && *given != '\0') {
    if (!has_programs(given)) {
      error_set(error, ERROR_CONFIG, "no initdb and postgres in \"%s\" (from RECTRACK_PG_BINDIR)", given);
      return error_remedy(error, "Name the folder that has both, such as /usr/lib/postgresql/15/bin.");
    }
    cluster->bindir = memory_string(given);
    return true;
  }
  cluster->bindir = find_debian_folder(version);
  if (cluster->bindir == NULL && version == 0)
    cluster->bindir = find_in_path();
  if (cluster->bindir != NULL)
    return true;
  if (version != 0) {
    error_set(error, ERROR_CONFIG, "the embedded database was made by PostgreSQL %d, whose programs are not here",
              version);
    return error_remedy(error, "Install them with: apt-get install postgresql-%d", version);
  }
  error_set(error, ERROR_CONFIG, "PostgreSQL's server programs are not here");
  return error_remedy(error, "Install them with: apt-get install postgresql-15, or name a database with --db.");
}

char *cluster_find_tool(const char *name, int version) {
  AUTO_TEXT struct text path = {0};
  const char *given = getenv("RECTRACK_PG_BINDIR");
  glob_t found = {0};
  int best = 0;
  if (given != NULL && *given != '\0' && has_program(given, name)) {
    text_add_format(&path, "%s/%s", given, name);
    return text_take(&path);
  }
  if (glob("/usr/lib/postgresql/*/bin", 0, NULL, &found) == 0)
    for (size_t i = 0; i < found.gl_pathc; i++) {
      int number = (int)strtol(found.gl_pathv[i] + strlen("/usr/lib/postgresql/"), NULL, 10);
      if (number < version || (best != 0 && number >= best) || !has_program(found.gl_pathv[i], name))
        continue;
      best = number;
      text_clear(&path);
      text_add_format(&path, "%s/%s", found.gl_pathv[i], name);
    }
  globfree(&found);
  const char *folders = getenv("PATH");
  while (best == 0 && folders != NULL && *folders != '\0') {
    size_t length = strcspn(folders, ":");
    AUTO_FREE char *folder = memory_string_n(folders, length);
    if (has_program(folder, name))
      return memory_string(name);
    folders += length + (folders[length] == ':');
  }
  return best != 0 ? text_take(&path) : NULL;
}

/* ---- running ------------------------------------------------------------- */

bool cluster_become(const struct cluster_owner *owner) {
  if (geteuid() != 0 || owner->uid == 0)
    return true;
  return setgroups(0, NULL) == 0 && setgid(owner->gid) == 0 && setuid(owner->uid) == 0;
}

/* The child's side: stdin from `in`, stdout and stderr to `out`. */
static void execute(const char *path, char *const *arguments, const struct cluster_owner *owner, int in, int out) {
  if (dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 || dup2(out, STDERR_FILENO) < 0)
    _exit(126);
  close_range(STDERR_FILENO + 1, ~0u, 0);
  if (!cluster_become(owner) || chdir("/") != 0)
    _exit(126);
  setenv("LC_ALL", "C.UTF-8", 1);
  execve(path, arguments, environ);
  _exit(127);
}

/* Writes the input and reads what is said, until the program closes its side. */
static void converse(int to, int from, const char *input, struct text *said) {
  size_t left = input != NULL ? strlen(input) : 0;
  while (left > 0) {
    ssize_t written = write(to, input, left);
    if (written < 0 && errno != EINTR)
      break;
    if (written > 0) {
      input += written;
      left -= (size_t)written;
    }
  }
  close(to);
  char buffer[4096];
  for (ssize_t got; (got = read(from, buffer, sizeof buffer)) != 0;) {
    if (got > 0)
      text_add_n(said, buffer, (size_t)got);
    else if (errno != EINTR)
      break;
  }
  close(from);
}

/* The last line that is not empty. */
static const char *last_line(struct text *said) {
  while (said->length > 0 && (said->data[said->length - 1] == '\n' || said->data[said->length - 1] == ' '))
    said->data[--said->length] = '\0';
  const char *start = said->length > 0 ? strrchr(said->data, '\n') : NULL;
  return start != NULL ? start + 1 : text_string(said);
}

bool cluster_run(const struct cluster *cluster, const char *program, const char *const *arguments, const char *input,
                 struct error *error) {
  struct cluster_owner owner;
  int to[2], from[2];
  if (!cluster_owner(cluster, &owner, error))
    return false;
  if (pipe2(to, O_CLOEXEC) != 0)
    return error_errno(error, ERROR_FAILED, "cannot run %s", program);
  if (pipe2(from, O_CLOEXEC) != 0) {
    error_errno(error, ERROR_FAILED, "cannot run %s", program);
    close(to[0]);
    close(to[1]);
    return false;
  }
  /* The server's programs find each other by the path that they are called with. */
  AUTO_TEXT struct text path = {0};
  text_add_format(&path, "%s/%s", cluster->bindir, program);
  size_t count = 0;
  while (arguments[count] != NULL)
    count++;
  AUTO_FREE const char **called = memory_new(count + 2, sizeof *called);
  called[0] = path.data;
  memcpy(called + 1, arguments, count * sizeof *called);
  pid_t child = fork();
  if (child == 0)
    execute(path.data, (char *const *)(uintptr_t)called, &owner, to[0], from[1]);
  close(to[0]);
  close(from[1]);
  AUTO_TEXT struct text said = {0};
  converse(to[1], from[0], child > 0 ? input : NULL, &said);
  int status = -1;
  while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
    ;
  if (child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0)
    return true;
  error_set(error, ERROR_FAILED, "%s failed: %s", program, last_line(&said));
  return error_remedy(error, "See to the cause, and run the same command again; nothing half-made was left.");
}
