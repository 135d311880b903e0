/*
 * Allocation that cannot return NULL.
 *
 * Running out of memory is the one error that is not passed up: the program
 * says so on stderr and ends with code 1.  Open transactions are rolled back by
 * the server and half-written outputs are nameless or removed at exit
 * (core/base/output.h), so ending at once is as safe as unwinding, and simpler.
 */
#ifndef RECTRACK_CORE_BASE_MEMORY_H
#define RECTRACK_CORE_BASE_MEMORY_H

#include <stddef.h>

void *memory_new(size_t count, size_t size) __attribute__((malloc, returns_nonnull, warn_unused_result)); /* zeroed */
void *memory_resize(void *old, size_t count, size_t size) __attribute__((returns_nonnull, warn_unused_result));
char *memory_string(const char *s) __attribute__((malloc, returns_nonnull, nonnull, warn_unused_result));
char *memory_string_n(const char *s, size_t length)
    __attribute__((malloc, returns_nonnull, nonnull, warn_unused_result));

/* Says "out of memory" on stderr and ends the program with code 1; also for libraries that report it to us. */
void memory_exhausted(void) __attribute__((noreturn));

/* Grows *array (of `size`-byte elements, *capacity of them) so that it holds `needed` elements at least. */
void memory_reserve(void **array, size_t *capacity, size_t needed, size_t size) __attribute__((nonnull));

/* For __attribute__((cleanup)): frees the pointer that `pointer` points to. */
void memory_free_pointer(void *pointer);
#define AUTO_FREE __attribute__((cleanup(memory_free_pointer)))

#endif
