/* export: sets of tables that a scheduler makes. */
#include "cmd/export.h"
#include "cmd/session.h"
#include "core/base/nearest.h"
#include "sql_catalogue.h"

#include <string.h>

static bool run(const struct command *command, struct error *error);

static const struct option_spec options[] = {
    {"jobs", 0, "FILE", "the job file; else ~/.config/rectrack/jobs.ini, else /etc/rectrack/jobs.ini"},
    {"wait", 0, "SECONDS", "run: how long to wait for another run of the job (not at all)"},
    {"as-of", 0, "DATE", "run: the day that the tables speak about, instead of the job's"},
    {"known-at", 0, "MOMENT", "run: leave out what was recorded later; with --directory"},
    {"directory", 0, "FOLDER", "run: where the sets go, instead of the job's directory"},
    {"reproduce", 0, NULL, "verify: also make the tables again from the database and compare them"},
    {"on", 0, "TIME", "schedule: when the job runs, as systemd writes it: 'Mon *-*-* 06:00' (what the job file says)"},
    {"cron", 0, NULL, "schedule: a line for a crontab instead of units for systemd"},
    {"install", 0, NULL, "schedule: write the units where systemd reads them, and enable the timer"},
    {"user", 0, NULL, "schedule: units of the user, as for anybody but root"},
    {"run-as", 0, "USER", "schedule: units of the system whose service runs as this user"},
    {"dry-run", 0, NULL, "prune: only say which sets would be kept and removed"},
    {NULL, 0, NULL, NULL},
};

const struct verb verb_export = {
    .name = "export",
    .usage = "example\ncheck\nlist\nrun [JOB]\nhistory [JOB]\nprune [JOB]\nschedule [JOB]\nverify FOLDER",
    .summary = "sets of tables for a scheduler to make",
    .about =
        "A job file says which tables a job makes, in which formats and languages, where they go and what is kept. "
        "run: makes all of a job's tables out of one snapshot and publishes them as one set, "
        "DIRECTORY/JOB/2026-11-24T060000Z/, with manifest.json, SHA256SUMS and datapackage.json; the link \"latest\" "
        "leads to the newest. A set appears whole or not at all. Says one line when all went well. list: the jobs. "
        "check: names every fault in the job file with its line. example: a commented job file to begin with. "
        "history: the runs, the newest first. verify: compares a set's files, or those of all sets in a job's "
        "folder, with what was published. prune: removes the sets that the job's keep_ words don't keep, as run "
        "does by itself. JOB can be left out where the file has one.",
    .objects = "run list check example schedule history prune verify",
    .least = 1,
    .most = 2,
    .options = options,
    .takes = TAKES_DB | TAKES_OUTPUT | TAKES_FORMAT,
    .examples = "rectrack export example -o jobs.ini\nrectrack export check --jobs jobs.ini\n"
                "rectrack export run weekly --wait 60\nrectrack export history weekly --format table\n"
                "rectrack export verify /srv/exports/weekly/latest --reproduce\n"
                "rectrack export prune weekly --dry-run\n",
    .reads_much = true,
    .role = "reader",
    .run = run,
};

/* ---- the job file -------------------------------------------------------- */

bool export_read_jobs(const struct command *command, struct job_file **file, struct error *error) {
  size_t faults = 0;
  if (!job_file_read(options_text(&command->options, "jobs"), session_print_error, session_sink(command), &faults, file,
                     error))
    return false;
  if (faults == 0)
    return true;
  error_set(error, ERROR_CONFIG, "\"%s\" has %zu fault%s", (*file)->path, faults, faults == 1 ? "" : "s");
  return error_remedy(error, "%s", faults == 1 ? "It is named above." : "They are named above.");
}

const struct job *export_choose_job(const struct command *command, const struct job_file *file, struct error *error) {
  if (command->options.operand_count > 1)
    return job_find(file, command->options.operands[1], error);
  if (file->job_count == 1)
    return &file->jobs[0];
  error_set(error, ERROR_USAGE, "\"%s\" has %zu jobs", file->path, file->job_count);
  error_remedy(error, "Name one; see \"rectrack export list\".");
  return NULL;
}

