/* Adding to the register: one table of files, each with its columns, what stands in the database, and what a new row
 * writes. */
#include "core/register_write.h"

#include "core/import_rows.h"
#include "core/memory.h"
#include "core/name_index.h"
#include "core/register_fields.h"
#include "core/text.h"
#include "sql_catalogue.h"

#include <stdlib.h>
#include <string.h>

#define COLUMNS_MAX 12

struct register_writer {
  struct db *db;
  struct batch *batch;
  struct name_index *ids;       /* "state ITA", "level greco/not-implemented" to their number */
  struct name_index *name_keys; /* folded name to State */
  int32_t next_id[5];           /* by enum identity */
  bool shipping;                /* the register that is shipped with the program is being read */
  struct name_index *current;   /* rows that stand in the database, of the file being read */
  struct name_index *shipped;   /* what the registers shipped before said of each subject; NULL unless shipping */
  struct name_index *seen;      /* what the rows read so far were about */
  struct name_index *written;   /* names that this batch has */
};

enum identity { IDENTITY_STATE, IDENTITY_INSTRUMENT, IDENTITY_THEME, IDENTITY_SCALE, IDENTITY_LEVEL, IDENTITIES };
static const char *const identity_names[IDENTITIES] = {"state", "instrument", "theme", "scale", "level"};

struct row {
  struct register_field fields[COLUMNS_MAX];
};

static void row_free(struct row *row) {
  for (size_t i = 0; i < COLUMNS_MAX; i++)
    free(row->fields[i].kept);
}

/* A field that must be found in the register. */
typedef bool look_up(struct register_writer *writer, struct register_field *field, struct error *error);
/* What a new row writes. *bad is the column to blame on false. */
typedef bool write_row(struct register_writer *writer, const struct row *row, size_t *bad, struct error *error);

struct file_form {
  const char *name;
  const char *current; /* statement that gives what stands, in the file's columns */
  size_t count;
  size_t keys; /* the first so many columns say what a row is about; a file has one row for each */
  struct csv_column columns[COLUMNS_MAX];
  register_field_check *checks[COLUMNS_MAX];
  look_up *look_ups[COLUMNS_MAX];
  bool needed[COLUMNS_MAX]; /* the field may not be empty */
  write_row *write;
};

/* ---- identities ---------------------------------------------------------- */

static int32_t find_id(const struct register_writer *writer, enum identity what, const char *code) {
  AUTO_TEXT struct text key = {0};
  text_add_format(&key, "%s %s", identity_names[what], code);
  return name_index_find(writer->ids, key.data, key.length);
}

/* The number of a code; *made tells that it is a new one. */
static int32_t id_for(struct register_writer *writer, enum identity what, const char *code, bool *made) {
  int32_t id = find_id(writer, what, code);
  *made = id < 0;
  if (id >= 0)
    return id;
  AUTO_TEXT struct text key = {0};
  text_add_format(&key, "%s %s", identity_names[what], code);
  id = ++writer->next_id[what];
  name_index_add(writer->ids, key.data, key.length, id);
  return id;
}

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

/* ---- looking up ----------------------------------------------------------- */

/* A State by any name or code, kept as its alpha-3 code. */
static bool look_up_state(struct register_writer *writer, struct register_field *field, struct error *error) {
  const char *value = field->value;
  if (find_id(writer, IDENTITY_STATE, value) >= 0)
    return true;
  AUTO_FREE char *key = text_fold(value, strlen(value));
  int32_t state = name_index_find(writer->name_keys, key, strlen(key));
  if (state < 0) {
    error_set(error, ERROR_DATA, "unknown State: \"%s\"", value);
    return error_remedy(error,
                        "See \"rectrack list states\"; a new State comes first with \"rectrack import states\".");
  }
  AUTO_RESULT PGresult *result = NULL;
  struct db_params params = {0};
  db_param_int(&params, state);
  if (!db_query(writer->db, sql_register_state_code, &params, &result, error))
    return false;
  register_field_keep(field, memory_string(db_text(result, 0, 0)));
  return true;
}

static bool look_up_instrument(struct register_writer *writer, struct register_field *field, struct error *error) {
  if (find_id(writer, IDENTITY_INSTRUMENT, field->value) >= 0)
    return true;
  error_set(error, ERROR_DATA, "unknown instrument: \"%s\"", field->value);
  return error_remedy(error,
                      "See \"rectrack list instruments\"; a new one comes first with \"rectrack import instruments\".");
}

/* ---- what a new row writes ----------------------------------------------- */

