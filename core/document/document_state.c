/*
 * The one State that a document speaks to, read off its title: "Concluding observations on the third periodic report of
 * the Gambia"; or, below the title of a report on a universal periodic review, the State under review.
 */
#include "core/document/document_private.h"

#include "core/base/memory.h"

#include <string.h>

enum { NAME_MAX_BYTES = 120 };

static const char *const reviews[] = {"Universal Periodic Review", "Examen périodique universel",
                                      "Examen Periódico Universal", NULL};
/* What stands right before a State's name in the title of concluding observations; the longer ones first. */
static const char *const before[] = {"report of the ",
                                     "reports of the ",
                                     "report of ",
                                     "reports of ",
                                     "report submitted by the ",
                                     "report submitted by ",
                                     "rapport de la ",
                                     "rapport de l’",
                                     "rapport de l'",
                                     "rapport des ",
                                     "rapport du ",
                                     "rapport de ",
                                     "rapport soumis par la ",
                                     "rapport soumis par le ",
                                     "rapport soumis par l’",
                                     "rapport soumis par ",
                                     "riodique de la ",
                                     "riodique de l’",
                                     "riodique de l'",
                                     "riodique des ",
                                     "riodique du ",
                                     "riodique de ",
                                     "riodiques de la ",
                                     "riodiques de l’",
                                     "riodiques de l'",
                                     "riodiques des ",
                                     "riodiques du ",
                                     "riodiques de ",
                                     "informe de la ",
                                     "informe de los ",
                                     "informe de las ",
                                     "informe del ",
                                     "informe de ",
                                     "informe presentado por ",
                                     "riódico de la ",
                                     "riódico de los ",
                                     "riódico de las ",
                                     "riódico del ",
                                     "riódico de ",
                                     "riódicos de la ",
                                     "riódicos de los ",
                                     "riódicos de las ",
                                     "riódicos del ",
                                     "riódicos de ",
                                     NULL};
/* Where the name ends, if not at the title's end. */
static const char *const behind[] = {
    " under ",         " submitted", " in accordance", " pursuant",  " concerning", " valant", " soumis", " en vertu",
    " en application", " présenté",  " presentado",    " en virtud", " \u2013 ",    ";",       ",",       NULL};

static void keep_name(struct document *document, const char *name, size_t length) {
  name = text_trim(name, &length);
  while (length > 0 && name[length - 1] == '*')
    length--;
  name = text_trim(name, &length);
  if (length > 0 && length <= NAME_MAX_BYTES && !document->state && prose_begins_upper(name, length))
    document->state = memory_string_n(name, length);
}

bool state_is_observed(const char *title) {
  static const char *const observations[] = {"concluding observations", "observations finales", "observaciones finales",
                                             NULL};
  return prose_find_any(title, observations) != NULL;
}

static void read_observations(struct document *document) {
  const char *title = document->title, *name = NULL;
  if (!state_is_observed(title))
    return;
  for (const char *s = title; *s; s++) {
    size_t size = prose_prefix(s, before);
    if (size > 0)
      name = s + size;
  }
  if (!name)
    return;
  const char *end = prose_find_any(name, behind);
  keep_name(document, name, end ? (size_t)(end - name) : strlen(name));
}

/* The part of the title that follows the one with the review's name, unless it says which part of the report it is. */
static void read_review(struct document *document) {
  static const char *const parts[] = {"Addendum",   "Additif", "Adición", "Corrigendum", "Rectificatif",
                                      "Corrección", "Note ",   "Nota ",   NULL};
  bool found = false;
  for (size_t i = 0; i < document->paragraph_count; i++) {
    const struct paragraph *part = &document->paragraphs[i];
    if (part->kind != PARAGRAPH_TITLE)
      continue;
    if (found && prose_prefix(part->text, parts) == 0) {
      keep_name(document, part->text, strlen(part->text));
      return;
    }
    found = prose_find_any(part->text, reviews) != NULL;
  }
}

void state_read(struct assembly *assembly) {
  assembly_close(assembly);
  if (!assembly->document->title)
    return;
  read_observations(assembly->document);
  read_review(assembly->document);
}
