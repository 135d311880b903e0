/* What `record` and `amend` have in common: the options that describe a record, and the confirmation. */
#ifndef RECTRACK_CMD_RECORD_OPTIONS_H
#define RECTRACK_CMD_RECORD_OPTIONS_H

#include "cmd/verbs.h"
#include "core/record/record.h"

/* Rows of an option table. */
#define RECORD_OPTIONS                                                                                                 \
  {"as-of", 0, "DATE", "the day that the status speaks of (YYYY-MM-DD or today)"},                                     \
      {"received", 0, "DATE", "the day on which the communication came"},                                              \
      {"channel", 0, "CHANNEL", "note-verbale, questionnaire, statement, letter, review or other"},                    \
      {"source", 0, "TEXT", "symbol or file name of the communication"},                                               \
      {"note", 0, "TEXT", "what the State says, in its words"},                                                        \
      {"evidence", 0, "TEXT", "link or symbol of the evidence"},                                                       \
      {"language", 0, "LANGUAGE", "of the note: ar, en, es, fr, ru, zh"}, {                                            \
    "assessed", 0, NULL, "assessed by reviewers, not reported by the State"                                            \
  }

/* Reads them; what wasn't given is NULL, DAY_NONE, or kind 0. */
bool record_options_read(const struct options *options, struct record_input *input, struct error *error);

/* Says on stderr what was understood and stored. */
void record_options_confirm(const struct command *command, const struct record_input *input,
                            const struct record_logged *logged);

#endif
