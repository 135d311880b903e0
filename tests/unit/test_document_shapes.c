/* The document reader on small texts: line ends, markers, lists, statements, and the promise that no word is lost. */
#include "tests/unit/document_fixture.h"

#include <ctype.h>

static void assert_outline(const char *s, const char *expected) {
  AUTO_DOCUMENT struct document *document = parse(s);
  AUTO_TEXT struct text text = {0};
  assert_string_equal(outline_of(document, &text), expected);
}

static void assert_places(const char *s, const char *expected) {
  AUTO_DOCUMENT struct document *document = parse(s);
  AUTO_TEXT struct text text = {0};
  assert_string_equal(places_of(document, &text), expected);
}

static void assert_names(const char *s, const char *expected) {
  AUTO_DOCUMENT struct document *document = parse(s);
  AUTO_TEXT struct text text = {0};
  assert_string_equal(names_of(document, &text), expected);
}

static void assert_findings(const char *s, const char *expected) {
  AUTO_DOCUMENT struct document *document = parse(s);
  AUTO_TEXT struct text text = {0};
  assert_string_equal(findings_of(document, &text), expected);
}

/* ---- lines ---- */

static void all_line_ends_read_the_same(void **state) {
  (void)state;
  static const char *const forms[] = {
      "\xef\xbb\xbfReport\n\nI. Work\n\n1. States\xc2\xa0parties should:\n\n(a)\tRow;\n(b) Sail.\n",
      "Report\r\n\r\nI. Work\r\n\r\n1.\tStates parties should:\r\n\r\n(a) Row;\r\n(b) Sail.",
      "Report\r\rI.  Work\r\r1.\xc2\xa0States parties should:\r\r(a)   Row;\r(b) Sail.\r",
  };
  for (size_t i = 0; i < 3; i++) {
    assert_outline(forms[i], "title : Report\nchapter I: Work\nnumbered 1: States parties should:\nitem a: Row\n"
                             "item b: Sail\n");
    AUTO_DOCUMENT struct document *document = parse(forms[i]);
    assert_int_equal(document->paragraphs[3].line, 7);
  }
}

static void a_page_end_breaks_no_paragraph(void **state) {
  (void)state;
  assert_outline("A/1/2\n\nReport\n\nI. Work\n\n1. The masters came in at night and they were\n\n2\n\fA/1/2\n\n"
                 "received by the harbour.\n",
                 "masthead : A/1/2\ntitle : Report\nchapter I: Work\n"
                 "numbered 1: The masters came in at night and they were received by the harbour.\n");
}

static void a_marker_may_stand_alone_on_its_line(void **state) {
  (void)state;
  assert_outline("I.\nWork\n\n1.\n\nStates should:\n\n(a)\n\nRow.\n",
                 "chapter I: Work\nnumbered 1: States should:\nitem a: Row\n");
}

static void year_and_decimal_begin_no_paragraph(void **state) {
  (void)state;
  assert_outline(
      "I. Work\n\n1. The harbour was opened by its masters in the year\n2018. It has room for not more than\n"
      "3.5 boats of the size that is usual in those\nwaters.\n",
      "chapter I: Work\nnumbered 1: The harbour was opened by its masters in the year 2018. It has room "
      "for not more than 3.5 boats of the size that is usual in those waters.\n");
}

static void hyphens_at_a_lines_end(void **state) {
  (void)state;
#define BROKEN(before, after, more)                                                                                    \
  "I. Work\n\n1. The masters of harbours all over the world came together for " before "-\n" after                     \
  " of theirs and went home again in the evening.\n\n2. " more "\n"
#define JOINED(word, more)                                                                                             \
  "chapter I: Work\nnumbered 1: The masters of harbours all over the world came together for " word                    \
  " of theirs and went home again in the evening.\nnumbered 2: " more "\n"
  assert_outline(BROKEN("inter", "national", "International talks."), JOINED("international", "International talks."));
  assert_outline(BROKEN("well", "trained", "The well-trained left."), JOINED("well-trained", "The well-trained left."));
  assert_outline(BROKEN("keep", "ing", "They left."), JOINED("keeping", "They left."));
  assert_outline(BROKEN("cross", "border", "They left."), JOINED("cross-border", "They left."));
}

