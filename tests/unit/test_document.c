/* The document reader on whole reports: the shipped one, counted by hand, and one invented report of each family. */
#include "tests/unit/document_fixture.h"

#define SEED "fixtures/documents/ctoc-cop-wg7-2018-l1-add1.txt"

static day day_of(int year, int month, int day_of_month) {
  day value;
  assert_true(day_from_civil(year, month, day_of_month, &value));
  return value;
}

/* ---- the shipped report ---- */

static void the_masthead_is_read(void **state) {
  (void)state;
  AUTO_DOCUMENT struct document *document = parse_source(SEED);
  assert_null(document->symbol);
  assert_null(document->session);
  assert_string_equal(document->conference, "Conference of the Parties to the United Nations Convention against "
                                            "Transnational Organized Crime");
  assert_string_equal(document->body, "Working Group on the Smuggling of Migrants");
  assert_string_equal(document->title, "Draft Report – Addendum");
  assert_string_equal(document->distribution, "Limited");
  assert_string_equal(document->place, "Vienna");
  assert_string_equal(document->held, "4–5 July 2018");
  assert_int_equal(document->held_from, day_of(2018, 7, 4));
  assert_int_equal(document->held_to, day_of(2018, 7, 5));
  assert_int_equal(document->dated, day_of(2018, 7, 4));
  assert_string_equal(document->language, "en");
  assert_string_equal(document->original_language, "en");
}

static size_t count_of(const struct document *document, enum paragraph_kind kind) {
  size_t count = 0;
  for (size_t i = 0; i < document->paragraph_count; i++)
    count += document->paragraphs[i].kind == kind;
  return count;
}

static void every_kind_of_paragraph_is_counted(void **state) {
  (void)state;
  AUTO_DOCUMENT struct document *document = parse_source(SEED);
  assert_int_equal(document->paragraph_count, 40);
  assert_int_equal(count_of(document, PARAGRAPH_MASTHEAD), 6);
  assert_int_equal(count_of(document, PARAGRAPH_TITLE), 2);
  assert_int_equal(count_of(document, PARAGRAPH_CHAPTER), 3);
  assert_int_equal(count_of(document, PARAGRAPH_SECTION), 3);
  assert_int_equal(count_of(document, PARAGRAPH_NUMBERED), 10);
  assert_int_equal(count_of(document, PARAGRAPH_ITEM), 16);
  assert_int_equal(document->finding_count, 0);
}

static void headings_carry_number_place_and_continued(void **state) {
  (void)state;
  static const struct {
    const char *number, *place, *text;
    uint64_t line;
    bool continued;
  } expected[] = {
      {"II", "II", "Recommendations", 20, true},
      {"A", "II.A",
       "Recommendations on criminal justice responses, including international cooperation, in investigations and "
       "prosecutions of perpetrators of migrants smuggling operations",
       22, false},
      {"B", "II.B", "General recommendations", 46, false},
      {"III", "III", "Summary of deliberations", 64, true},
      {"IV", "IV", "Organization of the meeting", 80, false},
      {"B", "IV.B", "Statements", 82, true},
  };
  AUTO_DOCUMENT struct document *document = parse_source(SEED);
  size_t seen = 0;
  for (size_t i = 0; i < document->paragraph_count; i++) {
    const struct paragraph *paragraph = &document->paragraphs[i];
    if (paragraph->kind != PARAGRAPH_CHAPTER && paragraph->kind != PARAGRAPH_SECTION)
      continue;
    assert_true(seen < sizeof expected / sizeof *expected);
    assert_string_equal(paragraph->number, expected[seen].number);
    assert_string_equal(paragraph->place, expected[seen].place);
    assert_string_equal(paragraph->text, expected[seen].text);
    assert_int_equal(paragraph->line, expected[seen].line);
    assert_int_equal(paragraph->continued, expected[seen].continued);
    seen++;
  }
  assert_int_equal(seen, 6);
}

static void numbered_paragraphs_stand_in_their_places(void **state) {
  (void)state;
  static const char *const places[] = {"II.A.1", "II.B.2", "III.3", "III.4", "III.5",
                                       "III.6",  "III.7",  "III.8", "III.9", "IV.B.10"};
  AUTO_DOCUMENT struct document *document = parse_source(SEED);
  size_t seen = 0;
  for (size_t i = 0; i < document->paragraph_count; i++)
    if (document->paragraphs[i].kind == PARAGRAPH_NUMBERED)
      assert_string_equal(document->paragraphs[i].place, places[seen++]);
  assert_int_equal(seen, 10);
}

