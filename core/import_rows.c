/* What every CSV import shares. */
#include "core/import_rows.h"

#include <inttypes.h>
#include <string.h>

void import_refuse_placed(const struct import_options *options, const struct error *problem,
                          struct import_summary *summary) {
  summary->bad++;
  if (options->problem != NULL)
    options->problem(options->problem_context, problem);
}

void import_refuse(const struct import_options *options, const struct csv_reader *reader, size_t column,
                   struct error *problem, struct import_summary *summary) {
  csv_reader_blame(reader, column, problem);
  import_refuse_placed(options, problem, summary);
}

bool import_verdict(const struct import_options *options, const struct import_summary *summary, struct error *error) {
  if (summary->bad == 0)
    return true;
  error_set(error, ERROR_DATA, "%s: %" PRIu64 " of %" PRIu64 " rows refused; nothing was stored",
            import_file_name(options->path), summary->bad, summary->rows);
  return error_remedy(error, "Mend the rows named above and import the file again.");
}

const char *import_file_name(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash != NULL && slash[1] != '\0' ? slash + 1 : path;
}

const char *import_value(const struct csv_reader *reader, size_t column, size_t *length) {
  size_t here;
  const char *value = csv_reader_value(reader, column, &here);
  if (value != NULL && here == 0)
    value = NULL;
  if (length != NULL)
    *length = value != NULL ? here : 0;
  return value;
}
