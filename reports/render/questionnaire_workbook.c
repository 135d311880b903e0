/* A questionnaire as a workbook. */
#include "reports/render/questionnaire_workbook.h"

#include "core/base/memory.h"
#include "reports/render/spreadsheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Columns of the hidden sheet. */
enum { KEY, VALUE, SCALE = 3, LEVEL_CODE, LEVEL_LABEL, LANGUAGE_CODE = 7, LANGUAGE_NAME };

static const size_t widths[FORM_COLUMNS] = {
    [FORM_DOCUMENT] = 18, [FORM_PLACE] = 11, [FORM_TEXT] = 60, [FORM_LAST_LEVEL] = 18, [FORM_LAST_DAY] = 11,
    [FORM_LEVEL] = 24,    [FORM_DAY] = 13,   [FORM_NOTE] = 44, [FORM_EVIDENCE] = 32,
};

struct form {
  const struct questionnaire *questionnaire;
  struct spreadsheet book;
  lxw_worksheet *sheet, *instructions, *hidden;
  lxw_format *title, *hint, *head, *locked, *label, *open, *open_day;
  struct sha256 *digest; /* of the locked cells */
};

static void form_free(struct form *form) {
  spreadsheet_free(&form->book);
  sha256_free(&form->digest);
}

static const char *say(const struct form *form, const char *message) {
  return translate(form->questionnaire->language, message);
}

static bool is_right_to_left(const struct form *form) {
  return form->questionnaire->language != NULL && form->questionnaire->language->right_to_left;
}

/* ---- formats ------------------------------------------------------------- */

static lxw_format *make_format(struct form *form, bool bold) {
  lxw_format *format = spreadsheet_format(&form->book);
  format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
  format_set_align(format, is_right_to_left(form) ? LXW_ALIGN_RIGHT : LXW_ALIGN_LEFT);
  if (bold)
    format_set_bold(format);
  return format;
}

static lxw_format *make_ruled(struct form *form, bool bold, lxw_color_t ground) {
  enum { RULE_COLOUR = 0xBFBFBF };
  lxw_format *format = make_format(form, bold);
  format_set_text_wrap(format);
  format_set_border(format, LXW_BORDER_THIN);
  format_set_border_color(format, RULE_COLOUR);
  format_set_bg_color(format, ground);
  return format;
}

static void make_formats(struct form *form) {
  enum { TITLE_POINTS = 14, HINT_COLOUR = 0x595959, HEAD_GROUND = 0xDDE6F0, LOCKED_GROUND = 0xF7F7F7 };
  enum { OPEN_GROUND = 0xFFF8D6 };
  form->title = make_format(form, true);
  format_set_font_size(form->title, TITLE_POINTS);
  form->hint = make_format(form, false);
  format_set_font_color(form->hint, HINT_COLOUR);
  form->label = make_format(form, true);
  format_set_align(form->label, is_right_to_left(form) ? LXW_ALIGN_LEFT : LXW_ALIGN_RIGHT);
  form->head = make_ruled(form, true, HEAD_GROUND);
  form->locked = make_ruled(form, false, LOCKED_GROUND);
  form->open = make_ruled(form, false, OPEN_GROUND);
  format_set_unlocked(form->open);
  format_set_num_format(form->open, "@"); /* text: an evidence such as 3/4 is no date */
  form->open_day = make_ruled(form, false, OPEN_GROUND);
  format_set_unlocked(form->open_day);
  format_set_num_format(form->open_day, "yyyy-mm-dd");
}

/* ---- what the form is --------------------------------------------------- */

static void add_fact(const struct form *form, enum form_fact fact, struct text *out) {
  const struct questionnaire *questionnaire = form->questionnaire;
  char as_of[DAY_TEXT_SIZE];
  switch (fact) {
  case FORM_FACT_VERSION:
    text_add(out, FORM_VERSION);
    break;
  case FORM_FACT_LEDGER:
    text_add_format(out, "%d:%s", questionnaire->head.position, questionnaire->head.batch_sha256);
    break;
  case FORM_FACT_STATE:
    text_add(out, questionnaire->state->iso3);
    break;
  case FORM_FACT_LANGUAGE:
    text_add(out, questionnaire->language != NULL ? questionnaire->language->code : "en");
    break;
  case FORM_FACT_AS_OF:
    text_add(out, day_format(questionnaire->as_of, as_of));
    break;
  case FORM_FACT_DOCUMENT:
    text_add(out, questionnaire->document != NULL ? questionnaire->document : "*");
    break;
  case FORM_FACT_SHEET:
    text_add(out, form->sheet->name);
    break;
  case FORM_FACT_DIGEST:
    break; /* taken when the cells are written */
  case FORM_FACTS:
    break;
  }
}

