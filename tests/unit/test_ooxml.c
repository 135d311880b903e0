/* Packages: good ones, and those that are something else, encrypted, damaged or made to do harm. */
#include "core/base/text.h"
#include "core/ooxml/ooxml_private.h"
#include "tests/unit/ooxml_fixture.h"

/* ---- good packages ------------------------------------------------------- */

static const char styles_relations[] =
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Id=\"rId7\" Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/styles\" "
    "Target=\"../word/./styles.xml\"/>"
    "<Relationship Id=\"rId8\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering\" "
    "Target=\"/word/numbering.xml\"/>"
    "<Relationship Id=\"rId9\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" "
    "Target=\"http://example.org/\" TargetMode=\"External\"/></Relationships>";

static const struct package_part good[] = {
    WORD_TYPE,
    OFFICE_DOCUMENT("word/document.xml"),
    {"word/_rels/document.xml.rels", styles_relations, NULL},
    WORD_DOCUMENT("<!-- no matter --><w:p w:id=\"1\" plain=\"2\"><w:r><w:t>a &amp; \xc3\xa9</w:t></w:r></w:p>"
                  "<w:p/><x xmlns=\"urn:other\"><w:p/><w:p/></x>"),
    {"word/styles.xml", "<w:styles " WORD_XMLNS "/>", NULL},
    {NULL, NULL, NULL},
};

static struct ooxml *opened(const struct package_bytes *package, enum ooxml_kind kind) {
  struct ooxml *ooxml;
  struct error error = {0};
  if (!ooxml_open(&ooxml, "report.docx", package->bytes, package->length, kind, &error))
    fail_msg("%s", error.message);
  return ooxml;
}

/* One letter an event: names of elements, / at their end, texts in quotes. */
static void add_events(struct ooxml_reader *reader, struct text *out) {
  struct error error = {0};
  enum ooxml_event event;
  while ((event = ooxml_next(reader, &error)) != OOXML_PART_END) {
    if (event == OOXML_FAILED)
      fail_msg("%s", error.message);
    if (event == OOXML_CHARACTERS)
      text_add_format(out, "'%s' ", ooxml_characters(reader));
    else
      text_add_format(out, "%s%s ", event == OOXML_ELEMENT_END ? "/" : "", ooxml_name(reader));
  }
}

static void a_part_is_a_stream_of_events(void **state) {
  (void)state;
  AUTO_PACKAGE struct package_bytes bytes = package_make(good);
  AUTO_OOXML struct ooxml *package = opened(&bytes, OOXML_DOCUMENT);
  AUTO_OOXML_READER struct ooxml_reader *reader = NULL;
  AUTO_TEXT struct text events = {0};
  struct error error;
  assert_string_equal(ooxml_main_part(package), "word/document.xml");
  assert_true(ooxml_read(package, ooxml_main_part(package), &reader, &error));
  add_events(reader, &events);
  assert_string_equal(text_string(&events),
                      "document body p r t 'a & \xc3\xa9' /t /r /p p /p x p /p p /p /x /body /document ");
}

static void names_are_told_apart_by_their_vocabulary(void **state) {
  (void)state;
  AUTO_PACKAGE struct package_bytes bytes = package_make(good);
  AUTO_OOXML struct ooxml *package = opened(&bytes, OOXML_DOCUMENT);
  AUTO_OOXML_READER struct ooxml_reader *reader = NULL;
  struct error error;
  assert_true(ooxml_read(package, "WORD/Document.xml", &reader, &error));
  for (int i = 0; i < 3; i++)
    assert_int_equal(ooxml_next(reader, &error), OOXML_ELEMENT);
  assert_true(ooxml_is(reader, OOXML_WORD, "p"));
  assert_false(ooxml_is(reader, OOXML_WORD, "r"));
  assert_false(ooxml_is(reader, OOXML_SHEET, "p"));
  assert_int_equal(ooxml_depth(reader), 2);
  assert_string_equal(ooxml_attribute(reader, OOXML_WORD, "id"), "1");
  assert_string_equal(ooxml_attribute(reader, OOXML_PLAIN, "plain"), "2");
  assert_null(ooxml_attribute(reader, OOXML_PLAIN, "id"));
  assert_null(ooxml_attribute(reader, OOXML_WORD, "plain"));
  assert_true(ooxml_skip(reader, &error));
  assert_true(ooxml_is(reader, OOXML_WORD, "p"));
  assert_int_equal(ooxml_next(reader, &error), OOXML_ELEMENT); /* the empty paragraph */
  assert_true(ooxml_skip(reader, &error));
  assert_int_equal(ooxml_next(reader, &error), OOXML_ELEMENT);
  assert_string_equal(ooxml_name(reader), "x");
  assert_false(ooxml_is(reader, OOXML_WORD, "x"));
  assert_true(ooxml_skip(reader, &error));
  assert_int_equal(ooxml_next(reader, &error), OOXML_ELEMENT_END);
  assert_string_equal(ooxml_name(reader), "body");
}

