/*
 * Whom a recommendation speaks to: States, or an organ such as the Secretariat.
 *
 * It is read off the subject of "should" ("devraient", "deberían"), off what "recommends that" asks for, or off whom
 * "encourages", "urges", "requests" name.  An opening such as "In cooperation with UNODC," is no subject and is passed
 * over; so is what speakers only said.
 */
#include "core/document/document_private.h"

#include <string.h>

/* What is looked at of a sentence, and of its front: a subject is no longer; nor is the way from a verb to whom it
 * asks. */
enum { SENTENCE_MAX = 4000, SUBJECT_MAX = 600, BARE_SUBJECT_MAX = 60, OBJECT_GAP_MAX = 24 };

static const char *const modals[] = {" should",   " devraient", " devrait", " deberían",
                                     " debería ", " debería:",  " deben",   NULL};
/* These ask something of somebody only where they name whom. */
static const char *const weak_modals[] = {" shall ",       " must ",         " need to ",        " ought to ",
                                          " may wish to ", " doivent ",      " doit ",           " pourraient ",
                                          " voudront ",    " souhaiteront ", " deberán ",        " deberá ",
                                          " podrían ",     " habrán de ",    " tal vez deseen ", NULL};
static const char *const recommends[] = {"recommended that ", "recommends that ", "recommend that ", "recommandé que ",
                                         "recommande que ",   "recomendó que ",   "recomienda que ", NULL};
/* Verbs behind which stands whom they ask. */
static const char *const asks[] = {"encouraged ",    "encourages ",    "urged ",
                                   "urges ",         "called upon ",   "calls upon ",
                                   "called on ",     "calls on ",      "invited ",
                                   "invites ",       "requested ",     "requests ",
                                   "recommended to", "recommends to",  "encouragé ",
                                   "encourage ",     "engagé ",        "engage ",
                                   "invité ",        "invite ",        "prié ",
                                   "prie ",          "demandé ",       "demande ",
                                   "exhorté ",       "exhorte ",       "recommandé à",
                                   "recommandé aux", "recommandé au ", "recommande à",
                                   "recommande aux", "recommande au ", "encouragés ",
                                   "invités ",       "priés ",         "exhortés ",
                                   "alentó a",       "alienta a",      "exhortó a",
                                   "exhorta a",      "instó a",        "insta a",
                                   "invitó a",       "invita a",       "solicitó a",
                                   "solicita a",     "pidió a",        "pide a",
                                   "recomendó a",    "recomienda a",   NULL};
/* "States parties are encouraged": the verb's subject is asked. */
static const char *const passive[] = {"are ", "is ", "were ", "was ", "sont ", "est ", "sean ", "es ", "son ", NULL};
static const char *const states[] = {"States",    "State ", "State:", "State parties", "Parties", "Governments",
                                     "États",     "État ",  "Etats",  "Estados",       "Estado ", "Gouvernements",
                                     "Gobiernos", NULL};

struct organ {
  const char *word, *name;
};
static const struct organ organs[] = {
    {"Secretariat", "the Secretariat"},
    {"Secrétariat", "the Secretariat"},
    {"Secretaría", "the Secretariat"},
    {"UNODC", "UNODC"},
    {"ONUDC", "UNODC"},
    {"United Nations Office", "UNODC"},
    {"Office des Nations Unies", "UNODC"},
    {"Oficina de las Naciones Unidas", "UNODC"},
    {"Conference", "the Conference"},
    {"Conférence", "the Conference"},
    {"Conferencia", "the Conference"},
    {"Working Group", "the Working Group"},
    {"Groupe de travail", "the Working Group"},
    {"Grupo de Trabajo", "the Working Group"},
    {"Implementation Review Group", "the Implementation Review Group"},
    {"Groupe d’examen de l’application", "the Implementation Review Group"},
    {"Grupo de Examen de la Aplicación", "the Implementation Review Group"},
    {"Human Rights Council", "the Human Rights Council"},
    {"High Commissioner", "the High Commissioner"},
    {"OHCHR", "the High Commissioner"},
    {"Secretary-General", "the Secretary-General"},
    {"Secrétaire général", "the Secretary-General"},
    {"Secretario General", "the Secretary-General"},
};
static const char *const joined_states[] = {" and States",   " and Member States", " and the States", " et les États",
                                            " et aux États", " y los Estados",     " and Parties",    NULL};
