/* Making the files of a set. */
#include "config.h"

#include "reports/export/set.h"

#include "core/base/folder.h"
#include "core/base/memory.h"
#include "core/base/output.h"
#include "core/ledger/batch.h"
#include "core/ledger/verify.h"
#include "reports/listing/records.h"
#include "reports/table/report.h"
#include "sql_catalogue.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- one table ----------------------------------------------------------- */

/* What a table is made from, besides its settings. */
struct table_request {
  const char *language;
  day as_of; /* DAY_NONE: as the settings say */
  moment known_at;
  int32_t position;
  int32_t since;
  bool sources; /* a format shows what stands behind the cells */
};

/* Makes a table; *as_of is the day that it speaks about. */
static bool make_table(struct db *db, const struct job_report *report, const struct table_request *request, day *as_of,
                       struct grid **grid, struct error *error) {
  AUTO_CUT struct cut cut = {0};
  *as_of = DAY_NONE;
  if (job_report_is_records(report))
    return records_make(db, request->since, request->position, grid, error);
  if (!job_report_cut(report, request->language, &cut, error))
    return false;
  if (request->as_of != DAY_NONE)
    cut.as_of = request->as_of;
  cut.known_at = request->known_at;
  cut.sources = request->sources;
  *as_of = cut.as_of;
  return report_make(db, &cut, grid, error);
}

/* Writes a table in a format, durably, and measures the file. */
static bool write_table(const struct grid *grid, const struct render_format *format, const char *path,
                        struct manifest_file *file, struct error *error) {
  AUTO_OUTPUT struct output *output = NULL;
  struct render_options options = {.width = 0, .for_excel = file->for_excel};
  unsigned char digest[SHA256_SIZE];
  struct stat status;
  if (!output_open(&output, path, error) || !render_write(format, grid, &options, output, error) ||
      !output_close(&output, error) || !sha256_file(path, digest, error))
    return false;
  if (stat(path, &status) != 0)
    return error_errno(error, ERROR_CANNOT_WRITE, "cannot read back \"%s\"", path);
  sha256_format(digest, file->sha256);
  file->rows = grid_rows(grid);
  file->bytes = (uint64_t)status.st_size;
  return true;
}

/* ---- the set ------------------------------------------------------------- */

/* A set on its way. */
struct making {
  struct db *db;
  const struct job *job;
  const struct set_request *request;
  const char *folder;
  struct manifest *manifest;
};

static void describe_file(const struct job_report *report, const struct grid *grid, const char *language, day as_of,
                          const struct render_format *format, struct manifest_file *file) {
  file->table = memory_string(report->name);
  file->report = memory_string(report->report);
  file->title = memory_string(grid->title != NULL ? grid->title : report->name);
  file->language = memory_string(language);
  file->format = memory_string(format->name);
  file->for_excel = report->for_excel && (format->flags & RENDER_SEPARATED) != 0;
  file->as_of = as_of;
  for (size_t i = 0; i < report->setting_count; i++)
    file->settings[file->setting_count++] =
        (struct job_setting){memory_string(report->settings[i].key), memory_string(report->settings[i].value), 0};
}

static bool add_file(struct making *making, const struct job_report *report, const struct grid *grid,
                     const struct table_request *request, day as_of, const struct render_format *format,
                     struct error *error) {
  char day_text[DAY_TEXT_SIZE], date[MOMENT_TEXT_SIZE];
  AUTO_TEXT struct text name = {0};
  moment_format(making->manifest->snapshot_at, date);
  date[DAY_TEXT_SIZE - 1] = '\0';
  struct job_file_facts facts = {making->job->name, report->name, request->language,
                                 as_of != DAY_NONE ? day_format(as_of, day_text) : date, date};
  job_file_name(report, &facts, format, &name);
  struct manifest_file *file = manifest_add(making->manifest, name.data);
  describe_file(report, grid, request->language, as_of, format, file);
  if (job_report_is_records(report)) {
    file->has_since = true;
    file->since = request->since;
  }
  AUTO_FREE char *path = folder_join(making->folder, name.data);
  if (!write_table(grid, format, path, file, error))
    return false;
  manifest_fields(file, grid);
  return true;
}

