/* import document: what a report was read as, shown, written for review, or stored. */
#include "cmd/import_kinds.h"
#include "cmd/session.h"
#include "core/base/text.h"

#include <inttypes.h>
#include <string.h>

/* No report has as many; what has more isn't one. */
enum { FINDINGS_MAX = 200 };

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

static void add_links(struct text *out, const struct link_list *links) {
  if (links->count > 0)
    text_add_format(out, "\nEarlier recommendations and what became of them: %zu\n", links->count);
  for (size_t i = 0; i < links->count; i++) {
    const struct link *link = &links->items[i];
    text_add_format(out, "    %-10s %s -> %s", link_outcome(link), link->old != NULL ? link->old : "nothing",
                    link->successor != NULL ? link->successor : "nothing");
    if (link->similarity >= 0)
      text_add_format(out, " (%d%% the same words)", link->similarity);
    text_add_char(out, '\n');
  }
}

static void tell_findings(const struct command *command, const struct document *document) {
  for (size_t i = 0; i < document->finding_count; i++) {
    if (i == FINDINGS_MAX) {
      session_say(command, "… and %zu more of them", document->finding_count - i);
      return;
    }
    struct error finding;
    error_set(&finding, ERROR_DATA, "%s", document->findings[i].message);
    error_at(&finding, command->options.operands[1], document->findings[i].line, 0);
    session_print_finding(command, &finding);
  }
}

/* ---- what is done with it ------------------------------------------------- */

