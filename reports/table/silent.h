/* The States that never responded to anything that was asked of them. */
#ifndef RECTRACK_REPORTS_TABLE_SILENT_H
#define RECTRACK_REPORTS_TABLE_SILENT_H

#include "reports/table/preset.h"

preset_fill silent_report;

#endif
