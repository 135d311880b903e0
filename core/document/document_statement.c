/*
 * Who made statements: "Statements were made by representatives of the following States: Algeria, Brazil and Cuba."
 *
 * Only sentences that say that statements were made or delivered are looked at.  The names stand after a colon, or
 * after "representatives of" and "observers for".  Names may have commas inside parentheses, and "and" inside
 * themselves (Bosnia and Herzegovina).
 */
#include "core/document/document_private.h"

#include <string.h>

static const char *const statements[] = {"statement", "d\u00e9claration", "declaraci", NULL};
static const char *const making[] = {"made",    "deliver", "gave ",    "given", "faite",    "ont fait", "a fait",
                                     "prononc", "formul",  "hicieron", "hizo ", "pronunci", NULL};
static const char *const lists[] = {"representatives of ",
                                    "representative of ",
                                    "observers for ",
                                    "observer for ",
                                    "observers of ",
                                    "observer of ",
                                    "repr\u00e9sentants de ",
                                    "repr\u00e9sentant de ",
                                    "repr\u00e9sentants du ",
                                    "repr\u00e9sentants des ",
                                    "repr\u00e9sentant du ",
                                    "observateurs de ",
                                    "observateur de ",
                                    "observateurs du ",
                                    "representantes de ",
                                    "representante de ",
                                    "observadores de ",
                                    "observador de ",
                                    NULL};
/* a list without a colon ends where the sentence goes on */
static const char *const list_ends[] = {" made ",
                                        " deliver",
                                        " also ",
                                        " gave ",
                                        " and by ",
                                        " as well as ",
                                        " and the observer",
                                        " and the representative",
                                        " ont ",
                                        " a fait",
                                        " et par ",
                                        " et les observateurs",
                                        " formul",
                                        " hicieron",
                                        " hizo ",
                                        " pronunci",
                                        " y los observadores",
                                        NULL};
static const char *const articles[] = {"the ", "de la ", "de l'",   "de l\u2019", "de los ", "de las ", "del ",
                                       "des ", "du ",    "de ",     "d'",         "d\u2019", "la ",     "le ",
                                       "les ", "l'",     "l\u2019", "el ",        "los ",    "las ",    NULL};
static const char *const conjunctions[] = {" and ", " et ", " y ", " e ", NULL};
/* what follows the conjunction inside a State's own name */
static const char *const second_halves[] = {"Herzegov",
                                            "Tobago",
                                            "Tabago",
                                            "Barbuda",
                                            "Nevis",
                                            "the Grenadines",
                                            "Grenadines",
                                            "las Granadinas",
                                            "Principe",
                                            "Pr\u00edncipe",
                                            "Northern Ireland",
                                            "Irlanda del Norte",
                                            "d'Irlande",
                                            "d\u2019Irlande",
                                            NULL};

/* A stretch of a paragraph's text. */
struct stretch {
  const char *s;
  size_t length;
};

static struct stretch trim(struct stretch name) {
  name.s = text_trim(name.s, &name.length);
  while (name.length > 0 && strchr(".;,:", name.s[name.length - 1]))
    name.length--;
  return name;
}

static struct stretch skip_any(struct stretch name, const char *const *prefixes) {
  for (; *prefixes; prefixes++) {
    size_t size = strlen(*prefixes);
    if (size < name.length && memcmp(name.s, *prefixes, size) == 0)
      return (struct stretch){name.s + size, name.length - size};
  }
  return name;
}

/* Adds one name; what doesn't begin with a capital is no name. */
static void add_name(struct assembly *assembly, size_t paragraph, struct stretch name, bool tell) {
  static const char *const bare_conjunctions[] = {"and ", "et ", "y ", "e ", NULL};
  name = skip_any(skip_any(trim(name), bare_conjunctions), articles);
  if (name.length == 0)
    return;
  if (prose_begins_upper(name.s, name.length))
    assembly_state(assembly, paragraph, name.s, name.length);
  else if (tell)
    assembly_find(assembly, assembly->document->paragraphs[paragraph].line,
                  "not a name in the list of who made statements: \"%.*s\"", text_shown(name.s, name.length), name.s);
}

/* The length of a conjunction at name.s + at that joins two names, not the halves of one; else 0. */
static size_t conjunction_at(struct stretch names, size_t at) {
  struct stretch rest = {names.s + at, names.length - at};
  struct stretch after = skip_any(rest, conjunctions);
  if (after.length == rest.length || skip_any(after, second_halves).length != after.length)
    return 0;
  return rest.length - after.length;
}

/* Adds the names of a list; commas, semicolons and conjunctions separate them, outside parentheses. */
static void add_names(struct assembly *assembly, size_t paragraph, struct stretch names, bool tell) {
  size_t start = 0;
  unsigned depth = 0;
  for (size_t at = 0; at < names.length; at++) {
    char c = names.s[at];
    depth += c == '(';
    depth -= c == ')' && depth > 0;
    size_t conjunction = depth == 0 && c == ' ' ? conjunction_at(names, at) : 0;
    if (depth > 0 || (c != ',' && c != ';' && conjunction == 0))
      continue;
    add_name(assembly, paragraph, (struct stretch){names.s + start, at - start}, tell);
    start = at + (conjunction > 0 ? conjunction : 1);
    at = start - 1;
  }
  add_name(assembly, paragraph, (struct stretch){names.s + start, names.length - start}, tell);
}

static size_t prefix_of(const char *s, const char *const *phrases) {
  for (; *phrases; phrases++)
    if (strncasecmp(s, *phrases, strlen(*phrases)) == 0)
      return strlen(*phrases);
  return 0;
}

/* Lists without a colon: after each "representatives of", up to where the sentence goes on. */
static void read_lists(struct assembly *assembly, size_t paragraph, const char *sentence) {
  const char *start = NULL;
  for (const char *s = sentence; *s; s++) {
    size_t list = s == sentence || s[-1] == ' ' ? prefix_of(s, lists) : 0;
    if (start && (list > 0 || prefix_of(s, list_ends) > 0)) {
      add_names(assembly, paragraph, (struct stretch){start, (size_t)(s - start)}, false);
      start = NULL;
    }
    if (list > 0) {
      start = s + list;
      s = start - 1;
    }
  }
  if (start)
    add_names(assembly, paragraph, (struct stretch){start, strlen(start)}, false);
}

static void read_sentence(struct assembly *assembly, size_t paragraph, struct stretch sentence) {
  AUTO_TEXT struct text text = {0};
  text_add_n(&text, sentence.s, sentence.length);
  const char *s = text_string(&text);
  if (!prose_find_any(s, statements) || !prose_find_any(s, making))
    return;
  const char *colon = strrchr(s, ':');
  if (colon)
    add_names(assembly, paragraph, (struct stretch){colon + 1, strlen(colon + 1)}, true);
  else
    read_lists(assembly, paragraph, s);
}

void statements_read(struct assembly *assembly) {
  const struct document *document = assembly->document;
  for (size_t i = 0; i < document->paragraph_count; i++) {
    const struct paragraph *paragraph = &document->paragraphs[i];
    if (paragraph->kind != PARAGRAPH_NUMBERED && paragraph->kind != PARAGRAPH_TEXT && paragraph->kind != PARAGRAPH_ITEM)
      continue;
    for (const char *s = paragraph->text; *s;) {
      struct stretch sentence = {s, (size_t)(prose_sentence_end(s) - s)};
      read_sentence(assembly, i, sentence);
      s += sentence.length;
      s += strspn(s, " ");
    }
  }
}
