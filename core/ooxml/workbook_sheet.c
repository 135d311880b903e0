/* The XML of sheets and shared texts (ECMA-376-1, 18.3 and 18.4). */
#include "core/base/memory.h"
#include "core/ooxml/workbook_private.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---- texts --------------------------------------------------------------- */

int32_t workbook_escape(const char *s) {
  if (s[0] != '_' || s[1] != 'x')
    return -1;
  for (size_t i = 2; i < 6; i++)
    if (!isxdigit((unsigned char)s[i]))
      return -1;
  return s[6] == '_' ? (int32_t)strtol(s + 2, NULL, 16) : -1;
}

static void add_character(struct text *out, uint32_t character) {
  if (character < 0x80) {
    text_add_char(out, (char)character);
  } else if (character < 0x800) {
    text_add_char(out, (char)(0xC0 | character >> 6));
    text_add_char(out, (char)(0x80 | (character & 0x3F)));
  } else {
    text_add_char(out, (char)(0xE0 | character >> 12));
    text_add_char(out, (char)(0x80 | (character >> 6 & 0x3F)));
    text_add_char(out, (char)(0x80 | (character & 0x3F)));
  }
}

/* Halves of a pair are no characters, and NUL would cut the text: both are left as they are written. */
static void add_unescaped(struct text *out, const char *s) {
  enum { ESCAPE_LENGTH = sizeof "_x000D_" - 1 };
  while (*s != '\0') {
    int32_t unit = workbook_escape(s);
    if (unit > 0 && (unit < 0xD800 || unit > 0xDFFF)) {
      add_character(out, (uint32_t)unit);
      s += ESCAPE_LENGTH;
    } else {
      text_add_char(out, *s++);
    }
  }
}

/* All <t> inside the current element, which may be rich text; not what tells how it is pronounced. */
static bool add_texts(struct ooxml_reader *reader, struct text *out, struct error *error) {
  int depth = ooxml_depth(reader);
  bool in_text = false;
  for (;;) {
    enum ooxml_event event = ooxml_next(reader, error);
    if (event == OOXML_FAILED)
      return false;
    if (event == OOXML_ELEMENT_END && ooxml_depth(reader) == depth)
      return true;
    if (event == OOXML_ELEMENT && ooxml_is(reader, OOXML_SHEET, "rPh")) {
      if (!ooxml_skip(reader, error))
        return false;
    } else if (event == OOXML_CHARACTERS && in_text) {
      add_unescaped(out, ooxml_characters(reader));
    } else {
      in_text = event == OOXML_ELEMENT && ooxml_is(reader, OOXML_SHEET, "t");
    }
  }
}

bool shared_texts_read(struct ooxml *package, struct shared_texts *shared, struct error *error) {
  AUTO_FREE char *part = NULL;
  AUTO_OOXML_READER struct ooxml_reader *reader = NULL;
  if (!ooxml_related(package, ooxml_main_part(package), "sharedStrings", NULL, &part, error))
    return false;
  if (part == NULL)
    return true;
  if (!ooxml_read(package, part, &reader, error))
    return false;
  enum ooxml_event event;
  while ((event = ooxml_next(reader, error)) != OOXML_PART_END) {
    if (event == OOXML_FAILED)
      return false;
    if (event != OOXML_ELEMENT || !ooxml_is(reader, OOXML_SHEET, "si"))
      continue;
    memory_reserve((void **)&shared->starts, &shared->capacity, shared->count + 1, sizeof *shared->starts);
    shared->starts[shared->count++] = shared->texts.length;
    if (!add_texts(reader, &shared->texts, error))
      return false;
    text_add_char(&shared->texts, '\0');
  }
  return true;
}

void shared_texts_free(struct shared_texts *shared) {
  text_free(&shared->texts);
  free(shared->starts);
}

/* ---- cells --------------------------------------------------------------- */

struct sheet_reader {
  struct ooxml_reader *xml;
  const struct shared_texts *shared;
  struct workbook *workbook;
  struct workbook_sheet *sheet;
  uint32_t row, column; /* where the next cell stands if it doesn't say */
};

