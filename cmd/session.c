/* What commands share. */
#include "cmd/session.h"

#include "core/administration/schema.h"
#include "core/base/interrupt.h"
#include "core/base/memory.h"
#include "core/base/output.h"
#include "core/base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

static void say_retry(void *context, const char *message) {
  session_say(context, "%s", message);
}

/* Of several hosts those who write need the primary, and those who read much leave it to them. */
static enum db_server server_for(const struct verb *verb) {
  if (verb->reads_much)
    return DB_STANDBY;
  return verb->role != NULL && strcmp(verb->role, "reader") == 0 ? DB_ANY_SERVER : DB_PRIMARY;
}

static bool connect_to(const struct command *command, enum db_server server, struct db **db, struct error *error) {
  AUTO_TARGET struct target *target = NULL;
  bool created;
  if (!target_choose(&target, options_text(&command->options, "db"), error))
    return false;
  target->server = server;
  if (!target_connect(target, db, &created, error))
    return false;
  db_on_retry(*db, say_retry, session_sink(command));
  if (created) {
    AUTO_TEXT struct text where = {0};
    target_describe(target, &where);
    session_say(command, "made the %s", text_string(&where));
  }
  return true;
}

bool session_connect(const struct command *command, struct db **db, struct error *error) {
  return connect_to(command, server_for(command->verb), db, error);
}

bool session_open_primary(const struct command *command, struct db **out, struct error *error) {
  AUTO_DB struct db *db = NULL;
  if (!connect_to(command, DB_PRIMARY, &db, error) || !schema_require(db, error))
    return false;
  *out = db;
  db = NULL;
  return true;
}

bool session_open(const struct command *command, struct db **out, struct error *error) {
  AUTO_DB struct db *db = NULL;
  if (!session_connect(command, &db, error) || !schema_require(db, error))
    return false;
  *out = db;
  db = NULL;
  return true;
}

bool session_write(const struct command *command, const char *bytes, size_t length, struct error *error) {
  AUTO_OUTPUT struct output *output = NULL;
  return output_open(&output, options_text(&command->options, "output"), error) &&
         output_write(output, bytes, length, error) && output_close(&output, error);
}

/* ---- colour ---------------------------------------------------------------- */

/* https://no-color.org; a terminal without a name, or one that is called dumb, has no colours to speak of. */
static bool wants_colour(const struct command *command, bool terminal) {
  const char *when = options_text(&command->options, "color");
  if (when != NULL && strcmp(when, "auto") != 0)
    return strcmp(when, "always") == 0;
  const char *no_colour = getenv("NO_COLOR"), *name = getenv("TERM");
  return terminal && (no_colour == NULL || *no_colour == '\0') && name != NULL && *name != '\0' &&
         strcmp(name, "dumb") != 0;
}

bool session_check_colour(const struct command *command, struct error *error) {
  const char *when = options_text(&command->options, "color");
  if (when == NULL || strcmp(when, "auto") == 0 || strcmp(when, "always") == 0 || strcmp(when, "never") == 0)
    return true;
  error_set(error, ERROR_USAGE, "--color can't be \"%s\"", when);
  return error_remedy(error, "Write auto, always or never.");
}

/* ---- output ---------------------------------------------------------------- */