static void write_texts(struct batch *batch, const struct row *row, size_t from, size_t to) {
  for (size_t i = from; i < to; i++)
    batch_text(batch, row->fields[i].value);
}

/* Adds a name under which a State is found, once in a batch; refuses one that belongs to another State. */
static bool write_name(struct register_writer *writer, int32_t state, const char *language, const char *kind,
                       const char *name, struct error *error) {
  AUTO_FREE char *key = text_fold(name, strlen(name));
  if (!name_index_add(writer->name_keys, key, strlen(key), state) &&
      name_index_find(writer->name_keys, key, strlen(key)) != state) {
    error_set(error, ERROR_DATA, "another State has this name or code already: \"%s\"", name);
    return error_remedy(error, "A name can lead to one State only; see \"rectrack list states\".");
  }
  AUTO_TEXT struct text row = {0};
  text_add_format(&row, "%d %s %s %s", state, language, kind, name);
  if (writer->written == NULL)
    writer->written = name_index_new();
  if (!name_index_add(writer->written, row.data, row.length, 0))
    return true;
  batch_row(writer->batch, TABLE_STATE_NAME);
  batch_int(writer->batch, state);
  batch_text(writer->batch, language);
  batch_text(writer->batch, kind);
  batch_text(writer->batch, name);
  batch_text(writer->batch, key);
  batch_int(writer->batch, batch_id(writer->batch));
  return true;
}

static bool write_state(struct register_writer *writer, const struct row *row, size_t *bad, struct error *error) {
  bool made;
  int32_t id = id_for(writer, IDENTITY_STATE, row->fields[0].value, &made);
  if (made) {
    batch_row(writer->batch, TABLE_STATE);
    batch_int(writer->batch, id);
    batch_text(writer->batch, row->fields[0].value);
    batch_int(writer->batch, batch_id(writer->batch));
  }
  batch_row(writer->batch, TABLE_STATE_VERSION);
  batch_int(writer->batch, id);
  batch_int(writer->batch, batch_id(writer->batch));
  write_texts(writer->batch, row, 1, 12);
  static const struct {
    const char *language, *kind;
  } names[] = {{"", "iso3"}, {"", "iso2"}, {"", "m49"}, {"en", "short"}, {"en", "formal"}};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    *bad = i;
    if (row->fields[i].value != NULL &&
        !write_name(writer, id, names[i].language, names[i].kind, row->fields[i].value, error))
      return false;
  }
  return true;
}

static bool write_state_name(struct register_writer *writer, const struct row *row, size_t *bad, struct error *error) {
  *bad = 3;
  int32_t state = find_id(writer, IDENTITY_STATE, row->fields[0].value);
  return write_name(writer, state, row->fields[1].value, row->fields[2].value, row->fields[3].value, error);
}

static bool write_instrument(struct register_writer *writer, const struct row *row, size_t *bad, struct error *error) {
  (void)bad, (void)error;
  bool made;
  int32_t id = id_for(writer, IDENTITY_INSTRUMENT, row->fields[0].value, &made);
  if (made) {
    batch_row(writer->batch, TABLE_INSTRUMENT);
    batch_int(writer->batch, id);
    batch_text(writer->batch, row->fields[0].value);
    batch_int(writer->batch, batch_id(writer->batch));
  }
  batch_row(writer->batch, TABLE_INSTRUMENT_VERSION);
  batch_int(writer->batch, id);
  batch_int(writer->batch, batch_id(writer->batch));
  write_texts(writer->batch, row, 1, 5);
  return true;
}

static bool write_party(struct register_writer *writer, const struct row *row, size_t *bad, struct error *error) {
  (void)bad, (void)error;
  batch_row(writer->batch, TABLE_PARTY);
  batch_int(writer->batch, find_id(writer, IDENTITY_INSTRUMENT, row->fields[0].value));
  batch_int(writer->batch, find_id(writer, IDENTITY_STATE, row->fields[1].value));
  batch_int(writer->batch, batch_id(writer->batch));
  write_texts(writer->batch, row, 2, 6);
  return true;
}

