/*
 * One invented report of each family in three languages, each with what must be read from it, written by hand: lines of
 * a name, a tab and a value.  A place ("II.A.2(a)") names a recommendation; "!" a finding and its line.  "~" has the
 * lines that are furniture, "~1" the lines that have the mark of footnote 1.
 */
#include "tests/unit/document_fixture.h"
#include "tests/unit/ooxml_fixture.h"

#include <unistd.h>

#define FOLDER "tests/data/documents/families/"

static void add_value(struct text *out, const char *name, const char *value) {
  if (value && *value)
    text_add_format(out, "%s\t%s\n", name, value);
}

/* What was read, in the form of the expectations. */
static void describe(const struct document *document, struct text *out) {
  char from[DAY_TEXT_SIZE], to[DAY_TEXT_SIZE], place[REFERENCE_PLACE_SIZE];
  add_value(out, "symbol", document->symbol);
  add_value(out, "body", document->body);
  add_value(out, "title", document->title);
  if (document->held)
    text_add_format(out, "held\t%s %s\n", day_format(document->held_from, from), day_format(document->held_to, to));
  add_value(out, "language", document->language);
  add_value(out, "state", document->state);
  for (size_t i = 0; i < document->recommendation_count; i++)
    add_value(out, reference_place(&document->recommendations[i].reference, place),
              document->paragraphs[document->recommendations[i].paragraph].text);
  for (size_t i = 0; i < document->statement_count; i++)
    text_add_format(out, "%s%s", i > 0 ? ", " : "said\t", document->statements[i].name);
  text_add(out, document->statement_count > 0 ? "\n" : "");
  for (size_t i = 0; i < document->finding_count; i++)
    text_add_format(out, "! %ju\t%s\n", (uintmax_t)document->findings[i].line, document->findings[i].message);
}

static void read_family(struct text *text, const char *family, const char *ending) {
  char path[200];
  snprintf(path, sizeof path, FOLDER "%s.%s", family, ending);
  read_source(text, path);
}

/* Takes the lines that begin with a tilde out of the expectations, into `tildes`. */
static void take_tildes(struct text *expected, struct text *tildes) {
  AUTO_TEXT struct text rest = {0};
  for (const char *line = text_string(expected); *line;) {
    size_t length = strcspn(line, "\n") + 1;
    text_add_n(*line == '~' ? tildes : &rest, line, length);
    line += length;
  }
  text_clear(expected);
  text_add(expected, text_string(&rest));
}

static void a_family_is_read(void **state) {
  AUTO_TEXT struct text input = {0}, expected = {0}, tildes = {0}, found = {0};
  read_family(&input, *state, "txt");
  read_family(&expected, *state, "expected");
  take_tildes(&expected, &tildes);
  AUTO_DOCUMENT struct document *document = parse_n(text_string(&input), input.length);
  describe(document, &found);
  assert_string_equal(text_string(&found), text_string(&expected));
}

/* ---- as a Word document ---- */

/* Each line a paragraph, an empty one too, so that lines keep their numbers. */
static void add_paragraphs(struct text *body, const char *s) {
  for (; *s; s++) {
    text_add(body, "<w:p><w:r><w:t xml:space=\"preserve\">");
    for (; *s && *s != '\n'; s++)
      if (*s == '&' || *s == '<')
        text_add(body, *s == '&' ? "&amp;" : "&lt;");
      else
        text_add_char(body, *s);
    text_add(body, "</w:t></w:r></w:p>");
    if (!*s)
      break;
  }
}

static void write_word(const char *path, const char *s) {
  AUTO_TEXT struct text document = {0};
  text_add(&document, "<w:document " WORD_XMLNS "><w:body>");
  add_paragraphs(&document, s);
  text_add(&document, "</w:body></w:document>");
  const struct package_part parts[] = {
      WORD_TYPE, OFFICE_DOCUMENT("word/document.xml"), {"word/document.xml", document.data, NULL}, {NULL, NULL, NULL}};
  AUTO_PACKAGE struct package_bytes package = package_make(parts);
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(package.bytes, 1, package.length, file), package.length);
  assert_int_equal(fclose(file), 0);
}

static void a_family_is_read_from_word(void **state) {
  AUTO_TEXT struct text input = {0}, expected = {0}, tildes = {0}, found = {0};
  unsigned char digest[32];
  struct error error;
  char path[] = "/tmp/rectrack-test-XXXXXX";
  int handle = mkstemp(path);
  assert_true(handle >= 0);
  close(handle);
  read_family(&input, *state, "txt");
  read_family(&expected, *state, "expected");
  take_tildes(&expected, &tildes);
  write_word(path, text_string(&input));
  AUTO_DOCUMENT struct document *document = NULL;
  bool done = document_read(&document, path, digest, &error);
  unlink(path);
  assert_true(done);
  describe(document, &found);
  assert_string_equal(text_string(&found), text_string(&expected));
}

