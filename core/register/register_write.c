/* Adding to the register: what a file of it says that the database doesn't say yet. */
#include "core/register/register_private.h"

#include "core/base/memory.h"
#include "core/base/text.h"
#include "sql_catalogue.h"

#include <stdlib.h>
#include <string.h>

const char *register_file_name(enum register_file file) {
  return register_forms[file].name;
}

/* ---- numbers and names --------------------------------------------------- */

static bool load_ids(struct register_writer *writer, struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  if (!db_query(writer->db, sql_register_ids, NULL, &result, error))
    return false;
  writer->ids = name_index_new();
  for (int row = 0; row < db_rows(result); row++) {
    AUTO_TEXT struct text key = {0};
    text_add_format(&key, "%s %s", db_text(result, row, 0), db_text(result, row, 1));
    int32_t id = (int32_t)db_int(result, row, 2);
    name_index_add(writer->ids, key.data, key.length, id);
    for (int what = 0; what < IDENTITIES; what++)
      if (strcmp(identity_names[what], db_text(result, row, 0)) == 0 && writer->next_id[what] < id)
        writer->next_id[what] = id;
  }
  return true;
}

static bool load_name_keys(struct register_writer *writer, struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  if (!db_query(writer->db, sql_register_name_keys, NULL, &result, error))
    return false;
  writer->name_keys = name_index_new();
  for (int row = 0; row < db_rows(result); row++) {
    const char *key = db_text(result, row, 0);
    name_index_add(writer->name_keys, key, strlen(key), (int32_t)db_int(result, row, 1));
  }
  return true;
}

/* ---- reading a file ------------------------------------------------------ */

static void row_free(struct register_row *row) {
  for (size_t i = 0; i < REGISTER_COLUMNS_MAX; i++)
    free(row->fields[i].kept);
}

/* A row as one string, for comparing with what stands in the database. */
static void add_row_text(const struct register_row *row, size_t count, struct text *out) {
  for (size_t i = 0; i < count; i++)
    canonical_text(out, row->fields[i].value, row->fields[i].value != NULL ? strlen(row->fields[i].value) : 0);
}

/* What a row is about.  A State may have any number of aliases and former names, each a subject of its own. */
static void add_subject(const struct register_form *form, const struct register_row *row, struct text *out) {
  bool many = form->is_one_of_many != NULL && form->is_one_of_many(row);
  add_row_text(row, many ? form->count : form->keys, out);
}

/* Gives each row of a statement in the file's columns to `take`. `batch_id` NULL: the rows that stand. */
static bool load_rows(struct register_writer *writer, const struct register_form *form, const char *batch_id,
                      void (*take)(struct register_writer *writer, const struct register_form *form,
                                   const struct register_row *row),
                      struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  struct db_params params = {0};
  db_param_text(&params, batch_id);
  if (!db_query(writer->db, form->current, &params, &result, error))
    return false;
  for (int i = 0; i < db_rows(result); i++) {
    struct register_row row = {0};
    for (size_t column = 0; column < form->count; column++)
      row.fields[column].value = db_text(result, i, (int)column);
    take(writer, form, &row);
  }
  return true;
}

static void keep_current(struct register_writer *writer, const struct register_form *form,
                         const struct register_row *row) {
  AUTO_TEXT struct text key = {0};
  add_row_text(row, form->count, &key);
  name_index_add(writer->current, text_string(&key), key.length, 0);
  AUTO_TEXT struct text subject = {0};
  add_subject(form, row, &subject);
  name_index_add(writer->subjects, text_string(&subject), subject.length, 0);
}

/* The newest shipped row of a subject is met first, and counts; the index holds subjects and rows. */
static void keep_shipped(struct register_writer *writer, const struct register_form *form,
                         const struct register_row *row) {
  AUTO_TEXT struct text subject = {0};
  AUTO_TEXT struct text whole = {0};
  text_add(&subject, "about ");
  add_subject(form, row, &subject);
  add_row_text(row, form->count, &whole);
  if (name_index_add(writer->shipped, subject.data, subject.length, 0))
    name_index_add(writer->shipped, whole.data, whole.length, 0);
}

static bool load_shipped(struct register_writer *writer, const struct register_form *form, struct error *error) {
  AUTO_RESULT PGresult *batches = NULL;
  if (!db_query(writer->db, sql_register_shipped_batches, NULL, &batches, error))
    return false;
  writer->shipped = name_index_new();
  for (int row = 0; row < db_rows(batches); row++)
    if (!load_rows(writer, form, db_text(batches, row, 0), keep_shipped, error))
      return false;
  return true;
}