static void footnotes_are_left_out(void **state) {
  (void)state;
  /* below a rule, up to the page's end */
  assert_outline("I. Work\n\n1. Boats came.1 They left.2\n\n_____\n1 See A/1/2.\n2 Ibid., in the\n  same "
                 "place.\n\fA/1/3\n2. Done.\n",
                 "chapter I: Work\nnumbered 1: Boats came. They left.\nnumbered 2: Done.\n");
  /* below a rule that is only drawn */
  assert_outline("I. Work\n\n1. Boats came1 in 2018.2\n\n\n1 See A/1/2.\n2 Ibid.\n\f2. Done.\n",
                 "chapter I: Work\nnumbered 1: Boats came in 2018.\nnumbered 2: Done.\n");
  /* numbers without a mark above are no footnotes */
  assert_outline("I. Work\n\n1. Boats came.\n\n1 boat left.\n",
                 "chapter I: Work\nnumbered 1: Boats came.\ntext : 1 boat left.\n");
  /* numbers that are no marks stay */
  assert_outline("I. Work\n\n1. See A/1/L.1 and A/1/Corr.1 of 2018, article 1.1.1 Done.\n\n____\n_____\n1 Note.\n",
                 "chapter I: Work\nnumbered 1: See A/1/L.1 and A/1/Corr.1 of 2018, article 1.1.1 Done.\ntext : ____\n");
}

static void two_columns_are_read_apart(void **state) {
  (void)state;
  assert_outline("Conference of the Parties to the          Distr.: General\n"
                 "Convention on Harbours and               4 July 2018\n"
                 "Lights                                   Original: English\n\n"
                 "Report\n\nI. Work\n\n1. Boats     came.\n",
                 "masthead : Distr.: General\nmasthead : 4 July 2018\nmasthead : Original: English\n"
                 "masthead : Conference of the Parties to the Convention on Harbours and Lights\n"
                 "title : Report\nchapter I: Work\nnumbered 1: Boats came.\n");
}

/* ---- lists ---- */

static void items_go_on_past_z(void **state) {
  (void)state;
  AUTO_TEXT struct text text = {0};
  text_add(&text, "I. Recommendations\n\n1. States should:\n");
  for (char c = 'a'; c <= 'z'; c++)
    text_add_format(&text, "(%c) Row;\n", c);
  text_add(&text, "(aa) Row;\n(bb) Row.\n");
  AUTO_DOCUMENT struct document *document = parse(text_string(&text));
  assert_int_equal(document->recommendation_count, 28);
  assert_int_equal(document->finding_count, 0);
  assert_string_equal(document->recommendations[8].reference.item, "i");
  assert_string_equal(document->recommendations[21].reference.item, "v");
  assert_string_equal(document->recommendations[27].reference.item, "bb");
}

#define UP_TO_H "1. States should:\n(a) A;\n(b) B;\n(c) C;\n(d) D;\n(e) E;\n(f) F;\n(g) G;\n"

static void the_item_i_is_told_from_the_sub_item(void **state) {
  (void)state;
  assert_places(UP_TO_H "(h) H;\n(i) Row.\n", "1(a) 1(b) 1(c) 1(d) 1(e) 1(f) 1(g) 1(h) 1(i)");
  assert_places(UP_TO_H "(h) H:\n(i) Row;\n(ii) Sail;\n(i) Swim.\n", "1(a) 1(b) 1(c) 1(d) 1(e) 1(f) 1(g) 1(h) 1(i)");
  AUTO_DOCUMENT struct document *document = parse(UP_TO_H "(h) H:\n(i) Row;\n(ii) Sail;\n(i) Swim.\n");
  assert_string_equal(text_at(document, "1(h)"), "H: (i) Row; (ii) Sail");
  assert_string_equal(text_at(document, "1(i)"), "Swim");
}

