/*
 * Blocks into paragraphs, each in its place.
 *
 * A marker alone does not tell what it numbers.  What came before it does: "(i)" after (h) is an item unless (ii) comes
 * next; "C." after section B is a section; "1. Opening of the meeting" is a sub-heading when the paragraphs' own count
 * goes on below it, and an entry of a list when a paragraph that ends with a colon stands above it.
 */
#include "core/document/document_private.h"

#include <string.h>

enum { HEADING_MAX = 400, STOPPED_HEADING_MAX = 120, SUBHEADING_MAX = 200 };

struct outline {
  struct assembly *assembly;
  const struct blocks *blocks;
  struct reference at;    /* where we are */
  unsigned chapter;       /* value of at.chapter; 0 when none */
  bool numbered;          /* a numbered paragraph was seen: */
  unsigned number, minor; /* its number, */
  char last_number[16];   /* also as written */
  bool may_restart;       /* a heading stands between it and the next */
  bool open;              /* items can come: a numbered paragraph or a chapeau stands above */
  bool ends_with_colon;   /* that paragraph's text does */
  char item[8];           /* the last item under it */
  unsigned list;          /* last number of a list inside the paragraph; 0 when none */
  unsigned sub_item;      /* last (i), (ii), … in the item; 0 when none */
};

static size_t characters(const char *s) {
  return text_characters(s, strlen(s));
}

static bool ends_with_any(const char *s, const char *signs) {
  size_t length = strlen(s);
  return length > 0 && strchr(signs, s[length - 1]);
}

/* The place of what stands under the current headings and paragraph; `item` may be "". */
static void set_place(const struct outline *outline, struct paragraph *paragraph, const char *item) {
  struct reference at = outline->at;
  size_t size = strlen(item);
  memcpy(at.item, item, size < sizeof at.item ? size + 1 : 0);
  reference_place(&at, paragraph->place);
}

/* ---- headings ---- */

/* Reports come in addenda, which hold some chapters and sections only. */
static bool is_part_of_report(const struct outline *outline) {
  static const char *const words[] = {"addendum", "additif", "adici\u00f3n", "/Add.", NULL};
  const struct document *document = outline->assembly->document;
  return (document->title && prose_find_any(document->title, words)) ||
         (document->symbol && prose_find_any(document->symbol, words));
}

/* Takes "(continued)" off the end of a heading. */
static bool take_continued(char *heading) {
  static const char *const words[] = {"continued",         "cont.", "cont'd", "cont\u2019d", "suite",
                                      "continuaci\u00f3n", NULL};
  static const char decoration[] = "*_ ";
  char *bracket = strrchr(heading, '(');
  if (!bracket)
    return false;
  const char *word = bracket + 1 + strspn(bracket + 1, decoration);
  const char *const *known = words;
  while (*known && strncasecmp(word, *known, strlen(*known)) != 0)
    known++;
  if (!*known)
    return false;
  const char *rest = word + strlen(*known);
  rest += strspn(rest, decoration);
  if (*rest != ')' || rest[1 + strspn(rest + 1, decoration)] != '\0')
    return false;
  while (bracket > heading && strchr(decoration, bracket[-1]))
    bracket--;
  *bracket = '\0';
  return true;
}

static struct paragraph *add_heading(struct outline *outline, enum paragraph_kind kind, const char *number,
                                     const struct block *block) {
  AUTO_TEXT struct text heading = {0};
  text_add(&heading, block_text(block));
  bool continued = heading.length > 0 && take_continued(heading.data);
  struct paragraph *paragraph =
      assembly_add(outline->assembly, kind, number, heading.length > 0 ? heading.data : "", block->line);
  paragraph->continued = continued;
  outline->at.paragraph[0] = outline->item[0] = '\0';
  outline->list = outline->sub_item = 0;
  outline->open = outline->ends_with_colon = false;
  outline->may_restart = true;
  return paragraph;
}

static void add_chapter(struct outline *outline, const struct block *block) {
  const char *number = block->marker.number;
  unsigned value = reference_roman(number, strlen(number)), before = outline->chapter;
  struct paragraph *paragraph = add_heading(outline, PARAGRAPH_CHAPTER, number, block);
  bool leap = value > before && (paragraph->continued || is_part_of_report(outline));
  if (before > 0 && value != before + 1 && !leap)
    assembly_find(outline->assembly, block->line, "chapter %s comes after chapter %s", number, outline->at.chapter);
  outline->chapter = value;
  outline->at = (struct reference){0};
  memcpy(outline->at.chapter, number, strlen(number) + 1);
  set_place(outline, paragraph, "");
}

