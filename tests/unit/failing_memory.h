/*
 * Memory that runs out: every allocation of a path, also those inside libraries, fails once.  The program then ends
 * with code 1 and a message (core/base/memory.h), or passes an error up, or does without; it never crashes and never
 * gives a wrong answer.  For one source file of a test, as it stands before malloc and its like.
 */
#ifndef RECTRACK_TESTS_FAILING_MEMORY_H
#define RECTRACK_TESTS_FAILING_MEMORY_H

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#if defined(__SANITIZE_ADDRESS__)
#define INTERPOSED 0 /* the sanitizer brings its own */
#else
#define INTERPOSED 1
#endif

static long countdown = -1; /* the allocation that fails; below 0: none does */

#if INTERPOSED
/* glibc's own, under these; those below stand before them for the program and all its libraries. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);

static bool fails_now(void) {
  if (countdown < 0 || countdown-- > 0)
    return false;
  errno = ENOMEM;
  return true;
}

void *malloc(size_t size) {
  return fails_now() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
  return fails_now() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size) {
  return fails_now() ? NULL : __libc_realloc(old, size);
}
#endif

/* What a path gives. */
enum { RIGHT_ANSWER, ERROR_PASSED_UP = 2, WRONG_ANSWER, NOT_REACHED = 100 };

/* Runs a path in a process of its own whose `nth` allocation from here fails; gives what wait says. */
static int run_failing(int (*path)(void), long nth) {
  fflush(NULL);
  pid_t child = fork();
  if (child == 0) {
    int silence = open("/dev/null", O_WRONLY);
    dup2(silence, STDERR_FILENO);
    static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}; /* cmocka would catch them here too */
    for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++)
      signal(crashes[i], SIG_DFL);
    alarm(10);
    countdown = nth;
    int code = path();
    bool reached = countdown < 0;
    countdown = -1;
    exit(reached ? code : NOT_REACHED + code);
  }
  int status = 0;
  assert_int_equal(waitpid(child, &status, 0), child);
  return status;
}

static void fail_at_every_allocation(int (*path)(void)) {
  enum { MOST = 50000 };
  if (!INTERPOSED) {
    assert_int_equal(path(), RIGHT_ANSWER);
    return;
  }
  for (long nth = 0; nth < MOST; nth++) {
    int status = run_failing(path, nth);
    if (!WIFEXITED(status))
      fail_msg("allocation %ld: signal %d", nth, WTERMSIG(status));
    int code = WEXITSTATUS(status);
    if (code == NOT_REACHED + RIGHT_ANSWER)
      return;
    if (code > ERROR_PASSED_UP)
      fail_msg("allocation %ld: wrong answer (%d)", nth, code);
  }
  fail_msg("more than %d allocations", (int)MOST);
}

#endif
