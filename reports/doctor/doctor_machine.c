/* Checks of the machine: libraries, locale, encodings, programs, permissions, disk space, export jobs. */
#include "reports/doctor/doctor.h"

#include "core/base/folder.h"
#include "core/base/language.h"
#include "core/base/library.h"
#include "core/base/memory.h"
#include "reports/export/job.h"
#include "reports/export/publish.h"
#include "reports/export/run.h"
#include "reports/render/render.h"
#include "sql_catalogue.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* ---- libraries ----------------------------------------------------------- */

void doctor_libraries(struct doctor *doctor) {
  for (const char *const *file = library_files; *file != NULL; file++) {
    struct library library = {.file = *file};
    struct error error;
    if (!library_load(&library, &error))
      doctor_found_error(doctor, &error);
  }
  doctor->has_libraries = doctor->findings == 0;
  if (doctor->has_libraries)
    doctor_well(doctor, "all that are loaded when a command needs them are there");
}

/* ---- locale and encodings ------------------------------------------------ */

/* What the environment asks for: setlocale(3). */
static const char *locale_asked_for(void) {
  static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    const char *value = getenv(names[i]);
    if (value != NULL && *value != '\0')
      return value;
  }
  return "";
}

void doctor_locale(struct doctor *doctor) {
  const char *asked = locale_asked_for();
  locale_t there = newlocale(LC_CTYPE_MASK, asked, (locale_t)0);
  bool plain = *asked == '\0' || strcmp(asked, "C") == 0 || strcmp(asked, "POSIX") == 0;
  if (plain)
    doctor_well(doctor, "no locale is set; rectrack writes UTF-8");
  else if (there == (locale_t)0)
    doctor_found(doctor, "Install it (dpkg-reconfigure locales), or set LC_ALL=C.UTF-8.",
                 "the locale \"%s\" is not installed", asked);
  else if (strcasestr(asked, "utf-8") == NULL && strcasestr(asked, "utf8") == NULL)
    doctor_found(doctor, "Set LC_ALL=C.UTF-8, or the UTF-8 form of the locale.",
                 "the locale \"%s\" is not UTF-8, but what rectrack writes is", asked);
  else
    doctor_well(doctor, "%s", asked);
  if (there != (locale_t)0)
    freelocale(there);
}

/* A table with a word of each language, written in each format: every byte must come out as UTF-8. */
static bool encodes(const struct render_format *format, const struct grid *grid, struct error *error) {
  struct render_sink out = {0};
  struct render_options options = {.width = 0};
  size_t bad = 0;
  bool good = format->render(grid, &options, &out, error);
  if (good && (out.text.length == 0 ||
               ((format->flags & RENDER_BINARY) == 0 && !text_is_utf8(text_string(&out.text), out.text.length, &bad))))
    good = error_set(error, ERROR_FAILED, "the format %s writes what isn't UTF-8", format->name);
  else if (!good && error->code == ERROR_USAGE)
    good = true; /* a picture can't be made of every table */
  text_free(&out.text);
  return good;
}

void doctor_encodings(struct doctor *doctor) {
  AUTO_GRID struct grid *grid = grid_new("UTF-8");
  struct error error;
  if (!doctor->has_libraries) {
    doctor_left_out(doctor, "libraries are missing");
    return;
  }
  grid_column(grid, "language", "Language");
  for (size_t i = 0; i < language_count; i++)
    grid_cell(grid, language_list[i].name);
  for (size_t i = 0; i < render_format_count; i++)
    if (!encodes(&render_formats[i], grid, &error)) {
      doctor_found(doctor, "Install rectrack again; report it as a fault when it stays.", "%s", error.message);
      return;
    }
  doctor_well(doctor, "%zu formats, in UTF-8, tried with %zu languages", render_format_count, language_count);
}

/* ---- programs ------------------------------------------------------------ */

void doctor_programs(struct doctor *doctor) {
  AUTO_CLUSTER struct cluster *cluster = NULL;
  struct error error;
  bool embedded = doctor->target->source == TARGET_EMBEDDED;
  if (!cluster_locate(&cluster, NULL, &error) || !cluster_find_programs(cluster, &error)) {
    if (embedded)
      doctor_found_error(doctor, &error);
    else
      doctor_left_out(doctor, "PostgreSQL's programs are not here: needed for \"db backup\" and \"db restore\" only");
    return;
  }
  doctor_well(doctor, "PostgreSQL's programs are in %s", cluster->bindir);
}

