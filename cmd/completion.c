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

/* zsh reads bash's completion through bashcompinit. */
static void add_bash(struct text *out) {
  text_add(out, "_rectrack() {\n  local words\n  case \"${COMP_WORDS[1]}\" in\n");
  for (const struct verb *const *verb = verbs; *verb != NULL; verb++) {
    text_add_format(out, "  %s) words=\"", (*verb)->name);
    add_words(out, *verb);
    text_add(out, "\" ;;\n");
  }
  text_add(out, "  esac\n  [ \"$COMP_CWORD\" = 1 ] && words=\"");
  add_names(out);
  text_add(out, "\"\n  COMPREPLY=($(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\"))\n}\n"
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
