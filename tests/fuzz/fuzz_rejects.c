/*
 * libFuzzer target: any bytes as a file of which an import refuses rows and keeps them in a rejects file.  Besides
 * crashes it looks for broken promises: the rejects file can be imported like the file that it comes from, has every
 * refused row, with its fields as they were and what is wrong with it, and no other; refused again, the same rows are
 * left.
 *
 * Refused are rows of another width and those whose "name" begins with an x.
 */
#include "core/base/input.h"
#include "core/base/memory.h"
#include "core/rows/import_rows.h"
#include "tests/fuzz/must.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { NAME, NOTE, COLUMNS };
static const struct csv_column columns[COLUMNS] = {{.name = "name", .required = true}, {.name = "note"}};

/* What an import leaves behind. */
struct left {
  struct text file; /* the rejects file */
  struct text rows; /* the fields of the refused rows, as csv */
  uint64_t count;
  const struct csv_reader *reader;
};

static void left_free(struct left *left) {
  text_free(&left->file);
  text_free(&left->rows);
}
#define AUTO_LEFT __attribute__((cleanup(left_free)))

static bool says_why(const struct csv_reader *reader, size_t field) {
  for (size_t i = 0; i < REJECT_COLUMNS; i++)
    if (csv_reader_field_of(reader, COLUMNS + i) == field)
      return true;
  return false;
}

/* Told of each row that is refused, while it can be seen. */
static void note_row(void *context, const struct error *fault) {
  struct left *left = context;
  must_help(fault);
  for (size_t i = 0; i < csv_reader_fields(left->reader); i++) {
    size_t length;
    const char *value = csv_reader_field(left->reader, i, &length);
    if (!says_why(left->reader, i))
      csv_write_field(&left->rows, value, length, false, ',');
  }
  csv_write_end(&left->rows);
  left->count++;
}

/* In memory where there is a folder for that: nothing waits for a disk. */
static const char *rejects_path(void) {
  static char path[40];
  snprintf(path, sizeof path, "%s/rectrack-fuzz-%d", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp",
           (int)getpid());
  return path;
}

static bool refuse_rows(struct import_rows *rows, struct error *error) {
  for (bool more = true; more;) {
    struct error fault;
    if (!import_rows_next(rows, &more, error))
      return false;
    const char *name = more ? import_value(rows, NAME, NULL) : NULL;
    if (name == NULL || *name != 'x')
      continue;
    error_set(&fault, ERROR_DATA, "begins with an x");
    error_remedy(&fault, "Write another.");
    import_rows_fault(rows, NAME, &fault);
  }
  return import_rows_end(rows, error) || error->code == ERROR_DATA;
}

/* False when the file can't be read to its end. */
static bool import(const char *bytes, size_t length, struct left *left) {
  AUTO_CSV_READER struct csv_reader *reader = NULL;
  AUTO_IMPORT_ROWS struct import_rows rows = {0};
  struct import_summary summary = {0};
  struct error error;
  unsigned char digest[SHA256_SIZE];
  const struct import_options options = {
      .path = "input", .keep_going = true, .rejects = rejects_path(), .problem = note_row, .problem_context = left};
  if (!csv_reader_open_bytes(&reader, "input", bytes, length, &error))
    return false;
  left->reader = reader;
  if (!import_rows_begin(&rows, &options, &summary, reader, columns, COLUMNS, &error) || !refuse_rows(&rows, &error)) {
    must(access(options.rejects, F_OK) != 0);
    return false;
  }
  must(summary.bad == left->count);
  must(input_read(options.rejects, "", &left->file, digest, &error) && unlink(options.rejects) == 0);
  return true;
}

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size) {
  AUTO_LEFT struct left first = {0}, second = {0};
  if (!import((const char *)bytes, size, &first))
    return 0;
  must(import(text_string(&first.file), first.file.length, &second));
  must(first.count == second.count && strcmp(text_string(&first.rows), text_string(&second.rows)) == 0);
  return 0;
}
