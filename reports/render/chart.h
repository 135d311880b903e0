/*
 * The picture of a table whose columns count levels: how the whole of each row is shared out among them.  Rows in time
 * (years, quarters, months) are columns side by side, all others bars one below the other.
 *
 * Colours are the levels' own; letters inside say the same, and each part is set off by a line, so that the picture
 * needs no colour to be read.  It is an SVG element of SVG 1.1 with title and description; inside a page it takes the
 * page's direction.
 */
#ifndef RECTRACK_REPORTS_RENDER_CHART_H
#define RECTRACK_REPORTS_RENDER_CHART_H

#include "core/base/text.h"
#include "reports/grid/grid.h"

#include <stdbool.h>

/* Whether the table has a picture. */
bool chart_suits(const struct grid *grid) __attribute__((nonnull));

/* Adds the picture. `alone`: as a file of its own, with its title above it. */
void chart_add(const struct grid *grid, bool alone, struct text *out) __attribute__((nonnull));

#endif
