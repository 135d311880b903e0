/* What stands behind the cells of a table. */
#include "reports/counting/sources.h"

#include "core/base/memory.h"
#include "core/base/text.h"
#include "reports/counting/population.h"
#include "reports/counting/record_stream.h"
#include "sql_catalogue.h"

#include <stdlib.h>
#include <string.h>

static char *copy(const PGresult *result, int row, int column) {
  const char *value = db_text(result, row, column);
  return value != NULL && *value != '\0' ? memory_string(value) : NULL;
}

static void free_answer(struct answer *answer) {
  free(answer->state);
  free(answer->reference);
  free(answer->given_on);
  free(answer->channel);
  free(answer->source);
  free(answer->note);
  free(answer->evidence);
  free(answer->language);
  free(answer->record);
}

static char *reference_of(const struct recommendation_list *list, const struct recommendation *item) {
  AUTO_TEXT struct text reference = {0};
  recommendation_add_reference(list, item, &reference);
  return text_take(&reference);
}

/* Answers are indexed as "ITA REFERENCE", recommendations as "REFERENCE". */
static int32_t find_answer(const struct sources *sources, const char *state, const char *reference) {
  AUTO_TEXT struct text key = {0};
  text_add_format(&key, "%s %s", state, reference);
  return name_index_find(sources->index, key.data, key.length);
}

static void add_answer(struct sources *sources, struct answer answer) {
  AUTO_TEXT struct text key = {0};
  text_add_format(&key, "%s %s", answer.state, answer.reference);
  name_index_add(sources->index, key.data, key.length, (int32_t)sources->answer_count);
  sources->answers[sources->answer_count++] = answer;
}

/* Of two versions of a recommendation, the answer that counts is the one that the table counts. */
static void put_answer(struct sources *sources, struct answer answer) {
  int32_t place = find_answer(sources, answer.state, answer.reference);
  if (place < 0) {
    add_answer(sources, answer);
    return;
  }
  struct answer *before = &sources->answers[place];
  bool better = population_prefers(before->as_of, answer.as_of, answer.given_on == NULL);
  free_answer(better ? before : &answer);
  if (better)
    *before = answer;
}

static void read_answer(const PGresult *result, int row, const struct scope *scope, struct sources *sources) {
  const struct recommendation *item = recommendation_by_id(scope->recommendations, (int32_t)db_int(result, row, 1));
  const struct recommendation *current = item != NULL ? recommendation_current(scope->recommendations, item) : NULL;
  if (current == NULL)
    return; /* of a document that was undone, or dropped */
  put_answer(sources, (struct answer){
                          .state = copy(result, row, 0),
                          .reference = reference_of(scope->recommendations, current),
                          .given_on = current != item ? reference_of(scope->recommendations, item) : NULL,
                          .as_of = db_day(result, row, 2),
                          .kind = (enum level_kind)db_int(result, row, 3),
                          .received_on = db_day(result, row, 4),
                          .channel = copy(result, row, 5),
                          .source = copy(result, row, 6),
                          .note = copy(result, row, 7),
                          .evidence = copy(result, row, 8),
                          .language = copy(result, row, 9),
                          .record = copy(result, row, 10),
                      });
}

static bool load_answers(struct db *db, const struct scope *scope, enum level_kind kind, struct sources *sources,
                         struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  AUTO_TEXT struct text sql = {0};
  struct record_query query = {
      .kind = kind, .as_of = scope->as_of, .position = scope->known.position, .kinds = true, .revs = true};
  text_add(&sql, "WITH newest AS (\n");
  if (!record_stream_write(db, &query, &sql, error))
    return false;
  text_add_format(&sql, ")\n%s", sql_report_answers);
  if (!db_query(db, sql.data, NULL, &result, error))
    return false;
  sources->answers = memory_new((size_t)db_rows(result), sizeof *sources->answers);
  for (int row = 0; row < db_rows(result); row++)
    read_answer(result, row, scope, sources);
  return true;
}

static bool load_texts(struct db *db, const struct scope *scope, struct sources *sources, struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  if (!db_query_at(db, sql_report_texts, scope->known.position, &result, error))
    return false;
  size_t count = (size_t)db_rows(result);
  sources->texts = memory_new(count, sizeof *sources->texts);
  for (int row = 0; (size_t)row < count; row++) {
    struct recommendation_text *text = &sources->texts[sources->text_count];
    *text = (struct recommendation_text){
        .reference = copy(result, row, 0),
        .symbol = copy(result, row, 1),
        .place = copy(result, row, 2),
        .title = copy(result, row, 3),
        .chapeau = copy(result, row, 4),
        .text = copy(result, row, 5),
        .language = copy(result, row, 6),
    };
    const char *reference = db_text(result, row, 0);
    name_index_add(sources->index, reference, strlen(reference), (int32_t)sources->text_count++);
  }
  return true;
}

static void free_text(struct recommendation_text *text) {
  free(text->reference);
  free(text->symbol);
  free(text->place);
  free(text->title);
  free(text->chapeau);
  free(text->text);
  free(text->language);
}

static void sources_free(void *thing) {
  struct sources *sources = thing;
  for (size_t i = 0; i < sources->answer_count; i++)
    free_answer(&sources->answers[i]);
  for (size_t i = 0; i < sources->text_count; i++)
    free_text(&sources->texts[i]);
  free(sources->answers);
  free(sources->texts);
  name_index_free(&sources->index);
  free(sources);
}

bool sources_attach(struct db *db, const struct scope *scope, enum level_kind kind, struct grid *grid,
                    struct error *error) {
  struct sources *sources = memory_new(1, sizeof *sources);
  sources->index = name_index_new();
  sources->left_out = grid_rows(grid) * grid->column_count > SOURCES_CELLS_MOST;
  grid_keep(grid, sources, sources_free);
  grid->sources = sources;
  return (sources->left_out || load_answers(db, scope, kind, sources, error)) && load_texts(db, scope, sources, error);
}

const struct answer *sources_answer(const struct sources *sources, const char *state, const char *reference) {
  int32_t found = find_answer(sources, state, reference);
  return found >= 0 ? &sources->answers[found] : NULL;
}

const struct recommendation_text *sources_text(const struct sources *sources, const char *reference) {
  int32_t found = name_index_find(sources->index, reference, strlen(reference));
  return found >= 0 ? &sources->texts[found] : NULL;
}
