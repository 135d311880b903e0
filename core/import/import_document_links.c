/*
 * The links between a document's recommendations and those of the earlier versions that it supersedes: proposed by
 * likeness, or as a person reviewed them.
 */
#include "core/import/import_document_private.h"

#include "core/base/memory.h"
#include "core/base/similarity.h"
#include "core/rows/import_rows.h"

#include <stdlib.h>
#include <string.h>

/* Recommendations with their full references, which the list owns. */
struct ends {
  struct link_end *items;
  char **references;
  size_t count, capacity, reference_capacity;
};

static void ends_free(struct ends *ends) {
  for (size_t i = 0; i < ends->count; i++)
    free(ends->references[i]);
  free(ends->references);
  free(ends->items);
}

static void ends_add(struct ends *ends, const char *symbol, const char *place, const char *text) {
  AUTO_TEXT struct text reference = {0};
  text_add_format(&reference, "%s:%s", symbol, place);
  memory_reserve((void **)&ends->items, &ends->capacity, ends->count + 1, sizeof *ends->items);
  memory_reserve((void **)&ends->references, &ends->reference_capacity, ends->count + 1, sizeof *ends->references);
  ends->references[ends->count] = text_take(&reference);
  ends->items[ends->count] = (struct link_end){ends->references[ends->count], text};
  ends->count++;
}

static const struct link_end *ends_find(const struct ends *ends, const char *reference) {
  for (size_t i = 0; i < ends->count; i++)
    if (strcmp(ends->items[i].reference, reference) == 0)
      return &ends->items[i];
  return NULL;
}

/* ---- both sides ---------------------------------------------------------- */

/* The recommendations of one earlier version that still stand. */
static bool add_earlier(const struct document_import *import, const char *symbol, struct ends *olds,
                        struct error *error) {
  const struct recommendation_list *list = import->earlier;
  const struct report_document *document = recommendation_find_document(list, symbol, error);
  size_t before = olds->count;
  if (document == NULL)
    return false;
  if (strcmp(symbol, import->result->symbol) == 0) {
    error_set(error, ERROR_DATA, "the document can't supersede itself: \"%s\"", symbol);
    return error_remedy(error, "Give the symbol of an earlier version with --supersedes.");
  }
  for (size_t i = 0; i < list->count; i++) {
    const struct recommendation *item = &list->items[list->by_place[i]];
    if (&list->documents[item->document] == document && !recommendation_is_superseded(item))
      ends_add(olds, symbol, item->place, item->text);
  }
  if (olds->count > before || import->result->already_there)
    return true;
  error_set(error, ERROR_DATA, "no recommendation of \"%s\" stands that could be superseded", symbol);
  return error_remedy(error, "See \"rectrack list links --document %s\".", symbol);
}

/* The symbols of earlier versions, separated by spaces. */
static bool add_all_earlier(const struct document_import *import, struct ends *olds, struct error *error) {
  for (const char *s = import->options->supersedes; *s != '\0'; s += strspn(s, " ")) {
    size_t length = strcspn(s, " ");
    AUTO_FREE char *symbol = memory_string_n(s, length);
    if (length > 0 && !add_earlier(import, symbol, olds, error))
      return false;
    s += length;
  }
  return true;
}

static void add_own(const struct document_import *import, struct ends *news) {
  const struct document *document = import->result->document;
  char place[REFERENCE_PLACE_SIZE];
  for (size_t i = 0; i < document->recommendation_count; i++)
    ends_add(news, import->result->symbol, reference_place(&document->recommendations[i].reference, place),
             document->paragraphs[document->recommendations[i].paragraph].text);
}

/* ---- as reviewed --------------------------------------------------------- */

struct review {
  struct import_rows rows;
  const struct ends *olds, *news;
  const struct link_end **successors; /* by index in olds */
  bool *named;
};

static void unknown_end(struct review *review, enum link_column column, const char *reference, const char *side) {
  struct error fault;
  error_set(&fault, ERROR_DATA, "no recommendation of the %s: \"%s\"", side, reference);
  error_remedy(&fault, "Write the full reference, as --review-links does.");
  import_rows_fault(&review->rows, column, &fault);
}

/* A row without an old reference names a recommendation that has no predecessor, which needs no link. */
static void review_row(void *context) {
  struct review *review = context;
  const char *old = import_value(&review->rows, LINK_OLD, NULL), *new = import_value(&review->rows, LINK_NEW, NULL);
  if (old == NULL)
    return;
  const struct link_end *from = ends_find(review->olds, old), *to = new != NULL ? ends_find(review->news, new) : NULL;
  if (from == NULL)
    unknown_end(review, LINK_OLD, old, "earlier version that stands");
  if (new != NULL && to == NULL)
    unknown_end(review, LINK_NEW, new, "document");
  if (review->rows.refused)
    return;
  size_t index = (size_t)(from - review->olds->items);
  if (review->named[index]) {
    struct error fault;
    error_set(&fault, ERROR_DATA, "a second row for \"%s\"", old);
    error_remedy(&fault, "Keep one of the two rows.");
    import_rows_fault(&review->rows, LINK_OLD, &fault);
    return;
  }
  review->named[index] = true;
  review->successors[index] = to;
}

