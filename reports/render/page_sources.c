/* What stands behind the cells of a page: the recommendations and the answers of the States. */
#include "reports/render/page.h"

#include "core/base/language.h"
#include "reports/counting/sources.h"
#include "reports/render/html.h"

#include <string.h>

/* ---- recommendations ----------------------------------------------------- */

/*
 * Documents whose symbol begins so stand at undocs.org, which leads to them by symbol and language (the UN's Official
 * Document System; series of the main organs, of the conferences on crime and corruption, and of the treaty bodies).
 */
static bool is_un_document(const char *symbol) {
  static const char *const series[] = {"A/",   "CAC/",  "CAT/",  "CCPR/", "CED/", "CEDAW/", "CERD/", "CMW/",
                                       "CRC/", "CRPD/", "CTOC/", "E/",    "HRI/", "S/",     "ST/",   "T/"};
  for (size_t i = 0; i < sizeof series / sizeof *series; i++)
    if (strncmp(symbol, series[i], strlen(series[i])) == 0)
      return true;
  return false;
}

/* The symbol, as a link to the document where it has a known place. */
static void add_symbol(struct text *out, const char *symbol, const struct language *language) {
  bool linked = is_un_document(symbol);
  if (linked) {
    text_add_format(out, "<a rel=noreferrer href=\"https://undocs.org/%s/", language != NULL ? language->code : "en");
    html_add(out, symbol);
    text_add(out, "\">");
  }
  html_add(out, symbol);
  text_add(out, linked ? "</a>" : "");
}

static void add_text_row(struct text *out, size_t number, const struct recommendation_text *text,
                         const struct language *language) {
  text_add_format(out, "<tr id=r%zu><th scope=row>", number);
  html_add(out, text->place);
  text_add(out, "<td");
  html_add_language(out, text->language);
  text_add_char(out, '>');
  if (text->chapeau != NULL) {
    html_add(out, text->chapeau);
    text_add_char(out, ' ');
  }
  html_add_lines(out, text->text != NULL ? text->text : "");
  text_add(out, "<td>");
  add_symbol(out, text->symbol, language);
  text_add_char(out, '\n');
}

static void add_table_start(struct text *out, const char *name, const char *heading) {
  text_add_format(out, "<section id=%s>\n<h2 id=h-%s>", name, name);
  html_add(out, heading);
  text_add_format(out, "</h2>\n<table class=%s aria-labelledby=h-%s>\n<thead><tr>", name, name);
}

static void add_column_head(struct text *out, const char *head) {
  text_add(out, "<th scope=col>");
  html_add(out, head);
}

/* The recommendations that are columns of the table. */
static void add_texts(struct page *page) {
  const struct grid *grid = page->grid;
  struct text *out = &page->out->text;
  add_table_start(out, "texts", translate(grid->language, "Recommendations"));
  add_column_head(out, translate(grid->language, "Paragraph"));
  add_column_head(out, translate(grid->language, "Text"));
  add_column_head(out, translate(grid->language, "Document"));
  text_add(out, "\n</thead>\n<tbody>\n");
  for (size_t column = 0; column < grid->column_count; column++) {
    size_t number = page_text_number(page, column);
    if (number > 0)
      add_text_row(out, number, &grid->sources->texts[number - 1], grid->language);
  }
  text_add(out, "</tbody>\n</table>\n</section>\n");
}

/* ---- answers ------------------------------------------------------------- */

static void add_text_cell(struct text *out, const char *value) {
  text_add(out, "<td>");
  if (value != NULL)
    html_add_lines(out, value);
}

static void add_day_cell(struct text *out, day value, const struct language *language) {
  AUTO_TEXT struct text words = {0};
  char date[DAY_TEXT_SIZE];
  text_add(out, "<td>");
  if (value == DAY_NONE)
    return;
  language_add_day(language, value, &words);
  text_add_format(out, "<time datetime=%s>", day_format(value, date));
  html_add(out, words.data);
  text_add(out, "</time>");
}

/* A link where the evidence is an address. */
static void add_evidence(struct text *out, const char *evidence) {
  bool linked = evidence != NULL && (strncmp(evidence, "https://", 8) == 0 || strncmp(evidence, "http://", 7) == 0);
  text_add(out, "<td>");
  if (evidence == NULL)
    return;
  if (linked) {
    text_add(out, "<a rel=noreferrer href=\"");
    html_add(out, evidence);
    text_add(out, "\">");
  }
  html_add_lines(out, evidence);
  text_add(out, linked ? "</a>" : "");
}

/* Records of both kinds are told apart; where all are of one, the facts above the table say so. */
static bool has_both_kinds(const struct sources *sources) {
  for (size_t i = 1; i < sources->answer_count; i++)
    if (sources->answers[i].kind != sources->answers[0].kind)
      return true;
  return false;
}