static void assert_related(struct ooxml *package, const char *type, const char *id, const char *expected) {
  struct error error;
  char *target;
  assert_true(ooxml_related(package, "word/document.xml", type, id, &target, &error));
  if (expected == NULL)
    assert_null(target);
  else
    assert_string_equal(target, expected);
  free(target);
}

static void relationships_are_followed(void **state) {
  (void)state;
  AUTO_PACKAGE struct package_bytes bytes = package_make(good);
  AUTO_OOXML struct ooxml *package = opened(&bytes, OOXML_DOCUMENT);
  struct error error;
  char *target;
  assert_related(package, "styles", NULL, "word/styles.xml");
  assert_related(package, NULL, "rId8", "word/numbering.xml");
  assert_related(package, "numbering", "rId7", NULL);
  assert_related(package, "hyperlink", NULL, NULL); /* outside the package */
  assert_related(package, "footnotes", NULL, NULL);
  assert_true(ooxml_related(package, "word/styles.xml", "theme", NULL, &target, &error));
  assert_null(target);
}

/* The strict form has other addresses, and a writer may leave the override to the ending. */
static void the_strict_form_is_read(void **state) {
  (void)state;
  static const struct package_part parts[] = {
      CONTENT_TYPES("<Default Extension=\"main\" ContentType=\"application/vnd.openxmlformats-officedocument."
                    "spreadsheetml.sheet.main+xml\"/>"),
      {"_rels/.rels",
       "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"a\" "
       "Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument\" Target=\"/book.main\"/>"
       "</Relationships>",
       NULL},
      {"book.main", "<workbook xmlns=\"http://purl.oclc.org/ooxml/spreadsheetml/main\"/>", NULL},
      {NULL, NULL, NULL},
  };
  AUTO_PACKAGE struct package_bytes bytes = package_make(parts);
  AUTO_OOXML struct ooxml *package = opened(&bytes, OOXML_WORKBOOK);
  AUTO_OOXML_READER struct ooxml_reader *reader = NULL;
  struct error error;
  assert_true(ooxml_read(package, ooxml_main_part(package), &reader, &error));
  assert_int_equal(ooxml_next(reader, &error), OOXML_ELEMENT);
  assert_true(ooxml_is(reader, OOXML_SHEET, "workbook"));
}

/* ---- what is refused at the door ----------------------------------------- */

static void assert_refused_bytes(const char *bytes, size_t length, enum ooxml_kind kind, const char *message,
                                 const char *remedy) {
  struct ooxml *package;
  struct error error = {0};
  assert_false(ooxml_open(&package, "report", bytes, length, kind, &error));
  assert_null(package);
  assert_int_equal(error.code, ERROR_DATA);
  assert_string_equal(error.file, "report");
  if (strstr(error.message, message) == NULL || strstr(error.remedy, remedy) == NULL)
    fail_msg("%s. %s", error.message, error.remedy);
}

static void assert_remedy(const struct package_part *parts, enum ooxml_kind kind, const char *message,
                          const char *remedy) {
  AUTO_PACKAGE struct package_bytes bytes = package_make(parts);
  assert_refused_bytes(bytes.bytes, bytes.length, kind, message, remedy);
}

static void assert_refused(const struct package_part *parts, enum ooxml_kind kind, const char *message) {
  assert_remedy(parts, kind, message, "");
}

