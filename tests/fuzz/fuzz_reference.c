/*
 * libFuzzer target: any bytes as a reference.  What is understood is written in one way, which is understood as the
 * same and compares as equal.
 */
#include "core/document/reference.h"
#include "tests/fuzz/must.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size) {
  struct error error = {0};
  struct reference reference, again;
  char place[REFERENCE_PLACE_SIZE], second[REFERENCE_PLACE_SIZE];
  reference_check_symbol((const char *)data, size, &error);
  if (!reference_parse((const char *)data, size, &reference, &error)) {
    must(error.code != ERROR_NONE && error.message[0] != '\0' && error.remedy[0] != '\0');
    return 0;
  }
  reference_place(&reference, place);
  must(reference_parse(place, strlen(place), &again, &error));
  must(reference_compare(&reference, &again) == 0);
  must(strcmp(reference_place(&again, second), place) == 0);
  return 0;
}