/* Gives the number of columns. */
static size_t add_answer_heads(const struct page *page, struct text *out) {
  static const char *const heads[] = {N_("Recommendation"), N_("Status"), N_("As of"),    N_("Kind"), N_("Received"),
                                      N_("Channel"),        N_("Source"), N_("Evidence"), N_("Note"), N_("Record")};
  enum { HEADS = sizeof heads / sizeof *heads, KIND = 3 };
  for (size_t i = 0; i < HEADS; i++)
    if (i != KIND || page->kinds)
      add_column_head(out, translate(page->grid->language, heads[i]));
  return page->kinds ? HEADS : HEADS - 1;
}

static const char *channel_words(const struct language *language, const char *channel) {
  static const struct {
    const char *code, *words;
  } channels[] = {{"note-verbale", N_("Note verbale")},
                  {"questionnaire", N_("Questionnaire")},
                  {"statement", N_("Statement")},
                  {"letter", N_("Letter")},
                  {"review", N_("Review")},
                  {"other", N_("Other")}};
  for (size_t i = 0; channel != NULL && i < sizeof channels / sizeof *channels; i++)
    if (strcmp(channels[i].code, channel) == 0)
      return translate(language, channels[i].words);
  return channel;
}

static void add_answer(struct page *page, size_t row, size_t column, const struct answer *answer) {
  const struct grid *grid = page->grid;
  struct text *out = &page->out->text;
  const struct grid_shade *shade = grid_shade_at(grid, row, column);
  size_t number = page_text_number(page, column);
  text_add_format(out, "<tr id=a%zu><th scope=row>", ++page->answers);
  if (number > 0)
    text_add_format(out, "<a href=\"#r%zu\">", number);
  html_add(out, grid->columns[column].head);
  text_add(out, number > 0 ? "</a>" : "");
  if (answer->given_on != NULL) {
    text_add(out, "<br><small>");
    html_add(out, answer->given_on);
    text_add(out, "</small>");
  }
  text_add_format(out, "<td><span class=\"swatch s%zu\"></span>", (size_t)(shade - grid->shades) + 1);
  html_add(out, shade->label);
  add_day_cell(out, answer->as_of, grid->language);
  if (page->kinds)
    add_text_cell(out, translate(grid->language, answer->kind == LEVEL_ASSESSED ? N_("assessed") : N_("reported")));
  add_day_cell(out, answer->received_on, grid->language);
  add_text_cell(out, channel_words(grid->language, answer->channel));
  add_text_cell(out, answer->source);
  add_evidence(out, answer->evidence);
  text_add(out, "<td");
  html_add_language(out, answer->language);
  text_add_char(out, '>');
  html_add_lines(out, answer->note != NULL ? answer->note : "");
  text_add_format(out, "<td>%s\n", answer->record);
}

/* A State's answers under its name, which leads back to its row. */
static void add_state(struct page *page, size_t row, size_t width) {
  const struct grid *grid = page->grid;
  struct text *out = &page->out->text;
  bool any = false;
  for (size_t column = 0; column < grid->column_count; column++) {
    const struct answer *answer = page_answer(page, row, column);
    if (answer == NULL)
      continue;
    if (!any) {
      text_add_format(out, "<tbody>\n<tr><th scope=rowgroup colspan=%zu><a href=\"#s-", width);
      html_add(out, grid_at(grid, row, 0));
      text_add(out, "\">");
      html_add(out, grid_at(grid, row, grid_is_shown(grid, 0) ? 0 : 1));
      text_add(out, "</a>\n");
    }
    any = true;
    add_answer(page, row, column, answer);
  }
  text_add(out, any ? "</tbody>\n" : "");
}

static bool add_answers(struct page *page, struct error *error) {
  const struct grid *grid = page->grid;
  struct text *out = &page->out->text;
  add_table_start(out, "answers", translate(grid->language, "Answers of the States"));
  page->kinds = has_both_kinds(grid->sources);
  size_t width = add_answer_heads(page, out);
  text_add(out, "\n</thead>\n");
  page->answers = 0;
  for (size_t row = 0; row < grid_rows(grid); row++) {
    add_state(page, row, width);
    if (!render_pass(page->out, error))
      return false;
  }
  text_add(out, "</table>\n</section>\n");
  return true;
}

static void add_left_out(const struct page *page) {
  text_add(&page->out->text, "<p class=notice>");
  text_add_format(
      &page->out->text,
      translate(page->grid->language, "The answers behind the letters are left out of tables of more than %d cells."),
      SOURCES_CELLS_MOST);
  text_add_char(&page->out->text, '\n');
}

bool page_add_sources(struct page *page, struct error *error) {
  if (page->grid->sources == NULL)
    return true;
  add_texts(page);
  if (page->grid->sources->left_out)
    add_left_out(page);
  return page->answers == 0 || add_answers(page, error);
}
