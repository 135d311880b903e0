/* Which sets are kept. */
#include "reports/export/retention.h"

#include "core/base/folder.h"
#include "core/base/memory.h"
#include "reports/export/manifest.h"

#include <sys/stat.h>

static const char *const words[] = {
    "last", "daily", "weekly", "monthly", "yearly", "newest good", "no keep_ word given", "not a whole set"};

/* The day, week, month or year of a set as a number that tells it from all others; for "last" each set is its own. */
static int64_t period_of(enum keep_word word, moment at, size_t number) {
  static const int64_t DAY = 86400000000;
  int year, month, day_of_month;
  int64_t days = at >= 0 ? at / DAY : -((-at + DAY - 1) / DAY);
  day_to_civil((day)days, &year, &month, &day_of_month);
  switch (word) {
  case KEEP_LAST:
    break;
  case KEEP_DAILY:
    return days;
  case KEEP_WEEKLY:
    return (days + 5) / 7; /* 2000-01-01 was a Saturday: weeks begin on Monday, as in ISO 8601 */
  case KEEP_MONTHLY:
    return (int64_t)year * 12 + month;
  case KEEP_YEARLY:
    return year;
  case KEEP_WORDS:
    break;
  }
  return (int64_t)number;
}

static void apply(enum keep_word word, int keep, struct retention *sets, size_t count) {
  static const int64_t NONE = INT64_MIN;
  int64_t before = NONE;
  size_t last = count;
  for (size_t i = 0; i < count; i++)
    if (sets[i].good)
      last = i;
  for (size_t i = 0; i < count && keep != 0; i++) {
    if (!sets[i].good)
      continue;
    int64_t period = period_of(word, sets[i].set->at, i);
    if (period == before && i != last)
      continue;
    sets[i].why |= 1u << word;
    before = period;
    if (keep > 0)
      keep--;
  }
}

void retention_decide(const int keep[static KEEP_WORDS], struct retention *sets, size_t count) {
  bool asked = false, newest = true;
  for (int word = 0; word < KEEP_WORDS; word++)
    asked = asked || keep[word] != 0;
  for (size_t i = 0; i < count; i++) {
    sets[i].why = !sets[i].good ? KEPT_BROKEN : newest ? KEPT_NEWEST : 0;
    newest = newest && !sets[i].good;
    if (!asked)
      sets[i].why |= KEPT_ALWAYS;
  }
  for (int word = 0; word < KEEP_WORDS; word++)
    apply((enum keep_word)word, keep[word], sets, count);
}

void retention_reasons(unsigned why, struct text *out) {
  size_t before = out->length;
  for (unsigned word = 0; word < sizeof words / sizeof *words; word++)
    if ((why & (1u << word)) != 0)
      text_add_format(out, "%s%s", out->length > before ? ", " : "", words[word]);
}

bool retention_is_good(const char *folder, const char *set) {
  AUTO_MANIFEST struct manifest manifest = {0};
  AUTO_FREE char *path = folder_join(folder, set);
  struct error ignored;
  struct stat status;
  if (!manifest_read(path, &manifest, &ignored))
    return false;
  for (size_t i = 0; i < manifest.file_count; i++) {
    AUTO_FREE char *file = folder_join(path, manifest.files[i].path);
    if (lstat(file, &status) != 0 || !S_ISREG(status.st_mode) || (uint64_t)status.st_size != manifest.files[i].bytes)
      return false;
  }
  return true;
}

struct retention *retention_of(const char *folder, const int keep[static KEEP_WORDS], const struct set_list *list) {
  struct retention *decided = memory_new(list->count + 1, sizeof *decided);
  for (size_t i = 0; i < list->count; i++)
    decided[i] = (struct retention){&list->sets[i], retention_is_good(folder, list->sets[i].name), 0};
  retention_decide(keep, decided, list->count);
  return decided;
}
