/* show: one thing on one screen, found out from what was written. */
#include "cmd/resolve.h"
#include "cmd/session.h"
#include "cmd/verbs.h"
#include "core/record.h"
#include "core/reference.h"
#include "reports/listing.h"

#include <string.h>

static bool run(const struct command *command, struct error *error);

static const struct option_spec options[] = {
    {"document", 0, "SYMBOL", "the document, where a recommendation is given by its place alone"},
    {NULL, 0, NULL, NULL},
};

const struct verb verb_show = {
    .name = "show",
    .usage = "THING",
    .summary = "show one State, recommendation, document, record or batch",
    .about = "THING is a State by any name or code, a recommendation by its reference, a document by its symbol, a "
             "record by its number (12.345) or a "
             "batch by its number (12); which of them follows from its form.",
    .least = 1,
    .most = 1,
    .options = options,
    .examples = "rectrack show Italy\nrectrack show 'II.A.1(a)'\nrectrack show CTOC/COP/WG.7/2018/L.1/Add.1\nrectrack "
                "show 12.345\nrectrack show 12\n",
    .role = "reader",
    .run = run,
};

/* M49 codes have three digits at most and batches any number of them: a bare number is a batch. */
static const char *kind_of(const char *thing) {
  struct reference reference;
  struct error ignored;
  size_t digits = strspn(thing, "0123456789");
  if (digits > 0 && thing[digits] == '\0')
    return "batch";
  if (digits > 0 && thing[digits] == '.' && strspn(thing + digits + 1, "0123456789") == strlen(thing + digits + 1))
    return "record";
  if (reference_parse(thing, strlen(thing), &reference, &ignored))
    return "recommendation";
  return strchr(thing, '/') != NULL && strchr(thing, ' ') == NULL ? "document" : "state";
}

static bool resolve(struct db *db, const char *kind, const char *thing, const char *document, struct text *key,
                    struct error *error) {
  AUTO_NAMES struct names names = {0};
  struct record_id id;
  if (strcmp(kind, "batch") == 0 || strcmp(kind, "record") == 0) {
    text_add(key, thing);
    return strcmp(kind, "batch") == 0 || record_id_parse(thing, &id, error);
  }
  if (!names_load(db, &names, error))
    return false;
  if (strcmp(kind, "recommendation") == 0)
    return resolve_reference(&names, thing, document, key, error);
  if (strcmp(kind, "document") == 0)
    return resolve_document(&names, thing, key, error);
  return resolve_state(&names, thing, key, error);
}

static bool run(const struct command *command, struct error *error) {
  AUTO_DB struct db *db = NULL;
  AUTO_TEXT struct text key = {0};
  AUTO_GRID struct grid *grid = NULL;
  const char *thing = command->options.operands[0];
  const char *kind = kind_of(thing);
  if (!session_open(command, &db, error) ||
      !resolve(db, kind, thing, options_text(&command->options, "document"), &key, error) ||
      !listing_show(db, kind, text_string(&key), &grid, error))
    return false;
  if (grid != NULL)
    return session_write_grid(command, grid, error);
  error_set(error, ERROR_DATA, "there is no %s \"%s\"", kind, thing);
  return error_remedy(error, "See \"rectrack list %s\".", strcmp(kind, "batch") == 0 ? "batches" : "records");
}
