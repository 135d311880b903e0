/* db backup, restore, move. */
#include "cmd/db.h"
#include "cmd/session.h"
#include "core/administration/backup.h"
#include "core/base/memory.h"
#include "core/base/text.h"
#include "core/database/db_connect.h"

#include <inttypes.h>
#include <sys/stat.h>

bool db_backup(const struct command *command, struct target *target, struct error *error) {
  struct backup_report report;
  const char *path = command->options.operands[1];
  umask(077); /* all that States have said is in it */
  if (!backup_write(target, path, &report, error))
    return false;
  session_say(command, "%s: %" PRIu64 " bytes, read from end to end; the ledger's head is %" PRId32 ":%s", path,
              report.bytes, report.head.position, report.head.batch_sha256);
  return true;
}

static void tell_copy(const struct command *command, const char *what, const struct target *target,
                      const struct backup_report *report) {
  AUTO_TEXT struct text where = {0};
  target_describe(target, &where);
  session_say(command, "%s %s", what, text_string(&where));
  session_say(command, "its ledger is intact: %" PRIu64 " batches, head %" PRId32 ":%s", report->batches,
              report->head.position, report->head.batch_sha256);
  if (report->schema == SCHEMA_OLDER && target->source != TARGET_EMBEDDED)
    session_say(command, "its schema is of an older version; upgrade it with \"rectrack init\"");
}

static bool finish_restore(const struct command *command, struct target *target, struct error *error) {
  struct backup_report report;
  enum restore_left left;
  if (!backup_restore_finish(target, &left, &report, error))
    return false;
  switch (left) {
  case RESTORE_LEFT_NOTHING:
    session_say(command, "nothing to do: no restore was cut short");
    break;
  case RESTORE_BROUGHT_BACK:
    session_say(command, "the backup had not come in; the records from before it stand again");
    break;
  case RESTORE_FINISHED:
    tell_copy(command, "finished what was restored into the", target, &report);
    break;
  }
  return true;
}

bool db_restore(const struct command *command, struct target *target, struct error *error) {
  struct backup_report report;
  if (options_flag(&command->options, "finish"))
    return finish_restore(command, target, error);
  if (!backup_restore(target, command->options.operands[1], options_flag(&command->options, "replace"), &report, error))
    return false;
  tell_copy(command, "restored into the", target, &report);
  return true;
}

bool db_move(const struct command *command, struct target *target, struct error *error) {
  AUTO_TARGET struct target *to = NULL;
  AUTO_TEXT struct text shown = {0};
  AUTO_FREE char *password = NULL;
  struct backup_report report;
  const char *conninfo = options_text(&command->options, "to");
  if (conninfo == NULL || target->source != TARGET_EMBEDDED) {
    error_set(error, ERROR_USAGE,
              conninfo == NULL ? "nothing says where to move to" : "only the embedded database is moved");
    return error_remedy(error, conninfo == NULL ? "Name the database with --to."
                                                : "Use \"db backup\" and \"db restore\" between servers.");
  }
  if (!target_choose(&to, conninfo, error) || !backup_move(target, to, &report, error))
    return false;
  tell_copy(command, "moved into the", to, &report);
  db_conninfo_split(conninfo, &shown, &password);
  session_say(command, "use it from now on with: export RECTRACK_DB='%s'. The embedded database stays as it is.",
              text_string(&shown));
  return true;
}
