/* import: a file into one batch. */
#include "core/import.h"

#include "cmd/session.h"
#include "core/nearest.h"
#include "core/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static bool run(const struct command *command, struct error *error);

static const struct option_spec options[] = {
    {"dry-run", 'n', NULL, "check everything, show what would be stored, store nothing"},
    {"symbol", 0, "SYMBOL", "document: its symbol, where it doesn't say it itself"},
    {"instrument", 0, "CODE", "document: the instrument of its recommendations; else it follows from the body"},
    {"scale", 0, "CODE", "document: the scale of its recommendations (implementation)"},
    {"document", 0, "SYMBOL", "status: the document, where recommendations are given by their place alone"},
    {"new-documents", 0, NULL, "recommendations: documents may be named that aren't stored yet"},
    {"notice", 0, "TEXT", "what every table that rests on this must repeat, such as \"provisional\""},
    {NULL, 0, NULL, NULL},
};

const struct verb verb_import = {
    .name = "import",
    .usage = "document|recommendations|status|states|names|parties|instruments|scale|themes FILE",
    .summary = "read a report or a CSV file into the database",
    .about = "Reads FILE (\"-\" is standard input) into one batch: all of it or nothing. Every row that is refused is "
             "named with its line and "
             "column. The same file again changes nothing; a file that overlaps adds only what is new.",
    .objects = "document recommendations status states names parties instruments scale themes",
    .least = 2,
    .most = 2,
    .options = options,
    .examples = "rectrack import document report.txt --symbol CTOC/COP/WG.7/2018/L.1/Add.1 --dry-run\n"
                "rectrack import status replies.csv\nrectrack import parties parties.csv\n",
    .run = run,
};

/* ---- CSV files ----------------------------------------------------------- */

typedef bool import_function(struct db *db, const struct import_options *import, struct import_summary *summary,
                             struct error *error);

static const struct {
  const char *name;
  import_function *import;
} csv_objects[] = {
    {"status", import_status},   {"recommendations", import_recommendations},
    {"states", import_states},   {"names", import_names},
    {"parties", import_parties}, {"instruments", import_instruments},
    {"scale", import_scale},     {"themes", import_themes},
};
static const size_t csv_object_count = sizeof csv_objects / sizeof *csv_objects;

/* A line on the terminal while it takes long. */
struct progress {
  struct timespec begin;
  bool shown;
};

static double seconds_since(const struct timespec *begin) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)(now.tv_sec - begin->tv_sec) + (double)(now.tv_nsec - begin->tv_nsec) / 1e9;
}

static void show_progress(void *context, uint64_t rows, uint64_t bytes) {
  struct progress *progress = context;
  double seconds = seconds_since(&progress->begin);
  if (seconds < 1)
    return;
  fprintf(stderr, "\r%" PRIu64 " rows, %.0f a second, %" PRIu64 " MiB read ", rows, (double)rows / seconds,
          bytes >> 20);
  progress->shown = true;
}

static void tell(const struct command *command, const struct import_options *import,
                 const struct import_summary *summary) {
  if (summary->same_file != 0) {
    session_say(command, "nothing to do: this very file was imported before (ledger position %" PRId32 ")",
                summary->same_file);
    return;
  }
  session_say(command, "%s: %s %" PRIu64 " added (%" PRIu64 " of them superseding), %" PRIu64 " already there%s",
              import->path, import->dry_run ? "would be:" : "done:", summary->added, summary->superseding,
              summary->unchanged, import->dry_run ? "; nothing was stored" : "");
  if (summary->batch_id != 0 && !import->dry_run)
    session_say(command, "batch %" PRId32 ", ledger position %" PRId32 "; \"rectrack undo %" PRId32 "\" takes it back",
                summary->batch_id, summary->position, summary->batch_id);
}

static bool import_csv(const struct command *command, import_function *function, struct error *error) {
  AUTO_DB struct db *db = NULL;
  struct progress progress = {0};
  struct import_summary summary;
  clock_gettime(CLOCK_MONOTONIC, &progress.begin);
  struct import_options import = {
      .path = command->options.operands[1],
      .document = options_text(&command->options, "document"),
      .notice = options_text(&command->options, "notice"),
      .dry_run = options_flag(&command->options, "dry-run"),
      .new_documents = options_flag(&command->options, "new-documents"),
      .problem = session_print_error,
      .progress = session_is_interactive(command) ? show_progress : NULL,
      .progress_context = &progress,
  };
  if (!session_open(command, &db, error))
    return false;
  bool done = function(db, &import, &summary, error);
  if (progress.shown)
    fputs("\r\033[K", stderr);
  if (done)
    tell(command, &import, &summary);
  return done;
}

/* ---- documents ----------------------------------------------------------- */

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

static bool import_report(const struct command *command, struct error *error) {
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

/* ---- which --------------------------------------------------------------- */

static bool run(const struct command *command, struct error *error) {
  const char *object = command->options.operands[0];
  AUTO_NEAREST struct nearest nearest;
  nearest_begin(&nearest, object);
  if (strcmp(object, "document") == 0)
    return import_report(command, error);
  nearest_offer(&nearest, "document");
  for (size_t i = 0; i < csv_object_count; i++) {
    if (strcmp(csv_objects[i].name, object) == 0)
      return import_csv(command, csv_objects[i].import, error);
    nearest_offer(&nearest, csv_objects[i].name);
  }
  error_set(error, ERROR_USAGE, "can't import \"%s\"", object);
  if (nearest_answer(&nearest) != NULL)
    return error_remedy(error, "Did you mean \"%s\"?", nearest_answer(&nearest));
  return error_remedy(error, "See \"rectrack help import\".");
}