static void sixteen_recommendations_are_found(void **state) {
  (void)state;
  AUTO_DOCUMENT struct document *document = parse_source(SEED);
  AUTO_TEXT struct text places = {0};
  assert_string_equal(places_of(document, &places),
                      "II.A.1(a) II.A.1(b) II.A.1(c) II.A.1(d) II.A.1(e) II.A.1(f) II.A.1(g) II.A.1(h) II.A.1(i) "
                      "II.B.2(a) II.B.2(b) II.B.2(c) II.B.2(d) II.B.2(e) II.B.2(f) II.B.2(g)");
  for (size_t i = 0; i < 16; i++) {
    const struct document_recommendation *recommendation = &document->recommendations[i];
    const char *chapeau = document->paragraphs[recommendation->chapeau].text;
    assert_string_equal(document->paragraphs[recommendation->chapeau].number, i < 9 ? "1" : "2");
    assert_string_equal(chapeau + strlen(chapeau) - 22, "States Parties should:");
    assert_string_equal(recommendation->reference.symbol, "");
  }
  assert_string_equal(text_at(document, "II.A.1(c)"), "Encourage regional legal cooperation between judicial "
                                                      "authorities, including through existing networks");
  assert_string_equal(text_at(document, "II.B.2(g)"),
                      "Encourage all States to submit cases to the UNODC Case Law Database on Smuggling of Migrants");
}

static void fourteen_states_made_statements(void **state) {
  (void)state;
  AUTO_DOCUMENT struct document *document = parse_source(SEED);
  AUTO_TEXT struct text names = {0};
  assert_string_equal(names_of(document, &names),
                      "Algeria | Brazil | Cuba | Dominican Republic | Egypt | Italy | Fiji | Mexico | Morocco | "
                      "Nigeria | Sudan | Turkey | United States of America | Venezuela (Bolivarian Republic of)");
  assert_int_equal(document->statement_count, 14);
  assert_string_equal(document->paragraphs[document->statements[0].paragraph].place, "IV.B.10");
}

/* Wraps each line of s to `width` columns, breaking at spaces. */
static void wrap(struct text *out, const char *s, size_t width) {
  size_t column = 0;
  while (*s) {
    size_t word = strcspn(s, " \n"), columns = text_characters(s, word);
    if (column > 0 && column + 1 + columns > width) {
      text_add_char(out, '\n');
      column = 0;
    } else if (column > 0) {
      text_add_char(out, ' ');
      column++;
    }
    text_add_n(out, s, word);
    column += columns;
    s += word;
    if (*s == '\n') {
      text_add_char(out, '\n');
      column = 0;
    }
    s += *s != '\0';
  }
}

static void the_report_reads_the_same_hard_wrapped(void **state) {
  (void)state;
  AUTO_TEXT struct text report = {0}, expected = {0}, places = {0};
  AUTO_DOCUMENT struct document *whole = parse_source(SEED);
  read_source(&report, SEED);
  outline_of(whole, &expected);
  places_of(whole, &places);
  for (size_t width = 60; width <= 120; width++) {
    AUTO_TEXT struct text wrapped = {0}, found = {0};
    wrap(&wrapped, text_string(&report), width);
    AUTO_DOCUMENT struct document *document = parse_n(wrapped.data, wrapped.length);
    assert_string_equal(outline_of(document, &found), text_string(&expected));
    assert_string_equal(places_of(document, &found), text_string(&places));
    assert_int_equal(document->statement_count, 14);
    assert_int_equal(document->finding_count, 0);
  }
}

/* ---- the families ---- */

