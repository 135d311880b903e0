/*
 * Whom a recommendation speaks to: States, or an organ such as the Secretariat.
 *
 * It is read off the subject of "should" ("devraient", "deberían"), or off what "recommends that" asks for.  An opening
 * such as "In cooperation with UNODC," is no subject and is passed over.
 */
#include "core/document_private.h"

#include <string.h>

/* What is looked at of a sentence's front: a subject is no longer. */
enum { SUBJECT_MAX = 600, BARE_SUBJECT_MAX = 60 };

static const char *const modals[] = {" should",        " devraient",     " devrait", " deber\u00edan",
                                     " deber\u00eda ", " deber\u00eda:", " deben",   NULL};
static const char *const recommends[] = {"recommended that ",    "recommends that ", "recommend that ",
                                         "recommand\u00e9 que ", "recommande que ",  "recommand\u00e9 au",
                                         "recomend\u00f3 que ",  "recomienda que ",  NULL};
static const char *const states[] = {"States",     "State ", "State parties", "Parties", "Governments",   "\u00c9tats",
                                     "\u00c9tat ", "Etats",  "Estados",       "Estado ", "Gouvernements", "Gobiernos",
                                     NULL};
static const char *const organs[] = {"Secretariat",
                                     "Secr\u00e9tariat",
                                     "Secretar\u00eda",
                                     "UNODC",
                                     "ONUDC",
                                     "United Nations Office",
                                     "Office des Nations Unies",
                                     "Oficina de las Naciones Unidas",
                                     "Conference of the",
                                     "Conf\u00e9rence des",
                                     "Conferencia de",
                                     "Working Group",
                                     "Groupe de travail",
                                     "Grupo de Trabajo",
                                     "Secretary-General",
                                     NULL};
static const char *const organ_names[] = {"the Secretariat",
                                          "the Secretariat",
                                          "the Secretariat",
                                          "UNODC",
                                          "UNODC",
                                          "UNODC",
                                          "UNODC",
                                          "UNODC",
                                          "the Conference",
                                          "the Conference",
                                          "the Conference",
                                          "the Working Group",
                                          "the Working Group",
                                          "the Working Group",
                                          "the Secretary-General"};
static const char *const joined_states[] = {
    " and States",        " and Member States", " and the States", " et les \u00c9tats",
    " et aux \u00c9tats", " y los Estados",     " and Parties",    NULL};
static const char *const openings[] = {"In ",  "in ",   "With ",  "with ", "Subject ", "subject ", "Where ",  "where ",
                                       "As ",  "as ",   "Given ", "For ",  "for ",     "On ",      "on ",     "To ",
                                       "to ",  "When ", "when ",  "Upon ", "and ",     "Through ", "Within ", "En ",
                                       "en ",  "Avec ", "avec ",  "Sous ", "sous ",    "Dans ",    "dans ",   "Con ",
                                       "con ", "A ",    "et ",    "y ",    "also ",    "Also ",    NULL};

static const char *const following[] = {"following recommendation", "recommandations suivantes",
                                        "siguientes recomendaciones", "recomendaciones siguientes", NULL};

/* Where the last sentence of s begins. */
static const char *last_sentence(const char *s) {
  const char *start = s;
  for (const char *stop = strstr(s, ". "); stop; stop = strstr(stop + 2, ". "))
    if (prose_begins_upper(stop + 2, strnlen(stop + 2, 8)))
      start = stop + 2;
  return start;
}

/* Passes over openings that end with a comma. */
static const char *pass_openings(const char *subject) {
  while (prose_prefix(subject, openings) > 0) {
    const char *comma = strchr(subject, ',');
    if (!comma)
      break;
    subject = comma + 1 + strspn(comma + 1, " ");
  }
  return subject;
}

/* Which organ stands first in the subject; NULL when States do, or stand beside it, or none does. */
static const char *organ_in(const char *subject) {
  subject = pass_openings(subject);
  const char *first_state = prose_find_any(subject, states), *first = NULL, *name = NULL;
  for (size_t i = 0; organs[i]; i++) {
    const char *found = strstr(subject, organs[i]);
    if (found && (!first || found < first)) {
      first = found;
      name = organ_names[i];
    }
  }
  if (!first || (first_state && first_state < first) || prose_find_any(subject, joined_states))
    return NULL;
  return name;
}

/* The subject of "should": what stands between the sentence's front, or its last "that", and the modal. */
static void subject_of_modal(struct text *subject, const char *s, const char *modal) {
  static const char *const that[] = {" that ", " que ", NULL};
  AUTO_TEXT struct text before = {0};
  text_add_n(&before, s, (size_t)(modal - s));
  const char *start = text_string(&before);
  if (strlen(start) > SUBJECT_MAX)
    start += strlen(start) - SUBJECT_MAX;
  for (const char *clause = prose_find_any(start, that); clause; clause = prose_find_any(start, that))
    start = clause + prose_prefix(clause, that);
  text_add(subject, start);
}

/* The subject of what is recommended without a modal: "recommends that the Secretariat continue …". */
static void subject_of_that(struct text *subject, const char *recommend) {
  static const char *const that[] = {" that ", " que ", NULL};
  const char *clause = prose_find_any(recommend, that);
  const char *start = clause ? clause + prose_prefix(clause, that) : recommend + strcspn(recommend, " ");
  text_add_n(subject, start, strnlen(start, BARE_SUBJECT_MAX));
}

/* Whether the modal stands in what somebody only said: "Several speakers noted that States should". */
static bool is_reported(const char *subject_clause) {
  static const char *const determiners[] = {"The ", "Each ", "Every ", "All ",    "Any ",  "Les ", "Le ",
                                            "La ",  "Los ",  "El ",    "Chaque ", "Cada ", NULL};
  static const char *const that[] = {" that ", " que ", " qui ", NULL};
  const char *s = pass_openings(subject_clause);
  s += prose_prefix(s, determiners);
  return prose_find_any(s, that) && prose_prefix(s, states) == 0 && prose_prefix(s, organs) == 0;
}

/* Adds the first or the last sentence of s. */
static void add_sentence(struct text *sentence, const char *s, bool last) {
  const char *start = last ? last_sentence(s) : s, *end = start;
  while ((end = strstr(end, ". ")) && !prose_begins_upper(end + 2, strnlen(end + 2, 8)))
    end += 2;
  text_add_n(sentence, start, end ? (size_t)(end - start) : strlen(start));
}

enum addressee addressee_read(const char *s, bool last, const char **name) {
  AUTO_TEXT struct text whole = {0}, subject = {0};
  add_sentence(&whole, s, last);
  const char *sentence = text_string(&whole);
  const char *modal = prose_find_any(sentence, modals), *recommend = prose_find_any(sentence, recommends);
  *name = NULL;
  if (!modal && !recommend)
    return ADDRESSEE_NONE;
  /* "recommended that the Conference consider the following recommendations:" asks nothing of the Conference */
  if (last && prose_find_any(sentence, following))
    return ADDRESSEE_STATES;
  if (recommend && (!modal || modal < recommend))
    subject_of_that(&subject, recommend);
  else
    subject_of_modal(&subject, sentence, modal);
  if (!last && !recommend) {
    AUTO_TEXT struct text clause = {0};
    text_add_n(&clause, sentence, (size_t)(modal - sentence));
    if (is_reported(text_string(&clause)))
      return ADDRESSEE_NONE;
  }
  *name = organ_in(text_string(&subject));
  return *name ? ADDRESSEE_OTHER : ADDRESSEE_STATES;
}
