/* Recommendations: load them from the database and find one by its reference. */
#include "core/recommendation/recommendation.h"

#include "core/base/memory.h"
#include "core/base/nearest.h"
#include "core/document/reference.h"
#include "sql_catalogue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *copy(const PGresult *result, int row, int column) {
  const char *s = db_text(result, row, column);
  return memory_string(s != NULL ? s : "");
}

static bool load_documents(struct db *db, int32_t position, struct recommendation_list *list, struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  if (!db_query_at(db, sql_recommendation_documents, position, &result, error))
    return false;
  size_t count = (size_t)db_rows(result);
  list->documents = memory_new(count, sizeof *list->documents);
  for (int row = 0; (size_t)row < count; row++)
    list->documents[list->document_count++] = (struct report_document){
        .id = (int32_t)db_int(result, row, 0),
        .symbol = copy(result, row, 1),
        .title = copy(result, row, 2),
        .body = copy(result, row, 3),
        .session = copy(result, row, 4),
        .held_to = db_day(result, row, 5),
        .dated = db_day(result, row, 6),
    };
  return true;
}

/* Numbers separated by single spaces. */
static int16_t *split_numbers(const char *s, size_t *count) {
  *count = 0;
  if (s == NULL)
    return NULL;
  size_t capacity = 1;
  for (const char *p = s; *p != '\0'; p++)
    capacity += *p == ' ';
  int16_t *numbers = memory_new(capacity, sizeof *numbers);
  for (char *end; *s != '\0'; s = *end == ' ' ? end + 1 : end)
    numbers[(*count)++] = (int16_t)strtol(s, &end, 10);
  return numbers;
}

static char **split_words(const char *s, size_t *count) {
  *count = 0;
  if (s == NULL)
    return NULL;
  size_t capacity = 1;
  for (const char *p = s; *p != '\0'; p++)
    capacity += *p == ' ';
  char **words = memory_new(capacity, sizeof *words);
  while (*s != '\0') {
    size_t length = strcspn(s, " ");
    words[(*count)++] = memory_string_n(s, length);
    s += length + (s[length] == ' ');
  }
  return words;
}

static size_t document_index(const struct recommendation_list *list, int32_t id) {
  for (size_t i = 0; i < list->document_count; i++)
    if (list->documents[i].id == id)
      return i;
  return SIZE_MAX;
}

/* What sorting by id must carry along: the place in the order of documents. */
struct ranked {
  struct recommendation item;
  size_t rank;
};

static int compare_ranked(const void *a, const void *b) {
  const struct ranked *one = a, *other = b;
  return one->item.id < other->item.id ? -1 : one->item.id > other->item.id;
}

static struct recommendation read_item(const PGresult *result, int row, size_t document) {
  struct recommendation item = {
      .id = (int32_t)db_int(result, row, 0),
      .document = document,
      .place = copy(result, row, 2),
      .chapter = copy(result, row, 3),
      .section = copy(result, row, 4),
      .text = copy(result, row, 5),
      .instrument_id = (int16_t)db_int(result, row, 6),
      .scale_id = (int16_t)db_int(result, row, 7),
      .to_all_parties = db_bool(result, row, 8),
      .due_on = db_day(result, row, 9),
  };
  item.addressees = split_numbers(db_text(result, row, 10), &item.addressee_count);
  item.themes = split_numbers(db_text(result, row, 11), &item.theme_count);
  item.articles = split_words(db_text(result, row, 12), &item.article_count);
  item.current_id = item.id;
  return item;
}

/* The item is in the list, which is the caller's own. */
static struct recommendation *own_item(struct recommendation_list *list, int32_t id) {
  const struct recommendation *item = recommendation_by_id(list, id);
  return item != NULL ? &list->items[item - list->items] : NULL;
}

static bool load_successors(struct db *db, int32_t position, struct recommendation_list *list, struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  if (!db_query_at(db, sql_recommendation_successors, position, &result, error))
    return false;
  for (int row = 0; row < db_rows(result); row++) {
    struct recommendation *item = own_item(list, (int32_t)db_int(result, row, 0));
    if (item == NULL)
      continue;
    item->current_id = (int32_t)db_int(result, row, 1);
    list->any_superseded = list->any_superseded || recommendation_is_superseded(item);
  }
  return true;
}