static bool write_level(struct register_writer *writer, const struct row *row, size_t *bad, struct error *error) {
  (void)bad, (void)error;
  bool made;
  int32_t scale = id_for(writer, IDENTITY_SCALE, row->fields[0].value, &made);
  if (made) {
    batch_row(writer->batch, TABLE_SCALE);
    batch_int(writer->batch, scale);
    batch_text(writer->batch, row->fields[0].value);
    batch_int(writer->batch, batch_id(writer->batch));
  }
  AUTO_TEXT struct text code = {0};
  text_add_format(&code, "%s/%s", row->fields[0].value, row->fields[1].value);
  int32_t level = id_for(writer, IDENTITY_LEVEL, text_string(&code), &made);
  if (made) {
    batch_row(writer->batch, TABLE_LEVEL);
    batch_int(writer->batch, level);
    batch_int(writer->batch, scale);
    batch_text(writer->batch, row->fields[1].value);
    batch_int(writer->batch, batch_id(writer->batch));
  }
  batch_row(writer->batch, TABLE_LEVEL_VERSION);
  batch_int(writer->batch, level);
  batch_int(writer->batch, batch_id(writer->batch));
  write_texts(writer->batch, row, 2, 9);
  return true;
}

static bool write_article(struct register_writer *writer, const struct row *row, size_t *bad, struct error *error) {
  (void)bad, (void)error;
  batch_row(writer->batch, TABLE_ARTICLE);
  batch_int(writer->batch, find_id(writer, IDENTITY_INSTRUMENT, row->fields[0].value));
  batch_text(writer->batch, row->fields[1].value);
  batch_int(writer->batch, batch_id(writer->batch));
  batch_text(writer->batch, row->fields[2].value);
  return true;
}

static bool write_theme(struct register_writer *writer, const struct row *row, size_t *bad, struct error *error) {
  (void)bad, (void)error;
  bool made;
  int32_t id = id_for(writer, IDENTITY_THEME, row->fields[0].value, &made);
  if (made) {
    batch_row(writer->batch, TABLE_THEME);
    batch_int(writer->batch, id);
    batch_text(writer->batch, row->fields[0].value);
    batch_int(writer->batch, batch_id(writer->batch));
  }
  batch_row(writer->batch, TABLE_THEME_VERSION);
  batch_int(writer->batch, id);
  batch_int(writer->batch, batch_id(writer->batch));
  batch_text(writer->batch, row->fields[1].value);
  return true;
}

static bool write_body(struct register_writer *writer, const struct row *row, size_t *bad, struct error *error) {
  (void)bad, (void)error;
  AUTO_FREE char *key = text_fold(row->fields[0].value, strlen(row->fields[0].value));
  batch_row(writer->batch, TABLE_BODY_INSTRUMENT);
  batch_text(writer->batch, key);
  batch_text(writer->batch, row->fields[0].value);
  batch_int(writer->batch, find_id(writer, IDENTITY_INSTRUMENT, row->fields[1].value));
  batch_int(writer->batch, batch_id(writer->batch));
  return true;
}

/* ---- the files ----------------------------------------------------------- */

