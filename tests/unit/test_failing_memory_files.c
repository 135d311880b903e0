/*
 * Memory that runs out while files of other programs are read and written (tests/unit/failing_memory.h).  Workbooks are
 * not written here: libxlsxwriter 1.1.4 crashes without memory.
 */
#include "core/base/folder.h"
#include "core/database/target.h"
#include "core/document/document_word.h"
#include "core/ooxml/workbook.h"
#include "reports/counting/filter.h"
#include "reports/export/job.h"
#include "reports/export/manifest.h"
#include "tests/unit/failing_memory.h"
#include "tests/unit/ooxml_fixture.h"
#include "tests/unit/reports_fixture.h"

static struct package_bytes letter, workbook;
static struct scope scope;
static char folder[] = "/tmp/rectrack-failing-XXXXXX";

/* ---- packages ------------------------------------------------------------ */

#define RELATIONSHIPS(content)                                                                                         \
  "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" content "</Relationships>"
#define RELATION(id, type, target)                                                                                     \
  "<Relationship Id=\"" id "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/" type       \
  "\" Target=\"" target "\"/>"
#define RUN(text) "<w:r><w:t>" text "</w:t></w:r>"

static void make_letter(void) {
  const struct package_part parts[] = {
      WORD_TYPE,
      OFFICE_DOCUMENT("word/document.xml"),
      {"word/_rels/document.xml.rels",
       RELATIONSHIPS(RELATION("rId1", "styles", "styles.xml") RELATION("rId2", "numbering", "numbering.xml")), NULL},
      WORD_DOCUMENT("<w:p><w:pPr><w:pStyle w:val=\"Item\"/></w:pPr>" RUN(
          "Adopt laws;") "</w:p>"
                         "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>" RUN(
                             "Train officers.") "</w:p>"),
      {"word/styles.xml",
       "<w:styles " WORD_XMLNS "><w:style w:type=\"paragraph\" w:styleId=\"Item\"><w:name w:val=\"Item\"/><w:pPr>"
       "<w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style></w:styles>",
       NULL},
      {"word/numbering.xml",
       "<w:numbering " WORD_XMLNS "><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>"
       "<w:numFmt w:val=\"lowerLetter\"/><w:lvlText w:val=\"(%1)\"/></w:lvl></w:abstractNum>"
       "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>",
       NULL},
      {NULL, NULL, NULL},
  };
  letter = package_make(parts);
}

/* ECMA-376-1, 17.9: the two paragraphs stand in one list, counted by small letters in parentheses. */
static int read_letter(void) {
  AUTO_WORD_TEXT struct word_text word = {0};
  struct error error;
  if (!word_read(letter.bytes, letter.length, "letter.docx", &word, &error))
    return ERROR_PASSED_UP;
  return strcmp(text_string(&word.text), "(a) Adopt laws;\n(b) Train officers.\n") == 0 ? RIGHT_ANSWER : WRONG_ANSWER;
}

#define SHEET_XMLNS "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""

static void make_workbook(void) {
  const struct package_part parts[] = {
      SHEET_TYPE,
      OFFICE_DOCUMENT("xl/workbook.xml"),
      {"xl/workbook.xml",
       "<workbook " SHEET_XMLNS " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">"
       "<sheets><sheet name=\"One\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
       NULL},
      {"xl/_rels/workbook.xml.rels",
       RELATIONSHIPS(RELATION("rId1", "worksheet", "sheet1.xml") RELATION("rId2", "sharedStrings", "shared.xml")),
       NULL},
      {"xl/sheet1.xml",
       "<worksheet " SHEET_XMLNS "><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c>"
       "<c r=\"B1\" t=\"inlineStr\"><is><t>here</t></is></c></row></sheetData></worksheet>",
       NULL},
      {"xl/shared.xml", "<sst " SHEET_XMLNS "><si><t>first</t></si><si><t>second</t></si></sst>", NULL},
      {NULL, NULL, NULL},
  };
  workbook = package_make(parts);
}

static int read_workbook(void) {
  AUTO_WORKBOOK struct workbook *read = NULL;
  struct error error;
  if (!workbook_read(&read, "book.xlsx", workbook.bytes, workbook.length, &error))
    return ERROR_PASSED_UP;
  const struct workbook_sheet *sheet = workbook_sheet(read, "One");
  return sheet != NULL && strcmp(workbook_text(read, sheet, 0, 0), "second") == 0 &&
                 strcmp(workbook_text(read, sheet, 0, 1), "here") == 0
             ? RIGHT_ANSWER
             : WRONG_ANSWER;
}

/* ---- export jobs --------------------------------------------------------- */

static void count_fault(void *faults, const struct error *error) {
  (void)error;
  ++*(int *)faults;
}

