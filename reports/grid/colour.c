/* Colours of levels that stay readable. */
#include "reports/grid/colour.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

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
  double a = luminance(one) + 0.05, b = luminance(other) + 0.05;
  return a > b ? a / b : b / a;
}

const char *colour_ink(const char *ground) {
  return colour_contrast(ground, BLACK) > colour_contrast(ground, WHITE) ? BLACK : WHITE;
}

/* ---- terminals ----------------------------------------------------------- */

enum { CUBE = 16, CUBE_SIDE = 6, GREYS = 232, COLOURS = 256, TERMINAL_BLACK = 16, TERMINAL_WHITE = 231 };

/* The colours that every terminal has alike: a cube of 6 × 6 × 6 and 24 greys. The first 16 are the user's own. */
static void terminal_channels(int number, int channels[3]) {
  static const int steps[CUBE_SIDE] = {0, 95, 135, 175, 215, 255};
  if (number >= GREYS) {
    channels[0] = channels[1] = channels[2] = 8 + 10 * (number - GREYS);
    return;
  }
  number -= CUBE;
  channels[0] = steps[number / (CUBE_SIDE * CUBE_SIDE)];
  channels[1] = steps[number / CUBE_SIDE % CUBE_SIDE];
  channels[2] = steps[number % CUBE_SIDE];
}

/* A pale colour keeps its hue: it must not become a grey that lies nearer. */
static bool has_hue(const unsigned wanted[3]) {
  unsigned least = wanted[0], most = wanted[0];
  for (int i = 1; i < 3; i++) {
    least = wanted[i] < least ? wanted[i] : least;
    most = wanted[i] > most ? wanted[i] : most;
  }
  return most - least > 8;
}

static int nearest_of_terminal(const unsigned wanted[3]) {
  int best = TERMINAL_WHITE, least = INT_MAX;
  for (int number = CUBE; number < (has_hue(wanted) ? GREYS : COLOURS); number++) {
    int channels[3], distance = 0;
    terminal_channels(number, channels);
    for (int i = 0; i < 3; i++)
      distance += (channels[i] - (int)wanted[i]) * (channels[i] - (int)wanted[i]);
    if (distance < least) {
      least = distance;
      best = number;
    }
  }
  return best;
}

void colour_add_terminal(const char *ground, struct text *out) {
  unsigned wanted[3];
  int channels[3];
  char shown[sizeof "#rrggbb"];
  if (sscanf(ground, "#%2x%2x%2x", &wanted[0], &wanted[1], &wanted[2]) != 3)
    return;
  int number = nearest_of_terminal(wanted);
  terminal_channels(number, channels);
  snprintf(shown, sizeof shown, "#%02x%02x%02x", (unsigned)channels[0] & 0xff, (unsigned)channels[1] & 0xff,
           (unsigned)channels[2] & 0xff);
  text_add_format(out, "\033[48;5;%d;38;5;%dm", number,
                  strcmp(colour_ink(shown), BLACK) == 0 ? TERMINAL_BLACK : TERMINAL_WHITE);
}