static void a_hard_wrapped_final_report(void **state) {
  (void)state;
  AUTO_DOCUMENT struct document *document = parse_source("tests/data/documents/working-group-final.txt");
  AUTO_TEXT struct text text = {0};
  assert_string_equal(document->symbol, "CTOC/COP/WG.9/2031/4");
  assert_string_equal(document->session, "Fifth session");
  assert_string_equal(document->original_language, "fr");
  assert_string_equal(document->title, "Report on the meeting of the Working Group on Harbour Safety held in Vienna "
                                       "from 30 April to 2 May 2031");
  assert_int_equal(document->held_from, day_of(2031, 4, 30));
  assert_int_equal(document->held_to, day_of(2031, 5, 2));
  assert_string_equal(places_of(document, &text), "II.A.2(a) II.A.2(b) II.A.2(c) II.A.4");
  assert_string_equal(text_at(document, "II.A.2(a)"),
                      "Light their harbours, in line with paragraph 3, (b) of the earlier guidance, and with the "
                      "following: (i) Red lights on the left; (ii) Green lights on the right");
  assert_string_equal(text_at(document, "II.A.2(b)"),
                      "Count the boats that come in, as set out in the international handbook");
  assert_string_equal(text_at(document, "II.A.2(c)"), "Tell each other. Telling should be prompt.");
  assert_true(document->recommendations[3].chapeau == SIZE_MAX);
  assert_string_equal(document->recommendations[3].reference.symbol, "CTOC/COP/WG.9/2031/4");
  assert_string_equal(names_of(document, &text), "Bosnia and Herzegovina | Netherlands (Kingdom of the) | Trinidad "
                                                 "and Tobago | Holy See");
  assert_string_equal(findings_of(document, &text),
                      "54 addressed to the Secretariat, not to States: stored as a paragraph, not a recommendation\n"
                      "59 addressed to UNODC, not to States: the items are stored as paragraphs, not as "
                      "recommendations\n");
}

static void lists_and_headings_with_numbers_are_no_paragraphs(void **state) {
  (void)state;
  AUTO_DOCUMENT struct document *document = parse_source("tests/data/documents/working-group-final.txt");
  AUTO_TEXT struct text text = {0};
  const char *outline = outline_of(document, &text);
  assert_non_null(strstr(outline, "numbered 6: The agenda was as follows:\nitem 1: Opening of the session\n"
                                  "item 2: Boats:\nitem a: Small boats;\nitem b: Large boats\nitem 3: Other matters\n"
                                  "numbered 7: Several speakers noted that States should buy longer ropes.\n"));
  assert_non_null(strstr(outline, "section A: Opening\nheading 1: Opening of the session\nnumbered 8: "));
  assert_non_null(strstr(outline, "section A: Boats and harbours\nheading : Lights\nnumbered 2: "));
}

static void a_french_draft(void **state) {
  (void)state;
  AUTO_DOCUMENT struct document *document = parse_source("tests/data/documents/groupe-de-travail.txt");
  AUTO_TEXT struct text text = {0};
  assert_string_equal(document->symbol, "CTOC/COP/WG.9/2030/3");
  assert_string_equal(document->body, "Groupe de travail sur la sécurité des ports");
  assert_string_equal(document->title, "Projet de rapport – Additif");
  assert_string_equal(document->distribution, "générale");
  assert_string_equal(document->session, "Quatrième session");
  assert_string_equal(document->place, "Vienne");
  assert_int_equal(document->held_from, day_of(2030, 2, 4));
  assert_int_equal(document->held_to, day_of(2030, 2, 5));
  assert_int_equal(document->dated, day_of(2030, 2, 4));
  assert_string_equal(document->language, "fr");
  assert_string_equal(document->original_language, "en");
  assert_string_equal(places_of(document, &text), "II.A.1(a) II.A.1(b) II.A.1(c) II.A.2");
  assert_string_equal(text_at(document, "II.A.1(b)"), "Compter les bateaux");
  assert_string_equal(names_of(document, &text),
                      "Algérie | Côte d'Ivoire | Égypte | Venezuela (République bolivarienne du)");
  assert_string_equal(findings_of(document, &text), "26 addressed to the Secretariat, not to States: stored as a "
                                                    "paragraph, not a recommendation\n");
}

static void a_spanish_draft(void **state) {
  (void)state;
  AUTO_DOCUMENT struct document *document = parse_source("tests/data/documents/grupo-de-trabajo.txt");
  AUTO_TEXT struct text text = {0};
  assert_string_equal(document->language, "es");
  assert_string_equal(document->original_language, "es");
  assert_string_equal(document->place, "Viena");
  assert_int_equal(document->held_to, day_of(2030, 3, 2));
  assert_string_equal(places_of(document, &text), "I.1(a) I.1(b) I.1(c) I.2");
  assert_string_equal(names_of(document, &text), "Argelia | Brasil | Bosnia y Herzegovina | México");
}

