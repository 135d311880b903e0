/* What the import of a document keeps at hand, shared by the import_document*.c files and nobody else. */
#ifndef RECTRACK_CORE_IMPORT_IMPORT_DOCUMENT_PRIVATE_H
#define RECTRACK_CORE_IMPORT_IMPORT_DOCUMENT_PRIVATE_H

#include "core/import/import.h"
#include "core/ledger/batch.h"
#include "core/recommendation/recommendation.h"
#include "core/register/register.h"

struct document_import {
  const struct import_document_options *options;
  struct import_document_result *result;
  struct state_register *reg;
  struct recommendation_list *earlier; /* what stands, where the document supersedes an earlier version */
  int16_t instrument_id;               /* 0: none */
  int16_t scale_id;
  int16_t *addressees; /* State ids; NULL: all Parties */
  size_t addressee_count;
};

/*
 * Decides what options and document leave open: symbol, instrument, scale, addressees, the States behind names; and
 * looks whether the symbol is free.  ERROR_DATA where neither says it, or where what they say is nobody's.  What can be
 * gone on with is a finding.
 */
bool import_document_decide(struct db *db, struct document_import *import, struct error *error)
    __attribute__((nonnull));

/* Proposes the links to the earlier versions, or takes them as they were reviewed. */
bool import_document_find_links(struct db *db, struct document_import *import, struct error *error)
    __attribute__((nonnull));
/* Adds their rows; the document's recommendations are numbered from `first_rec_id` on. */
void import_document_write_links(struct batch *batch, const struct document_import *import, int32_t first_rec_id)
    __attribute__((nonnull));

#endif
