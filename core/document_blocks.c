/*
 * Lines into blocks: which lines belong to one paragraph.
 *
 * Reports come in two shapes: a paragraph a line, or hard-wrapped.  A text counts as hard-wrapped when somewhere in the
 * report a line goes on in lower case in the next one.  In such a text lines are joined unless the next begins with a
 * marker that fits there; "(b) of article 5" at the front of a line is not an item.  A blank line ends a block, except
 * where a sentence plainly goes on (over a page's end).
 */
#include "core/document_private.h"

#include "core/memory.h"

#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <unistr.h>

/* ---- lines ---- */

/* Hands out the lines one by one. */
struct lines {
  const char *s, *end;
  uint64_t number;  /* of the line handed out */
  struct text text; /* it, with single spaces and none at its ends */
  bool after_blank; /* blank lines stand before it */
  bool page_begins; /* a form feed stands before it, or right after it */
};

static void lines_begin(struct lines *lines, const char *bytes, size_t length) {
  *lines = (struct lines){.s = bytes, .end = bytes + length};
}

/* Adds the raw line with every run of white space made one space. */
static void squeeze(struct text *text, const char *s, size_t length) {
  bool gap = false;
  for (size_t at = 0; at < length;) {
    ucs4_t character = (unsigned char)s[at];
    int size = character < 0x80 ? 1 : u8_mbtoucr(&character, (const uint8_t *)s + at, length - at);
    if (size <= 0)
      break; /* never in checked UTF-8 */
    if (uc_is_property_white_space(character)) {
      gap = text->length > 0;
    } else {
      if (gap)
        text_add_char(text, ' ');
      gap = false;
      text_add_n(text, s + at, (size_t)size);
    }
    at += (size_t)size;
  }
}

static bool is_line_end(char c) {
  return c == '\n' || c == '\r' || c == '\f';
}

/* Where the raw line that begins at s ends. */
static const char *line_end(const char *s, const char *end) {
  while (s < end && !is_line_end(*s))
    s++;
  return s;
}

/* Goes to the next line that isn't blank; false at the end. */
static bool lines_next(struct lines *lines) {
  bool ended_line = lines->number == 0;
  lines->after_blank = lines->page_begins = false;
  text_clear(&lines->text);
  if (lines->number == 0)
    lines->number = 1;
  while (lines->s < lines->end) {
    if (is_line_end(*lines->s)) {
      char c = *lines->s++;
      lines->after_blank = lines->after_blank || (ended_line && c != '\f');
      lines->page_begins = lines->page_begins || c == '\f';
      ended_line = true;
      if (c == '\r' && lines->s < lines->end && *lines->s == '\n')
        lines->s++;
      lines->number += c != '\f';
      continue;
    }
    const char *stop = line_end(lines->s, lines->end);
    squeeze(&lines->text, lines->s, (size_t)(stop - lines->s));
    lines->s = stop;
    if (lines->text.length > 0) {
      const char *next = stop + (stop < lines->end && *stop != '\f');
      lines->page_begins = lines->page_begins || (next < lines->end && *next == '\f');
      return true;
    }
  }
  return false;
}

/* ---- joining ---- */

enum { WRAPPED_MIN = 40, WRAPPED_MAX = 200, WORD_MAX = 60, HYPHEN_BUDGET = 1 << 27 };

struct grouping {
  struct blocks *blocks;
  const char *bytes; /* the whole text, for hyphens */
  size_t length;
  size_t hyphen_budget; /* bytes that may still be searched */
  bool wrapped;
  size_t width;       /* the longest line of a wrapped text */
  bool in_front;      /* no marker was seen yet */
  bool open;          /* a block is open: */
  bool bare;          /* its marker stands alone so far */
  bool page_passed;   /* furniture was left out since its last line */
  bool blank_passed;  /* and blank lines before that */
  size_t last_length; /* of its last line */
  struct block block; /* its line and marker */
  struct text text;   /* its text */
  unsigned number;    /* last MARKER_NUMBER */
  unsigned outer;     /* the last one before a list began at 1 */
  char letters[16];   /* last MARKER_LETTER */
};