static void add_section(struct outline *outline, const struct block *block) {
  const char *number = block->marker.number;
  struct paragraph *paragraph = add_heading(outline, PARAGRAPH_SECTION, number, block);
  const char *before = outline->at.section;
  bool later = strlen(number) > strlen(before) || (strlen(number) == strlen(before) && strcmp(number, before) > 0);
  bool leap = later && (paragraph->continued || is_part_of_report(outline));
  if (!marker_follows(before, number) && !leap) {
    if (before[0])
      assembly_find(outline->assembly, block->line, "section %s comes after section %s", number, before);
    else
      assembly_find(outline->assembly, block->line, "section %s has no section before it", number);
  }
  memcpy(outline->at.section, number, strlen(number) + 1);
  set_place(outline, paragraph, "");
}

static void add_subheading(struct outline *outline, const char *number, const struct block *block) {
  struct paragraph *paragraph = add_heading(outline, PARAGRAPH_HEADING, number, block);
  set_place(outline, paragraph, "");
}

/* "Annex", "Annex II": what follows is numbered anew. */
static bool is_annex(const struct block *block) {
  static const char *const words[] = {"Annex", "ANNEX", "Anexo", "ANEXO", NULL};
  const char *text = block_text(block);
  return prose_prefix(text, words) > 0 && strlen(text) <= 12;
}

static void add_annex(struct outline *outline, const struct block *block) {
  outline->at = (struct reference){0};
  outline->chapter = 0;
  outline->numbered = false;
  add_subheading(outline, "", block);
}

/* Whether a text after a roman or capital marker can be a heading. */
static bool is_heading_text(const char *s) {
  size_t count = characters(s);
  if (count > HEADING_MAX || ends_with_any(s, ";,") || (count > STOPPED_HEADING_MAX && ends_with_any(s, ".:")))
    return false;
  return !prose_begins_lower(s, strlen(s));
}

/* Whether a single capital is the next section rather than a chapter. */
static bool is_section(const struct outline *outline, const char *letters) {
  bool next = marker_follows(outline->at.section, letters);
  return next || strspn(letters, "IVX") != strlen(letters);
}

/* Whether the block can be an unnumbered sub-heading by its own looks. */
static bool looks_like_subheading(const struct block *block) {
  const char *s = block_text(block);
  size_t length = strlen(s);
  return length > 0 && length <= 2 * SUBHEADING_MAX && characters(s) <= SUBHEADING_MAX && !ends_with_any(s, ".;:,") &&
         prose_begins_upper(s, length);
}

static bool opens_below_heading(const struct block *block) {
  return block->marker.kind != MARKER_NONE && block->marker.kind != MARKER_LETTER;
}

/* A short unended line above a numbered paragraph or another heading. */
static bool is_subheading(const struct outline *outline, size_t i) {
  const struct block *block = &outline->blocks->items[i];
  if (!looks_like_subheading(block) || i + 1 >= outline->blocks->count ||
      (outline->open && prose_ends_with_colon(assembly_tail(outline->assembly))))
    return false;
  if (opens_below_heading(block + 1))
    return true;
  return i + 2 < outline->blocks->count && looks_like_subheading(block + 1) && opens_below_heading(block + 2);
}

/* ---- numbered paragraphs ---- */

static void add_numbered(struct outline *outline, const struct block *block) {
  const char *number = block->marker.number, *text = block_text(block);
  memcpy(outline->at.paragraph, number, strlen(number) + 1);
  struct paragraph *paragraph = assembly_add(outline->assembly, PARAGRAPH_NUMBERED, number, text, block->line);
  set_place(outline, paragraph, "");
  outline->numbered = true;
  outline->number = block->marker.value;
  outline->minor = block->marker.minor;
  memcpy(outline->last_number, number, sizeof outline->last_number);
  outline->open = true;
  outline->ends_with_colon = prose_ends_with_colon(text);
  outline->item[0] = '\0';
  outline->list = outline->sub_item = 0;
  outline->may_restart = false;
  if (!*text)
    assembly_find(outline->assembly, block->line, "paragraph %s has no text", number);
}