static bool show(const struct command *command, const struct import_document_result *result, struct error *error) {
  AUTO_TEXT struct text out = {0};
  add_masthead(&out, result);
  add_paragraphs(&out, result->document);
  add_recommendations(&out, result->document);
  add_statements(&out, result);
  add_links(&out, &result->links);
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

static void tell_links(const struct command *command, const struct link_list *links) {
  size_t old = 0, dropped = 0;
  for (size_t i = 0; i < links->count; i++) {
    old += links->items[i].old != NULL;
    dropped += links->items[i].old != NULL && links->items[i].successor == NULL;
  }
  if (old > 0)
    session_say(command, "it supersedes %zu earlier recommendations, of which %zu were dropped", old, dropped);
}

static const char *ending(size_t count) {
  return count == 1 ? "" : "s";
}

static void confirm(const struct command *command, const struct import_document_result *result) {
  if (result->already_there) {
    session_say(command, "nothing to do: this very file is stored as %s (batch %" PRId32 ")", result->symbol,
                result->batch_id);
    if (result->links.count > 0)
      session_say(command,
                  "its links to the earlier version are not stored; write them with --review-links, and import "
                  "them with \"rectrack import links FILE\"");
    return;
  }
  const struct document *document = result->document;
  session_say(command, "stored %s: %zu paragraph%s, %zu recommendation%s (%s), statements of %zu State%s",
              result->symbol, document->paragraph_count, ending(document->paragraph_count),
              document->recommendation_count, ending(document->recommendation_count),
              result->instrument != NULL ? result->instrument : "no instrument", document->statement_count,
              ending(document->statement_count));
  if (strcmp(result->addressees, "*") != 0)
    session_say(command, "addressed to %s, as %s says", result->addressees, result->addressees_from);
  tell_links(command, &result->links);
  session_say(command,
              "batch %" PRId32 ", ledger position %" PRId32 "; \"rectrack undo %" PRId32
              " --reason TEXT\" takes it back",
              result->batch_id, result->position, result->batch_id);
  if (document->recommendation_count == 0)
    session_note(command, "no recommendation to States was found in it, so that no table counts it");
}

/* ---- links to an earlier version ------------------------------------------ */

/* What became of the earlier recommendations; `texts` for a person to check them in a file. */
static struct grid *link_grid(const struct import_document_result *result, bool texts) {
  static const char *const columns[] = {"old", "new", "similarity", "outcome", "old_text", "new_text"};
  struct grid *grid = grid_new(NULL);
  for (size_t i = 0; i < (texts ? 6 : 4); i++)
    grid_column(grid, columns[i], columns[i])->number = i == 2;
  for (size_t i = 0; i < result->links.count; i++) {
    const struct link *link = &result->links.items[i];
    grid_cell(grid, link->old);
    grid_cell(grid, link->successor);
    if (link->similarity >= 0)
      grid_cell_format(grid, "%d", link->similarity);
    else
      grid_cell(grid, NULL);
    grid_cell(grid, link_outcome(link));
    if (!texts)
      continue;
    grid_cell(grid, link->old_text);
    grid_cell(grid, link->new_text);
  }
  return grid;
}

static bool write_link_review(const struct command *command, const struct import_document_result *result,
                              struct error *error) {
  AUTO_GRID struct grid *grid = link_grid(result, true);
  if (!session_write_grid(command, grid, error))
    return false;
  session_say(command, "nothing was stored; check the links, then run \"rectrack %s FILE\"",
              result->already_there ? "import links" : "import document … --links");
  return true;
}

/* Shows the links and asks, unless the answer was given; *yes is false where a person said no. */
static bool confirm_links(const struct command *command, const struct import_document_result *result, bool *yes,
                          struct error *error) {
  *yes = options_flag(&command->options, "yes");
  if (!*yes && !session_can_ask(command)) {
    error_set(error, ERROR_USAGE, "nobody can be asked to confirm what became of the earlier recommendations");
    return error_remedy(error, "Look at them with --review-links, then give --yes, or the checked file with --links.");
  }
  AUTO_GRID struct grid *grid = link_grid(result, false);
  if (!session_write_grid(command, grid, error))
    return false;
  return *yes || session_ask("Store the document with these links?", yes, error);
}

/* ---- the whole ------------------------------------------------------------ */

static struct import_document_options read_options(const struct command *command) {
  const struct options *options = &command->options;
  return (struct import_document_options){
      .path = options->operands[1],
      .symbol = options_text(options, "symbol"),
      .instrument = options_text(options, "instrument"),
      .scale = options_text(options, "scale"),
      .addressees = options_text(options, "addressees"),
      .notice = options_text(options, "notice"),
      .supersedes = options_text(options, "supersedes"),
      .links = options_text(options, "links"),
      .problem = session_print_error,
      .problem_context = session_sink(command),
  };
}

/* Options that mean something only beside --supersedes are refused rather than ignored. */
static bool check_options(const struct command *command, struct error *error) {
  static const char *const names[] = {"links", "review-links", "yes"};
  for (size_t i = 0; i < 3 && options_text(&command->options, "supersedes") == NULL; i++)
    if (options_flag(&command->options, names[i])) {
      error_set(error, ERROR_USAGE, "--%s needs --supersedes", names[i]);
      return error_remedy(error, "Say which earlier version the document replaces: --supersedes SYMBOL.");
    }
  return true;
}

/* Whether anything is to be looked at before the document is stored, if it is stored at all. */
static bool is_looked_at_first(const struct command *command, const struct import_document_options *import) {
  return options_flag(&command->options, "dry-run") || options_flag(&command->options, "review") ||
         options_flag(&command->options, "review-links") || (import->supersedes != NULL && import->links == NULL);
}

/* Stores what a dry run found, once its links are confirmed. */
static bool store_confirmed(const struct command *command, struct db *db, struct import_document_options *import,
                            struct import_document_result *result, struct error *error) {
  bool yes = true;
  if (!result->already_there && !confirm_links(command, result, &yes, error))
    return false;
  if (!yes) {
    session_say(command, "nothing was stored");
    return true;
  }
  import->dry_run = false;
  if (!import_document(db, import, result, error))
    return false;
  confirm(command, result);
  return true;
}

bool import_report(const struct command *command, struct error *error) {
  AUTO_DB struct db *db = NULL;
  AUTO_IMPORT_DOCUMENT struct import_document_result result = {0};
  struct import_document_options import = read_options(command);
  import.dry_run = is_looked_at_first(command, &import);
  if (!check_options(command, error) || !session_open(command, &db, error) ||
      !import_document(db, &import, &result, error))
    return false;
  tell_findings(command, result.document);
  if (options_flag(&command->options, "review-links"))
    return write_link_review(command, &result, error);
  if (options_flag(&command->options, "review"))
    return write_review(command, &result, error);
  if (options_flag(&command->options, "dry-run"))
    return show(command, &result, error);
  if (import.dry_run)
    return store_confirmed(command, db, &import, &result, error);
  confirm(command, &result);
  return true;
}
