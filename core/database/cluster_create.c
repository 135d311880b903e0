/* Making the embedded cluster: a data directory that appears whole, with the settings that it needs. */
#include "core/base/folder.h"
#include "core/base/memory.h"
#include "core/base/text.h"
#include "core/database/cluster_private.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char NEW_PREFIX[] = "data.new.";

/* ---- folders ------------------------------------------------------------- */

static bool is_empty(const char *path) {
  DIR *folder = opendir(path);
  size_t entries = 0;
  if (folder == NULL)
    return false;
  for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
    entries += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
  closedir(folder);
  return entries == 0;
}

static bool is_folder_of(const char *path, uid_t owner) {
  struct stat status;
  return lstat(path, &status) == 0 && S_ISDIR(status.st_mode) && status.st_uid == owner;
}

/* An empty folder of root's may be taken: another command of root's may have made it a moment ago. That one may also
 * hand it over between our two looks: so the owner is asked once more. */
bool cluster_make_directory(const struct cluster *cluster, const char *path, struct error *error) {
  struct cluster_owner owner;
  if (!cluster_owner(cluster, &owner, error))
    return false;
  bool made = folder_make_parents(path, error);
  if (made && mkdir(path, 0700) != 0 && errno != EEXIST)
    made = error_errno(error, ERROR_CANNOT_CREATE, "cannot make the folder \"%s\"", path);
  if (!made)
    return error_remedy(
        error, "Set RECTRACK_DATA to a folder for the database that you may write to, or name a database with --db.");
  if (is_folder_of(path, owner.uid) ||
      (is_folder_of(path, geteuid()) && is_empty(path) && chown(path, owner.uid, owner.gid) == 0) ||
      is_folder_of(path, owner.uid))
    return true;
  error_set(error, ERROR_CONFIG, "\"%s\" is not a folder of the user \"%s\"", path, cluster->user);
  return error_remedy(error, "Move it away, or set RECTRACK_DATA to another folder.");
}

/* As the owner: the first folder above a path that can't be entered, as its number from 1; 0: none. */
static int first_closed(const struct cluster_owner *owner, const char *path) {
  AUTO_FREE char *part = memory_string(path);
  int number = 0;
  if (!cluster_become(owner))
    return 0;
  for (char *slash = strchr(part + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
    char next = slash[1];
    number++;
    slash[1] = '\0'; /* with the slash, what is no folder is ENOTDIR */
    bool closed = access(part, X_OK) != 0 && errno == EACCES;
    slash[1] = next;
    if (closed)
      return number;
  }
  return 0;
}

/* Only a process that gave up root can tell what the owner may, whatever rules the file system has. */
bool cluster_check_way(const struct cluster *cluster, struct error *error) {
  struct cluster_owner owner;
  if (!cluster_owner(cluster, &owner, error))
    return false;
  if (geteuid() != 0 || owner.uid == 0)
    return true;
  pid_t child = fork();
  if (child == 0)
    _exit(first_closed(&owner, cluster->directory));
  int status = 0;
  while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
    ;
  int number = child > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : 0;
  if (number == 0)
    return true;
  const char *end = cluster->directory;
  while (number-- > 0)
    end = strchr(end + 1, '/');
  error_set(error, ERROR_CONFIG, "the user \"%s\", who runs the server for root, can't enter the folder \"%.*s\"",
            cluster->user, (int)(end - cluster->directory), cluster->directory);
  return error_remedy(error,
                      "Set RECTRACK_DATA to a folder that is open to others on its way, such as /var/lib/rectrack, "
                      "or open this one for passing through (chmod o+x).");
}

/* What a making that was killed has left; the lock is ours, so nobody works on it. */
static void remove_leftovers(const struct cluster *cluster) {
  DIR *folder = opendir(cluster->directory);
  if (folder == NULL)
    return;
  for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
    if (strncmp(entry->d_name, NEW_PREFIX, sizeof NEW_PREFIX - 1) == 0) {
      AUTO_TEXT struct text path = {0};
      text_add_format(&path, "%s/%s", cluster->directory, entry->d_name);
      folder_remove(path.data);
    }
  closedir(folder);
}

/* ---- settings ------------------------------------------------------------ */

static bool write_file(const char *folder, const char *name, const char *mode, const char *content,
                       struct error *error) {
  AUTO_TEXT struct text path = {0};
  text_add_format(&path, "%s/%s", folder, name);
  FILE *file = fopen(path.data, mode);
  if (file == NULL)
    return error_errno(error, ERROR_CANNOT_CREATE, "cannot write \"%s\"", path.data);
  bool good = fputs(content, file) >= 0 && fflush(file) == 0 && fsync(fileno(file)) == 0;
  good = fclose(file) == 0 && good;
  return good || error_errno(error, ERROR_CANNOT_WRITE, "cannot write \"%s\"", path.data);
}

/* Durable, reached by its socket only, quiet. */
static const char SETTINGS[] = "\n# rectrack\n"
                               "listen_addresses = ''\n"
                               "fsync = on\n"
                               "synchronous_commit = on\n"
                               "full_page_writes = on\n"
                               "jit = off\n"
                               "max_connections = 40\n"
                               "shared_buffers = 128MB\n"
                               "logging_collector = off\n"
                               "log_min_messages = warning\n"
                               "log_line_prefix = '%m [%p] '\n";

/* The owner and root, each by the name that the operating system knows them under. */
static bool write_settings(const struct cluster *cluster, const char *folder, struct error *error) {
  AUTO_TEXT struct text map = {0};
  text_add_format(&map, "rectrack \"%s\" " CLUSTER_ROLE "\n", cluster->user);
  text_add(&map, "rectrack root " CLUSTER_ROLE "\n");
  return write_file(folder, "postgresql.conf", "ae", SETTINGS, error) &&
         write_file(folder, "pg_hba.conf", "we", "local all all peer map=rectrack\n", error) &&
         write_file(folder, "pg_ident.conf", "we", text_string(&map), error);
}

bool cluster_create(struct cluster *cluster, struct error *error) {
  remove_leftovers(cluster);
  AUTO_TEXT struct text folder = {0};
  text_add_format(&folder, "%s/%s%ld", cluster->directory, NEW_PREFIX, (long)getpid());
  const char *const initdb[] = {"--pgdata",
                                folder.data,
                                "--username",
                                CLUSTER_ROLE,
                                "--encoding=UTF8",
                                "--locale=C.UTF-8",
                                "--locale-provider=icu",
                                "--icu-locale=und",
                                "--data-checksums",
                                "--auth-local=peer",
                                "--auth-host=reject",
                                NULL};
  const char *const single[] = {"--single", "-D", folder.data, "template1", NULL};
  bool made = cluster_run(cluster, "initdb", initdb, NULL, error) && write_settings(cluster, folder.data, error) &&
              cluster_run(cluster, "postgres", single, "CREATE DATABASE " CLUSTER_DATABASE ";\n", error);
  if (!made) {
    folder_remove(folder.data);
    return false;
  }
  if (rename(folder.data, cluster->data) != 0)
    return error_errno(error, ERROR_CANNOT_CREATE, "cannot make \"%s\"", cluster->data);
  return folder_sync(cluster->directory, error);
}
