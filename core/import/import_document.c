/* A meeting report into one batch: the document, all its paragraphs, the statements that it lists, its recommendations.
 */
#include "core/import/import.h"

#include "core/base/memory.h"
#include "core/base/text.h"
#include "core/import/import_document_private.h"
#include "core/ledger/batch.h"
#include "core/recommendation/recommendation_write.h"
#include "core/rows/import_rows.h"

#include <stdlib.h>
#include <string.h>

void import_document_result_free(struct import_document_result *result) {
  if (result->document != NULL && result->statement_states != NULL)
    for (size_t i = 0; i < result->document->statement_count; i++)
      free(result->statement_states[i]);
  free(result->statement_states);
  free(result->symbol);
  free(result->instrument);
  free(result->scale);
  link_list_free(&result->links);
  free(result->addressees);
  document_free(&result->document);
  *result = (struct import_document_result){0};
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
  batch_digest(batch, import->result->digest);
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
        .to_all_parties = import->addressees == NULL,
        .due_on = DAY_NONE,
        .addressees = import->addressees,
        .addressee_count = import->addressee_count,
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
  import_document_write_links(batch, import, numbers->rec_id + 1);
  AUTO_TEXT struct text summary = {0};
  text_add_format(&summary, "%s: %zu paragraph%s, %zu recommendation%s", import->result->symbol,
                  document->paragraph_count, document->paragraph_count == 1 ? "" : "s", document->recommendation_count,
                  document->recommendation_count == 1 ? "" : "s");
  struct batch_about about = {
      .kind = "document",
      .summary = text_string(&summary),
      .notice = import->options->notice,
      .file_name = import_file_name(import->options->path),
      .file_sha256 = import->result->digest,
  };
  import->result->batch_id = batch_id(batch);
  return batch_seal(batch, &about, &import->result->position, error);
}

static bool document_work(struct db *db, void *context, struct error *error) {
  struct document_import *import = context;
  struct identity_numbers numbers;
  if (!identity_numbers_take(db, &numbers, error) || !import_document_decide(db, import, error) ||
      !import_document_find_links(db, import, error))
    return false;
  if (import->options->dry_run || import->result->already_there)
    return true; /* nothing was written */
  return store(db, import, &numbers, error);
}

bool import_document(struct db *db, const struct import_document_options *options,
                     struct import_document_result *result, struct error *error) {
  struct document_import import = {.options = options, .result = result};
  bool done = (result->document != NULL || document_read(&result->document, options->path, result->digest, error)) &&
              db_transaction(db, DB_WRITE, document_work, &import, error);
  register_free(&import.reg);
  recommendation_free(&import.earlier);
  free(import.addressees);
  return done;
}