static bool is_heading(const struct marker *marker) {
  return marker->kind == MARKER_ROMAN || marker->kind == MARKER_CAPITAL;
}

/* Whether the text goes on after its last word: "of", "the", … or a comma. */
static bool ends_openly(const struct text *text) {
  static const char *const words[] = {"of",   "the",    "to",     "on", "in",   "and", "against", "for", "by",
                                      "with", "at",     "de",     "la", "le",   "les", "du",      "des", "et",
                                      "sur",  "en",     "aux",    "au", "par",  "el",  "los",     "las", "y",
                                      "del",  "contra", "contre", "a",  "pour", "para"};
  if (text->length == 0)
    return false;
  if (text->data[text->length - 1] == ',')
    return true;
  const char *space = memrchr(text->data, ' ', text->length);
  if (!space)
    return false;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (strcmp(space + 1, words[i]) == 0)
      return true;
  return false;
}

/* Whether the first word of `line` would not have fitted on the line before it. */
static bool was_full(const struct grouping *grouping, const struct text *line) {
  return grouping->last_length + 1 + strcspn(line->data, " ") > grouping->width;
}

static bool is_ended(const struct grouping *grouping) {
  return prose_is_ended(grouping->text.data, grouping->text.length);
}

/* Whether a marker at the front of a line, right below another line of a wrapped text, begins a block. */
static bool marker_fits(const struct grouping *grouping, const struct marker *marker, const struct text *line) {
  if (is_ended(grouping) || is_heading(&grouping->block.marker) || grouping->in_front)
    return true;
  if (marker->kind == MARKER_NUMBER)
    return marker->value == grouping->number + 1 || marker->value == grouping->outer + 1;
  if (marker->kind != MARKER_LETTER || !prose_begins_upper(line->data + marker->length, line->length - marker->length))
    return false;
  return marker_follows(grouping->letters, marker->number) || strcmp(marker->number, "a") == 0 ||
         reference_roman(marker->number, strlen(marker->number)) > 0;
}

/* Whether a sentence of a paragraph or item goes on after blank lines or a page's end. */
static bool goes_on(const struct grouping *grouping, const struct text *line) {
  if (grouping->in_front || is_heading(&grouping->block.marker) || is_ended(grouping))
    return false;
  return prose_begins_lower(line->data, line->length) ||
         (grouping->page_passed && grouping->block.marker.kind != MARKER_NONE && grouping->wrapped);
}

static bool begins_block(const struct grouping *grouping, const struct marker *marker, const struct lines *lines) {
  const struct text *line = &lines->text;
  bool blank = lines->after_blank || grouping->blank_passed;
  if (!grouping->open)
    return true;
  if (marker->kind != MARKER_NONE)
    return blank || !grouping->wrapped || marker_fits(grouping, marker, line);
  if (grouping->bare)
    return false;
  if (blank)
    return !goes_on(grouping, line);
  bool lower = prose_begins_lower(line->data, line->length);
  bool full = grouping->wrapped && grouping->last_length >= WRAPPED_MIN && was_full(grouping, line);
  if (grouping->in_front)
    return !lower && !full && !ends_openly(&grouping->text);
  if (!grouping->wrapped)
    return true;
  if (is_heading(&grouping->block.marker))
    return !lower && !full && !ends_openly(&grouping->text);
  return !lower && !was_full(grouping, line) && is_ended(grouping);
}

