/*
 * The body of a Word document into lines, a paragraph each.
 *
 * Paragraphs may stand inside each other: a text box hangs in a paragraph's run.  Each is put out when it ends, so what
 * is in a box comes before the paragraph that it hangs in.
 */
#include "core/document/document_word.h"

#include "core/base/interrupt.h"
#include "core/base/memory.h"
#include "core/document/document_private.h"

#include <stdlib.h>
#include <string.h>
#include <unistr.h>

/* More than any document has; what goes beyond is refused. */
enum { NESTED_MAX = 32, HEADS_MAX = 64 };

static const char LINE_BREAK = '\v';

/* A paragraph that has begun and not ended. */
struct open_paragraph {
  struct text text;
  char *style;
  int list, level;   /* w:numId, w:ilvl; -1 where not said */
  bool mark_deleted; /* it goes on in the next one */
};

enum left_out { LEFT_NOTES, LEFT_PICTURES, LEFT_HIDDEN, LEFT_FILES, LEFT_KINDS };

struct body {
  struct ooxml *package;
  struct ooxml_reader *reader;
  struct word_styles styles;
  struct word_numbers *numbers;
  struct word_text *out;
  struct open_paragraph open[NESTED_MAX];
  size_t depth;                                 /* how many are open */
  struct text carried;                          /* of paragraphs whose mark was deleted */
  uint64_t lines;                               /* put out */
  int properties;                               /* nested in how many w:pPr */
  bool in_text;                                 /* inside w:t: what comes is text */
  bool hidden;                                  /* the run is */
  uint64_t left[LEFT_KINDS], first[LEFT_KINDS]; /* how much was left out, and the line of the first */
  size_t pictures_open;                         /* w:drawing and w:pict around the current element */
  char *heads[HEADS_MAX];                       /* identifiers of the parts that have the heads of pages */
  size_t head_count;
};

static void body_free(struct body *body) {
  for (size_t i = 0; i < body->depth; i++) {
    text_free(&body->open[i].text);
    free(body->open[i].style);
  }
  for (size_t i = 0; i < body->head_count; i++)
    free(body->heads[i]);
  text_free(&body->carried);
  word_numbers_free(&body->numbers);
  word_styles_free(&body->styles);
  ooxml_reader_close(&body->reader);
  ooxml_close(&body->package);
}

void word_text_free(struct word_text *text) {
  text_free(&text->text);
  for (size_t i = 0; i < text->finding_count; i++)
    free(text->findings[i].message);
  free(text->findings);
  free(text->symbol);
  *text = (struct word_text){0};
}

/* ---- what is left out ---------------------------------------------------- */

static void leave_out(struct body *body, enum left_out kind) {
  if (body->left[kind]++ == 0)
    body->first[kind] = body->lines + 1;
}

static void tell_left_out(struct body *body) {
  static const char *const what[LEFT_KINDS] = {
      [LEFT_NOTES] = "footnotes and endnotes left out",
      [LEFT_PICTURES] = "pictures left out, in which nothing can be read",
      [LEFT_HIDDEN] = "stretches of hidden text left out",
      [LEFT_FILES] = "embedded files left out, which can't be read",
  };
  struct word_text *out = body->out;
  out->findings = memory_new(LEFT_KINDS, sizeof *out->findings);
  for (int kind = 0; kind < LEFT_KINDS; kind++) {
    if (body->left[kind] == 0)
      continue;
    AUTO_TEXT struct text message = {0};
    text_add_format(&message, "%s: %ju, the first here", what[kind], (uintmax_t)body->left[kind]);
    out->findings[out->finding_count++] =
        (struct document_finding){.line = body->first[kind], .message = text_take(&message)};
  }
}

/* ---- paragraphs ---------------------------------------------------------- */

static bool begin_paragraph(struct body *body, struct error *error) {
  if (body->depth == NESTED_MAX)
    return error_set(error, ERROR_DATA, "its text boxes are nested too deeply");
  body->open[body->depth++] = (struct open_paragraph){.list = -1, .level = -1};
  body->in_text = body->hidden = false;
  return true;
}

/* "toc 1": an entry of a table of contents. */
static bool is_contents(const struct word_style *style) {
  return style != NULL && style->name != NULL && strncasecmp(style->name, "toc ", 4) == 0 && style->name[4] >= '1' &&
         style->name[4] <= '9';
}

