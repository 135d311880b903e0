/* The list of verbs. */
#include "cmd/verbs.h"

#include "core/base/nearest.h"

#include <string.h>

const struct verb *const verbs[] = {
    &verb_init,   &verb_import,  &verb_record,        &verb_amend,  &verb_withdraw, &verb_undo,    &verb_list,
    &verb_show,   &verb_history, &verb_questionnaire, &verb_report, &verb_diff,     &verb_export,  &verb_verify,
    &verb_access, &verb_db,      &verb_doctor,        &verb_demo,   &verb_help,     &verb_version, &verb_completion,
    NULL,
};

const struct option_spec common_options[] = {
    {"db", 0, "CONNINFO",
     "the database: a URI, a keyword string or service=NAME; else RECTRACK_DB, else PG… variables, "
     "else the embedded one"},
    {"output", 'o', "FILE", "write data to FILE, which appears whole or not at all"},
    {"format", 'f', "FORMAT",
     "table, csv, tsv, json, jsonl, markdown, html, svg or xlsx; else by FILE's ending (.txt is table, .md markdown), "
     "else table on a terminal and csv elsewhere"},
    {"for", 0, "PROGRAM",
     "\"excel\": csv and tsv with a byte order mark, CRLF and a guard before what a spreadsheet would take for a "
     "formula; "
     "\"import\" takes the guard off again"},
    {"lang", 0, "LANGUAGE", "of reports and forms, and their names of States: ar, en, es, fr, ru or zh"},
    {"color", 0, "WHEN", "auto (the default: on a terminal, unless NO_COLOR is set), always or never"},
    {"no-input", 0, NULL, "ask nothing: fail where a question would be asked"},
    {"quiet", 'q', NULL, "say nothing but errors"},
    {"help", 'h', NULL, "show this help"},
    {NULL, 0, NULL, NULL},
};

bool verb_add_objects(const struct verb *verb, struct text *out) {
  size_t word = strspn(verb->usage, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  if (verb->objects == NULL || word == 0)
    return false;
  text_add_format(out, "%.*s is one of ", (int)word, verb->usage);
  for (const char *at = verb->objects; *at != '\0'; at++)
    text_add_format(out, "%s%c", *at == ' ' ? "," : "", *at);
  text_add_char(out, '.');
  return true;
}

bool verb_takes(const struct verb *verb, const struct option_spec *common) {
  static const struct {
    const char *option;
    unsigned takes;
  } meanings[] = {{"db", TAKES_DB},
                  {"output", TAKES_OUTPUT},
                  {"format", TAKES_FORMAT},
                  {"for", TAKES_FORMAT},
                  {"lang", TAKES_LANGUAGE}};
  for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
    if (strcmp(meanings[i].option, common->name) == 0)
      return (verb->takes & meanings[i].takes) != 0;
  return true;
}

const struct verb *verb_find(const char *name, struct error *error) {
  for (const struct verb *const *verb = verbs; *verb != NULL; verb++)
    if (strcmp((*verb)->name, name) == 0)
      return *verb;
  AUTO_NEAREST struct nearest nearest;
  nearest_begin(&nearest, name);
  for (const struct verb *const *verb = verbs; *verb != NULL; verb++)
    nearest_offer(&nearest, (*verb)->name);
  error_set(error, ERROR_USAGE, "unknown command: \"%s\"", name);
  nearest_remedy(&nearest, error, "See \"rectrack help\".");
  return NULL;
}
