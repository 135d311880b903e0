/* The table of dimensions. */
#include "reports/counting/dimension.h"

#include "core/base/memory.h"
#include "core/base/nearest.h"
#include "core/record/record.h"

#include <string.h>

/* ---- of a State ---------------------------------------------------------- */

static const struct state *state_of(const struct scope *scope, const struct pair *pair) {
  return &scope->reg->states[pair->state];
}

/* One value, which may be "": the member `none`. */
static bool single(size_t number, const char *value, struct text *code) {
  if (number > 0 || *value == '\0')
    return false;
  text_add(code, value);
  return true;
}

static bool of_state(const struct scope *scope, const struct pair *pair, size_t number, struct text *code,
                     struct text *label) {
  text_add(label, state_of(scope, pair)->name);
  return single(number, state_of(scope, pair)->iso3, code);
}

static bool of_regional_group(const struct scope *scope, const struct pair *pair, size_t number, struct text *code,
                              struct text *label) {
  text_add(label, translate(scope->language, state_of(scope, pair)->regional_group));
  return single(number, state_of(scope, pair)->regional_group, code);
}

static bool of_m49_region(const struct scope *scope, const struct pair *pair, size_t number, struct text *code,
                          struct text *label) {
  text_add(label, translate(scope->language, state_of(scope, pair)->m49_region));
  return single(number, state_of(scope, pair)->m49_region, code);
}

static bool of_m49_subregion(const struct scope *scope, const struct pair *pair, size_t number, struct text *code,
                             struct text *label) {
  text_add(label, translate(scope->language, state_of(scope, pair)->m49_subregion));
  return single(number, state_of(scope, pair)->m49_subregion, code);
}

static bool yes_or_no(size_t number, bool yes, struct text *code) {
  return single(number, yes ? "yes" : "no", code);
}

static bool of_ldc(const struct scope *scope, const struct pair *pair, size_t number, struct text *code,
                   struct text *label) {
  (void)label;
  return yes_or_no(number, state_of(scope, pair)->ldc, code);
}

static bool of_lldc(const struct scope *scope, const struct pair *pair, size_t number, struct text *code,
                    struct text *label) {
  (void)label;
  return yes_or_no(number, state_of(scope, pair)->lldc, code);
}

static bool of_sids(const struct scope *scope, const struct pair *pair, size_t number, struct text *code,
                    struct text *label) {
  (void)label;
  return yes_or_no(number, state_of(scope, pair)->sids, code);
}

/* ---- of a recommendation ------------------------------------------------- */

static const struct recommendation *recommendation_of(const struct scope *scope, const struct pair *pair) {
  return &scope->recommendations->items[pair->recommendation];
}

static const struct report_document *document_of(const struct scope *scope, const struct pair *pair) {
  return &scope->recommendations->documents[recommendation_of(scope, pair)->document];
}

static bool of_instrument(const struct scope *scope, const struct pair *pair, size_t number, struct text *code,
                          struct text *label) {
  const struct instrument *instrument = register_instrument(scope->reg, recommendation_of(scope, pair)->instrument_id);
  if (instrument == NULL)
    return false;
  text_add(label, translate(scope->language, instrument->title));
  return single(number, instrument->code, code);
}

static bool of_body(const struct scope *scope, const struct pair *pair, size_t number, struct text *code,
                    struct text *label) {
  (void)label;
  return single(number, document_of(scope, pair)->body, code);
}

/* The year of the meeting's last day, or of the document's own date. */
static bool of_adopted(const struct scope *scope, const struct pair *pair, size_t number, struct text *code,
                       struct text *label) {
  (void)label;
  day adopted = recommendation_adopted(scope->recommendations, recommendation_of(scope, pair));
  int year, month, date;
  if (number > 0 || adopted == DAY_NONE)
    return false;
  day_to_civil(adopted, &year, &month, &date);
  text_add_format(code, "%04d", year);
  return true;
}

/* Where a document names no session, the year of its meeting stands in. */
static bool of_session(const struct scope *scope, const struct pair *pair, size_t number, struct text *code,
                       struct text *label) {
  const char *session = document_of(scope, pair)->session;
  return *session != '\0' ? single(number, session, code) : of_adopted(scope, pair, number, code, label);
}