/* Adds the number that Word counts, by the paragraph's own list or its style's. */
static void add_number(struct body *body, const struct open_paragraph *paragraph, const struct word_style *style,
                       struct text *line) {
  int list = paragraph->list, level = paragraph->level;
  const struct word_style *numbered = word_style_numbered(&body->styles, style);
  if (list < 0 && numbered != NULL) {
    list = numbered->number_list;
    int tied = word_numbers_level(body->numbers, list, style->id);
    tied = tied < 0 ? word_numbers_level(body->numbers, list, numbered->id) : tied;
    level = level >= 0 ? level : tied >= 0 ? tied : numbered->level;
  }
  if (list <= 0)
    return;
  word_numbers_next(body->numbers, list, level >= 0 ? level : 0, line);
  if (line->length > 0)
    text_add_char(line, ' ');
}

static bool is_blank(const struct text *text) {
  return text->length == 0 || strspn(text->data, " \t\v") == text->length;
}

/* Puts a paragraph out; one whose mark was deleted goes on in the next. */
static void put_out(struct body *body, const struct open_paragraph *paragraph, bool last) {
  const struct word_style *style = word_style_find(&body->styles, paragraph->style);
  if (paragraph->mark_deleted && !last) {
    text_add_n(&body->carried, text_string(&paragraph->text), paragraph->text.length);
    return;
  }
  AUTO_TEXT struct text line = {0};
  if (!is_contents(style)) {
    add_number(body, paragraph, style, &line);
    if (is_blank(&paragraph->text) && is_blank(&body->carried))
      text_clear(&line);
    text_add_n(&line, text_string(&body->carried), body->carried.length);
    text_add_n(&line, text_string(&paragraph->text), paragraph->text.length);
  }
  text_clear(&body->carried);
  text_add_n(&body->out->text, text_string(&line), line.length);
  text_add_char(&body->out->text, '\n');
  body->lines++;
}

static bool end_paragraph(struct body *body, struct error *error) {
  if (body->depth == 0)
    return true;
  struct open_paragraph paragraph = body->open[--body->depth];
  put_out(body, &paragraph, false);
  text_free(&paragraph.text);
  free(paragraph.style);
  return body->lines % 1024 != 0 || interrupt_check(error);
}

/* ---- text ---------------------------------------------------------------- */

static struct text *current_text(struct body *body) {
  return body->depth > 0 && !body->hidden ? &body->open[body->depth - 1].text : NULL;
}

static void add(struct body *body, const char *s) {
  struct text *text = current_text(body);
  if (text != NULL)
    text_add(text, s);
}

/* Text as it stands in the XML; its line ends mean nothing. */
static void add_characters(struct body *body, const char *s) {
  struct text *text = current_text(body);
  if (text == NULL) {
    if (body->hidden)
      leave_out(body, LEFT_HIDDEN);
    return;
  }
  for (; *s != '\0'; s++)
    text_add_char(text, *s == '\n' || *s == '\r' || *s == '\f' || *s == '\v' ? ' ' : *s);
}

/* w:sym: a sign of a font, by its number in hexadecimal. */
static void add_sign(struct body *body) {
  const char *value = ooxml_attribute(body->reader, OOXML_WORD, "char");
  unsigned long number = value != NULL ? strtoul(value, NULL, 16) : 0;
  /* fonts of signs lie at U+F000 and above; there is no telling what one looks like */
  if (number >= 0x20 && number < 0xF000 && (number < 0x7F || number >= 0xA0) && (number < 0xD800 || number > 0xDFFF)) {
    char sign[8] = "";
    u8_uctomb((uint8_t *)sign, (ucs4_t)number, sizeof sign - 1);
    add(body, sign);
  } else {
    add(body, "\ufffd");
  }
}

static void add_break(struct body *body) {
  const char *type = ooxml_attribute(body->reader, OOXML_WORD, "type");
  struct text *text = current_text(body);
  if (text != NULL)
    text_add_char(text, type == NULL || strcmp(type, "textWrapping") == 0 ? LINE_BREAK : ' ');
}

/* ---- elements ------------------------------------------------------------ */

