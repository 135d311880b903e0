/*
 * libFuzzer target: a questionnaire that came back, with any cells changed since it went out.  Besides crashes it looks
 * for broken promises: a form as it went out is taken; every change outside the cells to fill in is told with its cell,
 * and nothing else is; every row that was filled in is told of or is in the status file, as it was written, and no
 * other row is.
 *
 * The first byte of an input chooses the form's language.  Each change ends with a record separator (1E): a letter for
 * the column (Z: the hidden sheet's), a digit or sign for the row, a letter for the kind of cell (t text, n number, b
 * boolean, e error, d date), and what stands there now.
 */
#include "core/base/memory.h"
#include "core/csv/csv.h"
#include "core/questionnaire/returned_form.h"
#include "core/record/status_resolve.h"
#include "tests/fuzz/must.h"
#include "tests/unit/questionnaire_fixture.h"

#include <string.h>

enum { ROWS = FORM_FIRST_ROW + 4, COLUMNS = FORM_COLUMNS + 2, HIDDEN_COLUMNS = 2, ASKED = 2 };

/* A cell; `text` NULL: empty. */
struct cell {
  char *text;
  enum workbook_kind kind;
};

/* What stands in the workbook. */
struct form {
  struct cell cells[ROWS][COLUMNS];
  struct cell hidden[FORM_FACTS][HIDDEN_COLUMNS];
};

static void put(struct cell *cell, const char *text, size_t length, enum workbook_kind kind) {
  free(cell->text);
  *cell = (struct cell){length > 0 ? memory_string_n(text, length) : NULL, kind};
}

static void form_release(struct form *form) {
  for (size_t row = 0; row < ROWS; row++)
    for (size_t column = 0; column < COLUMNS; column++)
      free(form->cells[row][column].text);
  for (size_t fact = 0; fact < FORM_FACTS; fact++)
    for (size_t column = 0; column < HIDDEN_COLUMNS; column++)
      free(form->hidden[fact][column].text);
}
#define AUTO_FORM __attribute__((cleanup(form_release)))

/* ---- as it went out ------------------------------------------------------ */

static void write_hidden(struct form *form, const struct questionnaire *questionnaire) {
  AUTO_TEXT struct text ledger = {0};
  AUTO_SHA256 struct sha256 *sha = sha256_new();
  unsigned char digest[SHA256_SIZE];
  char digest_text[SHA256_TEXT_SIZE];
  text_add_format(&ledger, "%d:%s", (int)questionnaire->head.position, questionnaire->head.batch_sha256);
  const char *const values[] = {
      FORM_VERSION, text_string(&ledger), "BBB", questionnaire->language->code, "2026-11-24", "*", "Form"};
  for (size_t fact = 0; fact < FORM_FACT_DIGEST; fact++) {
    put(&form->hidden[fact][1], values[fact], strlen(values[fact]), WORKBOOK_TEXT);
    form_digest_cell(sha, fact, 1, values[fact]);
  }
  for (size_t row = 0; row < ROWS; row++)
    for (size_t column = 0; column < COLUMNS; column++)
      if (form->cells[row][column].text != NULL)
        form_digest_cell(sha, row, column, form->cells[row][column].text);
  sha256_finish(sha, digest);
  put(&form->hidden[FORM_FACT_DIGEST][1], sha256_format(digest, digest_text), SHA256_TEXT_SIZE - 1, WORKBOOK_TEXT);
  for (enum form_fact fact = 0; fact < FORM_FACTS; fact++)
    put(&form->hidden[fact][0], form_fact_name(fact), strlen(form_fact_name(fact)), WORKBOOK_TEXT);
}

static void write_form(struct form *form, const struct questionnaire *questionnaire) {
  for (size_t row = 0; row < ROWS; row++)
    for (size_t column = 0; column < COLUMNS; column++) {
      AUTO_TEXT struct text text = {0};
      form_add_locked(questionnaire, row, column, &text);
      put(&form->cells[row][column], text_string(&text), text.length, WORKBOOK_TEXT);
    }
  write_hidden(form, questionnaire);
}

/* ---- as it came back ----------------------------------------------------- */

/* Applies one change; what can't stand in a workbook isn't one. */
static void change(struct form *form, const char *s, size_t length) {
  static const char kinds[] = {[WORKBOOK_TEXT] = 't',
                               [WORKBOOK_NUMBER] = 'n',
                               [WORKBOOK_BOOLEAN] = 'b',
                               [WORKBOOK_ERROR] = 'e',
                               [WORKBOOK_DATE] = 'd'};
  const char *kind = length >= 3 ? memchr(kinds, s[2], sizeof kinds) : NULL;
  if (kind == NULL || memchr(s, '\0', length) != NULL || !text_is_utf8(s + 3, length - 3, NULL))
    return;
  size_t row = (unsigned char)(s[1] - '1'), column = (unsigned char)(s[0] - 'A');
  struct cell *cell = s[0] == 'Z' ? &form->hidden[row % FORM_FACTS][row / FORM_FACTS % HIDDEN_COLUMNS]
                                  : &form->cells[row % ROWS][column % COLUMNS];
  put(cell, s + 3, length - 3, (enum workbook_kind)(kind - kinds));
}