static const char *const openings[] = {"In ",
                                       "in ",
                                       "With ",
                                       "with ",
                                       "Subject ",
                                       "subject ",
                                       "Where ",
                                       "where ",
                                       "As ",
                                       "as ",
                                       "Given ",
                                       "For ",
                                       "for ",
                                       "On ",
                                       "on ",
                                       "To ",
                                       "to ",
                                       "When ",
                                       "when ",
                                       "Upon ",
                                       "and ",
                                       "Through ",
                                       "Within ",
                                       "En ",
                                       "en ",
                                       "Avec ",
                                       "avec ",
                                       "Sous ",
                                       "sous ",
                                       "Dans ",
                                       "dans ",
                                       "Con ",
                                       "con ",
                                       "A ",
                                       "et ",
                                       "y ",
                                       "also ",
                                       "Also ",
                                       "While ",
                                       "while ",
                                       "Noting ",
                                       "Recalling ",
                                       "Bearing in mind ",
                                       "Taking ",
                                       "Considering ",
                                       "Recognizing ",
                                       "Without ",
                                       "Having ",
                                       "Compte tenu ",
                                       "Rappelant ",
                                       "Considérant ",
                                       "Notant ",
                                       "Tout en ",
                                       "Teniendo ",
                                       "Recordando ",
                                       "Considerando ",
                                       "Observando ",
                                       NULL};
/* "They should not be construed as endorsed": what a pronoun stands for isn't asked for anything. */
static const char *const pronouns[] = {"They ", "It ",    "This ", "These ", "Those ",
                                       "That ", "Elles ", "Ils ",  "Cela ",  NULL};
/* Those whose words a report only repeats. */
static const char *const reporters[] = {
    "speaker",        "delegat",          "panellist", "panelist",     "participant",     "presenter",
    "representative", "intervenant",      "orateur",   "délégation",   "délégué",         "représentant",
    "orador",         "delegaci",         "ponente",   "it was noted", "it was stressed", "some States",
    "several States", "number of States", NULL};

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

/* The organ that is named first in s; NULL when none is. */
static const char *first_organ(const char *s, const char **name) {
  const char *first = NULL;
  for (size_t i = 0; i < sizeof organs / sizeof *organs; i++) {
    const char *found = strcasestr(s, organs[i].word);
    if (found && (!first || found < first)) {
      first = found;
      *name = organs[i].name;
    }
  }
  return first;
}

/* Who the subject is: an organ stands first in it, States do or stand beside the organ, or neither is named. */
static enum addressee read_subject(const char *subject, const char **name) {
  subject = pass_openings(subject);
  const char *state = prose_find_any(subject, states), *organ = first_organ(subject, name);
  if (organ && !(state && state < organ) && !prose_find_any(subject, joined_states))
    return ADDRESSEE_OTHER;
  *name = NULL;
  return organ || state ? ADDRESSEE_STATES : ADDRESSEE_NONE;
}

/* Who stands close behind a verb such as "urges". */
static enum addressee read_object(const char *object, const char **name) {
  static const char *const between[] = {" by ", " from ", " of ", " for ", " with ", " in ", " par ", " por ", NULL};
  const char *state = prose_find_any(object, states), *organ = first_organ(object, name);
  const char *first = !organ || (state && state < organ) ? state : organ;
  if (!first || first - object > OBJECT_GAP_MAX)
    return ADDRESSEE_NONE;
  AUTO_TEXT struct text gap = {0};
  text_add_char(&gap, ' ');
  text_add_n(&gap, object, (size_t)(first - object));
  if (prose_find_any(gap.data, between))
    return ADDRESSEE_NONE;
  return first == organ ? ADDRESSEE_OTHER : ADDRESSEE_STATES;
}

