/* Help for one verb. */
#ifndef RECTRACK_CMD_HELP_H
#define RECTRACK_CMD_HELP_H

#include "cmd/verbs.h"

/* Writes the help of the command's verb to its output. */
bool help_write(const struct command *command, struct error *error);

#endif
