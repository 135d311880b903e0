/* Folders. */
#include "core/base/folder.h"

#include "core/base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

char *folder_join(const char *folder, const char *name) {
  size_t size = strlen(folder) + strlen(name) + 2;
  char *path = memory_new(size, 1);
  snprintf(path, size, "%s/%s", folder, name);
  return path;
}

char *folder_of(const char *path) {
  const char *slash = strrchr(path, '/');
  if (slash == NULL)
    return memory_string(".");
  return memory_string_n(path, slash == path ? 1 : (size_t)(slash - path));
}

static bool cannot_make(const char *path, int reason, struct error *error) {
  errno = reason;
  error_errno(error, ERROR_CANNOT_CREATE, "cannot make the folder \"%s\"", path);
  if (reason == EACCES || reason == EPERM || reason == EROFS)
    error_remedy(error, "Name a folder that you may write to.");
  else if (reason == EEXIST || reason == ENOTDIR)
    error_remedy(error, "There is a file of this name: name a folder.");
  return false;
}

bool folder_make_parents(const char *path, struct error *error) {
  AUTO_FREE char *part = memory_string(path);
  for (char *slash = part; (slash = strchr(slash + 1, '/')) != NULL; *slash = '/') {
    *slash = '\0';
    int reason = mkdir(part, 0755) == 0 ? 0 : errno;
    if (reason != 0 && reason != EEXIST && access(part, F_OK) != 0)
      return cannot_make(part, reason, error);
  }
  return true;
}

bool folder_make(const char *path, mode_t mode, struct error *error) {
  struct stat status;
  if (!folder_make_parents(path, error))
    return false;
  int reason = mkdir(path, mode) == 0 ? 0 : errno;
  if (reason == 0 || (reason == EEXIST && stat(path, &status) == 0 && S_ISDIR(status.st_mode)))
    return true;
  return cannot_make(path, reason, error);
}

bool folder_sync(const char *path, struct error *error) {
  int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0)
    return true;
  bool failed = fsync(folder) != 0 && errno == EIO;
  if (failed)
    error_errno(error, ERROR_CANNOT_WRITE, "cannot write \"%s\"", path);
  close(folder);
  return !failed;
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *where) {
  (void)status, (void)type, (void)where;
  return remove(path);
}

bool folder_remove(const char *path) {
  return nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS) == 0 || errno == ENOENT;
}

bool folder_link(const char *folder, const char *name, const char *target, struct error *error) {
  AUTO_FREE char *place = folder_join(folder, name);
  size_t size = strlen(place) + sizeof ".new";
  AUTO_FREE char *beside = memory_new(size, 1);
  snprintf(beside, size, "%s.new", place);
  unlink(beside); /* of a command that was killed; the caller's lock keeps others away */
  if (symlink(target, beside) != 0 || rename(beside, place) != 0) {
    error_errno(error, ERROR_CANNOT_CREATE, "cannot make the link \"%s\"", place);
    unlink(beside);
    return false;
  }
  return folder_sync(folder, error);
}
