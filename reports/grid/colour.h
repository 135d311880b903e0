/* Colours of levels that stay readable. */
#ifndef RECTRACK_REPORTS_GRID_COLOUR_H
#define RECTRACK_REPORTS_GRID_COLOUR_H

#include "core/base/text.h"

/*
 * Black or white, whichever stands out more on a ground such as "#1b7837".  The contrast is never below 4.5:1
 * (WCAG 2.2, success criterion 1.4.3): the weaker of the two is worst at 4.58:1.  White for what is no colour.
 */
const char *colour_ink(const char *ground) __attribute__((nonnull, returns_nonnull));

/* The contrast of two colours by WCAG's definition, 1 to 21. */
double colour_contrast(const char *one, const char *other) __attribute__((nonnull));

/*
 * Adds the sequence by which a terminal of 256 colours (ECMA-48 SGR 38 and 48, xterm's palette) writes on the nearest
 * of its grounds, in the ink that stands out more there.
 */
void colour_add_terminal(const char *ground, struct text *out) __attribute__((nonnull));

#endif
