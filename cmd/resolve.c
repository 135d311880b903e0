/* Names that people write into codes. */
#include "cmd/resolve.h"

#include "core/base/nearest.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool names_load(struct db *db, struct names *names, struct error *error) {
  return register_load(db, POSITION_NEWEST, NULL, &names->reg, error) &&
         recommendation_load(db, POSITION_NEWEST, &names->recommendations, error);
}

void names_free(struct names *names) {
  register_free(&names->reg);
  recommendation_free(&names->recommendations);
}

bool resolve_state(const struct names *names, const char *written, struct text *out, struct error *error) {
  const struct state *state = register_find_state(names->reg, written, strlen(written), error);
  if (state != NULL)
    text_add(out, state->iso3);
  return state != NULL;
}

bool resolve_reference(const struct names *names, const char *written, const char *document, struct text *out,
                       struct error *error) {
  const struct recommendation *item =
      recommendation_find(names->recommendations, written, strlen(written), document, error);
  if (item != NULL)
    recommendation_add_reference(names->recommendations, item, out);
  return item != NULL;
}

bool resolve_cell(struct db *db, const char *state, const char *reference, const char *document, struct text *state_out,
                  struct text *reference_out, struct error *error) {
  AUTO_NAMES struct names names = {0};
  return names_load(db, &names, error) && resolve_state(&names, state, state_out, error) &&
         resolve_reference(&names, reference, document, reference_out, error);
}

bool resolve_document(const struct names *names, const char *written, struct text *out, struct error *error) {
  AUTO_NEAREST struct nearest nearest;
  nearest_begin(&nearest, written);
  for (size_t i = 0; i < names->recommendations->document_count; i++) {
    const char *symbol = names->recommendations->documents[i].symbol;
    if (strcasecmp(symbol, written) == 0) {
      text_add(out, symbol);
      return true;
    }
    nearest_offer(&nearest, symbol);
  }
  error_set(error, ERROR_DATA, "unknown document: \"%s\"", written);
  return nearest_remedy(&nearest, error, "See \"rectrack list documents\".");
}

bool resolve_instrument(const struct names *names, const char *written, struct text *out, struct error *error) {
  const struct instrument *instrument = register_find_instrument(names->reg, written, error);
  if (instrument != NULL)
    text_add(out, instrument->code);
  return instrument != NULL;
}

bool resolve_level(const struct names *names, const char *written, struct text *out, struct error *error) {
  AUTO_NEAREST struct nearest nearest;
  nearest_begin(&nearest, written);
  for (size_t i = 0; i < names->reg->level_count; i++) {
    const struct level *level = &names->reg->levels[i];
    if (strcasecmp(level->code, written) == 0 || strcasecmp(level->label, written) == 0) {
      text_add(out, level->code);
      return true;
    }
    nearest_offer(&nearest, level->code);
  }
  error_set(error, ERROR_DATA, "unknown level: \"%s\"", written);
  return nearest_remedy(&nearest, error, "See \"rectrack list scales\".");
}

bool resolve_batch(const char *written, int32_t *number, struct error *error) {
  char *end;
  long found = strtol(written, &end, 10);
  *number = (int32_t)found;
  if (end != written && *end == '\0' && found > 0 && found <= INT32_MAX)
    return true;
  error_set(error, ERROR_USAGE, "not a batch's number: \"%s\"", written);
  return error_remedy(error, "See \"rectrack list batches\".");
}