/* ---- the sheet that is filled in ----------------------------------------- */

static lxw_format *format_of(const struct form *form, size_t row, size_t column) {
  if (form_is_open(form->questionnaire, row, column))
    return column == FORM_DAY ? form->open_day : form->open;
  switch (row) {
  case FORM_TITLE_ROW:
    return form->title;
  case FORM_HINT_ROW:
    return form->hint;
  case FORM_ALL_ROW:
    return form->label;
  case FORM_HEAD_ROW:
    return form->head;
  default:
    return form->locked;
  }
}

/* The language of the notes is filled in already: most will answer in the one that they were asked in. */
static const char *language_name(const struct form *form) {
  const struct language *language = form->questionnaire->language;
  return language != NULL ? language->name : "English";
}

static bool write_form_cell(struct form *form, size_t row, size_t column, struct error *error) {
  AUTO_TEXT struct text value = {0};
  bool open = form_is_open(form->questionnaire, row, column);
  form_add_locked(form->questionnaire, row, column, &value);
  if (open && row == FORM_ALL_ROW && column == FORM_NOTE)
    text_add(&value, language_name(form));
  if (!open)
    form_digest_cell(form->digest, row, column, text_string(&value));
  if (value.length == 0 && row < FORM_HEAD_ROW && !open)
    return true;
  return spreadsheet_text(&form->book, form->sheet, row, column, text_string(&value), format_of(form, row, column),
                          error);
}

/* As high as the recommendation and its document's symbol need; two lines at least, for the note. */
static size_t lines_of(const struct form *form, size_t row) {
  size_t most = row >= FORM_FIRST_ROW ? 2 : 1;
  for (size_t column = 0; column < FORM_COLUMNS && row >= FORM_HEAD_ROW; column++) {
    AUTO_TEXT struct text value = {0};
    form_add_locked(form->questionnaire, row, column, &value);
    size_t lines = spreadsheet_lines(text_string(&value), widths[column]);
    most = lines > most ? lines : most;
  }
  return most;
}

static void digest_facts(struct form *form) {
  for (size_t fact = 0; fact < FORM_FACT_DIGEST; fact++) {
    AUTO_TEXT struct text value = {0};
    add_fact(form, (enum form_fact)fact, &value);
    form_digest_cell(form->digest, fact, VALUE, text_string(&value));
  }
}

static bool write_form(struct form *form, struct error *error) {
  digest_facts(form);
  for (size_t row = 0; row < FORM_FIRST_ROW + form->questionnaire->count; row++) {
    if (row > FORM_TITLE_ROW)
      spreadsheet_row_lines(form->sheet, row, lines_of(form, row));
    for (size_t column = 0; column < FORM_COLUMNS; column++)
      if (!write_form_cell(form, row, column, error))
        return false;
  }
  return true;
}

/* ---- drop-downs and checks ----------------------------------------------- */

/* Lists stand in the hidden sheet: the levels of each scale one below the other. */
static size_t scale_first_row(const struct form *form, int scale_id, size_t *count) {
  const struct state_register *reg = form->questionnaire->reg;
  size_t row = 0, first = 0;
  *count = 0;
  for (size_t i = 0; i < reg->level_count; i++) {
    if ((reg->levels[i].kind & LEVEL_REPORTED) == 0)
      continue;
    if (reg->levels[i].scale_id == scale_id && (*count)++ == 0)
      first = row;
    row++;
  }
  return first;
}

static void check_levels(struct form *form, size_t from, size_t to) {
  size_t count;
  size_t first = scale_first_row(form, form->questionnaire->rows[from].recommendation->scale_id, &count);
  char list[64];
  snprintf(list, sizeof list, "=" FORM_HIDDEN_SHEET "!$F$%zu:$F$%zu", first + 1, first + count);
  AUTO_FREE char *title = memory_string(say(form, N_("Not in the list")));
  AUTO_FREE char *message = memory_string(say(form, N_("Please choose one of the levels in the list.")));
  lxw_data_validation check = {
      .validate = LXW_VALIDATION_TYPE_LIST_FORMULA,
      .value_formula = list,
      .error_title = title,
      .error_message = message,
  };
  worksheet_data_validation_range(form->sheet, (lxw_row_t)(FORM_FIRST_ROW + from), FORM_LEVEL,
                                  (lxw_row_t)(FORM_FIRST_ROW + to - 1), FORM_LEVEL, &check);
}