/* ---- permissions --------------------------------------------------------- */

/* A file that only its owner (or root) may change; a folder likewise, unless it is sticky. */
static bool may_be_changed_by_others(const char *path) {
  struct stat status;
  return stat(path, &status) == 0 && (status.st_mode & S_IWOTH) != 0 && (status.st_mode & S_ISVTX) == 0;
}

static void check_job_file(struct doctor *doctor) {
  AUTO_TEXT struct text found = {0};
  const char *path = doctor->job_path;
  if (path == NULL && !job_file_find(&found))
    return;
  path = path != NULL ? path : found.data;
  AUTO_FREE char *folder = folder_of(path);
  if (may_be_changed_by_others(path) || may_be_changed_by_others(folder))
    doctor_found(doctor, "Its hooks are run: take the right to write from others (chmod o-w).",
                 "anybody may change the job file \"%s\"", path);
  else
    doctor_well(doctor, "job file %s", path);
}

/* libpq doesn't read a password file that others may read: https://www.postgresql.org/docs/15/libpq-pgpass.html */
static void check_password_file(struct doctor *doctor) {
  const char *given = getenv("PGPASSFILE"), *home = getenv("HOME");
  AUTO_TEXT struct text path = {0};
  struct stat status;
  text_add_format(&path, "%s%s", given != NULL ? given : home != NULL ? home : "", given != NULL ? "" : "/.pgpass");
  if (stat(path.data, &status) != 0)
    return;
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    doctor_found(doctor, "chmod 600 it: libpq passes it over as it is.", "others may read the password file \"%s\"",
                 path.data);
  else
    doctor_well(doctor, "password file %s", path.data);
}

/* Whether what isn't there yet can be made: who may write to the first folder above that is there. */
static bool can_be_made(const char *path) {
  AUTO_FREE char *above = folder_of(path);
  while (access(above, F_OK) != 0 && strcmp(above, "/") != 0 && strcmp(above, ".") != 0) {
    char *next = folder_of(above);
    free(above);
    above = next;
  }
  return faccessat(AT_FDCWD, above, W_OK | X_OK, AT_EACCESS) == 0;
}

static void check_data(struct doctor *doctor) {
  const char *data = doctor->target->cluster->data;
  struct stat status;
  struct error error;
  if (!cluster_check_way(doctor->target->cluster, &error)) {
    doctor_found_error(doctor, &error);
  } else if (stat(data, &status) != 0) {
    if (errno == ENOENT && can_be_made(data))
      doctor_well(doctor, "the embedded database is not made yet");
    else if (errno == ENOENT)
      doctor_found(doctor, "Set RECTRACK_DATA to a folder that you may write to.",
                   "the embedded database is not made yet and can't be: you may not make \"%s\"", data);
    else
      doctor_found(doctor, "Run as the user to whom the database belongs.", "\"%s\" can't be looked into: %s", data,
                   strerror(errno));
  } else if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    doctor_found(doctor, "chmod 700 it: PostgreSQL refuses it as it is.", "others may enter \"%s\"", data);
  } else {
    doctor_well(doctor, "embedded database %s", data);
  }
}

void doctor_permissions(struct doctor *doctor) {
  if (doctor->target->source == TARGET_EMBEDDED)
    check_data(doctor);
  check_password_file(doctor);
  check_job_file(doctor);
}

/* ---- disk space ---------------------------------------------------------- */

/* Room for a large import with its log, and for a set. */
static void check_space(struct doctor *doctor, const char *what, const char *path) {
  static const uint64_t ENOUGH = UINT64_C(1) << 30, LEAST = UINT64_C(100) << 20;
  struct statvfs there;
  AUTO_FREE char *look = memory_string(path);
  while (statvfs(look, &there) != 0 && strcmp(look, "/") != 0 && strcmp(look, ".") != 0) {
    char *above = folder_of(look);
    free(look);
    look = above;
  }
  uint64_t left = (uint64_t)there.f_bavail * there.f_frsize, all = (uint64_t)there.f_blocks * there.f_frsize;
  uint64_t percent = all > 0 ? left * 100 / all : 0;
  if (left < LEAST || (left < ENOUGH && percent < 5))
    doctor_found(doctor, "Make room there.", "%s: %" PRIu64 " MiB (%" PRIu64 " %%) are left for \"%s\"", what,
                 left >> 20, percent, path);
  else
    doctor_well(doctor, "%s: %" PRIu64 " MiB (%" PRIu64 " %%) are left for %s", what, left >> 20, percent, path);
}

