/*
 * What stands before the report: symbol, distribution, dates, languages, conference, body, session, place, title.
 *
 * The lines are told apart by how they begin, in English, French and Spanish, with case and accents folded.  The title
 * begins with a word such as "Report"; where there is none, the last line of the front that is nothing else is the
 * title.
 */
#include "core/document/document_private.h"

#include "core/base/memory.h"

#include <stdlib.h>
#include <string.h>

enum {
  FRONT_LINE_MAX = 600,
  TITLE_LINES_MAX = 8,
  FRONT_TEXT_MIN = 60,
  FRONT_HEADING_MAX = 400,
  WRAPPED_TITLE_MIN = 40
};

enum front_line {
  FRONT_UNKNOWN,
  FRONT_KNOWN, /* belongs to the masthead */
  FRONT_TITLE,
  FRONT_TEXT, /* the report begins */
};

/* A line of the front, as written and folded. */
struct front {
  const char *text;
  size_t length;
  const char *folded;
};

static const char *const title_words[] = {"draft report",
                                          "revised draft report",
                                          "report",
                                          "addendum",
                                          "corrigendum",
                                          "projet de rapport",
                                          "rapport",
                                          "additif",
                                          "rectificatif",
                                          "proyecto de informe",
                                          "informe",
                                          "adicion",
                                          "correccion",
                                          "concluding observations",
                                          "observations finales",
                                          "observaciones finales",
                                          "recommendations",
                                          "recommandations",
                                          "recomendaciones",
                                          "note by",
                                          "note du",
                                          "note etablie",
                                          "nota de",
                                          "compilation",
                                          "summary",
                                          "outcome",
                                          NULL};

static const char *const body_words[] = {"working group",
                                         "open-ended",
                                         "groupe de travail",
                                         "grupo de trabajo",
                                         "committee",
                                         "comite",
                                         "subcommittee",
                                         "implementation review group",
                                         "groupe d'examen",
                                         "grupo de examen",
                                         "human rights council",
                                         "conseil des droits",
                                         "consejo de derechos",
                                         "commission",
                                         "comision",
                                         "group of experts",
                                         "expert group",
                                         "groupe d'experts",
                                         "grupo de expertos",
                                         NULL};

static const char *const conference_words[] = {"conference of the", "conference des", "conference de", "conferencia de",
                                               NULL};

static const char *const agenda_words[] = {"item ", "items ", "agenda item",        "point ", "points ",
                                           "tema ", "temas ", "provisional agenda", NULL};

static const char *const contents_words[] = {"contents",           "contents page", "page",   "paragraphs page",
                                             "table des matieres", "indice",        "pagina", NULL};

/* Headings without a number that may stand right below the title. */
static const char *const first_headings[] = {"introduction", "introduccion", "background",
                                             "contexte",     "antecedentes", NULL};

static bool is_word(const char *folded, const char *const *words) {
  for (; *words; words++)
    if (strcmp(*words, folded) == 0)
      return true;
  return false;
}

static void keep(char **field, const char *s, size_t length) {
  free(*field);
  *field = memory_string_n(s, length);
}

/* What follows the colon of a line such as "Original : anglais"; NULL without a colon. */
static const char *after_colon(const char *s) {
  const char *colon = strchr(s, ':');
  return colon ? colon + 1 + strspn(colon + 1, " ") : NULL;
}

/* "Distr.: Limited", "Distr. générale" */
static bool read_distribution(struct document *document, const struct front *front) {
  static const char *const words[] = {"distr.", "distribution", NULL};
  size_t size = prose_prefix(front->folded, words);
  if (size == 0)
    return false;
  const char *value = front->text + size;
  value += strspn(value, " :");
  size_t length = strcspn(value, "0123456789");
  value = text_trim(value, &length);
  if (length > 0)
    keep(&document->distribution, value, length);
  return true;
}