static void apply(struct form *form, const char *s, size_t length) {
  for (const char *end = s + length; s < end;) {
    const char *stop = memchr(s, '\x1e', (size_t)(end - s));
    change(form, s, (size_t)((stop != NULL ? stop : end) - s));
    s = stop != NULL ? stop + 1 : end;
  }
}

static void add_cell(struct workbook *workbook, struct workbook_sheet *sheet, size_t row, size_t column,
                     const struct cell *cell) {
  if (cell->text == NULL)
    return;
  memory_reserve((void **)&sheet->cells, &sheet->capacity, sheet->count + 1, sizeof *sheet->cells);
  sheet->cells[sheet->count++] =
      (struct workbook_cell){(uint32_t)row, (uint32_t)column, cell->kind, workbook->texts.length};
  text_add_n(&workbook->texts, cell->text, strlen(cell->text) + 1);
}

static struct workbook *make_workbook(const struct form *form) {
  struct workbook *workbook = memory_new(1, sizeof *workbook);
  workbook->name = memory_string("input");
  workbook->sheet_count = workbook->sheet_capacity = 2;
  workbook->sheets = memory_new(2, sizeof *workbook->sheets);
  workbook->sheets[0].name = memory_string("Form");
  workbook->sheets[1].name = memory_string(FORM_HIDDEN_SHEET);
  for (size_t row = 0; row < ROWS; row++)
    for (size_t column = 0; column < COLUMNS; column++)
      add_cell(workbook, &workbook->sheets[0], row, column, &form->cells[row][column]);
  for (size_t fact = 0; fact < FORM_FACTS; fact++)
    for (size_t column = 0; column < HIDDEN_COLUMNS; column++)
      add_cell(workbook, &workbook->sheets[1], fact, column, &form->hidden[fact][column]);
  return workbook;
}

/* ---- what is told -------------------------------------------------------- */

/* Of which cells something is told. */
struct told {
  bool cells[ROWS][COLUMNS];
};

static void note_fault(void *context, const struct error *fault) {
  struct told *told = context;
  must_help(fault);
  must(fault->code == ERROR_DATA && strcmp(fault->file, "input") == 0 && strncmp(fault->message, "cell ", 5) == 0);
  size_t column = (size_t)(fault->message[5] - 'A'), row = strtoul(fault->message + 6, NULL, 10) - 1;
  must(row < ROWS && column < COLUMNS);
  told->cells[row][column] = true;
}

static void add_words(const struct cell *cell, struct text *words) {
  for (const char *at = cell->text != NULL ? cell->text : ""; *at != '\0'; at += strspn(at, " \t\n\v\f\r")) {
    size_t length = strcspn(at, " \t\n\v\f\r");
    if (length > 0)
      text_add_format(words, "%.*s ", (int)length, at);
    at += length;
  }
}

/* Whether two cells say the same to whom white space is white space. */
static bool says_the_same(const struct cell *one, const struct cell *other) {
  AUTO_TEXT struct text words = {0}, other_words = {0};
  add_words(one, &words);
  add_words(other, &other_words);
  return strcmp(text_string(&words), text_string(&other_words)) == 0;
}

static bool facts_changed(const struct form *out, const struct form *back) {
  for (size_t fact = 0; fact < FORM_FACTS; fact++)
    for (size_t column = 0; column < HIDDEN_COLUMNS; column++)
      if (!says_the_same(&out->hidden[fact][column], &back->hidden[fact][column]))
        return true;
  return false;
}

static void check_locked(const struct form *out, const struct form *back, struct returned *returned,
                         const struct told *told) {
  bool changed = facts_changed(out, back);
  returned_compare(returned);
  for (size_t row = 0; row < ROWS; row++)
    for (size_t column = 0; column < COLUMNS; column++) {
      bool same = form_is_open(returned->questionnaire, row, column) ||
                  says_the_same(&out->cells[row][column], &back->cells[row][column]);
      must(same || told->cells[row][column]);
      must(!same || !told->cells[row][column] || (changed && row == 0 && column == 0));
      changed = changed || !same;
    }
  must(changed == (returned->faults > 0));
}

/* ---- what was filled in -------------------------------------------------- */

static bool is_blank(const struct cell *cell) {
  size_t length = cell->text != NULL ? strlen(cell->text) : 0;
  return cell->text == NULL || (cell->kind != WORKBOOK_ERROR && (text_trim(cell->text, &length), length == 0));
}

