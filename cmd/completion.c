/* completion: scripts for three shells, made from the list of verbs. */
#include "cmd/session.h"
#include "cmd/verbs.h"
#include "core/base/language.h"
#include "core/base/text.h"
#include "reports/render/render.h"

#include <string.h>

static bool run(const struct command *command, struct error *error);

static const struct option_spec options[] = {{NULL, 0, NULL, NULL}};

const struct verb verb_completion = {
    .name = "completion",
    .usage = "SHELL",
    .summary = "print a completion script for the shell",
    .about = "Prints a script that completes commands, objects, options and the words that options take; in fish, each "
             "with what it means.",
    .objects = "bash zsh fish",
    .least = 1,
    .most = 1,
    .options = options,
    .takes = TAKES_OUTPUT,
    .examples = "rectrack completion bash > ~/.local/share/bash-completion/completions/rectrack\n",
    .run = run,
};

static void add_words(struct text *out, const struct verb *verb) {
  if (verb->objects != NULL)
    text_add_format(out, "%s ", verb->objects);
  for (const struct option_spec *spec = verb->options; spec->name != NULL; spec++)
    text_add_format(out, "--%s ", spec->name);
  for (const struct option_spec *spec = common_options; spec->name != NULL; spec++)
    if (verb_takes(verb, spec))
      text_add_format(out, "--%s%s", spec->name, spec[1].name != NULL ? " " : "");
}

static void add_names(struct text *out) {
  for (const struct verb *const *verb = verbs; *verb != NULL; verb++)
    text_add_format(out, "%s%s", verb == verbs ? "" : " ", (*verb)->name);
}

/* ---- words that options take ---------------------------------------------- */

struct word {
  const char *word, *about;
};

static const struct word color_words[] = {
    {"auto", "on a terminal, unless NO_COLOR is set"}, {"always", "always"}, {"never", "never"}, {NULL, NULL}};
static const struct word kind_words[] = {
    {"reported", "by the States"}, {"assessed", "by reviewers"}, {"both", "whichever is newer"}, {NULL, NULL}};
static const struct word layout_words[] = {
    {"wide", "a column for each member"}, {"long", "row, column, value"}, {NULL, NULL}};
static const struct word for_words[] = {{"excel", "byte order mark, CRLF and a guard before formulas"}, {NULL, NULL}};
static const struct word measure_words[] = {{"count", "pairs of State and recommendation"},
                                            {"states", "States"},
                                            {"recommendations", "recommendations"},
                                            {"score", "mean weight of the levels"},
                                            {"row-percent", "share of the row"},
                                            {"col-percent", "share of the column"},
                                            {"total-percent", "share of the whole"},
                                            {NULL, NULL}};
static const struct word channel_words[] = {{"note-verbale", "a note verbale"},
                                            {"questionnaire", "a form that was filled in"},
                                            {"statement", "a statement at a meeting"},
                                            {"letter", "a letter"},
                                            {"review", "a review of the State"},
                                            {"other", "something else"},
                                            {NULL, NULL}};

static const struct {
  const char *option;
  const struct word *words;
} fixed[] = {{"color", color_words}, {"kind", kind_words},       {"layout", layout_words},
             {"for", for_words},     {"measure", measure_words}, {"channel", channel_words}};

/* The number-th word that an option can have, where these are a few; false where there are no more, or any. */
static bool option_word(const char *option, size_t number, struct word *out) {
  if (strcmp(option, "format") == 0) {
    if (number < render_format_count)
      *out = (struct word){render_formats[number].name, render_formats[number].about};
    return number < render_format_count;
  }
  if (strcmp(option, "lang") == 0 || strcmp(option, "language") == 0) {
    if (number < language_count)
      *out = (struct word){language_list[number].code, language_list[number].name};
    return number < language_count;
  }
  for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
    if (strcmp(fixed[i].option, option) == 0) {
      for (size_t n = 0; n <= number; n++)
        if (fixed[i].words[n].word == NULL)
          return false;
      *out = fixed[i].words[number];
      return true;
    }
  return false;
}

/* Its value is the path of something, which the shell completes itself. */
static bool takes_path(const struct option_spec *spec) {
  return spec->value != NULL && (strcmp(spec->value, "FILE") == 0 || strcmp(spec->value, "FOLDER") == 0);
}

/* ---- bash and zsh --------------------------------------------------------- */

/* A case of bash for an option that was not met before. */
static void add_case(struct text *out, struct text *met, const struct option_spec *spec) {
  AUTO_TEXT struct text name = {0};
  struct word word;
  text_add_format(&name, " --%s ", spec->name);
  if ((!takes_path(spec) && !option_word(spec->name, 0, &word)) || strstr(text_string(met), name.data) != NULL)
    return;
  text_add(met, name.data);
  text_add_format(out, "  --%s", spec->name);
  if (spec->letter != 0)
    text_add_format(out, " | -%c", spec->letter);
  text_add(out, takes_path(spec) ? ") return ;;\n" : ") offered='");
  for (size_t i = 0; !takes_path(spec) && option_word(spec->name, i, &word); i++)
    text_add_format(out, "%s%s", i > 0 ? " " : "", word.word);
  text_add(out, takes_path(spec) ? "" : "' ;;\n");
}