static bool of_document(const struct scope *scope, const struct pair *pair, size_t number, struct text *code,
                        struct text *label) {
  text_add(label, document_of(scope, pair)->title);
  return single(number, document_of(scope, pair)->symbol, code);
}

/* Chapters and sections are told apart by their document. */
static bool of_chapter(const struct scope *scope, const struct pair *pair, size_t number, struct text *code,
                       struct text *label) {
  (void)label;
  if (number > 0 || *recommendation_of(scope, pair)->chapter == '\0')
    return false;
  text_add_format(code, "%s:%s", document_of(scope, pair)->symbol, recommendation_of(scope, pair)->chapter);
  return true;
}

static bool of_section(const struct scope *scope, const struct pair *pair, size_t number, struct text *code,
                       struct text *label) {
  (void)label;
  const struct recommendation *item = recommendation_of(scope, pair);
  if (number > 0 || *item->section == '\0')
    return false;
  text_add_format(code, "%s:%s%s%s", document_of(scope, pair)->symbol, item->chapter, *item->chapter ? "." : "",
                  item->section);
  return true;
}

static bool of_recommendation(const struct scope *scope, const struct pair *pair, size_t number, struct text *code,
                              struct text *label) {
  if (number > 0)
    return false;
  const struct recommendation *item = recommendation_of(scope, pair);
  recommendation_add_reference(scope->recommendations, item, code);
  text_add_format(label, "%s %s", item->place, item->text);
  return true;
}

static bool of_article(const struct scope *scope, const struct pair *pair, size_t number, struct text *code,
                       struct text *label) {
  (void)label;
  const struct recommendation *item = recommendation_of(scope, pair);
  if (number >= item->article_count)
    return false;
  text_add(code, item->articles[number]);
  return true;
}

static bool of_theme(const struct scope *scope, const struct pair *pair, size_t number, struct text *code,
                     struct text *label) {
  const struct recommendation *item = recommendation_of(scope, pair);
  const struct theme *theme = number < item->theme_count ? register_theme(scope->reg, item->themes[number]) : NULL;
  if (theme == NULL)
    return false;
  text_add(code, theme->code);
  text_add(label, translate(scope->language, theme->label));
  return true;
}

/* Full years from the adoption to the as-of day. */
static bool of_age(const struct scope *scope, const struct pair *pair, size_t number, struct text *code,
                   struct text *label) {
  day adopted = recommendation_adopted(scope->recommendations, recommendation_of(scope, pair));
  if (number > 0 || adopted == DAY_NONE || adopted > scope->as_of)
    return false;
  int year, month, date, year_now, month_now, date_now;
  day_to_civil(adopted, &year, &month, &date);
  day_to_civil(scope->as_of, &year_now, &month_now, &date_now);
  int years = year_now - year - (month_now < month || (month_now == month && date_now < date) ? 1 : 0);
  text_add_format(code, "%d", years);
  text_add_format(label, translate_count(scope->language, "%d year", "%d years", (unsigned long)years), years);
  return true;
}

static bool add_day(size_t number, day value, struct text *code) {
  char text[DAY_TEXT_SIZE];
  return single(number, day_format(value, text), code);
}

static bool of_due(const struct scope *scope, const struct pair *pair, size_t number, struct text *code,
                   struct text *label) {
  (void)label;
  return add_day(number, recommendation_of(scope, pair)->due_on, code);
}

/* ---- of a record --------------------------------------------------------- */

static const char NO_RESPONSE[] = "no-response";

/* A level's code; with its scale before it where another scale of the recommendations has the same code. */
static bool of_level(const struct scope *scope, const struct pair *pair, size_t number, struct text *code,
                     struct text *label) {
  if (number > 0)
    return false;
  if (pair->level < 0) {
    text_add(code, NO_RESPONSE);
    text_add(label, translate(scope->language, "No response"));
    return true;
  }
  const struct level *level = &scope->reg->levels[pair->level];
  bool ambiguous = false;
  for (size_t i = 0; i < scope->recommendations->count && !ambiguous; i++) {
    int other_scale = scope->recommendations->items[i].scale_id;
    for (size_t k = 0; k < scope->reg->level_count && other_scale != level->scale_id && !ambiguous; k++)
      ambiguous = scope->reg->levels[k].scale_id == other_scale && strcmp(scope->reg->levels[k].code, level->code) == 0;
  }
  if (ambiguous)
    text_add_format(code, "%s:", register_scale(scope->reg, level->scale_id)->code);
  text_add(code, level->code);
  text_add(label, translate(scope->language, level->label));
  return true;
}

