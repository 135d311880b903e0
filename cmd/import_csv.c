/* import of the kinds that come as CSV: progress, the summary, and csv-check. */
#include "cmd/import_kinds.h"
#include "cmd/session.h"
#include "core/base/input.h"
#include "core/base/output.h"
#include "core/csv/csv.h"
#include "reports/render/csv_array.h"

#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>

/* A line on the terminal while it takes long. */
struct progress {
  struct timespec begin;
  double shown; /* seconds after the beginning; 0: not yet */
  double bytes; /* of the file; 0: unknown */
};

static double seconds_since(const struct timespec *begin) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)(now.tv_sec - begin->tv_sec) + (double)(now.tv_nsec - begin->tv_nsec) / 1e9;
}

static void begin_progress(const char *path, struct progress *progress) {
  struct stat status;
  clock_gettime(CLOCK_MONOTONIC, &progress->begin);
  if (stat(path, &status) == 0 && S_ISREG(status.st_mode))
    progress->bytes = (double)status.st_size;
}

static void show_progress(void *context, uint64_t rows, uint64_t bytes) {
  struct progress *progress = context;
  double seconds = seconds_since(&progress->begin);
  if (seconds < progress->shown + (progress->shown > 0 ? 0.2 : 1))
    return;
  fprintf(stderr, "\r%" PRIu64 " rows, %.0f a second", rows, (double)rows / seconds);
  if (progress->bytes > (double)bytes)
    fprintf(stderr, ", %.0f s left", seconds * (progress->bytes - (double)bytes) / (double)bytes + 0.5);
  fputs("\033[K", stderr);
  progress->shown = seconds;
}

static void end_progress(const struct progress *progress) {
  if (progress->shown > 0)
    fputs("\r\033[K", stderr);
}

/* Of many mistakes the first few are enough to mend by. */
enum { FAULTS_SHOWN = 20 };

struct faults {
  const struct command *command;
  uint64_t count;
};

static void show_fault(void *context, const struct error *fault) {
  struct faults *faults = context;
  if (++faults->count <= FAULTS_SHOWN)
    session_print_error(session_sink(faults->command), fault);
}

static void tell_unshown(const struct faults *faults) {
  if (faults->count > FAULTS_SHOWN)
    fprintf(stderr, "rectrack: %" PRIu64 " more that are wrong are not shown here\n", faults->count - FAULTS_SHOWN);
}

/* What was taken as it stands, and may be a slip of the pen. */
static void tell_remarks(const struct command *command, const struct import_summary *summary) {
  const uint64_t superseded = summary->superseded, early = summary->early, to_come = summary->to_come,
                 outside = summary->outside;
  if (superseded > 0)
    session_note(command,
                 "%" PRIu64 " row%s name%s recommendations that were superseded; their records count for those in "
                 "their place (\"rectrack list links\")",
                 superseded, superseded == 1 ? "" : "s", superseded == 1 ? "s" : "");
  if (early > 0)
    session_note(command,
                 "%" PRIu64 " row%s speak%s of a day before the recommendation was adopted; check the as-of days",
                 early, early == 1 ? "" : "s", early == 1 ? "s" : "");
  if (to_come > 0)
    session_note(command, "%" PRIu64 " row%s speak%s of a day to come; tables leave %s out until then", to_come,
                 to_come == 1 ? "" : "s", to_come == 1 ? "s" : "", to_come == 1 ? "it" : "them");
  if (outside > 0)
    session_note(command,
                 "%" PRIu64
                 " row%s of a State that is not a Party to the recommendation's instrument on that day; tables "
                 "leave %s out unless --include-non-parties is given",
                 outside, outside == 1 ? " is" : "s are", outside == 1 ? "it" : "them");
}