static void add_values(struct text *out) {
  AUTO_TEXT struct text met = {0};
  text_add(out, "  case \"${COMP_WORDS[COMP_CWORD-1]}\" in\n");
  for (const struct option_spec *spec = common_options; spec->name != NULL; spec++)
    add_case(out, &met, spec);
  for (const struct verb *const *verb = verbs; *verb != NULL; verb++)
    for (const struct option_spec *spec = (*verb)->options; spec->name != NULL; spec++)
      add_case(out, &met, spec);
  text_add(out, "  *)\n");
}

/* The command is the first word that is no option. zsh reads bash's completion through bashcompinit. */
static void add_bash(struct text *out) {
  text_add(out, "_rectrack() {\n  local offered= verb= i\n");
  add_values(out);
  text_add(out, "    for ((i = 1; i < COMP_CWORD && ${#verb} == 0; i++)); do\n"
                "      [[ ${COMP_WORDS[i]} == -* ]] || verb=${COMP_WORDS[i]}\n    done\n"
                "    case \"$verb\" in\n    '') offered=\"");
  add_names(out);
  text_add(out, "\" ;;\n");
  for (const struct verb *const *verb = verbs; *verb != NULL; verb++) {
    text_add_format(out, "    %s) offered=\"", (*verb)->name);
    add_words(out, *verb);
    text_add(out, "\" ;;\n");
  }
  text_add(out, "    esac ;;\n  esac\n  COMPREPLY=($(compgen -W \"$offered\" -- \"${COMP_WORDS[COMP_CWORD]}\"))\n}\n"
                "complete -o default -F _rectrack rectrack\n");
}

/* ---- fish ------------------------------------------------------------------ */

/* Text between single quotes of fish. */
static void add_quoted(struct text *out, const char *s) {
  text_add_char(out, '\'');
  for (; *s != '\0'; s++)
    text_add_format(out, "%s%c", *s == '\'' || *s == '\\' ? "\\" : "", *s);
  text_add_char(out, '\'');
}

/* Words with their descriptions: fish reads the list once more, so that each description has quotes of its own. */
static void add_fish_words(struct text *out, const char *option) {
  AUTO_TEXT struct text list = {0};
  struct word word;
  for (size_t i = 0; option_word(option, i, &word); i++)
    text_add_format(&list, "%s%s\\t\"%s\"", i > 0 ? " " : "", word.word, word.about);
  if (list.length == 0)
    return;
  text_add(out, " -a ");
  add_quoted(out, list.data);
}

static void add_fish_option(struct text *out, const struct option_spec *spec, const char *verb) {
  text_add_format(out, "complete -c rectrack -n '__rectrack_is %s' -l %s", verb, spec->name);
  if (spec->letter != 0)
    text_add_format(out, " -s %c", spec->letter);
  if (spec->value != NULL)
    text_add(out, takes_path(spec) ? " -r -F" : " -x");
  add_fish_words(out, spec->name);
  text_add(out, " -d ");
  add_quoted(out, spec->help);
  text_add_char(out, '\n');
}

static void add_fish(struct text *out) {
  text_add(out, "# The command is the first word that is no option.\n"
                "function __rectrack_is\n  set -l words (commandline -opc)\n  set -e words[1]\n"
                "  for word in $words\n    string match -q -- '-*' $word; and continue\n"
                "    test $word = \"$argv[1]\"\n    return\n  end\n  test -z \"$argv[1]\"\nend\n");
  for (const struct verb *const *verb = verbs; *verb != NULL; verb++) {
    text_add_format(out, "complete -c rectrack -n '__rectrack_is \"\"' -f -a %s -d ", (*verb)->name);
    add_quoted(out, (*verb)->summary);
    text_add_char(out, '\n');
    if ((*verb)->objects != NULL)
      text_add_format(out, "complete -c rectrack -n '__rectrack_is %s' -a '%s'\n", (*verb)->name, (*verb)->objects);
    for (const struct option_spec *spec = (*verb)->options; spec->name != NULL; spec++)
      add_fish_option(out, spec, (*verb)->name);
    for (const struct option_spec *spec = common_options; spec->name != NULL; spec++)
      if (verb_takes(*verb, spec))
        add_fish_option(out, spec, (*verb)->name);
  }
}

static bool run(const struct command *command, struct error *error) {
  const char *shell = command->options.operands[0];
  AUTO_TEXT struct text out = {0};
  if (strcmp(shell, "bash") == 0)
    add_bash(&out);
  else if (strcmp(shell, "zsh") == 0) {
    text_add(&out, "#compdef rectrack\nautoload -U +X bashcompinit && bashcompinit\n");
    add_bash(&out);
  } else if (strcmp(shell, "fish") == 0)
    add_fish(&out);
  else {
    error_set(error, ERROR_USAGE, "unknown shell: \"%s\"", shell);
    return error_remedy(error, "The shells are bash, zsh and fish.");
  }
  return session_write(command, text_string(&out), out.length, error);
}
