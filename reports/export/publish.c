/* Sets of files that appear whole. */
#include "reports/export/publish.h"

#include "core/base/folder.h"
#include "core/base/interrupt.h"
#include "core/base/memory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char LATEST[] = "latest";
static const char LATEST_NEW[] = "latest.new";
static const char NEW[] = ".new";
static const char OLD[] = ".old";
static const moment SECOND = 1000000;

/* ---- the lock ------------------------------------------------------------ */

static int64_t milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* The lock ends with its file descriptor, also when the run is killed. */
static bool take_lock(struct publication *publication, const char *job, int64_t wait_seconds, struct error *error) {
  AUTO_FREE char *path = folder_join(publication->folder, ".lock");
  publication->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (publication->lock < 0) {
    error_errno(error, ERROR_CANNOT_CREATE, "cannot create \"%s\"", path);
    return error_remedy(error, "The user who runs the job must be allowed to write to that folder.");
  }
  int64_t end = milliseconds() + wait_seconds * 1000;
  while (flock(publication->lock, LOCK_EX | LOCK_NB) != 0) {
    if (!interrupt_check(error))
      return false;
    if (errno != EWOULDBLOCK && errno != EINTR)
      return error_errno(error, ERROR_FAILED, "cannot lock \"%s\"", path);
    if (milliseconds() >= end) {
      error_set(error, ERROR_BUSY, "another run of the job \"%s\" is at work", job);
      return error_remedy(error, "Let it finish, or wait for it with --wait SECONDS.");
    }
    nanosleep(&(struct timespec){.tv_nsec = 50000000L}, NULL);
  }
  return true;
}

static bool remove_leftovers(const struct publication *publication, struct error *error) {
  static const char *const names[] = {NEW, OLD, LATEST_NEW};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    AUTO_FREE char *path = folder_join(publication->folder, names[i]);
    if (!folder_remove(path))
      return error_errno(error, ERROR_CANNOT_CREATE, "cannot remove \"%s\", which a killed run has left", path);
  }
  return true;
}

bool publish_lock(struct publication *publication, const char *directory, const char *job, int64_t wait_seconds,
                  struct error *error) {
  *publication = (struct publication){.folder = folder_join(directory, job), .lock = -1};
  return folder_make(publication->folder, 0777, error) && take_lock(publication, job, wait_seconds, error) &&
         remove_leftovers(publication, error);
}

void publish_release(struct publication *publication) {
  if (publication->making != NULL)
    folder_remove(publication->making);
  if (publication->folder != NULL && publication->lock >= 0)
    close(publication->lock);
  free(publication->making);
  free(publication->folder);
  *publication = (struct publication){.lock = -1};
}

/* ---- a new set ----------------------------------------------------------- */

bool publish_begin(struct publication *publication, struct error *error) {
  AUTO_FREE char *path = folder_join(publication->folder, NEW);
  if (mkdir(path, 0777) != 0) {
    error_errno(error, ERROR_CANNOT_CREATE, "cannot make the folder \"%s\"", path);
    return error_remedy(error, "The user who runs the job must be allowed to write to that folder.");
  }
  publication->making = path;
  path = NULL;
  return true;
}

static int set_number(const char *name) {
  const char *dash = strchr(name, 'Z');
  return dash != NULL && dash[1] == '-' ? (int)strtol(dash + 2, NULL, 10) : 1;
}

/* Later in the order of sets than every set that is there: a second one of the same second gets -2, and so does one
 * that is made after the clock was set back.  The newest would otherwise be taken for an older one, and be removed. */
void publish_name(const struct publication *publication, moment at, struct text *set) {
  AUTO_SET_LIST struct set_list list = {0};
  struct error ignored;
  char text[MOMENT_TEXT_SIZE];
  int number = 1;
  if (set_list_read(publication->folder, &list, &ignored) && list.count > 0 && list.sets[0].at > at - SECOND) {
    at = list.sets[0].at;
    number = set_number(list.sets[0].name) + 1;
  }
  moment_format(at, text);
  text_clear(set);
  text_add_format(set, "%.13s%.2s%.2sZ", text, text + 14, text + 17);
  if (number > 1)
    text_add_format(set, "-%d", number);
}

