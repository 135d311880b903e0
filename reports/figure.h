/* Figures as they are printed: computed from integers, rounded half up. */
#ifndef RECTRACK_REPORTS_FIGURE_H
#define RECTRACK_REPORTS_FIGURE_H

#include <stdint.h>

#define FIGURE_SIZE 32

/* 100 * part / whole with one decimal: "33.3". "" when the whole is 0. Returns `out`. */
const char *figure_percent(int64_t part, int64_t whole, char out[static FIGURE_SIZE]);
/* The mean of `count` weights whose sum in hundredths is given, with two decimals: "0.56". "" when there are none. */
const char *figure_score(int64_t sum, int64_t count, char out[static FIGURE_SIZE]);

#endif