/* Inside w:pPr. */
static void read_property(struct body *body) {
  struct open_paragraph *paragraph = body->depth > 0 ? &body->open[body->depth - 1] : NULL;
  struct ooxml_reader *reader = body->reader;
  if (paragraph == NULL)
    return;
  if (ooxml_is(reader, OOXML_WORD, "pStyle")) {
    const char *value = ooxml_attribute(reader, OOXML_WORD, "val");
    free(paragraph->style);
    paragraph->style = memory_string(value != NULL ? value : "");
  } else if (ooxml_is(reader, OOXML_WORD, "numId")) {
    paragraph->list = word_number(reader, -1);
  } else if (ooxml_is(reader, OOXML_WORD, "ilvl")) {
    paragraph->level = word_number(reader, -1);
  } else if (ooxml_is(reader, OOXML_WORD, "del") || ooxml_is(reader, OOXML_WORD, "moveFrom")) {
    paragraph->mark_deleted = true; /* in the w:rPr of the paragraph's mark */
  }
}

static void keep_head(struct body *body) {
  const char *id = ooxml_attribute(body->reader, OOXML_RELATION, "id");
  if (id != NULL && body->head_count < HEADS_MAX)
    body->heads[body->head_count++] = memory_string(id);
}

/* What isn't part of the text as it reads now. */
static bool is_skipped(const struct body *body) {
  static const char *const names[] = {"del",          "moveFrom", "delText",  "instrText", "delInstrText", "pPrChange",
                                      "rPrChange",    "tblPr",    "tblGrid",  "trPr",      "tcPr",         "sdtPr",
                                      "sectPrChange", "fldData",  "sdtEndPr", NULL};
  if (ooxml_is(body->reader, OOXML_COMPATIBILITY, "Fallback"))
    return true;
  for (const char *const *name = names; *name != NULL; name++)
    if (ooxml_is(body->reader, OOXML_WORD, *name))
      return true;
  return false;
}

struct word_sign {
  const char *element, *text;
};
static const struct word_sign signs[] = {
    {"tab", "\t"},
    {"ptab", "\t"},
    {"noBreakHyphen", "\u2011"},
    {"softHyphen", ""},
};

static void read_run_content(struct body *body) {
  struct ooxml_reader *reader = body->reader;
  if (ooxml_is(reader, OOXML_WORD, "t") || ooxml_is(reader, OOXML_MATHS, "t"))
    body->in_text = true;
  else if (ooxml_is(reader, OOXML_WORD, "br") || ooxml_is(reader, OOXML_WORD, "cr"))
    add_break(body);
  else if (ooxml_is(reader, OOXML_WORD, "sym"))
    add_sign(body);
  else if (ooxml_is(reader, OOXML_WORD, "vanish"))
    body->hidden = word_is_on(reader);
  else if (ooxml_is(reader, OOXML_WORD, "footnoteReference") || ooxml_is(reader, OOXML_WORD, "endnoteReference"))
    leave_out(body, LEFT_NOTES);
  else if (ooxml_is(reader, OOXML_WORD, "altChunk") || ooxml_is(reader, OOXML_WORD, "subDoc"))
    leave_out(body, LEFT_FILES);
  else
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
      if (ooxml_is(reader, OOXML_WORD, signs[i].element))
        add(body, signs[i].text);
}

static bool is_picture(const struct body *body) {
  return ooxml_is(body->reader, OOXML_WORD, "drawing") || ooxml_is(body->reader, OOXML_WORD, "pict") ||
         ooxml_is(body->reader, OOXML_WORD, "object");
}

static bool read_element(struct body *body, struct error *error) {
  struct ooxml_reader *reader = body->reader;
  if (body->properties == 0 && is_skipped(body))
    return ooxml_skip(reader, error);
  if (body->properties > 0 && (ooxml_is(reader, OOXML_WORD, "pPrChange") || ooxml_is(reader, OOXML_WORD, "rPrChange")))
    return ooxml_skip(reader, error);
  if (ooxml_is(reader, OOXML_WORD, "headerReference"))
    keep_head(body);
  else if (ooxml_is(reader, OOXML_WORD, "p"))
    return begin_paragraph(body, error);
  else if (ooxml_is(reader, OOXML_WORD, "pPr"))
    body->properties++;
  else if (body->properties > 0)
    read_property(body);
  else if (ooxml_is(reader, OOXML_WORD, "r"))
    body->hidden = false;
  else if (is_picture(body) && body->pictures_open++ == 0)
    leave_out(body, LEFT_PICTURES);
  else if (ooxml_is(reader, OOXML_WORD, "txbxContent") && body->pictures_open > 0)
    body->left[LEFT_PICTURES] -= body->left[LEFT_PICTURES] > 0; /* it is a box with text, which is read */
  else
    read_run_content(body);
  return true;
}

