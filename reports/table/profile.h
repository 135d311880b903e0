/* One State: what it said of each recommendation, when and where, and a closing paragraph that counts. */
#ifndef RECTRACK_REPORTS_TABLE_PROFILE_H
#define RECTRACK_REPORTS_TABLE_PROFILE_H

#include "reports/table/preset.h"

preset_fill profile_report;

#endif
