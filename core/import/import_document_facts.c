/* What options and text leave open of a document: its symbol, instrument, scale, addressees, and who made statements.
 */
#include "core/base/memory.h"
#include "core/base/text.h"
#include "core/document/reference.h"
#include "core/import/import_document_private.h"
#include "core/ledger/batch.h"
#include "core/rows/import_rows.h"
#include "sql_catalogue.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char DEFAULT_SCALE[] = "implementation";
static const char EVERYBODY[] = "*";

static void add_finding(struct document *document, uint64_t line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void add_finding(struct document *document, uint64_t line, const char *format, ...) {
  char message[1024];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  document->findings = memory_resize(document->findings, document->finding_count + 1, sizeof *document->findings);
  document->findings[document->finding_count++] = (struct document_finding){line, memory_string(message)};
}

/* ---- symbol -------------------------------------------------------------- */

/* The line on which the document says its symbol. */
static uint64_t symbol_line(const struct document *document) {
  for (size_t i = 0; i < document->paragraph_count; i++)
    if (strstr(document->paragraphs[i].text, document->symbol) != NULL)
      return document->paragraphs[i].line;
  return 1;
}

static bool choose_symbol(const struct document_import *import, struct error *error) {
  const char *symbol = import->options->symbol != NULL ? import->options->symbol : import->result->document->symbol;
  if (symbol == NULL) {
    error_set(error, ERROR_DATA, "%s: the document doesn't say its symbol", import_file_name(import->options->path));
    return error_remedy(error, "Give it with --symbol, such as --symbol CTOC/COP/WG.7/2018/L.1/Add.1.");
  }
  if (!reference_check_symbol(symbol, strlen(symbol), error))
    return false;
  struct document *document = import->result->document;
  if (document->symbol != NULL && strcmp(document->symbol, symbol) != 0 && import->result->symbol == NULL)
    add_finding(document, symbol_line(document),
                "the document says that its symbol is \"%s\"; \"%s\" is taken, as given", document->symbol, symbol);
  free(import->result->symbol);
  import->result->symbol = memory_string(symbol);
  return true;
}

/* ---- instrument ---------------------------------------------------------- */

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

static bool choose_scale(struct document_import *import, struct error *error) {
  const char *code = import->options->scale != NULL ? import->options->scale : DEFAULT_SCALE;
  const struct scale *scale = register_find_scale(import->reg, code, error);
  if (scale == NULL)
    return false;
  import->scale_id = scale->id;
  free(import->result->scale);
  import->result->scale = memory_string(scale->code);
  return true;
}

/* ---- States -------------------------------------------------------------- */

static void add_addressee(struct document_import *import, const struct state *state) {
  AUTO_TEXT struct text codes = {0};
  if (import->addressee_count > 0)
    text_add_format(&codes, "%s ", import->result->addressees);
  text_add(&codes, state->iso3);
  import->addressees = memory_resize(import->addressees, import->addressee_count + 1, sizeof *import->addressees);
  import->addressees[import->addressee_count++] = state->id;
  free(import->result->addressees);
  import->result->addressees = text_take(&codes);
}

/* Codes as they were given, separated by spaces. */
static bool read_addressees(struct document_import *import, const char *codes, struct error *error) {
  for (codes += strspn(codes, " "); *codes != '\0'; codes += strspn(codes, " ")) {
    size_t length = strcspn(codes, " ");
    const struct state *state = register_find_state(import->reg, codes, length, error);
    if (state == NULL)
      return false;
    bool again = false;
    for (size_t i = 0; i < import->addressee_count; i++)
      again = again || import->addressees[i] == state->id;
    if (!again)
      add_addressee(import, state);
    codes += length;
  }
  return true;
}

/* The one State that the document is about. */
static bool read_one_addressee(struct document_import *import, const char *name, struct error *error) {
  const struct state *state = register_find_state(import->reg, name, strlen(name), error);
  if (state != NULL) {
    add_addressee(import, state);
    return true;
  }
  error_set(error, ERROR_DATA, "the document is about one State, but \"%s\" is not in the register", name);
  return error_remedy(error, "Say with --addressees whom its recommendations are addressed to: a State, such as "
                             "--addressees ITA, or '*' for all Parties.");
}

static bool choose_addressees(struct document_import *import, struct error *error) {
  const char *given = import->options->addressees, *name = import->result->document->state;
  free(import->addressees);
  free(import->result->addressees);
  import->addressees = NULL;
  import->addressee_count = 0;
  import->result->addressees = NULL;
  import->result->addressees_from = given != NULL ? "--addressees" : name != NULL ? "the document's title" : NULL;
  bool everybody = given != NULL ? strcmp(given, EVERYBODY) == 0 : name == NULL;
  if (!everybody && !(given != NULL ? read_addressees(import, given, error) : read_one_addressee(import, name, error)))
    return false;
  if (import->addressee_count == 0)
    import->result->addressees = memory_string(EVERYBODY);
  return true;
}

/* Looking for the nearest name is slow: a text that only looks like names gets help for so many. */
enum { UNKNOWN_NAMES_MAX = 200 };

/* The State of that name; NULL with the problem. `unknown` counts the names that led nowhere. */
static const struct state *find_speaker(const struct document_import *import, const char *name, size_t *unknown,
                                        struct error *problem) {
  AUTO_FREE char *key = text_fold(name, strlen(name));
  int32_t found = name_index_find(import->reg->names, key, strlen(key));
  if (found >= 0)
    return &import->reg->states[found];
  if (*unknown < UNKNOWN_NAMES_MAX) {
    const struct state *state = register_find_state(import->reg, name, strlen(name), problem);
    *unknown += state == NULL;
    return state;
  }
  *problem = (struct error){0};
  error_set(problem, ERROR_DATA, "unknown State: \"%.*s\"", text_shown(name, strlen(name)), name);
  return NULL;
}

/* The States behind the names of those who made statements; a name that leads nowhere is a finding. */
static void resolve_statements(struct document_import *import) {
  struct document *document = import->result->document;
  if (import->result->statement_states != NULL)
    return;
  size_t unknown = 0;
  import->result->statement_states = memory_new(document->statement_count, sizeof *import->result->statement_states);
  for (size_t i = 0; i < document->statement_count; i++) {
    const struct document_statement *statement = &document->statements[i];
    struct error problem = {0};
    const struct state *state = find_speaker(import, statement->name, &unknown, &problem);
    if (state != NULL) {
      import->result->statement_states[i] = memory_string(state->iso3);
      continue;
    }
    add_finding(document, document->paragraphs[statement->paragraph].line,
                "%s: the statement is kept as text only%s%s%s", problem.message, *problem.remedy ? " (" : "",
                problem.remedy, *problem.remedy ? ")" : "");
  }
}

/* ---- the whole ----------------------------------------------------------- */

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
  if (stored != NULL && strcmp(stored, sha256_format(import->result->digest, digest)) == 0) {
    import->result->already_there = true;
    import->result->batch_id = (int32_t)db_int(result, 0, 2);
    return true;
  }
  error_set(error, ERROR_DATA, "another text is stored as \"%s\" already", import->result->symbol);
  return error_remedy(error, "Give this document its own symbol, or take the other back with \"rectrack undo %s\".",
                      db_text(result, 0, 2));
}

bool import_document_decide(struct db *db, struct document_import *import, struct error *error) {
  register_free(&import->reg);
  import->result->already_there = false;
  if (!register_load(db, POSITION_NEWEST, NULL, &import->reg, error) || !choose_symbol(import, error) ||
      !choose_instrument(db, import, error) || !choose_scale(import, error) || !choose_addressees(import, error) ||
      !check_symbol_free(db, import, error))
    return false;
  resolve_statements(import);
  return true;
}