/* Whether the word broken at the end of `text` stands whole, and never with its hyphen, elsewhere in the report. */
static bool is_broken_word(struct grouping *grouping, const struct text *line) {
  const struct text *text = &grouping->text;
  size_t start = text->length - 1, rest = strcspn(line->data, " .,;:)");
  while (start > 0 && text->data[start - 1] != ' ' && text->length - start <= WORD_MAX)
    start--;
  size_t front = text->length - 1 - start;
  if (front + rest > WORD_MAX || grouping->hyphen_budget < 2 * grouping->length)
    return false;
  grouping->hyphen_budget -= 2 * grouping->length;
  AUTO_TEXT struct text word = {0};
  text_add_n(&word, text->data + start, front + 1);
  text_add_n(&word, line->data, rest);
  if (memmem(grouping->bytes, grouping->length, word.data, word.length))
    return false;
  text_clear(&word);
  text_add_n(&word, text->data + start, front);
  text_add_n(&word, line->data, rest);
  return memmem(grouping->bytes, grouping->length, word.data, word.length) != NULL;
}

/* Joins a line to the open block: with a space, or without one after a hyphen; a soft hyphen goes. */
static void join(struct grouping *grouping, const struct text *line) {
  struct text *text = &grouping->text;
  bool lower = prose_begins_lower(line->data, line->length) && line->data[0] != '(';
  if (lower && text->length > 2 && memcmp(text->data + text->length - 2, "\u00ad", 2) == 0) {
    text->length -= 2;
  } else if (lower && text->length > 1 && text->data[text->length - 1] == '-' && text->data[text->length - 2] != ' ') {
    if (is_broken_word(grouping, line))
      text->length--;
  } else if (text->length > 0) {
    text_add_char(text, ' ');
  }
  text_add_n(text, line->data, line->length);
}

static void push_block(struct blocks *blocks, struct block block, const char *text, size_t length) {
  memory_reserve((void **)&blocks->items, &blocks->capacity, blocks->count + 1, sizeof *blocks->items);
  block.text = memory_string_n(text, length);
  blocks->items[blocks->count++] = block;
}

static void close_block(struct grouping *grouping) {
  if (!grouping->open)
    return;
  push_block(grouping->blocks, grouping->block, text_string(&grouping->text), grouping->text.length);
  text_clear(&grouping->text);
  grouping->open = false;
}

static void open_block(struct grouping *grouping, const struct marker *marker, const struct lines *lines) {
  close_block(grouping);
  grouping->open = true;
  grouping->block = (struct block){.line = lines->number, .marker = *marker};
  text_add_n(&grouping->text, lines->text.data, lines->text.length);
  grouping->bare = marker->kind != MARKER_NONE && marker->length == lines->text.length;
  if (marker->kind == MARKER_NUMBER && marker->minor == 0) {
    if (marker->value == 1 || marker->value == grouping->outer + 1)
      grouping->outer = marker->value == 1 ? grouping->number : 0;
    grouping->number = marker->value;
  }
  if (marker->kind == MARKER_NUMBER)
    grouping->letters[0] = '\0';
  if (marker->kind == MARKER_LETTER)
    memcpy(grouping->letters, marker->number, sizeof grouping->letters);
  grouping->in_front = grouping->in_front && marker->kind == MARKER_NONE;
}

/* Takes "#" marks and whole-line emphasis off, with which converters mark headings. */
static void take_marks_off(struct text *line) {
  size_t start = strspn(line->data, "#"), length = line->length;
  start = start > 0 && line->data[start] == ' ' ? start + 1 : 0;
  if (length - start > 4 && memcmp(line->data + start, "**", 2) == 0 && memcmp(line->data + length - 2, "**", 2) == 0 &&
      memmem(line->data + start + 2, length - start - 4, "**", 2) == NULL) {
    start += 2;
    length -= 2;
  }
  memmove(line->data, line->data + start, length - start);
  line->length = length - start;
  line->data[line->length] = '\0';
}

