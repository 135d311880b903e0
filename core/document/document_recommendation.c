/*
 * Which paragraphs are recommendations.
 *
 * Lettered items are, under a chapeau: a text that ends with a colon and introduces recommendations or says what States
 * should do.  Numbered paragraphs are, where a heading says "recommendations" or a chapeau without items stands above,
 * or in the concluding observations on a State, when they say what somebody should do; and those numbered 6.1, 6.2 …
 * under the chapeau 6.  What is asked of an organ such as the Secretariat is no recommendation to States: it stays a
 * paragraph, with a finding.
 */
#include "core/document/document_private.h"

#include "core/base/memory.h"

#include <stdlib.h>
#include <string.h>

struct reading {
  struct assembly *assembly;
  struct document *document;
  bool title, chapter, section, heading; /* says "recommendations" */
  bool observes;                         /* the whole document does: concluding observations on a State */
  size_t chapeau;                        /* the last text that ends with a colon; SIZE_MAX when none */
  bool recommends;                       /* the chapeau introduces recommendations to States */
  bool names_nobody;                     /* and leaves it to each of them to say whom it asks */
  bool names_body; /* the chapeau ends with the body that speaks, and the items say what it does */
  size_t used;     /* items or paragraphs under the chapeau so far */
};

static const char *const recommending[] = {"recommend", "recommand", "recomend", "recomiend", NULL};
/* What introduces recommendations, whatever the heading says. */
static const char *const introducing[] = {"following recommendations",  "recommendations below",
                                          "recommendations enjoy",      "recommendations made",
                                          "recommendations have been",  "recommendations will be",
                                          "recommendations did not",    "recommendations were",
                                          "following for adoption",     "recommendations presented",
                                          "recommandations suivantes",  "recommandations ci-après",
                                          "recommandations énoncées",   "recommandations figurant",
                                          "recommandé ce qui suit",     "siguientes recomendaciones",
                                          "recomendaciones siguientes", "recomendaciones que",
                                          "recomendaciones formuladas", "recomendaciones enumeradas",
                                          "recommended the following",  NULL};

/* "recomendó a los Estados parte lo siguiente": the two stand apart. */
static bool recommends_following(const char *s) {
  static const char *const verbs[] = {"recomendó ",  "recomendaron ", "recomendar ",
                                      "recomienda ", "recomiendan ",  NULL};
  const char *verb = prose_find_any(s, verbs);
  return verb != NULL && strstr(verb, "lo siguiente") != NULL;
}

static bool says_recommendations(const char *s) {
  return prose_find_any(s, recommending) != NULL;
}

/* Whether the heading above, or the title, says that recommendations stand here. */
static bool is_under_recommendations(const struct reading *reading) {
  return reading->title || reading->chapter || reading->section || reading->heading;
}

/* ---- chapeaux ---- */

static void leave_chapeau(struct reading *reading) {
  if (reading->chapeau == SIZE_MAX || reading->used > 0)
    return;
  const struct paragraph *chapeau = &reading->document->paragraphs[reading->chapeau];
  assembly_find(reading->assembly, chapeau->line, "\"%.*s\" introduces nothing: no items stand under it",
                text_shown(chapeau->text, strlen(chapeau->text)), chapeau->text);
}

static void close_chapeau(struct reading *reading) {
  leave_chapeau(reading);
  reading->chapeau = SIZE_MAX;
  reading->recommends = false;
  reading->used = 0;
}

static void open_chapeau(struct reading *reading, size_t index) {
  const struct paragraph *paragraph = &reading->document->paragraphs[index];
  const char *name;
  close_chapeau(reading);
  reading->chapeau = index;
  enum addressee addressee = addressee_read(paragraph->text, true, &name);
  bool introduces = prose_find_any(paragraph->text, introducing) || recommends_following(paragraph->text) ||
                    (is_under_recommendations(reading) && says_recommendations(paragraph->text));
  reading->recommends = addressee == ADDRESSEE_STATES || (addressee == ADDRESSEE_NONE && introduces) ||
                        (addressee == ADDRESSEE_UNNAMED && (introduces || is_under_recommendations(reading)));
  reading->names_nobody = introduces;
  reading->names_body = is_under_recommendations(reading) && addressee_ends_with_body(paragraph->text);
  if (addressee == ADDRESSEE_OTHER && (introduces || is_under_recommendations(reading))) {
    assembly_find(reading->assembly, paragraph->line,
                  "addressed to %s, not to States: the items are stored as paragraphs, not as recommendations", name);
  }
}

/* ---- recommendations ---- */

/*
 * Takes the signs of a list off the end of its entry: ";", "; and", ",", and the full stop of the last one, unless the
 * entry has several sentences.
 */