static int read_job(void) {
  static const char JOB[] = "[weekly]\ndirectory = /srv/exports\nreports = groups, africa\nformats = csv, html\n"
                            "languages = en fr\nkeep_last = 3\non = Mon 06:00\non_success = notify \"it went\" well\n"
                            "[weekly/africa]\nreport = crosstab\nrows = state\ncols = level\n"
                            "where = regional_group = \"African States\"\n";
  AUTO_JOB_FILE struct job_file *file = NULL;
  int told = 0;
  size_t faults;
  job_file_parse("jobs.ini", JOB, sizeof JOB - 1, count_fault, &told, &faults, &file);
  if (faults > 0)
    return ERROR_PASSED_UP;
  return file->job_count == 1 && file->jobs[0].report_count == 2 && file->jobs[0].keep[KEEP_LAST] == 3 &&
                 file->jobs[0].reports[1].language_count == 2
             ? RIGHT_ANSWER
             : WRONG_ANSWER;
}

/* A set's manifest that was written can be read, and is the same. */
static int write_manifest(void) {
  AUTO_MANIFEST struct manifest written = {.snapshot_at = 0, .position = 7, .known_at = MOMENT_NONE};
  AUTO_MANIFEST struct manifest read = {0};
  char sha256[SHA256_TEXT_SIZE];
  struct error error;
  written.job = memory_string("weekly");
  written.server = memory_string("15.13");
  written.made_by = memory_string("rectrack 0");
  struct manifest_file *file = manifest_add(&written, "groups.csv");
  file->table = memory_string("groups");
  file->title = memory_string("Regional groups");
  file->language = memory_string("en");
  file->format = memory_string("csv");
  file->report = memory_string("groups");
  memset(file->sha256, 'a', SHA256_TEXT_SIZE - 1);
  if (!manifest_write(&written, folder, "2026-11-24T060000Z", sha256, &error))
    return ERROR_PASSED_UP;
  if (!manifest_read(folder, &read, &error))
    return ERROR_PASSED_UP;
  return strcmp(read.sha256, sha256) == 0 && read.position == 7 && manifest_same_tables(&read, &written) ? RIGHT_ANSWER
                                                                                                         : WRONG_ANSWER;
}

/* ---- conditions and connections ------------------------------------------ */

/* The fixture's States of Africa are AAA, an LDC, and BBB. */
static int bind_condition(void) {
  AUTO_FILTER struct filter *filter = NULL;
  struct error error;
  if (!filter_parse("regional_group = Africa and not (ldc = yes or level in (done, part))", &filter, &error) ||
      !filter_bind(filter, &scope, 1, &error))
    return ERROR_PASSED_UP;
  bool holds[3];
  for (size_t i = 0; i < 3; i++)
    holds[i] = filter_holds(filter, &scope, &(struct pair){.state = i, .level = -1, .as_of = DAY_NONE, .channel = -1});
  return !holds[0] && holds[1] && !holds[2] ? RIGHT_ANSWER : WRONG_ANSWER;
}

/* Where libpq has no memory for its defaults, what was given is told all the same. */
static int describe_connection(void) {
  AUTO_TARGET struct target *target = NULL;
  AUTO_TEXT struct text out = {0};
  struct error error;
  if (!target_choose(&target, "host=db.example.org dbname=conference password=hunter2", &error))
    return ERROR_PASSED_UP;
  target_describe(target, &out);
  return strstr(text_string(&out), "hunter2") == NULL ? RIGHT_ANSWER : WRONG_ANSWER;
}

/* ---- the tests ----------------------------------------------------------- */

static void packages(void **state) {
  (void)state;
  fail_at_every_allocation(read_letter);
  fail_at_every_allocation(read_workbook);
}

static void jobs(void **state) {
  (void)state;
  fail_at_every_allocation(read_job);
}

static void manifests(void **state) {
  (void)state;
  fail_at_every_allocation(write_manifest);
}

static void conditions(void **state) {
  (void)state;
  fail_at_every_allocation(bind_condition);
}

static void connections(void **state) {
  (void)state;
  fail_at_every_allocation(describe_connection);
}

static int set_up(void **state) {
  (void)state;
  make_letter();
  make_workbook();
  scope = make_scope("2026-11-24");
  PQconninfoFree(PQconndefaults()); /* glibc 2.36 crashes when it has no memory for its first look at the users */
  return mkdtemp(folder) == NULL;
}

static int tear_down(void **state) {
  (void)state;
  folder_remove(folder);
  package_bytes_free(&letter);
  package_bytes_free(&workbook);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(packages),   cmocka_unit_test(jobs),        cmocka_unit_test(manifests),
      cmocka_unit_test(conditions), cmocka_unit_test(connections),
  };
  return cmocka_run_group_tests_name("failing memory: files", tests, set_up, tear_down);
}
