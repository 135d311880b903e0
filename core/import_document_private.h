/* What the import of a document keeps at hand, shared by the import_document*.c files and nobody else. */
#ifndef RECTRACK_CORE_IMPORT_DOCUMENT_PRIVATE_H
#define RECTRACK_CORE_IMPORT_DOCUMENT_PRIVATE_H

#include "core/import.h"
#include "core/register.h"
#include "core/sha256.h"

struct document_import {
  const struct import_document_options *options;
  struct import_document_result *result;
  unsigned char digest[SHA256_SIZE];
  struct state_register *reg;
  int16_t instrument_id; /* 0: none */
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

#endif