/* ---- what needs no database ---------------------------------------------- */

/* Adds a word to a list, once. */
static void add_once(struct text *list, const char *word) {
  size_t length = strlen(word);
  for (const char *at = text_string(list); (at = strstr(at, word)) != NULL; at += length)
    if ((at == list->data || at[-1] == ' ') && (at[length] == '\0' || at[length] == ','))
      return;
  text_add_format(list, "%s%s", list->length > 0 ? ", " : "", word);
}

static void add_names(const struct job *job, struct text *reports, struct text *formats, struct text *languages) {
  for (size_t i = 0; i < job->report_count; i++) {
    const struct job_report *report = &job->reports[i];
    add_once(reports, report->name);
    for (size_t n = 0; n < report->format_count; n++)
      add_once(formats, report->formats[n]->name);
    for (size_t n = 0; n < report->language_count; n++)
      add_once(languages, report->languages[n]);
  }
}

static bool list(const struct command *command, struct error *error) {
  AUTO_JOB_FILE struct job_file *file = NULL;
  if (!export_read_jobs(command, &file, error))
    return false;
  AUTO_GRID struct grid *grid = grid_new(NULL);
  grid_column(grid, "job", "Job");
  grid_column(grid, "directory", "Directory");
  grid_column(grid, "tables", "Tables");
  grid_column(grid, "formats", "Formats");
  grid_column(grid, "languages", "Languages");
  for (size_t i = 0; i < file->job_count; i++) {
    AUTO_TEXT struct text reports = {0};
    AUTO_TEXT struct text formats = {0};
    AUTO_TEXT struct text languages = {0};
    add_names(&file->jobs[i], &reports, &formats, &languages);
    grid_cell(grid, file->jobs[i].name);
    grid_cell(grid, file->jobs[i].directory);
    grid_cell(grid, text_string(&reports));
    grid_cell(grid, text_string(&formats));
    grid_cell(grid, text_string(&languages));
  }
  return session_write_grid(command, grid, error);
}

static bool check(const struct command *command, struct error *error) {
  AUTO_JOB_FILE struct job_file *file = NULL;
  if (!export_read_jobs(command, &file, error))
    return false;
  session_say(command, "%s: %zu job%s, no fault", file->path, file->job_count, file->job_count == 1 ? "" : "s");
  return true;
}

static bool example(const struct command *command, struct error *error) {
  for (size_t i = 0; i < fixture_count; i++)
    if (strcmp(fixtures[i].name, "export/jobs.ini") == 0)
      return session_write(command, (const char *)fixtures[i].bytes, fixtures[i].length, error);
  return error_set(error, ERROR_FAILED, "the program was built without its example");
}

/* ---- dispatch ------------------------------------------------------------ */

static const struct {
  const char *name;
  size_t most; /* operands, itself among them */
  bool (*run)(const struct command *command, struct error *error);
} actions[] = {{"run", 2, export_run},
               {"list", 1, list},
               {"check", 1, check},
               {"example", 1, example},
               {"history", 2, export_history},
               {"schedule", 2, export_schedule},
               {"prune", 2, export_prune},
               {"verify", 2, export_verify}};

static bool run(const struct command *command, struct error *error) {
  AUTO_NEAREST struct nearest nearest;
  const char *wanted = command->options.operands[0];
  nearest_begin(&nearest, wanted);
  for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
    if (strcmp(actions[i].name, wanted) == 0) {
      if (command->options.operand_count <= actions[i].most)
        return actions[i].run(command, error);
      error_set(error, ERROR_USAGE, "\"export %s\" doesn't take \"%s\"", wanted,
                command->options.operands[actions[i].most]);
      return error_remedy(error, "See \"rectrack help export\".");
    }
    nearest_offer(&nearest, actions[i].name);
  }
  error_set(error, ERROR_USAGE, "\"export\" can't \"%s\"", wanted);
  return nearest_remedy(&nearest, error, "It can: %s.", nearest_offered(&nearest));
}
