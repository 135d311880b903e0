/* Help, made from the list of verbs: for one of them, and the manual page for all. */
#ifndef RECTRACK_CMD_HELP_H
#define RECTRACK_CMD_HELP_H

#include "cmd/verbs.h"
#include "core/base/text.h"

/* Writes the help of the command's verb to its output. */
bool help_write(const struct command *command, struct error *error);

/* Adds a line "rectrack VERB …" for each form of the verb; `before` stands before the first one, `between` before the
 * others. */
void help_add_usage(struct text *out, const struct verb *verb, const char *before, const char *between);

/* The exit codes, two a line, under a head. */
extern const char help_exit_codes[];

/* Adds the manual page of the program. */
void help_add_manual(struct text *out);

#endif
