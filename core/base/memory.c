/* Allocation that cannot return NULL. */
#include "core/base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void memory_exhausted(void) {
  static const char message[] = "rectrack: out of memory. Close other programs or work on a smaller file.\n";
  /* stdio might need memory itself; and nothing more can be done when stderr fails as well */
  ssize_t written = write(STDERR_FILENO, message, sizeof message - 1);
  (void)written;
  exit(EXIT_FAILURE);
}

void *memory_new(size_t count, size_t size) {
  /* malloc(0) may return NULL without any shortage */
  void *memory = count == 0 || size == 0 ? calloc(1, 1) : calloc(count, size);
  if (!memory)
    memory_exhausted();
  return memory;
}

void *memory_resize(void *old, size_t count, size_t size) {
  void *memory = count == 0 || size == 0 ? realloc(old, 1) : reallocarray(old, count, size);
  if (!memory)
    memory_exhausted();
  return memory;
}

char *memory_string_n(const char *s, size_t length) {
  if (length == SIZE_MAX)
    memory_exhausted();
  char *copy = malloc(length + 1);
  if (!copy)
    memory_exhausted();
  memcpy(copy, s, length);
  copy[length] = '\0';
  return copy;
}

char *memory_string(const char *s) {
  return memory_string_n(s, strlen(s));
}

void memory_reserve(void **array, size_t *capacity, size_t needed, size_t size) {
  if (needed <= *capacity)
    return;
  size_t wanted = *capacity < 8 ? 8 : *capacity;
  while (wanted < needed)
    wanted = wanted > SIZE_MAX / 2 ? needed : wanted * 2;
  /* `array` points to a pointer of any type, so its bytes are moved, not its value */
  void *old;
  memcpy(&old, (const void *)array, sizeof old);
  void *grown = memory_resize(old, wanted, size);
  memcpy((void *)array, &grown, sizeof grown);
  *capacity = wanted;
}

void memory_free_pointer(void *pointer) {
  void *owned;
  memcpy(&owned, pointer, sizeof owned);
  free(owned);
}