static bool of_closed(const struct scope *scope, const struct pair *pair, size_t number, struct text *code,
                      struct text *label) {
  (void)label;
  return yes_or_no(number, pair->level >= 0 && scope->reg->levels[pair->level].closes, code);
}

static bool of_answered(const struct scope *scope, const struct pair *pair, size_t number, struct text *code,
                        struct text *label) {
  (void)scope, (void)label;
  return yes_or_no(number, pair->level >= 0, code);
}

/* Due before the as-of day, and not closed. */
static bool of_overdue(const struct scope *scope, const struct pair *pair, size_t number, struct text *code,
                       struct text *label) {
  (void)label;
  day due = recommendation_of(scope, pair)->due_on;
  bool closed = pair->level >= 0 && scope->reg->levels[pair->level].closes;
  return yes_or_no(number, due != DAY_NONE && due < scope->as_of && !closed, code);
}

static bool of_kind(const struct scope *scope, const struct pair *pair, size_t number, struct text *code,
                    struct text *label) {
  (void)scope, (void)label;
  return single(number,
                pair->kind == LEVEL_REPORTED   ? "reported"
                : pair->kind == LEVEL_ASSESSED ? "assessed"
                                               : "",
                code);
}

static bool of_channel(const struct scope *scope, const struct pair *pair, size_t number, struct text *code,
                       struct text *label) {
  (void)scope, (void)label;
  return single(number, pair->channel >= 0 ? record_channels[pair->channel] : "", code);
}

static bool of_date(const struct scope *scope, const struct pair *pair, size_t number, struct text *code,
                    struct text *label) {
  (void)scope, (void)label;
  return add_day(number, pair->as_of, code);
}

static bool find_month(const struct pair *pair, size_t number, int *year, int *month) {
  int date;
  if (number > 0 || pair->as_of == DAY_NONE)
    return false;
  day_to_civil(pair->as_of, year, month, &date);
  return true;
}

static bool of_year(const struct scope *scope, const struct pair *pair, size_t number, struct text *code,
                    struct text *label) {
  (void)scope, (void)label;
  int year, month;
  if (!find_month(pair, number, &year, &month))
    return false;
  text_add_format(code, "%04d", year);
  return true;
}

static bool of_quarter(const struct scope *scope, const struct pair *pair, size_t number, struct text *code,
                       struct text *label) {
  (void)scope, (void)label;
  int year, month;
  if (!find_month(pair, number, &year, &month))
    return false;
  text_add_format(code, "%04d-Q%d", year, (month + 2) / 3);
  return true;
}

static bool of_month(const struct scope *scope, const struct pair *pair, size_t number, struct text *code,
                     struct text *label) {
  (void)scope, (void)label;
  int year, month;
  if (!find_month(pair, number, &year, &month))
    return false;
  text_add_format(code, "%04d-%02d", year, month);
  return true;
}

/* ---- of the day ---------------------------------------------------------- */

static bool of_year_end(const struct scope *scope, const struct pair *pair, size_t number, struct text *code,
                        struct text *label) {
  (void)pair, (void)label;
  return add_day(number, scope->as_of, code);
}

/* ---- the table ----------------------------------------------------------- */

static const char *const yes_no[] = {"yes", "no", NULL};
static const char *const kinds[] = {"reported", "assessed", NULL};

#define STATE          .looks_at = LOOKS_AT_STATE
#define RECOMMENDATION .looks_at = LOOKS_AT_RECOMMENDATION
#define RECORD         .looks_at = LOOKS_AT_RECORD