static void take_list_signs_off(char *text) {
  static const char *const joined[] = {"; and", "; or", "; et", "; ou", "; y", "; e", "; o", ", and", ", et", ", y"};
  size_t length = strlen(text);
  for (size_t i = 0; i < sizeof joined / sizeof *joined; i++) {
    size_t size = strlen(joined[i]);
    if (length > size && strcmp(text + length - size, joined[i]) == 0) {
      length -= size;
      break;
    }
  }
  while (length > 1 && strchr(";, ", text[length - 1]))
    length--;
  if (length > 1 && text[length - 1] == '.' && text[length - 2] != '.' && !memmem(text, length, ". ", 2))
    length--;
  text[length] = '\0';
}

/* The paragraph's place as a reference, read as users will write it. */
static bool reference_of(const struct reading *reading, const struct paragraph *paragraph,
                         struct reference *reference) {
  struct error error;
  if (!reference_parse(paragraph->place, strlen(paragraph->place), reference, &error))
    return false;
  const char *symbol = reading->document->symbol;
  if (symbol && strlen(symbol) < sizeof reference->symbol)
    memcpy(reference->symbol, symbol, strlen(symbol) + 1);
  return true;
}

static void add(struct reading *reading, size_t index, size_t chapeau) {
  struct paragraph *paragraph = &reading->document->paragraphs[index];
  struct reference reference;
  if (!paragraph->text[0])
    return; /* told already */
  if (!reference_of(reading, paragraph, &reference)) {
    assembly_find(reading->assembly, paragraph->line,
                  "\"%s\" can be no reference: stored as a paragraph, not a recommendation", paragraph->place);
    return;
  }
  if (chapeau != SIZE_MAX)
    take_list_signs_off(paragraph->text);
  assembly_recommend(reading->assembly, &reference, index, chapeau);
}

static void find_organ(const struct reading *reading, const struct paragraph *paragraph, const char *name) {
  assembly_find(reading->assembly, paragraph->line,
                "addressed to %s, not to States: stored as a paragraph, not a recommendation", name);
}

/* A numbered paragraph that says what somebody should do. */
static void read_asking(struct reading *reading, size_t index) {
  const struct paragraph *paragraph = &reading->document->paragraphs[index];
  const char *name;
  enum addressee addressee = addressee_read(paragraph->text, false, &name);
  if (addressee == ADDRESSEE_UNNAMED)
    assembly_find(reading->assembly, paragraph->line,
                  "it names nobody who should do it: stored as a recommendation to States");
  if (addressee == ADDRESSEE_STATES || addressee == ADDRESSEE_UNNAMED)
    add(reading, index, SIZE_MAX);
  else if (addressee == ADDRESSEE_OTHER)
    find_organ(reading, paragraph, name);
  else if (addressee_begins_with_states(paragraph->text))
    assembly_find(reading->assembly, paragraph->line,
                  "it speaks of States, and not of what they should do: stored as a paragraph, not a recommendation");
}

/* Whether items go on with a numbered paragraph that lacks its colon: "States parties should" above "(a) Row;". */
static bool goes_on_in_items(const struct reading *reading, size_t index) {
  const struct document *document = reading->document;
  const char *text = document->paragraphs[index].text;
  return index + 1 < document->paragraph_count && document->paragraphs[index + 1].kind == PARAGRAPH_ITEM &&
         strcmp(document->paragraphs[index + 1].number, "a") == 0 && !prose_is_ended(text, strlen(text));
}

/* Whether a numbered paragraph is 6.1 where the chapeau is 6. */
static bool is_counted_under(const struct reading *reading, const struct paragraph *paragraph) {
  if (reading->chapeau == SIZE_MAX)
    return false;
  const char *number = reading->document->paragraphs[reading->chapeau].number;
  size_t size = strlen(number);
  return size > 0 && strncmp(paragraph->number, number, size) == 0 && paragraph->number[size] == '.';
}

static void read_numbered(struct reading *reading, size_t index) {
  const struct paragraph *paragraph = &reading->document->paragraphs[index];
  if (is_counted_under(reading, paragraph)) {
    reading->used++;
    if (reading->recommends)
      add(reading, index, reading->chapeau);
    return;
  }
  if (prose_ends_with_colon(paragraph->text) || goes_on_in_items(reading, index)) {
    open_chapeau(reading, index);
    return;
  }
  /* "adopted the following recommendations:" above numbered paragraphs stands for a heading */
  const char *name;
  if (reading->recommends && reading->used == 0 && addressee_read(paragraph->text, false, &name) != ADDRESSEE_NONE) {
    reading->section = true;
    reading->used = 1;
  }
  close_chapeau(reading);
  if (is_under_recommendations(reading))
    read_asking(reading, index);
}

