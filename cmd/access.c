/* access: who may do what in a database. */
#include "core/administration/access.h"

#include "cmd/session.h"
#include "cmd/verbs.h"
#include "core/base/nearest.h"
#include "reports/listing/listing.h"

#include <string.h>

static bool run(const struct command *command, struct error *error);

static const struct option_spec options[] = {
    {"state", 0, "STATE", "grant USER focal-point: the State, by any name or code"},
    {NULL, 0, NULL, NULL},
};

const struct verb verb_access = {
    .name = "access",
    .usage = "list\ngrant USER ROLE [--state STATE]\nrevoke USER ROLE",
    .summary = "who may do what in a database",
    .about =
        "USER is a user of the database server. ROLE is one of: reader (sees everything, changes nothing); recorder "
        "(adds documents, recommendations, responses and status records, and takes them back); focal-point (sees "
        "everything, adds reported records of its own State); admin (adds to the register too, and grants and "
        "revokes). Who has several may do what any of them may: a focal point that is a recorder too isn't held to its "
        "State. "
        "The server itself holds everybody to it. Each change is a batch of the ledger. The roles are called "
        "rectrack_reader, rectrack_recorder, rectrack_focal_point and rectrack_admin there and belong to the whole "
        "server: keep databases whose users must not see each other's records on different servers. The owner of the "
        "schema, who ran \"init\", may do everything but change what is recorded.",
    .objects = "list grant revoke",
    .least = 1,
    .most = 3,
    .options = options,
    .takes = TAKES_DB | TAKES_OUTPUT | TAKES_FORMAT,
    .examples = "rectrack access list\nrectrack access grant anna recorder\n"
                "rectrack access grant roma focal-point --state Italy\nrectrack access revoke anna recorder\n",
    .role = "admin (list: reader)",
    .run = run,
};

static bool list(const struct command *command, struct error *error) {
  AUTO_DB struct db *db = NULL;
  AUTO_GRID struct grid *grid = NULL;
  static const char *const no_filters[LISTING_FILTERS] = {0};
  const struct listing *listing = listing_find("access", error);
  return listing != NULL && session_open(command, &db, error) && listing_make(db, listing, no_filters, &grid, error) &&
         session_write_grid(command, grid, error);
}

static bool grant(const struct command *command, struct error *error) {
  AUTO_DB struct db *db = NULL;
  struct access_change change;
  const char *user = command->options.operands[1];
  const char *role = access_role_find(command->options.operands[2], error);
  if (role == NULL || !session_open(command, &db, error) ||
      !access_grant(db, user, role, options_text(&command->options, "state"), &change, error))
    return false;
  session_say(command, "%s is %s%s%s%s", user, change.nothing ? "already " : "now ", role,
              change.state[0] != '\0' ? " of " : "", change.state);
  if (change.unbound)
    session_note(command, "%s is a recorder too, and so may record for every State", user);
  return true;
}

static bool revoke(const struct command *command, struct error *error) {
  AUTO_DB struct db *db = NULL;
  struct access_change change;
  const char *user = command->options.operands[1];
  const char *role = access_role_find(command->options.operands[2], error);
  if (role == NULL || !session_open(command, &db, error) || !access_revoke(db, user, role, &change, error))
    return false;
  session_say(command, "%s is %s %s", user, change.nothing ? "not" : "no longer", role);
  return true;
}

static const struct {
  const char *name;
  size_t operands;
  bool (*run)(const struct command *command, struct error *error);
} actions[] = {{"list", 1, list}, {"grant", 3, grant}, {"revoke", 3, revoke}};

static bool run(const struct command *command, struct error *error) {
  AUTO_NEAREST struct nearest nearest;
  const char *wanted = command->options.operands[0];
  nearest_begin(&nearest, wanted);
  for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
    nearest_offer(&nearest, actions[i].name);
    if (strcmp(actions[i].name, wanted) != 0)
      continue;
    if (command->options.operand_count == actions[i].operands)
      return actions[i].run(command, error);
    error_set(error, ERROR_USAGE, "\"access %s\" takes %s", wanted,
              actions[i].operands == 1 ? "nothing more" : "USER and ROLE");
    return error_remedy(error, "See \"rectrack help access\".");
  }
  error_set(error, ERROR_USAGE, "\"access\" can't \"%s\"", wanted);
  return nearest_remedy(&nearest, error, "It can: %s.", nearest_offered(&nearest));
}
