/* import of the kinds that come as CSV: progress, the summary, and csv-check. */
#include "cmd/import_kinds.h"
#include "cmd/session.h"
#include "core/csv.h"
#include "core/output.h"
#include "reports/csv_array.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

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

bool import_csv(const struct command *command, import_function *function, struct error *error) {
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

bool import_csv_check(const struct command *command, struct error *error) {
  const struct csv_input input = {.name = command->options.operands[1], .raw = options_flag(&command->options, "raw")};
  AUTO_CSV_READER struct csv_reader *reader = NULL;
  AUTO_OUTPUT struct output *output = NULL;
  return csv_reader_open_input(&reader, &input, error) &&
         output_open(&output, options_text(&command->options, "output"), error) &&
         csv_array_write(reader, input.raw, session_print_error, NULL, output, error) && output_close(&output, error);
}