/* A list inside a paragraph ("The agenda was: 1. …"): its entries are items without a place of their own. */
static void add_list_entry(struct outline *outline, const struct block *block) {
  struct paragraph *paragraph =
      assembly_add(outline->assembly, PARAGRAPH_ITEM, block->marker.number, block_text(block), block->line);
  set_place(outline, paragraph, "");
  outline->list = block->marker.value;
  outline->item[0] = '\0';
  outline->sub_item = 0;
}

static unsigned next_number(const struct outline *outline, const struct block *block) {
  return block->next_number == SIZE_MAX ? 0 : outline->blocks->items[block->next_number].marker.value;
}

/* Whether the number counts the entries of a list inside the paragraph above. */
static bool is_list_entry(const struct outline *outline, const struct block *block) {
  unsigned number = block->marker.value, expected = outline->number + 1;
  if (!outline->open || !outline->numbered)
    return false;
  if (outline->list > 0)
    return number == outline->list + 1 && (number != expected || next_number(outline, block) == expected);
  return number == 1 && expected != 1 && outline->ends_with_colon && !outline->item[0];
}

/* Whether "1. Opening of the meeting" is a sub-heading: the paragraphs' own count goes on below it, or begins there, in
 * a part of a report as 5. */
static bool is_numbered_heading(const struct outline *outline, const struct block *block) {
  unsigned number = block->marker.value, next = next_number(outline, block);
  if (!looks_like_subheading(block) || next == 0)
    return false;
  return outline->numbered ? next == outline->number + 1 : next == number || (number == 1 && next > 2);
}

static void check_number(const struct outline *outline, const struct block *block) {
  const struct marker *marker = &block->marker;
  if (!outline->numbered || (outline->may_restart && marker->value == 1))
    return;
  if (marker->value == outline->number && marker->minor == outline->minor)
    assembly_find(outline->assembly, block->line, "paragraph %s stands twice in a row", marker->number);
  else if (marker->minor == 0 ? marker->value != outline->number + 1
                              : marker->minor != outline->minor + 1 && marker->minor != 1)
    assembly_find(outline->assembly, block->line, "paragraph %s comes after paragraph %s", marker->number,
                  outline->last_number);
}

static void place_number(struct outline *outline, const struct block *block) {
  if (block->marker.minor == 0 && is_list_entry(outline, block)) {
    add_list_entry(outline, block);
  } else if (block->marker.minor == 0 && is_numbered_heading(outline, block)) {
    add_subheading(outline, block->marker.number, block);
  } else {
    check_number(outline, block);
    add_numbered(outline, block);
  }
}

/* ---- items ---- */

/* Whether a roman (i) begins sub-items; after (h) it does when (ii) follows or (h) ends with a colon. */
static bool begins_sub_items(const struct outline *outline, const struct block *block) {
  if (strcmp(block->marker.number, "i") != 0 || outline->sub_item > 0 || !outline->open)
    return false;
  if (!marker_follows(outline->item, "i") || prose_ends_with_colon(assembly_tail(outline->assembly)))
    return true;
  return block->next_letter != SIZE_MAX && strcmp(outline->blocks->items[block->next_letter].marker.number, "ii") == 0;
}

static void add_sub_item(struct outline *outline, const struct block *block) {
  const char *number = block->marker.number;
  unsigned value = reference_roman(number, strlen(number));
  if (!outline->item[0] && outline->list == 0 && outline->sub_item == 0)
    assembly_find(outline->assembly, block->line, "item (%s) stands under no lettered item: kept in the text above it",
                  number);
  else if (value != outline->sub_item + 1)
    assembly_find(outline->assembly, block->line, "sub-item (%s) is out of order", number);
  assembly_lengthen(outline->assembly, block->text);
  outline->sub_item = value;
}

