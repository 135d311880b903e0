/* Word documents: numbers that Word counts, tracked changes, what is left out; each made here as a package. */
#include "core/base/memory.h"
#include "core/document/document_word.h"
#include "tests/unit/ooxml_fixture.h"

#define NAMESPACES                                                                                                     \
  WORD_XMLNS " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""                        \
             " xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\""                               \
             " xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\""
#define RELATION(id, type, target)                                                                                     \
  "<Relationship Id=\"" id "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/" type       \
  "\" Target=\"" target "\"/>"

/* Paragraphs and runs. */
#define P(content)          "<w:p>" content "</w:p>"
#define R(text)             "<w:r><w:t xml:space=\"preserve\">" text "</w:t></w:r>"
#define STYLED(style, text) "<w:p><w:pPr><w:pStyle w:val=\"" style "\"/></w:pPr>" R(text) "</w:p>"
#define LISTED(list, level, text)                                                                                      \
  "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"" level "\"/><w:numId w:val=\"" list "\"/></w:numPr></w:pPr>" R(text) "</w:p>"

static void read_word(const char *body, const char *styles, const char *numbering, const char *head,
                      struct word_text *out) {
  AUTO_TEXT struct text document = {0};
  text_add_format(&document, "<w:document " NAMESPACES "><w:body>%s</w:body></w:document>", body);
  const struct package_part parts[] = {
      WORD_TYPE,
      OFFICE_DOCUMENT("word/document.xml"),
      {"word/_rels/document.xml.rels",
       "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" RELATION(
           "rId1", "styles", "styles.xml") RELATION("rId2", "numbering", "numbering.xml")
           RELATION("rId3", "header", "header1.xml") "</Relationships>",
       NULL},
      {"word/document.xml", document.data, NULL},
      {"word/styles.xml", styles, NULL},
      {"word/numbering.xml", numbering, NULL},
      {"word/header1.xml", head, NULL},
      {NULL, NULL, NULL},
  };
  AUTO_PACKAGE struct package_bytes package = package_make(parts);
  struct error error;
  if (!word_read(package.bytes, package.length, "report.docx", out, &error))
    fail_msg("%s", error.message);
}

#define STYLES(content)    "<w:styles " NAMESPACES ">" content "</w:styles>"
#define NUMBERING(content) "<w:numbering " NAMESPACES ">" content "</w:numbering>"
#define HEAD(content)      "<w:hdr " NAMESPACES ">" content "</w:hdr>"

static void assert_text(const char *body, const char *styles, const char *numbering, const char *expected) {
  AUTO_WORD_TEXT struct word_text word = {0};
  read_word(body, styles, numbering, HEAD(""), &word);
  assert_string_equal(text_string(&word.text), expected);
}

static void assert_plain(const char *body, const char *expected) {
  assert_text(body, STYLES(""), NUMBERING(""), expected);
}

/* ---- text ---- */

static void each_paragraph_is_a_line(void **state) {
  (void)state;
  assert_plain(P(R("One") R(" and a half")) P("") P(R("Two")), "One and a half\n\nTwo\n");
  assert_plain(P("<w:hyperlink>" R("In a link") "</w:hyperlink>"
                                                "<w:smartTag>" R(", tagged") "</w:smartTag>"),
               "In a link, tagged\n");
  assert_plain(
      "<w:sdt><w:sdtPr><w:alias w:val=\"x\"/></w:sdtPr><w:sdtContent>" P(R("In a control")) "</w:sdtContent></w:sdt>",
      "In a control\n");
  assert_plain("<w:tbl><w:tblPr/><w:tr><w:tc><w:tcPr/>" P(R("A"))
                   P(R("B")) "</w:tc><w:tc>" P(R("C")) "</w:tc></w:tr></w:tbl>" P(R("D")),
               "A\nB\nC\nD\n");
}

static void signs_are_read(void **state) {
  (void)state;
  assert_plain(P("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d</w:t><w:br w:type=\"page\"/>"
                 "<w:t>e</w:t></w:r>"),
               "a\tb\vc\vd e\n");
  assert_plain(
      P("<w:r><w:t>inter</w:t><w:softHyphen/><w:t>national anti</w:t><w:noBreakHyphen/><w:t>smuggling</w:t></w:r>"),
      "international anti\u2011smuggling\n");
  assert_plain(P("<w:r><w:sym w:font=\"Symbol\" w:char=\"F0B7\"/><w:sym w:font=\"Arial\" w:char=\"00E9\"/></w:r>"),
               "\ufffd\u00e9\n");
  assert_plain(P("<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>"), "x+1\n");
  assert_plain(P("<w:r><w:t>a\n b</w:t></w:r>"), "a  b\n");
}