static size_t terminal_width(void) {
  struct winsize size;
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

/* "table.pdf" says what it should be; "tables/march" and a device don't. */
static bool has_ending(const char *path) {
  const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path, *point = strrchr(name, '.');
  struct stat status;
  return point != NULL && point != name && point[1] != '\0' && (stat(path, &status) != 0 || S_ISREG(status.st_mode));
}

const struct render_format *session_format(const struct command *command, struct error *error) {
  const char *name = options_text(&command->options, "format");
  const char *path = options_text(&command->options, "output");
  if (name != NULL)
    return render_find(name, error);
  const struct render_format *format = path != NULL ? render_by_ending(path) : NULL;
  if (format != NULL)
    return format;
  if (path != NULL && has_ending(path)) {
    error_set(error, ERROR_USAGE, "the ending of \"%s\" is that of no format", path);
    AUTO_TEXT struct text endings = {0};
    render_add_endings(&endings);
    error_remedy(error, "Name one of %s, or give --format.", endings.data);
    return NULL;
  }
  bool terminal = (path == NULL || strcmp(path, "-") == 0) && isatty(STDOUT_FILENO) == 1;
  return render_find(terminal ? "table" : "csv", error);
}

bool session_check_format(const struct command *command, struct error *error) {
  const char *name = options_text(&command->options, "format"), *path = options_text(&command->options, "output");
  if ((command->verb->takes & TAKES_FORMAT) == 0 || (name == NULL && path == NULL))
    return true;
  const struct render_format *format = name != NULL ? render_find(name, error) : render_by_ending(path);
  if (format == NULL)
    return name == NULL;
  return (format->flags & RENDER_PICTURE) == 0 || command->verb->draws || render_refuse_picture(error);
}

/* --for excel. Other formats have no need of it: what is told is not passed over. */
static bool read_purpose(const struct command *command, const struct render_format *format, bool *for_excel,
                         struct error *error) {
  const char *purpose = options_text(&command->options, "for");
  *for_excel = purpose != NULL;
  if (purpose == NULL || (strcmp(purpose, "excel") == 0 && (format->flags & RENDER_SEPARATED) != 0))
    return true;
  if (strcmp(purpose, "excel") != 0) {
    error_set(error, ERROR_USAGE, "can't write for \"%s\"", purpose);
    return error_remedy(error, "The one that needs it is \"excel\".");
  }
  error_set(error, ERROR_USAGE, "--for excel is of no use with the format %s", format->name);
  return error_remedy(error, "It is for csv and tsv; a workbook needs no guard.");
}

bool session_write_grid(const struct command *command, const struct grid *grid, struct error *error) {
  AUTO_OUTPUT struct output *output = NULL;
  const struct render_format *format = session_format(command, error);
  if (format == NULL || !output_open(&output, options_text(&command->options, "output"), error))
    return false;
  bool terminal = output_is_terminal(output);
  struct render_options options = {
      .width = terminal ? terminal_width() : 120, .fold = terminal, .colour = wants_colour(command, terminal)};
  if ((format->flags & RENDER_BINARY) != 0 && terminal) {
    error_set(error, ERROR_USAGE, "the format %s is not for a terminal", format->name);
    return error_remedy(error, "Name a file: --output table%s.", format->ending);
  }
  return read_purpose(command, format, &options.for_excel, error) &&
         render_write(format, grid, &options, output, error) && output_close(&output, error);
}

/* ---- talk ------------------------------------------------------------------ */

static const char RED[] = "\033[1;31m", YELLOW[] = "\033[1;33m", CYAN[] = "\033[36m", PLAIN[] = "\033[0m";

/* Adds words of ours in a colour, where stderr has colours. */
static void add_coloured(const struct command *command, const char *colour, const char *words, struct text *out) {
  if (wants_colour(command, isatty(STDERR_FILENO) == 1))
    text_add_format(out, "%s%s%s", colour, words, PLAIN);
  else
    text_add(out, words);
}

static void say(const struct command *command, bool note, const char *format, va_list arguments) {
  if (options_flag(&command->options, "quiet"))
    return;
  char message[2048];
  int length = vsnprintf(message, sizeof message, format, arguments);
  AUTO_TEXT struct text line = {0};
  text_add(&line, "rectrack: ");
  if (note) {
    add_coloured(command, YELLOW, "note:", &line);
    text_add_char(&line, ' ');
  }
  text_add_escaped(&line, message, length < (int)sizeof message ? (size_t)length : sizeof message - 1);
  fprintf(stderr, "%s\n", line.data);
}

void session_say(const struct command *command, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  say(command, false, format, arguments);
  va_end(arguments);
}

void session_note(const struct command *command, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  say(command, true, format, arguments);
  va_end(arguments);
}

static void print(const struct command *command, const char *colour, const struct error *error) {
  AUTO_TEXT struct text line = {0};
  AUTO_TEXT struct text remedy = {0};
  add_coloured(command, colour, "rectrack:", &line);
  text_add_char(&line, ' ');
  error_format_fault(error, &line);
  error_format_remedy(error, &remedy);
  if (remedy.length > 0) {
    text_add_char(&line, ' ');
    add_coloured(command, CYAN, remedy.data, &line);
  }
  fprintf(stderr, "%s\n", line.data);
}

void *session_sink(const struct command *command) {
  return (void *)(uintptr_t)command;
}

void session_print_error(void *command, const struct error *error) {
  print(command, RED, error);
}

void session_print_finding(const struct command *command, const struct error *finding) {
  print(command, YELLOW, finding);
}

bool session_is_interactive(const struct command *command) {
  return !options_flag(&command->options, "quiet") && isatty(STDERR_FILENO) == 1;
}

bool session_can_ask(const struct command *command) {
  return session_is_interactive(command) && !options_flag(&command->options, "no-input") && isatty(STDIN_FILENO) == 1;
}

bool session_ask(const char *question, bool *yes, struct error *error) {
  AUTO_FREE char *answer = NULL;
  size_t size = 0;
  fprintf(stderr, "rectrack: %s [y/N] ", question);
  fflush(stderr);
  ssize_t length = getline(&answer, &size, stdin);
  if (!interrupt_check(error))
    return false;
  while (length > 0 && (answer[length - 1] == '\n' || answer[length - 1] == ' '))
    answer[--length] = '\0';
  *yes = length > 0 && (strcasecmp(answer, "y") == 0 || strcasecmp(answer, "yes") == 0);
  return true;
}
