/* Figures as they are printed: computed from integers, rounded half up. */
#ifndef RECTRACK_REPORTS_GRID_FIGURE_H
#define RECTRACK_REPORTS_GRID_FIGURE_H

#include <stdint.h>

#define FIGURE_SIZE 32

/* 100 * part / whole in tenths; 0 when the whole is 0. */
int64_t figure_tenths(int64_t part, int64_t whole);
/* The mean, in hundredths, of `count` weights whose sum in hundredths is given; 0 when there are none. */
int64_t figure_mean(int64_t sum, int64_t count);

/* Writes what is given in units of its last decimal, such as 333 with one decimal: "33.3". Returns `out`. */
const char *figure_format(int64_t units, int decimals, char out[static FIGURE_SIZE]);

#endif