static void signs_of_lists_are_taken_off(void **state) {
  (void)state;
  AUTO_DOCUMENT struct document *document =
      parse("1. States should:\n(a) Row; sail;\n(b) Row, and sail; and\n(c) Row. Then sail.\n(d) Row,\n(e) Row.\n");
  assert_string_equal(text_at(document, "1(a)"), "Row; sail");
  assert_string_equal(text_at(document, "1(b)"), "Row, and sail");
  assert_string_equal(text_at(document, "1(c)"), "Row. Then sail.");
  assert_string_equal(text_at(document, "1(d)"), "Row");
  assert_string_equal(text_at(document, "1(e)"), "Row");
}

static void other_lists_are_no_recommendations(void **state) {
  (void)state;
  assert_places("I. Summary\n\n1. Speakers mentioned:\n(a) Ropes;\n(b) Sails.\n", "");
  assert_places("III. Resumen\n\n7. El Grupo de Trabajo examinó lo siguiente:\na) Las cartas.\n", "");
  assert_findings("I. Summary\n\n1. Speakers mentioned:\n(a) Ropes;\n(b) Sails.\n", "");
}

static void chapeaux_of_several_kinds(void **state) {
  (void)state;
  assert_places("1. The Working Group adopted the following recommendations:\n(a) Row.\n", "1(a)");
  assert_places("1. The Group recommended that the Conference of the Parties consider the following recommendations:\n"
                "(a) Row.\n",
                "1(a)");
  assert_places("1. In cooperation with UNODC, States parties should:\n(a) Row.\n", "1(a)");
  assert_places("1. UNODC and States parties should:\n(a) Row.\n2. UNODC and States should:\n(a) Row.\n", "1(a) 2(a)");
  assert_places("1. Les États parties devraient :\na) Ramer.\n", "1(a)");
  assert_places("1. Los Estados partes deberían:\na) Remar.\n", "1(a)");
  assert_places("I. Resumen\n\n1. El Grupo recomendó lo siguiente:\na) Remar.\n", "I.1(a)");
  assert_places("I. Recommendations\n\nStates parties should:\n(a) Row.\n", "I(a)");
  assert_places("1. The Secretariat should:\n(a) Row.\n", "");
  assert_places("1. The Group recommended that the Secretariat:\n(a) Row.\n", "");
}

static void what_somebody_else_should_do_is_no_recommendation(void **state) {
  (void)state;
#define UNDER "I. Recommendations\n\n1. "
  assert_places(UNDER "The secretariat should row.\n", "");
  assert_places(UNDER "The Conference should row.\n", "");
  assert_places(UNDER "Recalling the work of the Secretariat, States parties should row.\n", "I.1");
  assert_places(UNDER "The Group requested the Secretariat to assist States parties.\n", "");
  assert_places(UNDER "The Group urged States parties and UNODC to row.\n", "I.1");
  assert_places(UNDER "States parties that requested help from UNODC should row.\n", "I.1");
  assert_places(UNDER "The Group thanked the experts it had invited. It should be noted that boats came.\n", "");
  assert_places(UNDER "It should be noted that boats came.\n", "");
  assert_places(UNDER "The Group noted the report. States parties should row.\n", "I.1");
  assert_places(UNDER "States parties shall row.\n\n2. States parties may wish to sail.\n\n3. It must be said.\n",
                "I.1 I.2");
  assert_places(UNDER "Les États parties pourraient envisager de ramer.\n", "I.1");
  assert_findings(
      UNDER "States parties row.\n",
      "3 it speaks of States, and not of what they should do: stored as a paragraph, not a recommendation\n");
  assert_findings(UNDER "Boats should be counted.\n",
                  "3 it names nobody who should do it: stored as a recommendation to States\n");
  assert_places("I. Summary\n\n1. The following should be noted:\n(a) Ropes;\n(b) Sails.\n", "");
  assert_places("I. Summary\n\n1. One speaker said that States should:\n(a) Row.\n", "");
  assert_places(UNDER
                "The Group adopted the following recommendations:\n(a) States should row;\n(b) UNODC should sail.\n",
                "I.1(a)");
}

