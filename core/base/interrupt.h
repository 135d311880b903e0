/*
 * Ctrl-C and termination: the handler only notes the signal and asks the server to cancel the running query (PQcancel
 * may be called from a signal handler); the work then fails with ERROR_INTERRUPTED, rolls back and unwinds like any
 * error.
 */
#ifndef RECTRACK_CORE_BASE_INTERRUPT_H
#define RECTRACK_CORE_BASE_INTERRUPT_H

#include "core/base/error.h"

#include <libpq-fe.h>
#include <stdbool.h>

/* Handles SIGINT, SIGTERM, SIGHUP; ignores SIGPIPE and SIGXFSZ. Call once. */
void interrupt_install(void);
/* The signal that arrived, 0 when none. */
int interrupt_signal(void);
/* False, with ERROR_INTERRUPTED, when a signal has arrived. For loops without a query. */
bool interrupt_check(struct error *error) __attribute__((nonnull));
/* The connection whose query a signal cancels; NULL takes it away. One at a time. */
void interrupt_watch(PGconn *connection);

#endif
