/* A questionnaire as a workbook: drop-downs, locked cells, instructions. Its layout stands in
 * core/questionnaire/questionnaire.h. */
#ifndef RECTRACK_REPORTS_RENDER_QUESTIONNAIRE_WORKBOOK_H
#define RECTRACK_REPORTS_RENDER_QUESTIONNAIRE_WORKBOOK_H

#include "core/base/error.h"
#include "core/questionnaire/questionnaire.h"
#include "reports/render/render.h"

/* Adds the workbook to `out`. The same questionnaire gives the same bytes. */
bool questionnaire_workbook_write(const struct questionnaire *questionnaire, struct render_sink *out,
                                  struct error *error) __attribute__((nonnull));

#endif
