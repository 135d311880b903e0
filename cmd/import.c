/* import: a file into one batch. */
#include "core/import/import.h"
#include "cmd/import_kinds.h"
#include "core/base/nearest.h"

#include <string.h>

static bool run(const struct command *command, struct error *error);

static const struct option_spec options[] = {
    {"dry-run", 'n', NULL, "check everything, show what would be stored, store nothing"},
    {"keep-going", 0, NULL, "CSV: store the good rows though others are refused; the exit code is then 3"},
    {"rejects", 0, "FILE", "with --keep-going: write the refused rows there as they were, behind columns that say why"},
    {"symbol", 0, "SYMBOL", "document: its symbol; needed where it doesn't say it itself"},
    {"instrument", 0, "CODE", "document: the instrument of its recommendations; else it follows from the body"},
    {"scale", 0, "CODE", "document: the scale of its recommendations (implementation)"},
    {"addressees", 0, "STATES",
     "document: whom it addresses, '*' for all Parties; else the State that it is about, or all Parties"},
    {"review", 0, NULL, "document: write its recommendations as a file to check and import; store nothing"},
    {"supersedes", 0, "SYMBOLS", "document: the earlier version that it replaces, such as a draft; or several"},
    {"review-links", 0, NULL, "document: write what became of the earlier recommendations as a file; store nothing"},
    {"links", 0, "FILE", "document: take from this file what became of the earlier recommendations"},
    {"yes", 'y', NULL, "document: store what became of the earlier recommendations as proposed, without asking"},
    {"document", 0, "SYMBOL", "status: the document, where recommendations are given by their place alone"},
    {"received", 0, "DATE", "questionnaire: the day on which it came back"},
    {"new-documents", 0, NULL, "recommendations: documents may be named that aren't stored yet"},
    {"raw", 0, NULL, "csv-check: read RFC 4180 to the letter: comma, no header, rows of any width"},
    {"notice", 0, "TEXT", "what every table that rests on this must repeat, such as \"provisional\""},
    {NULL, 0, NULL, NULL},
};

const struct verb verb_import = {
    .name = "import",
    .usage = "KIND FILE",
    .summary = "read a report, a CSV file or a questionnaire into the database",
    .about =
        "Reads FILE (\"-\" is standard input) into one batch: all of it or, when a row is refused, nothing. What is "
        "wrong is named with its line and column, the first 20 of it. The same file again changes nothing; a file "
        "that overlaps adds only what is new. With --keep-going the good rows are stored; what --rejects wrote can be "
        "mended and imported like the file itself: its columns reject_line, reject_reason and reject_remedy are "
        "passed over. \"document\" reads a report as plain text in UTF-8, as a Word document (.docx) or as a PDF file; "
        "\"links\" says which recommendations of a later version supersede which. \"questionnaire\" reads a workbook "
        "of \"rectrack questionnaire\" that a State filled in, as one "
        "response: rows that were left empty say nothing, and what was changed outside the yellow cells is refused, "
        "cell "
        "by cell. \"csv-check\" stores nothing: it prints what an importer sees of a CSV file as a JSON array of "
        "arrays, or says where the file is wrong.",
    .objects =
        "document recommendations links status questionnaire states names parties instruments scale themes csv-check",
    .least = 2,
    .most = 2,
    .options = options,
    .takes = TAKES_DB | TAKES_OUTPUT | TAKES_FORMAT,
    .examples = "rectrack import document report.txt --symbol CTOC/COP/WG.7/2018/L.1/Add.1 --dry-run\n"
                "rectrack import document report.txt --review -o review.csv\n"
                "rectrack import document final.txt --supersedes CTOC/COP/WG.7/2018/L.1/Add.1\n"
                "rectrack import status replies.csv\nrectrack import parties parties.csv\n"
                "rectrack import questionnaire ITA.xlsx --received 2026-11-24\n"
                "rectrack import status replies.csv --keep-going --rejects refused.csv\n"
                "rectrack import csv-check replies.csv\n",
    .role = "recorder; for the register of States, Parties and scales: admin",
    .run = run,
};

#define AS_CSV "dry-run keep-going rejects notice"

static const struct kind {
  const char *name;
  bool (*run)(const struct command *command, struct error *error); /* NULL: `import`, which comes as rows */
  import_function *import;
  const char *takes; /* the options that have a meaning for it */
} kinds[] = {
    {"document", import_report, NULL,
     "dry-run symbol instrument scale addressees review supersedes review-links links yes notice output format for"},
    {"recommendations", NULL, import_recommendations, AS_CSV " new-documents"},
    {"links", NULL, import_links, AS_CSV},
    {"status", NULL, import_status, AS_CSV " document"},
    {"questionnaire", NULL, import_questionnaire, "dry-run received notice"},
    {"states", NULL, import_states, AS_CSV},
    {"names", NULL, import_names, AS_CSV},
    {"parties", NULL, import_parties, AS_CSV},
    {"instruments", NULL, import_instruments, AS_CSV},
    {"scale", NULL, import_scale, AS_CSV},
    {"themes", NULL, import_themes, AS_CSV},
    {"csv-check", import_csv_check, NULL, "raw output"},
};

static bool has_word(const char *words, const char *word) {
  size_t length = strlen(word);
  for (const char *at = words; (at = strstr(at, word)) != NULL; at += length)
    if ((at == words || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
      return true;
  return false;
}

/* An option that this kind has no use for is refused rather than passed over. */
static bool check_options(const struct command *command, const struct kind *kind, struct error *error) {
  static const char *const of_data[] = {"output", "format", "for"};
  static const size_t own = sizeof options / sizeof *options - 1, all = own + sizeof of_data / sizeof *of_data;
  for (size_t i = 0; i < all; i++) {
    const char *name = i < own ? options[i].name : of_data[i - own];
    if (options_flag(&command->options, name) && !has_word(kind->takes, name)) {
      error_set(error, ERROR_USAGE, "\"import %s\" has no use for --%s", kind->name, name);
      return error_remedy(error, "See \"rectrack help import\".");
    }
  }
  return true;
}

static bool run(const struct command *command, struct error *error) {
  const char *name = command->options.operands[0];
  AUTO_NEAREST struct nearest nearest;
  nearest_begin(&nearest, name);
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    const struct kind *kind = &kinds[i];
    if (strcmp(kind->name, name) == 0)
      return check_options(command, kind, error) &&
             (kind->run != NULL ? kind->run(command, error) : import_csv(command, kind->import, error));
    nearest_offer(&nearest, kind->name);
  }
  error_set(error, ERROR_USAGE, "can't import \"%s\"", name);
  return nearest_remedy(&nearest, error, "See \"rectrack help import\".");
}
