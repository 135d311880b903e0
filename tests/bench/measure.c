/*
 * Runs commands in turn, so that what else the machine does falls on all of them alike, and prints a line for each:
 * the median of its wall times in seconds and the most memory it took, in KiB.
 *
 *   measure RUNS [-p PREPARATION] COMMAND [ARGUMENT]... [-- [-p PREPARATION] COMMAND ...]...
 *
 * PREPARATION is a shell command that runs before each run of its command and is not measured.  "@" in an argument
 * becomes the number of the run.  What commands write to stdout is thrown away.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { COMMANDS_MAX = 8, ARGUMENTS_MAX = 40, RUNS_MAX = 1000, TEXT_SIZE = 4096 };

struct measured {
  char *preparation;
  char *arguments[ARGUMENTS_MAX + 1];
  double seconds[RUNS_MAX];
  long memory;
};

static void fail(const char *what, const char *name) {
  fprintf(stderr, "measure: %s: %s\n", what, name);
  exit(1);
}

static double now(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static int compare(const void *a, const void *b) {
  const double *one = a, *other = b;
  return (*one > *other) - (*one < *other);
}

static double median(double *values, int count) {
  qsort(values, (size_t)count, sizeof *values, compare);
  return count % 2 == 1 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

/* Puts the number of the run in place of "@". */
static void fill_in(const char *argument, int run, char out[static TEXT_SIZE]) {
  const char *at = strchr(argument, '@');
  int length = at == NULL ? snprintf(out, TEXT_SIZE, "%s", argument)
                          : snprintf(out, TEXT_SIZE, "%.*s%d%s", (int)(at - argument), argument, run, at + 1);
  if (length >= TEXT_SIZE)
    fail("too long", argument);
}

static void run_once(struct measured *measured, int run) {
  static char texts[ARGUMENTS_MAX][TEXT_SIZE];
  char *arguments[ARGUMENTS_MAX + 1] = {NULL};
  for (int i = 0; measured->arguments[i] != NULL; i++) {
    fill_in(measured->arguments[i], run, texts[i]);
    arguments[i] = texts[i];
  }
  if (measured->preparation != NULL && system(measured->preparation) != 0)
    fail("failed", measured->preparation);
  posix_spawn_file_actions_t quietly;
  posix_spawn_file_actions_init(&quietly);
  posix_spawn_file_actions_addopen(&quietly, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child;
  int status;
  struct rusage usage;
  double begin = now();
  if (posix_spawnp(&child, arguments[0], &quietly, NULL, arguments, environ) != 0 ||
      wait4(child, &status, 0, &usage) != child || status != 0)
    fail("failed", arguments[0]);
  measured->seconds[run - 1] = now() - begin;
  measured->memory = usage.ru_maxrss > measured->memory ? usage.ru_maxrss : measured->memory;
  posix_spawn_file_actions_destroy(&quietly);
}

int main(int count, char **arguments) {
  static struct measured commands[COMMANDS_MAX];
  int commands_count = 0, runs = count > 2 ? atoi(arguments[1]) : 0;
  if (runs < 1 || runs > RUNS_MAX)
    fail("usage", "measure RUNS [-p PREPARATION] COMMAND... [-- COMMAND...]...");
  for (int at = 2; at < count; at++) {
    struct measured *measured = &commands[commands_count++];
    if (strcmp(arguments[at], "-p") == 0 && at + 2 < count) {
      measured->preparation = arguments[at + 1];
      at += 2;
    }
    for (int i = 0; at < count && strcmp(arguments[at], "--") != 0; at++, i++) {
      if (i == ARGUMENTS_MAX)
        fail("too many arguments", arguments[at]);
      measured->arguments[i] = arguments[at];
    }
    if (measured->arguments[0] == NULL || (at < count && commands_count == COMMANDS_MAX))
      fail("usage", "a command is missing, or there are too many");
  }
  for (int run = 1; run <= runs; run++)
    for (int i = 0; i < commands_count; i++)
      run_once(&commands[i], run);
  for (int i = 0; i < commands_count; i++)
    printf("%.4f %ld\n", median(commands[i].seconds, runs), commands[i].memory);
  return 0;
}
