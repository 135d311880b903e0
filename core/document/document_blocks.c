/*
 * Lines into blocks: which lines belong to one paragraph.
 *
 * Reports come in two shapes: a paragraph a line, or hard-wrapped.  A text counts as hard-wrapped when somewhere in the
 * report a line goes on in lower case in the next one.  In such a text lines are joined unless the next begins with a
 * marker that fits there; "(b) of article 5" at the front of a line is not an item.  A blank line ends a block, except
 * where a sentence plainly goes on (over a page's end).
 */
#include "core/document/document_private.h"

#include "core/base/memory.h"

#include <stdlib.h>
#include <string.h>

/* ---- joining ---- */

enum { WRAPPED_MIN = 40, WRAPPED_MAX = 200 };

struct grouping {
  struct blocks *blocks;
  struct hyphens hyphens;
  bool paragraphs; /* a line is a paragraph */
  bool wrapped;
  size_t width;       /* the longest line of a wrapped text */
  bool in_front;      /* no marker was seen yet */
  bool had_right;     /* the line before had a right column; */
  bool left_goes_on;  /* so has this one: the left one goes on */
  bool starred;       /* some line ended with a footnote's star */
  bool in_footnotes;  /* the line before was a footnote's, or */
  bool after_rule;    /* the rule above them */
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
  if (grouping->paragraphs && !grouping->in_front)
    return !grouping->bare || marker->kind != MARKER_NONE;
  if (marker->kind != MARKER_NONE)
    return blank || !grouping->wrapped || marker_fits(grouping, marker, line);
  if (grouping->bare)
    return false;
  if (blank)
    return !goes_on(grouping, line);
  bool lower = prose_begins_lower(line->data, line->length);
  bool full = grouping->wrapped && grouping->last_length >= WRAPPED_MIN && was_full(grouping, line);
  if (grouping->in_front)
    return !lower && !full && !grouping->left_goes_on && !ends_openly(&grouping->text);
  if (!grouping->wrapped)
    return true;
  if (is_heading(&grouping->block.marker))
    return !lower && !full && !ends_openly(&grouping->text);
  return !lower && !was_full(grouping, line) && is_ended(grouping);
}

