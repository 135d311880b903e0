/* What commands share: the database, the output, talk on stderr. */
#ifndef RECTRACK_CMD_SESSION_H
#define RECTRACK_CMD_SESSION_H

#include "cmd/verbs.h"
#include "core/base/error.h"
#include "core/database/db.h"
#include "core/database/target.h"
#include "reports/grid/grid.h"
#include "reports/render/render.h"

#include <stdbool.h>

/* Opens the command's database and makes sure of its schema (made by itself on the embedded one). */
bool session_open(const struct command *command, struct db **db, struct error *error) __attribute__((nonnull));
/* The same on the server that takes writes, for a command that mostly reads. */
bool session_open_primary(const struct command *command, struct db **db, struct error *error) __attribute__((nonnull));
/* Opens it only, for what looks at the schema itself (record_log). */
bool session_connect(const struct command *command, struct db **db, struct error *error) __attribute__((nonnull));

/* Writes bytes to --output or stdout. */
bool session_write(const struct command *command, const char *bytes, size_t length, struct error *error);

/* The format of grids: --format, or the ending of --output, or what suits stdout. ERROR_USAGE. */
const struct render_format *session_format(const struct command *command, struct error *error);

/* Whether a verb that writes grids can do so as --format or the ending of --output ask. ERROR_USAGE. */
bool session_check_format(const struct command *command, struct error *error);

/* Writes a grid in that format. */
bool session_write_grid(const struct command *command, const struct grid *grid, struct error *error);

/* One line on stderr, "rectrack: …", unless --quiet; escaped. */
void session_say(const struct command *command, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The same behind "note: ": what the user should look at again. */
void session_note(const struct command *command, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Prints an error as everything of rectrack is printed. Also an error_sink, whose context session_sink gives. */
void session_print_error(void *command, const struct error *error);
void *session_sink(const struct command *command);
/* The same for what is no failure but must be seen, such as what was left out of a document. */
void session_print_finding(const struct command *command, const struct error *finding);

/* Whether --color is one that there is. ERROR_USAGE. */
bool session_check_colour(const struct command *command, struct error *error);

/* True when stderr is a terminal and nothing forbids colour, bars and prompts. */
bool session_is_interactive(const struct command *command);

/* Whether a person is there to be asked: both stdin and stderr are terminals. */
bool session_can_ask(const struct command *command);
/* Asks a question on stderr; *yes is true for "y" and "yes". ERROR_INTERRUPTED. */
bool session_ask(const char *question, bool *yes, struct error *error);

#endif
