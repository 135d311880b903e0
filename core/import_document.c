/* A meeting report into one batch: the document, all its paragraphs, the statements that it lists, its recommendations.
 */
#include "core/import.h"

#include "core/batch.h"
#include "core/import_rows.h"
#include "core/memory.h"
#include "core/recommendation_write.h"
#include "core/register.h"
#include "core/text.h"
#include "sql_catalogue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char DEFAULT_SCALE[] = "implementation";

struct document_import {
  const struct import_document_options *options;
  struct import_document_result *result;
  unsigned char digest[SHA256_SIZE];
  struct state_register *reg;
  int16_t instrument_id; /* 0: none */
  int16_t scale_id;
};

void import_document_result_free(struct import_document_result *result) {
  if (result->document != NULL && result->statement_states != NULL)
    for (size_t i = 0; i < result->document->statement_count; i++)
      free(result->statement_states[i]);
  free(result->statement_states);
  free(result->symbol);
  free(result->instrument);
  document_free(&result->document);
  *result = (struct import_document_result){0};
}

/* ---- what the document is ------------------------------------------------ */

static bool choose_symbol(const struct document_import *import, struct error *error) {
  const char *symbol = import->options->symbol != NULL ? import->options->symbol : import->result->document->symbol;
  if (symbol == NULL) {
    error_set(error, ERROR_DATA, "%s: the document doesn't say its symbol", import_file_name(import->options->path));
    return error_remedy(error, "Give it with --symbol, such as --symbol CTOC/COP/WG.7/2018/L.1/Add.1.");
  }
  if (!reference_check_symbol(symbol, strlen(symbol), error))
    return false;
  free(import->result->symbol);
  import->result->symbol = memory_string(symbol);
  return true;
}

/* The instrument that the fixture names for a body; 0 when it names none. */
static bool instrument_of_body(struct db *db, const char *body, int16_t *id, struct error *error) {
  *id = 0;
  if (body == NULL)
    return true;
  AUTO_FREE char *key = text_fold(body, strlen(body));
  AUTO_RESULT PGresult *result = NULL;
  struct db_params params = {0};
  db_param_text(&params, key);
  if (!db_query(db, sql_body_instrument, &params, &result, error))
    return false;
  if (db_rows(result) > 0)
    *id = (int16_t)db_int(result, 0, 0);
  return true;
}

static bool choose_instrument(struct db *db, struct document_import *import, struct error *error) {
  const struct document *document = import->result->document;
  if (import->options->instrument != NULL) {
    const struct instrument *given = register_find_instrument(import->reg, import->options->instrument, error);
    if (given == NULL)
      return false;
    import->instrument_id = given->id;
    import->result->instrument_from = "--instrument";
  } else if (!instrument_of_body(db, document->body, &import->instrument_id, error)) {
    return false;
  } else if (import->instrument_id != 0) {
    import->result->instrument_from = "the document's body";
  } else if (!instrument_of_body(db, document->conference, &import->instrument_id, error)) {
    return false;
  } else if (import->instrument_id != 0) {
    import->result->instrument_from = "the document's conference";
  }
  const struct instrument *instrument = register_instrument(import->reg, import->instrument_id);
  free(import->result->instrument);
  import->result->instrument = instrument != NULL ? memory_string(instrument->code) : NULL;
  return true;
}

static void add_finding(struct document *document, uint64_t line, const char *message) {
  document->findings = memory_resize(document->findings, document->finding_count + 1, sizeof *document->findings);
  document->findings[document->finding_count++] = (struct document_finding){line, memory_string(message)};
}