bool publish_commit(struct publication *publication, const char *set, struct error *error) {
  AUTO_FREE char *path = folder_join(publication->folder, set);
  if (!folder_sync(publication->making, error))
    return false;
  if (rename(publication->making, path) != 0)
    return error_errno(error, ERROR_CANNOT_CREATE, "cannot make the folder \"%s\"", path);
  free(publication->making);
  publication->making = NULL;
  return folder_sync(publication->folder, error) && publish_latest(publication, set, error);
}

bool publish_latest(const struct publication *publication, const char *set, struct error *error) {
  AUTO_FREE char *path = folder_join(publication->folder, LATEST);
  char now[256];
  ssize_t length = readlink(path, now, sizeof now);
  if (length >= 0 && (size_t)length == strlen(set) && strncmp(now, set, (size_t)length) == 0)
    return true;
  return folder_link(publication->folder, LATEST, set, error);
}

bool publish_remove(const struct publication *publication, const char *set, struct error *error) {
  AUTO_FREE char *from = folder_join(publication->folder, set);
  AUTO_FREE char *to = folder_join(publication->folder, OLD);
  if (rename(from, to) == 0 && folder_remove(to))
    return folder_sync(publication->folder, error);
  error_errno(error, ERROR_CANNOT_WRITE, "cannot remove the set \"%s\"", from);
  return error_remedy(error, "The user who runs the job must be allowed to remove what is in its folder.");
}

/* ---- looking ------------------------------------------------------------- */

bool set_name_parse(const char *name, moment *at) {
  static const size_t LENGTH = sizeof "2026-11-24T060000Z" - 1;
  moment parsed;
  struct error ignored;
  if (strlen(name) < LENGTH || name[LENGTH - 1] != 'Z')
    return false;
  const char *rest = name + LENGTH;
  size_t digits = *rest == '-' ? strspn(rest + 1, "0123456789") : 0;
  if (*rest != '\0' && (digits == 0 || digits > 9 || rest[1 + digits] != '\0'))
    return false;
  char text[MOMENT_TEXT_SIZE];
  snprintf(text, sizeof text, "%.13s:%.2s:%.2sZ", name, name + 13, name + 15);
  if (!moment_parse(text, strlen(text), &parsed, &ignored))
    return false;
  if (at != NULL)
    *at = parsed;
  return true;
}

static int compare_sets(const void *a, const void *b) {
  const struct set_name *one = a, *other = b;
  if (one->at != other->at)
    return one->at > other->at ? -1 : 1;
  return set_number(other->name) - set_number(one->name);
}

bool set_list_read(const char *folder, struct set_list *list, struct error *error) {
  *list = (struct set_list){0};
  DIR *opened = opendir(folder);
  if (opened == NULL)
    return errno == ENOENT || error_errno(error, ERROR_NO_INPUT, "cannot open the folder \"%s\"", folder);
  for (struct dirent *entry; (entry = readdir(opened)) != NULL;) {
    moment at;
    if (!set_name_parse(entry->d_name, &at))
      continue;
    memory_reserve((void **)&list->sets, &list->capacity, list->count + 1, sizeof *list->sets);
    list->sets[list->count++] = (struct set_name){memory_string(entry->d_name), at};
  }
  closedir(opened);
  if (list->count > 0)
    qsort(list->sets, list->count, sizeof *list->sets, compare_sets);
  return true;
}

void set_list_free(struct set_list *list) {
  for (size_t i = 0; i < list->count; i++)
    free(list->sets[i].name);
  free(list->sets);
  *list = (struct set_list){0};
}
