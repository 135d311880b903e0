/* Single fields of a status record as people write them: identifiers, kinds, channels, languages. */
#include "core/base/language.h"
#include "core/base/nearest.h"
#include "core/record/record.h"
#include "core/record/status_chunk.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const record_channels[] = {"note-verbale", "questionnaire", "statement", "letter", "review", "other", NULL};

/* A positive number at *s, which is moved behind it. */
static bool read_number(const char **s, int32_t *out) {
  if (**s < '0' || **s > '9')
    return false;
  char *end;
  errno = 0;
  long number = strtol(*s, &end, 10);
  if (errno != 0 || number < 1 || number > INT32_MAX)
    return false;
  *s = end;
  *out = (int32_t)number;
  return true;
}

bool record_id_parse(const char *s, struct record_id *out, struct error *error) {
  const char *at = s;
  if (read_number(&at, &out->batch_id) && *at++ == '.' && read_number(&at, &out->line) && *at == '\0')
    return true;
  error_set(error, ERROR_DATA, "not a record's number: \"%s\"", s);
  return error_remedy(error, "Write batch and line, such as 12.345; see \"rectrack list records\".");
}

const char *record_id_format(struct record_id id, char out[static RECORD_ID_TEXT_SIZE]) {
  snprintf(out, RECORD_ID_TEXT_SIZE, "%" PRId32 ".%" PRId32, id.batch_id, id.line);
  return out;
}

bool record_kind_parse(const char *value, enum level_kind *out, struct error *error) {
  if (strcmp(value, "reported") == 0)
    *out = LEVEL_REPORTED;
  else if (strcmp(value, "assessed") == 0)
    *out = LEVEL_ASSESSED;
  else {
    error_set(error, ERROR_DATA, "unknown kind of record: \"%s\"", value);
    return error_remedy(error, "Write \"reported\" (by the State) or \"assessed\" (by reviewers).");
  }
  return true;
}

bool record_channel_check(const char *value, struct error *error) {
  return nearest_check(value, record_channels, "channel", error);
}

bool record_language_parse(const char *value, uint8_t *out, struct error *error) {
  const struct language *language;
  if (!language_parse(value, &language, error)) {
    error->code = ERROR_DATA; /* of a record, wherever it comes from */
    return false;
  }
  *out = (uint8_t)(language - language_list + 1);
  return true;
}

bool record_level_suits(const struct level *level, enum level_kind kind, struct error *error) {
  if ((level->kind & kind) != 0)
    return true;
  bool assessed = level->kind == LEVEL_ASSESSED;
  error_set(error, ERROR_DATA, "the level \"%s\" is only for %s records", level->code,
            assessed ? "assessed" : "reported");
  return error_remedy(error, "Record it as %s, or choose a level of another scale.",
                      assessed ? "assessed" : "reported");
}