/* A line that is the symbol: the first one is a block of its own, repeats are running heads. */
static bool take_symbol(struct grouping *grouping, const struct lines *lines) {
  size_t start, length = furniture_symbol(lines->text.data, lines->text.length, &start);
  struct blocks *blocks = grouping->blocks;
  if (length == 0)
    return false;
  const char *symbol = lines->text.data + start;
  if (blocks->symbol)
    return strlen(blocks->symbol) == length && memcmp(blocks->symbol, symbol, length) == 0;
  blocks->symbol = memory_string_n(symbol, length);
  if (grouping->in_front)
    close_block(grouping);
  push_block(blocks, (struct block){.line = lines->number, .is_symbol = true}, lines->text.data, lines->text.length);
  return true;
}

/* A number alone at a page's end or beginning. */
static bool is_page_number(const struct lines *lines) {
  return lines->page_begins && lines->text.length <= 4 && strspn(lines->text.data, "0123456789") == lines->text.length;
}

static void add_line(struct grouping *grouping, struct lines *lines) {
  take_marks_off(&lines->text);
  if (lines->text.length == 0)
    return;
  if (is_page_number(lines) || furniture_is_line(lines->text.data, lines->text.length) ||
      take_symbol(grouping, lines)) {
    grouping->page_passed = true;
    grouping->blank_passed = grouping->blank_passed || lines->after_blank;
    return;
  }
  struct marker marker = marker_read(lines->text.data, lines->text.length);
  if (begins_block(grouping, &marker, lines)) {
    open_block(grouping, &marker, lines);
  } else {
    if (grouping->bare)
      grouping->block.marker.length = grouping->text.length + 1;
    join(grouping, &lines->text);
    grouping->bare = false;
  }
  grouping->last_length = text_characters(lines->text.data, lines->text.length);
  grouping->page_passed = grouping->blank_passed = false;
}

/* ---- the whole ---- */

/* Looks whether the text is hard-wrapped, and how wide. */
static void measure(struct grouping *grouping) {
  struct lines lines;
  size_t before = 0;
  bool ended = true, in_front = true;
  lines_begin(&lines, grouping->bytes, grouping->length);
  while (lines_next(&lines)) {
    const struct text *line = &lines.text;
    size_t characters = text_characters(line->data, line->length);
    bool marked = marker_read(line->data, line->length).kind != MARKER_NONE;
    in_front = in_front && !marked;
    if (characters <= WRAPPED_MAX && characters > grouping->width)
      grouping->width = characters;
    if (!in_front && !marked && !ended && !lines.after_blank && before >= WRAPPED_MIN && before <= WRAPPED_MAX &&
        prose_begins_lower(line->data, line->length))
      grouping->wrapped = true;
    before = characters;
    ended = prose_is_ended(line->data, line->length);
  }
  text_free(&lines.text);
}

/* Notes for each block which numbered and lettered ones come next. */
static void look_ahead(struct blocks *blocks) {
  size_t number = SIZE_MAX, letter = SIZE_MAX;
  for (size_t i = blocks->count; i-- > 0;) {
    struct block *block = &blocks->items[i];
    block->next_number = number;
    block->next_letter = letter;
    if (block->marker.kind == MARKER_NUMBER)
      number = i;
    if (block->marker.kind != MARKER_NONE)
      letter = block->marker.kind == MARKER_LETTER ? i : SIZE_MAX;
  }
}

void blocks_read(struct blocks *blocks, const char *bytes, size_t length) {
  struct grouping grouping = {
      .blocks = blocks, .bytes = bytes, .length = length, .hyphen_budget = HYPHEN_BUDGET, .in_front = true};
  struct lines lines;
  measure(&grouping);
  lines_begin(&lines, bytes, length);
  while (lines_next(&lines))
    add_line(&grouping, &lines);
  close_block(&grouping);
  text_free(&grouping.text);
  text_free(&lines.text);
  look_ahead(blocks);
}

void blocks_free(struct blocks *blocks) {
  for (size_t i = 0; i < blocks->count; i++)
    free(blocks->items[i].text);
  free(blocks->items);
  free(blocks->symbol);
  *blocks = (struct blocks){0};
}

const char *block_text(const struct block *block) {
  return block->text + block->marker.length;
}
