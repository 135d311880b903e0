/* What the files that read a questionnaire share: the workbook that came back, and the form that went out. */
#ifndef RECTRACK_CORE_QUESTIONNAIRE_RETURNED_FORM_H
#define RECTRACK_CORE_QUESTIONNAIRE_RETURNED_FORM_H

#include "core/ooxml/workbook.h"
#include "core/questionnaire/questionnaire.h"
#include "core/rows/import_options.h"

struct returned {
  const struct import_options *options;
  struct workbook *workbook;
  const struct workbook_sheet *sheet; /* the one that was filled in */
  struct questionnaire *questionnaire;
  unsigned char file_digest[SHA256_SIZE];
  day day_of_all;       /* DAY_NONE: not filled in */
  const char *language; /* of the notes */
  uint64_t faults;
  struct text csv; /* what was filled in, as a status file */
  uint64_t next_line;
  int32_t *lines;      /* the sheet's row, from 1, of each row of the file … */
  uint64_t *csv_lines; /* … and the line on which it begins there */
  size_t row_count;
};

void returned_free(struct returned *returned);

/* Tells what is wrong with a cell, and counts it. */
void returned_fault(struct returned *returned, size_t row, size_t column, const struct error *fault)
    __attribute__((nonnull));
const char *returned_text(const struct returned *returned, size_t row, size_t column)
    __attribute__((nonnull, returns_nonnull));

/*
 * What the workbook says of itself: for whom it was made and from what, and the name of the sheet to fill in.  The
 * texts belong to the workbook.  ERROR_DATA: no form of ours, of a newer program, or one whose hidden sheet was
 * changed.
 */
bool returned_request(const struct returned *returned, struct questionnaire_request *request, const char **sheet,
                      struct error *error) __attribute__((nonnull));
/*
 * Makes the form again as it went out, and finds the sheet to fill in.  ERROR_DATA: no form of ours, of another
 * database, of a newer program, or one that says something else of itself.
 */
bool returned_form(struct db *db, struct returned *returned, struct error *error) __attribute__((nonnull));
/* Tells of every locked cell that is not as it went out. */
void returned_compare(struct returned *returned) __attribute__((nonnull));
/* Makes a status file of what was filled in, and tells what can't be read. */
void returned_answers(struct returned *returned) __attribute__((nonnull));

#endif
