/* Open addressing with linear probing; glibc's hsearch can't grow and its trees cost a comparison a level for each of a
 * million rows. */
#include "core/base/name_index.h"

#include "core/base/memory.h"

#include <stdlib.h>
#include <string.h>

struct entry {
  char *name; /* NULL: free */
  size_t length;
  uint64_t hash;
  int32_t number;
};

struct name_index {
  struct entry *entries;
  size_t capacity; /* a power of two, at least twice the count */
  size_t count;
};

static const size_t FIRST_CAPACITY = 64;

/* Multiplied by 2^64 over the golden ratio (Knuth, The Art of Computer Programming 3, 6.4), so that every bit counts.
 */
static uint64_t mix(uint64_t hash) {
  hash *= UINT64_C(0x9E3779B97F4A7C15);
  return hash ^ hash >> 32;
}

/* Eight bytes at a time: a million rows have their names looked up, byte by byte it would show. */
static uint64_t hash_of(const char *name, size_t length) {
  uint64_t hash = length, word;
  for (; length >= sizeof word; name += sizeof word, length -= sizeof word) {
    memcpy(&word, name, sizeof word);
    hash = mix(hash ^ word);
  }
  word = 0;
  memcpy(&word, name, length);
  return mix(hash ^ word);
}

struct name_index *name_index_new(void) {
  struct name_index *index = memory_new(1, sizeof *index);
  index->capacity = FIRST_CAPACITY;
  index->entries = memory_new(index->capacity, sizeof *index->entries);
  return index;
}

void name_index_free(struct name_index **index) {
  if (*index == NULL)
    return;
  for (size_t i = 0; i < (*index)->capacity; i++)
    free((*index)->entries[i].name);
  free((*index)->entries);
  free(*index);
  *index = NULL;
}

/* The entry that holds the name, or the free one where it belongs. */
static struct entry *slot_for(const struct name_index *index, const char *name, size_t length, uint64_t hash) {
  size_t at = hash & (index->capacity - 1);
  for (;;) {
    struct entry *entry = &index->entries[at];
    if (entry->name == NULL ||
        (entry->hash == hash && entry->length == length && memcmp(entry->name, name, length) == 0))
      return entry;
    at = (at + 1) & (index->capacity - 1);
  }
}

static void grow(struct name_index *index) {
  struct name_index wider = {.capacity = index->capacity * 2, .count = index->count};
  wider.entries = memory_new(wider.capacity, sizeof *wider.entries);
  for (size_t i = 0; i < index->capacity; i++) {
    const struct entry *entry = &index->entries[i];
    if (entry->name != NULL)
      *slot_for(&wider, entry->name, entry->length, entry->hash) = *entry;
  }
  free(index->entries);
  *index = wider;
}

bool name_index_add(struct name_index *index, const char *name, size_t length, int32_t number) {
  uint64_t hash = hash_of(name, length);
  struct entry *entry = slot_for(index, name, length, hash);
  if (entry->name != NULL)
    return false;
  *entry = (struct entry){memory_string_n(name, length), length, hash, number};
  index->count++;
  if (index->count * 2 > index->capacity)
    grow(index);
  return true;
}

int32_t name_index_find(const struct name_index *index, const char *name, size_t length) {
  const struct entry *entry = slot_for(index, name, length, hash_of(name, length));
  return entry->name != NULL ? entry->number : -1;
}

size_t name_index_count(const struct name_index *index) {
  return index->count;
}
