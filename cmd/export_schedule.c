/* export schedule: units for systemd, or a line for cron. */
#include "cmd/export.h"
#include "cmd/session.h"
#include "core/base/folder.h"
#include "core/base/memory.h"
#include "core/base/output.h"
#include "core/base/process.h"
#include "core/database/db_connect.h"
#include "reports/export/calendar.h"
#include "reports/export/schedule.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- what is to be scheduled --------------------------------------------- */

/* A password has no place in a unit or a crontab, which others can read. */
static bool check_conninfo(const char *conninfo, struct error *error) {
  if (!db_conninfo_has_password(conninfo))
    return true;
  error_set(error, ERROR_USAGE, "a password can't be written into a unit or a crontab");
  return error_remedy(error, "Leave it out of the connection string; libpq finds it in ~/.pgpass (mode 600).");
}

static bool choose_database(const struct target *target, struct schedule *schedule, struct error *error) {
  switch (target->source) {
  case TARGET_OPTION:
  case TARGET_RECTRACK_DB:
    schedule->conninfo = target->conninfo;
    return check_conninfo(target->conninfo, error);
  case TARGET_EMBEDDED:
    schedule->data = target->cluster->directory;
    schedule->socket = target->cluster->socket;
    return true;
  case TARGET_LIBPQ:
    break;
  }
  error_set(error, ERROR_USAGE, "PG… variables of this session are not there when a scheduler runs the job");
  return error_remedy(error, "Name the database with --db, or set RECTRACK_DB.");
}

static bool choose_time(const struct command *command, struct schedule *schedule, struct error *error) {
  struct calendar calendar;
  schedule->on = options_text(&command->options, "on");
  if (schedule->on == NULL)
    schedule->on = schedule->job->on;
  if (schedule->on != NULL)
    return calendar_parse(schedule->on, &calendar, error);
  error_set(error, ERROR_USAGE, "nothing says when the job \"%s\" runs", schedule->job->name);
  return error_remedy(error, "Write on = Mon *-*-* 06:00 into the job file, or --on 'Mon *-*-* 06:00'.");
}

static bool check_options(const struct command *command, struct error *error) {
  const struct options *given = &command->options;
  bool cron = options_flag(given, "cron"), install = options_flag(given, "install");
  if (cron && (install || options_flag(given, "user") || options_text(given, "run-as") != NULL)) {
    error_set(error, ERROR_USAGE, "a line for cron is only printed");
    return error_remedy(error, "Put it into a crontab with: crontab -e");
  }
  if (!options_flag(given, "user") || options_text(given, "run-as") == NULL)
    return true;
  error_set(error, ERROR_USAGE, "units of a user run as that user");
  return error_remedy(error, "Leave out --user or --run-as.");
}

/* ---- installing ---------------------------------------------------------- */

static bool unit_folder(const struct schedule *schedule, struct text *out, struct error *error) {
  const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
  if (!schedule->user_units)
    text_add(out, "/etc/systemd/system");
  else if (config != NULL && *config == '/')
    text_add_format(out, "%s/systemd/user", config);
  else if (home != NULL && *home == '/')
    text_add_format(out, "%s/.config/systemd/user", home);
  else
    return error_set(error, ERROR_CONFIG, "neither HOME nor XDG_CONFIG_HOME says where a user's units are");
  return true;
}

static bool write_unit(const char *path, const struct text *unit, struct error *error) {
  AUTO_OUTPUT struct output *output = NULL;
  return output_open(&output, path, error) && output_write(output, unit->data, unit->length, error) &&
         output_close(&output, error);
}

