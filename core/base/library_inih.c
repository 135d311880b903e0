/* What is called of libinih, which is loaded when it is (core/base/library.h). */
#include "config.h"
#include "core/base/library.h"

#include <ini.h>

static struct library libinih = {.file = LIBINIH_FILE};

LIBRARY_FUNCTION(&libinih, int, ini_parse_stream, (ini_reader reader, void *stream, ini_handler handler, void *user),
                 (reader, stream, handler, user))