/* An item that tells what the body does: "Calls upon States parties to …". */
static void read_act(struct reading *reading, size_t index) {
  const struct paragraph *paragraph = &reading->document->paragraphs[index];
  const char *name;
  enum addressee addressee = addressee_read(paragraph->text, false, &name);
  if (addressee == ADDRESSEE_STATES)
    add(reading, index, reading->chapeau);
  else if (addressee == ADDRESSEE_OTHER)
    find_organ(reading, paragraph, name);
}

static void read_item(struct reading *reading, size_t index) {
  const struct paragraph *paragraph = &reading->document->paragraphs[index];
  bool lettered = paragraph->number[0] >= 'a' && paragraph->number[0] <= 'z';
  bool placed = strchr(paragraph->place, '(') != NULL;
  if (reading->chapeau == SIZE_MAX)
    return;
  const char *name;
  reading->used++;
  if (reading->names_body && !reading->recommends && lettered && placed)
    read_act(reading, index);
  else if (reading->recommends && lettered && placed && reading->names_nobody &&
           addressee_is_organ(paragraph->text, &name))
    find_organ(reading, paragraph, name);
  else if (reading->recommends && lettered && placed)
    add(reading, index, reading->chapeau);
  else if (reading->recommends)
    assembly_find(reading->assembly, paragraph->line,
                  "item %s has no place of its own under %s: stored as a paragraph, not a recommendation",
                  paragraph->number, paragraph->place);
}

static void read_heading(struct reading *reading, const struct paragraph *paragraph) {
  bool says = says_recommendations(paragraph->text);
  close_chapeau(reading);
  reading->heading = paragraph->kind == PARAGRAPH_HEADING && says;
  if (paragraph->kind == PARAGRAPH_HEADING)
    return;
  reading->section = paragraph->kind == PARAGRAPH_SECTION && says;
  if (paragraph->kind == PARAGRAPH_CHAPTER)
    reading->chapter = says;
  reading->title = reading->observes;
}

static void read_paragraph(struct reading *reading, size_t index) {
  const struct paragraph *paragraph = &reading->document->paragraphs[index];
  switch (paragraph->kind) {
  case PARAGRAPH_MASTHEAD:
    break;
  case PARAGRAPH_TITLE:
    reading->observes = reading->observes || state_is_observed(paragraph->text);
    reading->title = reading->title || reading->observes || says_recommendations(paragraph->text);
    break;
  case PARAGRAPH_CHAPTER:
  case PARAGRAPH_SECTION:
  case PARAGRAPH_HEADING:
    read_heading(reading, paragraph);
    break;
  case PARAGRAPH_NUMBERED:
    read_numbered(reading, index);
    break;
  case PARAGRAPH_ITEM:
    read_item(reading, index);
    break;
  case PARAGRAPH_TEXT:
    if (prose_ends_with_colon(paragraph->text))
      open_chapeau(reading, index);
    else
      reading->used += reading->chapeau != SIZE_MAX && !reading->recommends;
    break;
  }
}

/* ---- one recommendation a place ---- */

static int compare_places(const void *a, const void *b) {
  const struct document_recommendation *x = a, *y = b;
  int by_place = reference_compare(&x->reference, &y->reference);
  return by_place ? by_place : (x->paragraph > y->paragraph) - (x->paragraph < y->paragraph);
}

/* Takes out the second of two recommendations at one place, which a repeated number makes. */
static void take_repeats_out(struct assembly *assembly) {
  struct document *document = assembly->document;
  size_t count = document->recommendation_count, kept = 0;
  struct document_recommendation *sorted = memory_new(count + 1, sizeof *sorted);
  AUTO_FREE bool *repeated = memory_new(document->paragraph_count + 1, sizeof *repeated);
  if (count > 0)
    memcpy(sorted, document->recommendations, count * sizeof *sorted);
  qsort(sorted, count, sizeof *sorted, compare_places);
  for (size_t i = 1; i < count; i++)
    if (reference_compare(&sorted[i - 1].reference, &sorted[i].reference) == 0)
      repeated[sorted[i].paragraph] = true;
  free(sorted);
  for (size_t i = 0; i < count; i++) {
    const struct document_recommendation *recommendation = &document->recommendations[i];
    const struct paragraph *paragraph = &document->paragraphs[recommendation->paragraph];
    if (repeated[recommendation->paragraph])
      assembly_find(assembly, paragraph->line, "%s stands twice: stored as a paragraph, not a recommendation",
                    paragraph->place);
    else
      document->recommendations[kept++] = *recommendation;
  }
  document->recommendation_count = kept;
}

void recommendations_read(struct assembly *assembly) {
  struct reading reading = {.assembly = assembly, .document = assembly->document, .chapeau = SIZE_MAX};
  for (size_t i = 0; i < assembly->document->paragraph_count; i++)
    read_paragraph(&reading, i);
  leave_chapeau(&reading);
  take_repeats_out(assembly);
}
