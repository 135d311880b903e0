/*
 * A questionnaire that came back, into one batch.
 *
 * The form is made again from the knowledge that it went out with (core/questionnaire.h).  Locked cells must be as they
 * were; what was filled in becomes a status file in memory, which goes the way of every status file
 * (core/import_status.c).  Whatever is wrong is told with its cell.
 */
#include "core/import.h"

#include "core/csv.h"
#include "core/import_rows.h"
#include "core/input.h"
#include "core/memory.h"
#include "core/nearest.h"
#include "core/questionnaire.h"
#include "core/status_resolve.h"
#include "core/workbook.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct returned {
  const struct import_options *options;
  struct workbook *workbook;
  const struct workbook_sheet *sheet; /* the one that was filled in */
  struct questionnaire *questionnaire;
  unsigned char file_digest[SHA256_SIZE];
  day day_of_all;       /* DAY_NONE: not filled in */
  const char *language; /* of the notes */
  uint64_t faults;
  struct text csv; /* what was filled in, as a status file */
  uint64_t next_line;
  int32_t *lines;      /* the sheet's row, from 1, of each row of the file … */
  uint64_t *csv_lines; /* … and the line on which it begins there */
  size_t row_count;
};

static void returned_free(struct returned *returned) {
  workbook_free(&returned->workbook);
  questionnaire_free(&returned->questionnaire);
  text_free(&returned->csv);
  free(returned->lines);
  free(returned->csv_lines);
}

/* ---- telling what is wrong ----------------------------------------------- */

/* Puts the cell before the message and tells it. */
static void tell(struct returned *returned, size_t row, size_t column, const struct error *fault) {
  struct error placed;
  char place[WORKBOOK_PLACE_SIZE];
  returned->faults++;
  error_set(&placed, ERROR_DATA, "cell %s: %s", workbook_place((uint32_t)row, (uint32_t)column, place), fault->message);
  error_remedy(&placed, "%s", fault->remedy);
  error_at(&placed, returned->workbook->name, 0, 0);
  if (returned->options->problem != NULL)
    returned->options->problem(returned->options->problem_context, &placed);
}

static const char *text_at(const struct returned *returned, size_t row, size_t column) {
  return workbook_text(returned->workbook, returned->sheet, (uint32_t)row, (uint32_t)column);
}

/* ---- what the form is ---------------------------------------------------- */

static bool no_questionnaire(const struct returned *returned, const char *why, struct error *error) {
  error_set(error, ERROR_DATA, "not a questionnaire of this program: %s", why);
  error_remedy(error,
               "Fill in the workbook that \"rectrack questionnaire\" wrote, not a copy of its cells, and save it "
               "as .xlsx.");
  return error_at(error, returned->workbook->name, 0, 0);
}

static bool read_fact(const struct returned *returned, const struct workbook_sheet *hidden, enum form_fact fact,
                      const char **value, struct error *error) {
  *value = workbook_text(returned->workbook, hidden, fact, 1);
  if (strcmp(workbook_text(returned->workbook, hidden, fact, 0), form_fact_name(fact)) == 0 && **value != '\0')
    return true;
  return no_questionnaire(returned, "what it says of itself on its hidden sheet was changed", error);
}

static bool check_version(const struct returned *returned, const char *version, struct error *error) {
  if (strcmp(version, FORM_VERSION) == 0)
    return true;
  error_set(error, ERROR_DATA, "this questionnaire was written by a newer version of this program");
  error_remedy(error, "Update rectrack, then import it again.");
  return error_at(error, returned->workbook->name, 0, 0);
}

/* The ledger must have the batch that the form was made after. */
static bool check_ledger(struct db *db, const struct returned *returned, const char *written, struct ledger_head *head,
                         struct error *error) {
  bool ours = false;
  struct error ignored;
  if (!ledger_head_parse(written, head, &ignored))
    return no_questionnaire(returned, "what it says of itself on its hidden sheet was changed", error);
  if (!verify_knows(db, head, &ours, error))
    return false;
  if (ours)
    return true;
  error_set(error, ERROR_DATA,
            "this questionnaire was made for another database: no ledger position %" PRId32 " with its hash is here",
            head->position);
  error_remedy(error, "Choose the database it was made for with --db, or send the State a new one.");
  return error_at(error, returned->workbook->name, 0, 0);
}