/* Whether a text ends with a word for States: "that" behind it tells which States, not what was said. */
static bool ends_with_states(const char *s, size_t length) {
  static const char *const words[] = {"States", "arties", "Governments", "Estados",      "artes",
                                      "États",  "Etats",  "Gobiernos",   "Gouvernements"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    size_t size = strlen(words[i]);
    if (length >= size && memcmp(s + length - size, words[i], size) == 0)
      return true;
  }
  return false;
}

/* The subject of a verb: what stands between the sentence's front, or its last "that", and the verb. */
static void add_subject(struct text *subject, const char *s, const char *verb) {
  static const char *const that[] = {" that ", " que ", NULL};
  AUTO_TEXT struct text before = {0};
  text_add_n(&before, s, (size_t)(verb - s));
  const char *start = text_string(&before);
  if (strlen(start) > SUBJECT_MAX)
    start += strlen(start) - SUBJECT_MAX;
  for (const char *clause = prose_find_any(start, that); clause; clause = prose_find_any(clause + 1, that))
    if (!ends_with_states(start, (size_t)(clause - start)))
      start = clause + prose_prefix(clause, that);
  text_add(subject, start);
}

/* The subject of what is recommended without a modal: "recommends that the Secretariat continue …". */
static void add_subject_of_that(struct text *subject, const char *recommend) {
  static const char *const that[] = {" that ", " que ", NULL};
  const char *clause = prose_find_any(recommend, that);
  const char *start = clause ? clause + prose_prefix(clause, that) : recommend + strcspn(recommend, " ");
  text_add_n(subject, start, strnlen(start, BARE_SUBJECT_MAX));
}

/* Whether what stands before the verb tells that somebody only said so: "Several speakers noted that States". */
static bool is_reported(const char *s, const char *verb) {
  AUTO_TEXT struct text before = {0};
  text_add_n(&before, s, (size_t)(verb - s));
  return prose_find_any(text_string(&before), reporters) != NULL;
}

/* Whether the verb stands in the passive: "States parties are encouraged". */
static bool is_passive(const char *s, const char *verb) {
  for (const char *const *word = passive; *word; word++) {
    size_t size = strlen(*word);
    if ((size_t)(verb - s) > size && memcmp(verb - size, *word, size) == 0 && verb[-(ptrdiff_t)size - 1] == ' ')
      return true;
  }
  return false;
}

/* Whether a verb is a whole word: "invite" is not found in "reinvite". */
static bool begins_word(const char *s, const char *verb) {
  return verb == s || !((verb[-1] >= 'a' && verb[-1] <= 'z') || (unsigned char)verb[-1] >= 0x80);
}

/*
 * The first verb of asking that says whom it asks; NULL when there is none.  "The Secretariat was requested to report,
 * and States parties were invited to send data" asks States too.
 */
static const char *find_ask(const char *s, enum addressee *addressee, const char **name) {
  const char *first = NULL, *organ = NULL;
  for (const char *verb = prose_find_any(s, asks); verb; verb = prose_find_any(verb + 1, asks)) {
    bool passive_voice = is_passive(s, verb);
    if (!begins_word(s, verb) || (first && !passive_voice))
      continue;
    if (passive_voice) {
      AUTO_TEXT struct text subject = {0};
      add_subject(&subject, s, verb);
      *addressee = read_subject(text_string(&subject), name);
    } else {
      size_t size = strcspn(verb, " ");
      *addressee = read_object(verb + size + strspn(verb + size, " "), name);
    }
    if (*addressee == ADDRESSEE_STATES)
      return first ? first : verb;
    if (*addressee == ADDRESSEE_OTHER && !first) {
      first = verb;
      organ = *name;
    }
  }
  *addressee = first ? ADDRESSEE_OTHER : ADDRESSEE_NONE;
  *name = organ;
  return first;
}

