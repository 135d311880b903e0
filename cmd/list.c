/* list: what the database has, one listing of reports/listing/listing.c each. */
#include "cmd/resolve.h"
#include "cmd/session.h"
#include "cmd/verbs.h"
#include "core/record/record.h"
#include "reports/listing/listing.h"

#include <string.h>

static bool run(const struct command *command, struct error *error);

static const struct option_spec options[] = {
    {"state", 0, "STATE", "states, names, parties, records, status, responses: of one State, by any name or code"},
    {"document", 0, "SYMBOL", "documents, recommendations, links, records, status: of one document"},
    {"reference", 0, "REFERENCE", "recommendations, records, status: one recommendation"},
    {"instrument", 0, "CODE", "states, parties, documents, recommendations: of one instrument"},
    {"level", 0, "LEVEL", "records, status: with one level"},
    {"kind", 0, "KIND", "records, status: reported or assessed"},
    {"batch", 0, "NUMBER", "records, status, responses, instruments, scales, themes, batches: of one batch"},
    {NULL, 0, NULL, NULL},
};

const struct verb verb_list = {
    .name = "list",
    .usage = "KIND",
    .summary = "list what the database has",
    .about =
        "Lists what counts now, one row each. As csv, \"states\", \"names\", \"instruments\", \"parties\", \"scales\", "
        "\"themes\", \"recommendations\" and \"status\" are the files that \"import\" reads (scales: "
        "\"import scale\"): imported again they change nothing. \"status\" has the status records without the numbers "
        "that \"records\" "
        "shows, by which \"amend\" and \"withdraw\" know them.",
    .objects = "states names instruments parties documents recommendations links records status responses batches "
               "scales themes "
               "access",
    .least = 1,
    .most = 1,
    .options = options,
    .takes = TAKES_TABLE,
    .examples =
        "rectrack list records --state Italy\nrectrack list recommendations --document CTOC/COP/WG.7/2018/L.1/Add.1\n"
        "rectrack list states --format json\nrectrack list status --state Italy --for excel -o italy.csv\n",
    .role = "reader",
    .run = run,
};

static bool check_kind(const char *written, struct text *out, struct error *error) {
  enum level_kind kind;
  if (!record_kind_parse(written, &kind, error))
    return false;
  text_add(out, written);
  return true;
}

static bool check_batch(const char *written, struct text *out, struct error *error) {
  int32_t number;
  if (!resolve_batch(written, &number, error))
    return false;
  text_add(out, written);
  return true;
}

static bool resolve(const struct names *names, enum listing_filter filter, const char *written, const char *document,
                    struct text *out, struct error *error) {
  switch (filter) {
  case LIST_STATE:
    return resolve_state(names, written, out, error);
  case LIST_DOCUMENT:
    return resolve_document(names, written, out, error);
  case LIST_REFERENCE:
    return resolve_reference(names, written, document, out, error);
  case LIST_INSTRUMENT:
    return resolve_instrument(names, written, out, error);
  case LIST_LEVEL:
    return resolve_level(names, written, out, error);
  case LIST_KIND:
    return check_kind(written, out, error);
  case LIST_BATCH:
    return check_batch(written, out, error);
  case LISTING_FILTERS:
    break;
  }
  return true;
}

/* The codes to ask with; an option that this listing doesn't take is refused rather than ignored. */
static bool read_filters(struct db *db, const struct command *command, const struct listing *listing,
                         struct text values[static LISTING_FILTERS], struct error *error) {
  AUTO_NAMES struct names names = {0};
  for (int filter = 0; filter < LISTING_FILTERS; filter++) {
    const char *name = listing_filter_name((enum listing_filter)filter);
    const char *written = options_text(&command->options, name);
    if (written == NULL)
      continue;
    if ((listing->filters & (1u << filter)) == 0) {
      error_set(error, ERROR_USAGE, "\"list %s\" can't be filtered by --%s", listing->name, name);
      return error_remedy(error, "See \"rectrack help list\".");
    }
    if (names.reg == NULL && !names_load(db, &names, error))
      return false;
    if (!resolve(&names, (enum listing_filter)filter, written, options_text(&command->options, "document"),
                 &values[filter], error))
      return false;
  }
  return true;
}

static bool list(struct db *db, const struct command *command, const struct listing *listing, struct error *error) {
  struct text values[LISTING_FILTERS] = {0};
  const char *filters[LISTING_FILTERS] = {NULL};
  AUTO_GRID struct grid *grid = NULL;
  bool good = read_filters(db, command, listing, values, error);
  for (int filter = 0; filter < LISTING_FILTERS; filter++)
    filters[filter] = values[filter].length > 0 ? values[filter].data : NULL;
  good = good && listing_make(db, listing, filters, &grid, error) && session_write_grid(command, grid, error);
  for (int filter = 0; filter < LISTING_FILTERS; filter++)
    text_free(&values[filter]);
  return good;
}

static bool run(const struct command *command, struct error *error) {
  AUTO_DB struct db *db = NULL;
  const struct listing *listing = listing_find(command->options.operands[0], error);
  return listing != NULL && session_open(command, &db, error) && list(db, command, listing, error);
}