static void an_item_that_begins_with_an_organ_is_for_that_organ(void **state) {
  (void)state;
  assert_places("II. Recommendations\n\n5. It was recommended that:\n(a) States name focal points;\n"
                "(b) The Secretariat collect charts;\n(c) UNODC tools be used by States parties.\n",
                "II.5(a) II.5(c)");
}

static void the_acts_of_a_body_are_told_apart(void **state) {
  (void)state;
#define ACTS                                                                                                           \
  ", the Working Group:\n(a) Calls upon States parties to light boats;\n(b) Requests the Secretariat to count "        \
  "boats;\n"                                                                                                           \
  "(c) Took note of the boats;\n(d) Encouraged Member States to love boats.\n"
  assert_places("II. Recommendations\n\n8. Bearing in mind the above" ACTS, "II.8(a) II.8(d)");
  assert_findings("II. Recommendations\n\n8. Bearing in mind the above" ACTS,
                  "5 addressed to the Secretariat, not to States: stored as a paragraph, not a recommendation\n");
  assert_places("II. Summary\n\n8. Bearing in mind the above" ACTS, "");
}

static void a_chapeau_may_lack_its_colon(void **state) {
  (void)state;
  assert_places("II. Recommendations\n\n6. States parties should\n\n(a) Load boats\n\n(b) Unload boats\n",
                "II.6(a) II.6(b)");
  assert_places("II. Recommendations\n\n6. States parties should row.\n\n(a) Load boats\n", "II.6");
}

static void the_first_numbered_heading_of_a_part_is_none_of_its_paragraphs(void **state) {
  (void)state;
  assert_outline("II. Work (continued)\n\n1. Registers of boats\n\n5. Boats are registered.\n\n2. Crews\n\n"
                 "6. Crews are paid.\n",
                 "chapter II: Work\nheading 1: Registers of boats\nnumbered 5: Boats are registered.\n"
                 "heading 2: Crews\nnumbered 6: Crews are paid.\n");
}

static void numbered_recommendations_need_their_heading(void **state) {
  (void)state;
  assert_places("I. Recommendations\n\n1. States parties should row.\n\n2. Speakers were heard.\n\n"
                "II. Summary\n\n3. States parties should sail.\n",
                "I.1");
  assert_places("I. Recommendations\n\n1. Several speakers noted that States should row.\n", "");
  assert_places("I. Work\n\n1. The Group adopted the following recommendations:\n\n2. States parties should row.\n\n"
                "3. States parties should sail.\n",
                "I.2 I.3");
}

/* ---- findings ---- */

static void gaps_are_told(void **state) {
  (void)state;
  assert_findings("I. Work\n\n5. One came.\n\n7. Another went.\n", "5 paragraph 7 comes after paragraph 5\n");
  assert_findings("I. Work\n\n1. Speakers said:\n\n2. Nothing more.\n",
                  "3 \"Speakers said:\" introduces nothing: no items stand under it\n");
  assert_findings("I. Work\n\nNobody knows where this belongs, it has no number.\n",
                  "3 text without a number under I: stored as it stands\n");
  assert_findings("1. States should:\n(a) Row;\n(iii) Sail.\n", "3 sub-item (iii) is out of order\n");
}

/* ---- statements ---- */

static void names_of_speakers_are_read(void **state) {
  (void)state;
  assert_names("1. Statements were made by the following States: Fiji, Italy and Mexico.\n", "Fiji | Italy | Mexico");
  assert_names("1. Statements were delivered by: Korea (Republic of, and others), Fiji; Saint Kitts and Nevis, and "
               "Italy. All was said: Chad.\n",
               "Korea (Republic of, and others) | Fiji | Saint Kitts and Nevis | Italy");
  assert_names("1. The representatives of Fiji and the Gambia made statements.\n", "Fiji | Gambia");
  assert_names("1. The observers for the European Union and INTERPOL also made statements.\n",
               "European Union | INTERPOL");
  assert_names("1. Statements were made by the representative of Fiji and by the observer for Chad.\n", "Fiji | Chad");
}