static bool load_current(struct register_writer *writer, const struct register_form *form, struct error *error) {
  name_index_free(&writer->current);
  name_index_free(&writer->subjects);
  name_index_free(&writer->shipped);
  name_index_free(&writer->seen);
  writer->current = name_index_new();
  writer->subjects = name_index_new();
  writer->seen = name_index_new();
  return load_rows(writer, form, NULL, keep_current, error) && (!writer->shipping || load_shipped(writer, form, error));
}

/* True when the register says so already; or when an earlier shipped one said so, even where somebody corrected it
 * since: the correction stays. */
static bool is_known(struct register_writer *writer, const struct text *row) {
  return !name_index_add(writer->current, text_string(row), row->length, 0) ||
         (writer->shipping && name_index_find(writer->shipped, text_string(row), row->length) >= 0);
}

/* Two rows about the same thing contradict each other. */
static void check_not_repeated(struct register_writer *writer, const struct register_form *form,
                               const struct register_row *row, const struct text *subject, struct import_rows *rows) {
  if (name_index_add(writer->seen, text_string(subject), subject->length, 0))
    return;
  struct error fault;
  error_set(&fault, ERROR_DATA, "a second row for \"%s\"", row->fields[form->keys - 1].value);
  error_remedy(&fault, "Keep one of the two rows.");
  import_rows_fault(rows, 0, &fault);
}

static void read_field(struct register_writer *writer, const struct register_form *form, size_t column,
                       struct register_row *row, struct import_rows *rows) {
  struct error fault;
  struct register_field *field = &row->fields[column];
  field->value = form->needed[column] ? import_required(rows, column, NULL) : import_value(rows, column, NULL);
  if (field->value == NULL)
    return;
  if ((form->checks[column] != NULL && !form->checks[column](field, &fault)) ||
      (form->look_ups[column] != NULL && !form->look_ups[column](writer, field, &fault)))
    import_rows_fault(rows, column, &fault);
}

struct register_reading {
  struct register_writer *writer;
  const struct register_form *form;
  struct import_rows *rows;
};

/* One row of the file: unchanged, a new version, or refused. */
static void take_row(void *context) {
  const struct register_reading *reading = context;
  struct register_writer *writer = reading->writer;
  const struct register_form *form = reading->form;
  struct import_rows *rows = reading->rows;
  __attribute__((cleanup(row_free))) struct register_row row = {0};
  AUTO_TEXT struct text key = {0}, subject = {0};
  for (size_t column = 0; column < form->count; column++)
    read_field(writer, form, column, &row, rows);
  if (rows->refused)
    return;
  add_subject(form, &row, &subject);
  check_not_repeated(writer, form, &row, &subject, rows);
  add_row_text(&row, form->count, &key);
  if (!rows->refused && is_known(writer, &key)) {
    rows->summary->unchanged++;
    return;
  }
  if (!rows->refused && form->check != NULL)
    form->check(writer, &row, rows);
  if (rows->refused)
    return;
  rows->summary->added++;
  rows->summary->superseding += name_index_find(writer->subjects, text_string(&subject), subject.length) >= 0;
  form->write(writer, &row);
}

bool register_writer_read(struct register_writer *writer, enum register_file file, struct csv_reader *reader,
                          const struct import_options *options, struct import_summary *summary, struct error *error) {
  const struct register_form *form = &register_forms[file];
  AUTO_IMPORT_ROWS struct import_rows rows = {0};
  struct register_reading reading = {writer, form, &rows};
  return import_rows_begin(&rows, options, summary, reader, form->columns, form->count, error) &&
         load_current(writer, form, error) && import_rows_read(&rows, take_row, &reading, error);
}

/* ---- the writer ---------------------------------------------------------- */

bool register_writer_begin(struct db *db, struct register_writer **out, struct error *error) {
  AUTO_REGISTER_WRITER struct register_writer *writer = memory_new(1, sizeof *writer);
  writer->db = db;
  if (!db_query(db, sql_register_lock, NULL, NULL, error) || !batch_begin(db, &writer->batch, error) ||
      !load_ids(writer, error) || !load_name_keys(writer, error))
    return false;
  *out = writer;
  writer = NULL;
  return true;
}

void register_writer_ship(struct register_writer *writer) {
  writer->shipping = true;
}

void register_writer_free(struct register_writer **pointer) {
  struct register_writer *writer = *pointer;
  if (writer == NULL)
    return;
  batch_free(&writer->batch);
  name_index_free(&writer->ids);
  name_index_free(&writer->name_keys);
  name_index_free(&writer->current);
  name_index_free(&writer->subjects);
  name_index_free(&writer->shipped);
  name_index_free(&writer->seen);
  name_index_free(&writer->written);
  free(writer);
  *pointer = NULL;
}

struct batch *register_writer_batch(struct register_writer *writer) {
  return writer->batch;
}
