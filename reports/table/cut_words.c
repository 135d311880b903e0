/* A cut from words. */
#include "reports/table/cut_words.h"

#include "core/base/memory.h"
#include "core/base/nearest.h"
#include "reports/table/preset.h"

#include <stdlib.h>
#include <string.h>

/* ---- values -------------------------------------------------------------- */

/* A value that must be one of a few: which one, in the order given. */
static bool one_of(const char *word, const char *value, const char *const *choices, size_t count, size_t *chosen,
                   struct error *error) {
  AUTO_NEAREST struct nearest nearest;
  AUTO_TEXT struct text all = {0};
  nearest_begin(&nearest, value);
  for (size_t i = 0; i < count; i++) {
    if (strcmp(choices[i], value) == 0) {
      *chosen = i;
      return true;
    }
    nearest_offer(&nearest, choices[i]);
    text_add_format(&all, "%s%s", i == 0 ? "" : i + 1 < count ? ", " : " or ", choices[i]);
  }
  error_set(error, ERROR_USAGE, "unknown %s: \"%s\"", word, value);
  return nearest_remedy(&nearest, error, "Write %s.", text_string(&all));
}

static bool read_day(const char *word, const char *value, day *out, struct error *error) {
  struct error found;
  if (day_parse_option(value, out, &found))
    return true;
  error_set(error, ERROR_USAGE, "%s: %s", word, found.message);
  return error_remedy(error, "%s", found.remedy);
}

static void keep(char **place, const char *value) {
  free(*place);
  *place = memory_string(value);
}

/* ---- words --------------------------------------------------------------- */

static bool set_as_of(struct cut *cut, const char *value, struct error *error) {
  return read_day("as-of", value, &cut->as_of, error);
}

static bool set_compare(struct cut *cut, const char *value, struct error *error) {
  return read_day("compare", value, &cut->compare, error);
}

static bool set_from(struct cut *cut, const char *value, struct error *error) {
  return read_day("from", value, &cut->from, error);
}

static bool set_known_at(struct cut *cut, const char *value, struct error *error) {
  if (moment_parse(value, strlen(value), &cut->known_at, error))
    return true;
  error->code = ERROR_USAGE;
  return false;
}

static bool set_known_from(struct cut *cut, const char *value, struct error *error) {
  if (!cut->preset->spans) {
    error_set(error, ERROR_USAGE, "the report \"%s\" takes no \"known-from\"", cut->preset->name);
    return error_remedy(error, "Use it with diff or changes, or --known-at for a table as it was known.");
  }
  if (moment_parse(value, strlen(value), &cut->known_from, error))
    return true;
  error->code = ERROR_USAGE;
  return false;
}

static bool set_kind(struct cut *cut, const char *value, struct error *error) {
  static const char *const names[] = {"reported", "assessed", "both"};
  static const enum level_kind kinds[] = {LEVEL_REPORTED, LEVEL_ASSESSED, LEVEL_BOTH};
  size_t chosen = 0;
  if (!one_of("kind", value, names, sizeof names / sizeof *names, &chosen, error))
    return false;
  cut->kind = kinds[chosen];
  return true;
}

static bool set_layout(struct cut *cut, const char *value, struct error *error) {
  static const char *const names[] = {[LAYOUT_WIDE] = "wide", [LAYOUT_LONG] = "long"};
  size_t chosen = 0;
  if (!one_of("layout", value, names, sizeof names / sizeof *names, &chosen, error))
    return false;
  cut->layout = (enum cut_layout)chosen;
  return true;
}

/* A flag on the command line has no value. */
static bool read_flag(const char *word, const char *value, bool *out, struct error *error) {
  static const char *const names[] = {"no", "yes"};
  size_t chosen = 1;
  if (value != NULL && !one_of(word, value, names, sizeof names / sizeof *names, &chosen, error))
    return false;
  *out = chosen == 1;
  return true;
}

static bool set_include_non_parties(struct cut *cut, const char *value, struct error *error) {
  return read_flag("include-non-parties", value, &cut->include_non_parties, error);
}

static bool set_response_rate(struct cut *cut, const char *value, struct error *error) {
  return read_flag("response-rate", value, &cut->response_rate, error);
}

static bool set_language(struct cut *cut, const char *value, struct error *error) {
  return language_parse(value, &cut->language, error);
}

static bool set_state(struct cut *cut, const char *value, struct error *error) {
  if (cut->preset->of_state) {
    keep(&cut->state, value);
    return true;
  }
  error_set(error, ERROR_USAGE, "the report \"%s\" is not of one State", cut->preset->name);
  return error_remedy(error, "Use \"profile\", or the condition state = \"%s\".", value);
}

static bool set_title(struct cut *cut, const char *value, struct error *error) {
  (void)error;
  keep(&cut->title, value);
  return true;
}

enum word_flags {
  NEEDS_NO_VALUE = 1,
  SHAPES = 2, /* says what the table looks like: not for reports that have a shape of their own */
};

