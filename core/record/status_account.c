/* What status records add to their batch: rows, responses, digest. */
#include "core/record/status_account.h"

#include "core/ledger/batch.h"

#include <string.h>

/* Rows that are accounted for at once: less than the server takes from its connection's buffer meanwhile. */
static const size_t STRETCH = 256;

void status_account_free(struct status_account *account) {
  sha256_free(&account->sha);
  sha256_free(&account->before);
  text_free(&account->canonical);
  *account = (struct status_account){0};
}

void status_account_begin(struct status_account *account, struct status_chunk *chunk) {
  if (account->sha == NULL) {
    account->sha = sha256_new();
    account->before = sha256_new();
  }
  sha256_copy(account->before, account->sha);
  account->chunk = chunk;
  account->next = 0;
  account->added = account->superseding = 0;
}

void status_account_again(struct status_account *account) {
  sha256_copy(account->sha, account->before);
  for (size_t i = 0; i < account->chunk->response_count; i++)
    account->chunk->responses[i].used = false;
  account->next = 0;
  account->added = account->superseding = 0;
}

static void canonical_string(struct text *out, const char *value) {
  canonical_text(out, value, value != NULL ? strlen(value) : 0);
}

static void canonical_row(struct text *out, const struct status_chunk *chunk, const struct status_row *row) {
  char as_of[DAY_TEXT_SIZE];
  canonical_int(out, row->rec_id);
  canonical_text(out, day_format(row->as_of, as_of), DAY_TEXT_SIZE - 1);
  canonical_int(out, chunk->batch_id);
  canonical_int(out, row->line);
  canonical_int(out, row->response);
  canonical_int(out, row->state_id);
  canonical_int(out, row->kind);
  canonical_int(out, row->rev);
  canonical_int(out, row->level);
  canonical_string(out, status_chunk_string(chunk, row->note));
  canonical_string(out, status_chunk_string(chunk, row->evidence));
  canonical_string(out, status_language(row));
}

bool status_account_go_on(struct status_account *account) {
  struct status_chunk *chunk = account->chunk;
  size_t left = chunk->count - account->next, end = account->next + (left < STRETCH ? left : STRETCH);
  text_clear(&account->canonical);
  for (; account->next < end; account->next++) {
    const struct status_row *row = &chunk->rows[account->next];
    if (row->rev == 0)
      continue;
    canonical_row(&account->canonical, chunk, row);
    chunk->responses[row->response - chunk->responses[0].number].used = true;
    account->added++;
    account->superseding += row->rev > 1;
  }
  sha256_add(account->sha, text_string(&account->canonical), account->canonical.length);
  return account->next < chunk->count;
}

void status_account_digest(struct status_account *account, unsigned char digest[static SHA256_SIZE]) {
  sha256_finish(account->sha, digest);
}