static bool read_request(struct db *db, const struct returned *returned, const struct workbook_sheet *hidden,
                         struct questionnaire_request *request, const char **sheet, struct error *error) {
  const char *version, *ledger, *language, *as_of, *digest;
  struct error ignored;
  if (!read_fact(returned, hidden, FORM_FACT_VERSION, &version, error) || !check_version(returned, version, error) ||
      !read_fact(returned, hidden, FORM_FACT_LEDGER, &ledger, error) ||
      !check_ledger(db, returned, ledger, &request->head, error) ||
      !read_fact(returned, hidden, FORM_FACT_STATE, &request->state, error) ||
      !read_fact(returned, hidden, FORM_FACT_LANGUAGE, &language, error) ||
      !read_fact(returned, hidden, FORM_FACT_AS_OF, &as_of, error) ||
      !read_fact(returned, hidden, FORM_FACT_DOCUMENT, &request->document, error) ||
      !read_fact(returned, hidden, FORM_FACT_SHEET, sheet, error) ||
      !read_fact(returned, hidden, FORM_FACT_DIGEST, &digest, error))
    return false;
  if (strcmp(request->document, "*") == 0)
    request->document = NULL;
  request->language = language_find(language);
  if (request->language != NULL && day_parse(as_of, strlen(as_of), &request->as_of, &ignored))
    return true;
  return no_questionnaire(returned, "what it says of itself on its hidden sheet was changed", error);
}

/* Makes the form again as it went out. */
static bool make_again(struct db *db, struct returned *returned, struct error *error) {
  struct questionnaire_request request = {0};
  struct error problem;
  const char *sheet;
  const struct workbook_sheet *hidden = workbook_sheet(returned->workbook, FORM_HIDDEN_SHEET);
  if (hidden == NULL)
    return no_questionnaire(returned, "its hidden sheet is missing", error);
  if (!read_request(db, returned, hidden, &request, &sheet, error))
    return false;
  returned->sheet = workbook_sheet(returned->workbook, sheet);
  if (returned->sheet == NULL)
    return no_questionnaire(returned, "the sheet to fill in is missing", error);
  bool made = questionnaire_make(db, &request, &returned->questionnaire, &problem);
  if (made && questionnaire_asks(returned->questionnaire, &problem))
    return true;
  if (problem.code == ERROR_DATA)
    return no_questionnaire(returned, "what it says of itself on its hidden sheet was changed", error);
  *error = problem;
  return false;
}

/* ---- locked cells -------------------------------------------------------- */

/* Whether the locked cells are, all in all, those that went out. */
static bool digest_holds(const struct returned *returned) {
  unsigned char digest[SHA256_SIZE];
  char text[SHA256_TEXT_SIZE];
  AUTO_SHA256 struct sha256 *sha = sha256_new();
  const struct workbook_sheet *hidden = workbook_sheet(returned->workbook, FORM_HIDDEN_SHEET);
  for (uint32_t fact = 0; fact < FORM_FACT_DIGEST; fact++)
    form_digest_cell(sha, fact, 1, workbook_text(returned->workbook, hidden, fact, 1));
  for (size_t i = 0; i < returned->sheet->count; i++) {
    const struct workbook_cell *cell = &returned->sheet->cells[i];
    if (!form_is_open(returned->questionnaire, cell->row, cell->column))
      form_digest_cell(sha, cell->row, cell->column, returned->workbook->texts.data + cell->text);
  }
  sha256_finish(sha, digest);
  return strcmp(workbook_text(returned->workbook, hidden, FORM_FACT_DIGEST, 1), sha256_format(digest, text)) == 0;
}

static bool same_but_for_space(const char *one, const char *other) {
  for (;;) {
    bool space = false, other_space = false;
    for (; *one == ' ' || *one == '\t' || *one == '\n' || *one == '\r'; one++)
      space = true;
    for (; *other == ' ' || *other == '\t' || *other == '\n' || *other == '\r'; other++)
      other_space = true;
    if (*one == '\0' || *other == '\0')
      return *one == *other;
    if (space != other_space || *one++ != *other++)
      return false;
  }
}

static void compare_cell(struct returned *returned, size_t row, size_t column) {
  AUTO_TEXT struct text expected = {0};
  struct error fault;
  const char *found = text_at(returned, row, column);
  form_add_locked(returned->questionnaire, row, column, &expected);
  const char *wanted = text_string(&expected);
  if (same_but_for_space(found, wanted))
    return;
  if (*wanted == '\0')
    error_set(&fault, ERROR_DATA, "nothing was to be written here: \"%.*s\"", text_shown(found, strlen(found)), found);
  else
    error_set(&fault, ERROR_DATA, "this locked cell was changed: \"%.*s\" instead of \"%.*s\"",
              text_shown(found, strlen(found)), found, text_shown(wanted, strlen(wanted)), wanted);
  error_remedy(&fault, *wanted == '\0' ? "Move it into the note of the row that it belongs to."
                                       : "Put back what stood there, or ask for the answers in a new questionnaire.");
  tell(returned, row, column, &fault);
}

/*
 * The digest tells that something was changed, the form itself what.  The words of another version of this program may
 * differ; so where the digest holds, only what was asked is compared: documents, places and texts.
 */