static bool add_table(struct making *making, const struct job_report *report, const char *language,
                      struct error *error) {
  const struct manifest *previous = making->request->previous;
  struct table_request request = {
      .language = language,
      .as_of = making->request->as_of,
      .known_at = making->manifest->known_at,
      .position = making->manifest->position,
      .since = report->since_last && previous != NULL ? previous->position : 0,
  };
  AUTO_GRID struct grid *grid = NULL;
  day as_of;
  for (size_t format = 0; format < report->format_count; format++)
    request.sources = request.sources || (report->formats[format]->flags & RENDER_SOURCES) != 0;
  if (!make_table(making->db, report, &request, &as_of, &grid, error))
    return false;
  for (size_t format = 0; format < report->format_count; format++)
    if (!add_file(making, report, grid, &request, as_of, report->formats[format], error))
      return false;
  return true;
}

/* What the snapshot is: its moment, what is known in it, who made the database. */
static bool describe_snapshot(struct making *making, struct error *error) {
  struct manifest *manifest = making->manifest;
  AUTO_RESULT PGresult *snapshot = NULL;
  AUTO_RESULT PGresult *batch = NULL;
  AUTO_RESULT PGresult *notices = NULL;
  AUTO_TEXT struct text made_by = {0};
  AUTO_TEXT struct text server = {0};
  int version = PQserverVersion(db_connection(making->db));
  struct known_at known;
  if (!db_query(making->db, sql_snapshot, NULL, &snapshot, error) ||
      !batch_known_at(making->db, making->request->known_at, &known, error) ||
      !db_query_at(making->db, sql_batch_sha256_at, known.position, &batch, error) ||
      !db_query_at(making->db, sql_report_notices, known.position, &notices, error))
    return false;
  for (int row = 0; row < db_rows(notices); row++)
    manifest_notice(manifest, db_text(notices, row, 0));
  text_add_format(&made_by, "rectrack %s", PACKAGE_VERSION);
  text_add_format(&server, "%d.%d", version / 10000, version % 10000);
  manifest->job = memory_string(making->job->name);
  manifest->snapshot_at = (moment)db_int(snapshot, 0, 0);
  manifest->schema_version = (int)db_int(snapshot, 0, 1);
  manifest->position = known.position;
  manifest->known_at = known.at;
  manifest->server = text_take(&server);
  manifest->made_by = text_take(&made_by);
  if (db_rows(batch) > 0)
    memcpy(manifest->ledger_sha256, db_text(batch, 0, 0), SHA256_TEXT_SIZE);
  return true;
}

static bool make_all(struct making *making, struct error *error) {
  if (!describe_snapshot(making, error))
    return false;
  for (size_t i = 0; i < making->job->report_count; i++) {
    const struct job_report *report = &making->job->reports[i];
    for (size_t language = 0; language < report->language_count; language++)
      if (!add_table(making, report, report->languages[language], error))
        return false;
  }
  return true;
}

bool set_make(struct db *db, const struct job *job, const struct set_request *request, const char *folder,
              struct manifest *manifest, struct error *error) {
  struct making making = {db, job, request, folder, manifest};
  *manifest = (struct manifest){0};
  if (!db_begin(db, DB_READ_SNAPSHOT, error))
    return false;
  if (make_all(&making, error) && db_commit(db, error))
    return true;
  db_rollback(db);
  return false;
}

/* ---- again --------------------------------------------------------------- */