static void check_value(const struct csv_reader *reader, enum status_column column, const struct cell *cell) {
  size_t length, wanted = cell->text != NULL ? strlen(cell->text) : 0;
  const char *value = csv_reader_value(reader, column, &length);
  const char *text = cell->text != NULL ? text_trim(cell->text, &wanted) : "";
  must((value == NULL) == (wanted == 0) && length == wanted && (value == NULL || memcmp(value, text, wanted) == 0));
}

static void check_answer(const struct returned *returned, const struct csv_reader *reader, const struct form *back,
                         size_t row) {
  const struct questionnaire *questionnaire = returned->questionnaire;
  const struct recommendation *item = questionnaire->rows[row - FORM_FIRST_ROW].recommendation;
  AUTO_TEXT struct text reference = {0};
  struct error error;
  size_t length;
  day as_of;
  recommendation_add_reference(questionnaire->recommendations, item, &reference);
  must(strcmp(csv_reader_value(reader, STATUS_STATE, NULL), "BBB") == 0);
  must(strcmp(csv_reader_value(reader, STATUS_RECOMMENDATION, NULL), text_string(&reference)) == 0);
  const char *level = csv_reader_value(reader, STATUS_LEVEL, &length), *on;
  const struct level *found = register_find_level(questionnaire->reg, item->scale_id, level, length, &error);
  must(found != NULL && questionnaire_offers(item, found));
  must((on = csv_reader_value(reader, STATUS_AS_OF, &length)) != NULL && day_parse(on, length, &as_of, &error));
  check_value(reader, STATUS_NOTE, &back->cells[row][FORM_NOTE]);
  check_value(reader, STATUS_EVIDENCE, &back->cells[row][FORM_EVIDENCE]);
}

/* Each row of the status file where its line and its row say, and read as it was written. */
static void check_file(const struct returned *returned, const struct form *back, bool stored[static ASKED]) {
  AUTO_CSV_READER struct csv_reader *reader = NULL;
  struct error error;
  must(csv_reader_open_bytes(&reader, "answers", text_string(&returned->csv), returned->csv.length, &error));
  must(csv_reader_header(reader, status_columns, STATUS_COLUMNS, &error));
  for (size_t i = 0; i < returned->row_count; i++) {
    size_t row = (size_t)returned->lines[i] - 1;
    must(csv_reader_next(reader, &error) == CSV_ROW && csv_reader_line(reader) == returned->csv_lines[i]);
    must(row >= FORM_FIRST_ROW && row < FORM_FIRST_ROW + ASKED && !stored[row - FORM_FIRST_ROW]);
    stored[row - FORM_FIRST_ROW] = true;
    check_answer(returned, reader, back, row);
  }
  must(csv_reader_next(reader, &error) == CSV_END);
}

static void check_answers(const struct form *back, struct returned *returned, const struct told *told) {
  bool stored[ASKED] = {false};
  returned_answers(returned);
  check_file(returned, back, stored);
  for (size_t i = 0; i < ASKED; i++) {
    size_t row = FORM_FIRST_ROW + i;
    bool filled = false, faulty = false;
    for (size_t column = FORM_LEVEL; column < FORM_COLUMNS; column++) {
      filled = filled || !is_blank(&back->cells[row][column]);
      faulty = faulty || told->cells[row][column];
    }
    must(filled == (stored[i] || faulty) && !(stored[i] && faulty));
  }
}

/* ---- the whole ----------------------------------------------------------- */

static void check(const struct form *out, const struct form *back, struct questionnaire *questionnaire) {
  struct told told = {0};
  const struct import_options options = {.path = "input", .problem = note_fault, .problem_context = &told};
  __attribute__((cleanup(returned_free))) struct returned returned = {
      .options = &options, .day_of_all = DAY_NONE, .workbook = make_workbook(back), .questionnaire = questionnaire};
  struct questionnaire_request request;
  const char *sheet;
  struct error error = {0};
  returned.sheet = &returned.workbook->sheets[0];
  if (returned_request(&returned, &request, &sheet, &error)) {
    must(request.language != NULL && request.head.position > 0 && *request.state != '\0' && *sheet != '\0');
    check_locked(out, back, &returned, &told);
  } else {
    must_help(&error);
    must(error.code == ERROR_DATA && facts_changed(out, back));
  }
  check_answers(back, &returned, &told);
}

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size) {
  if (size == 0)
    return 0;
  AUTO_FORM struct form out = {0}, back = {0};
  struct questionnaire *questionnaire = make_questionnaire(language_list[bytes[0] % language_count].code);
  write_form(&out, questionnaire);
  write_form(&back, questionnaire);
  apply(&back, (const char *)bytes + 1, size - 1);
  check(&out, &back, questionnaire);
  return 0;
}
