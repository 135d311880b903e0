/* The files of the register: the columns of each, what they may hold, and what a new row writes. */
#include "core/register/register_private.h"

#include "core/base/memory.h"
#include "core/base/text.h"
#include "sql_catalogue.h"

#include <string.h>

const char *const identity_names[IDENTITIES] = {"state", "instrument", "theme", "scale", "level"};

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

static void write_texts(struct batch *batch, const struct register_row *row, size_t from, size_t to) {
  for (size_t i = from; i < to; i++)
    batch_text(batch, row->fields[i].value);
}

/* The names under which a State is found that its own row has: of the columns with these numbers. */
static const struct {
  const char *language, *kind;
} own_names[] = {{"", "iso3"}, {"", "iso2"}, {"", "m49"}, {"en", "short"}, {"en", "formal"}};
enum { OWN_NAMES = sizeof own_names / sizeof *own_names };

/* A name can lead to one State only. `state` is -1 for a new one. */
static void check_name(const struct register_writer *writer, const struct register_row *row, size_t column,
                       int32_t state, struct import_rows *rows) {
  const char *name = row->fields[column].value;
  AUTO_FREE char *key = text_fold(name, strlen(name));
  int32_t owner = name_index_find(writer->name_keys, key, strlen(key));
  if (owner < 0 || owner == state)
    return;
  struct error fault;
  error_set(&fault, ERROR_DATA, "another State has this name or code already: \"%s\"", name);
  error_remedy(&fault, "A name can lead to one State only; see \"rectrack list states\".");
  import_rows_fault(rows, column, &fault);
}

static void check_state(const struct register_writer *writer, const struct register_row *row,
                        struct import_rows *rows) {
  int32_t state = find_id(writer, IDENTITY_STATE, row->fields[0].value);
  for (size_t i = 0; i < OWN_NAMES; i++)
    if (row->fields[i].value != NULL)
      check_name(writer, row, i, state, rows);
}

static void check_state_name(const struct register_writer *writer, const struct register_row *row,
                             struct import_rows *rows) {
  check_name(writer, row, 3, find_id(writer, IDENTITY_STATE, row->fields[0].value), rows);
}

/* Adds a name under which a State is found, once in a batch. */
static void write_name(struct register_writer *writer, int32_t state, const char *language, const char *kind,
                       const char *name) {
  AUTO_FREE char *key = text_fold(name, strlen(name));
  name_index_add(writer->name_keys, key, strlen(key), state);
  AUTO_TEXT struct text row = {0};
  text_add_format(&row, "%d %s %s %s", state, language, kind, name);
  if (writer->written == NULL)
    writer->written = name_index_new();
  if (!name_index_add(writer->written, row.data, row.length, 0))
    return;
  batch_row(writer->batch, TABLE_STATE_NAME);
  batch_int(writer->batch, state);
  batch_text(writer->batch, language);
  batch_text(writer->batch, kind);
  batch_text(writer->batch, name);
  batch_text(writer->batch, key);
  batch_int(writer->batch, batch_id(writer->batch));
}

static void write_state(struct register_writer *writer, const struct register_row *row) {
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
  for (size_t i = 0; i < OWN_NAMES; i++)
    if (row->fields[i].value != NULL)
      write_name(writer, id, own_names[i].language, own_names[i].kind, row->fields[i].value);
}

static void write_state_name(struct register_writer *writer, const struct register_row *row) {
  int32_t state = find_id(writer, IDENTITY_STATE, row->fields[0].value);
  write_name(writer, state, row->fields[1].value, row->fields[2].value, row->fields[3].value);
}

/* A State may have any number of these. */
static bool is_alias(const struct register_row *row) {
  const char *kind = row->fields[2].value;
  return strcmp(kind, "alias") == 0 || strcmp(kind, "former") == 0;
}

static void write_instrument(struct register_writer *writer, const struct register_row *row) {
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
}

static void write_party(struct register_writer *writer, const struct register_row *row) {
  batch_row(writer->batch, TABLE_PARTY);
  batch_int(writer->batch, find_id(writer, IDENTITY_INSTRUMENT, row->fields[0].value));
  batch_int(writer->batch, find_id(writer, IDENTITY_STATE, row->fields[1].value));
  batch_int(writer->batch, batch_id(writer->batch));
  write_texts(writer->batch, row, 2, 6);
}

static void write_level(struct register_writer *writer, const struct register_row *row) {
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
}

static void write_article(struct register_writer *writer, const struct register_row *row) {
  batch_row(writer->batch, TABLE_ARTICLE);
  batch_int(writer->batch, find_id(writer, IDENTITY_INSTRUMENT, row->fields[0].value));
  batch_text(writer->batch, row->fields[1].value);
  batch_int(writer->batch, batch_id(writer->batch));
  batch_text(writer->batch, row->fields[2].value);
}

