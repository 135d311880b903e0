/* demo: a throw-away database, the sample report, illustrative records, the first tables. */
#include "cmd/session.h"
#include "cmd/verbs.h"
#include "core/base/folder.h"
#include "core/base/memory.h"
#include "core/base/output.h"
#include "core/base/text.h"
#include "sql_catalogue.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool run(const struct command *command, struct error *error);

static const struct option_spec options[] = {
    {"output-dir", 0, "FOLDER", "where the CSV files go (rectrack-demo-illustrative in the current folder)"},
    {"keep", 0, NULL, "keep the database and tell how to use it"},
    {NULL, 0, NULL, NULL},
};

const struct verb verb_demo = {
    .name = "demo",
    .usage = "",
    .summary = "show the tables of a real report with illustrative records",
    .about = "Makes a throw-away database, reads the sample report (the draft report of a UN working group) and "
             "illustrative status records, which "
             "are invented and say so in every table, prints the first tables and writes them as CSV files. Each "
             "command is shown as you would type "
             "it. Nothing is left but the CSV files.",
    .options = options,
    .examples = "rectrack demo\nrectrack demo --output-dir /tmp/tables\n",
    .run = run,
};

static const char SYMBOL[] = "CTOC/COP/WG.7/2018/L.1/Add.1";
static const char NOTICE[] = "ILLUSTRATIVE DATA: invented for the demonstration, not replies of States";
static const char DEFAULT_FOLDER[] = "rectrack-demo-illustrative";

struct demo {
  const struct command *command;
  char folder[64]; /* the throw-away one */
  const char *csv_folder;
};

/* ---- the throw-away folder ----------------------------------------------- */

/* Stops the server and removes all that was made. */
static void clean_up(struct demo *demo) {
  AUTO_CLUSTER struct cluster *cluster = NULL;
  struct error ignored;
  if (demo->folder[0] == '\0' || options_flag(&demo->command->options, "keep"))
    return;
  if (cluster_locate(&cluster, NULL, &ignored))
    cluster_stop(cluster, &ignored);
  folder_remove(demo->folder);
}

/* The commands of the demonstration look for their database where anybody's do: they are sent to the throw-away one. */
static bool use_own_database(struct demo *demo, struct error *error) {
  static const char *const others[] = {"RECTRACK_DB", "PGHOST",    "PGHOSTADDR", "PGPORT",
                                       "PGDATABASE",  "PGSERVICE", "PGUSER"};
  snprintf(demo->folder, sizeof demo->folder, "/tmp/rectrack-demo.XXXXXX");
  if (mkdtemp(demo->folder) == NULL) {
    demo->folder[0] = '\0';
    return error_errno(error, ERROR_CANNOT_CREATE, "cannot make a folder under /tmp");
  }
  /* Passable for the server's user, who is another one when root runs the demonstration. */
  if (chmod(demo->folder, 0711) != 0)
    return error_errno(error, ERROR_CANNOT_CREATE, "cannot open \"%s\"", demo->folder);
  AUTO_TEXT struct text data = {0};
  text_add_format(&data, "%s/database", demo->folder);
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    unsetenv(others[i]);
  if (setenv("RECTRACK_DATA", data.data, 1) != 0)
    memory_exhausted();
  return true;
}

/* Puts a file that is compiled in beside the database, so that the commands read it as they would any file. */
static bool unpack(const struct demo *demo, const char *fixture, const char *name, struct text *path,
                   struct error *error) {
  AUTO_OUTPUT struct output *output = NULL;
  text_add_format(path, "%s/%s", demo->folder, name);
  for (size_t i = 0; i < fixture_count; i++)
    if (strcmp(fixtures[i].name, fixture) == 0)
      return output_open(&output, path->data, error) &&
             output_write(output, fixtures[i].bytes, fixtures[i].length, error) && output_close(&output, error);
  return error_set(error, ERROR_FAILED, "the program was built without \"%s\"", fixture);
}

/* ---- commands ------------------------------------------------------------ */

/* Shows a command as a person would type it, and runs it. `shown` NULL: quietly. */
static bool perform(const struct demo *demo, const char *shown, const char *const *arguments, struct error *error) {
  struct command step = {.verb = verb_find(arguments[0], error)};
  if (step.verb == NULL)
    return false;
  const struct option_spec *const tables[] = {common_options, step.verb->options, NULL};
  if (!options_parse(tables, (char **)(uintptr_t)(arguments + 1), false, &step.options, NULL, error))
    return false;
  AUTO_TEXT struct text line = {0};
  text_add_format(&line, "$ rectrack %s\n", shown != NULL ? shown : "");
  if (shown != NULL && !session_write(demo->command, line.data, line.length, error))
    return false;
  return step.verb->run(&step, error) && (shown == NULL || session_write(demo->command, "\n", 1, error));
}