static bool spoilt(const struct sheet_reader *reader, const char *what, const char *value, struct error *error) {
  error_set(error, ERROR_DATA, "this Excel workbook is damaged: %s \"%.*s\" in the sheet \"%s\"", what,
            text_shown(value, strlen(value)), value, reader->sheet->name);
  error_remedy(error, "Open it in Excel or LibreOffice and save it anew; or ask the sender to send it again.");
  return error_at(error, reader->workbook->name, 0, 0);
}

/* A decimal number from 1 to `most`. */
static bool read_ordinal(const char *s, uint32_t most, uint32_t *out) {
  char *end;
  unsigned long value = strtoul(s, &end, 10);
  *out = (uint32_t)value;
  return isdigit((unsigned char)*s) && *end == '\0' && value >= 1 && value <= most;
}

static bool read_place(const char *s, uint32_t *row, uint32_t *column) {
  uint32_t value = 0;
  const char *at = s;
  for (; *at >= 'A' && *at <= 'Z' && value <= WORKBOOK_COLUMNS_MAX; at++)
    value = value * 26 + (uint32_t)(*at - 'A') + 1;
  *column = value - 1;
  if (value < 1 || value > WORKBOOK_COLUMNS_MAX || !read_ordinal(at, WORKBOOK_ROWS_MAX, row))
    return false;
  *row -= 1;
  return true;
}

static bool read_kind(const struct sheet_reader *reader, const char *type, enum workbook_kind *kind, bool *is_shared,
                      struct error *error) {
  static const struct {
    const char *type;
    enum workbook_kind kind;
  } types[] = {{"n", WORKBOOK_NUMBER},  {"s", WORKBOOK_TEXT},  {"str", WORKBOOK_TEXT}, {"inlineStr", WORKBOOK_TEXT},
               {"b", WORKBOOK_BOOLEAN}, {"e", WORKBOOK_ERROR}, {"d", WORKBOOK_DATE}};
  *is_shared = strcmp(type, "s") == 0;
  for (size_t i = 0; i < sizeof types / sizeof *types; i++)
    if (strcmp(types[i].type, type) == 0) {
      *kind = types[i].kind;
      return true;
    }
  return spoilt(reader, "an unknown type of cell", type, error);
}

static bool add_shared(const struct sheet_reader *reader, const char *number, struct error *error) {
  char *end;
  unsigned long index = strtoul(number, &end, 10);
  if (!isdigit((unsigned char)*number) || *end != '\0' || index >= reader->shared->count)
    return spoilt(reader, "no shared text has the number", number, error);
  text_add(&reader->workbook->texts, reader->shared->texts.data + reader->shared->starts[index]);
  return true;
}

/* What stands between <v> and </v>. */
static bool read_value(struct sheet_reader *reader, struct text *out, struct error *error) {
  enum ooxml_event event;
  while ((event = ooxml_next(reader->xml, error)) != OOXML_ELEMENT_END) {
    if (event == OOXML_FAILED)
      return false;
    if (event == OOXML_CHARACTERS)
      text_add(out, ooxml_characters(reader->xml));
    else if (!ooxml_skip(reader->xml, error))
      return false;
  }
  return true;
}

/* The content of a <c>, up to its end: <v>, or <is> for an inline text; a formula is passed over. */
static bool read_content(struct sheet_reader *reader, bool is_shared, bool *any, struct error *error) {
  AUTO_TEXT struct text value = {0};
  enum ooxml_event event;
  while ((event = ooxml_next(reader->xml, error)) != OOXML_ELEMENT_END) {
    if (event == OOXML_FAILED)
      return false;
    if (event != OOXML_ELEMENT)
      continue;
    bool is_value = ooxml_is(reader->xml, OOXML_SHEET, "v"), is_inline = ooxml_is(reader->xml, OOXML_SHEET, "is");
    *any = *any || is_value || is_inline;
    if (!(is_value    ? read_value(reader, &value, error)
          : is_inline ? add_texts(reader->xml, &reader->workbook->texts, error)
                      : ooxml_skip(reader->xml, error)))
      return false;
  }
  if (is_shared && *any)
    return add_shared(reader, text_string(&value), error);
  add_unescaped(&reader->workbook->texts, text_string(&value));
  return true;
}