static void write_theme(struct register_writer *writer, const struct register_row *row) {
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
}

static void write_body(struct register_writer *writer, const struct register_row *row) {
  AUTO_FREE char *key = text_fold(row->fields[0].value, strlen(row->fields[0].value));
  batch_row(writer->batch, TABLE_BODY_INSTRUMENT);
  batch_text(writer->batch, key);
  batch_text(writer->batch, row->fields[0].value);
  batch_int(writer->batch, find_id(writer, IDENTITY_INSTRUMENT, row->fields[1].value));
  batch_int(writer->batch, batch_id(writer->batch));
}

/* ---- the files ----------------------------------------------------------- */

const struct register_form register_forms[REGISTER_FILES] = {
    [REGISTER_STATES] = {.name = "states.csv",
                         .current = sql_register_current_states,
                         .count = 12,
                         .keys = 1,
                         .columns = {{"iso3", .required = true},
                                     {"iso2", .required = true},
                                     {"m49", .required = true},
                                     {"name", .required = true},
                                     {"name_formal", .required = true},
                                     {"un_member", .required = true},
                                     {"regional_group", .required = true},
                                     {"m49_region", .required = true},
                                     {"m49_subregion", .required = true},
                                     {"ldc", .required = true},
                                     {"lldc", .required = true},
                                     {"sids", .required = true}},
                         .checks = {[0] = register_check_iso3,
                                    [1] = register_check_iso2,
                                    [2] = register_check_m49,
                                    [5] = register_check_truth,
                                    [9] = register_check_truth,
                                    [10] = register_check_truth,
                                    [11] = register_check_truth},
                         .needed = {[0] = true, [3] = true, [5] = true, [9] = true, [10] = true, [11] = true},
                         .check = check_state,
                         .write = write_state},
    [REGISTER_NAMES] = {.name = "state_names.csv",
                        .current = sql_register_current_names,
                        .count = 4,
                        .keys = 3,
                        .columns = {{"iso3", .required = true},
                                    {"lang", .required = true},
                                    {"kind", .required = true},
                                    {"name", .required = true}},
                        .checks = {[1] = register_check_language, [2] = register_check_name_kind},
                        .look_ups = {[0] = look_up_state},
                        .needed = {true, true, true, true},
                        .check = check_state_name,
                        .write = write_state_name,
                        .is_one_of_many = is_alias},
    [REGISTER_INSTRUMENTS] =
        {.name = "instruments.csv",
         .current = sql_register_current_instruments,
         .count = 5,
         .keys = 1,
         .columns = {{"code", .required = true},
                     {"title", .required = true},
                     {"adopted_on", .required = true},
                     {"in_force_on", .required = true},
                     {.name = "treaty_reference"}},
         .checks = {[0] = register_check_code, [2] = register_check_date, [3] = register_check_date},
         .needed = {true, true},
         .write = write_instrument},
    [REGISTER_PARTIES] = {.name = "treaty_participation.csv",
                          .current = sql_register_current_parties,
                          .count = 6,
                          .keys = 2,
                          .columns = {{"instrument", .required = true},
                                      {"iso3", .required = true},
                                      {"deposited_on", .required = true},
                                      {.name = "action"},
                                      {.name = "source"},
                                      {.name = "withdrawn_on"}},
                          .checks = {[2] = register_check_date, [3] = register_check_action, [5] = register_check_date},
                          .look_ups = {[0] = look_up_instrument, [1] = look_up_state},
                          .needed = {true, true},
                          .write = write_party},
    [REGISTER_SCALES] = {.name = "scales.csv",
                         .current = sql_register_current_scales,
                         .count = 9,
                         .keys = 2,
                         .columns = {{"scale", .required = true},
                                     {"code", .required = true},
                                     {"label", .required = true},
                                     {"letter", .required = true},
                                     {"rank", .required = true},
                                     {"weight", .required = true},
                                     {"closes", .required = true},
                                     {"colour", .required = true},
                                     {"kind", .required = true}},
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
                           .columns = {{"instrument", .required = true},
                                       {"article", .required = true},
                                       {"title", .required = true}},
                           .look_ups = {[0] = look_up_instrument},
                           .needed = {true, true, true},
                           .write = write_article},
    [REGISTER_THEMES] = {.name = "themes.csv",
                         .current = sql_register_current_themes,
                         .count = 2,
                         .keys = 1,
                         .columns = {{"code", .required = true}, {"label", .required = true}},
                         .checks = {[0] = register_check_code},
                         .needed = {true, true},
                         .write = write_theme},
    [REGISTER_BODIES] = {.name = "bodies.csv",
                         .current = sql_register_current_bodies,
                         .count = 2,
                         .keys = 1,
                         .columns = {{"body", .required = true}, {"instrument", .required = true}},
                         .look_ups = {[1] = look_up_instrument},
                         .needed = {true, true},
                         .write = write_body},
};
