/* Figures as they are printed. */
#include "reports/figure.h"

#include <inttypes.h>
#include <stdio.h>

/* part / whole in units of 1 / scale, rounded half up; none is negative. */
static int64_t rounded(int64_t part, int64_t whole, int64_t scale) {
  return (2 * scale * part + whole) / (2 * whole);
}

const char *figure_percent(int64_t part, int64_t whole, char out[static FIGURE_SIZE]) {
  out[0] = '\0';
  if (whole == 0)
    return out;
  int64_t tenths = rounded(part, whole, 1000);
  snprintf(out, FIGURE_SIZE, "%" PRId64 ".%" PRId64, tenths / 10, tenths % 10);
  return out;
}

const char *figure_score(int64_t sum, int64_t count, char out[static FIGURE_SIZE]) {
  out[0] = '\0';
  if (count == 0)
    return out;
  int64_t hundredths = rounded(sum, count, 1);
  snprintf(out, FIGURE_SIZE, "%" PRId64 ".%02" PRId64, hundredths / 100, hundredths % 100);
  return out;
}
