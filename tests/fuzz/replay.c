/* Runs a fuzz target over files instead of inventing inputs: what was found stays found. Ends badly when an input does.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* The input in memory of just its size, so that the sanitizer sees a step beyond it. */
static void replay(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file || fseek(file, 0, SEEK_END) != 0) {
    perror(path);
    exit(1);
  }
  size_t size = (size_t)ftell(file);
  uint8_t *bytes = malloc(size > 0 ? size : 1);
  rewind(file);
  if (!bytes || fread(bytes, 1, size, file) != size) {
    perror(path);
    exit(1);
  }
  fclose(file);
  fprintf(stderr, "%s\n", path);
  LLVMFuzzerTestOneInput(bytes, size);
  free(bytes);
}

int main(int count, char **arguments) {
  for (int i = 1; i < count; i++)
    replay(arguments[i]);
  printf("%d inputs\n", count - 1);
  return count > 1 ? 0 : 1;
}
