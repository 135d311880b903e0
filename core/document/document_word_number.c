/*
 * The numbers that Word counts by itself (ECMA-376 part 1, 17.9).
 *
 * A list (w:num) is an instance of a definition (w:abstractNum) with up to nine levels.  All lists of one definition
 * count on together, except where one says that it starts anew; a paragraph of one level lets the deeper ones begin
 * again.
 */
#include "core/document/document_word.h"

#include "core/base/memory.h"
#include "core/document/reference.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LEVELS = 9, NUMBER_MAX = 32767, LINKS_MAX = 8 };

struct level {
  char *format; /* w:numFmt: "decimal", "upperRoman", …; NULL: decimal */
  char *text;   /* w:lvlText: "(%1)"; NULL: none */
  char *style;  /* tied to this level; NULL: none */
  int start;
  int restart; /* deeper than this level it begins again; -1: than any */
  bool is_set;
  bool legal; /* shows all numbers in digits */
};

struct definition {
  char *style_link; /* the style of lists that defines it; NULL: it stands here */
  struct level levels[LEVELS];
  int counts[LEVELS]; /* of the last paragraph; -1: not begun */
};

struct list {
  int definition; /* its number; -1: none */
  struct level overrides[LEVELS];
  int starts[LEVELS]; /* it starts anew with; -1: it counts on */
  bool started[LEVELS];
};

struct word_numbers {
  const struct word_styles *styles;
  struct definition *definitions;
  size_t definition_count, definition_capacity;
  struct list *lists;
  size_t list_count, list_capacity;
  struct name_index *definitions_by_id, *lists_by_id; /* the bytes of the number to an index */
};

/* ---- reading ------------------------------------------------------------- */

/* Where in the part the reader is. */
struct place {
  struct word_numbers *numbers;
  struct definition *definition; /* NULL: outside; likewise below */
  struct list *list;
  struct level *level;
  int override; /* level number inside w:lvlOverride; -1: outside */
};

static void keep(char **field, struct ooxml_reader *reader) {
  const char *value = ooxml_attribute(reader, OOXML_WORD, "val");
  free(*field);
  *field = value != NULL ? memory_string(value) : NULL;
}

static void add_to_index(struct name_index *index, int id, size_t at) {
  name_index_add(index, (const char *)&id, sizeof id, (int32_t)at);
}

static void begin_definition(struct place *place, struct ooxml_reader *reader) {
  struct word_numbers *numbers = place->numbers;
  memory_reserve((void **)&numbers->definitions, &numbers->definition_capacity, numbers->definition_count + 1,
                 sizeof *numbers->definitions);
  place->definition = &numbers->definitions[numbers->definition_count++];
  *place->definition = (struct definition){0};
  add_to_index(numbers->definitions_by_id, word_attribute_number(reader, "abstractNumId", -1),
               numbers->definition_count - 1);
  place->list = NULL;
  place->level = NULL;
  for (int i = 0; i < LEVELS; i++)
    place->definition->counts[i] = -1;
}

static void begin_list(struct place *place, struct ooxml_reader *reader) {
  struct word_numbers *numbers = place->numbers;
  memory_reserve((void **)&numbers->lists, &numbers->list_capacity, numbers->list_count + 1, sizeof *numbers->lists);
  place->list = &numbers->lists[numbers->list_count++];
  *place->list = (struct list){.definition = -1};
  add_to_index(numbers->lists_by_id, word_attribute_number(reader, "numId", -1), numbers->list_count - 1);
  place->definition = NULL;
  place->level = NULL;
  place->override = -1;
  for (int i = 0; i < LEVELS; i++)
    place->list->starts[i] = -1;
}

static void begin_level(struct place *place, struct ooxml_reader *reader) {
  int number = word_attribute_number(reader, "ilvl", -1);
  place->level = NULL;
  if (number < 0 || number >= LEVELS)
    return;
  if (place->definition != NULL)
    place->level = &place->definition->levels[number];
  else if (place->list != NULL && place->override == number)
    place->level = &place->list->overrides[number];
  if (place->level == NULL || place->level->is_set)
    return;
  *place->level = (struct level){.start = 1, .restart = -1, .is_set = true};
}

static void read_level(struct level *level, struct ooxml_reader *reader) {
  if (ooxml_is(reader, OOXML_WORD, "start"))
    level->start = word_number(reader, 1);
  else if (ooxml_is(reader, OOXML_WORD, "numFmt"))
    keep(&level->format, reader);
  else if (ooxml_is(reader, OOXML_WORD, "lvlText"))
    keep(&level->text, reader);
  else if (ooxml_is(reader, OOXML_WORD, "pStyle"))
    keep(&level->style, reader);
  else if (ooxml_is(reader, OOXML_WORD, "lvlRestart"))
    level->restart = word_number(reader, -1);
  else if (ooxml_is(reader, OOXML_WORD, "isLgl"))
    level->legal = word_is_on(reader);
}

