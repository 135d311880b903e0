/* Ctrl-C and termination. */
#include "core/base/interrupt.h"

#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

/* What a signal handler may touch, and the one piece of state that it needs. */
static volatile sig_atomic_t arrived;
static _Atomic(PGcancel *) watched;

/* PQcancel may be called from a signal handler: https://www.postgresql.org/docs/15/libpq-cancel.html */
static void note_signal(int number) {
  static const int SECOND_SIGNAL_EXIT = ERROR_INTERRUPTED;
  if (arrived != 0)
    _exit(SECOND_SIGNAL_EXIT);
  arrived = number;
  PGcancel *cancel = atomic_load(&watched);
  char message[256];
  if (cancel != NULL)
    PQcancel(cancel, message, sizeof message);
}

void interrupt_install(void) {
  struct sigaction action = {.sa_handler = note_signal};
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  sigaction(SIGHUP, &action, NULL);
  action.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &action, NULL);
  sigaction(SIGXFSZ, &action, NULL); /* a limit on the size of files: the write fails, and tells */
}

int interrupt_signal(void) {
  return arrived;
}

bool interrupt_check(struct error *error) {
  if (arrived == 0)
    return true;
  error_set(error, ERROR_INTERRUPTED, "interrupted");
  return error_remedy(error, "Nothing was stored and no file was left.");
}

void interrupt_watch(PGconn *connection) {
  PGcancel *cancel = connection != NULL ? PQgetCancel(connection) : NULL;
  PGcancel *before = atomic_exchange(&watched, cancel);
  if (before != NULL)
    PQfreeCancel(before);
}
