/*
 * The whole ledger with its rows in a form that other programs check by themselves: JSON Lines (one object a line).
 *
 *   {"rectrack_ledger": 1}
 *   {"table": NAME, "numbered": true|false, "batch": NUMBER, "row": [VALUE, …]}   by table, batch, and number
 *   {"batch": [POSITION, BATCH, …, PREVIOUS], "sha256": HASH}                     by position
 *
 * Every VALUE is a string in canonical form (core/ledger/batch.h) or null, in the order of the table's columns; those
 * of a batch from its position to previous_sha256.  tests/integration/check_ledger.py is such a program.
 */
#ifndef RECTRACK_CORE_LEDGER_LEDGER_EXPORT_H
#define RECTRACK_CORE_LEDGER_LEDGER_EXPORT_H

#include "core/base/error.h"
#include "core/base/output.h"
#include "core/database/db.h"

#include <stdbool.h>

/* Reads everything in one snapshot. */
bool ledger_export(struct db *db, struct output *output, struct error *error) __attribute__((nonnull));

#endif