void doctor_disk(struct doctor *doctor) {
  AUTO_JOB_FILE struct job_file *file = NULL;
  const char *temporary = getenv("TMPDIR");
  struct error error;
  size_t faults;
  if (doctor->target->source == TARGET_EMBEDDED)
    check_space(doctor, "database", doctor->target->cluster->directory);
  check_space(doctor, "temporary files", temporary != NULL && *temporary == '/' ? temporary : "/tmp");
  if (!job_file_read(doctor->job_path, error_ignore, NULL, &faults, &file, &error))
    return;
  for (size_t i = 0; i < file->job_count; i++)
    if (file->jobs[i].directory != NULL)
      check_space(doctor, file->jobs[i].name, file->jobs[i].directory);
}

/* ---- export jobs --------------------------------------------------------- */

static void add_age(int64_t seconds, struct text *out) {
  int64_t hours = seconds / 3600;
  text_add_format(out, hours >= 48 ? "%" PRId64 " days" : "%" PRId64 " hours", hours >= 48 ? hours / 24 : hours);
}

static void judge_job(struct doctor *doctor, const struct job *job, const PGresult *last) {
  AUTO_TEXT struct text age = {0};
  AUTO_TEXT struct text remedy = {0};
  text_add_format(&remedy,
                  "See \"rectrack export history %s\" and the scheduler's log; run it by hand: rectrack export run %s",
                  job->name, job->name);
  if (db_rows(last) == 0) {
    if (job->late_after > 0)
      doctor_found(doctor, remedy.data, "the job \"%s\" has had no good run yet", job->name);
    else
      doctor_well(doctor, "%s: no good run yet", job->name);
    return;
  }
  int64_t seconds = db_int(last, 0, 1);
  add_age(seconds, &age);
  if (job->late_after > 0 && seconds > job->late_after)
    doctor_found(doctor, remedy.data, "the job \"%s\" is late: its last good run ended %s ago, on %s", job->name,
                 age.data, db_text(last, 0, 0));
  else
    doctor_well(doctor, "%s: last good run %s ago, noted by %s%s", job->name, age.data, db_text(last, 0, 2),
                job->late_after > 0 ? "" : " (late_after isn't set)");
}

static void check_folder(struct doctor *doctor, const struct job *job) {
  AUTO_TEXT struct text set = {0};
  AUTO_FREE char *folder = folder_join(job->directory, job->name);
  struct error error;
  if (access(folder, F_OK) != 0)
    return;
  if (access(folder, W_OK) != 0)
    doctor_found(doctor, "Run as the user who runs the job, or hand the folder over.", "\"%s\" may not be written",
                 folder);
  AUTO_SET_LIST struct set_list list = {0};
  if (set_list_read(folder, &list, &error) && list.count > 0 && run_newest_good(folder, &set, &error) &&
      (set.length == 0 || strcmp(set.data, list.sets[0].name) != 0))
    doctor_found(doctor, "Look at it with \"rectrack export verify\", then move it away.",
                 "the newest set of the job \"%s\", %s, is not whole", job->name, list.sets[0].name);
}

static void check_job(struct doctor *doctor, const struct job *job) {
  AUTO_RESULT PGresult *last = NULL;
  struct db_params params = {0};
  struct error error;
  if (job->directory != NULL)
    check_folder(doctor, job);
  db_param_text(&params, job->name);
  if (!doctor->has_schema)
    doctor_left_out(doctor, "%s: its runs can't be asked for", job->name);
  else if (!db_query(doctor->db, sql_export_last_good, &params, &last, &error))
    doctor_found_error(doctor, &error);
  else
    judge_job(doctor, job, last);
}

static void found_fault(void *context, const struct error *fault) {
  doctor_found_error(context, fault);
}

void doctor_jobs(struct doctor *doctor) {
  AUTO_JOB_FILE struct job_file *file = NULL;
  AUTO_TEXT struct text path = {0};
  struct error error;
  size_t faults;
  if (doctor->job_path == NULL && !job_file_find(&path)) {
    doctor_left_out(doctor, "there is no job file");
    return;
  }
  if (!job_file_read(doctor->job_path, found_fault, doctor, &faults, &file, &error)) {
    doctor_found_error(doctor, &error);
    return;
  }
  for (size_t i = 0; i < file->job_count; i++)
    check_job(doctor, &file->jobs[i]);
}
