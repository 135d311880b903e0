/* libFuzzer target: any text as the condition of --where.  It is understood, or refused with an error; it never loops.
 */
#include "core/base/memory.h"
#include "reports/counting/filter.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size) {
  AUTO_FREE char *condition = memory_string_n((const char *)data, size);
  AUTO_FILTER struct filter *filter = NULL;
  struct error error = {0};
  if (!filter_parse(condition, &filter, &error)) {
    if (error.code == ERROR_NONE || error.message[0] == '\0' || filter != NULL)
      abort();
    return 0;
  }
  filter_asks_for(filter, "channel");
  return 0;
}
