/*
 * The verbs.  Each file cmd/VERB.c opens with its entry; verbs.c lists the entries; dispatch, help, man page and
 * completion read them from there.
 */
#ifndef RECTRACK_CMD_VERBS_H
#define RECTRACK_CMD_VERBS_H

#include "cmd/options.h"
#include "core/base/error.h"
#include "core/base/text.h"

#include <stdbool.h>
#include <stddef.h>

/* A command on its way: its verb, what was given with it. */
struct command {
  const struct verb *verb;
  struct options options;
};

/* Which of the common options have a meaning for a verb; the others have one for every verb. */
enum verb_takes {
  TAKES_DB = 1,       /* --db */
  TAKES_OUTPUT = 2,   /* --output: it writes data */
  TAKES_FORMAT = 4,   /* --format, --for: the data are a table */
  TAKES_LANGUAGE = 8, /* --lang: texts of reports and forms; what is listed and shown is said in English */
  TAKES_TABLE = TAKES_DB | TAKES_OUTPUT | TAKES_FORMAT,
};

struct verb {
  const char *name;
  const char *usage;                 /* what stands behind the name: "STATE REFERENCE LEVEL"; a line for each form */
  const char *summary;               /* one line */
  const char *about;                 /* whole sentences */
  const char *objects;               /* the first operands that there are, separated by spaces; NULL: any. Where the
                                        usage begins with a word in capitals, they are what it stands for. */
  size_t least, most;                /* operands */
  const struct option_spec *options; /* of its own */
  unsigned takes;                    /* of enum verb_takes */
  const char *examples;              /* lines "rectrack …" */
  bool passes_on;                    /* what stands behind "--" is for another program, not operands */
  bool draws;                        /* some of its tables have a picture (reports/render/render.h: RENDER_PICTURE) */
  bool reads_much;                   /* a standby is preferred where the connection string names several hosts */
  const char *role;                  /* what a user of a shared database needs (cmd/access.c); NULL: none */
  /* Does the work: data to stdout, talk to stderr. */
  bool (*run)(const struct command *command, struct error *error);
};

extern const struct verb *const verbs[]; /* ends with NULL */

/* By name; NULL with ERROR_USAGE and the nearest one. */
const struct verb *verb_find(const char *name, struct error *error);

/* Adds "KIND is one of document, recommendations, …", where the usage begins with such a word; false where it doesn't.
 */
bool verb_add_objects(const struct verb *verb, struct text *out);

/* Options that are understood everywhere; whether one of them has a meaning for a verb tells verb_takes. */
extern const struct option_spec common_options[];
bool verb_takes(const struct verb *verb, const struct option_spec *common);

extern const struct verb verb_access, verb_amend, verb_completion, verb_db, verb_demo, verb_doctor, verb_diff,
    verb_export, verb_help, verb_history, verb_import, verb_init, verb_list, verb_questionnaire, verb_record,
    verb_report, verb_show, verb_undo, verb_verify, verb_version, verb_withdraw;

#endif