static void a_periodic_review(void **state) {
  (void)state;
  AUTO_DOCUMENT struct document *document = parse_source("tests/data/documents/periodic-review.txt");
  AUTO_TEXT struct text text = {0};
  assert_string_equal(document->body, "Human Rights Council");
  assert_string_equal(places_of(document, &text), "II.6.1 II.6.2 II.6.3 II.7.1");
  assert_string_equal(text_at(document, "II.6.2"), "Count the boats every year (Brazil) (Chad)");
  assert_string_equal(document->paragraphs[document->recommendations[3].chapeau].number, "7");
}

static void concluding_observations(void **state) {
  (void)state;
  AUTO_DOCUMENT struct document *document = parse_source("tests/data/documents/concluding-observations.txt");
  AUTO_TEXT struct text text = {0};
  assert_string_equal(document->body, "Committee on Harbour Rights");
  assert_string_equal(places_of(document, &text), "C.13(a) C.13(b) C.14");
}

static void mistakes_are_told_with_their_lines(void **state) {
  (void)state;
  AUTO_DOCUMENT struct document *document = parse_source("tests/data/documents/mistakes.txt");
  AUTO_TEXT struct text text = {0};
  assert_string_equal(places_of(document, &text), "I.1(a) I.1(b) I.1(d)");
  assert_string_equal(findings_of(document, &text),
                      "5 item (a) stands under no paragraph\n"
                      "13 item (d) comes after item (b)\n"
                      "15 item (d) stands twice in a row\n"
                      "15 I.1(d) stands twice: stored as a paragraph, not a recommendation\n"
                      "17 item (e) has no text\n"
                      "19 \"States parties should:\" introduces nothing: no items stand under it\n"
                      "23 text without a number under I.3: stored as it stands\n"
                      "25 paragraph 5 comes after paragraph 3\n"
                      "27 paragraph 5 stands twice in a row\n"
                      "29 chapter III comes after chapter I\n"
                      "31 section B has no section before it\n");
}

/* ---- what is no report ---- */

static void assert_refused(const char *bytes, size_t length, const char *message, uint64_t line, uint64_t column) {
  struct document *document;
  struct error error = {0};
  assert_false(document_parse(&document, bytes, length, "report.txt", &error));
  assert_null(document);
  assert_int_equal(error.code, ERROR_DATA);
  assert_string_equal(error.message, message);
  assert_string_equal(error.file, "report.txt");
  assert_int_equal(error.line, line);
  assert_int_equal(error.column, column);
  assert_true(error.remedy[0] != '\0');
}

static void other_bytes_are_refused(void **state) {
  (void)state;
  assert_refused("", 0, "holds no text", 0, 0);
  assert_refused("\xef\xbb\xbf \r\n\t", 7, "holds no text", 0, 0);
  assert_refused("one\ntw\xe9", 7, "not UTF-8: byte 0xe9", 2, 3);
  assert_refused("one\r\r\nt\0", 8, "not plain text: it has a NUL byte", 3, 2);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_masthead_is_read),
      cmocka_unit_test(every_kind_of_paragraph_is_counted),
      cmocka_unit_test(headings_carry_number_place_and_continued),
      cmocka_unit_test(numbered_paragraphs_stand_in_their_places),
      cmocka_unit_test(sixteen_recommendations_are_found),
      cmocka_unit_test(fourteen_states_made_statements),
      cmocka_unit_test(the_report_reads_the_same_hard_wrapped),
      cmocka_unit_test(a_hard_wrapped_final_report),
      cmocka_unit_test(lists_and_headings_with_numbers_are_no_paragraphs),
      cmocka_unit_test(a_french_draft),
      cmocka_unit_test(a_spanish_draft),
      cmocka_unit_test(a_periodic_review),
      cmocka_unit_test(concluding_observations),
      cmocka_unit_test(mistakes_are_told_with_their_lines),
      cmocka_unit_test(other_bytes_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
