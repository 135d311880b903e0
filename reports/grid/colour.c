/* Colours of levels that stay readable. */
#include "reports/grid/colour.h"

#include <math.h>
#include <stdio.h>

static const char BLACK[] = "#000000", WHITE[] = "#ffffff";

/* The share of a channel (0 to 255) in the luminance. */
static double linear(unsigned channel) {
  double share = channel / 255.0;
  return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4);
}

/* Relative luminance as WCAG 2.2 defines it. */
static double luminance(const char *colour) {
  unsigned red, green, blue;
  if (sscanf(colour, "#%2x%2x%2x", &red, &green, &blue) != 3)
    return 0;
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

double colour_contrast(const char *one, const char *other) {
  double a = luminance(one), b = luminance(other);
  return (fmax(a, b) + 0.05) / (fmin(a, b) + 0.05);
}

const char *colour_ink(const char *ground) {
  return colour_contrast(ground, BLACK) > colour_contrast(ground, WHITE) ? BLACK : WHITE;
}