static bool load_items(struct db *db, int32_t position, struct recommendation_list *list, struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  if (!db_query_at(db, sql_recommendations, position, &result, error))
    return false;
  size_t count = (size_t)db_rows(result);
  AUTO_FREE struct ranked *ranked = memory_new(count, sizeof *ranked);
  size_t document = SIZE_MAX;
  for (int row = 0; (size_t)row < count; row++) {
    int32_t document_id = (int32_t)db_int(result, row, 1);
    if (document == SIZE_MAX || list->documents[document].id != document_id)
      document = document_index(list, document_id);
    ranked[row] = (struct ranked){read_item(result, row, document), (size_t)row};
  }
  qsort(ranked, count, sizeof *ranked, compare_ranked);
  list->items = memory_new(count, sizeof *list->items);
  list->by_place = memory_new(count, sizeof *list->by_place);
  list->count = count;
  for (size_t i = 0; i < count; i++) {
    list->items[i] = ranked[i].item;
    list->by_place[ranked[i].rank] = i;
  }
  return count == 0 || !db_bool(result, 0, 13) || load_successors(db, position, list, error);
}

bool recommendation_load(struct db *db, int32_t position, struct recommendation_list **out, struct error *error) {
  AUTO_RECOMMENDATIONS struct recommendation_list *list = memory_new(1, sizeof *list);
  if (!load_documents(db, position, list, error) || !load_items(db, position, list, error))
    return false;
  *out = list;
  list = NULL;
  return true;
}

static void free_item(struct recommendation *item) {
  free(item->place);
  free(item->chapter);
  free(item->section);
  free(item->text);
  free(item->addressees);
  free(item->themes);
  for (size_t i = 0; i < item->article_count; i++)
    free(item->articles[i]);
  free(item->articles);
}

void recommendation_free(struct recommendation_list **pointer) {
  struct recommendation_list *list = *pointer;
  if (list == NULL)
    return;
  for (size_t i = 0; i < list->document_count; i++) {
    free(list->documents[i].symbol);
    free(list->documents[i].title);
    free(list->documents[i].body);
    free(list->documents[i].session);
  }
  for (size_t i = 0; i < list->count; i++)
    free_item(&list->items[i]);
  free(list->documents);
  free(list->items);
  free(list->by_place);
  free(list);
  *pointer = NULL;
}

const struct recommendation *recommendation_by_id(const struct recommendation_list *list, int32_t id) {
  size_t low = 0, high = list->count;
  if (high == 0 || id < list->items[0].id)
    return NULL;
  /* Numbers mostly run without a gap. */
  size_t guess = (size_t)((int64_t)id - list->items[0].id);
  if (guess < high && list->items[guess].id == id)
    return &list->items[guess];
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (list->items[middle].id == id)
      return &list->items[middle];
    if (list->items[middle].id < id)
      low = middle + 1;
    else
      high = middle;
  }
  return NULL;
}

day recommendation_adopted(const struct recommendation_list *list, const struct recommendation *item) {
  const struct report_document *document = &list->documents[item->document];
  return document->held_to != DAY_NONE ? document->held_to : document->dated;
}

bool recommendation_is_superseded(const struct recommendation *item) {
  return item->current_id != item->id;
}

const struct recommendation *recommendation_current(const struct recommendation_list *list,
                                                    const struct recommendation *item) {
  return recommendation_is_superseded(item) ? recommendation_by_id(list, item->current_id) : item;
}

void recommendation_add_reference(const struct recommendation_list *list, const struct recommendation *item,
                                  struct text *out) {
  text_add_format(out, "%s:%s", list->documents[item->document].symbol, item->place);
}

/* ---- by reference -------------------------------------------------------- */

const struct report_document *recommendation_find_document(const struct recommendation_list *list, const char *symbol,
                                                           struct error *error) {
  AUTO_NEAREST struct nearest nearest;
  nearest_begin(&nearest, symbol);
  for (size_t i = 0; i < list->document_count; i++) {
    if (strcmp(list->documents[i].symbol, symbol) == 0)
      return &list->documents[i];
    nearest_offer(&nearest, list->documents[i].symbol);
  }
  error_set(error, ERROR_DATA, "unknown document: \"%s\"", symbol);
  nearest_remedy(&nearest, error, "See \"rectrack list documents\", or import it with \"rectrack import document\".");
  return NULL;
}

