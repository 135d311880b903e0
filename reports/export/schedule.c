/* What systemd or cron need to run a job. */
#include "reports/export/schedule.h"

#include "reports/export/calendar.h"

#include <string.h>

/* ---- quoting ------------------------------------------------------------- */

/* A word of a unit file: in double quotes, with % and (in commands) $ doubled. systemd.service(5), "Command lines". */
static void add_unit_word(struct text *out, const char *word, bool command) {
  text_add_char(out, '"');
  for (const char *at = word; *at != '\0'; at++) {
    if (*at == '"' || *at == '\\')
      text_add_char(out, '\\');
    if (*at == '%' || (*at == '$' && command))
      text_add_char(out, *at);
    text_add_char(out, *at);
  }
  text_add_char(out, '"');
}

/* A word for the shell that cron starts; % would end a crontab's line. crontab(5). */
static void add_cron_word(struct text *out, const char *word) {
  static const char PLAIN[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./=:@,+";
  bool quoted = word[strspn(word, PLAIN)] != '\0';
  text_add(out, quoted ? "'" : "");
  for (const char *at = word; *at != '\0'; at++)
    if (*at == '\'')
      text_add(out, "'\\''");
    else if (*at == '%')
      text_add(out, "\\%");
    else
      text_add_char(out, *at);
  text_add(out, quoted ? "'" : "");
}

/* The variable that leads to the database, where it isn't where rectrack looks by itself. */
static bool database_variable(const struct schedule *schedule, struct text *out) {
  if (schedule->conninfo != NULL)
    text_add_format(out, "RECTRACK_DB=%s", schedule->conninfo);
  else if (schedule->data != NULL)
    text_add_format(out, "RECTRACK_DATA=%s", schedule->data);
  return out->length > 0;
}

/* ---- units --------------------------------------------------------------- */

/* Needs no privileges, and so is for users' units too. */
static const char HARDENING[] = "NoNewPrivileges=yes\n"
                                "LockPersonality=yes\n"
                                "MemoryDenyWriteExecute=yes\n"
                                "RestrictRealtime=yes\n"
                                "RestrictSUIDSGID=yes\n"
                                "RestrictNamespaces=yes\n"
                                "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6\n"
                                "SystemCallArchitectures=native\n"
                                "SystemCallFilter=@system-service\n";

static const char SYSTEM_HARDENING[] = "ProtectSystem=strict\n"
                                       "ProtectHome=read-only\n"
                                       "PrivateDevices=yes\n"
                                       "ProtectClock=yes\n"
                                       "ProtectControlGroups=yes\n"
                                       "ProtectHostname=yes\n"
                                       "ProtectKernelLogs=yes\n"
                                       "ProtectKernelModules=yes\n"
                                       "ProtectKernelTunables=yes\n";

void schedule_name(const struct schedule *schedule, struct text *out) {
  text_add_format(out, "rectrack-export-%s", schedule->job->name);
}

/* Root starts the embedded server as another user, makes its folders for that one, and looks whether it runs. */
static void add_system_part(const struct schedule *schedule, struct text *out) {
  bool as_root = schedule->run_as == NULL;
  bool socket_in_tmp = schedule->socket != NULL && strncmp(schedule->socket, "/tmp/", 5) == 0;
  if (!as_root)
    text_add_format(out, "User=%s\n", schedule->run_as);
  text_add(out, SYSTEM_HARDENING);
  text_add(out, as_root && schedule->data != NULL
                    ? "CapabilityBoundingSet=CAP_CHOWN CAP_DAC_OVERRIDE CAP_FOWNER CAP_KILL CAP_SETGID CAP_SETUID "
                      "CAP_SYS_PTRACE\n"
                : as_root ? "CapabilityBoundingSet=CAP_DAC_OVERRIDE\n"
                          : "CapabilityBoundingSet=\n");
  text_add_format(out, "PrivateTmp=%s\n", socket_in_tmp ? "no" : "yes");
  text_add(out, "ReadWritePaths=");
  add_unit_word(out, schedule->job->directory, false);
  if (schedule->data != NULL) {
    text_add_char(out, ' ');
    add_unit_word(out, schedule->data, false);
  }
  text_add_char(out, '\n');
}

void schedule_service(const struct schedule *schedule, struct text *out) {
  AUTO_TEXT struct text variable = {0};
  text_add_format(out,
                  "[Unit]\nDescription=rectrack export job %s\nDocumentation=man:rectrack(1)\n"
                  "Wants=network-online.target\nAfter=network-online.target\n\n[Service]\nType=oneshot\nExecStart=",
                  schedule->job->name);
  add_unit_word(out, schedule->program, true);
  text_add_format(out, " export run %s --jobs ", schedule->job->name);
  add_unit_word(out, schedule->job_file, true);
  text_add_char(out, '\n');
  if (database_variable(schedule, &variable)) {
    text_add(out, "Environment=");
    add_unit_word(out, variable.data, false);
    text_add_char(out, '\n');
  }
  if (schedule->data != NULL)
    text_add(out, "# The embedded server goes on for others; it stops by itself when it is idle.\nKillMode=process\n");
  text_add(out, HARDENING);
  if (!schedule->user_units)
    add_system_part(schedule, out);
}

void schedule_timer(const struct schedule *schedule, struct text *out) {
  text_add_format(out,
                  "[Unit]\nDescription=When the rectrack export job %s runs\nDocumentation=man:rectrack(1)\n\n"
                  "[Timer]\nOnCalendar=%s\n# A run that was missed while the machine was off is made up for.\n"
                  "Persistent=yes\n\n[Install]\nWantedBy=timers.target\n",
                  schedule->job->name, schedule->on);
}

/* ---- cron ---------------------------------------------------------------- */

bool schedule_cron(const struct schedule *schedule, struct text *out, struct error *error) {
  AUTO_TEXT struct text variable = {0};
  struct calendar calendar;
  if (!calendar_parse(schedule->on, &calendar, error) || !calendar_add_cron(&calendar, out, error))
    return false;
  text_add_char(out, ' ');
  if (database_variable(schedule, &variable)) {
    text_add(out, "env ");
    add_cron_word(out, variable.data);
    text_add_char(out, ' ');
  }
  add_cron_word(out, schedule->program);
  text_add_format(out, " export run %s --jobs ", schedule->job->name);
  add_cron_word(out, schedule->job_file);
  text_add(out, " --quiet\n");
  return true;
}