/* "Original: English", "English only" */
static bool read_original(struct document *document, const struct front *front) {
  const char *name = strncmp(front->folded, "original", 8) == 0 ? after_colon(front->folded) : NULL;
  if (!name && strstr(front->folded, " only"))
    name = front->folded;
  const char *code = name ? language_code(name) : NULL;
  if (code)
    memcpy(document->original_language, code, 3);
  return code != NULL;
}

/* "4 July 2018", "Date: 4 July 2018": the document's own date */
static bool read_date(struct document *document, const struct front *front) {
  const char *date = strncmp(front->folded, "date:", 5) == 0 ? after_colon(front->text) : front->text;
  size_t consumed;
  day dated;
  if (!day_parse_prose(date, strlen(date), &dated, &consumed) || date[consumed] != '\0')
    return false;
  if (document->dated == DAY_NONE)
    document->dated = dated;
  return true;
}

/* "Vienna, 4–5 July 2018": place and days, which may stand without a place */
static bool read_held(struct document *document, const struct front *front) {
  const char *dates = front->text;
  while (dates) {
    dates += strspn(dates, " ");
    size_t length = front->length - (size_t)(dates - front->text);
    if (held_read(dates, length, &document->held_from, &document->held_to)) {
      keep(&document->held, dates, length);
      size_t place = (size_t)(dates - front->text);
      while (place > 0 && (front->text[place - 1] == ' ' || front->text[place - 1] == ','))
        place--;
      if (place > 0)
        keep(&document->place, front->text, place);
      return true;
    }
    const char *comma = strchr(dates, ',');
    dates = comma ? comma + 1 : NULL;
  }
  return false;
}

static bool ends_with(const char *s, const char *end) {
  size_t length = strlen(s), size = strlen(end);
  return length >= size && strcmp(s + length - size, end) == 0;
}

/* "Fifth session", "Quinto período de sesiones" */
static bool read_session(struct document *document, const struct front *front) {
  if (front->length > 100 || !(ends_with(front->folded, " session") || ends_with(front->folded, "periodo de sesiones")))
    return false;
  keep(&document->session, front->text, front->length);
  return true;
}

static bool is_contents_word(const struct front *front) {
  return is_word(front->folded, contents_words);
}

/* Reads one line that stands before the title. */
static bool read_known(struct document *document, const struct front *front) {
  if (read_distribution(document, front) || read_original(document, front) || read_date(document, front) ||
      read_held(document, front) || read_session(document, front))
    return true;
  if (prose_prefix(front->folded, conference_words)) {
    keep(&document->conference, front->text, front->length);
    return true;
  }
  if (prose_prefix(front->folded, body_words)) {
    keep(&document->body, front->text, front->length);
    return true;
  }
  return prose_prefix(front->folded, agenda_words) > 0 || is_contents_word(front);
}

/* Reads a line after the title began: dates and agenda items still belong to the masthead. */
static bool read_known_below_title(struct document *document, const struct front *front) {
  return read_distribution(document, front) || read_original(document, front) || read_date(document, front) ||
         (document->held_from == DAY_NONE && read_held(document, front)) ||
         prose_prefix(front->folded, agenda_words) > 0 || is_contents_word(front);
}

static enum front_line classify(struct document *document, const struct front *front, size_t title_lines) {
  bool ended = front->length > 0 && strchr(".;:", front->text[front->length - 1]);
  bool running = front->length > FRONT_LINE_MAX || (ended && front->length > FRONT_TEXT_MIN);
  if (title_lines > 0) {
    if (read_known_below_title(document, front))
      return FRONT_KNOWN;
    bool heading = !running && !ended && !is_word(front->folded, first_headings) &&
                   front->length <= FRONT_HEADING_MAX && title_lines < TITLE_LINES_MAX;
    return heading ? FRONT_TITLE : FRONT_TEXT;
  }
  if (!running && read_known(document, front))
    return FRONT_KNOWN;
  if (running)
    return FRONT_TEXT;
  return prose_prefix(front->folded, title_words) ? FRONT_TITLE : FRONT_UNKNOWN;
}

