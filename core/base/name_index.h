/* A hash table from byte strings to small numbers: codes and names to ids. */
#ifndef RECTRACK_CORE_BASE_NAME_INDEX_H
#define RECTRACK_CORE_BASE_NAME_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct name_index;

struct name_index *name_index_new(void) __attribute__((returns_nonnull));
void name_index_free(struct name_index **index);
#define AUTO_NAME_INDEX __attribute__((cleanup(name_index_free)))

/* Adds a copy of the name. False, and nothing changes, when the name is there already. */
bool name_index_add(struct name_index *index, const char *name, size_t length, int32_t number) __attribute__((nonnull));
/* The name's number, or -1. */
int32_t name_index_find(const struct name_index *index, const char *name, size_t length) __attribute__((nonnull));
size_t name_index_count(const struct name_index *index) __attribute__((nonnull));

#endif
