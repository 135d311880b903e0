/*
 * libFuzzer target: any bytes as a day and as a moment.  What is understood is written in one way, which is understood
 * as the same; what is not has an error with a remedy.
 */
#include "core/base/date.h"
#include "tests/fuzz/must.h"

#include <stdlib.h>
#include <string.h>

static void read_day(const char *s, size_t length) {
  char written[DAY_TEXT_SIZE];
  struct error error = {0};
  day value, again;
  if (!day_parse(s, length, &value, &error)) {
    must(error.code != ERROR_NONE && error.message[0] != '\0');
    return;
  }
  day_format(value, written);
  must(day_parse(written, strlen(written), &again, &error) && again == value);
}

static void read_moment(const char *s, size_t length) {
  char written[MOMENT_TEXT_SIZE];
  struct error error = {0};
  moment value, again;
  if (!moment_parse(s, length, &value, &error)) {
    must(error.code != ERROR_NONE && error.message[0] != '\0');
    return;
  }
  moment_format(value, written);
  must(moment_parse(written, strlen(written), &again, &error) && again == value);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size) {
  const char *s = (const char *)data;
  size_t consumed;
  day value;
  read_day(s, size);
  read_moment(s, size);
  if (day_parse_prose(s, size, &value, &consumed))
    must(consumed > 0 && consumed <= size);
  return 0;
}