static bool is_front(const struct block *block) {
  return block->is_symbol || block->marker.kind == MARKER_NONE;
}

/* Place and days from "Report on the meeting … held in Vienna on 4 and 5 July 2018". */
static void read_held_from_title(struct document *document) {
  static const char *const holding[] = {" held in ",      " held at ",      " tenue \u00e0 ",
                                        " celebrada en ", " celebrado en ", NULL};
  static const char *const days[] = {" on ", " from ",          " du ", " le ", " les ", " del ",
                                     " el ", " los d\u00edas ", NULL};
  const char *place = document->title ? prose_find_any(document->title, holding) : NULL;
  if (!place || document->held_from != DAY_NONE)
    return;
  place += prose_prefix(place, holding);
  for (const char *sign = prose_find_any(place, days); sign; sign = prose_find_any(sign + 1, days)) {
    const char *dates = sign + 1;
    if (strncmp(dates, "on ", 3) == 0)
      dates += 3;
    size_t length = strcspn(dates, ",(");
    length -= strncmp(dates + length, " \u2013 ", 5) == 0;
    if (!held_read(dates, length, &document->held_from, &document->held_to))
      continue;
    keep(&document->held, dates, length);
    if (!document->place)
      keep(&document->place, place, (size_t)(sign - place));
    return;
  }
}

/* Whether a title's part is only the next line of the part before it, not a part of its own such as "Addendum". */
static bool is_wrapped_title(const struct paragraph *before, const struct paragraph *part) {
  AUTO_FREE char *folded = text_fold_accents(part->text, strlen(part->text));
  return part->line == before->line + 1 && strlen(before->text) >= WRAPPED_TITLE_MIN &&
         prose_prefix(folded, title_words) == 0;
}

/* The title's parts, joined by dashes. */
static void join_title(struct assembly *assembly) {
  struct document *document = assembly->document;
  struct text title = {0};
  assembly_close(assembly);
  for (size_t i = 0; i < document->paragraph_count; i++) {
    if (document->paragraphs[i].kind != PARAGRAPH_TITLE)
      continue;
    const struct paragraph *part = &document->paragraphs[i];
    if (title.length > 0)
      text_add(&title, is_wrapped_title(part - 1, part) ? " " : " \u2013 ");
    text_add(&title, part->text);
  }
  if (title.length > 0)
    document->title = text_take(&title);
  text_free(&title);
}

size_t masthead_read(struct assembly *assembly, const struct blocks *blocks) {
  struct document *document = assembly->document;
  size_t at = 0, title_lines = 0, last_unknown = SIZE_MAX;
  for (; at < blocks->count && is_front(&blocks->items[at]); at++) {
    const struct block *block = &blocks->items[at];
    struct front front = {.text = block->text, .length = strlen(block->text)};
    AUTO_FREE char *folded = text_fold_accents(block->text, front.length < FRONT_LINE_MAX ? front.length : 0);
    front.folded = folded;
    enum front_line line = block->is_symbol ? FRONT_KNOWN : classify(document, &front, title_lines);
    if (line == FRONT_TEXT)
      break;
    title_lines += line == FRONT_TITLE;
    if (line == FRONT_UNKNOWN)
      last_unknown = document->paragraph_count;
    assembly_add(assembly, line == FRONT_TITLE ? PARAGRAPH_TITLE : PARAGRAPH_MASTHEAD, "", block->text, block->line);
    if (line == FRONT_TITLE)
      assembly_take_star(assembly);
  }
  if (title_lines == 0 && last_unknown != SIZE_MAX)
    document->paragraphs[last_unknown].kind = PARAGRAPH_TITLE;
  join_title(assembly);
  read_held_from_title(document);
  return at;
}
