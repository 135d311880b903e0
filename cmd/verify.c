/* verify: recompute the ledger and every invariant. */
#include "core/verify.h"
#include "cmd/session.h"
#include "cmd/verbs.h"
#include "core/text.h"

#include <inttypes.h>

static bool run(const struct command *command, struct error *error);

static const struct option_spec options[] = {
    {"head", 0, NULL, "print the newest batch's position and hash, which can be published or signed"},
    {"since", 0, "HEAD", "also prove that a published head (POSITION:SHA256) is a part of today's ledger"},
    {NULL, 0, NULL, NULL},
};

const struct verb verb_verify = {
    .name = "verify",
    .usage = "",
    .summary = "recompute the ledger's hashes and every invariant",
    .about = "Reads everything in one snapshot, recomputes the hash of every batch from its rows and the links between "
             "batches, and looks for "
             "records that nothing answers to. Ends with 4 when it finds something.",
    .options = options,
    .examples = "rectrack verify\nrectrack verify --head\nrectrack verify --since 12:9f86d081…\n",
    .role = "reader",
    .run = run,
};

static bool check_since(struct db *db, const char *since, struct error *error) {
  struct ledger_head published;
  bool holds;
  if (since == NULL)
    return true;
  if (!ledger_head_parse(since, &published, error) || !verify_since(db, &published, &holds, error))
    return false;
  if (holds)
    return true;
  error_set(error, ERROR_FOUND, "the ledger doesn't have the batch \"%s\"", since);
  return error_remedy(error, "This is not the ledger whose head was published, or it was rewritten since.");
}

static bool write_head(const struct command *command, const struct ledger_head *head, struct error *error) {
  AUTO_TEXT struct text line = {0};
  if (head->position > 0)
    text_add_format(&line, "%" PRId32 ":%s\n", head->position, head->batch_sha256);
  return session_write(command, text_string(&line), line.length, error);
}

static bool run(const struct command *command, struct error *error) {
  AUTO_DB struct db *db = NULL;
  struct ledger_head head;
  struct verify_report report;
  const char *since = options_text(&command->options, "since");
  if (!session_open(command, &db, error))
    return false;
  if (options_flag(&command->options, "head"))
    return verify_head(db, &head, error) && write_head(command, &head, error);
  if (!verify_all(db, session_print_error, NULL, &report, error) || !check_since(db, since, error))
    return false;
  if (report.findings > 0) {
    error_set(error, ERROR_FOUND, "%" PRIu64 " findings in %" PRIu64 " batches", report.findings, report.batches);
    return error_remedy(error, "They are named above.");
  }
  session_say(command, "the ledger is intact: %" PRIu64 " batches, %" PRIu64 " rows", report.batches, report.rows);
  return write_head(command, &report.head, error);
}
