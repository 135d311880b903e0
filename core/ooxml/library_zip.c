/* What is called of libzip, which is loaded when it is (core/base/library.h). */
#include "config.h"
#include "core/base/library.h"

#include <zip.h>

static struct library libzip = {.file = LIBZIP_FILE};

#define FUNCTION(type, name, parameters, arguments) LIBRARY_FUNCTION(&libzip, type, name, parameters, arguments)

FUNCTION(void, zip_discard, (zip_t * zip), (zip))
FUNCTION(int, zip_error_code_zip, (const zip_error_t *error), (error))
FUNCTION(void, zip_error_fini, (zip_error_t * error), (error))
FUNCTION(void, zip_error_init, (zip_error_t * error), (error))
FUNCTION(const char *, zip_error_strerror, (zip_error_t * error), (error))
FUNCTION(int, zip_fclose, (zip_file_t * file), (file))
FUNCTION(zip_error_t *, zip_file_get_error, (zip_file_t * file), (file))
FUNCTION(zip_file_t *, zip_fopen_index, (zip_t * zip, zip_uint64_t index, zip_flags_t flags), (zip, index, flags))
FUNCTION(zip_int64_t, zip_fread, (zip_file_t * file, void *bytes, zip_uint64_t size), (file, bytes, size))
FUNCTION(zip_error_t *, zip_get_error, (zip_t * zip), (zip))
FUNCTION(zip_int64_t, zip_name_locate, (zip_t * zip, const char *name, zip_flags_t flags), (zip, name, flags))
FUNCTION(zip_t *, zip_open_from_source, (zip_source_t * source, int flags, zip_error_t *error), (source, flags, error))
FUNCTION(zip_source_t *, zip_source_buffer_create,
         (const void *bytes, zip_uint64_t length, int owned, zip_error_t *error), (bytes, length, owned, error))
FUNCTION(void, zip_source_free, (zip_source_t * source), (source))
