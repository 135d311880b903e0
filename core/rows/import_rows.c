/* The rows of an import, one after the other. */
#include "core/rows/import_rows.h"

#include "core/base/input.h"
#include "core/base/interrupt.h"

#include <inttypes.h>
#include <string.h>

bool import_rows_begin(struct import_rows *rows, const struct import_options *options, struct import_summary *summary,
                       struct csv_reader *reader, const struct csv_column *columns, size_t count, struct error *error) {
  *rows = (struct import_rows){.options = options, .summary = summary, .reader = reader};
  memcpy(rows->columns, columns, count * sizeof *columns);
  memcpy(rows->columns + count, reject_columns, sizeof reject_columns);
  return csv_reader_header(reader, rows->columns, count + REJECT_COLUMNS, error) &&
         (options->rejects == NULL ||
          rejects_open(&rows->rejects, options->rejects, reader, options->path, count, error));
}

void import_rows_free(struct import_rows *rows) {
  rejects_discard(&rows->rejects);
}

static void refuse(struct import_rows *rows, const char *column, const struct error *fault) {
  rows->summary->bad += !rows->refused;
  rows->refused = true;
  if (rows->options->problem != NULL)
    rows->options->problem(rows->options->problem_context, fault);
  if (rows->rejects != NULL)
    rejects_fault(rows->rejects, column, fault);
}

void import_rows_fault(struct import_rows *rows, size_t column, struct error *fault) {
  csv_reader_blame(rows->reader, column, fault);
  refuse(rows, rows->columns[column].name, fault);
}

/* The row is done with: if it was refused, it is kept while it can still be seen. */
static bool leave_row(struct import_rows *rows, struct error *error) {
  bool refused = rows->refused;
  rows->refused = false;
  return !refused || rows->rejects == NULL || rejects_row(rows->rejects, error);
}

/* A blank row as spreadsheets save it, all delimiters: there is nothing in it that could be lost. */
static bool says_nothing(const struct csv_reader *reader) {
  size_t length = 0;
  for (size_t i = 0; i < csv_reader_fields(reader) && length == 0; i++)
    csv_reader_field(reader, i, &length);
  return length == 0;
}

bool import_rows_next(struct import_rows *rows, bool *more, struct error *error) {
  for (;;) {
    if (!leave_row(rows, error))
      return false;
    enum csv_next next = csv_reader_next(rows->reader, &rows->fault);
    *more = next != CSV_END;
    if (next == CSV_FAILED)
      *error = rows->fault;
    if (next == CSV_FAILED || next == CSV_END)
      return next == CSV_END;
    if (says_nothing(rows->reader))
      continue;
    rows->summary->rows++;
    if (next == CSV_ROW)
      return true;
    refuse(rows, NULL, &rows->fault);
    if (!interrupt_check(error))
      return false;
  }
}

bool import_rows_end(struct import_rows *rows, struct error *error) {
  const struct import_summary *summary = rows->summary;
  if (rows->rejects != NULL && !rejects_close(&rows->rejects, error))
    return false;
  if (summary->bad == 0 || (rows->options->keep_going && summary->bad < summary->rows))
    return true;
  error_set(error, ERROR_DATA, "%s: %" PRIu64 " of %" PRIu64 " rows refused; nothing was stored",
            import_file_name(rows->options->path), summary->bad, summary->rows);
  if (rows->options->rejects != NULL)
    return error_remedy(error, "Mend them in \"%s\" and import that file.", rows->options->rejects);
  if (rows->options->keep_going)
    return error_remedy(error, "Mend the rows named above and import them.");
  return error_remedy(error, "Mend the rows named above and import the file again, or keep what is good with "
                             "--keep-going --rejects FILE.");
}

bool import_rows_read(struct import_rows *rows, import_take_row *take_row, void *context, struct error *error) {
  bool more;
  if (!import_rows_next(rows, &more, error))
    return false;
  while (more) {
    take_row(context);
    if (!interrupt_check(error) || !import_rows_next(rows, &more, error))
      return false;
  }
  return import_rows_end(rows, error);
}

const char *import_value(const struct import_rows *rows, size_t column, size_t *length) {
  size_t here;
  const char *value = csv_reader_value(rows->reader, column, &here);
  if (here == 0)
    value = NULL;
  if (length != NULL)
    *length = here;
  return value;
}

const char *import_required(struct import_rows *rows, size_t column, size_t *length) {
  const char *value = import_value(rows, column, length);
  if (value == NULL) {
    error_set(&rows->fault, ERROR_DATA, "no value in column \"%s\"", rows->columns[column].name);
    error_remedy(&rows->fault, "This column can't be left empty.");
    import_rows_fault(rows, column, &rows->fault);
  }
  return value;
}

const char *import_file_name(const char *path) {
  const char *name = input_name(path), *slash = strrchr(name, '/');
  return slash != NULL && slash[1] != '\0' ? slash + 1 : name;
}

bool import_seal(struct batch *batch, const char *kind, const char *what, const struct import_options *options,
                 struct csv_reader *reader, struct import_summary *summary, struct error *error) {
  unsigned char digest[SHA256_SIZE];
  char digest_text[SHA256_TEXT_SIZE];
  AUTO_TEXT struct text words = {0};
  if (options->content != NULL)
    memcpy(digest, options->content->digest, sizeof digest);
  else
    csv_reader_digest(reader, digest);
  text_add_format(&words, "%s from %s", what, import_file_name(options->path));
  if (summary->bad > 0)
    text_add_format(&words, " (SHA-256 %s)", sha256_format(digest, digest_text));
  text_add_format(&words, ": %" PRIu64, summary->added);
  if (summary->bad > 0)
    text_add_format(&words, "; %" PRIu64 " of %" PRIu64 " rows were refused", summary->bad, summary->rows);
  const struct batch_about about = {
      .kind = kind,
      .summary = text_string(&words),
      .notice = options->notice,
      .file_name = import_file_name(options->path),
      .file_sha256 = summary->bad == 0 ? digest : NULL,
  };
  summary->batch_id = batch_id(batch);
  return batch_seal(batch, &about, &summary->position, error);
}
