/* The command line: dispatch, and the one place where an error is printed and becomes an exit code. */
#include "cmd/help.h"
#include "cmd/session.h"
#include "cmd/verbs.h"
#include "core/base/interrupt.h"
#include "core/base/memory.h"
#include "core/base/text.h"
#include "core/database/db_connect.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/*
 * Files that are opened must not take the numbers of stdin, stdout and stderr.  One that is closed is opened the wrong
 * way round, so that who reads or writes there learns of it instead of losing data.
 */
static void ensure_standard_files(void) {
  for (int file = STDIN_FILENO; file <= STDERR_FILENO; file++)
    if (fcntl(file, F_GETFD) < 0 && open("/dev/null", file == STDIN_FILENO ? O_WRONLY : O_RDONLY) != file)
      _exit(ERROR_FAILED);
}

/* A connection string with a password is taken out of the list of processes: the program goes on with a copy. */
static void hide_password(char **argument, size_t from) {
  char *value = *argument + from;
  if (!db_conninfo_has_password(value))
    return;
  *argument = memory_string(*argument);
  memset(value, 'x', strlen(value));
}

static void hide_passwords(char **arguments) {
  static const char *const options[] = {"--db", "--to"};
  for (; *arguments != NULL; arguments++)
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
      size_t length = strlen(options[i]);
      if (strcmp(*arguments, options[i]) == 0 && arguments[1] != NULL)
        hide_password(arguments + 1, 0);
      else if (strncmp(*arguments, options[i], length) == 0 && (*arguments)[length] == '=')
        hide_password(arguments, length + 1);
    }
}

static bool needs_more(const struct verb *verb, struct error *error) {
  AUTO_TEXT struct text forms = {0};
  AUTO_TEXT struct text objects = {0};
  for (const char *at = verb->usage; *at != '\0'; at++)
    if (*at == '\n')
      text_add(&forms, " | ");
    else
      text_add_char(&forms, *at);
  text_add(&objects, verb_add_objects(verb, &objects) ? " " : "");
  error_set(error, ERROR_USAGE, "\"%s\" needs more: %s", verb->name, text_string(&forms));
  return error_remedy(error, "%sSee \"rectrack help %s\".", text_string(&objects), verb->name);
}

static bool check_operands(const struct command *command, struct error *error) {
  const struct verb *verb = command->verb;
  size_t count = command->options.operand_count;
  if (count < verb->least)
    return needs_more(verb, error);
  if (count <= verb->most)
    return true;
  error_set(error, ERROR_USAGE, "\"%s\" doesn't take \"%s\"", verb->name, command->options.operands[verb->most]);
  return error_remedy(error, "See \"rectrack help %s\".", verb->name);
}

/* What is told is not passed over. */
static bool check_common_options(const struct command *command, struct error *error) {
  for (const struct option_spec *option = common_options; option->name != NULL; option++)
    if (options_flag(&command->options, option->name) && !verb_takes(command->verb, option)) {
      error_set(error, ERROR_USAGE, "\"%s\" has no use for --%s", command->verb->name, option->name);
      return error_remedy(error, "See \"rectrack help %s\".", command->verb->name);
    }
  return session_check_colour(command, error) && session_check_format(command, error);
}

static bool check_utf8(const char *value, struct error *error) {
  if (text_is_utf8(value, strlen(value), NULL))
    return true;
  error_set(error, ERROR_USAGE, "not UTF-8: \"%s\"", value);
  return error_remedy(error,
                      "Write it in UTF-8, which a terminal does with the locale C.UTF-8 or any other UTF-8 one.");
}

/* What isn't UTF-8 can't be stored or looked up; only the name of a file may be anything. */
static bool check_encoding(const struct command *command, struct error *error) {
  const struct options *options = &command->options;
  for (size_t i = 0; i < options->given_count; i++)
    if (options->given[i].value != NULL && strcmp(options->given[i].spec->value, "FILE") != 0 &&
        !check_utf8(options->given[i].value, error))
      return false;
  for (size_t i = 0; i < options->operand_count; i++)
    if (access(options->operands[i], F_OK) != 0 && !check_utf8(options->operands[i], error))
      return false;
  return true;
}

/* Whoever is refused by the database is told which role the command needs. */
static bool run_verb(const struct command *command, struct error *error) {
  if (command->verb->run(command, error))
    return true;
  if (error->code == ERROR_NOT_PERMITTED && error->remedy[0] == '\0' && command->verb->role != NULL)
    error_remedy(error, "What it needs is the role %s (see \"rectrack help access\").", command->verb->role);
  return false;
}

/* Options may stand before the verb as well as behind it. */
static bool run(char **arguments, struct command *command, struct error *error) {
  struct options *options = &command->options;
  const struct option_spec *const before[] = {common_options, NULL};
  size_t parsed;
  if (!options_parse(before, arguments, true, options, &parsed, error))
    return false;
  const char *name = arguments[parsed];
  if (name == NULL || options_flag(options, "help")) {
    command->verb = &verb_help;
    if (name != NULL)
      options->operands[options->operand_count++] = name;
    if (name != NULL || options_flag(options, "help"))
      return verb_help.run(command, error);
    error_set(error, ERROR_USAGE, "no command was given");
    return error_remedy(error, "See \"rectrack help\".");
  }
  command->verb = verb_find(name, error);
  if (command->verb == NULL)
    return false;
  const struct option_spec *const behind[] = {common_options, command->verb->options, NULL};
  if (!options_parse(behind, arguments + parsed + 1, false, options, NULL, error) ||
      (!command->verb->passes_on && !options_take_rest(options, error)))
    return false;
  if (options_flag(options, "help"))
    return help_write(command, error);
  return check_common_options(command, error) && check_operands(command, error) && check_encoding(command, error) &&
         run_verb(command, error);
}

int main(int count, char **arguments) {
  ensure_standard_files();
  interrupt_install();
  hide_passwords(arguments);
  struct error error = {0};
  if (count > 1 && strcmp(arguments[1], "--version") == 0)
    arguments[1] = (char *)(uintptr_t)verb_version.name;
  struct command command = {0};
  if (count > 0 && run(arguments + 1, &command, &error))
    return ERROR_NONE;
  if (error.message[0] != '\0')
    session_print_error(&command, &error);
  return error.code != ERROR_NONE ? (int)error.code : (int)ERROR_FAILED;
}