/* Tells systemd, where it runs; else says what is to be done. */
static bool enable(const struct command *command, const struct schedule *schedule, const char *timer,
                   struct error *error) {
  const char *manager = schedule->user_units ? "--user" : "--system";
  const char *const reload[] = {"systemctl", manager, "daemon-reload", NULL};
  const char *const start[] = {"systemctl", manager, "enable", "--now", timer, NULL};
  if (access("/run/systemd/system", F_OK) != 0) {
    session_say(command,
                "systemd doesn't run here; where it does: systemctl %s daemon-reload && systemctl %s enable --now %s",
                manager, manager, timer);
    return true;
  }
  struct process_options options = {.arguments = reload, .take_talk = true, .limit_seconds = 60};
  if (!process_run(&options, error))
    return false;
  options.arguments = start;
  if (!process_run(&options, error))
    return false;
  session_say(command, "%s is enabled", timer);
  return true;
}

static bool install(const struct command *command, const struct schedule *schedule, const char *folder,
                    const struct text *service, const struct text *timer, struct error *error) {
  AUTO_TEXT struct text service_path = {0};
  AUTO_TEXT struct text timer_path = {0};
  AUTO_TEXT struct text name = {0};
  schedule_name(schedule, &name);
  text_add_format(&service_path, "%s/%s.service", folder, text_string(&name));
  text_add_format(&timer_path, "%s/%s.timer", folder, text_string(&name));
  text_add(&name, ".timer");
  /* The service may write there, and so can't make it. */
  if (!folder_make(folder, 0755, error) || !folder_make(schedule->job->directory, 0755, error) ||
      !write_unit(text_string(&service_path), service, error) || !write_unit(text_string(&timer_path), timer, error))
    return false;
  session_say(command, "wrote %s", service_path.data);
  session_say(command, "wrote %s", timer_path.data);
  return enable(command, schedule, name.data, error);
}

/* ---- printing ------------------------------------------------------------ */

static bool print_units(const struct command *command, const struct schedule *schedule, const char *folder,
                        const struct text *service, const struct text *timer, struct error *error) {
  AUTO_TEXT struct text out = {0};
  AUTO_TEXT struct text name = {0};
  schedule_name(schedule, &name);
  text_add_format(&out, "# %s/%s.service\n%s\n# %s/%s.timer\n%s", folder, name.data, service->data, folder, name.data,
                  timer->data);
  return session_write(command, out.data, out.length, error);
}

static bool make_units(const struct command *command, const struct schedule *schedule, struct error *error) {
  AUTO_TEXT struct text folder = {0};
  AUTO_TEXT struct text service = {0};
  AUTO_TEXT struct text timer = {0};
  schedule_service(schedule, &service);
  schedule_timer(schedule, &timer);
  if (!unit_folder(schedule, &folder, error))
    return false;
  if (options_flag(&command->options, "install"))
    return install(command, schedule, text_string(&folder), &service, &timer, error);
  return print_units(command, schedule, text_string(&folder), &service, &timer, error);
}

static bool make_line(const struct command *command, const struct schedule *schedule, struct error *error) {
  AUTO_TEXT struct text line = {0};
  return schedule_cron(schedule, &line, error) && session_write(command, line.data, line.length, error);
}

bool export_schedule(const struct command *command, struct error *error) {
  AUTO_JOB_FILE struct job_file *file = NULL;
  AUTO_TARGET struct target *target = NULL;
  AUTO_FREE char *program = realpath("/proc/self/exe", NULL);
  if (!check_options(command, error) || !export_read_jobs(command, &file, error) ||
      !target_choose(&target, options_text(&command->options, "db"), error))
    return false;
  AUTO_FREE char *path = realpath(file->path, NULL);
  if (program == NULL || path == NULL)
    return error_errno(error, ERROR_FAILED, "cannot tell where the program and \"%s\" are", file->path);
  struct schedule schedule = {
      .job = export_choose_job(command, file, error),
      .program = program,
      .job_file = path,
      .run_as = options_text(&command->options, "run-as"),
      .user_units = geteuid() != 0 || options_flag(&command->options, "user"),
  };
  if (schedule.run_as != NULL)
    schedule.user_units = false;
  if (schedule.job == NULL || !choose_time(command, &schedule, error) || !choose_database(target, &schedule, error))
    return false;
  return options_flag(&command->options, "cron") ? make_line(command, &schedule, error)
                                                 : make_units(command, &schedule, error);
}