/* clang-format off */
const struct dimension dimensions[] = {
    {"state", N_("State"), "", STATE, .flags = AS_LISTED, .member = of_state},
    {"regional_group", N_("Regional group"), N_("No regional group"), STATE, .member = of_regional_group},
    {"m49_region", N_("Region"), N_("No region"), STATE, .member = of_m49_region},
    {"m49_subregion", N_("Subregion"), N_("No subregion"), STATE, .member = of_m49_subregion},
    {"ldc", N_("Least developed country"), "", STATE, .member = of_ldc},
    {"lldc", N_("Landlocked developing country"), "", STATE, .member = of_lldc},
    {"sids", N_("Small island developing State"), "", STATE, .member = of_sids},
    {"instrument", N_("Instrument"), N_("No instrument"), RECOMMENDATION, .member = of_instrument},
    {"body", N_("Body"), N_("No body"), RECOMMENDATION, .member = of_body},
    {"session", N_("Session"), N_("No session"), RECOMMENDATION, .flags = AS_ADOPTED, .member = of_session},
    {"document", N_("Document"), "", RECOMMENDATION, .flags = AS_LISTED, .member = of_document},
    {"chapter", N_("Chapter"), N_("No chapter"), RECOMMENDATION, .flags = AS_LISTED, .member = of_chapter},
    {"section", N_("Section"), N_("No section"), RECOMMENDATION, .flags = AS_LISTED, .member = of_section},
    {"recommendation", N_("Recommendation"), "", RECOMMENDATION, .flags = AS_LISTED, .member = of_recommendation},
    {"article", N_("Article"), N_("No article"), RECOMMENDATION, .flags = MANY_MEMBERS, .member = of_article},
    {"theme", N_("Theme"), N_("No theme"), RECOMMENDATION, .flags = MANY_MEMBERS, .member = of_theme},
    {"adopted", N_("Year of adoption"), N_("Unknown"), RECOMMENDATION, .member = of_adopted},
    {"age", N_("Years since adoption"), N_("Unknown"), RECOMMENDATION, .flags = BY_DAY, .member = of_age},
    {"due", N_("Due"), N_("No date"), RECOMMENDATION, .form = "YYYY-MM-DD", .member = of_due},
    {"level", N_("Level"), "", RECORD, .flags = ALL_SHOWN | AS_LISTED, .member = of_level},
    {"answered", N_("Answered"), "", RECORD, .flags = ALL_SHOWN | AS_LISTED, .member = of_answered},
    {"closed", N_("Closed"), "", RECORD, .flags = ALL_SHOWN | AS_LISTED, .member = of_closed},
    {"overdue", N_("Overdue"), "", RECORD, .choices = yes_no, .member = of_overdue},
    {"kind", N_("Kind of record"), N_("No record"), RECORD, .choices = kinds, .member = of_kind},
    {"channel", N_("Channel"), N_("Not said"), RECORD, .choices = record_channels, .member = of_channel},
    {"year", N_("Year of the record"), N_("No record"), RECORD, .form = "YYYY", .member = of_year},
    {"quarter", N_("Quarter of the record"), N_("No record"), RECORD, .form = "YYYY-Qn", .member = of_quarter},
    {"month", N_("Month of the record"), N_("No record"), RECORD, .form = "YYYY-MM", .member = of_month},
    {"date", N_("Day of the record"), N_("No record"), RECORD, .form = "YYYY-MM-DD", .member = of_date},
    {"year_end", N_("At the end of"), "", .looks_at = LOOKS_AT_DAY, .form = "YYYY-MM-DD", .member = of_year_end},
};
/* clang-format on */
const size_t dimension_count = sizeof dimensions / sizeof *dimensions;

const struct dimension *dimension_find(const char *name, size_t length, struct error *error) {
  AUTO_FREE char *wanted = memory_string_n(name, length);
  AUTO_NEAREST struct nearest nearest;
  nearest_begin(&nearest, wanted);
  for (size_t i = 0; i < dimension_count; i++) {
    if (strcmp(dimensions[i].name, wanted) == 0)
      return &dimensions[i];
    nearest_offer(&nearest, dimensions[i].name);
  }
  error_set(error, ERROR_USAGE, "unknown dimension: \"%s\"", wanted);
  nearest_remedy(&nearest, error, "The dimensions are %s.", nearest_offered(&nearest));
  return NULL;
}