static void fields_show_their_result(void **state) {
  (void)state;
  assert_plain(
      P("<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>" R("7") "<w:r><w:fldChar "
                                                                    "w:fldCharType=\"end\"/></w:r><w:fldSimple "
                                                                    "w:instr=\"DATE\">" R(" May") "</w:fldSimple>"),
      "7 May\n");
}

/* ---- what is not the text ---- */

static void deleted_text_is_out(void **state) {
  (void)state;
  assert_plain(P(R("States ") "<w:del w:id=\"1\"><w:r><w:delText>may</w:delText></w:r></w:del>"
                              "<w:ins w:id=\"2\">" R("should") "</w:ins>" R(":")),
               "States should:\n");
  assert_plain(P("<w:moveFrom>" R("away") "</w:moveFrom><w:moveTo>" R("here") "</w:moveTo>"), "here\n");
  /* a deleted paragraph mark joins two paragraphs */
  assert_plain("<w:p><w:pPr><w:rPr><w:del w:id=\"3\"/></w:rPr></w:pPr>" R("One ") "</w:p>" P(R("two")) P(R("three")),
               "One two\nthree\n");
  /* and at the end of the document it is only the end */
  assert_plain(P(R("One")) "<w:p><w:pPr><w:rPr><w:del w:id=\"3\"/></w:rPr></w:pPr>" R("two") "</w:p>", "One\ntwo\n");
}

static void assert_findings(const struct word_text *word, const char *expected) {
  AUTO_TEXT struct text found = {0};
  for (size_t i = 0; i < word->finding_count; i++)
    text_add_format(&found, "%ju %s\n", (uintmax_t)word->findings[i].line, word->findings[i].message);
  assert_string_equal(text_string(&found), expected);
}

static void what_is_left_out_is_told(void **state) {
  (void)state;
  AUTO_WORD_TEXT struct word_text word = {0};
  read_word(P(R("One")) P(R("Two") "<w:r><w:footnoteReference w:id=\"1\"/></w:r>" R(" goes on"))
                P("<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>" R(
                    "seen") "<w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t> too</w:t></w:r>")
                    P("<w:r><w:drawing/></w:r><w:r><w:endnoteReference w:id=\"1\"/></w:r>") "<w:altChunk/>",
            STYLES(""), NUMBERING(""), HEAD(""), &word);
  assert_string_equal(text_string(&word.text), "One\nTwo goes on\nseen too\n\n");
  assert_findings(&word, "2 footnotes and endnotes left out: 2, the first here\n"
                         "4 pictures left out, in which nothing can be read: 1, the first here\n"
                         "3 stretches of hidden text left out: 1, the first here\n"
                         "5 embedded files left out, which can't be read: 1, the first here\n");
}

static void a_text_box_is_read_once(void **state) {
  (void)state;
  AUTO_WORD_TEXT struct word_text word = {0};
  read_word(
      P(R("Around ") "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><w:txbxContent>" P(R(
          "In the box")) "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>" P(R("In the "
                                                                                                            "box")) "</"
                                                                                                                    "w:"
                                                                                                                    "tx"
                                                                                                                    "bx"
                                                                                                                    "Co"
                                                                                                                    "nt"
                                                                                                                    "en"
                                                                                                                    "t>"
                                                                                                                    "</"
                                                                                                                    "w:"
                                                                                                                    "pi"
                                                                                                                    "ct"
                                                                                                                    "><"
                                                                                                                    "/m"
                                                                                                                    "c:"
                                                                                                                    "Fa"
                                                                                                                    "ll"
                                                                                                                    "ba"
                                                                                                                    "ck"
                                                                                                                    "><"
                                                                                                                    "/m"
                                                                                                                    "c:"
                                                                                                                    "Al"
                                                                                                                    "te"
                                                                                                                    "rn"
                                                                                                                    "at"
                                                                                                                    "eC"
                                                                                                                    "on"
                                                                                                                    "te"
                                                                                                                    "nt"
                                                                                                                    "><"
                                                                                                                    "/w"
                                                                                                                    ":r"
                                                                                                                    ">" R(
                                                                                                                        "it")),
      STYLES(""), NUMBERING(""), HEAD(""), &word);
  assert_string_equal(text_string(&word.text), "In the box\nAround it\n");
  assert_findings(&word, "");
}

static void contents_lists_are_out(void **state) {
  (void)state;
  assert_text(STYLED("Verzeichnis1", "I. Introduction 3") STYLED("Body", "I. Introduction"),
              STYLES("<w:style w:type=\"paragraph\" w:styleId=\"Verzeichnis1\"><w:name w:val=\"toc 1\"/></w:style>"
                     "<w:style w:type=\"paragraph\" w:styleId=\"Body\"><w:name w:val=\"Topic\"/></w:style>"),
              NUMBERING(""), "\nI. Introduction\n");
}