/* The States behind the names of those who made statements; a name that leads nowhere is a finding. */
static void resolve_statements(struct document_import *import) {
  struct document *document = import->result->document;
  if (import->result->statement_states != NULL)
    return;
  import->result->statement_states = memory_new(document->statement_count, sizeof *import->result->statement_states);
  for (size_t i = 0; i < document->statement_count; i++) {
    const struct document_statement *statement = &document->statements[i];
    struct error problem;
    const struct state *state = register_find_state(import->reg, statement->name, strlen(statement->name), &problem);
    if (state != NULL) {
      import->result->statement_states[i] = memory_string(state->iso3);
      continue;
    }
    AUTO_TEXT struct text message = {0};
    text_add_format(&message, "%s; the statement is kept as text only. %s", problem.message, problem.remedy);
    add_finding(document, document->paragraphs[statement->paragraph].line, text_string(&message));
  }
}

/* Whether the symbol is free; the same file under it is no mistake. */
static bool check_symbol_free(struct db *db, const struct document_import *import, struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  struct db_params params = {0};
  char digest[SHA256_TEXT_SIZE];
  db_param_text(&params, import->result->symbol);
  if (!db_query(db, sql_document_by_symbol, &params, &result, error))
    return false;
  if (db_rows(result) == 0)
    return true;
  const char *stored = db_text(result, 0, 1);
  if (stored != NULL && strcmp(stored, sha256_format(import->digest, digest)) == 0) {
    import->result->already_there = true;
    import->result->batch_id = (int32_t)db_int(result, 0, 2);
    return true;
  }
  error_set(error, ERROR_DATA, "another text is stored as \"%s\" already", import->result->symbol);
  return error_remedy(error, "Give this document its own symbol, or take the other back with \"rectrack undo %s\".",
                      db_text(result, 0, 2));
}

/* ---- rows ---------------------------------------------------------------- */

static void write_document(struct batch *batch, const struct document_import *import, int32_t id) {
  const struct document *document = import->result->document;
  batch_row(batch, TABLE_DOCUMENT);
  batch_int(batch, id);
  batch_text(batch, import->result->symbol);
  batch_text(batch, document->title);
  batch_text(batch, document->conference);
  batch_text(batch, document->body);
  batch_text(batch, document->session);
  batch_text(batch, document->distribution);
  batch_text(batch, document->place);
  batch_text(batch, document->held);
  batch_day(batch, document->held_from);
  batch_day(batch, document->held_to);
  batch_day(batch, document->dated);
  batch_text(batch, document->language[0] != '\0' ? document->language : NULL);
  batch_text(batch, document->original_language[0] != '\0' ? document->original_language : NULL);
  if (import->instrument_id != 0)
    batch_int(batch, import->instrument_id);
  else
    batch_text(batch, NULL);
  batch_text(batch, import_file_name(import->options->path));
  batch_digest(batch, import->digest);
  batch_int(batch, batch_id(batch));
}

static void write_paragraphs(struct batch *batch, const struct document *document, int32_t document_id) {
  for (size_t i = 0; i < document->paragraph_count; i++) {
    const struct paragraph *paragraph = &document->paragraphs[i];
    batch_row(batch, TABLE_PARAGRAPH);
    batch_int(batch, document_id);
    batch_int(batch, (int64_t)i + 1);
    batch_text(batch, paragraph_kind_name(paragraph->kind));
    batch_text(batch, paragraph->number);
    batch_text(batch, paragraph->place);
    batch_text(batch, paragraph->text);
    batch_bool(batch, paragraph->continued);
    batch_int(batch, (int64_t)paragraph->line);
    batch_int(batch, batch_id(batch));
  }
}

/* A State that is named twice in one paragraph counts once. */
static bool is_named_before(const struct import_document_result *result, size_t index) {
  const struct document_statement *statements = result->document->statements;
  for (size_t i = 0; i < index; i++)
    if (statements[i].paragraph == statements[index].paragraph && result->statement_states[i] != NULL &&
        strcmp(result->statement_states[i], result->statement_states[index]) == 0)
      return true;
  return false;
}

