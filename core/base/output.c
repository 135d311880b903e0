/* Buffered, checked output to stdout or to a file that appears whole. */
#include "core/base/output.h"

#include "core/base/folder.h"
#include "core/base/interrupt.h"
#include "core/base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFER_SIZE = 1 << 16 };

struct output {
  int file;
  char *name;      /* as the user gave it, for messages; NULL for stdout */
  char *target;    /* what is replaced in the end, links followed; NULL when written straight */
  char *temporary; /* where it is written until then; NULL when written straight */
  int failed;      /* errno of the first write that failed: the file is then not whole and must not take its place */
  pid_t owner;     /* a forked child must not remove its parent's files */
  struct output *next;
  size_t used;
  char buffer[BUFFER_SIZE];
};

/* ---- what to remove when the program ends early ---- */

/* The temporary files in being: the program may end inside core/base/memory.c, where nobody can unwind. */
static struct output *unfinished;

static void remove_unfinished(void) {
  for (struct output *output = unfinished; output; output = output->next)
    if (output->owner == getpid())
      unlink(output->temporary);
}

static void remember(struct output *output) {
  static bool registered;
  if (!registered)
    registered = atexit(remove_unfinished) == 0;
  output->owner = getpid();
  output->next = unfinished;
  unfinished = output;
}

static void forget(const struct output *output) {
  for (struct output **link = &unfinished; *link; link = &(*link)->next)
    if (*link == output) {
      *link = output->next;
      return;
    }
}

/* ---- messages ---- */

static bool cannot_create(const char *name, struct error *error) {
  int reason = errno;
  error_errno(error, ERROR_CANNOT_CREATE, "cannot create \"%s\"", name);
  if (reason == ENOENT || reason == ENOTDIR)
    error_remedy(error, "Make the folder first, or name another one.");
  else if (reason == EISDIR)
    error_remedy(error, "Name a file in that folder.");
  else if (reason == EACCES || reason == EPERM || reason == EROFS)
    error_remedy(error, "Name a file in a folder that you may write to.");
  return false;
}

static bool cannot_write(const struct output *output, struct error *error) {
  int reason = errno;
  if (output->name)
    error_errno(error, ERROR_CANNOT_WRITE, "cannot write \"%s\"", output->name);
  else
    error_errno(error, ERROR_CANNOT_WRITE, "cannot write to standard output");
  if (reason == ENOSPC || reason == EDQUOT || reason == EFBIG)
    error_remedy(error, "Make room on the device, or write to another one.");
  return false;
}

/* ---- opening ---- */

/*
 * A link that somebody else has laid in a folder where everybody may (/tmp) could lead to any file of ours.  The rule
 * is that of Linux's fs.protected_symlinks, which may be switched off.
 */
static bool may_follow(const char *path, const char *folder) {
  struct stat link, above;
  if (lstat(path, &link) != 0 || stat(folder, &above) != 0)
    return false;
  bool is_shared = (above.st_mode & S_ISVTX) != 0 && (above.st_mode & S_IWOTH) != 0;
  if (!is_shared || link.st_uid == geteuid() || link.st_uid == above.st_uid)
    return true;
  errno = EACCES;
  return false;
}

/*
 * The path that is left when symbolic links in its last part are followed, whether or not a file is there.  The caller
 * frees it.  NULL with errno when the links lead nowhere, or mustn't be followed.
 */
static char *follow_links(const char *path) {
  char *current = memory_string(path);
  for (int depth = 0; depth < 40; depth++) {
    char link[PATH_MAX];
    ssize_t length = readlink(current, link, sizeof link - 1);
    if (length < 0)
      return current;
    link[length] = '\0';
    AUTO_FREE char *folder = folder_of(current);
    bool may = may_follow(current, folder);
    free(current);
    if (!may)
      return NULL;
    current = link[0] == '/' ? memory_string(link) : folder_join(folder, link);
  }
  free(current);
  errno = ELOOP;
  return NULL;
}

/* A new file beside `target`, made so that the umask and the folder's rules decide on its mode. */
static int create_beside(const char *target, mode_t mode, char **temporary) {
  AUTO_FREE char *folder = folder_of(target);
  for (int attempt = 0; attempt < 100; attempt++) {
    uint64_t random;
    if (getrandom(&random, sizeof random, 0) != (ssize_t)sizeof random)
      return -1;
    char name[sizeof ".rectrack-0123456789abcdef.tmp"];
    snprintf(name, sizeof name, ".rectrack-%016jx.tmp", (uintmax_t)random);
    char *path = folder_join(folder, name);
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
    if (file >= 0) {
      *temporary = path;
      return file;
    }
    free(path);
    if (errno != EEXIST)
      return -1;
  }
  return -1;
}

/* Gives the new file the owner and mode of the one it replaces, as far as we may. */
static void take_over_mode(int file, const struct stat *old) {
  if (fchown(file, old->st_uid, old->st_gid) != 0 && fchown(file, (uid_t)-1, old->st_gid) != 0)
    errno = 0; /* the content is what matters; its owner is then whoever writes it */
  if (fchmod(file, old->st_mode & 07777) != 0)
    errno = 0;
}