/* Joins a line to the open block: with a space, or without one after a hyphen; a soft hyphen goes. */
static void join(struct grouping *grouping, const struct text *line) {
  struct text *text = &grouping->text;
  bool lower = prose_begins_lower(line->data, line->length) && line->data[0] != '(';
  if (lower && text->length > 2 && memcmp(text->data + text->length - 2, "\u00ad", 2) == 0) {
    text->length -= 2;
  } else if (lower && text->length > 1 && text->data[text->length - 1] == '-' && text->data[text->length - 2] != ' ') {
    if (hyphen_is_break(&grouping->hyphens, text, line->data))
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

/* Text that is the symbol: the first one is a block of its own, repeats are running heads. */
static bool take_symbol(struct grouping *grouping, const struct text *text, uint64_t line) {
  size_t start, length = furniture_symbol(text->data, text->length, &start);
  struct blocks *blocks = grouping->blocks;
  if (length == 0)
    return blocks->symbol && furniture_is_running_head(text->data, text->length, blocks->symbol);
  const char *symbol = text->data + start;
  if (blocks->symbol)
    return strlen(blocks->symbol) == length && memcmp(blocks->symbol, symbol, length) == 0;
  blocks->symbol = memory_string_n(symbol, length);
  if (grouping->in_front)
    close_block(grouping);
  push_block(blocks, (struct block){.line = line, .is_symbol = true}, text->data, text->length);
  return true;
}

/* A number alone at a page's end or beginning. */
static bool is_page_number(const struct lines *lines) {
  return (lines->page_began || lines->page_ends) && lines->text.length <= 4 &&
         strspn(lines->text.data, "0123456789") == lines->text.length;
}

/* The right column of a masthead: a block of its own, while the left column goes on. */
static void take_right(struct grouping *grouping, const struct lines *lines) {
  bool has_right = lines->right.length > 0;
  grouping->left_goes_on = grouping->had_right && has_right && !lines->after_blank;
  grouping->had_right = has_right;
  if (has_right && !take_symbol(grouping, &lines->right, lines->number))
    push_block(grouping->blocks, (struct block){.line = lines->number}, lines->right.data, lines->right.length);
}

/* Whether the line belongs to a footnote, or is the rule above them. */
static bool take_footnote(struct grouping *grouping, const struct lines *lines) {
  const char *s = lines->text.data;
  size_t length = lines->text.length;
  bool begins = footnote_begins(s, length), stars = grouping->starred && footnote_begins_with_star(s, length);
  if (footnote_is_rule(s, length)) {
    grouping->in_footnotes = grouping->after_rule = true;
    return true;
  }
  if (grouping->in_footnotes)
    grouping->in_footnotes = !lines->page_began && (begins || !(grouping->after_rule || lines->after_blank));
  else
    grouping->in_footnotes =
        lines->after_blank && ((grouping->in_front && stars) ||
                               (begins && footnote_is_expected(&grouping->blocks->footnotes, &lines->text,
                                                               grouping->blocks, text_string(&grouping->text))));
  grouping->after_rule = false;
  if (grouping->in_footnotes)
    footnote_add(&grouping->blocks->footnotes, s, length, lines->number, grouping->blocks->count + 1);
  return grouping->in_footnotes;
}

/* What belongs to the page: numbers, running heads, footnotes. */
static bool take_furniture(struct grouping *grouping, const struct lines *lines) {
  const struct text *text = &lines->text;
  if (is_page_number(lines) || furniture_is_line(text->data, text->length) ||
      take_symbol(grouping, text, lines->number)) {
    grouping->in_footnotes = false;
    return true;
  }
  return take_footnote(grouping, lines);
}

static void add_line(struct grouping *grouping, struct lines *lines) {
  take_marks_off(&lines->text);
  take_right(grouping, lines);
  if (lines->text.length == 0)
    return;
  if (take_furniture(grouping, lines)) {
    grouping->page_passed = true;
    grouping->blank_passed = grouping->blank_passed || lines->after_blank;
    return;
  }
  grouping->starred = grouping->starred || lines->text.data[lines->text.length - 1] == '*';
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
  lines_begin(&lines, grouping->hyphens.bytes, grouping->hyphens.length);
  lines.in_front = lines.columns = true;
  while (lines_next(&lines)) {
    const struct text *line = &lines.text;
    size_t characters = text_characters(line->data, line->length);
    bool marked = marker_read(line->data, line->length).kind != MARKER_NONE;
    lines.in_front = lines.columns = in_front = in_front && !marked;
    if (characters <= WRAPPED_MAX && characters > grouping->width)
      grouping->width = characters;
    if (!in_front && !marked && !ended && !lines.after_blank && before >= WRAPPED_MIN && before <= WRAPPED_MAX &&
        prose_begins_lower(line->data, line->length))
      grouping->wrapped = true;
    before = characters;
    ended = prose_is_ended(line->data, line->length);
  }
  lines_free(&lines);
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

void blocks_read(struct blocks *blocks, const char *bytes, size_t length, bool paragraphs) {
  struct grouping grouping = {.blocks = blocks, .paragraphs = paragraphs, .in_front = true};
  struct lines lines;
  hyphen_begin(&grouping.hyphens, bytes, length);
  if (!paragraphs)
    measure(&grouping);
  lines_begin(&lines, bytes, length);
  lines.in_front = true;
  lines.columns = !paragraphs;
  while (lines_next(&lines)) {
    add_line(&grouping, &lines);
    lines.in_front = grouping.in_front;
    lines.columns = grouping.in_front && !paragraphs;
  }
  close_block(&grouping);
  text_free(&grouping.text);
  hyphen_free(&grouping.hyphens);
  lines_free(&lines);
  footnotes_take_marks(&blocks->footnotes, blocks);
  look_ahead(blocks);
}

void blocks_free(struct blocks *blocks) {
  for (size_t i = 0; i < blocks->count; i++)
    free(blocks->items[i].text);
  free(blocks->items);
  free(blocks->symbol);
  footnotes_free(&blocks->footnotes);
  *blocks = (struct blocks){0};
}

const char *block_text(const struct block *block) {
  return block->text + block->marker.length;
}