/* Booleans are 0 and 1 in the file, and these words on the screen. */
static void say_boolean(struct text *texts, size_t start) {
  bool truth = strcmp(texts->data + start, "0") != 0;
  texts->length = start;
  text_add(texts, truth ? "TRUE" : "FALSE");
}

static bool keep_cell(struct sheet_reader *reader, const struct workbook_cell *cell, struct error *error) {
  struct workbook_sheet *sheet = reader->sheet;
  if (++reader->workbook->cell_count > WORKBOOK_CELLS_MAX || reader->workbook->texts.length > OOXML_INFLATED_MAX) {
    error_set(error, ERROR_DATA, "too large: more than %u cells", WORKBOOK_CELLS_MAX);
    error_remedy(error, "This is more than people fill in. Is it the right file?");
    return error_at(error, reader->workbook->name, 0, 0);
  }
  memory_reserve((void **)&sheet->cells, &sheet->capacity, sheet->count + 1, sizeof *sheet->cells);
  sheet->cells[sheet->count++] = *cell;
  return true;
}

static bool read_cell(struct sheet_reader *reader, struct error *error) {
  const char *place = ooxml_attribute(reader->xml, OOXML_PLAIN, "r");
  const char *type = ooxml_attribute(reader->xml, OOXML_PLAIN, "t");
  struct workbook_cell cell = {.row = reader->row, .column = reader->column, .text = reader->workbook->texts.length};
  bool is_shared, any = false;
  if (place != NULL && !read_place(place, &cell.row, &cell.column))
    return spoilt(reader, "no cell has the place", place, error);
  if (cell.column >= WORKBOOK_COLUMNS_MAX)
    return spoilt(reader, "a cell beyond the last column", "", error);
  reader->column = cell.column + 1;
  if (!read_kind(reader, type != NULL ? type : "n", &cell.kind, &is_shared, error) ||
      !read_content(reader, is_shared, &any, error))
    return false;
  if (!any || reader->workbook->texts.length == cell.text)
    return true;
  if (cell.kind == WORKBOOK_BOOLEAN)
    say_boolean(&reader->workbook->texts, cell.text);
  text_add_char(&reader->workbook->texts, '\0');
  return keep_cell(reader, &cell, error);
}

static bool begin_row(struct sheet_reader *reader, struct error *error) {
  const char *number = ooxml_attribute(reader->xml, OOXML_PLAIN, "r");
  uint32_t row;
  reader->column = 0;
  if (number == NULL)
    return true;
  if (!read_ordinal(number, WORKBOOK_ROWS_MAX, &row))
    return spoilt(reader, "no row has the number", number, error);
  reader->row = row - 1;
  return true;
}

bool workbook_read_sheet(struct ooxml *package, const char *part, const struct shared_texts *shared,
                         struct workbook *workbook, struct workbook_sheet *sheet, struct error *error) {
  AUTO_OOXML_READER struct ooxml_reader *xml = NULL;
  if (!ooxml_read(package, part, &xml, error))
    return false;
  struct sheet_reader reader = {.xml = xml, .shared = shared, .workbook = workbook, .sheet = sheet};
  enum ooxml_event event;
  while ((event = ooxml_next(xml, error)) != OOXML_PART_END) {
    if (event == OOXML_FAILED)
      return false;
    bool is_row = event != OOXML_CHARACTERS && ooxml_is(xml, OOXML_SHEET, "row");
    if (event == OOXML_ELEMENT_END)
      reader.row += is_row;
    else if (is_row && !begin_row(&reader, error))
      return false;
    else if (event == OOXML_ELEMENT && ooxml_is(xml, OOXML_SHEET, "c") && !read_cell(&reader, error))
      return false;
  }
  return true;
}