static void other_names_are_left(void **state) {
  (void)state;
  assert_names("1. The following States were present: Fiji, Italy.\n", "");
  assert_names("1. Many speakers took the opportunity to deliver national statements. All thanked: Fiji.\n", "");
  assert_names("1. Statements were made by several speakers.\n", "");
  assert_findings("1. Statements were made by: Fiji, on behalf of all, Italy.\n",
                  "1 not a name in the list of who made statements: \"on behalf of all\"\n");
}

/* ---- nothing is lost ---- */

/* Letters and digits only, as all else may be a marker's sign, a hyphen or a list's. */
static void add_letters(struct text *out, const char *s, size_t length) {
  for (size_t i = 0; i < length; i++)
    if (isalnum((unsigned char)s[i]) || ((unsigned char)s[i] >= 0x80 && s[i] != '\xc2' && s[i] != '\xa0'))
      text_add_char(out, s[i]);
}

static void add_letters_of(struct text *out, const struct document *document) {
  for (size_t i = 0; i < document->paragraph_count; i++) {
    const struct paragraph *paragraph = &document->paragraphs[i];
    add_letters(out, paragraph->number, strlen(paragraph->number));
    add_letters(out, paragraph->text, strlen(paragraph->text));
    if (paragraph->continued)
      text_add(out, document->language[0] == 'f' ? "suite" : "continued");
  }
}

/* Adds the letters of the input's lines, but for furniture and for the conjunction after an entry of a list. */
static void add_letters_of_lines(struct text *out, const char *s, const char *const *furniture) {
  static const char *const joined[] = {"; and", "; et", "; y"};
  while (*s) {
    size_t length = strcspn(s, "\n"), kept = length;
    const char *const *line = furniture;
    while (*line && (strlen(*line) != length || memcmp(*line, s, length) != 0))
      line++;
    for (size_t i = 0; i < 3; i++)
      if (length >= strlen(joined[i]) && memcmp(s + length - strlen(joined[i]), joined[i], strlen(joined[i])) == 0)
        kept = length - strlen(joined[i]);
    if (!*line)
      add_letters(out, s, kept);
    s += length + (s[length] == '\n');
  }
}

static void no_word_of_a_report_is_lost(void **state) {
  (void)state;
  static const char *const files[] = {"fixtures/documents/ctoc-cop-wg7-2018-l1-add1.txt",
                                      "tests/data/documents/working-group-final.txt",
                                      "tests/data/documents/groupe-de-travail.txt",
                                      "tests/data/documents/grupo-de-trabajo.txt",
                                      "tests/data/documents/periodic-review.txt",
                                      "tests/data/documents/concluding-observations.txt",
                                      "tests/data/documents/mistakes.txt"};
  static const char *const furniture[] = {"I. Introduction .......... 2",
                                          "II. Recommendations .......... 2",
                                          "V.31-04739 (E) 160531",
                                          "*3104739*",
                                          "2/14",
                                          "CTOC/COP/WG.9/2031/4",
                                          NULL};
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    AUTO_TEXT struct text input = {0}, expected = {0}, found = {0};
    read_source(&input, files[i]);
    add_letters_of_lines(&expected, text_string(&input), furniture);
    AUTO_DOCUMENT struct document *document = parse_n(text_string(&input), input.length);
    add_letters_of(&found, document);
    assert_string_equal(text_string(&found), text_string(&expected));
  }
}

/* A small generator of its own, so that a failure can be repeated. */
static unsigned next_random(uint32_t *seed, unsigned below) {
  *seed = *seed * 1664525 + 1013904223;
  return (*seed >> 16) % below;
}