static bool reproduce_file(struct db *db, const struct manifest *manifest, const struct manifest_file *file,
                           const char *folder, bool *same, struct error *error) {
  struct job_report report = {.name = file->table, .report = file->report, .setting_count = file->setting_count};
  struct manifest_file made = {.for_excel = file->for_excel};
  const struct render_format *format = render_find(file->format, error);
  struct table_request request = {file->language,     file->as_of,
                                  manifest->known_at, manifest->position,
                                  file->since,        format != NULL && (format->flags & RENDER_SOURCES) != 0};
  AUTO_FREE char *path = folder_join(folder, file->path);
  AUTO_GRID struct grid *grid = NULL;
  day as_of;
  memcpy(report.settings, file->settings, sizeof report.settings);
  if (format == NULL || !make_table(db, &report, &request, &as_of, &grid, error) ||
      !write_table(grid, format, path, &made, error))
    return false;
  *same = strcmp(made.sha256, file->sha256) == 0;
  return true;
}

/* Columns of export_published.sql. */
enum published { PUBLISHED_SHA256, PUBLISHED_RUN };

/* The first row whose manifest is, or isn't, the one that is looked for; -1 for none. */
static int find_published(const PGresult *published, const char *sha256, bool is) {
  for (int row = 0; row < db_rows(published); row++) {
    const char *noted = db_text(published, row, PUBLISHED_SHA256);
    if ((noted != NULL && strcmp(noted, sha256) == 0) == is)
      return row;
  }
  return -1;
}

/*
 * The database remembers what it published; a set of another database isn't known to it.  Whoever may read may note a
 * run, so where two say that they published the set, one of them is false, and who looks must tell which.
 */
static bool check_published(struct db *db, const struct manifest *manifest, error_sink *finding, void *context,
                            size_t *findings, struct error *error) {
  AUTO_RESULT PGresult *published = NULL;
  struct db_params params = {0};
  struct error difference;
  db_param_text(&params, manifest->job);
  db_param_text(&params, manifest->set);
  if (!db_query(db, sql_export_published, &params, &published, error))
    return false;
  int this = find_published(published, manifest->sha256, true);
  int other = find_published(published, manifest->sha256, false);
  if (other < 0)
    return true;
  if (this < 0) {
    error_set(&difference, ERROR_FOUND, "%s: not the one that was published as %s (%s)", MANIFEST_NAME, manifest->set,
              db_text(published, other, PUBLISHED_RUN));
    error_remedy(&difference, "Take the set from where it was published; \"rectrack export history\" has its run.");
  } else {
    error_set(&difference, ERROR_FOUND, "%s: two runs say that they published %s: %s; %s, with another manifest",
              MANIFEST_NAME, manifest->set, db_text(published, this, PUBLISHED_RUN),
              db_text(published, other, PUBLISHED_RUN));
    error_remedy(&difference, "Ask whoever keeps the job which of them was its own.");
  }
  finding(context, &difference);
  (*findings)++;
  return true;
}

static bool reproduce_all(struct db *db, const struct manifest *manifest, const char *folder, error_sink *finding,
                          void *context, size_t *findings, struct error *error) {
  if (!check_published(db, manifest, finding, context, findings, error))
    return false;
  for (size_t i = 0; i < manifest->file_count; i++) {
    bool same = false;
    struct error difference;
    if (!reproduce_file(db, manifest, &manifest->files[i], folder, &same, error))
      return false;
    if (same)
      continue;
    error_set(&difference, ERROR_FOUND, "%s: the database gives other bytes than those that were published",
              manifest->files[i].path);
    error_remedy(&difference, "It was made by %s; see \"rectrack verify\", and compare the two.", manifest->made_by);
    finding(context, &difference);
    (*findings)++;
  }
  return true;
}

bool set_reproduce(struct db *db, const struct manifest *manifest, const char *folder, error_sink *finding,
                   void *context, size_t *findings, struct error *error) {
  *findings = 0;
  if (!db_begin(db, DB_READ_SNAPSHOT, error))
    return false;
  if (reproduce_all(db, manifest, folder, finding, context, findings, error) && db_commit(db, error))
    return true;
  db_rollback(db);
  return false;
}