static bool leave_element(struct body *body, struct error *error) {
  struct ooxml_reader *reader = body->reader;
  if (ooxml_is(reader, OOXML_WORD, "p"))
    return end_paragraph(body, error);
  if (ooxml_is(reader, OOXML_WORD, "pPr"))
    body->properties -= body->properties > 0;
  else if (ooxml_is(reader, OOXML_WORD, "t") || ooxml_is(reader, OOXML_MATHS, "t"))
    body->in_text = false;
  else if (ooxml_is(reader, OOXML_WORD, "r"))
    body->hidden = false;
  else if (is_picture(body))
    body->pictures_open -= body->pictures_open > 0;
  return true;
}

static bool read_events(struct body *body, struct error *error) {
  for (enum ooxml_event event; (event = ooxml_next(body->reader, error)) != OOXML_PART_END;) {
    if (event == OOXML_FAILED || (event == OOXML_ELEMENT && !read_element(body, error)) ||
        (event == OOXML_ELEMENT_END && !leave_element(body, error)))
      return false;
    if (event == OOXML_CHARACTERS && body->in_text)
      add_characters(body, ooxml_characters(body->reader));
  }
  return true;
}

/* ---- heads of pages ------------------------------------------------------ */

/* Looks for a line that is a symbol. */
static char *find_symbol(const char *s) {
  while (*s != '\0') {
    size_t length = strcspn(s, "\n\v"), start;
    AUTO_TEXT struct text line = {0};
    for (size_t i = 0; i < length; i++)
      text_add_char(&line, s[i] == '\t' ? ' ' : s[i]);
    size_t trimmed = line.length;
    const char *text = text_trim(text_string(&line), &trimmed);
    size_t size = furniture_symbol(text, trimmed, &start);
    if (size > 0)
      return memory_string_n(text + start, size);
    s += length + (s[length] != '\0');
  }
  return NULL;
}

/* One part with the head of pages, read like the body; only a symbol is taken from it. */
static bool read_head(struct body *body, const char *id, struct error *error) {
  AUTO_FREE char *part = NULL;
  AUTO_WORD_TEXT struct word_text lines = {0};
  if (!ooxml_related(body->package, ooxml_main_part(body->package), "header", id, &part, error))
    return false;
  if (part == NULL)
    return true;
  struct word_text *out = body->out;
  body->out = &lines;
  ooxml_reader_close(&body->reader);
  bool good = ooxml_read(body->package, part, &body->reader, error) && read_events(body, error);
  body->out = out;
  if (good)
    out->symbol = find_symbol(text_string(&lines.text));
  return good;
}

/* ---- the whole ----------------------------------------------------------- */

static bool read_body(struct body *body, struct error *error) {
  if (!word_styles_read(body->package, &body->styles, error) ||
      !word_numbers_read(body->package, &body->styles, &body->numbers, error) ||
      !ooxml_read(body->package, ooxml_main_part(body->package), &body->reader, error) || !read_events(body, error))
    return false;
  if (body->carried.length > 0)
    put_out(body, &(struct open_paragraph){.list = -1, .level = -1}, true);
  tell_left_out(body);
  for (size_t i = 0; i < body->head_count && body->out->symbol == NULL; i++)
    if (!read_head(body, body->heads[i], error))
      return false;
  return true;
}

bool word_read(const char *bytes, size_t length, const char *name, struct word_text *out, struct error *error) {
  __attribute__((cleanup(body_free))) struct body body = {.out = out};
  *out = (struct word_text){0};
  if (!ooxml_open(&body.package, name, bytes, length, OOXML_DOCUMENT, error))
    return false;
  if (read_body(&body, error))
    return true;
  if (error->file[0] == '\0' && error->code == ERROR_DATA)
    error_at(error, name, 0, 0);
  return false;
}
