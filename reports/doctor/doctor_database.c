/* Checks of the database: connection, schema, roles, clock, register, ledger. */
#include "reports/doctor/doctor.h"

#include "core/administration/access.h"
#include "core/administration/schema.h"
#include "core/base/date.h"
#include "core/base/text.h"
#include "core/ledger/lock_holder.h"
#include "core/ledger/verify.h"
#include "sql_catalogue.h"

#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

/* ---- connection ---------------------------------------------------------- */

/* An embedded database that isn't there yet is not made for the sake of a check. */
void doctor_connection(struct doctor *doctor) {
  AUTO_TEXT struct text where = {0};
  struct error error;
  target_describe(doctor->target, &where);
  if (doctor->target->source == TARGET_EMBEDDED && cluster_state(doctor->target->cluster, NULL) == CLUSTER_ABSENT) {
    doctor_left_out(doctor, "%s: not made yet; the first command that needs it makes it", text_string(&where));
    return;
  }
  if (!target_connect(doctor->target, &doctor->db, NULL, &error)) {
    doctor_found_error(doctor, &error);
    return;
  }
  int version = PQserverVersion(db_connection(doctor->db));
  if (version < 150000)
    doctor_found(doctor, "Use a server of version 15 or later.", "%s: PostgreSQL %d.%d is too old", text_string(&where),
                 version / 10000, version % 10000);
  else
    doctor_well(doctor, "%s, PostgreSQL %d.%d", text_string(&where), version / 10000, version % 10000);
}

static bool is_connected(struct doctor *doctor) {
  if (doctor->db != NULL)
    return true;
  doctor_left_out(doctor, "there is no connection");
  return false;
}

static bool has_schema(struct doctor *doctor) {
  if (doctor->has_schema)
    return true;
  doctor_left_out(doctor, doctor->db == NULL ? "there is no connection" : "the schema isn't this program's");
  return false;
}

/* ---- schema -------------------------------------------------------------- */

void doctor_schema(struct doctor *doctor) {
  enum schema_state state;
  struct error error;
  int version;
  if (!is_connected(doctor))
    return;
  bool aside;
  if (!schema_look(doctor->db, &state, &version, &error) || !schema_left_aside(doctor->db, &aside, &error)) {
    doctor_found_error(doctor, &error);
    return;
  }
  if (aside && state == SCHEMA_ABSENT) {
    doctor_found(doctor, "Run \"rectrack init\"; it brings them back.",
                 "a restore was cut short; the records from before it are kept aside");
    return;
  }
  if (aside)
    doctor_found(doctor, "Run \"rectrack db restore --finish\"; it recomputes the ledger and removes them.",
                 "a restore was cut short; the records from before it are kept beside those of the backup");
  switch (state) {
  case SCHEMA_ABSENT:
    doctor_found(doctor, "Run \"rectrack init\"; it adds the schema \"rectrack\" and touches nothing else.",
                 "this database has no rectrack schema");
    break;
  case SCHEMA_OLDER:
    doctor_found(doctor, "Run \"rectrack init\"; it upgrades in one transaction.",
                 "the schema has version %d, this program needs %d", version, schema_version());
    break;
  case SCHEMA_NEWER:
    doctor_found(doctor, "Install a newer rectrack.", "the schema has version %d, this program knows %d", version,
                 schema_version());
    break;
  case SCHEMA_ALTERED:
    doctor_found(doctor, "Use the rectrack that made it, or restore a backup.",
                 "the checksums of the migrations are not those of this program");
    break;
  case SCHEMA_CURRENT:
    doctor->has_schema = true;
    doctor_well(doctor, "version %d, and the checksums of its migrations are right", version);
    break;
  }
}

void doctor_roles(struct doctor *doctor) {
  AUTO_TEXT struct text missing = {0};
  struct error error;
  if (!has_schema(doctor))
    return;
  if (!access_missing(doctor->db, &missing, &error))
    doctor_found_error(doctor, &error);
  else if (missing.length > 0)
    doctor_found(doctor, "Whoever administers the server runs the statements that \"rectrack init\" prints.",
                 "the server lacks roles of \"rectrack help access\"");
  else
    doctor_well(doctor, "the four roles are there");
}

/* ---- clock --------------------------------------------------------------- */

static moment now(void) {
  static const int64_t FROM_1970 = INT64_C(946684800);
  struct timespec time;
  clock_gettime(CLOCK_REALTIME, &time);
  return ((int64_t)time.tv_sec - FROM_1970) * 1000000 + time.tv_nsec / 1000;
}

