/* Names that people write into the codes that listings ask with; unknown ones get "did you mean". */
#ifndef RECTRACK_CMD_RESOLVE_H
#define RECTRACK_CMD_RESOLVE_H

#include "core/base/text.h"
#include "core/recommendation/recommendation.h"
#include "core/register/register.h"

#include <stdbool.h>

/* What names are looked up in. */
struct names {
  struct state_register *reg;
  struct recommendation_list *recommendations;
};

bool names_load(struct db *db, struct names *names, struct error *error);
void names_free(struct names *names);
#define AUTO_NAMES __attribute__((cleanup(names_free)))

/* Each adds the code to `out`. */
bool resolve_state(const struct names *names, const char *written, struct text *out, struct error *error);
bool resolve_reference(const struct names *names, const char *written, const char *document, struct text *out,
                       struct error *error);
bool resolve_document(const struct names *names, const char *written, struct text *out, struct error *error);
bool resolve_instrument(const struct names *names, const char *written, struct text *out, struct error *error);
/* A State and a reference, as operands give them. */
bool resolve_cell(struct db *db, const char *state, const char *reference, const char *document, struct text *state_out,
                  struct text *reference_out, struct error *error);
/* A batch's number. ERROR_USAGE. */
bool resolve_batch(const char *written, int32_t *number, struct error *error) __attribute__((nonnull));
/* A level of any scale. */
bool resolve_level(const struct names *names, const char *written, struct text *out, struct error *error);

#endif