/* Who is asked by "should" or by "recommends that", whichever comes first. */
static enum addressee read_modal(const char *sentence, const char *modal, const char *recommend, bool named,
                                 const char **name) {
  AUTO_TEXT struct text subject = {0};
  if (recommend && (!modal || modal < recommend))
    add_subject_of_that(&subject, recommend);
  else
    add_subject(&subject, sentence, modal);
  enum addressee addressee = read_subject(text_string(&subject), name);
  if (addressee != ADDRESSEE_NONE)
    return addressee;
  text_add_char(&subject, ' ');
  bool pronoun = prose_prefix(pass_openings(subject.data), pronouns) > 0;
  return named || pronoun ? ADDRESSEE_NONE : ADDRESSEE_UNNAMED;
}

/* Whom one sentence asks. `named`: only where it names them. */
static enum addressee read_sentence(const char *sentence, bool named, const char **name) {
  const char *modal = prose_find_any(sentence, modals), *recommend = prose_find_any(sentence, recommends);
  const char *first = modal && (!recommend || modal < recommend) ? modal : recommend;
  enum addressee addressee = ADDRESSEE_NONE;
  const char *ask = find_ask(sentence, &addressee, name);
  if (ask && (!first || ask < first))
    return is_reported(sentence, ask) ? ADDRESSEE_NONE : addressee;
  *name = NULL;
  const char *weak = first ? NULL : prose_find_any(sentence, weak_modals);
  if (weak && !is_reported(sentence, weak))
    return read_modal(sentence, weak, NULL, true, name);
  if (!first || is_reported(sentence, first))
    return ADDRESSEE_NONE;
  return read_modal(sentence, modal, recommend, named, name);
}

enum addressee addressee_read(const char *s, bool last, const char **name) {
  *name = NULL;
  if (last) {
    const char *sentence = last_sentence(s);
    size_t length = strlen(sentence);
    sentence += length > SENTENCE_MAX ? length - SENTENCE_MAX : 0;
    /* "recommended that the Conference consider the following recommendations:" asks nothing of the Conference */
    if (prose_find_any(sentence, following))
      return ADDRESSEE_STATES;
    return read_sentence(sentence, false, name);
  }
  for (const char *start = s; *start;) {
    const char *end = prose_sentence_end(start);
    AUTO_TEXT struct text sentence = {0};
    text_add_n(&sentence, start, end - start > SENTENCE_MAX ? SENTENCE_MAX : (size_t)(end - start));
    enum addressee addressee = read_sentence(text_string(&sentence), start != s, name);
    if (addressee != ADDRESSEE_NONE)
      return addressee;
    start = end + strspn(end, " ");
  }
  return ADDRESSEE_NONE;
}

bool addressee_begins_with_states(const char *s) {
  static const char *const words[] = {"States ",           "State parties ",
                                      "Parties ",          "Member States ",
                                      "Les États ",        "Les Parties ",
                                      "Los Estados ",      "Las Partes ",
                                      "The States ",       "All States ",
                                      "Les Etats ",        "The Parties ",
                                      "Each State party ", NULL};
  return prose_prefix(s, words) > 0;
}

bool addressee_ends_with_body(const char *s) {
  static const char *const bodies[] = {
      "Working Group",    "Review Group", "Committee",  "Conference",  "Council", "Commission", "Groupe de travail",
      "Grupo de Trabajo", "Comité",       "Conférence", "Conferencia", "Conseil", "Consejo",    "Comisión"};
  size_t length = strlen(s);
  while (length > 0 && strchr(": ,", s[length - 1]))
    length--;
  for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
    size_t size = strlen(bodies[i]);
    if (length >= size && memcmp(s + length - size, bodies[i], size) == 0)
      return true;
  }
  return false;
}

bool addressee_is_organ(const char *s, const char **name) {
  static const char *const articles[] = {"The ", "the ", "Le ", "La ", "L’", "L'", "El ", NULL};
  s += prose_prefix(s, articles);
  return first_organ(s, name) == s && (prose_find_any(s, modals) || !prose_find_any(s, states));
}