static void read_list(struct place *place, struct ooxml_reader *reader) {
  if (ooxml_is(reader, OOXML_WORD, "abstractNumId"))
    place->list->definition = word_number(reader, -1);
  else if (ooxml_is(reader, OOXML_WORD, "lvlOverride"))
    place->override = word_attribute_number(reader, "ilvl", -1);
  else if (ooxml_is(reader, OOXML_WORD, "startOverride") && place->override >= 0 && place->override < LEVELS)
    place->list->starts[place->override] = word_number(reader, 1);
}

static bool read_element(struct place *place, struct ooxml_reader *reader, struct error *error) {
  /* pictures as bullets, and how the number looks */
  if (ooxml_is(reader, OOXML_WORD, "numPicBullet") || ooxml_is(reader, OOXML_WORD, "rPr") ||
      ooxml_is(reader, OOXML_WORD, "pPr"))
    return ooxml_skip(reader, error);
  if (ooxml_is(reader, OOXML_WORD, "abstractNum"))
    begin_definition(place, reader);
  else if (ooxml_is(reader, OOXML_WORD, "num"))
    begin_list(place, reader);
  else if (ooxml_is(reader, OOXML_WORD, "lvl"))
    begin_level(place, reader);
  else if (ooxml_is(reader, OOXML_WORD, "numStyleLink") && place->definition != NULL)
    keep(&place->definition->style_link, reader);
  else if (place->level != NULL)
    read_level(place->level, reader);
  else if (place->list != NULL)
    read_list(place, reader);
  return true;
}

static void leave_element(struct place *place, struct ooxml_reader *reader) {
  if (ooxml_is(reader, OOXML_WORD, "lvl"))
    place->level = NULL;
  else if (ooxml_is(reader, OOXML_WORD, "lvlOverride"))
    place->override = -1;
}

static bool read_part(struct word_numbers *numbers, struct ooxml *package, const char *part, struct error *error) {
  AUTO_OOXML_READER struct ooxml_reader *reader = NULL;
  struct place place = {.numbers = numbers, .override = -1};
  if (!ooxml_read(package, part, &reader, error))
    return false;
  for (enum ooxml_event event; (event = ooxml_next(reader, error)) != OOXML_PART_END;) {
    if (event == OOXML_FAILED || (event == OOXML_ELEMENT && !read_element(&place, reader, error)))
      return false;
    if (event == OOXML_ELEMENT_END)
      leave_element(&place, reader);
  }
  return true;
}

bool word_numbers_read(struct ooxml *package, const struct word_styles *styles, struct word_numbers **out,
                       struct error *error) {
  AUTO_FREE char *part = NULL;
  AUTO_WORD_NUMBERS struct word_numbers *numbers = memory_new(1, sizeof *numbers);
  numbers->styles = styles;
  numbers->definitions_by_id = name_index_new();
  numbers->lists_by_id = name_index_new();
  if (!ooxml_related(package, ooxml_main_part(package), "numbering", NULL, &part, error) ||
      (part != NULL && !read_part(numbers, package, part, error)))
    return false;
  *out = numbers;
  numbers = NULL;
  return true;
}

static void level_free(struct level *level) {
  free(level->format);
  free(level->text);
  free(level->style);
}

void word_numbers_free(struct word_numbers **pointer) {
  struct word_numbers *numbers = *pointer;
  if (numbers == NULL)
    return;
  for (size_t i = 0; i < numbers->definition_count; i++) {
    free(numbers->definitions[i].style_link);
    for (int level = 0; level < LEVELS; level++)
      level_free(&numbers->definitions[i].levels[level]);
  }
  for (size_t i = 0; i < numbers->list_count; i++)
    for (int level = 0; level < LEVELS; level++)
      level_free(&numbers->lists[i].overrides[level]);
  name_index_free(&numbers->definitions_by_id);
  name_index_free(&numbers->lists_by_id);
  free(numbers->definitions);
  free(numbers->lists);
  free(numbers);
  *pointer = NULL;
}

/* ---- finding ------------------------------------------------------------- */

static struct list *find_list(const struct word_numbers *numbers, int id) {
  int32_t found = name_index_find(numbers->lists_by_id, (const char *)&id, sizeof id);
  return found >= 0 ? &numbers->lists[found] : NULL;
}