static void write_statements(struct batch *batch, const struct document_import *import, int32_t document_id) {
  const struct import_document_result *result = import->result;
  for (size_t i = 0; i < result->document->statement_count; i++) {
    const char *iso3 = result->statement_states[i];
    struct error ignored;
    const struct state *state = iso3 != NULL ? register_find_state(import->reg, iso3, strlen(iso3), &ignored) : NULL;
    if (state == NULL || is_named_before(result, i))
      continue;
    batch_row(batch, TABLE_STATEMENT);
    batch_int(batch, document_id);
    batch_int(batch, (int64_t)result->document->statements[i].paragraph + 1);
    batch_int(batch, state->id);
    batch_text(batch, result->document->statements[i].name);
    batch_int(batch, batch_id(batch));
  }
}

static void write_recommendations(struct batch *batch, const struct document_import *import,
                                  const struct identity_numbers *numbers) {
  const struct document *document = import->result->document;
  for (size_t i = 0; i < document->recommendation_count; i++) {
    const struct document_recommendation *item = &document->recommendations[i];
    int32_t rec_id = numbers->rec_id + 1 + (int32_t)i;
    recommendation_write_identity(batch, rec_id, numbers->document_id + 1, &item->reference);
    struct recommendation_version version = {
        .rec_id = rec_id,
        .text = document->paragraphs[item->paragraph].text,
        .chapeau = item->chapeau != SIZE_MAX ? document->paragraphs[item->chapeau].text : NULL,
        .instrument_id = import->instrument_id,
        .scale_id = import->scale_id,
        .to_all_parties = true,
        .due_on = DAY_NONE,
    };
    recommendation_write_version(batch, &version);
  }
}

/* ---- the whole ----------------------------------------------------------- */

static bool store(struct db *db, struct document_import *import, const struct identity_numbers *numbers,
                  struct error *error) {
  const struct document *document = import->result->document;
  AUTO_BATCH struct batch *batch = NULL;
  if (!batch_begin(db, &batch, error))
    return false;
  write_document(batch, import, numbers->document_id + 1);
  write_paragraphs(batch, document, numbers->document_id + 1);
  write_statements(batch, import, numbers->document_id + 1);
  write_recommendations(batch, import, numbers);
  AUTO_TEXT struct text summary = {0};
  text_add_format(&summary, "%s: %zu paragraphs, %zu recommendations", import->result->symbol,
                  document->paragraph_count, document->recommendation_count);
  struct batch_about about = {
      .kind = "document",
      .summary = text_string(&summary),
      .notice = import->options->notice,
      .file_name = import_file_name(import->options->path),
      .file_sha256 = import->digest,
  };
  import->result->batch_id = batch_id(batch);
  return batch_seal(batch, &about, &import->result->position, error);
}

static bool document_work(struct db *db, void *context, struct error *error) {
  struct document_import *import = context;
  struct identity_numbers numbers;
  const char *scale_code = import->options->scale != NULL ? import->options->scale : DEFAULT_SCALE;
  register_free(&import->reg);
  import->result->already_there = false;
  if (!identity_numbers_take(db, &numbers, error) || !register_load(db, POSITION_NEWEST, NULL, &import->reg, error) ||
      !choose_symbol(import, error) || !choose_instrument(db, import, error))
    return false;
  const struct scale *scale = register_find_scale(import->reg, scale_code, error);
  if (scale == NULL || !check_symbol_free(db, import, error))
    return false;
  import->scale_id = scale->id;
  resolve_statements(import);
  if (import->options->dry_run || import->result->already_there)
    return true; /* nothing was written */
  return store(db, import, &numbers, error);
}

bool import_document(struct db *db, const struct import_document_options *options,
                     struct import_document_result *result, struct error *error) {
  *result = (struct import_document_result){0};
  struct document_import import = {.options = options, .result = result};
  bool done = document_read(&result->document, options->path, import.digest, error) &&
              db_transaction(db, DB_WRITE, document_work, &import, error);
  register_free(&import.reg);
  return done;
}
