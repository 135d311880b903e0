/* A questionnaire that came back: whose it is, and whether its locked cells are those that went out. */
#include "core/questionnaire/returned_form.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

void returned_free(struct returned *returned) {
  workbook_free(&returned->workbook);
  questionnaire_free(&returned->questionnaire);
  text_free(&returned->csv);
  free(returned->lines);
  free(returned->csv_lines);
}

/* ---- telling what is wrong ----------------------------------------------- */

/* Puts the cell before the message and tells it. */
void returned_fault(struct returned *returned, size_t row, size_t column, const struct error *fault) {
  struct error placed;
  char place[WORKBOOK_PLACE_SIZE];
  returned->faults++;
  error_set(&placed, ERROR_DATA, "cell %s: %s", workbook_place((uint32_t)row, (uint32_t)column, place), fault->message);
  error_remedy(&placed, "%s", fault->remedy);
  error_at(&placed, returned->workbook->name, 0, 0);
  if (returned->options->problem != NULL)
    returned->options->problem(returned->options->problem_context, &placed);
}

const char *returned_text(const struct returned *returned, size_t row, size_t column) {
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

static bool changed_facts(const struct returned *returned, struct error *error) {
  return no_questionnaire(returned, "what it says of itself on its hidden sheet was changed", error);
}

static bool read_fact(const struct returned *returned, const struct workbook_sheet *hidden, enum form_fact fact,
                      const char **value, struct error *error) {
  *value = workbook_text(returned->workbook, hidden, fact, 1);
  return (strcmp(workbook_text(returned->workbook, hidden, fact, 0), form_fact_name(fact)) == 0 && **value != '\0') ||
         changed_facts(returned, error);
}

static bool check_version(const struct returned *returned, const char *version, struct error *error) {
  if (strcmp(version, FORM_VERSION) == 0)
    return true;
  error_set(error, ERROR_DATA, "this questionnaire was written by a newer version of this program");
  error_remedy(error, "Update rectrack, then import it again.");
  return error_at(error, returned->workbook->name, 0, 0);
}

bool returned_request(const struct returned *returned, struct questionnaire_request *request, const char **sheet,
                      struct error *error) {
  const char *version, *ledger, *language, *as_of, *digest;
  struct error ignored;
  const struct workbook_sheet *hidden = workbook_sheet(returned->workbook, FORM_HIDDEN_SHEET);
  if (hidden == NULL)
    return no_questionnaire(returned, "its hidden sheet is missing", error);
  if (!read_fact(returned, hidden, FORM_FACT_VERSION, &version, error) || !check_version(returned, version, error) ||
      !read_fact(returned, hidden, FORM_FACT_LEDGER, &ledger, error) ||
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
  return (request->language != NULL && ledger_head_parse(ledger, &request->head, &ignored) &&
          day_parse(as_of, strlen(as_of), &request->as_of, &ignored)) ||
         changed_facts(returned, error);
}

/* The ledger must have the batch that the form was made after. */
static bool check_ledger(struct db *db, const struct returned *returned, const struct ledger_head *head,
                         struct error *error) {
  bool ours = false;
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

bool returned_form(struct db *db, struct returned *returned, struct error *error) {
  struct questionnaire_request request = {0};
  struct error problem;
  const char *sheet = "";
  if (!returned_request(returned, &request, &sheet, error) || !check_ledger(db, returned, &request.head, error))
    return false;
  returned->sheet = workbook_sheet(returned->workbook, sheet);
  if (returned->sheet == NULL)
    return no_questionnaire(returned, "the sheet to fill in is missing", error);
  bool made = questionnaire_make(db, &request, &returned->questionnaire, &problem);
  if (made && questionnaire_asks(returned->questionnaire, &problem))
    return true;
  if (problem.code == ERROR_DATA)
    return changed_facts(returned, error);
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
  AUTO_TEXT struct text squeezed = {0}, other_squeezed = {0};
  form_add_squeezed(&squeezed, one);
  form_add_squeezed(&other_squeezed, other);
  return strcmp(text_string(&squeezed), text_string(&other_squeezed)) == 0;
}

static void compare_cell(struct returned *returned, size_t row, size_t column) {
  AUTO_TEXT struct text expected = {0};
  struct error fault;
  const char *found = returned_text(returned, row, column);
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
  returned_fault(returned, row, column, &fault);
}

/*
 * The digest tells that something was changed, the form itself what.  The words of another version of this program may
 * differ; so where the digest holds, only what was asked is compared: documents, places and texts.
 */
void returned_compare(struct returned *returned) {
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
    returned_fault(returned, FORM_TITLE_ROW, 0, &fault);
  }
}
