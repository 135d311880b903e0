/* What is called of the C library's mathematics, which is loaded when it is (core/base/library.h). */
#include "config.h"
#include "core/base/library.h"

#include <math.h>

static struct library libm = {.file = LIBM_FILE};

LIBRARY_FUNCTION(&libm, double, pow, (double base, double exponent), (base, exponent))