/* ---- nothing is lost ---- */

/* How often each byte stands in a text; signs that number, end or join the parts of a list, and spaces, don't count. */
struct census {
  int counts[256];
};

static void count_bytes(struct census *census, const char *s, size_t length) {
  for (size_t i = 0; i < length; i++)
    if (!strchr(" \t\n.;,()*-", s[i]))
      census->counts[(unsigned char)s[i]]++;
}

/* The line without the word that joins the last item of a list to the one before it: "…; and". */
static size_t without_joint(const char *line, size_t length) {
  static const char *const joints[] = {"; and", "; et", "; y", ", y"};
  for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
    size_t size = strlen(joints[i]);
    if (length > size && memcmp(line + length - size, joints[i], size) == 0)
      return length - size;
  }
  return length;
}

static bool is_listed(const char *tildes, const char *name, unsigned line) {
  size_t size = strlen(name);
  for (; *tildes; tildes += strcspn(tildes, "\n") + 1) {
    if (strncmp(tildes, name, size) != 0 || tildes[size] != '\t')
      continue;
    char *end;
    for (const char *s = tildes + size + 1; *s != '\n' && *s; s = end + strspn(end, " "))
      if (strtoul(s, &end, 10) == line)
        return true;
  }
  return false;
}

/* Every character of the input that is no furniture stands in a paragraph, as often as in the input. */
static void nothing_of_a_family_is_lost(void **state) {
  AUTO_TEXT struct text input = {0}, expected = {0}, tildes = {0};
  struct census wanted = {0}, found = {0};
  unsigned number = 1;
  read_family(&input, *state, "txt");
  read_family(&expected, *state, "expected");
  take_tildes(&expected, &tildes);
  for (const char *line = text_string(&input); *line; number++) {
    size_t length = strcspn(line, "\n");
    if (!is_listed(text_string(&tildes), "~", number))
      count_bytes(&wanted, line, without_joint(line, length));
    wanted.counts['1'] -= is_listed(text_string(&tildes), "~1", number);
    line += length + (line[length] == '\n');
  }
  AUTO_DOCUMENT struct document *document = parse_n(text_string(&input), input.length);
  for (size_t i = 0; i < document->paragraph_count; i++) {
    const struct paragraph *paragraph = &document->paragraphs[i];
    count_bytes(&found, paragraph->number, strlen(paragraph->number));
    count_bytes(&found, paragraph->text, strlen(paragraph->text));
    if (paragraph->continued)
      count_bytes(&found, "suite", 5);
  }
  for (int c = 0; c < 256; c++)
    if (found.counts[c] != wanted.counts[c])
      fail_msg("the byte 0x%02x stands %d times in the input and %d times in the paragraphs", (unsigned)c,
               wanted.counts[c], found.counts[c]);
}

#define FAMILY(name)                                                                                                   \
  {name, a_family_is_read, NULL, NULL, (char[]){name}}, {                                                              \
    name ", nothing lost", nothing_of_a_family_is_lost, NULL, NULL, (char[]) {                                         \
      name                                                                                                             \
    }                                                                                                                  \
  }

/* Those that have a paragraph in each line. */
#define IN_WORD(name)                                                                                                  \
  {                                                                                                                    \
    name ", in Word", a_family_is_read_from_word, NULL, NULL, (char[]) {                                               \
      name                                                                                                             \
    }                                                                                                                  \
  }

int main(void) {
  const struct CMUnitTest tests[] = {
      FAMILY("concluding-observations-en"),
      FAMILY("concluding-observations-es"),
      FAMILY("concluding-observations-fr"),
      FAMILY("conference-en"),
      FAMILY("conference-es"),
      FAMILY("conference-fr"),
      FAMILY("periodic-review-en"),
      FAMILY("periodic-review-es"),
      FAMILY("periodic-review-fr"),
      FAMILY("working-group-en"),
      FAMILY("working-group-es"),
      FAMILY("working-group-fr"),
      IN_WORD("concluding-observations-es"),
      IN_WORD("concluding-observations-fr"),
      IN_WORD("conference-es"),
      IN_WORD("conference-fr"),
      IN_WORD("periodic-review-es"),
      IN_WORD("periodic-review-fr"),
      IN_WORD("working-group-es"),
      IN_WORD("working-group-fr"),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