/* Names of sets and "today" come from this machine's clock, moments of the ledger from the server's. */
void doctor_clock(struct doctor *doctor) {
  static const int64_t MOST = 5;
  AUTO_RESULT PGresult *result = NULL;
  struct error error;
  if (!has_schema(doctor))
    return;
  moment before = now();
  if (!db_query(doctor->db, sql_doctor_clock, NULL, &result, &error)) {
    doctor_found_error(doctor, &error);
    return;
  }
  int64_t seconds = (db_int(result, 0, 0) - (before + (now() - before) / 2)) / 1000000;
  if (llabs(seconds) > MOST)
    doctor_found(doctor, "Set both clocks by NTP: \"today\" is this machine's, moments of the ledger are the server's.",
                 "the server's clock is %" PRId64 " seconds %s ours", (int64_t)llabs(seconds),
                 seconds > 0 ? "ahead of" : "behind");
  else
    doctor_well(doctor, "as the server's, within %" PRId64 " seconds", MOST);
}

/* ---- writing ------------------------------------------------------------- */

/* Who keeps others from writing does so for longer than a commit takes: looks twice. */
void doctor_locks(struct doctor *doctor) {
  enum { MOST = 16 };
  static const struct timespec BETWEEN = {.tv_sec = 1};
  struct lock_holder before[MOST], after[MOST];
  size_t before_count, after_count = 0, lasting = 0;
  struct error error;
  if (!has_schema(doctor))
    return;
  if (!lock_holders(doctor->db, before, MOST, &before_count, &error) ||
      (before_count > 0 && nanosleep(&BETWEEN, NULL) == 0 &&
       !lock_holders(doctor->db, after, MOST, &after_count, &error))) {
    doctor_found_error(doctor, &error);
    return;
  }
  for (size_t i = 0; i < before_count; i++)
    for (size_t j = 0; j < after_count; j++) {
      if (before[i].process != after[j].process)
        continue;
      AUTO_TEXT struct text who = {0};
      lock_holder_add(&before[i], &who);
      error_set(&error, ERROR_FOUND, "%s keeps others from writing", who.data);
      lock_holder_remedy(&before[i], &error);
      doctor_found_error(doctor, &error);
      lasting++;
    }
  if (lasting == 0)
    doctor_well(doctor, "nobody keeps others from writing");
}

/* Whoever may record can take any number of numbers. */
void doctor_numbers(struct doctor *doctor) {
  AUTO_RESULT PGresult *result = NULL;
  struct error error;
  if (!has_schema(doctor))
    return;
  if (!db_query(doctor->db, sql_doctor_numbers, NULL, &result, &error)) {
    doctor_found_error(doctor, &error);
    return;
  }
  int64_t last = db_int(result, 0, 0), most = db_int(result, 0, 1), largest = db_int(result, 0, 2);
  if (last > most / 2)
    doctor_found(doctor,
                 "Find out who took them. If \"rectrack verify\" finds no rows outside the ledger, the schema's owner "
                 "sets the number back: SELECT setval('rectrack.batch_id', the largest of the ledger).",
                 "%" PRId64 " of %" PRId64 " numbers were taken; the largest of the ledger is %" PRId64, last, most,
                 largest);
  else
    doctor_well(doctor, "%" PRId64 " of %" PRId64 " taken", last, most);
}

/* ---- content ------------------------------------------------------------- */

void doctor_register(struct doctor *doctor) {
  AUTO_RESULT PGresult *counts = NULL;
  AUTO_RESULT PGresult *unknown = NULL;
  struct error error;
  if (!has_schema(doctor))
    return;
  if (!db_query(doctor->db, sql_schema_counts, NULL, &counts, &error) ||
      !db_query(doctor->db, sql_doctor_instruments, NULL, &unknown, &error)) {
    doctor_found_error(doctor, &error);
    return;
  }
  bool complete = true;
  for (int column = 0; column < PQnfields(counts); column++)
    complete = complete && db_int(counts, 0, column) > 0;
  for (int row = 0; row < db_rows(unknown); row++)
    doctor_found(doctor, "Import its Parties with \"rectrack import parties FILE.csv\".",
                 "nothing is known of the Parties to %s, which recommendations concern", db_text(unknown, row, 0));
  if (!complete)
    doctor_found(doctor, "Run \"rectrack init\"; it loads the register that is shipped.", "the register is empty");
  else if (db_rows(unknown) == 0)
    doctor_well(doctor, "%s States, %s instruments, %s Parties, %s levels", db_text(counts, 0, 0),
                db_text(counts, 0, 1), db_text(counts, 0, 2), db_text(counts, 0, 3));
}

static void found_in_ledger(void *context, const struct error *finding) {
  doctor_found_error(context, finding);
}

void doctor_ledger(struct doctor *doctor) {
  struct verify_report report;
  struct error error;
  if (!has_schema(doctor))
    return;
  if (!verify_all(doctor->db, NULL, found_in_ledger, doctor, &report, &error))
    doctor_found_error(doctor, &error);
  else if (report.findings == 0)
    doctor_well(doctor, "intact: %" PRIu64 " batches, %" PRIu64 " rows", report.batches, report.rows);
}