static void the_symbol_is_found_in_a_head(void **state) {
  (void)state;
  AUTO_WORD_TEXT struct word_text word = {0};
  read_word(P(R("Report")) "<w:sectPr><w:headerReference w:type=\"first\" r:id=\"rId3\"/></w:sectPr>", STYLES(""),
            NUMBERING(""), HEAD(P(R("United Nations") "<w:r><w:tab/></w:r>" R("CTOC/COP/WG.9/") R("2031/4"))), &word);
  assert_string_equal(text_string(&word.text), "Report\n");
  assert_string_equal(word.symbol, "CTOC/COP/WG.9/2031/4");
}

/* ---- numbers ---- */

#define LEVEL(number, format, text, more)                                                                              \
  "<w:lvl w:ilvl=\"" number "\"><w:start w:val=\"1\"/><w:numFmt w:val=\"" format "\"/>" more                           \
  "<w:lvlText w:val=\"" text "\"/></w:lvl>"
#define REPORT_LIST                                                                                                    \
  "<w:abstractNum w:abstractNumId=\"7\">" LEVEL("0", "decimal", "%1.", "") LEVEL("1", "lowerLetter", "(%2)", "")       \
      LEVEL("2", "lowerRoman", "(%3)", "") "</w:abstractNum>"
#define LIST(id, definition) "<w:num w:numId=\"" id "\"><w:abstractNumId w:val=\"" definition "\"/></w:num>"

static void levels_are_counted(void **state) {
  (void)state;
  assert_text(LISTED("1", "0", "States should:") LISTED("1", "1", "Row;") LISTED("1", "2", "Fast;")
                  LISTED("1", "2", "Far;") LISTED("1", "1", "Sail.") P(R("Heading")) LISTED("1", "0", "States should:")
                      LISTED("1", "1", "Swim."),
              STYLES(""), NUMBERING(REPORT_LIST LIST("1", "7")),
              "1. States should:\n(a) Row;\n(i) Fast;\n(ii) Far;\n(b) Sail.\nHeading\n2. States should:\n(a) Swim.\n");
}

static void lists_of_one_definition_count_on(void **state) {
  (void)state;
  assert_text(LISTED("1", "0", "One") LISTED("2", "0", "Two") LISTED("3", "0", "Ten") LISTED("3", "0", "Eleven")
                  LISTED("0", "0", "None") LISTED("9", "0", "Unknown"),
              STYLES(""),
              NUMBERING(REPORT_LIST LIST("1", "7") LIST(
                  "2", "7") "<w:num w:numId=\"3\"><w:abstractNumId w:val=\"7\"/><w:lvlOverride w:ilvl=\"0\">"
                            "<w:startOverride w:val=\"10\"/></w:lvlOverride></w:num>"),
              "1. One\n2. Two\n10. Ten\n11. Eleven\nNone\nUnknown\n");
}

static void items_go_on_past_z(void **state) {
  (void)state;
  AUTO_TEXT struct text body = {0};
  for (int i = 0; i < 28; i++)
    text_add(&body, LISTED("1", "1", "Row;"));
  AUTO_WORD_TEXT struct word_text word = {0};
  read_word(body.data, STYLES(""), NUMBERING(REPORT_LIST LIST("1", "7")), HEAD(""), &word);
  assert_non_null(strstr(word.text.data, "(z) Row;\n(aa) Row;\n(bb) Row;\n"));
}

static void formats_are_shown(void **state) {
  (void)state;
  assert_text(LISTED("1", "0", "a") LISTED("1", "1", "b") LISTED("1", "2", "c") LISTED("1", "3", "d")
                  LISTED("1", "4", "e"),
              STYLES(""),
              NUMBERING("<w:abstractNum w:abstractNumId=\"7\">" LEVEL("0", "upperRoman", "%1.", "")
                            LEVEL("1", "upperLetter", "%2.", "") LEVEL("2", "decimal", "%1.%3", "<w:isLgl/>")
                                LEVEL("3", "bullet", "\xef\x82\xb7", "")
                                    LEVEL("4", "decimalZero", "%5", "") "</w:abstractNum>" LIST("1", "7")),
              "I. a\nA. b\n1.1 c\n\u2022 d\n01 e\n");
}

