/* Who may do what: roles of the server, given and taken away in batches of the ledger. */
#include "core/administration/access.h"

#include "core/base/nearest.h"
#include "core/ledger/batch.h"
#include "core/register/register.h"
#include "sql_catalogue.h"

#include <stdio.h>
#include <string.h>

const char *const access_roles[] = {"reader", "recorder", "focal-point", "admin", NULL};

static const char FOCAL_POINT[] = "focal-point", RECORDER[] = "recorder";

const char *access_role_find(const char *name, struct error *error) {
  AUTO_NEAREST struct nearest nearest;
  nearest_begin(&nearest, name);
  for (const char *const *role = access_roles; *role != NULL; role++) {
    if (strcmp(*role, name) == 0)
      return *role;
    nearest_offer(&nearest, *role);
  }
  error_set(error, ERROR_USAGE, "unknown role: \"%s\"", name);
  nearest_remedy(&nearest, error, "The roles are: %s.", nearest_offered(&nearest));
  return NULL;
}

/* ---- what stands --------------------------------------------------------- */

/* A user of the server, seen with one role. */
struct holder {
  bool has_role;  /* given directly */
  bool is_member; /* or by way of another role */
  char state[4];  /* of a focal point */
};

/* Columns of access_users.sql. */
enum user_column { USER_NAME, USER_HAS_ROLE, USER_IS_MEMBER, USER_STATE };

/* rectrack_focal_point */
static const char *server_role(const char *role, struct text *out) {
  text_clear(out);
  text_add_format(out, "rectrack_%s", role);
  for (char *at = out->data; *at != '\0'; at++)
    if (*at == '-')
      *at = '_';
  return out->data;
}

static bool unknown_user(const struct nearest *nearest, const char *user, struct error *error) {
  error_set(error, ERROR_DATA, "the database server has no user \"%s\"", user);
  return nearest_remedy(
      nearest, error, "Whoever administers the server makes users: createuser --pwprompt NAME, or CREATE ROLE in SQL.");
}

static bool find_holder(struct db *db, const char *user, const char *role, struct holder *holder, struct error *error) {
  AUTO_RESULT PGresult *users = NULL;
  AUTO_TEXT struct text name = {0};
  AUTO_NEAREST struct nearest nearest;
  nearest_begin(&nearest, user);
  struct db_params params = {0};
  db_param_text(&params, server_role(role, &name));
  if (!db_query(db, sql_access_users, &params, &users, error))
    return false;
  for (int row = 0; row < db_rows(users); row++) {
    nearest_offer(&nearest, db_text(users, row, USER_NAME));
    if (strcmp(db_text(users, row, USER_NAME), user) != 0)
      continue;
    const char *state = db_text(users, row, USER_STATE);
    *holder = (struct holder){.has_role = db_bool(users, row, USER_HAS_ROLE),
                              .is_member = db_bool(users, row, USER_IS_MEMBER)};
    snprintf(holder->state, sizeof holder->state, "%s", state != NULL ? state : "");
    return true;
  }
  return unknown_user(&nearest, user, error);
}

/* ---- changing it --------------------------------------------------------- */

struct work {
  const char *user, *role;
  const char *state; /* as given; NULL: none */
  bool granted;
  struct access_change *change;
};

/* The State's number, and its code into the change. */
static bool find_state(struct db *db, struct work *work, int64_t *id, struct error *error) {
  AUTO_REGISTER struct state_register *reg = NULL;
  *id = 0;
  if (work->state == NULL)
    return true;
  if (!register_load(db, POSITION_NEWEST, NULL, &reg, error))
    return false;
  const struct state *state = register_find_state(reg, work->state, strlen(work->state), error);
  if (state == NULL)
    return false;
  *id = state->id;
  snprintf(work->change->state, sizeof work->change->state, "%s", state->iso3);
  return true;
}

static bool set_membership(struct db *db, const struct work *work, struct error *error) {
  struct db_params params = {0};
  db_param_text(&params, work->role);
  db_param_text(&params, work->user);
  db_param_bool(&params, work->granted);
  return db_query(db, sql_access_set, &params, NULL, error);
}

