/* The manual page (roff), made from the list of verbs: man(7). */
#include "config.h"

#include "cmd/help.h"

#include <string.h>

/* Text for roff: a leading point or quote would be a request, a backslash an escape. */
static void add_roff(struct text *out, const char *line, size_t length) {
  if (length > 0 && (*line == '.' || *line == '\''))
    text_add(out, "\\&");
  for (size_t i = 0; i < length; i++)
    if (line[i] == '\\' || line[i] == '-')
      text_add_format(out, "\\%c", line[i] == '-' ? '-' : 'e');
    else
      text_add_char(out, line[i]);
  text_add_char(out, '\n');
}

static void add_roff_text(struct text *out, const char *text) {
  for (; *text != '\0'; text += strcspn(text, "\n") + (text[strcspn(text, "\n")] == '\n'))
    add_roff(out, text, strcspn(text, "\n"));
}

/* Each line is a paragraph. */
static void add_roff_paragraphs(struct text *out, const char *text) {
  for (const char *line = text; *line != '\0'; line += strcspn(line, "\n") + (line[strcspn(line, "\n")] == '\n')) {
    text_add(out, line != text ? ".PP\n" : "");
    add_roff(out, line, strcspn(line, "\n"));
  }
}

static void add_roff_option(struct text *out, const struct option_spec *option) {
  text_add(out, ".TP\n.B ");
  if (option->letter != 0)
    text_add_format(out, "\\-%c, ", option->letter);
  AUTO_TEXT struct text words = {0};
  text_add_format(&words, "--%s%s%s", option->name, option->value != NULL ? " " : "",
                  option->value != NULL ? option->value : "");
  add_roff_text(out, words.data);
  add_roff_text(out, option->help);
}

static void add_roff_examples(struct text *out, const char *examples) {
  text_add(out, ".PP\nExamples:\n.PP\n.nf\n.RS\n");
  add_roff_text(out, examples);
  text_add(out, ".RE\n.fi\n");
}

static void add_roff_verb(struct text *out, const struct verb *verb) {
  AUTO_TEXT struct text words = {0};
  text_add_format(out, ".SS %s\n.nf\n", verb->name);
  help_add_usage(&words, verb, "", "");
  add_roff_text(out, words.data);
  text_add(out, ".fi\n.PP\n");
  text_clear(&words);
  if (verb_add_objects(verb, &words)) {
    add_roff_text(out, words.data);
    text_add(out, ".PP\n");
  }
  add_roff_paragraphs(out, verb->about);
  for (const struct option_spec *option = verb->options; option->name != NULL; option++)
    add_roff_option(out, option);
  add_roff_examples(out, verb->examples);
}

/* What the environment says; the program reads each of them in one place (core/database/target.c, cluster.c, …). */
static const struct option_spec variables[] = {
    {"RECTRACK_DB", 0, NULL, "The database: a URI, a keyword string or service=NAME."},
    {"PGHOST, PGDATABASE, PGSERVICE, PGPASSFILE …", 0, NULL,
     "PostgreSQL's own variables, where RECTRACK_DB is not set."},
    {"RECTRACK_DATA", 0, NULL, "The folder of the embedded database."},
    {"RECTRACK_IDLE_SECONDS", 0, NULL, "After how many seconds without use its server stops (600)."},
    {"RECTRACK_PG_BINDIR", 0, NULL, "The folder with initdb and postgres."},
    {"NO_COLOR", 0, NULL, "No colours, unless --color asks for them."},
    {NULL, 0, NULL, NULL},
};

static const struct option_spec files[] = {
    {"~/.local/share/rectrack/", 0, NULL,
     "The embedded database (below XDG_DATA_HOME where it is set); root's is /var/lib/rectrack."},
    {"~/.config/rectrack/jobs.ini, /etc/rectrack/jobs.ini", 0, NULL, "Export jobs."},
    {NULL, 0, NULL, NULL},
};

static void add_roff_terms(struct text *out, const char *head, const struct option_spec *terms) {
  text_add_format(out, ".SH %s\n", head);
  for (; terms->name != NULL; terms++) {
    text_add(out, ".TP\n.B ");
    add_roff_text(out, terms->name);
    add_roff_text(out, terms->help);
  }
}

void help_add_manual(struct text *out) {
  text_add(out, ".TH RECTRACK 1 \"\" \"rectrack " PACKAGE_VERSION "\"\n.SH NAME\n"
                "rectrack \\- what States Parties do about the recommendations of a treaty conference\n"
                ".SH SYNOPSIS\n.B rectrack\n.I COMMAND\n[\\fIOPTION\\fR]...\n.SH COMMANDS\n");
  for (const struct verb *const *verb = verbs; *verb != NULL; verb++)
    add_roff_verb(out, *verb);
  text_add(out, ".SH COMMON OPTIONS\nThey stand before the command or behind it; each command's help names those that "
                "it takes.\n");
  for (const struct option_spec *option = common_options; option->name != NULL; option++)
    add_roff_option(out, option);
  add_roff_terms(out, "ENVIRONMENT", variables);
  add_roff_terms(out, "FILES", files);
  text_add(out, ".SH EXIT STATUS\n.nf\n");
  add_roff_text(out, strchr(help_exit_codes, '\n') + 1);
  text_add(out, ".fi\n.SH SEE ALSO\n.BR psql (1),\n.BR pg_dump (1),\n.BR systemd.timer (5)\n");
}
