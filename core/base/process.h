/*
 * Running another program: without a shell, in a process group of its own, with a limit of time, its end always waited
 * for.  An interrupt of ours ends it too.
 */
#ifndef RECTRACK_CORE_BASE_PROCESS_H
#define RECTRACK_CORE_BASE_PROCESS_H

#include "core/base/error.h"
#include "core/base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct process_options {
  const char *const *arguments; /* ended by NULL; the first is the program, looked for in PATH when it has no slash */
  const char *const *variables; /* "NAME=value", ended by NULL, besides our own; NULL: none */
  bool take_output;             /* its stdout is read with process_read; else it is joined to our stderr */
  bool give_input;              /* its stdin is written with process_write; else it is empty */
  bool take_talk;               /* its stderr is kept for the error's message; else it is ours */
  int64_t limit_seconds;        /* it is ended when it takes longer; 0: no limit */
  uint64_t limit_bytes;         /* of memory that it gets; 0: no limit */
};

struct process;

/* Starts a program. ERROR_CONFIG when there is no such program. The caller ends it with process_end. */
bool process_start(const struct process_options *options, struct process **process, struct error *error)
    __attribute__((nonnull));

/* Reads what it writes to its stdout; *length is 0 at the end. */
bool process_read(struct process *process, void *bytes, size_t size, size_t *length, struct error *error)
    __attribute__((nonnull));
/* Writes to its stdin; a program that no longer reads is no error here: its end tells. */
bool process_write(struct process *process, const void *bytes, size_t length, struct error *error)
    __attribute__((nonnull));

/*
 * Waits for its end and frees it.  ERROR_FAILED when it didn't end with 0: the message has its name, how it ended, and
 * the last line that it wrote to stderr (take_talk).
 */
bool process_end(struct process **process, struct error *error) __attribute__((nonnull));
/* Ends it at once, if it is still there. For __attribute__((cleanup)). */
void process_kill(struct process **process);
#define AUTO_PROCESS __attribute__((cleanup(process_kill)))

/* Starts a program and waits for its end. */
bool process_run(const struct process_options *options, struct error *error) __attribute__((nonnull));

#endif
