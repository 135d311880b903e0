/* What was filled in into a questionnaire, as a status file. */
#include "core/base/memory.h"
#include "core/base/nearest.h"
#include "core/csv/csv.h"
#include "core/questionnaire/returned_form.h"
#include "core/record/status_resolve.h"
#include "core/rows/import_rows.h"

#include <stdlib.h>
#include <string.h>

/* ---- open cells ---------------------------------------------------------- */

/* What was filled in, without white space around it; NULL: nothing. */
static const char *answer_at(const struct returned *returned, size_t row, size_t column, size_t *length) {
  const char *value = returned_text(returned, row, column);
  *length = strlen(value);
  value = text_trim(value, length);
  return *length > 0 ? value : NULL;
}

/* False, and told, when the cell holds #N/A and the like. */
static bool is_readable(struct returned *returned, size_t row, size_t column) {
  struct error fault;
  const struct workbook_cell *cell = workbook_cell(returned->sheet, (uint32_t)row, (uint32_t)column);
  if (cell == NULL || cell->kind != WORKBOOK_ERROR)
    return true;
  error_set(&fault, ERROR_DATA, "an error instead of a value: \"%s\"", returned_text(returned, row, column));
  error_remedy(&fault, "Write the value itself, not a formula.");
  returned_fault(returned, row, column, &fault);
  return false;
}

/* DAY_NONE when nothing is filled in. */
static bool read_day(struct returned *returned, size_t row, day *out) {
  size_t length;
  struct error fault;
  *out = DAY_NONE;
  if (answer_at(returned, row, FORM_DAY, &length) == NULL)
    return true;
  const struct workbook_cell *cell = workbook_cell(returned->sheet, (uint32_t)row, FORM_DAY);
  if (cell == NULL || workbook_day(returned->workbook, cell, out, &fault))
    return true;
  returned_fault(returned, row, FORM_DAY, &fault);
  return false;
}

static void read_language(struct returned *returned) {
  AUTO_NEAREST struct nearest nearest = {0};
  size_t length;
  struct error fault;
  const char *value = answer_at(returned, FORM_ALL_ROW, FORM_NOTE, &length);
  if (value == NULL)
    return;
  AUTO_FREE char *written = memory_string_n(value, length);
  AUTO_FREE char *folded = text_fold(value, length);
  nearest_begin(&nearest, written);
  for (size_t i = 0; i < language_count; i++) {
    AUTO_FREE char *name = text_fold(language_list[i].name, strlen(language_list[i].name));
    if (strcmp(name, folded) == 0 || strcmp(language_list[i].code, folded) == 0)
      returned->language = language_list[i].code;
    nearest_offer(&nearest, language_list[i].name);
  }
  if (returned->language != NULL)
    return;
  error_set(&fault, ERROR_DATA, "unknown language: \"%.*s\"", text_shown(written, length), written);
  nearest_remedy(&nearest, &fault, "Choose one from the list, or leave the cell empty.");
  returned_fault(returned, FORM_ALL_ROW, FORM_NOTE, &fault);
}

/* A level by its label in the form's language or in English, or by its code. NULL, and told, when it is none. */
static const struct level *read_level(struct returned *returned, size_t row, const char *value, size_t length) {
  const struct questionnaire *questionnaire = returned->questionnaire;
  const struct recommendation *item = questionnaire->rows[row - FORM_FIRST_ROW].recommendation;
  AUTO_NEAREST struct nearest nearest;
  struct error fault;
  AUTO_FREE char *written = memory_string_n(value, length);
  AUTO_FREE char *folded = text_fold(value, length);
  nearest_begin(&nearest, written);
  for (size_t i = 0; i < questionnaire->reg->level_count; i++) {
    const struct level *level = &questionnaire->reg->levels[i];
    if (!questionnaire_offers(item, level))
      continue;
    const char *names[] = {form_level_label(questionnaire, level), level->label, level->code};
    for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
      AUTO_FREE char *name = text_fold(names[n], strlen(names[n]));
      if (strcmp(name, folded) == 0)
        return level;
      nearest_offer_as(&nearest, names[n], names[0]);
    }
    nearest_offer(&nearest, names[0]);
  }
  error_set(&fault, ERROR_DATA, "unknown level: \"%.*s\"", text_shown(written, length), written);
  nearest_remedy(&nearest, &fault, "Choose one from the list: %s.", nearest_offered(&nearest));
  returned_fault(returned, row, FORM_LEVEL, &fault);
  return NULL;
}

/* ---- a row --------------------------------------------------------------- */

struct answer {
  const struct level *level;
  day as_of;
  const char *note, *evidence;
  size_t note_length, evidence_length;
};

static bool refuse_row(struct returned *returned, size_t row, size_t column, const char *what, const char *remedy) {
  struct error fault;
  error_set(&fault, ERROR_DATA, "%s", what);
  error_remedy(&fault, "%s", remedy);
  returned_fault(returned, row, column, &fault);
  return false;
}