static const struct file_form forms[REGISTER_FILES] = {
    [REGISTER_STATES] = {.name = "states.csv",
                         .current = sql_register_current_states,
                         .count = 12,
                         .keys = 1,
                         .columns = {{"iso3", true},
                                     {"iso2", true},
                                     {"m49", true},
                                     {"name", true},
                                     {"name_formal", true},
                                     {"un_member", true},
                                     {"regional_group", true},
                                     {"m49_region", true},
                                     {"m49_subregion", true},
                                     {"ldc", true},
                                     {"lldc", true},
                                     {"sids", true}},
                         .checks = {[0] = register_check_iso3,
                                    [1] = register_check_iso2,
                                    [2] = register_check_m49,
                                    [5] = register_check_truth,
                                    [9] = register_check_truth,
                                    [10] = register_check_truth,
                                    [11] = register_check_truth},
                         .needed = {[0] = true, [3] = true, [5] = true, [9] = true, [10] = true, [11] = true},
                         .write = write_state},
    [REGISTER_NAMES] = {.name = "state_names.csv",
                        .current = sql_register_current_names,
                        .count = 4,
                        .keys = 3,
                        .columns = {{"iso3", true}, {"lang", true}, {"kind", true}, {"name", true}},
                        .checks = {[1] = register_check_language, [2] = register_check_name_kind},
                        .look_ups = {[0] = look_up_state},
                        .needed = {true, true, true, true},
                        .write = write_state_name},
    [REGISTER_INSTRUMENTS] =
        {.name = "instruments.csv",
         .current = sql_register_current_instruments,
         .count = 5,
         .keys = 1,
         .columns = {{"code", true},
                     {"title", true},
                     {"adopted_on", true},
                     {"in_force_on", true},
                     {"treaty_reference", false}},
         .checks = {[0] = register_check_code, [2] = register_check_date, [3] = register_check_date},
         .needed = {true, true},
         .write = write_instrument},
    [REGISTER_PARTIES] = {.name = "treaty_participation.csv",
                          .current = sql_register_current_parties,
                          .count = 6,
                          .keys = 2,
                          .columns = {{"instrument", true},
                                      {"iso3", true},
                                      {"deposited_on", true},
                                      {"action", false},
                                      {"source", false},
                                      {"withdrawn_on", false}},
                          .checks = {[2] = register_check_date, [3] = register_check_action, [5] = register_check_date},
                          .look_ups = {[0] = look_up_instrument, [1] = look_up_state},
                          .needed = {true, true},
                          .write = write_party},
    [REGISTER_SCALES] = {.name = "scales.csv",
                         .current = sql_register_current_scales,
                         .count = 9,
                         .keys = 2,
                         .columns = {{"scale", true},
                                     {"code", true},
                                     {"label", true},
                                     {"letter", true},
                                     {"rank", true},
                                     {"weight", true},
                                     {"closes", true},
                                     {"colour", true},
                                     {"kind", true}},
                         .checks = {[0] = register_check_code,
                                    [1] = register_check_code,
                                    [4] = register_check_rank,
                                    [5] = register_check_weight,
                                    [6] = register_check_truth,
                                    [7] = register_check_colour,
                                    [8] = register_check_level_kind},
                         .needed = {true, true, true, true, true, false, true, true, true},
                         .write = write_level},
    [REGISTER_ARTICLES] = {.name = "articles.csv",
                           .current = sql_register_current_articles,
                           .count = 3,
                           .keys = 2,
                           .columns = {{"instrument", true}, {"article", true}, {"title", true}},
                           .look_ups = {[0] = look_up_instrument},
                           .needed = {true, true, true},
                           .write = write_article},
    [REGISTER_THEMES] = {.name = "themes.csv",
                         .current = sql_register_current_themes,
                         .count = 2,
                         .keys = 1,
                         .columns = {{"code", true}, {"label", true}},
                         .checks = {[0] = register_check_code},
                         .needed = {true, true},
                         .write = write_theme},
    [REGISTER_BODIES] = {.name = "bodies.csv",
                         .current = sql_register_current_bodies,
                         .count = 2,
                         .keys = 1,
                         .columns = {{"body", true}, {"instrument", true}},
                         .look_ups = {[1] = look_up_instrument},
                         .needed = {true, true},
                         .write = write_body},
};

const char *register_file_name(enum register_file file) {
  return forms[file].name;
}

/* ---- reading a file ------------------------------------------------------ */

/* A row as one string, for comparing with what stands in the database. */
static void add_row_text(const struct row *row, size_t count, struct text *out) {
  for (size_t i = 0; i < count; i++)
    canonical_text(out, row->fields[i].value, row->fields[i].value != NULL ? strlen(row->fields[i].value) : 0);
}

/* What a row is about.  A State may have any number of aliases and former names, each a subject of its own. */
static void add_subject(const struct file_form *form, const struct row *row, struct text *out) {
  bool many = form->write == write_state_name &&
              (strcmp(row->fields[2].value, "alias") == 0 || strcmp(row->fields[2].value, "former") == 0);
  add_row_text(row, many ? form->count : form->keys, out);
}

/* Gives each row of a statement in the file's columns to `take`. `batch_id` NULL: the rows that stand. */
static bool load_rows(struct register_writer *writer, const struct file_form *form, const char *batch_id,
                      void (*take)(struct register_writer *writer, const struct file_form *form, const struct row *row),
                      struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  struct db_params params = {0};
  db_param_text(&params, batch_id);
  if (!db_query(writer->db, form->current, &params, &result, error))
    return false;
  for (int i = 0; i < db_rows(result); i++) {
    struct row row = {0};
    for (size_t column = 0; column < form->count; column++)
      row.fields[column].value = db_text(result, i, (int)column);
    take(writer, form, &row);
  }
  return true;
}

static void keep_current(struct register_writer *writer, const struct file_form *form, const struct row *row) {
  AUTO_TEXT struct text key = {0};
  add_row_text(row, form->count, &key);
  name_index_add(writer->current, key.data, key.length, 0);
}

/* The newest shipped row of a subject is met first, and counts; the index holds subjects and rows. */
static void keep_shipped(struct register_writer *writer, const struct file_form *form, const struct row *row) {
  AUTO_TEXT struct text subject = {0};
  AUTO_TEXT struct text whole = {0};
  text_add(&subject, "about ");
  add_subject(form, row, &subject);
  add_row_text(row, form->count, &whole);
  if (name_index_add(writer->shipped, subject.data, subject.length, 0))
    name_index_add(writer->shipped, whole.data, whole.length, 0);
}

