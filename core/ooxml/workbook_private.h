/* What the files of the workbook reader share. */
#ifndef RECTRACK_CORE_OOXML_WORKBOOK_PRIVATE_H
#define RECTRACK_CORE_OOXML_WORKBOOK_PRIVATE_H

#include "core/ooxml/ooxml.h"
#include "core/ooxml/workbook.h"

/* The texts that cells refer to by number. */
struct shared_texts {
  struct text texts;
  size_t *starts; /* where each begins in `texts` */
  size_t count, capacity;
};

bool shared_texts_read(struct ooxml *package, struct shared_texts *shared, struct error *error);
void shared_texts_free(struct shared_texts *shared);

/* Adds the cells of a part to the sheet. */
bool workbook_read_sheet(struct ooxml *package, const char *part, const struct shared_texts *shared,
                         struct workbook *workbook, struct workbook_sheet *sheet, struct error *error);

#endif
