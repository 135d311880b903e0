/* show: one thing on one screen, found out from what was written. */
#include "cmd/resolve.h"
#include "cmd/session.h"
#include "cmd/verbs.h"
#include "core/document/reference.h"
#include "core/record/record.h"
#include "reports/listing/cell.h"
#include "reports/listing/listing.h"
#include "reports/table/cut_words.h"

#include <string.h>

static bool run(const struct command *command, struct error *error);

static const struct option_spec options[] = {
    {"document", 0, "SYMBOL", "the document, where a recommendation is given by its place alone"},
    {"cell", 0, NULL, "THING is a State and a recommendation: the records behind their cell of a table"},
    {"as-of", 0, "DATE", "--cell: the day that the table speaks about (today)"},
    {"known-at", 0, "MOMENT", "--cell: leave out what was recorded later: a day or 2026-11-24T06:00:00Z (now)"},
    {"kind", 0, "KIND", "--cell: reported by the State (the default), assessed by reviewers, or both"},
    {NULL, 0, NULL, NULL},
};

const struct verb verb_show = {
    .name = "show",
    .usage = "THING\n--cell STATE REFERENCE",
    .summary = "show one State, recommendation, document, record or batch, or what is behind a cell",
    .about =
        "THING is a State by any name or code, a recommendation by its reference, a document by its symbol, a "
        "record by its number (12.345) or a batch by its number (12); which of them follows from its form.\n"
        "With --cell, shows every record of a State on a recommendation, newest first, with who recorded it and when, "
        "which one counts in a table, and why the others don't.",
    .least = 1,
    .most = 2,
    .options = options,
    .takes = TAKES_TABLE,
    .examples = "rectrack show Italy\nrectrack show 'II.A.1(a)'\nrectrack show CTOC/COP/WG.7/2018/L.1/Add.1\nrectrack "
                "show 12.345\nrectrack show 12\nrectrack show --cell Italy 'II.A.1(a)' --as-of 2026-09-30\n",
    .role = "reader",
    .run = run,
};

/* M49 codes have three digits at most and batches any number of them: a bare number is a batch. */
static const char *kind_of(const char *thing) {
  struct reference reference;
  struct error ignored;
  size_t digits = strspn(thing, "0123456789");
  if (digits > 0 && thing[digits] == '\0')
    return "batch";
  if (digits > 0 && thing[digits] == '.' && strspn(thing + digits + 1, "0123456789") == strlen(thing + digits + 1))
    return "record";
  if (reference_parse(thing, strlen(thing), &reference, &ignored))
    return "recommendation";
  return strchr(thing, '/') != NULL && strchr(thing, ' ') == NULL ? "document" : "state";
}

static bool resolve(struct db *db, const char *kind, const char *thing, const char *document, struct text *key,
                    struct error *error) {
  AUTO_NAMES struct names names = {0};
  struct record_id id;
  int32_t batch;
  if (strcmp(kind, "batch") == 0 || strcmp(kind, "record") == 0) {
    text_add(key, thing);
    return strcmp(kind, "batch") == 0 ? resolve_batch(thing, &batch, error) : record_id_parse(thing, &id, error);
  }
  if (!names_load(db, &names, error))
    return false;
  if (strcmp(kind, "recommendation") == 0)
    return resolve_reference(&names, thing, document, key, error);
  if (strcmp(kind, "document") == 0)
    return resolve_document(&names, thing, key, error);
  if (resolve_state(&names, thing, key, error))
    return true;
  /* Where no State is near, it may have been meant for something else. */
  if (strncmp(error->remedy, "See ", 4) == 0)
    error_remedy(error, "See \"rectrack list states\" for States, and \"rectrack help show\" for what else is shown.");
  return false;
}

/* ---- a cell -------------------------------------------------------------- */

static const char *const cell_options[] = {"as-of", "known-at", "kind"};
static const size_t cell_option_count = sizeof cell_options / sizeof *cell_options;

/* What the table that holds the cell asks for. */
static bool read_cut(const struct command *command, struct cut *cut, struct error *error) {
  if (!cut_begin(cut, "states", error))
    return false;
  for (size_t i = 0; i < cell_option_count; i++)
    if (options_flag(&command->options, cell_options[i]) &&
        !cut_set(cut, cell_options[i], options_text(&command->options, cell_options[i]), error))
      return false;
  return true;
}

static bool show_cell(const struct command *command, struct error *error) {
  const struct options *given = &command->options;
  AUTO_CUT struct cut cut = {0};
  AUTO_DB struct db *db = NULL;
  AUTO_GRID struct grid *grid = NULL;
  AUTO_TEXT struct text state = {0};
  AUTO_TEXT struct text reference = {0};
  if (!read_cut(command, &cut, error) || !session_open(command, &db, error) || !db_begin(db, DB_READ_SNAPSHOT, error) ||
      !resolve_cell(db, given->operands[0], given->operands[1], options_text(given, "document"), &state, &reference,
                    error))
    return false;
  const struct cell cell = {text_string(&state), text_string(&reference)};
  return cell_records(db, &cell, &cut, &grid, error) && db_commit(db, error) &&
         session_write_grid(command, grid, error);
}

/* ---- one thing ----------------------------------------------------------- */

static bool show_thing(const struct command *command, struct error *error) {
  AUTO_DB struct db *db = NULL;
  AUTO_TEXT struct text key = {0};
  AUTO_GRID struct grid *grid = NULL;
  const char *thing = command->options.operands[0];
  const char *kind = kind_of(thing);
  if (!session_open(command, &db, error) ||
      !resolve(db, kind, thing, options_text(&command->options, "document"), &key, error) ||
      !listing_show(db, kind, text_string(&key), &grid, error))
    return false;
  if (grid != NULL)
    return session_write_grid(command, grid, error);
  error_set(error, ERROR_DATA, "there is no %s \"%s\"", kind, thing);
  return error_remedy(error, "See \"rectrack list %s\".", strcmp(kind, "batch") == 0 ? "batches" : "records");
}

/* Two operands and the options of a table are a cell's. */
static bool run(const struct command *command, struct error *error) {
  const struct options *given = &command->options;
  bool is_cell = options_flag(given, "cell");
  if (is_cell != (given->operand_count == 2)) {
    error_set(error, ERROR_USAGE, is_cell ? "--cell needs a State and a reference" : "show takes one thing");
    return error_remedy(error, "For example: rectrack show --cell Italy 'II.A.1(a)'.");
  }
  if (!is_cell && options_flag(given, "document") && strcmp(kind_of(given->operands[0]), "recommendation") != 0) {
    error_set(error, ERROR_USAGE, "--document goes with a recommendation, which \"%s\" is not", given->operands[0]);
    return error_remedy(error, "See \"rectrack help show\".");
  }
  for (size_t i = 0; !is_cell && i < cell_option_count; i++)
    if (options_flag(given, cell_options[i])) {
      error_set(error, ERROR_USAGE, "--%s goes with --cell alone", cell_options[i]);
      return error_remedy(error, "See \"rectrack help show\".");
    }
  return is_cell ? show_cell(command, error) : show_thing(command, error);
}
