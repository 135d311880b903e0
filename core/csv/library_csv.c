/* What is called of libcsv, which is loaded when it is (core/base/library.h). */
#include "config.h"
#include "core/base/library.h"

#include <csv.h>

static struct library libcsv = {.file = LIBCSV_FILE};

#define FUNCTION(type, name, parameters, arguments) LIBRARY_FUNCTION(&libcsv, type, name, parameters, arguments)

/* What is told of each field and of each row's end. */
typedef void take_field(void *bytes, size_t length, void *context);
typedef void take_end(int end, void *context);

FUNCTION(int, csv_error, (struct csv_parser * parser), (parser))
FUNCTION(int, csv_fini, (struct csv_parser * parser, take_field *field, take_end *end, void *context),
         (parser, field, end, context))
FUNCTION(void, csv_free, (struct csv_parser * parser), (parser))
FUNCTION(int, csv_init, (struct csv_parser * parser, unsigned char options), (parser, options))
FUNCTION(size_t, csv_parse,
         (struct csv_parser * parser, const void *bytes, size_t length, take_field *field, take_end *end,
          void *context),
         (parser, bytes, length, field, end, context))
FUNCTION(void, csv_set_blk_size, (struct csv_parser * parser, size_t size), (parser, size))
FUNCTION(void, csv_set_delim, (struct csv_parser * parser, unsigned char delimiter), (parser, delimiter))
FUNCTION(void, csv_set_space_func, (struct csv_parser * parser, int (*is_space)(unsigned char)), (parser, is_space))
FUNCTION(size_t, csv_write2, (void *out, size_t size, const void *bytes, size_t length, unsigned char quote),
         (out, size, bytes, length, quote))
