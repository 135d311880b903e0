/* How a report comes about: the rules that its figures follow, with this database's numbers, and the SQL. */
#ifndef RECTRACK_REPORTS_TABLE_EXPLAIN_H
#define RECTRACK_REPORTS_TABLE_EXPLAIN_H

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/database/db.h"
#include "reports/table/cut.h"

#include <stdbool.h>

/* Adds the explanation of the report that the cut asks for, in plain text. Inside the caller's snapshot. */
bool report_explain(struct db *db, const struct cut *cut, struct text *out, struct error *error)
    __attribute__((nonnull));

#endif
