/* completion: scripts for three shells, made from the list of verbs. */
#include "cmd/session.h"
#include "cmd/verbs.h"
#include "core/base/text.h"

#include <string.h>

static bool run(const struct command *command, struct error *error);

static const struct option_spec options[] = {{NULL, 0, NULL, NULL}};

const struct verb verb_completion = {
    .name = "completion",
    .usage = "SHELL",
    .summary = "print a completion script for the shell",
    .about = "Prints a script that completes commands, objects and options.",
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

/* Values of options that are one of a few words, and options whose value is a file, which the shell completes itself.
 */
static const char VALUES[] = "  case \"${COMP_WORDS[COMP_CWORD-1]}\" in\n"
                             "  --format | -f) offered='table csv tsv json jsonl markdown html svg xlsx' ;;\n"
                             "  --lang | --language) offered='ar en es fr ru zh' ;;\n"
                             "  --color) offered='auto always never' ;;\n"
                             "  --kind) offered='reported assessed both' ;;\n"
                             "  --channel) offered='note-verbale questionnaire statement letter review other' ;;\n"
                             "  --output | -o | --rejects | --links | --jobs) return ;;\n"
                             "  *)\n";

/* The command is the first word that is no option. zsh reads bash's completion through bashcompinit. */
static void add_bash(struct text *out) {
  text_add(out, "_rectrack() {\n  local offered= verb= i\n");
  text_add(out, VALUES);
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

static void add_fish(struct text *out) {
  text_add(out, "complete -c rectrack -n __fish_use_subcommand -f -a '");
  add_names(out);
  text_add(out, "'\n");
  for (const struct verb *const *verb = verbs; *verb != NULL; verb++) {
    text_add_format(out, "complete -c rectrack -n '__fish_seen_subcommand_from %s' -a '", (*verb)->name);
    add_words(out, *verb);
    text_add(out, "'\n");
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