static void styles_number_paragraphs(void **state) {
  (void)state;
  /* Item is tied to level 1 of the list; Special is based on it; Plain takes itself out */
  assert_text(
      STYLED("Number", "States should:") STYLED("Item", "Row;") STYLED("Special", "Sail;")
          STYLED("Plain", "Stop") "<w:p><w:pPr><w:pStyle w:val=\"Item\"/><w:numPr><w:numId "
                                  "w:val=\"0\"/></w:numPr></w:pPr>" R("No item") "</w:p>" STYLED("Item", "Swim."),
      STYLES("<w:style w:type=\"paragraph\" w:styleId=\"Number\"><w:pPr><w:numPr><w:numId "
             "w:val=\"1\"/></w:numPr></w:pPr></w:style>"
             "<w:style w:type=\"paragraph\" w:styleId=\"Item\"><w:pPr><w:numPr><w:numId "
             "w:val=\"1\"/></w:numPr></w:pPr></w:style>"
             "<w:style w:type=\"paragraph\" w:styleId=\"Special\"><w:basedOn w:val=\"Item\"/></w:style>"
             "<w:style w:type=\"paragraph\" w:styleId=\"Plain\"><w:basedOn w:val=\"Item\"/><w:pPr><w:numPr><w:numId "
             "w:val=\"0\"/></w:numPr></w:pPr></w:style>"),
      NUMBERING("<w:abstractNum w:abstractNumId=\"7\">" LEVEL("0", "decimal", "%1.", "<w:pStyle w:val=\"Number\"/>")
                    LEVEL("1", "lowerLetter", "(%2)", "<w:pStyle w:val=\"Item\"/>") "</w:abstractNum>" LIST("1", "7")),
      "1. States should:\n(a) Row;\n(b) Sail;\nStop\nNo item\n(c) Swim.\n");
}

static void a_list_may_stand_in_a_style(void **state) {
  (void)state;
  assert_text(LISTED("1", "0", "One") LISTED("1", "0", "Two"),
              STYLES("<w:style w:type=\"numbering\" w:styleId=\"Outline\"><w:pPr><w:numPr><w:numId "
                     "w:val=\"2\"/></w:numPr></w:pPr></w:style>"),
              NUMBERING("<w:abstractNum w:abstractNumId=\"1\"><w:numStyleLink w:val=\"Outline\"/></w:abstractNum>"
                        "<w:abstractNum w:abstractNumId=\"2\"><w:styleLink w:val=\"Outline\"/>" LEVEL(
                            "0", "lowerLetter", "%1)", "") "</w:abstractNum>" LIST("1", "1") LIST("2", "2")),
              "a) One\nb) Two\n");
  /* a style that leads to itself */
  assert_text(LISTED("1", "0", "One"),
              STYLES("<w:style w:type=\"numbering\" w:styleId=\"Outline\"><w:basedOn "
                     "w:val=\"Outline\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>"),
              NUMBERING("<w:abstractNum w:abstractNumId=\"1\"><w:numStyleLink w:val=\"Outline\"/></w:abstractNum>" LIST(
                  "1", "1")),
              "One\n");
}

static void deleted_and_empty_paragraphs(void **state) {
  (void)state;
  /* a paragraph that is deleted whole is not counted; an empty one is, and not shown */
  assert_text(LISTED("1", "0", "One") "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId "
                                      "w:val=\"1\"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr>"
                                      "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>" LISTED(
                                          "1", "0", "Two") LISTED("1", "0", "") LISTED("1", "0", "Four"),
              STYLES(""), NUMBERING(REPORT_LIST LIST("1", "7")), "1. One\n2. Two\n\n4. Four\n");
  /* the properties that a tracked change replaced don't count */
  assert_text(
      "<w:p><w:pPr><w:pPrChange><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:pPrChange></w:pPr>" R(
          "Was in a list") "</w:p>",
      STYLES(""), NUMBERING(REPORT_LIST LIST("1", "7")), "Was in a list\n");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_paragraph_is_a_line),     cmocka_unit_test(signs_are_read),
      cmocka_unit_test(fields_show_their_result),     cmocka_unit_test(deleted_text_is_out),
      cmocka_unit_test(what_is_left_out_is_told),     cmocka_unit_test(a_text_box_is_read_once),
      cmocka_unit_test(contents_lists_are_out),       cmocka_unit_test(the_symbol_is_found_in_a_head),
      cmocka_unit_test(levels_are_counted),           cmocka_unit_test(lists_of_one_definition_count_on),
      cmocka_unit_test(items_go_on_past_z),           cmocka_unit_test(formats_are_shown),
      cmocka_unit_test(styles_number_paragraphs),     cmocka_unit_test(a_list_may_stand_in_a_style),
      cmocka_unit_test(deleted_and_empty_paragraphs),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
