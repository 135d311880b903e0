/* The check of a set-up: the table of checks and their answers. */
#include "reports/doctor/doctor.h"

#include "core/base/text.h"

#include <stdarg.h>
#include <stdio.h>

static const struct {
  const char *name;
  void (*check)(struct doctor *doctor);
} checks[] = {
    {"libraries", doctor_libraries},
    {"locale", doctor_locale},
    {"output encodings", doctor_encodings},
    {"server programs", doctor_programs},
    {"permissions", doctor_permissions},
    {"disk space", doctor_disk},
    {"connection", doctor_connection},
    {"schema", doctor_schema},
    {"roles", doctor_roles},
    {"clock", doctor_clock},
    {"register", doctor_register},
    {"locks", doctor_locks},
    {"batch numbers", doctor_numbers},
    {"ledger", doctor_ledger},
    {"export jobs", doctor_jobs},
};

static void answer(struct doctor *doctor, const char *state, const char *remedy, const char *format,
                   va_list arguments) {
  char what[1600];
  vsnprintf(what, sizeof what, format, arguments);
  grid_cell(doctor->grid, doctor->check);
  grid_cell(doctor->grid, state);
  grid_cell(doctor->grid, what);
  grid_cell(doctor->grid, remedy);
}

void doctor_well(struct doctor *doctor, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  answer(doctor, "well", NULL, format, arguments);
  va_end(arguments);
}

void doctor_left_out(struct doctor *doctor, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  answer(doctor, "left out", NULL, format, arguments);
  va_end(arguments);
}

void doctor_found(struct doctor *doctor, const char *remedy, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  answer(doctor, "found", remedy, format, arguments);
  va_end(arguments);
  doctor->findings++;
}

void doctor_found_error(struct doctor *doctor, const struct error *error) {
  struct error placed = *error;
  AUTO_TEXT struct text what = {0};
  placed.remedy[0] = '\0';
  error_format(&placed, &what);
  while (what.length > 0 && what.data[what.length - 1] == '.')
    what.data[--what.length] = '\0';
  doctor_found(doctor, error->remedy, "%s", text_string(&what));
}

void doctor_examine(struct target *target, const char *job_path, struct grid **grid, size_t *findings) {
  struct doctor doctor = {.target = target, .job_path = job_path, .grid = grid_new(NULL)};
  grid_column(doctor.grid, "check", "Check");
  grid_column(doctor.grid, "state", "State");
  grid_column(doctor.grid, "what", "What");
  grid_column(doctor.grid, "remedy", "Remedy");
  for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
    doctor.check = checks[i].name;
    checks[i].check(&doctor);
  }
  db_close(&doctor.db);
  *grid = doctor.grid;
  *findings = doctor.findings;
}