static void compare_locked_cells(struct returned *returned) {
  bool holds = digest_holds(returned);
  size_t rows = FORM_FIRST_ROW + returned->questionnaire->count;
  for (size_t row = holds ? FORM_FIRST_ROW : 0; row < rows; row++)
    for (size_t column = 0; column < (holds ? FORM_TEXT + 1 : FORM_COLUMNS); column++)
      if (!form_is_open(returned->questionnaire, row, column))
        compare_cell(returned, row, column);
  for (size_t i = 0; i < returned->sheet->count && !holds; i++) {
    const struct workbook_cell *cell = &returned->sheet->cells[i];
    if (cell->row >= rows || cell->column >= FORM_COLUMNS)
      compare_cell(returned, cell->row, cell->column);
  }
  if (!holds && returned->faults == 0) {
    struct error fault;
    error_set(&fault, ERROR_DATA, "the locked part of the form is not the one that went out");
    error_remedy(&fault, "Ask for the answers in a new questionnaire.");
    tell(returned, FORM_TITLE_ROW, 0, &fault);
  }
}

/* ---- open cells ---------------------------------------------------------- */

/* What was filled in, without white space around it; NULL: nothing. */
static const char *answer_at(const struct returned *returned, size_t row, size_t column, size_t *length) {
  const char *value = text_at(returned, row, column);
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
  error_set(&fault, ERROR_DATA, "an error instead of a value: \"%s\"", text_at(returned, row, column));
  error_remedy(&fault, "Write the value itself, not a formula.");
  tell(returned, row, column, &fault);
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
  tell(returned, row, FORM_DAY, &fault);
  return false;
}

static void read_language(struct returned *returned) {
  AUTO_NEAREST struct nearest nearest;
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
  tell(returned, FORM_ALL_ROW, FORM_NOTE, &fault);
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
    }
    nearest_offer(&nearest, names[0]);
  }
  error_set(&fault, ERROR_DATA, "unknown level: \"%.*s\"", text_shown(written, length), written);
  nearest_remedy(&nearest, &fault, "Choose one from the list: %s.", nearest_offered(&nearest));
  tell(returned, row, FORM_LEVEL, &fault);
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
  tell(returned, row, column, &fault);
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

static void read_answers(struct returned *returned) {
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

/* ---- the whole ----------------------------------------------------------- */

/* What the status import finds wrong with a row of its file is told at the row of the sheet. */
static void tell_at_row(void *context, const struct error *fault) {
  struct returned *returned = context;
  size_t row = FORM_FIRST_ROW;
  for (size_t i = 0; i < returned->row_count && returned->csv_lines[i] <= fault->line; i++)
    row = (size_t)returned->lines[i] - 1;
  tell(returned, row, FORM_LEVEL, fault);
}

static bool read_workbook(struct returned *returned, struct error *error) {
  AUTO_TEXT struct text bytes = {0};
  const char *path = returned->options->path;
  return input_read(path, "Give the questionnaire itself, as it came back.", &bytes, returned->file_digest, error) &&
         workbook_read(&returned->workbook, input_name(path), text_string(&bytes), bytes.length, error);
}

static bool refuse_all(const struct returned *returned, struct error *error) {
  error_set(error, ERROR_DATA, "%s: %" PRIu64 " cell%s refused; nothing was stored",
            import_file_name(returned->workbook->name), returned->faults, returned->faults == 1 ? "" : "s");
  return error_remedy(error, "Mend the cells named above, with the State where it must decide, and import it again.");
}

static bool import_answers(struct db *db, struct returned *returned, struct import_summary *summary,
                           struct error *error) {
  const struct import_content content = {
      .bytes = returned->csv.data,
      .length = returned->csv.length,
      .digest = returned->file_digest,
      .lines = returned->lines,
  };
  struct import_options options = *returned->options;
  options.content = &content;
  options.problem = tell_at_row;
  options.problem_context = returned;
  return import_status(db, &options, summary, error);
}

/* Read in one snapshot; the import then has a transaction of its own. */
static bool read_form(struct db *db, struct returned *returned, struct error *error) {
  if (!db_begin(db, DB_READ_SNAPSHOT, error))
    return false;
  if (!make_again(db, returned, error)) {
    db_rollback(db);
    return false;
  }
  return db_commit(db, error);
}

bool import_questionnaire(struct db *db, const struct import_options *options, struct import_summary *summary,
                          struct error *error) {
  __attribute__((cleanup(returned_free))) struct returned returned = {.options = options, .day_of_all = DAY_NONE};
  *summary = (struct import_summary){0};
  if (!read_workbook(&returned, error) ||
      !batch_of_file(db, "status", returned.file_digest, &summary->same_file, error))
    return false;
  if (summary->same_file != 0)
    return true;
  if (!read_form(db, &returned, error))
    return false;
  compare_locked_cells(&returned);
  read_answers(&returned);
  if (returned.faults > 0)
    return refuse_all(&returned, error);
  return returned.row_count == 0 || import_answers(db, &returned, summary, error);
}
