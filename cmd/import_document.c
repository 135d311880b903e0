/* import document: what a report was read as, shown, written for review, or stored. */
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

static void add_addressees(struct text *out, const struct import_document_result *result) {
  AUTO_TEXT struct text line = {0};
  text_add(&line, strcmp(result->addressees, "*") == 0 ? "all Parties" : result->addressees);
  if (result->addressees_from != NULL)
    text_add_format(&line, " (from %s)", result->addressees_from);
  add_line(out, "Addressees", text_string(&line));
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
  add_addressees(out, result);
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

/* ---- what is done with it ------------------------------------------------- */

static bool show(const struct command *command, const struct import_document_result *result, struct error *error) {
  AUTO_TEXT struct text out = {0};
  add_masthead(&out, result);
  add_paragraphs(&out, result->document);
  add_recommendations(&out, result->document);
  add_statements(&out, result);
  if (!session_write(command, text_string(&out), out.length, error))
    return false;
  session_say(command, "nothing was stored");
  return true;
}

/* The recommendations in the columns that "import recommendations" reads, for a person to check first. */
static bool write_review(const struct command *command, const struct import_document_result *result,
                         struct error *error) {
  static const char *const columns[] = {"document", "reference", "text",   "instrument", "addressees",
                                        "articles", "themes",    "due_on", "scale"};
  AUTO_GRID struct grid *grid = grid_new(NULL);
  const struct document *document = result->document;
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
    grid_column(grid, columns[i], columns[i]);
  for (size_t i = 0; i < document->recommendation_count; i++) {
    char place[REFERENCE_PLACE_SIZE];
    grid_cell(grid, result->symbol);
    grid_cell(grid, reference_place(&document->recommendations[i].reference, place));
    grid_cell(grid, document->paragraphs[document->recommendations[i].paragraph].text);
    grid_cell(grid, result->instrument);
    grid_cell(grid, result->addressees);
    for (int empty = 0; empty < 3; empty++)
      grid_cell(grid, NULL);
    grid_cell(grid, result->scale);
  }
  if (!session_write_grid(command, grid, error))
    return false;
  session_say(command,
              "nothing was stored; check the %zu recommendations, then run \"rectrack import recommendations "
              "FILE --new-documents\"",
              document->recommendation_count);
  return true;
}

static void confirm(const struct command *command, const struct import_document_result *result) {
  if (result->already_there) {
    session_say(command, "nothing to do: this very file is stored as %s (batch %" PRId32 ")", result->symbol,
                result->batch_id);
    return;
  }
  session_say(command, "stored %s: %zu paragraphs, %zu recommendations (%s), statements of %zu States", result->symbol,
              result->document->paragraph_count, result->document->recommendation_count,
              result->instrument != NULL ? result->instrument : "no instrument", result->document->statement_count);
  if (strcmp(result->addressees, "*") != 0)
    session_say(command, "addressed to %s, as %s says", result->addressees, result->addressees_from);
  session_say(command, "batch %" PRId32 ", ledger position %" PRId32, result->batch_id, result->position);
}

bool import_report(const struct command *command, struct error *error) {
  AUTO_DB struct db *db = NULL;
  AUTO_IMPORT_DOCUMENT struct import_document_result result = {0};
  bool review = options_flag(&command->options, "review");
  struct import_document_options import = {
      .path = command->options.operands[1],
      .symbol = options_text(&command->options, "symbol"),
      .instrument = options_text(&command->options, "instrument"),
      .scale = options_text(&command->options, "scale"),
      .addressees = options_text(&command->options, "addressees"),
      .notice = options_text(&command->options, "notice"),
      .dry_run = review || options_flag(&command->options, "dry-run"),
  };
  if (!session_open(command, &db, error) || !import_document(db, &import, &result, error))
    return false;
  tell_findings(command, result.document);
  if (review)
    return write_review(command, &result, error);
  if (import.dry_run)
    return show(command, &result, error);
  confirm(command, &result);
  return true;
}
