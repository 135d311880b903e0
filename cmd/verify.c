/* verify: recompute the ledger and every invariant. */
#include "core/ledger/verify.h"
#include "cmd/session.h"
#include "cmd/verbs.h"
#include "core/base/output.h"
#include "core/base/text.h"
#include "core/ledger/ledger_export.h"

#include <inttypes.h>

static bool run(const struct command *command, struct error *error);

static const struct option_spec options[] = {
    {"head", 0, NULL, "print the newest batch's position and hash, which can be published or signed"},
    {"since", 0, "HEAD", "also prove that a published head (POSITION:SHA256) is a part of today's ledger"},
    {"ledger", 0, NULL, "write the whole ledger with its rows as JSON Lines, for another program to check"},
    {NULL, 0, NULL, NULL},
};

const struct verb verb_verify = {
    .name = "verify",
    .usage = "",
    .summary = "recompute the ledger's hashes and every invariant",
    .about =
        "Reads everything in one snapshot, recomputes the hash of every batch from its rows and the links between "
        "batches, and looks for "
        "records that nothing answers to. Ends with 4 when it finds something, and names the batch. Publish or sign "
        "what --head prints: nobody, whoever keeps the database included, can then change what was recorded up to "
        "there without --since finding it.",
    .options = options,
    .takes = TAKES_DB | TAKES_OUTPUT,
    .examples = "rectrack verify\nrectrack verify --head\nrectrack verify --ledger -o ledger.jsonl\nrectrack verify "
                "--since 12:9f86d081…\n",
    .role = "reader",
    .run = run,
};

static bool write_head(const struct command *command, const struct ledger_head *head, struct error *error) {
  AUTO_TEXT struct text line = {0};
  if (head->position > 0)
    text_add_format(&line, "%" PRId32 ":%s\n", head->position, head->batch_sha256);
  return session_write(command, text_string(&line), line.length, error);
}

static bool write_ledger(const struct command *command, struct db *db, struct error *error) {
  AUTO_OUTPUT struct output *output = NULL;
  return output_open(&output, options_text(&command->options, "output"), error) && ledger_export(db, output, error) &&
         output_close(&output, error);
}

static bool recompute(const struct command *command, struct db *db, const struct ledger_head *since,
                      struct error *error) {
  struct verify_report report;
  if (!verify_all(db, since, session_print_error, session_sink(command), &report, error))
    return false;
  if (report.findings > 0) {
    error_set(error, ERROR_FOUND, "%" PRIu64 " finding%s in %" PRIu64 " batches", report.findings,
              report.findings == 1 ? "" : "s", report.batches);
    return error_remedy(error, "%s", report.findings == 1 ? "It is named above." : "They are named above.");
  }
  session_say(command, "the ledger is intact: %" PRIu64 " batches, %" PRIu64 " rows", report.batches, report.rows);
  return write_head(command, &report.head, error);
}

static bool run(const struct command *command, struct error *error) {
  AUTO_DB struct db *db = NULL;
  struct ledger_head head, since;
  const char *published = options_text(&command->options, "since");
  if ((published != NULL && !ledger_head_parse(published, &since, error)) || !session_open(command, &db, error))
    return false;
  if (options_flag(&command->options, "head"))
    return verify_head(db, &head, error) && write_head(command, &head, error);
  if (options_flag(&command->options, "ledger"))
    return write_ledger(command, db, error);
  return recompute(command, db, published != NULL ? &since : NULL, error);
}
