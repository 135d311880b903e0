/* Where each State's newest record comes from, and how many replies the State has sent. */
#ifndef RECTRACK_REPORTS_COUNTING_PROVENANCE_H
#define RECTRACK_REPORTS_COUNTING_PROVENANCE_H

#include "core/base/error.h"
#include "core/database/db.h"
#include "reports/counting/population.h"

#include <stdbool.h>
#include <stdint.h>

struct provenance {
  char **sources;    /* by State: "questionnaire, CTOC/2022/12"; NULL where there is none */
  uint64_t *replies; /* by State */
  size_t count;      /* States */
};

/* For the States of a population with `newest`, inside the caller's snapshot. The caller frees it, in every case. */
bool provenance_load(struct db *db, const struct population *population, struct provenance *provenance,
                     struct error *error) __attribute__((nonnull));
void provenance_free(struct provenance *provenance);

#endif
