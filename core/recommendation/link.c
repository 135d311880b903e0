/* Links between recommendations and their later versions: proposed by likeness, and written. */
#include "core/recommendation/link.h"

#include "core/base/interrupt.h"
#include "core/base/memory.h"

#include <stdlib.h>
#include <string.h>

/* Less alike texts have only small words in common. */
enum { LIKE_MIN = 60, SAME = 100 };

const struct csv_column link_columns[LINK_COLUMNS] = {
    [LINK_OLD] = {"old", .required = true},     [LINK_NEW] = {"new", .required = true},
    [LINK_SIMILARITY] = {.name = "similarity"}, [LINK_OUTCOME] = {.name = "outcome"},
    [LINK_OLD_TEXT] = {.name = "old_text"},     [LINK_NEW_TEXT] = {.name = "new_text"},
};

void link_list_free(struct link_list *list) {
  for (size_t i = 0; i < list->count; i++) {
    free(list->items[i].old);
    free(list->items[i].successor);
    free(list->items[i].old_text);
    free(list->items[i].new_text);
  }
  free(list->items);
  *list = (struct link_list){0};
}

void link_add(struct link_list *list, const struct link_end *old, const struct link_end *successor, int similarity) {
  memory_reserve((void **)&list->items, &list->capacity, list->count + 1, sizeof *list->items);
  list->items[list->count++] = (struct link){
      .old = old != NULL ? memory_string(old->reference) : NULL,
      .successor = successor != NULL ? memory_string(successor->reference) : NULL,
      .old_text = old != NULL ? memory_string(old->text) : NULL,
      .new_text = successor != NULL ? memory_string(successor->text) : NULL,
      .similarity = old != NULL && successor != NULL ? similarity : -1,
  };
}

/* The place in a full reference. */
static const char *place_of(const char *reference) {
  const char *colon = strrchr(reference, ':');
  return colon != NULL ? colon + 1 : reference;
}

static bool at_same_place(const char *one, const char *other) {
  return strcmp(place_of(one), place_of(other)) == 0;
}

const char *link_outcome(const struct link *link) {
  if (link->old == NULL)
    return "new";
  if (link->successor == NULL)
    return "dropped";
  if (link->similarity < SAME)
    return "reworded";
  return at_same_place(link->old, link->successor) ? "unchanged" : "moved";
}

/* ---- proposing ----------------------------------------------------------- */

struct candidate {
  size_t old, new;
  int similarity;
  bool same_place;
};

struct proposal {
  const struct link_end *olds, *news;
  size_t old_count, new_count;
  struct similarity_text *old_texts, *new_texts;
  struct candidate *candidates;
  size_t count, capacity;
};

static struct similarity_text *prepare(const struct link_end *ends, size_t count) {
  struct similarity_text *texts = memory_new(count, sizeof *texts);
  for (size_t i = 0; i < count; i++)
    similarity_prepare(&texts[i], ends[i].text);
  return texts;
}

static void free_texts(struct similarity_text *texts, size_t count) {
  for (size_t i = 0; i < count; i++)
    similarity_free(&texts[i]);
  free(texts);
}

static void proposal_free(struct proposal *proposal) {
  free_texts(proposal->old_texts, proposal->old_count);
  free_texts(proposal->new_texts, proposal->new_count);
  free(proposal->candidates);
}

static void compare(struct proposal *proposal, size_t old, size_t new) {
  const struct similarity_text *a = &proposal->old_texts[old], *b = &proposal->new_texts[new];
  int similarity = similarity_at_most(a, b) >= LIKE_MIN ? similarity_percent(a, b) : 0;
  if (similarity < LIKE_MIN)
    return;
  memory_reserve((void **)&proposal->candidates, &proposal->capacity, proposal->count + 1,
                 sizeof *proposal->candidates);
  proposal->candidates[proposal->count++] = (struct candidate){
      old, new, similarity, at_same_place(proposal->olds[old].reference, proposal->news[new].reference)};
}

/* The most alike first; then those at the same place; then in the order of the documents. */
static int compare_candidates(const void *a, const void *b) {
  const struct candidate *x = a, *y = b;
  if (x->similarity != y->similarity)
    return y->similarity - x->similarity;
  if (x->same_place != y->same_place)
    return y->same_place - x->same_place;
  if (x->old != y->old)
    return x->old < y->old ? -1 : 1;
  return (x->new > y->new) - (x->new < y->new);
}

static void add_links(const struct proposal *proposal, const struct candidate *const *chosen, const bool *taken,
                      struct link_list *out) {
  for (size_t i = 0; i < proposal->old_count; i++)
    link_add(out, &proposal->olds[i], chosen[i] != NULL ? &proposal->news[chosen[i]->new] : NULL,
             chosen[i] != NULL ? chosen[i]->similarity : 0);
  for (size_t i = 0; i < proposal->new_count; i++)
    if (!taken[i])
      link_add(out, NULL, &proposal->news[i], 0);
}

bool link_propose(const struct link_end *olds, size_t old_count, const struct link_end *news, size_t new_count,
                  struct link_list *out, struct error *error) {
  __attribute__((cleanup(proposal_free))) struct proposal proposal = {
      .olds = olds,
      .news = news,
      .old_count = old_count,
      .new_count = new_count,
      .old_texts = prepare(olds, old_count),
      .new_texts = prepare(news, new_count),
  };
  for (size_t old = 0; old < old_count; old++) {
    if (!interrupt_check(error))
      return false;
    for (size_t new = 0; new < new_count; new ++)
      compare(&proposal, old, new);
  }
  if (proposal.count > 0)
    qsort(proposal.candidates, proposal.count, sizeof *proposal.candidates, compare_candidates);
  AUTO_FREE const struct candidate **chosen = memory_new(old_count, sizeof *chosen);
  AUTO_FREE bool *taken = memory_new(new_count, sizeof *taken);
  for (size_t i = 0; i < proposal.count; i++) {
    const struct candidate *candidate = &proposal.candidates[i];
    if (chosen[candidate->old] != NULL || taken[candidate->new])
      continue;
    chosen[candidate->old] = candidate;
    taken[candidate->new] = true;
  }
  add_links(&proposal, chosen, taken, out);
  return true;
}

/* ---- writing ------------------------------------------------------------- */

void link_write(struct batch *batch, int32_t rec_id, int32_t successor_id, int similarity) {
  batch_row(batch, TABLE_SUPERSESSION);
  batch_int(batch, rec_id);
  batch_int(batch, batch_id(batch));
  if (successor_id == 0) {
    batch_text(batch, NULL);
    batch_text(batch, NULL);
    return;
  }
  batch_int(batch, successor_id);
  batch_int(batch, similarity);
}