static void no_word_of_any_text_is_lost(void **state) {
  (void)state;
  static const char *const pieces[] = {
      "I. ",  "II. ",       "V. ",         "A. ",         "B. ",       "1. ",     "2. ",      "10. ",      "6.1 ",
      "(a) ", "(b) ",       "(i) ",        "(ii) ",       "(iii) ",    "c) ",     "\n",       "\n",        "\n\n",
      "\r\n", "\f\n",       "harbour",     "Harbour",     "should:",   "States ", "of\n",     ". ",        "; ",
      ":\n",  "(continued", "Report",      "Statements ", "made by: ", "Fiji, ",  "inter-\n", "national ", "# ",
      "** ",  "Distr.: ",   "4 July 2018", "Annex\n",     "the ",      "(zz) ",   "Vienna, ", "\xc2\xa0"};
  uint32_t seed = 20181105;
  for (unsigned round = 0; round < 4000; round++) {
    static const char *const furniture[] = {NULL};
    AUTO_TEXT struct text input = {0}, expected = {0}, found = {0};
    text_add(&input, "words");
    for (unsigned count = next_random(&seed, 80); count > 0; count--)
      text_add(&input, pieces[next_random(&seed, sizeof pieces / sizeof *pieces)]);
    add_letters_of_lines(&expected, text_string(&input), furniture);
    AUTO_DOCUMENT struct document *document = parse_n(text_string(&input), input.length);
    add_letters_of(&found, document);
    assert_string_equal(text_string(&found), text_string(&expected));
  }
}

/* ---- size ---- */

/* AddressSanitizer measures a string each time a library function looks into it, which makes long ones slow. */
#ifdef __SANITIZE_ADDRESS__
enum { LONG_TEXT = 100000 };
#else
enum { LONG_TEXT = 500000 };
#endif

static void add_repeated(struct text *text, const char *piece, size_t count) {
  for (size_t i = 0; i < count; i++)
    text_add(text, piece);
}

/* Each would take hours if any step looked at the text more often than a few times. */
static void long_texts_are_read_in_linear_time(void **state) {
  (void)state;
  static const char *const pieces[] = {"word ",
                                       "word\n",
                                       "a-\n",
                                       "(a) Row;\n",
                                       "1. States should:\n",
                                       "1.1.1.1.1.",
                                       "((((",
                                       "(i) Row\n",
                                       "A. Row\n",
                                       "Row\n",
                                       "))\n",
                                       "urges ",
                                       "invites States ",
                                       "should that ",
                                       "word1 ",
                                       "\n1 Note.\n\n",
                                       "_____\n1 Note.\n\n",
                                       "Statement made by representatives of ",
                                       "x. X",
                                       "Row, "};
  for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
    AUTO_TEXT struct text text = {0};
    text_add(&text, "I. Recommendations\n\n1. States should:\n(a) Row. Statements were made by ");
    add_repeated(&text, pieces[i], LONG_TEXT / strlen(pieces[i]));
    AUTO_DOCUMENT struct document *document = parse_n(text_string(&text), text.length);
    assert_true(document->paragraph_count > 0);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(all_line_ends_read_the_same),
      cmocka_unit_test(a_page_end_breaks_no_paragraph),
      cmocka_unit_test(a_marker_may_stand_alone_on_its_line),
      cmocka_unit_test(year_and_decimal_begin_no_paragraph),
      cmocka_unit_test(items_go_on_past_z),
      cmocka_unit_test(the_item_i_is_told_from_the_sub_item),
      cmocka_unit_test(signs_of_lists_are_taken_off),
      cmocka_unit_test(other_lists_are_no_recommendations),
      cmocka_unit_test(chapeaux_of_several_kinds),
      cmocka_unit_test(what_somebody_else_should_do_is_no_recommendation),
      cmocka_unit_test(an_item_that_begins_with_an_organ_is_for_that_organ),
      cmocka_unit_test(the_acts_of_a_body_are_told_apart),
      cmocka_unit_test(a_chapeau_may_lack_its_colon),
      cmocka_unit_test(the_first_numbered_heading_of_a_part_is_none_of_its_paragraphs),
      cmocka_unit_test(numbered_recommendations_need_their_heading),
      cmocka_unit_test(hyphens_at_a_lines_end),
      cmocka_unit_test(footnotes_are_left_out),
      cmocka_unit_test(two_columns_are_read_apart),
      cmocka_unit_test(gaps_are_told),
      cmocka_unit_test(names_of_speakers_are_read),
      cmocka_unit_test(other_names_are_left),
      cmocka_unit_test(no_word_of_a_report_is_lost),
      cmocka_unit_test(no_word_of_any_text_is_lost),
      cmocka_unit_test(long_texts_are_read_in_linear_time),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
