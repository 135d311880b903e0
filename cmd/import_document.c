/* import document: what was read, for review, and what was stored. */
#include "cmd/import_kinds.h"
#include "cmd/session.h"
#include "core/text.h"

#include <inttypes.h>
#include <string.h>

static void add_line(struct text *out, const char *name, const char *value) {
  if (value != NULL && *value != '\0')
    text_add_format(out, "%-12s %s\n", name, value);
}

static void add_escaped_line(struct text *out, const char *head, const char *value) {
  text_add(out, head);
  text_add_escaped(out, value, strlen(value));
  text_add_char(out, '\n');
}

static void add_masthead(struct text *out, const struct import_document_result *result) {
  const struct document *document = result->document;
  char from[DAY_TEXT_SIZE], to[DAY_TEXT_SIZE], dated[DAY_TEXT_SIZE];
  AUTO_TEXT struct text held = {0};
  AUTO_TEXT struct text instrument = {0};
  if (document->held != NULL)
    text_add_format(&held, "%s (%s to %s)", document->held, day_format(document->held_from, from),
                    day_format(document->held_to, to));
  text_add_format(&instrument, "%s%s%s%s",
                  result->instrument != NULL ? result->instrument : "none: give it with --instrument",
                  result->instrument != NULL ? " (from " : "",
                  result->instrument != NULL ? result->instrument_from : "", result->instrument != NULL ? ")" : "");
  add_line(out, "Symbol", result->symbol);
  add_line(out, "Conference", document->conference);
  add_line(out, "Body", document->body);
  add_line(out, "Session", document->session);
  add_line(out, "Title", document->title);
  add_line(out, "Place", document->place);
  add_line(out, "Held", text_string(&held));
  add_line(out, "Dated", day_format(document->dated, dated));
  add_line(out, "Language", document->language);
  add_line(out, "Instrument", text_string(&instrument));
}

static void add_paragraphs(struct text *out, const struct document *document) {
  text_add_format(out, "\nParagraphs: %zu\n", document->paragraph_count);
  for (size_t i = 0; i < document->paragraph_count; i++) {
    const struct paragraph *paragraph = &document->paragraphs[i];
    AUTO_TEXT struct text head = {0};
    text_add_format(&head, "  %4ju  %-9s %-10s %s", (uintmax_t)paragraph->line, paragraph_kind_name(paragraph->kind),
                    paragraph->place, paragraph->continued ? "(continued) " : "");
    size_t length = text_prefix(paragraph->text, 60);
    text_add(out, text_string(&head));
    text_add_escaped(out, paragraph->text, length);
    text_add(out, paragraph->text[length] != '\0' ? "…\n" : "\n");
  }
}

static void add_recommendations(struct text *out, const struct document *document) {
  text_add_format(out, "\nRecommendations: %zu\n", document->recommendation_count);
  size_t chapeau = SIZE_MAX;
  for (size_t i = 0; i < document->recommendation_count; i++) {
    const struct document_recommendation *item = &document->recommendations[i];
    char place[REFERENCE_PLACE_SIZE];
    AUTO_TEXT struct text head = {0};
    if (item->chapeau != chapeau && item->chapeau != SIZE_MAX)
      add_escaped_line(out, "  ", document->paragraphs[item->chapeau].text);
    chapeau = item->chapeau;
    text_add_format(&head, "    %-10s ", reference_place(&item->reference, place));
    add_escaped_line(out, text_string(&head), document->paragraphs[item->paragraph].text);
  }
}

static void add_statements(struct text *out, const struct import_document_result *result) {
  const struct document *document = result->document;
  text_add_format(out, "\nStatements: %zu\n", document->statement_count);
  for (size_t i = 0; i < document->statement_count; i++) {
    AUTO_TEXT struct text head = {0};
    text_add_format(&head, "    %-10s %-4s ", document->paragraphs[document->statements[i].paragraph].place,
                    result->statement_states[i] != NULL ? result->statement_states[i] : "?");
    add_escaped_line(out, text_string(&head), document->statements[i].name);
  }
}

static void tell_findings(const struct command *command, const struct document *document) {
  for (size_t i = 0; i < document->finding_count; i++) {
    struct error finding;
    error_set(&finding, ERROR_DATA, "%s", document->findings[i].message);
    error_at(&finding, command->options.operands[1], document->findings[i].line, 0);
    session_print_error(NULL, &finding);
  }
}

bool import_report(const struct command *command, struct error *error) {
  AUTO_DB struct db *db = NULL;
  AUTO_IMPORT_DOCUMENT struct import_document_result result = {0};
  struct import_document_options import = {
      .path = command->options.operands[1],
      .symbol = options_text(&command->options, "symbol"),
      .instrument = options_text(&command->options, "instrument"),
      .scale = options_text(&command->options, "scale"),
      .notice = options_text(&command->options, "notice"),
      .dry_run = options_flag(&command->options, "dry-run"),
  };
  if (!session_open(command, &db, error) || !import_document(db, &import, &result, error))
    return false;
  tell_findings(command, result.document);
  if (import.dry_run) {
    AUTO_TEXT struct text out = {0};
    add_masthead(&out, &result);
    add_paragraphs(&out, result.document);
    add_recommendations(&out, result.document);
    add_statements(&out, &result);
    if (!session_write(command, text_string(&out), out.length, error))
      return false;
    session_say(command, "nothing was stored");
  } else if (result.already_there) {
    session_say(command, "nothing to do: this very file is stored as %s (batch %" PRId32 ")", result.symbol,
                result.batch_id);
  } else {
    session_say(command, "stored %s: %zu paragraphs, %zu recommendations (%s), statements of %zu States", result.symbol,
                result.document->paragraph_count, result.document->recommendation_count,
                result.instrument != NULL ? result.instrument : "no instrument", result.document->statement_count);
    session_say(command, "batch %" PRId32 ", ledger position %" PRId32, result.batch_id, result.position);
  }
  return true;
}
