/* What changed between two days: the pairs that moved from level to level, and the records that moved them. */
#ifndef RECTRACK_REPORTS_TABLE_CHANGES_H
#define RECTRACK_REPORTS_TABLE_CHANGES_H

#include "reports/table/preset.h"

preset_fill changes_report;

#endif