static bool read_review(struct review *review, const struct import_options *options, struct csv_reader *reader,
                        struct error *error) {
  struct import_summary summary = {0};
  return import_rows_begin(&review->rows, options, &summary, reader, link_columns, LINK_COLUMNS, error) &&
         import_rows_read(&review->rows, review_row, review, error);
}

/* Every old recommendation has its row: what became of one is never guessed. */
static bool check_complete(const struct review *review, const char *path, struct error *error) {
  for (size_t i = 0; i < review->olds->count; i++)
    if (!review->named[i]) {
      error_set(error, ERROR_DATA, "%s: no row for \"%s\"", import_file_name(path), review->olds->items[i].reference);
      return error_remedy(error, "Give each recommendation of the earlier version a row, with \"new\" left empty where "
                                 "it was dropped.");
    }
  return true;
}

static void review_free(struct review *review) {
  import_rows_free(&review->rows);
  free(review->successors);
  free(review->named);
}

/* Takes the links from a file. */
static bool take_review(const struct document_import *import, const struct ends *olds, const struct ends *news,
                        struct error *error) {
  const struct import_options options = {.path = import->options->links,
                                         .problem = import->options->problem,
                                         .problem_context = import->options->problem_context};
  AUTO_CSV_READER struct csv_reader *reader = NULL;
  __attribute__((cleanup(review_free))) struct review review = {
      .olds = olds,
      .news = news,
      .successors = memory_new(olds->count, sizeof *review.successors),
      .named = memory_new(olds->count, sizeof *review.named),
  };
  if (!csv_reader_open(&reader, options.path, error))
    return false;
  if (!read_review(&review, &options, reader, error))
    return error_remedy(error, "Mend the file and run the same command again.");
  if (!check_complete(&review, options.path, error))
    return false;
  for (size_t i = 0; i < olds->count; i++) {
    const struct link_end *to = review.successors[i];
    link_add(&import->result->links, &olds->items[i], to,
             to != NULL ? similarity_of(olds->items[i].text, to->text) : 0);
  }
  return true;
}

/* ---- the whole ----------------------------------------------------------- */

static bool same_text(const char *a, const char *b) {
  return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* Whether the links are those that were shown before. */
static bool check_same(const struct link_list *shown, const struct link_list *links, struct error *error) {
  bool same = shown->count == links->count;
  for (size_t i = 0; same && i < links->count; i++)
    same = same_text(shown->items[i].old, links->items[i].old) &&
           same_text(shown->items[i].successor, links->items[i].successor);
  if (same)
    return true;
  error_set(error, ERROR_BUSY, "the recommendations of the earlier version changed while the links were looked at");
  return error_remedy(error, "Run the same command again.");
}

bool import_document_find_links(struct db *db, struct document_import *import, struct error *error) {
  __attribute__((cleanup(ends_free))) struct ends olds = {0}, news = {0};
  AUTO_LINKS struct link_list shown = import->result->links;
  import->result->links = (struct link_list){0};
  if (import->options->supersedes == NULL)
    return true;
  recommendation_free(&import->earlier);
  if (!recommendation_load(db, POSITION_NEWEST, &import->earlier, error) || !add_all_earlier(import, &olds, error))
    return false;
  if (import->result->already_there && olds.count == 0)
    return true; /* they are linked */
  add_own(import, &news);
  if (import->options->links != NULL)
    return take_review(import, &olds, &news, error);
  return link_propose(olds.items, olds.count, news.items, news.count, &import->result->links, error) &&
         (shown.count == 0 || check_same(&shown, &import->result->links, error));
}

/* The index of the document's recommendation with this full reference. */
static size_t own_index(const struct document_import *import, const char *reference) {
  const struct document *document = import->result->document;
  const char *place = strrchr(reference, ':') + 1;
  char other[REFERENCE_PLACE_SIZE];
  size_t i = 0;
  while (i < document->recommendation_count &&
         strcmp(reference_place(&document->recommendations[i].reference, other), place) != 0)
    i++;
  return i;
}

void import_document_write_links(struct batch *batch, const struct document_import *import, int32_t first_rec_id) {
  for (size_t i = 0; i < import->result->links.count; i++) {
    const struct link *link = &import->result->links.items[i];
    struct error ignored;
    const struct recommendation *old =
        link->old != NULL ? recommendation_find(import->earlier, link->old, strlen(link->old), NULL, &ignored) : NULL;
    if (old == NULL)
      continue;
    int32_t successor = link->successor != NULL ? first_rec_id + (int32_t)own_index(import, link->successor) : 0;
    link_write(batch, old->id, successor, link->similarity);
  }
}