static bool write_batch(struct db *db, const struct work *work, int64_t state_id, struct error *error) {
  AUTO_BATCH struct batch *batch = NULL;
  AUTO_TEXT struct text summary = {0};
  if (!batch_begin(db, &batch, error))
    return false;
  batch_row(batch, TABLE_ACCESS_GRANT);
  batch_text(batch, work->user);
  batch_text(batch, work->role);
  if (state_id != 0)
    batch_int(batch, state_id);
  else
    batch_text(batch, NULL);
  batch_bool(batch, work->granted);
  batch_int(batch, batch_id(batch));
  text_add_format(&summary, "%s: %s %s", work->user, work->granted ? "is" : "is no longer", work->role);
  if (state_id != 0)
    text_add_format(&summary, " of %s", work->change->state);
  struct batch_about about = {.kind = "access", .summary = text_string(&summary)};
  return batch_seal(batch, &about, NULL, error);
}

/* The other way round of a membership that goes by way of another role can't be taken away here. */
static bool check_revoked(struct db *db, const struct work *work, struct error *error) {
  struct holder holder = {0};
  if (work->granted)
    return true;
  if (!find_holder(db, work->user, work->role, &holder, error))
    return false;
  if (!holder.is_member)
    return true;
  error_set(error, ERROR_FAILED, "\"%s\" is %s by belonging to another role", work->user, work->role);
  return error_remedy(error,
                      "Nothing was changed. Take away that role first; \"rectrack access list\" and psql's \\du show "
                      "which.");
}

/* After a grant: who is both is held to what recorders may. */
static bool check_unbound(struct db *db, const struct work *work, struct error *error) {
  struct holder focal_point = {0}, recorder = {0};
  if (!work->granted)
    return true;
  if (!find_holder(db, work->user, FOCAL_POINT, &focal_point, error) ||
      !find_holder(db, work->user, RECORDER, &recorder, error))
    return false;
  work->change->unbound = focal_point.has_role && recorder.is_member;
  return true;
}

static bool change_access(struct db *db, void *context, struct error *error) {
  struct work *work = context;
  struct holder holder = {0};
  int64_t state_id;
  *work->change = (struct access_change){0};
  if (!find_holder(db, work->user, work->role, &holder, error) || !find_state(db, work, &state_id, error))
    return false;
  work->change->nothing =
      holder.has_role == work->granted && (state_id == 0 || strcmp(holder.state, work->change->state) == 0);
  if (work->change->nothing)
    return check_revoked(db, work, error) && check_unbound(db, work, error);
  return set_membership(db, work, error) && check_revoked(db, work, error) && check_unbound(db, work, error) &&
         write_batch(db, work, state_id, error);
}

bool access_grant(struct db *db, const char *user, const char *role, const char *state, struct access_change *change,
                  struct error *error) {
  bool needs_state = strcmp(role, FOCAL_POINT) == 0;
  if (needs_state && state == NULL) {
    error_set(error, ERROR_USAGE, "a focal point is one of a State");
    return error_remedy(error, "Say which with --state.");
  }
  if (!needs_state && state != NULL) {
    error_set(error, ERROR_USAGE, "a %s is not one of a State", role);
    return error_remedy(error, "Leave --state out, or give the role focal-point.");
  }
  struct work work = {.user = user, .role = role, .state = state, .granted = true, .change = change};
  return db_transaction(db, DB_WRITE, change_access, &work, error);
}

bool access_revoke(struct db *db, const char *user, const char *role, struct access_change *change,
                   struct error *error) {
  struct work work = {.user = user, .role = role, .granted = false, .change = change};
  return db_transaction(db, DB_WRITE, change_access, &work, error);
}

/* ---- roles that init may not make ---------------------------------------- */

bool access_missing(struct db *db, struct text *out, struct error *error) {
  AUTO_RESULT PGresult *statements = NULL;
  if (!db_query(db, sql_schema_missing_roles, NULL, &statements, error))
    return false;
  for (int row = 0; row < db_rows(statements); row++)
    text_add_format(out, "%s\n", db_text(statements, row, 0));
  return true;
}