static const struct {
  const char *name;
  unsigned flags;
  bool (*set)(struct cut *cut, const char *value, struct error *error);
} words[] = {
    {"as-of", 0, set_as_of},
    {"cols", SHAPES, cut_set_columns},
    {"compare", SHAPES, set_compare},
    {"from", 0, set_from},
    {"include-non-parties", NEEDS_NO_VALUE, set_include_non_parties},
    {"kind", 0, set_kind},
    {"known-at", 0, set_known_at},
    {"known-from", 0, set_known_from},
    {"lang", 0, set_language},
    {"layout", SHAPES, set_layout},
    {"measure", SHAPES, cut_set_measure},
    {"response-rate", SHAPES | NEEDS_NO_VALUE, set_response_rate},
    {"rows", SHAPES, cut_set_rows},
    {"state", 0, set_state},
    {"title", 0, set_title},
    {"where", 0, cut_set_where},
};
static const size_t word_count = sizeof words / sizeof *words;

static bool unknown_word(const char *word, struct error *error) {
  AUTO_NEAREST struct nearest nearest;
  nearest_begin(&nearest, word);
  for (size_t i = 0; i < word_count; i++) {
    nearest_offer(&nearest, words[i].name);
  }
  error_set(error, ERROR_USAGE, "a report has no \"%s\"", word);
  return nearest_remedy(&nearest, error, "What can be said of a report: %s.", nearest_offered(&nearest));
}

/* ---- the whole ----------------------------------------------------------- */

bool cut_begin(struct cut *cut, const char *report, struct error *error) {
  *cut = (struct cut){.as_of = day_today(),
                      .compare = DAY_NONE,
                      .from = DAY_NONE,
                      .known_at = MOMENT_NONE,
                      .known_from = MOMENT_NONE,
                      .kind = LEVEL_REPORTED};
  const struct preset *preset = preset_find(report, error);
  return preset != NULL && preset_apply(preset, cut, error);
}

bool cut_set(struct cut *cut, const char *word, const char *value, struct error *error) {
  for (size_t i = 0; i < word_count; i++) {
    if (strcmp(words[i].name, word) != 0)
      continue;
    if ((words[i].flags & SHAPES) != 0 && cut->preset->has_own_shape) {
      error_set(error, ERROR_USAGE, "the report \"%s\" has a shape of its own and takes no \"%s\"", cut->preset->name,
                word);
      return error_remedy(error, "Use \"rectrack report crosstab\" with --rows, --cols and --measure.");
    }
    if (value != NULL || (words[i].flags & NEEDS_NO_VALUE) != 0)
      return words[i].set(cut, value, error);
    error_set(error, ERROR_USAGE, "\"%s\" needs a value", word);
    return error_remedy(error, "See \"rectrack help report\".");
  }
  return unknown_word(word, error);
}

static bool shows_percent(const struct cut *cut, enum cut_shown shown) {
  for (size_t i = 0; i < cut->shown_count; i++)
    if (cut->shown[i] == shown)
      return true;
  return false;
}

static bool check_days(const struct cut *cut, struct error *error) {
  if (cut->from != DAY_NONE && !cut_lists_days(cut) && !cut->preset->spans) {
    error_set(error, ERROR_USAGE, "the report \"%s\" speaks of one day and takes no \"from\"", cut->preset->name);
    return error_remedy(error, "Use --as-of, or --compare for the change since a day.");
  }
  /* What was known at an earlier moment may be compared on one day. */
  day latest = cut->known_from != MOMENT_NONE ? cut->as_of : cut->as_of - 1;
  if (cut->from != DAY_NONE && cut->from > latest) {
    char from[DAY_TEXT_SIZE], to[DAY_TEXT_SIZE];
    error_set(error, ERROR_USAGE, "the earlier day, %s, is not before the later one, %s", day_format(cut->from, from),
              day_format(cut->as_of, to));
    return error_remedy(error, "Give an earlier --from, or a later day to compare it with.");
  }
  if (cut->compare == DAY_NONE)
    return true;
  if (cut_lists_days(cut)) {
    error_set(error, ERROR_USAGE, "a table of several years compares them already");
    return error_remedy(error, "Leave out --compare.");
  }
  if (cut->compare < cut->as_of)
    return true;
  error_set(error, ERROR_USAGE, "the day to compare with must be before the as-of day");
  return error_remedy(error, "Give an earlier day to --compare, or a later one to --as-of.");
}

const char *cut_word(size_t number) {
  return number < word_count ? words[number].name : NULL;
}

bool cut_check(const struct cut *cut, struct error *error) {
  if (!cut->preset->has_own_shape && (cut->row_count == 0 || cut->column_count == 0)) {
    error_set(error, ERROR_USAGE, "a crosstab needs --rows and --cols");
    return error_remedy(error, "For example: rectrack report crosstab --rows regional_group --cols level.");
  }
  if (cut_lists_days(cut) && (shows_percent(cut, SHOW_TOTAL_PERCENT) || shows_percent(cut, SHOW_COLUMN_PERCENT))) {
    error_set(error, ERROR_USAGE, "years can't be added up, so that there is no total to take a percentage of");
    return error_remedy(error, "Use --measure row-percent, with the years as rows.");
  }
  if (cut->preset->of_state && cut->state == NULL) {
    error_set(error, ERROR_USAGE, "the report \"%s\" needs a State", cut->preset->name);
    return error_remedy(error, "For example: rectrack report %s Italy.", cut->preset->name);
  }
  return check_days(cut, error);
}
