/*
 * A file into one batch: checked whole, all or nothing, and idempotent.
 */
#ifndef RECTRACK_CORE_IMPORT_IMPORT_H
#define RECTRACK_CORE_IMPORT_IMPORT_H

#include "core/base/error.h"
#include "core/base/sha256.h"
#include "core/database/db.h"
#include "core/document/document.h"
#include "core/recommendation/link.h"
#include "core/rows/import_options.h"

#include <stdbool.h>
#include <stdint.h>

/* Each: ERROR_DATA when a row was refused (the error counts them) and the others are not to be kept, or all were. */
bool import_status(struct db *db, const struct import_options *options, struct import_summary *summary,
                   struct error *error) __attribute__((nonnull));
/* A questionnaire that came back, as one response of its State; see core/questionnaire/questionnaire.h. */
bool import_questionnaire(struct db *db, const struct import_options *options, struct import_summary *summary,
                          struct error *error) __attribute__((nonnull));
bool import_recommendations(struct db *db, const struct import_options *options, struct import_summary *summary,
                            struct error *error) __attribute__((nonnull));
bool import_links(struct db *db, const struct import_options *options, struct import_summary *summary,
                  struct error *error) __attribute__((nonnull));
bool import_states(struct db *db, const struct import_options *options, struct import_summary *summary,
                   struct error *error) __attribute__((nonnull));
bool import_names(struct db *db, const struct import_options *options, struct import_summary *summary,
                  struct error *error) __attribute__((nonnull));
bool import_parties(struct db *db, const struct import_options *options, struct import_summary *summary,
                    struct error *error) __attribute__((nonnull));
bool import_instruments(struct db *db, const struct import_options *options, struct import_summary *summary,
                        struct error *error) __attribute__((nonnull));
bool import_scale(struct db *db, const struct import_options *options, struct import_summary *summary,
                  struct error *error) __attribute__((nonnull));
bool import_themes(struct db *db, const struct import_options *options, struct import_summary *summary,
                   struct error *error) __attribute__((nonnull));

struct import_document_options {
  const char *path;
  const char *symbol;     /* NULL: as it stands in the document */
  const char *instrument; /* code; NULL: follows from the body */
  const char *scale;      /* code; NULL: implementation */
  const char *addressees; /* "*" for all Parties, or States; NULL: the State that the document is about, or all */
  const char *notice;
  const char *supersedes; /* symbols of earlier versions, separated by spaces; NULL: none */
  const char *links;      /* file of the reviewed links to them; NULL: as proposed */
  error_sink *problem;    /* told of every bad row of that file */
  void *problem_context;
  bool dry_run;
};

struct import_document_result {
  struct document *document; /* as parsed; NULL: not read yet */
  unsigned char digest[SHA256_SIZE];
  char *symbol;
  char *instrument;            /* code; NULL when it doesn't follow */
  const char *instrument_from; /* "--instrument", "the document's body", … */
  char *scale;                 /* code */
  char *addressees;            /* "*" for all Parties, or codes of States separated by spaces */
  const char *addressees_from; /* "--addressees", "the document's title"; NULL: nothing says it */
  char **statement_states;     /* iso3 for each statement of the document, NULL where the name is not known */
  struct link_list links;      /* what became of the recommendations of earlier versions */
  bool already_there;          /* the same file under the same symbol: nothing stored */
  int32_t batch_id, position;
};
void import_document_result_free(struct import_document_result *result);
#define AUTO_IMPORT_DOCUMENT __attribute__((cleanup(import_document_result_free)))

/*
 * Reads a report and stores document, paragraphs, statements, recommendations and links.  Names of States that can't be
 * resolved are told through document findings.  ERROR_DATA when the symbol is taken by another text.  What a dry run
 * found can be stored by a second call with the same result, which doesn't read the file again; ERROR_BUSY when its
 * links are no longer the same.
 */
bool import_document(struct db *db, const struct import_document_options *options,
                     struct import_document_result *result, struct error *error) __attribute__((nonnull));

#endif