static void check_item(const struct outline *outline, const struct block *block) {
  const char *letters = block->marker.number;
  struct assembly *assembly = outline->assembly;
  if (!outline->open)
    assembly_find(assembly, block->line, "item (%s) stands under no paragraph", letters);
  else if (strcmp(outline->item, letters) == 0)
    assembly_find(assembly, block->line, "item (%s) stands twice in a row", letters);
  else if (outline->item[0] && !marker_follows(outline->item, letters))
    assembly_find(assembly, block->line, "item (%s) comes after item (%s)", letters, outline->item);
  else if (!outline->item[0] && strcmp(letters, "a") != 0)
    assembly_find(assembly, block->line, "item (%s) comes first in its list", letters);
  if (!*block_text(block))
    assembly_find(assembly, block->line, "item (%s) has no text", letters);
}

static void add_item(struct outline *outline, const struct block *block) {
  const char *letters = block->marker.number;
  check_item(outline, block);
  struct paragraph *paragraph =
      assembly_add(outline->assembly, PARAGRAPH_ITEM, letters, block_text(block), block->line);
  /* in a list inside a paragraph letters begin anew with each entry */
  set_place(outline, paragraph, outline->list > 0 ? "" : letters);
  memcpy(outline->item, letters, strlen(letters) + 1);
  outline->sub_item = 0;
}

/* Three letters are no item, but (iii) where (ii) is missing; false when they can't be a sub-item either. */
static bool place_letter(struct outline *outline, const struct block *block) {
  const char *letters = block->marker.number;
  unsigned roman = reference_roman(letters, strlen(letters));
  bool next_sub_item = outline->sub_item > 0 && roman == outline->sub_item + 1;
  bool lost_sub_item = strlen(letters) > 2 && outline->open;
  if (strlen(letters) > 2 && !outline->open)
    return false;
  if (next_sub_item || begins_sub_items(outline, block) || lost_sub_item)
    add_sub_item(outline, block);
  else
    add_item(outline, block);
  return true;
}

/* ---- text ---- */

/* Unmarked blocks, and marked ones whose marker means nothing here. */
static void place_text(struct outline *outline, size_t i) {
  const struct block *block = &outline->blocks->items[i];
  if (block->is_symbol) /* below the masthead it is a running head */
    return;
  if (block->marker.kind == MARKER_NONE && is_annex(block)) {
    add_annex(outline, block);
    return;
  }
  if (block->marker.kind == MARKER_NONE && is_subheading(outline, i)) {
    add_subheading(outline, "", block);
    return;
  }
  struct paragraph *paragraph = assembly_add(outline->assembly, PARAGRAPH_TEXT, "", block->text, block->line);
  set_place(outline, paragraph, "");
  outline->sub_item = 0;
  if (prose_ends_with_colon(block->text)) {
    outline->open = outline->ends_with_colon = true;
    outline->list = 0;
  }
}

/* One finding for each run of unnumbered texts that introduce nothing. */
static void find_texts(struct assembly *assembly) {
  const struct document *document = assembly->document;
  bool running = false;
  for (size_t i = 0; i < document->paragraph_count; i++) {
    const struct paragraph *paragraph = &document->paragraphs[i];
    bool introduces = i + 1 < document->paragraph_count && paragraph[1].kind == PARAGRAPH_ITEM &&
                      prose_ends_with_colon(paragraph->text);
    bool text = paragraph->kind == PARAGRAPH_TEXT && !introduces;
    if (text && !running)
      assembly_find(assembly, paragraph->line, "text without a number%s%s: stored as it stands",
                    paragraph->place[0] ? " under " : "", paragraph->place);
    running = text;
  }
}

void outline_read(struct assembly *assembly, const struct blocks *blocks, size_t first) {
  struct outline outline = {.assembly = assembly, .blocks = blocks};
  for (size_t i = first; i < blocks->count; i++) {
    const struct block *block = &blocks->items[i];
    bool heading = is_heading_text(block_text(block));
    if (block->marker.kind == MARKER_ROMAN && heading)
      add_chapter(&outline, block);
    else if (block->marker.kind == MARKER_CAPITAL && heading && is_section(&outline, block->marker.number))
      add_section(&outline, block);
    else if (block->marker.kind == MARKER_CAPITAL && heading)
      add_chapter(&outline, block);
    else if (block->marker.kind == MARKER_NUMBER)
      place_number(&outline, block);
    else if (block->marker.kind != MARKER_LETTER || !place_letter(&outline, block))
      place_text(&outline, i);
  }
  assembly_close(assembly);
  find_texts(assembly);
}