/* True when the row says something and nothing is wrong with it; *answered is false for a row left as it was. */
static bool read_answer(struct returned *returned, size_t row, struct answer *answer, bool *answered) {
  size_t length;
  bool readable = true;
  for (size_t column = FORM_LEVEL; column < FORM_COLUMNS; column++)
    readable = is_readable(returned, row, column) && readable;
  const char *level = answer_at(returned, row, FORM_LEVEL, &length);
  answer->note = answer_at(returned, row, FORM_NOTE, &answer->note_length);
  answer->evidence = answer_at(returned, row, FORM_EVIDENCE, &answer->evidence_length);
  bool dated = read_day(returned, row, &answer->as_of);
  *answered = level != NULL || answer->note != NULL || answer->evidence != NULL || answer->as_of != DAY_NONE || !dated;
  if (!readable || !*answered)
    return false;
  if (level == NULL)
    return refuse_row(returned, row, FORM_LEVEL, "the row is filled in, but the status is missing",
                      "Choose a level from the list, or empty the whole row.");
  answer->level = read_level(returned, row, level, length);
  if (dated && answer->as_of == DAY_NONE)
    answer->as_of = returned->day_of_all;
  if (dated && answer->as_of == DAY_NONE) {
    char place[WORKBOOK_PLACE_SIZE];
    AUTO_TEXT struct text remedy = {0};
    text_add_format(&remedy, "Write the day that the status speaks of, here or once for all rows in cell %s.",
                    workbook_place(FORM_ALL_ROW, FORM_DAY, place));
    return refuse_row(returned, row, FORM_DAY, "no date", remedy.data);
  }
  return answer->level != NULL && dated;
}

/* ---- as a status file ---------------------------------------------------- */

static void add_field(struct returned *returned, enum status_column column, const char *value, size_t length) {
  csv_write_field(&returned->csv, value, length, column == 0, ',');
}

static void add_word(struct returned *returned, enum status_column column, const char *value) {
  add_field(returned, column, value, value != NULL ? strlen(value) : 0);
}

static uint64_t lines_in(const char *s, size_t length) {
  uint64_t lines = 0;
  for (size_t i = 0; i < length; i++)
    lines += s[i] == '\n' || (s[i] == '\r' && (i + 1 == length || s[i + 1] != '\n'));
  return lines;
}

static void add_header(struct returned *returned) {
  for (enum status_column column = 0; column <= STATUS_LANGUAGE; column++)
    add_word(returned, column, status_columns[column].name);
  csv_write_end(&returned->csv);
  returned->next_line = 2;
}

static void add_answer(struct returned *returned, size_t row, const struct answer *answer) {
  const struct questionnaire *questionnaire = returned->questionnaire;
  AUTO_TEXT struct text reference = {0};
  char as_of[DAY_TEXT_SIZE], received_on[DAY_TEXT_SIZE];
  size_t begin = returned->csv.length;
  day received = returned->options->received_on;
  recommendation_add_reference(questionnaire->recommendations, questionnaire->rows[row - FORM_FIRST_ROW].recommendation,
                               &reference);
  add_word(returned, STATUS_STATE, questionnaire->state->iso3);
  add_word(returned, STATUS_RECOMMENDATION, reference.data);
  add_word(returned, STATUS_LEVEL, answer->level->code);
  add_word(returned, STATUS_AS_OF, day_format(answer->as_of, as_of));
  add_word(returned, STATUS_KIND, "reported");
  add_word(returned, STATUS_RECEIVED_ON, received != DAY_NONE ? day_format(received, received_on) : NULL);
  add_word(returned, STATUS_CHANNEL, "questionnaire");
  const char *path = returned->options->path;
  add_word(returned, STATUS_SOURCE, strcmp(path, "-") != 0 ? import_file_name(path) : NULL);
  add_field(returned, STATUS_NOTE, answer->note, answer->note_length);
  add_field(returned, STATUS_EVIDENCE, answer->evidence, answer->evidence_length);
  add_word(returned, STATUS_LANGUAGE, answer->note != NULL ? returned->language : NULL);
  csv_write_end(&returned->csv);
  returned->lines[returned->row_count] = (int32_t)row + 1;
  returned->csv_lines[returned->row_count++] = returned->next_line;
  returned->next_line += lines_in(returned->csv.data + begin, returned->csv.length - begin);
}

void returned_answers(struct returned *returned) {
  size_t count = returned->questionnaire->count;
  returned->lines = memory_new(count, sizeof *returned->lines);
  returned->csv_lines = memory_new(count, sizeof *returned->csv_lines);
  if (is_readable(returned, FORM_ALL_ROW, FORM_DAY))
    read_day(returned, FORM_ALL_ROW, &returned->day_of_all);
  read_language(returned);
  add_header(returned);
  for (size_t row = FORM_FIRST_ROW; row < FORM_FIRST_ROW + count; row++) {
    struct answer answer = {0};
    bool answered;
    if (read_answer(returned, row, &answer, &answered))
      add_answer(returned, row, &answer);
  }
}