/* The definition of a list, which may stand where a style of lists says. */
static struct definition *find_definition(const struct word_numbers *numbers, const struct list *list) {
  for (int steps = 0; list != NULL && steps < LINKS_MAX; steps++) {
    int32_t found =
        name_index_find(numbers->definitions_by_id, (const char *)&list->definition, sizeof list->definition);
    struct definition *definition = found >= 0 ? &numbers->definitions[found] : NULL;
    if (definition == NULL || definition->style_link == NULL)
      return definition;
    const struct word_style *style = word_style_find(numbers->styles, definition->style_link);
    list = style != NULL && style->number_list >= 0 ? find_list(numbers, style->number_list) : NULL;
  }
  return NULL;
}

int word_numbers_level(const struct word_numbers *numbers, int list_id, const char *style) {
  const struct list *list = find_list(numbers, list_id);
  const struct definition *definition = find_definition(numbers, list);
  for (int i = 0; definition != NULL && i < LEVELS; i++)
    if (definition->levels[i].style != NULL && strcmp(definition->levels[i].style, style) == 0)
      return i;
  return -1;
}

static const struct level *find_level(const struct definition *definition, const struct list *list, int level) {
  return list->overrides[level].is_set ? &list->overrides[level] : &definition->levels[level];
}

/* ---- counting ------------------------------------------------------------ */

/* a, b, … z, aa, bb, …: Word repeats the letter */
static void add_letters(struct text *out, int number, char first) {
  if (number < 1 || number > NUMBER_MAX)
    return;
  for (int i = 0; i <= (number - 1) / 26; i++)
    text_add_char(out, (char)(first + (number - 1) % 26));
}

static void add_roman(struct text *out, int number, bool small) {
  char numeral[16];
  size_t length = number >= 1 && number <= 3999 ? reference_roman_format((unsigned)number, numeral) : 0;
  for (size_t i = 0; i < length; i++)
    text_add_char(out, small ? (char)(numeral[i] - 'A' + 'a') : numeral[i]);
}

static void add_number(struct text *out, int number, const char *format) {
  if (format == NULL || strcmp(format, "decimal") == 0)
    text_add_format(out, "%d", number);
  else if (strcmp(format, "lowerLetter") == 0 || strcmp(format, "upperLetter") == 0)
    add_letters(out, number, *format == 'l' ? 'a' : 'A');
  else if (strcmp(format, "lowerRoman") == 0 || strcmp(format, "upperRoman") == 0)
    add_roman(out, number, *format == 'l');
  else if (strcmp(format, "decimalZero") == 0)
    text_add_format(out, "%02d", number);
  else if (strcmp(format, "none") != 0)
    text_add_format(out, "%d", number);
}

/* Lets the deeper levels begin again, as far as they say. */
static void begin_deeper(struct definition *definition, const struct list *list, int level) {
  for (int deeper = level + 1; deeper < LEVELS; deeper++) {
    int restart = find_level(definition, list, deeper)->restart;
    if (restart < 0 || (restart > 0 && level < restart))
      definition->counts[deeper] = -1;
  }
}

static void count(struct definition *definition, struct list *list, int level) {
  int *counts = definition->counts;
  if (!list->started[level] && list->starts[level] >= 0)
    counts[level] = list->starts[level];
  else if (counts[level] < 0)
    counts[level] = find_level(definition, list, level)->start;
  else if (counts[level] < NUMBER_MAX)
    counts[level]++;
  list->started[level] = true;
  for (int above = 0; above < level; above++)
    if (counts[above] < 0)
      counts[above] = find_level(definition, list, above)->start;
  begin_deeper(definition, list, level);
}

void word_numbers_next(struct word_numbers *numbers, int list_id, int level, struct text *out) {
  struct list *list = find_list(numbers, list_id);
  struct definition *definition = find_definition(numbers, list);
  if (definition == NULL || level < 0 || level >= LEVELS)
    return;
  count(definition, list, level);
  const struct level *shown = find_level(definition, list, level);
  if (shown->format != NULL && strcmp(shown->format, "bullet") == 0) {
    text_add(out, "\u2022");
    return;
  }
  for (const char *s = shown->text != NULL ? shown->text : ""; *s != '\0'; s++) {
    if (*s != '%' || s[1] < '1' || s[1] > '9') {
      text_add_char(out, *s);
      continue;
    }
    int of = *++s - '1';
    add_number(out, definition->counts[of] < 0 ? find_level(definition, list, of)->start : definition->counts[of],
               shown->legal ? NULL : find_level(definition, list, of)->format);
  }
}