static void other_files_are_named(void **state) {
  (void)state;
  static const struct package_part workbook[] = {SHEET_TYPE, OFFICE_DOCUMENT("xl/workbook.xml"), {NULL, NULL, NULL}};
  static const struct package_part slides[] = {
      CONTENT_TYPES("<Override PartName=\"/ppt/presentation.xml\" ContentType=\"application/vnd.openxmlformats-"
                    "officedocument.presentationml.presentation.main+xml\"/>"),
      OFFICE_DOCUMENT("ppt/presentation.xml"),
      {NULL, NULL, NULL}};
  static const struct package_part open_document[] = {{"mimetype", "application/vnd.oasis.opendocument.text", NULL},
                                                      {NULL, NULL, NULL}};
  static const struct package_part archive[] = {{"a.txt", "a", NULL}, {NULL, NULL, NULL}};
  static const struct package_part empty[] = {WORD_TYPE, {NULL, NULL, NULL}};
  static const struct package_part binary[] = {
      CONTENT_TYPES("<Override PartName=\"/xl/workbook.bin\" ContentType=\"application/vnd.ms-excel.sheet.binary."
                    "macroEnabled.main\"/>"),
      OFFICE_DOCUMENT("xl/workbook.bin"),
      {NULL, NULL, NULL}};
  assert_remedy(workbook, OOXML_DOCUMENT, "an Excel workbook, not a Word document (.docx)",
                "Check which file you named: what is read here is a Word document.");
  assert_remedy(good, OOXML_WORKBOOK, "a Word document, not an Excel workbook (.xlsx)",
                "Check which file you named: what is read here is an Excel workbook.");
  assert_remedy(slides, OOXML_DOCUMENT, "a PowerPoint presentation, not a Word document", "Check which file");
  assert_remedy(open_document, OOXML_DOCUMENT, "an OpenDocument file, not a Word document",
                "Open it in Word or LibreOffice and save it as .docx.");
  assert_remedy(binary, OOXML_WORKBOOK, "a binary Excel workbook (.xlsb), not an Excel workbook",
                "Open it in Excel or LibreOffice and save it as .xlsx.");
  assert_remedy(archive, OOXML_DOCUMENT, "a zip file, not a Word document", "Check which file");
  assert_refused(empty, OOXML_DOCUMENT, "not a Word document");
  assert_refused_bytes("%PDF-1.4", 8, OOXML_DOCUMENT, "not a Word document (.docx)",
                       "Open it in Word or LibreOffice and save it as .docx.");
  assert_refused_bytes("", 0, OOXML_WORKBOOK, "not an Excel workbook (.xlsx)",
                       "Open it in Excel or LibreOffice and save it as .xlsx.");
}