/* A drop-down for each run of rows with the same scale. */
static void check_all_levels(struct form *form) {
  const struct questionnaire *questionnaire = form->questionnaire;
  for (size_t from = 0, to; from < questionnaire->count; from = to) {
    for (to = from + 1; to < questionnaire->count && questionnaire->rows[to].recommendation->scale_id ==
                                                         questionnaire->rows[from].recommendation->scale_id;)
      to++;
    check_levels(form, from, to);
  }
}

static void check_language(struct form *form) {
  char list[64];
  snprintf(list, sizeof list, "=" FORM_HIDDEN_SHEET "!$I$1:$I$%zu", language_count);
  AUTO_FREE char *prompt = memory_string(say(form, N_("The language in which you write your notes.")));
  lxw_data_validation check = {
      .validate = LXW_VALIDATION_TYPE_LIST_FORMULA,
      .value_formula = list,
      .input_message = prompt,
  };
  worksheet_data_validation_cell(form->sheet, FORM_ALL_ROW, FORM_NOTE, &check);
}

/* What is later than the day on which it is asked may be right: the form is filled in later. */
static void check_days(struct form *form) {
  AUTO_FREE char *title = memory_string(say(form, N_("Not a date")));
  AUTO_FREE char *message =
      memory_string(say(form, N_("Please write a date, such as 2026-09-30: the day that the status speaks of.")));
  AUTO_FREE char *prompt = memory_string(
      say(form, N_("The day that your answers speak of. It holds for every row that has no date of its own.")));
  lxw_data_validation check = {
      .validate = LXW_VALIDATION_TYPE_DATE,
      .criteria = LXW_VALIDATION_CRITERIA_BETWEEN,
      .minimum_datetime = {.year = 1950, .month = 1, .day = 1},
      .maximum_datetime = {.year = 2199, .month = 12, .day = 31},
      .error_title = title,
      .error_message = message,
  };
  worksheet_data_validation_range(form->sheet, FORM_FIRST_ROW, FORM_DAY,
                                  (lxw_row_t)(FORM_FIRST_ROW + form->questionnaire->count - 1), FORM_DAY, &check);
  check.input_message = prompt;
  worksheet_data_validation_cell(form->sheet, FORM_ALL_ROW, FORM_DAY, &check);
}

/* ---- the other sheets ---------------------------------------------------- */

static const char *const instructions[] = {
    N_("This form asks for the present status of the recommendations that are addressed to your State. It shows what "
       "your State reported last."),
    N_("Choose the present status of a recommendation from the list in the yellow column. Leave the row empty where "
       "you have nothing new to report: what was reported last then stays."),
    N_("Say of which day you speak: in the yellow date cell above the table, once for all rows, or in a row for that "
       "row alone."),
    N_("In the note, say in your own words what was done and what stands in the way. For evidence, give a link or the "
       "symbol of a document. Above the column of notes, choose the language in which you write."),
    N_("Please change nothing else, and add no rows or columns: a form with changes elsewhere can't be read. You may "
       "make rows higher and columns wider."),
    N_("Save the form as an Excel workbook (.xlsx) and send it to the secretariat."),
};

static bool write_instructions(struct form *form, struct error *error) {
  enum { NUMBER_WIDTH = 4, TEXT_WIDTH = 90 };
  char number[8];
  worksheet_set_column(form->instructions, 0, 0, NUMBER_WIDTH, NULL);
  worksheet_set_column(form->instructions, 1, 1, TEXT_WIDTH, NULL);
  lxw_format *wrapped = make_format(form, false);
  format_set_text_wrap(wrapped);
  for (size_t i = 0; i < sizeof instructions / sizeof *instructions; i++) {
    const char *text = say(form, instructions[i]);
    snprintf(number, sizeof number, "%zu.", i + 1);
    spreadsheet_row_lines(form->instructions, i, spreadsheet_lines(text, TEXT_WIDTH) + 1);
    if (!spreadsheet_text(&form->book, form->instructions, i, 0, number, form->label, error) ||
        !spreadsheet_text(&form->book, form->instructions, i, 1, text, wrapped, error))
      return false;
  }
  return true;
}