static bool open_beside(struct output *output, const struct stat *old, struct error *error) {
  output->target = follow_links(output->name);
  if (!output->target)
    return cannot_create(output->name, error);
  /* a write-protected file is not to be replaced, though the folder would let us */
  if (old && faccessat(AT_FDCWD, output->target, W_OK, AT_EACCESS) != 0)
    return cannot_create(output->name, error);
  output->file = create_beside(output->target, old ? old->st_mode & 0777 : 0666, &output->temporary);
  if (output->file < 0)
    return cannot_create(output->name, error);
  remember(output);
  if (old)
    take_over_mode(output->file, old);
  return true;
}

/* A named pipe is there to be written when somebody reads it. */
static bool open_straight(struct output *output, struct error *error) {
  do {
    if (!interrupt_check(error))
      return false;
    output->file = open(output->name, O_WRONLY | O_CLOEXEC | O_NOCTTY);
  } while (output->file < 0 && errno == EINTR);
  return output->file >= 0 || cannot_create(output->name, error);
}

static bool open_named(struct output *output, struct error *error) {
  struct stat old;
  size_t length = strlen(output->name);
  if (length == 0 || output->name[length - 1] == '/') {
    errno = length == 0 ? ENOENT : EISDIR;
    return cannot_create(output->name, error);
  }
  if (stat(output->name, &old) != 0)
    return errno == ENOENT ? open_beside(output, NULL, error) : cannot_create(output->name, error);
  if (S_ISREG(old.st_mode))
    return open_beside(output, &old, error);
  return open_straight(output, error);
}

bool output_open(struct output **output, const char *path, struct error *error) {
  AUTO_OUTPUT struct output *opened = memory_new(1, sizeof *opened);
  bool is_stdout = !path || strcmp(path, "-") == 0 || strcmp(path, "/dev/stdout") == 0;
  opened->file = STDOUT_FILENO;
  if (!is_stdout) {
    opened->file = -1;
    opened->name = memory_string(path);
    if (!open_named(opened, error))
      return false;
  }
  *output = opened;
  opened = NULL;
  return true;
}

/* ---- writing ---- */

static bool write_whole(struct output *output, const char *bytes, size_t length, struct error *error) {
  while (length > 0) {
    ssize_t written = write(output->file, bytes, length);
    if (written < 0 && errno == EINTR) {
      if (interrupt_check(error))
        continue;
      output->failed = EINTR;
      return false;
    }
    if (written < 0) {
      output->failed = errno;
      return cannot_write(output, error);
    }
    bytes += written;
    length -= (size_t)written;
  }
  return true;
}

static bool flush(struct output *output, struct error *error) {
  size_t used = output->used;
  output->used = 0;
  return write_whole(output, output->buffer, used, error);
}

bool output_write(struct output *output, const void *bytes, size_t length, struct error *error) {
  if (length > BUFFER_SIZE - output->used && !flush(output, error))
    return false;
  if (length >= BUFFER_SIZE)
    return write_whole(output, bytes, length, error);
  if (length > 0)
    memcpy(output->buffer + output->used, bytes, length);
  output->used += length;
  return true;
}

bool output_is_terminal(const struct output *output) {
  return isatty(output->file) == 1;
}

/* ---- closing ---- */

static bool close_file(struct output *output, struct error *error) {
  int file = output->file;
  output->file = -1;
  /* NFS tells of a full device only here; for stdout, which others may still use, closing a copy asks the same */
  if (!output->name)
    file = dup(file);
  if (file < 0)
    return cannot_write(output, error);
  return close(file) == 0 || errno == EINTR || cannot_write(output, error);
}

bool output_settle(struct output *output, const char **path, struct error *error) {
  *path = output->temporary != NULL ? output->temporary : output->name;
  if (!flush(output, error))
    return false;
  return output->temporary == NULL || fsync(output->file) == 0 || errno == EINVAL || cannot_write(output, error);
}

static bool finish(struct output *output, struct error *error) {
  if (output->failed) {
    errno = output->failed;
    return cannot_write(output, error);
  }
  const char *ignored;
  if (!output_settle(output, &ignored, error))
    return false;
  if (!output->temporary)
    return close_file(output, error);
  if (!close_file(output, error))
    return false;
  if (rename(output->temporary, output->target) != 0)
    return cannot_create(output->name, error);
  forget(output);
  free(output->temporary);
  output->temporary = NULL;
  AUTO_FREE char *folder = folder_of(output->target);
  return folder_sync(folder, error);
}

bool output_close(struct output **output, struct error *error) {
  bool done = finish(*output, error);
  output_discard(output);
  return done;
}

void output_discard(struct output **output) {
  struct output *dropped = *output;
  if (!dropped)
    return;
  if (dropped->temporary) {
    unlink(dropped->temporary);
    forget(dropped);
  }
  if (dropped->name && dropped->file >= 0)
    close(dropped->file);
  free(dropped->name);
  free(dropped->target);
  free(dropped->temporary);
  free(dropped);
  *output = NULL;
}