static const struct recommendation *find_in_document(const struct recommendation_list *list,
                                                     const struct report_document *document, const char *place,
                                                     struct error *error) {
  AUTO_NEAREST struct nearest nearest;
  nearest_begin(&nearest, place);
  for (size_t i = 0; i < list->count; i++) {
    const struct recommendation *item = &list->items[i];
    if (&list->documents[item->document] != document)
      continue;
    if (strcmp(item->place, place) == 0)
      return item;
    nearest_offer(&nearest, item->place);
  }
  error_set(error, ERROR_DATA, "no recommendation at \"%s\" in document \"%s\"", place, document->symbol);
  nearest_remedy(&nearest, error, "See \"rectrack list recommendations --document %s\".", document->symbol);
  return NULL;
}

/* The only one at a place, among the superseded ones or among the others; NULL without an error when there is none. */
static const struct recommendation *find_place(const struct recommendation_list *list, const char *place,
                                               bool superseded, bool *ambiguous, struct error *error) {
  const struct recommendation *found = NULL;
  *ambiguous = false;
  for (size_t i = 0; i < list->count; i++) {
    const struct recommendation *item = &list->items[list->by_place[i]];
    if (strcmp(item->place, place) != 0 || recommendation_is_superseded(item) != superseded)
      continue;
    if (found != NULL) {
      *ambiguous = true;
      error_set(error, ERROR_DATA, "several documents have a recommendation \"%s\"", place);
      error_remedy(error, "Give the document with --document, or write \"%s:%s\" or \"%s:%s\".",
                   list->documents[found->document].symbol, place, list->documents[item->document].symbol, place);
      return NULL;
    }
    found = item;
  }
  return found;
}

/* A place without a symbol: taken only when a single document holds it, not counting those that a later version of
 * theirs supersedes, or when a single superseded one does. */
static const struct recommendation *find_anywhere(const struct recommendation_list *list, const char *place,
                                                  struct error *error) {
  bool ambiguous;
  const struct recommendation *found = find_place(list, place, false, &ambiguous, error);
  if (found == NULL && !ambiguous)
    found = find_place(list, place, true, &ambiguous, error);
  if (found != NULL || ambiguous)
    return found;
  AUTO_NEAREST struct nearest nearest;
  nearest_begin(&nearest, place);
  for (size_t i = 0; i < list->count; i++)
    nearest_offer(&nearest, list->items[list->by_place[i]].place);
  error_set(error, ERROR_DATA, "unknown recommendation: \"%s\"", place);
  if (list->count == 0)
    error_remedy(error, "No recommendation is stored yet: read a report with \"rectrack import document FILE\".");
  else
    nearest_remedy(&nearest, error, "See \"rectrack list recommendations\".");
  return NULL;
}

/* What is no reference may be nearly one: "II.A.1a". */
static void suggest_place(const struct recommendation_list *list, const char *written, size_t length,
                          struct error *error) {
  AUTO_NEAREST struct nearest nearest;
  const char *colon = memrchr(written, ':', length), *place = colon != NULL ? colon + 1 : written;
  nearest_begin_n(&nearest, place, length - (size_t)(place - written));
  for (size_t i = 0; i < list->count; i++)
    nearest_offer(&nearest, list->items[list->by_place[i]].place);
  if (nearest_answer(&nearest) != NULL)
    nearest_remedy(&nearest, error, "See \"rectrack list recommendations\".");
}

const struct recommendation *recommendation_find(const struct recommendation_list *list, const char *written,
                                                 size_t length, const char *document, struct error *error) {
  struct reference reference;
  if (!reference_parse(written, length, &reference, error)) {
    suggest_place(list, written, length, error);
    return NULL;
  }
  char place[REFERENCE_PLACE_SIZE];
  reference_place(&reference, place);
  const char *symbol = reference.symbol[0] != '\0' ? reference.symbol : document;
  if (symbol == NULL)
    return find_anywhere(list, place, error);
  const struct report_document *held_in = recommendation_find_document(list, symbol, error);
  return held_in != NULL ? find_in_document(list, held_in, place, error) : NULL;
}
