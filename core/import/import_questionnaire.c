/*
 * A questionnaire that came back, into one batch.
 *
 * The form is made again from the knowledge that it went out with (core/questionnaire/questionnaire.h).  Locked cells
 * must be as they were; what was filled in becomes a status file in memory, which goes the way of every status file
 * (core/import/import_status.c).  Whatever is wrong is told with its cell.
 */
#include "core/import/import.h"

#include "core/base/input.h"
#include "core/questionnaire/returned_form.h"
#include "core/rows/import_rows.h"

#include <inttypes.h>

/* What the status import finds wrong with a row of its file is told at the row of the sheet. */
static void tell_at_row(void *context, const struct error *fault) {
  struct returned *returned = context;
  size_t row = FORM_FIRST_ROW;
  for (size_t i = 0; i < returned->row_count && returned->csv_lines[i] <= fault->line; i++)
    row = (size_t)returned->lines[i] - 1;
  returned_fault(returned, row, FORM_LEVEL, fault);
}

static bool read_workbook(struct returned *returned, struct error *error) {
  AUTO_TEXT struct text bytes = {0};
  const char *path = returned->options->path;
  return input_read(path, "Give the questionnaire itself, as it came back.", &bytes, returned->file_digest, error) &&
         workbook_read(&returned->workbook, input_name(path), text_string(&bytes), bytes.length, error);
}

static bool refuse_all(const struct returned *returned, struct error *error) {
  error_set(error, ERROR_DATA, "%s: %" PRIu64 " cell%s refused; nothing was stored",
            import_file_name(returned->workbook->name), returned->faults, returned->faults == 1 ? "" : "s");
  return error_remedy(error, "Mend the cells named above, with the State where it must decide, and import it again.");
}

static bool import_answers(struct db *db, struct returned *returned, struct import_summary *summary,
                           struct error *error) {
  const struct import_content content = {
      .bytes = returned->csv.data,
      .length = returned->csv.length,
      .digest = returned->file_digest,
      .lines = returned->lines,
  };
  struct import_options options = *returned->options;
  options.content = &content;
  options.problem = tell_at_row;
  options.problem_context = returned;
  return import_status(db, &options, summary, error);
}

/* Read in one snapshot; the import then has a transaction of its own. */
static bool read_form(struct db *db, struct returned *returned, struct error *error) {
  if (!db_begin(db, DB_READ_SNAPSHOT, error))
    return false;
  if (!returned_form(db, returned, error)) {
    db_rollback(db);
    return false;
  }
  return db_commit(db, error);
}

bool import_questionnaire(struct db *db, const struct import_options *options, struct import_summary *summary,
                          struct error *error) {
  __attribute__((cleanup(returned_free))) struct returned returned = {.options = options, .day_of_all = DAY_NONE};
  *summary = (struct import_summary){0};
  if (!read_workbook(&returned, error) ||
      !batch_of_file(db, "status", returned.file_digest, &summary->same_file, error))
    return false;
  if (summary->same_file != 0)
    return true;
  if (!read_form(db, &returned, error))
    return false;
  returned_compare(&returned);
  returned_answers(&returned);
  if (returned.faults > 0)
    return refuse_all(&returned, error);
  return returned.row_count == 0 || import_answers(db, &returned, summary, error);
}
