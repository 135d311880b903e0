/*
 * A chunk of status records on its way to the server, in key order, by binary COPY.  Its sender does something else
 * while the server works, and comes by now and then.
 */
#ifndef RECTRACK_CORE_RECORD_STATUS_SENDER_H
#define RECTRACK_CORE_RECORD_STATUS_SENDER_H

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/database/db.h"
#include "core/record/status_chunk.h"

#include <stdbool.h>
#include <stddef.h>

struct status_sender {
  const struct status_chunk *chunk;
  const struct status_order *order;
  bool texts;        /* with note, evidence and language */
  size_t next;       /* place in the order */
  struct text piece; /* encoded and not taken yet */
  bool done;         /* all is taken */
};
void status_sender_free(struct status_sender *sender);

/* Begins to send the rows with a revision to status_record; fails with 23505 where a key is there already. */
bool status_sender_begin(struct status_sender *sender, const struct status_chunk *chunk,
                         const struct status_order *order, struct db *db, struct error *error);
/* … to the temporary table of the merge. */
bool status_sender_begin_merge(struct status_sender *sender, const struct status_chunk *chunk,
                               const struct status_order *order, struct db *db, struct error *error);
/* Sends what the server takes without being waited for; with `wait` all of it. */
bool status_sender_push(struct status_sender *sender, struct db *db, bool wait, struct error *error);
/* Sends the rest and ends the COPY. */
bool status_sender_end(struct status_sender *sender, struct db *db, struct error *error);

#endif
