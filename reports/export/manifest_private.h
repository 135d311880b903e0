/* What writing and reading a manifest share. */
#ifndef RECTRACK_REPORTS_EXPORT_MANIFEST_PRIVATE_H
#define RECTRACK_REPORTS_EXPORT_MANIFEST_PRIVATE_H

#define MANIFEST_FORMAT   "rectrack-manifest/1"
#define SUMS_NAME         "SHA256SUMS"
#define DATA_PACKAGE_NAME "datapackage.json"

#endif
