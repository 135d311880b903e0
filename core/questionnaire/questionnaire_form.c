/* What stands in the cells of a questionnaire. */
#include "core/ledger/batch.h"
#include "core/questionnaire/questionnaire.h"

#include <ctype.h>
#include <string.h>

static const char *const heads[FORM_COLUMNS] = {
    [FORM_DOCUMENT] = N_("Document"),
    [FORM_PLACE] = N_("Reference"),
    [FORM_TEXT] = N_("Recommendation"),
    [FORM_LAST_LEVEL] = N_("Status reported last"),
    [FORM_LAST_DAY] = N_("as of"),
    [FORM_LEVEL] = N_("Status now"),
    [FORM_DAY] = N_("as of (date)"),
    [FORM_NOTE] = N_("Note: measures taken, difficulties"),
    [FORM_EVIDENCE] = N_("Evidence: link or document symbol"),
};

bool form_is_open(const struct questionnaire *questionnaire, size_t row, size_t column) {
  if (row == FORM_ALL_ROW)
    return column == FORM_DAY || column == FORM_NOTE;
  return row >= FORM_FIRST_ROW && row - FORM_FIRST_ROW < questionnaire->count && column >= FORM_LEVEL &&
         column < FORM_COLUMNS;
}

const char *form_level_label(const struct questionnaire *questionnaire, const struct level *level) {
  return translate(questionnaire->language, level->label);
}

static void add_row_cell(const struct questionnaire *questionnaire, const struct questionnaire_row *row, size_t column,
                         struct text *out) {
  char last_day[DAY_TEXT_SIZE];
  switch (column) {
  case FORM_DOCUMENT:
    text_add(out, questionnaire->recommendations->documents[row->recommendation->document].symbol);
    break;
  case FORM_PLACE:
    text_add(out, row->recommendation->place);
    break;
  case FORM_TEXT:
    text_add(out, row->recommendation->text);
    break;
  case FORM_LAST_LEVEL:
    text_add(out, row->last != NULL ? form_level_label(questionnaire, row->last)
                                    : translate(questionnaire->language, "No response"));
    break;
  case FORM_LAST_DAY:
    text_add(out, day_format(row->last_day, last_day));
    break;
  default:
    break;
  }
}

static void add_above(const struct questionnaire *questionnaire, size_t row, size_t column, struct text *out) {
  const struct language *language = questionnaire->language;
  if (row == FORM_TITLE_ROW && column == 0)
    text_add_format(out, translate(language, "Questionnaire on the status of recommendations: %s"),
                    questionnaire->state->name);
  else if (row == FORM_HINT_ROW && column == 0)
    text_add(out, translate(language, N_("Please fill in the yellow cells. The next sheet tells how.")));
  else if (row == FORM_ALL_ROW && column == FORM_LEVEL)
    text_add(out, translate(language, N_("For all rows:")));
  else if (row == FORM_HEAD_ROW && column < FORM_COLUMNS)
    text_add(out, translate(language, heads[column]));
}

void form_add_locked(const struct questionnaire *questionnaire, size_t row, size_t column, struct text *out) {
  if (form_is_open(questionnaire, row, column))
    return;
  if (row < FORM_FIRST_ROW)
    add_above(questionnaire, row, column, out);
  else if (row - FORM_FIRST_ROW < questionnaire->count)
    add_row_cell(questionnaire, &questionnaire->rows[row - FORM_FIRST_ROW], column, out);
}

void form_add_squeezed(struct text *out, const char *value) {
  for (; *value != '\0'; value++) {
    bool space = isspace((unsigned char)*value);
    if (!space)
      text_add_char(out, *value);
    else if (out->length > 0 && out->data[out->length - 1] != ' ')
      text_add_char(out, ' ');
  }
  if (out->length > 0 && out->data[out->length - 1] == ' ')
    out->data[--out->length] = '\0';
}

void form_digest_cell(struct sha256 *sha, size_t row, size_t column, const char *value) {
  AUTO_TEXT struct text squeezed = {0};
  AUTO_TEXT struct text canonical = {0};
  form_add_squeezed(&squeezed, value);
  if (squeezed.length == 0)
    return;
  canonical_int(&canonical, (int64_t)row);
  canonical_int(&canonical, (int64_t)column);
  canonical_text(&canonical, squeezed.data, squeezed.length);
  sha256_add(sha, canonical.data, canonical.length);
}

const char *form_fact_name(enum form_fact fact) {
  static const char *const names[FORM_FACTS] = {
      [FORM_FACT_VERSION] = "rectrack questionnaire",
      [FORM_FACT_LEDGER] = "ledger",
      [FORM_FACT_STATE] = "state",
      [FORM_FACT_LANGUAGE] = "language",
      [FORM_FACT_AS_OF] = "as of",
      [FORM_FACT_DOCUMENT] = "document",
      [FORM_FACT_SHEET] = "sheet",
      [FORM_FACT_DIGEST] = "digest",
  };
  return names[fact];
}