/* A row of the hidden sheet: a fact, a level and a language side by side, as long as there are any. */
static bool write_hidden_row(struct form *form, size_t row, const struct level *level, const char *digest,
                             struct error *error) {
  AUTO_TEXT struct text value = {0};
  const struct state_register *reg = form->questionnaire->reg;
  struct {
    size_t column;
    const char *text;
  } cells[] = {{KEY, NULL},         {VALUE, NULL},         {SCALE, NULL},        {LEVEL_CODE, NULL},
               {LEVEL_LABEL, NULL}, {LANGUAGE_CODE, NULL}, {LANGUAGE_NAME, NULL}};
  if (row < FORM_FACTS) {
    add_fact(form, (enum form_fact)row, &value);
    text_add(&value, row == FORM_FACT_DIGEST ? digest : "");
    cells[0].text = form_fact_name((enum form_fact)row);
    cells[1].text = text_string(&value);
  }
  if (level != NULL) {
    cells[2].text = register_scale(reg, level->scale_id)->code;
    cells[3].text = level->code;
    cells[4].text = form_level_label(form->questionnaire, level);
  }
  if (row < language_count) {
    cells[5].text = language_list[row].code;
    cells[6].text = language_list[row].name;
  }
  for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
    if (cells[i].text != NULL &&
        !spreadsheet_text(&form->book, form->hidden, row, cells[i].column, cells[i].text, NULL, error))
      return false;
  return true;
}

/* The next level that States report, from levels[*at] on; NULL when there is none. */
static const struct level *next_level(const struct state_register *reg, size_t *at) {
  while (*at < reg->level_count && (reg->levels[*at].kind & LEVEL_REPORTED) == 0)
    (*at)++;
  return *at < reg->level_count ? &reg->levels[(*at)++] : NULL;
}

static bool write_hidden(struct form *form, struct error *error) {
  unsigned char digest[SHA256_SIZE];
  char digest_text[SHA256_TEXT_SIZE];
  sha256_finish(form->digest, digest);
  sha256_format(digest, digest_text);
  size_t at = 0;
  const struct level *level = next_level(form->questionnaire->reg, &at);
  for (size_t row = 0; row < FORM_FACTS || row < language_count || level != NULL; row++) {
    if (!write_hidden_row(form, row, level, digest_text, error))
      return false;
    level = level != NULL ? next_level(form->questionnaire->reg, &at) : NULL;
  }
  worksheet_hide(form->hidden);
  return true;
}

/* ---- the whole ----------------------------------------------------------- */

static void set_behaviour(struct form *form) {
  enum { A4 = 9 };
  lxw_protection allowed = {.format_columns = LXW_TRUE, .format_rows = LXW_TRUE};
  for (size_t column = 0; column < FORM_COLUMNS; column++)
    worksheet_set_column(form->sheet, (lxw_col_t)column, (lxw_col_t)column, (double)widths[column], NULL);
  worksheet_freeze_panes(form->sheet, FORM_FIRST_ROW, FORM_TEXT);
  worksheet_set_selection(form->sheet, FORM_FIRST_ROW, FORM_LEVEL, FORM_FIRST_ROW, FORM_LEVEL);
  worksheet_repeat_rows(form->sheet, FORM_HEAD_ROW, FORM_HEAD_ROW);
  worksheet_set_landscape(form->sheet);
  worksheet_set_footer(form->sheet, "&R&P / &N");
  worksheet_hide(form->hidden);
  lxw_worksheet *const sheets[] = {form->sheet, form->instructions, form->hidden};
  for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++) {
    worksheet_protect(sheets[i], NULL, &allowed);
    worksheet_set_paper(sheets[i], A4);
    worksheet_fit_to_pages(sheets[i], 1, 0);
    if (is_right_to_left(form))
      worksheet_right_to_left(sheets[i]);
  }
  check_all_levels(form);
  check_days(form);
  check_language(form);
}

static bool add_sheets(struct form *form, struct error *error) {
  form->sheet = spreadsheet_sheet(&form->book, say(form, N_("Questionnaire")), error);
  form->instructions =
      form->sheet != NULL ? spreadsheet_sheet(&form->book, say(form, N_("Instructions")), error) : NULL;
  form->hidden = form->instructions != NULL ? spreadsheet_sheet(&form->book, FORM_HIDDEN_SHEET, error) : NULL;
  return form->hidden != NULL;
}

bool questionnaire_workbook_write(const struct questionnaire *questionnaire, struct render_sink *out,
                                  struct error *error) {
  __attribute__((cleanup(form_free))) struct form form = {.questionnaire = questionnaire, .digest = sha256_new()};
  AUTO_TEXT struct text title = {0};
  static const int64_t MICROSECONDS_A_DAY = 86400000000;
  form_add_locked(questionnaire, FORM_TITLE_ROW, 0, &title);
  if (!spreadsheet_begin(&form.book, title.data, questionnaire->as_of * MICROSECONDS_A_DAY, error))
    return false;
  if (!add_sheets(&form, error))
    return false;
  make_formats(&form);
  set_behaviour(&form);
  return write_form(&form, error) && write_instructions(&form, error) && write_hidden(&form, error) &&
         spreadsheet_end(&form.book, out, error);
}
