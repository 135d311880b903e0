/* Figures as they are printed. */
#include "reports/grid/figure.h"

#include <inttypes.h>
#include <stdio.h>

/* part / whole in units of 1 / scale, rounded half up; none is negative. */
static int64_t rounded(int64_t part, int64_t whole, int64_t scale) {
  return whole == 0 ? 0 : (2 * scale * part + whole) / (2 * whole);
}

int64_t figure_tenths(int64_t part, int64_t whole) {
  return rounded(part, whole, 1000);
}

int64_t figure_mean(int64_t sum, int64_t count) {
  return rounded(sum, count, 1);
}

const char *figure_format(int64_t units, int decimals, char out[static FIGURE_SIZE]) {
  int64_t scale = 1, size = units < 0 ? -units : units;
  for (int i = 0; i < decimals; i++)
    scale *= 10;
  if (decimals == 0)
    snprintf(out, FIGURE_SIZE, "%" PRId64, units);
  else
    snprintf(out, FIGURE_SIZE, "%s%" PRId64 ".%0*" PRId64, units < 0 ? "-" : "", size / scale, decimals, size % scale);
  return out;
}
