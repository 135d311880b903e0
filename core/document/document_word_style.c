/* The styles of a Word document, as far as they number paragraphs or tell a table of contents. */
#include "core/document/document_word.h"

#include "core/base/memory.h"

#include <stdlib.h>
#include <string.h>

enum { BASED_ON_MAX = 32 };

bool word_is_on(struct ooxml_reader *reader) {
  const char *value = ooxml_attribute(reader, OOXML_WORD, "val");
  return value == NULL || (strcmp(value, "0") != 0 && strcmp(value, "false") != 0 && strcmp(value, "off") != 0);
}

int word_attribute_number(struct ooxml_reader *reader, const char *name, int otherwise) {
  const char *value = ooxml_attribute(reader, OOXML_WORD, name);
  char *end;
  long number = value != NULL ? strtol(value, &end, 10) : 0;
  bool good = value != NULL && end != value && *end == '\0' && number >= 0 && number <= INT32_MAX;
  return good ? (int)number : otherwise;
}

int word_number(struct ooxml_reader *reader, int otherwise) {
  return word_attribute_number(reader, "val", otherwise);
}

static char *copy_value(struct ooxml_reader *reader) {
  const char *value = ooxml_attribute(reader, OOXML_WORD, "val");
  return value != NULL ? memory_string(value) : NULL;
}

static void begin_style(struct word_styles *styles, struct ooxml_reader *reader) {
  memory_reserve((void **)&styles->items, &styles->capacity, styles->count + 1, sizeof *styles->items);
  struct word_style *style = &styles->items[styles->count++];
  const char *id = ooxml_attribute(reader, OOXML_WORD, "styleId");
  *style = (struct word_style){.id = memory_string(id != NULL ? id : ""), .number_list = -1, .level = -1};
  const char *type = ooxml_attribute(reader, OOXML_WORD, "type");
  const char *is_default = ooxml_attribute(reader, OOXML_WORD, "default");
  style->is_numbering = type != NULL && strcmp(type, "numbering") == 0;
  bool defaults = is_default != NULL && strcmp(is_default, "0") != 0 && strcmp(is_default, "false") != 0 &&
                  type != NULL && strcmp(type, "paragraph") == 0;
  if (defaults && styles->default_style == SIZE_MAX)
    styles->default_style = styles->count - 1;
  name_index_add(styles->by_id, style->id, strlen(style->id), (int32_t)styles->count - 1);
}

static bool read_element(struct word_styles *styles, struct ooxml_reader *reader, struct error *error) {
  if (ooxml_is(reader, OOXML_WORD, "style")) {
    begin_style(styles, reader);
    return true;
  }
  if (ooxml_is(reader, OOXML_WORD, "pPrChange") || ooxml_is(reader, OOXML_WORD, "docDefaults") ||
      ooxml_is(reader, OOXML_WORD, "tblStylePr"))
    return ooxml_skip(reader, error);
  if (styles->count == 0)
    return true;
  struct word_style *style = &styles->items[styles->count - 1];
  if (ooxml_is(reader, OOXML_WORD, "name") && style->name == NULL)
    style->name = copy_value(reader);
  else if (ooxml_is(reader, OOXML_WORD, "basedOn") && style->based_on == NULL)
    style->based_on = copy_value(reader);
  else if (ooxml_is(reader, OOXML_WORD, "numId"))
    style->number_list = word_number(reader, -1);
  else if (ooxml_is(reader, OOXML_WORD, "ilvl"))
    style->level = word_number(reader, -1);
  return true;
}

bool word_styles_read(struct ooxml *package, struct word_styles *styles, struct error *error) {
  AUTO_FREE char *part = NULL;
  AUTO_OOXML_READER struct ooxml_reader *reader = NULL;
  styles->by_id = name_index_new();
  styles->default_style = SIZE_MAX;
  if (!ooxml_related(package, ooxml_main_part(package), "styles", NULL, &part, error))
    return false;
  if (part == NULL)
    return true;
  if (!ooxml_read(package, part, &reader, error))
    return false;
  for (enum ooxml_event event; (event = ooxml_next(reader, error)) != OOXML_PART_END;)
    if (event == OOXML_FAILED || (event == OOXML_ELEMENT && !read_element(styles, reader, error)))
      return false;
  return true;
}

void word_styles_free(struct word_styles *styles) {
  for (size_t i = 0; i < styles->count; i++) {
    free(styles->items[i].id);
    free(styles->items[i].name);
    free(styles->items[i].based_on);
  }
  free(styles->items);
  name_index_free(&styles->by_id);
  *styles = (struct word_styles){0};
}

const struct word_style *word_style_find(const struct word_styles *styles, const char *id) {
  if (id == NULL || *id == '\0')
    return styles->default_style != SIZE_MAX ? &styles->items[styles->default_style] : NULL;
  int32_t found = name_index_find(styles->by_id, id, strlen(id));
  return found >= 0 ? &styles->items[found] : NULL;
}

const struct word_style *word_style_numbered(const struct word_styles *styles, const struct word_style *style) {
  for (int steps = 0; style != NULL && steps < BASED_ON_MAX; steps++) {
    if (style->number_list >= 0)
      return style;
    style = style->based_on != NULL ? word_style_find(styles, style->based_on) : NULL;
  }
  return NULL;
}
