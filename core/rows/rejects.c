/* The rejects file of an import. */
#include "core/rows/rejects.h"

#include "core/base/memory.h"
#include "core/base/output.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

const struct csv_column reject_columns[REJECT_COLUMNS] = {
    {.name = "reject_line", .aside = true},
    {.name = "reject_reason", .aside = true},
    {.name = "reject_remedy", .aside = true},
};

struct rejects {
  const struct csv_reader *reader;
  struct output *output;
  char delimiter;
  size_t passed_over[REJECT_COLUMNS]; /* fields of an earlier refusal */
  struct text reasons, remedies;      /* of the current row */
};

/* ---- rows ---- */

static void add_field(struct text *line, const char *value, size_t length, char delimiter) {
  csv_write_field(line, value, length, line->length == 0, delimiter);
}

static bool is_passed_over(const struct rejects *rejects, size_t field) {
  for (size_t i = 0; i < REJECT_COLUMNS; i++)
    if (rejects->passed_over[i] == field)
      return true;
  return false;
}

/* The current row behind what is said of it. */
static bool write_row(struct rejects *rejects, struct text *line, struct error *error) {
  for (size_t i = 0; i < csv_reader_fields(rejects->reader); i++) {
    size_t length;
    const char *value = csv_reader_field(rejects->reader, i, &length);
    if (!is_passed_over(rejects, i))
      add_field(line, value, length, rejects->delimiter);
  }
  csv_write_end(line);
  return output_write(rejects->output, line->data, line->length, error);
}

static bool write_header(struct rejects *rejects, struct error *error) {
  AUTO_TEXT struct text line = {0};
  for (size_t i = 0; i < REJECT_COLUMNS; i++)
    add_field(&line, reject_columns[i].name, strlen(reject_columns[i].name), rejects->delimiter);
  /* a spreadsheet that wrote a mark needs one to read the file rightly */
  return (!csv_reader_has_mark(rejects->reader) || output_write(rejects->output, CSV_MARK, strlen(CSV_MARK), error)) &&
         write_row(rejects, &line, error);
}

/* Each once; two faults of a row may have one remedy. */
static void add_sentence(struct text *out, const char *between, const char *sentence) {
  if (*sentence == '\0' || strstr(text_string(out), sentence) != NULL)
    return;
  if (out->length > 0)
    text_add(out, between);
  text_add(out, sentence);
}

void rejects_fault(struct rejects *rejects, const char *column, const struct error *fault) {
  AUTO_TEXT struct text reason = {0};
  text_add_format(&reason, "%s%s%s", column != NULL ? column : "", column != NULL ? ": " : "", fault->message);
  add_sentence(&rejects->reasons, "; ", reason.data);
  add_sentence(&rejects->remedies, " ", fault->remedy);
}

bool rejects_row(struct rejects *rejects, struct error *error) {
  AUTO_TEXT struct text line = {0};
  text_add_format(&line, "%" PRIu64, csv_reader_line(rejects->reader));
  add_field(&line, rejects->reasons.data, rejects->reasons.length, rejects->delimiter);
  add_field(&line, rejects->remedies.length > 0 ? rejects->remedies.data : NULL, rejects->remedies.length,
            rejects->delimiter);
  text_clear(&rejects->reasons);
  text_clear(&rejects->remedies);
  return write_row(rejects, &line, error);
}

/* ---- the file ---- */

static bool same_file(const char *a, const char *b) {
  struct stat one, other;
  return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

bool rejects_open(struct rejects **out, const char *path, const struct csv_reader *reader, const char *reader_path,
                  size_t first_column, struct error *error) {
  if (same_file(path, reader_path)) {
    error_set(error, ERROR_USAGE, "the refused rows can't go to the file that is imported: \"%s\"", path);
    return error_remedy(error, "Name another file.");
  }
  __attribute__((cleanup(rejects_discard))) struct rejects *rejects = memory_new(1, sizeof *rejects);
  char delimiter = csv_reader_delimiter(reader);
  rejects->reader = reader;
  rejects->delimiter = delimiter == '|' ? ',' : delimiter; /* that one is not found without a `sep=` line */
  for (size_t i = 0; i < REJECT_COLUMNS; i++)
    rejects->passed_over[i] = csv_reader_field_of(reader, first_column + i);
  if (!output_open(&rejects->output, path, error) || !write_header(rejects, error))
    return false;
  *out = rejects;
  rejects = NULL;
  return true;
}

bool rejects_close(struct rejects **rejects, struct error *error) {
  bool done = output_close(&(*rejects)->output, error);
  rejects_discard(rejects);
  return done;
}

void rejects_discard(struct rejects **pointer) {
  struct rejects *rejects = *pointer;
  if (rejects == NULL)
    return;
  output_discard(&rejects->output);
  text_free(&rejects->reasons);
  text_free(&rejects->remedies);
  free(rejects);
  *pointer = NULL;
}