static void old_and_encrypted_files_are_named(void **state) {
  (void)state;
  static const char old[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 W\0o\0r\0d\0";
  static const char encrypted[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0\0";
  assert_true(ooxml_looks_like(old, sizeof old));
  assert_false(ooxml_looks_like("symbol,text", 11));
  assert_refused_bytes(old, sizeof old, OOXML_DOCUMENT, "Office before 2007 (.doc, .xls), not a Word document",
                       "save it as .docx");
  assert_refused_bytes(encrypted, sizeof encrypted, OOXML_WORKBOOK, "encrypted with a password", "password away");
}

static void a_truncated_package_is_damaged(void **state) {
  (void)state;
  AUTO_PACKAGE struct package_bytes bytes = package_make(good);
  for (size_t length = 4; length < bytes.length; length += 1 + bytes.length / 100)
    assert_refused_bytes(bytes.bytes, length, OOXML_DOCUMENT, "damaged", "Open it in Word or LibreOffice, let");
}

/* ---- what is refused inside ---------------------------------------------- */

static void assert_part_refused(const struct package_part *parts, const char *message) {
  AUTO_PACKAGE struct package_bytes bytes = package_make(parts);
  AUTO_OOXML struct ooxml *package = opened(&bytes, OOXML_DOCUMENT);
  AUTO_OOXML_READER struct ooxml_reader *reader = NULL;
  struct error error = {0}, again = {0};
  if (ooxml_read(package, ooxml_main_part(package), &reader, &error)) {
    enum ooxml_event event;
    while ((event = ooxml_next(reader, &error)) != OOXML_FAILED)
      assert_int_not_equal(event, OOXML_PART_END);
    assert_int_equal(ooxml_next(reader, &again), OOXML_FAILED);
    assert_string_equal(again.message, error.message);
  }
  assert_int_equal(error.code, ERROR_DATA);
  assert_string_equal(error.file, "report.docx");
  assert_true(*error.remedy != '\0');
  if (strstr(error.message, message) == NULL)
    fail_msg("%s", error.message);
}

static void assert_document_refused(const char *xml, const char *password, const char *message) {
  const struct package_part parts[] = {
      WORD_TYPE, OFFICE_DOCUMENT("word/document.xml"), {"word/document.xml", xml, password}, {NULL, NULL, NULL}};
  assert_part_refused(parts, message);
}

static void spoilt_xml_is_refused(void **state) {
  (void)state;
  static const struct package_part without[] = {WORD_TYPE, OFFICE_DOCUMENT("word/document.xml"), {NULL, NULL, NULL}};
  assert_part_refused(without, "nothing is there, in its part");
  assert_document_refused("", NULL, "damaged");
  assert_document_refused("<a><b></a>", NULL, "mismatched tag");
  assert_document_refused("<a>\xff</a>", NULL, "damaged");
  assert_document_refused("<a>", NULL, "damaged");
  assert_document_refused("<a/><b/>", NULL, "damaged");
  assert_document_refused("<a>&none;</a>", NULL, "damaged");
}

static void an_encrypted_part_is_told(void **state) {
  (void)state;
  assert_document_refused("<a/>", "secret", "encrypted with a password");
}

static void entities_are_refused(void **state) {
  (void)state;
  assert_document_refused("<!DOCTYPE a [<!ENTITY b \"bbbbbbbbbb\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">"
                          "<!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\">]><a>&d;&d;</a>",
                          NULL, "entities of its own");
  assert_document_refused("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>", NULL,
                          "entities of its own");
  assert_document_refused("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>", NULL, "entities of its own");
}

static void add_many(struct text *out, unsigned count, const char *piece) {
  for (unsigned i = 0; i < count; i++)
    text_add(out, piece);
}

/* 300 attributes in one tag; a tag of 2 MiB; 300 elements in each other. */
static void what_would_take_for_ever_is_refused(void **state) {
  (void)state;
  AUTO_TEXT struct text attributes = {0};
  AUTO_TEXT struct text tag = {0};
  AUTO_TEXT struct text depth = {0};
  text_add(&attributes, "<a");
  for (unsigned i = 0; i < 300; i++)
    text_add_format(&attributes, " b%u='>'", i);
  text_add(&attributes, "/>");
  assert_document_refused(attributes.data, NULL, "too many attributes");
  text_add(&tag, "<a b='");
  add_many(&tag, 1 << 18, "00000000");
  text_add(&tag, "'/>");
  assert_document_refused(tag.data, NULL, "a tag is too long");
  add_many(&depth, 300, "<a>");
  add_many(&depth, 300, "</a>");
  assert_document_refused(depth.data, NULL, "nested too deeply");
}

/* The allowance is nearly used up by what came before, so that the test need not inflate it all. */
static void a_bomb_is_refused(void **state) {
  (void)state;
  AUTO_TEXT struct text xml = {0};
  text_add(&xml, "<a>");
  add_many(&xml, 100000, "<b></b>");
  text_add(&xml, "</a>");
  const struct package_part parts[] = {
      WORD_TYPE, OFFICE_DOCUMENT("word/document.xml"), {"word/document.xml", xml.data, NULL}, {NULL, NULL, NULL}};
  AUTO_PACKAGE struct package_bytes bytes = package_make(parts);
  AUTO_OOXML struct ooxml *package = opened(&bytes, OOXML_DOCUMENT);
  AUTO_OOXML_READER struct ooxml_reader *reader = NULL;
  struct error error;
  assert_true(package->inflated > 0);
  package->inflated = OOXML_INFLATED_MAX - 500000;
  assert_true(ooxml_read(package, ooxml_main_part(package), &reader, &error));
  enum ooxml_event event;
  while ((event = ooxml_next(reader, &error)) != OOXML_FAILED)
    assert_int_not_equal(event, OOXML_PART_END);
  assert_non_null(strstr(error.message, "too large: more than 256 MiB"));
}

/* Each byte of the compressed main part changed: told, or harmless; never a crash, never silence about other text. */
static void flipped_bytes_are_found(void **state) {
  (void)state;
  AUTO_PACKAGE struct package_bytes bytes = package_make(good);
  char *name = memmem(bytes.bytes, bytes.length, "word/document.xml", 17);
  assert_non_null(name);
  char *content = name + strlen("word/document.xml");
  for (size_t i = 0; i < 100; i++) {
    struct error error = {0};
    enum ooxml_event event;
    content[i] = (char)(content[i] ^ 0x10);
    AUTO_OOXML struct ooxml *package = opened(&bytes, OOXML_DOCUMENT);
    AUTO_OOXML_READER struct ooxml_reader *reader = NULL;
    assert_true(ooxml_read(package, ooxml_main_part(package), &reader, &error));
    while ((event = ooxml_next(reader, &error)) != OOXML_FAILED)
      assert_int_not_equal(event, OOXML_PART_END);
    assert_non_null(strstr(error.message, "damaged"));
    content[i] = (char)(content[i] ^ 0x10);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_part_is_a_stream_of_events),
      cmocka_unit_test(names_are_told_apart_by_their_vocabulary),
      cmocka_unit_test(relationships_are_followed),
      cmocka_unit_test(the_strict_form_is_read),
      cmocka_unit_test(other_files_are_named),
      cmocka_unit_test(old_and_encrypted_files_are_named),
      cmocka_unit_test(a_truncated_package_is_damaged),
      cmocka_unit_test(spoilt_xml_is_refused),
      cmocka_unit_test(an_encrypted_part_is_told),
      cmocka_unit_test(entities_are_refused),
      cmocka_unit_test(what_would_take_for_ever_is_refused),
      cmocka_unit_test(a_bomb_is_refused),
      cmocka_unit_test(flipped_bytes_are_found),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