static bool read_report(const struct demo *demo, struct error *error) {
  AUTO_TEXT struct text path = {0};
  const char *const arguments[] = {"import", "document", NULL, "--symbol", SYMBOL, "--notice", NOTICE, "--quiet", NULL};
  const char *with_path[sizeof arguments / sizeof *arguments];
  memcpy(with_path, arguments, sizeof arguments);
  if (!unpack(demo, "documents/ctoc-cop-wg7-2018-l1-add1.txt", "report.txt", &path, error))
    return false;
  with_path[2] = path.data;
  return perform(demo, "import document report.txt --symbol CTOC/COP/WG.7/2018/L.1/Add.1", with_path, error);
}

static bool read_records(const struct demo *demo, struct error *error) {
  AUTO_TEXT struct text path = {0};
  if (!unpack(demo, "demo/status.csv", "illustrative-status.csv", &path, error))
    return false;
  const char *const arguments[] = {"import", "status", path.data, "--notice", NOTICE, "--quiet", NULL};
  return perform(demo, "import status illustrative-status.csv --notice 'ILLUSTRATIVE DATA: …'", arguments, error);
}

/* Who spoke at the meeting (paragraph IV.10 of the report): long tables are printed for these States alone. */
static const char SPEAKERS[] = "state in (DZA, BRA, CUB, DOM, EGY, ITA, FJI, MEX, MAR, NGA, SDN, TUR, USA, VEN)";

static const struct {
  const char *name;
  const char *where; /* of the printed table; the CSV file has every State */
} tables[] = {{"progress", NULL}, {"groups", NULL}, {"states", SPEAKERS}, {"matrix", SPEAKERS}};
static const size_t table_count = sizeof tables / sizeof *tables;

static bool print_table(const struct demo *demo, const char *name, const char *where, struct error *error) {
  AUTO_TEXT struct text shown = {0};
  text_add_format(&shown, "report %s", name);
  if (where != NULL)
    text_add_format(&shown, " --where '%s'", where);
  const char *const arguments[] = {"report", name, "--format", "table", where != NULL ? "--where" : NULL, where, NULL};
  return perform(demo, shown.data, arguments, error);
}

/* Named illustrative, because a CSV has no place for a notice. */
static bool write_table(const struct demo *demo, const char *name, struct error *error) {
  AUTO_TEXT struct text path = {0};
  text_add_format(&path, "%s/illustrative-%s.csv", demo->csv_folder, name);
  const char *const arguments[] = {"report", name, "--output", path.data, "--format", "csv", NULL};
  return perform(demo, NULL, arguments, error);
}

static bool make_csv_folder(const struct demo *demo, struct error *error) {
  if (mkdir(demo->csv_folder, 0777) == 0 || errno == EEXIST)
    return true;
  error_errno(error, ERROR_CANNOT_CREATE, "cannot make the folder \"%s\"", demo->csv_folder);
  return error_remedy(error, "Name another with --output-dir.");
}

static bool tell_end(const struct demo *demo, struct error *error) {
  AUTO_TEXT struct text out = {0};
  AUTO_FREE char *folder = realpath(demo->csv_folder, NULL);
  text_add(&out, "The tables are CSV files in ");
  text_add_escaped(&out, folder != NULL ? folder : demo->csv_folder,
                   strlen(folder != NULL ? folder : demo->csv_folder));
  text_add(&out, ":\n");
  for (size_t i = 0; i < table_count; i++)
    text_add_format(&out, "  illustrative-%s.csv\n", tables[i].name);
  if (options_flag(&demo->command->options, "keep"))
    text_add_format(&out, "The database is kept. Use it with: export RECTRACK_DATA=%s/database\n", demo->folder);
  return session_write(demo->command, out.data, out.length, error);
}

static bool perform_all(const struct demo *demo, struct error *error) {
  if (!make_csv_folder(demo, error) || !read_report(demo, error) || !read_records(demo, error))
    return false;
  for (size_t i = 0; i < table_count; i++)
    if (!print_table(demo, tables[i].name, tables[i].where, error))
      return false;
  for (size_t i = 0; i < table_count; i++)
    if (!write_table(demo, tables[i].name, error))
      return false;
  return tell_end(demo, error);
}

static bool run(const struct command *command, struct error *error) {
  __attribute__((cleanup(clean_up))) struct demo demo = {.command = command, .csv_folder = DEFAULT_FOLDER};
  if (options_text(&command->options, "output-dir") != NULL)
    demo.csv_folder = options_text(&command->options, "output-dir");
  return use_own_database(&demo, error) && perform_all(&demo, error);
}
