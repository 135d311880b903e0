/* help and version, made from the list of verbs. */
#include "config.h"

#include "cmd/help.h"
#include "cmd/session.h"
#include "core/administration/schema.h"
#include "core/base/text.h"

#include <libpq-fe.h>
#include <string.h>

static const struct option_spec help_options[] = {
    {"man", 0, NULL, "write the manual page (roff) instead"},
    {NULL, 0, NULL, NULL},
};

static bool run_help(const struct command *command, struct error *error);
static bool run_version(const struct command *command, struct error *error);

const struct verb verb_help = {
    .name = "help",
    .usage = "[COMMAND]",
    .summary = "show what rectrack can do",
    .about = "Without COMMAND lists the commands; with it tells all about that one.",
    .most = 1,
    .options = help_options,
    .takes = TAKES_OUTPUT,
    .examples = "rectrack help import\nrectrack help --man | man -l -\n",
    .run = run_help,
};

static const struct option_spec no_options[] = {{NULL, 0, NULL, NULL}};

const struct verb verb_version = {
    .name = "version",
    .usage = "",
    .summary = "show the version",
    .about = "Shows the versions of the program, of its database schema and of libpq.",
    .options = no_options,
    .takes = TAKES_OUTPUT,
    .examples = "rectrack version\n",
    .run = run_version,
};

const char help_exit_codes[] = "Exit codes:\n"
                               "    0  done                       66  no such input file\n"
                               "    1  failed                     69  database not reachable\n"
                               "    2  wrong usage                73  output file can't be created\n"
                               "    3  done in part               74  output can't be written\n"
                               "    4  a check found something    75  busy, try again\n"
                               "   65  bad input data             77  not permitted\n"
                               "  130  interrupted                78  bad configuration\n";

/* Words broken into lines of 78 columns at most, each behind `indent` blanks; a line end in them stays one. */
static void add_wrapped(struct text *out, const char *words, size_t indent) {
  size_t column = 0;
  while (*words != '\0') {
    size_t length = strcspn(words, " \n");
    if (column > 0 && (words[-1] == '\n' || column + 1 + length > 78)) {
      text_add_char(out, '\n');
      column = 0;
    }
    if (column == 0) {
      text_add_format(out, "%*s", (int)indent, "");
      column = indent;
    } else {
      text_add_char(out, ' ');
      column++;
    }
    text_add_n(out, words, length);
    column += length;
    words += length;
    words += *words != '\0';
  }
  text_add_char(out, '\n');
}

static void add_option(struct text *out, const struct option_spec *option) {
  if (option->letter != 0)
    text_add_format(out, "  -%c, ", option->letter);
  else
    text_add(out, "      ");
  text_add_format(out, "--%s%s%s\n", option->name, option->value != NULL ? " " : "",
                  option->value != NULL ? option->value : "");
  add_wrapped(out, option->help, 10);
}

static void add_options(struct text *out, const struct verb *verb) {
  text_add(out, verb->options->name != NULL ? "\nOptions:\n" : "");
  for (const struct option_spec *option = verb->options; option->name != NULL; option++)
    add_option(out, option);
}

static void add_common_options(struct text *out, const struct verb *verb) {
  for (const struct option_spec *option = common_options; option->name != NULL; option++)
    if (verb_takes(verb, option))
      add_option(out, option);
}

void help_add_usage(struct text *out, const struct verb *verb, const char *before, const char *between) {
  const char *form = verb->usage;
  do {
    size_t length = strcspn(form, "\n");
    text_add_format(out, "%srectrack %s%s%.*s [OPTION]…\n", form == verb->usage ? before : between, verb->name,
                    length > 0 ? " " : "", (int)length, form);
    form += length + (form[length] == '\n');
  } while (*form != '\0');
}

static void add_verb(struct text *out, const struct verb *verb) {
  AUTO_TEXT struct text words = {0};
  help_add_usage(out, verb, "Usage: ", "       ");
  if (verb_add_objects(verb, &words))
    add_wrapped(out, words.data, 0);
  text_add_char(out, '\n');
  add_wrapped(out, verb->about, 0);
  if (verb->role != NULL) {
    text_clear(&words);
    text_add_format(&words, "Role on a shared database (\"rectrack help access\"): %s.", verb->role);
    text_add_char(out, '\n');
    add_wrapped(out, words.data, 0);
  }
  add_options(out, verb);
  text_add(out, "\nCommon options:\n");
  add_common_options(out, verb);
  text_add(out, "\nExamples:\n");
  for (const char *line = verb->examples; *line != '\0'; line += strcspn(line, "\n") + 1)
    text_add_format(out, "  %.*s\n", (int)strcspn(line, "\n"), line);
  text_add_format(out, "\n%s", help_exit_codes);
}

bool help_write(const struct command *command, struct error *error) {
  AUTO_TEXT struct text out = {0};
  add_verb(&out, command->verb);
  return session_write(command, text_string(&out), out.length, error);
}

static void add_overview(struct text *out) {
  text_add(out, "rectrack tracks what States Parties do about the recommendations of a treaty conference.\n\n"
                "Usage: rectrack COMMAND [OPTION]…\n\nCommands:\n");
  for (const struct verb *const *verb = verbs; *verb != NULL; verb++)
    text_add_format(out, "  %-13s %s\n", (*verb)->name, (*verb)->summary);
  text_add(out, "\n\"rectrack help COMMAND\" tells all about one, \"man rectrack\" about all. \"rectrack demo\" shows "
                "what the tables look like.\n");
}

static bool run_help(const struct command *command, struct error *error) {
  AUTO_TEXT struct text out = {0};
  if (options_flag(&command->options, "man")) {
    help_add_manual(&out);
  } else if (command->options.operand_count == 0) {
    add_overview(&out);
  } else {
    const struct verb *verb = verb_find(command->options.operands[0], error);
    if (verb == NULL)
      return false;
    add_verb(&out, verb);
  }
  return session_write(command, text_string(&out), out.length, error);
}

static bool run_version(const struct command *command, struct error *error) {
  AUTO_TEXT struct text out = {0};
  int libpq = PQlibVersion();
  text_add_format(&out, "rectrack %s (schema %d, libpq %d.%d)\n", PACKAGE_VERSION, schema_version(), libpq / 10000,
                  libpq % 10000);
  return session_write(command, text_string(&out), out.length, error);
}