/* The dry run and the run say the same, as what would be and what is. */
static void tell(const struct command *command, const struct import_options *import,
                 const struct import_summary *summary) {
  bool dry = import->dry_run;
  if (summary->same_file != 0) {
    session_say(command, "nothing to do: this very file was imported before (ledger position %" PRId32 ")",
                summary->same_file);
    return;
  }
  if (summary->rows == 0) {
    session_say(command, "%s: no row is filled in; nothing to store", input_name(import->path));
    return;
  }
  AUTO_TEXT struct text line = {0};
  text_add_format(&line, "%s %" PRIu64 ", %s %" PRIu64 ", %s %" PRIu64 " already there", dry ? "would add" : "added",
                  summary->added - summary->superseding, dry ? "supersede" : "superseded", summary->superseding,
                  dry ? "skip" : "skipped", summary->unchanged);
  if (summary->bad > 0)
    text_add_format(&line, ", %s %" PRIu64, dry ? "refuse" : "refused", summary->bad);
  session_say(command, "%s: %s%s", input_name(import->path), line.data, dry ? "; nothing was stored" : "");
  tell_remarks(command, summary);
  if (summary->batch_id != 0 && !dry)
    session_say(command,
                "batch %" PRId32 ", ledger position %" PRId32 "; \"rectrack undo %" PRId32
                " --reason TEXT\" takes it back",
                summary->batch_id, summary->position, summary->batch_id);
}

/* Some rows were refused and the others kept, as asked for. */
static bool done_in_part(const struct import_options *import, const struct import_summary *summary,
                         struct error *error) {
  error_set(error, ERROR_PARTIAL, "%s: %" PRIu64 " of %" PRIu64 " rows refused", input_name(import->path), summary->bad,
            summary->rows);
  if (import->rejects != NULL)
    return error_remedy(error, "Mend them in \"%s\" and import that file.", import->rejects);
  return error_remedy(error, "Mend the rows named above and import the file again.");
}

static bool check_options(const struct import_options *import, struct error *error) {
  if (import->rejects == NULL || import->keep_going)
    return true;
  error_set(error, ERROR_USAGE, "--rejects is of use only with --keep-going");
  return error_remedy(error, "Without it all rows are imported or none, and the file itself is what to mend.");
}

bool import_csv(const struct command *command, import_function *function, struct error *error) {
  AUTO_DB struct db *db = NULL;
  struct progress progress = {0};
  struct import_summary summary;
  struct faults faults = {.command = command};
  begin_progress(command->options.operands[1], &progress);
  struct import_options import = {
      .path = command->options.operands[1],
      .received_on = DAY_NONE,
      .document = options_text(&command->options, "document"),
      .notice = options_text(&command->options, "notice"),
      .dry_run = options_flag(&command->options, "dry-run"),
      .new_documents = options_flag(&command->options, "new-documents"),
      .keep_going = options_flag(&command->options, "keep-going"),
      .rejects = options_text(&command->options, "rejects"),
      .problem = show_fault,
      .problem_context = &faults,
      .progress = session_is_interactive(command) ? show_progress : NULL,
      .progress_context = &progress,
  };
  if (!check_options(&import, error) ||
      !options_day(&command->options, "received", DAY_NONE, &import.received_on, error) ||
      !session_open(command, &db, error))
    return false;
  bool done = function(db, &import, &summary, error);
  end_progress(&progress);
  tell_unshown(&faults);
  if (done)
    tell(command, &import, &summary);
  return done && (summary.bad == 0 || done_in_part(&import, &summary, error));
}

bool import_csv_check(const struct command *command, struct error *error) {
  const struct csv_input input = {.name = command->options.operands[1], .raw = options_flag(&command->options, "raw")};
  AUTO_CSV_READER struct csv_reader *reader = NULL;
  AUTO_OUTPUT struct output *output = NULL;
  struct faults faults = {.command = command};
  if (!csv_reader_open_input(&reader, &input, error) ||
      !output_open(&output, options_text(&command->options, "output"), error))
    return false;
  bool done = csv_array_write(reader, input.raw, show_fault, &faults, output, error);
  tell_unshown(&faults);
  return done && output_close(&output, error);
}