static bool load_shipped(struct register_writer *writer, const struct file_form *form, struct error *error) {
  AUTO_RESULT PGresult *batches = NULL;
  if (!db_query(writer->db, sql_register_shipped_batches, NULL, &batches, error))
    return false;
  writer->shipped = name_index_new();
  for (int row = 0; row < db_rows(batches); row++)
    if (!load_rows(writer, form, db_text(batches, row, 0), keep_shipped, error))
      return false;
  return true;
}

static bool load_current(struct register_writer *writer, const struct file_form *form, struct error *error) {
  name_index_free(&writer->current);
  name_index_free(&writer->shipped);
  name_index_free(&writer->seen);
  writer->current = name_index_new();
  writer->seen = name_index_new();
  return load_rows(writer, form, NULL, keep_current, error) && (!writer->shipping || load_shipped(writer, form, error));
}

/* True when the register says so already; or when an earlier shipped one said so, even where somebody corrected it
 * since: the correction stays. */
static bool is_known(struct register_writer *writer, const struct text *row) {
  return !name_index_add(writer->current, row->data, row->length, 0) ||
         (writer->shipping && name_index_find(writer->shipped, row->data, row->length) >= 0);
}

/* Two rows about the same thing contradict each other. */
static bool check_not_repeated(struct register_writer *writer, const struct file_form *form, const struct row *row,
                               struct error *error) {
  AUTO_TEXT struct text subject = {0};
  add_subject(form, row, &subject);
  if (name_index_add(writer->seen, subject.data, subject.length, 0))
    return true;
  error_set(error, ERROR_DATA, "a second row for \"%s\"", row->fields[form->keys - 1].value);
  return error_remedy(error, "Keep one of the two rows.");
}

static bool check_row(struct register_writer *writer, const struct file_form *form, struct row *row, size_t *bad,
                      struct error *error) {
  for (size_t column = 0; column < form->count; column++) {
    *bad = column;
    if (row->fields[column].value == NULL) {
      if (!form->needed[column])
        continue;
      error_set(error, ERROR_DATA, "no value in column \"%s\"", form->columns[column].name);
      return error_remedy(error, "This column can't be left empty.");
    }
    struct register_field *field = &row->fields[column];
    if (form->checks[column] != NULL && !form->checks[column](field, error))
      return false;
    if (form->look_ups[column] != NULL && !form->look_ups[column](writer, field, error))
      return false;
  }
  *bad = 0;
  return check_not_repeated(writer, form, row, error);
}

/* One row of the file: unchanged, a new version, or refused. */
static void take_row(struct register_writer *writer, const struct file_form *form, struct csv_reader *reader,
                     const struct import_options *options, struct import_summary *summary) {
  __attribute__((cleanup(row_free))) struct row row = {0};
  for (size_t column = 0; column < form->count; column++)
    row.fields[column].value = import_value(reader, column, NULL);
  struct error problem;
  size_t bad = 0;
  if (!check_row(writer, form, &row, &bad, &problem)) {
    import_refuse(options, reader, bad, &problem, summary);
    return;
  }
  AUTO_TEXT struct text key = {0};
  add_row_text(&row, form->count, &key);
  if (is_known(writer, &key)) {
    summary->unchanged++;
    return;
  }
  if (!form->write(writer, &row, &bad, &problem))
    import_refuse(options, reader, bad, &problem, summary);
  else
    summary->added++;
}

bool register_writer_read(struct register_writer *writer, enum register_file file, struct csv_reader *reader,
                          const struct import_options *options, struct import_summary *summary, struct error *error) {
  const struct file_form *form = &forms[file];
  if (!csv_reader_header(reader, form->columns, form->count, error) || !load_current(writer, form, error))
    return false;
  struct error problem;
  for (enum csv_next next; (next = csv_reader_next(reader, &problem)) != CSV_END;) {
    if (next == CSV_FAILED) {
      *error = problem;
      return false;
    }
    summary->rows++;
    if (next == CSV_BAD_ROW)
      import_refuse_placed(options, &problem, summary);
    else
      take_row(writer, form, reader, options, summary);
  }
  return true;
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
  name_index_free(&writer->shipped);
  name_index_free(&writer->seen);
  name_index_free(&writer->written);
  free(writer);
  *pointer = NULL;
}

struct batch *register_writer_batch(struct register_writer *writer) {
  return writer->batch;
}
