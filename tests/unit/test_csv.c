/* The strict CSV reader and the exact writer. */
#include "core/csv/csv.h"

#include "core/base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct csv_column columns[] = {{"state", .required = true}, {"level", .required = true}, {.name = "note"}};
enum { STATE, LEVEL, NOTE, COLUMNS };

/* ---- helpers ---- */

static struct csv_reader *open_bytes(const char *bytes, size_t length) {
  struct csv_reader *reader = NULL;
  struct error error;
  if (!csv_reader_open_bytes(&reader, "in.csv", bytes, length, &error) ||
      !csv_reader_header(reader, columns, COLUMNS, &error))
    fail_msg("%s", error.message);
  return reader;
}

static struct csv_reader *open_text(const char *s) {
  return open_bytes(s, strlen(s));
}

static void assert_value(const struct csv_reader *reader, size_t column, const char *expected) {
  size_t length = 4711;
  const char *value = csv_reader_value(reader, column, &length);
  if (!expected) {
    assert_null(value);
    assert_int_equal(length, 0);
    return;
  }
  assert_non_null(value);
  assert_string_equal(value, expected);
  assert_int_equal(length, strlen(expected));
}

static void assert_row(struct csv_reader *reader, uint64_t line, const char *state, const char *level,
                       const char *note) {
  struct error error;
  assert_int_equal(csv_reader_next(reader, &error), CSV_ROW);
  assert_int_equal(csv_reader_line(reader), line);
  assert_value(reader, STATE, state);
  assert_value(reader, LEVEL, level);
  assert_value(reader, NOTE, note);
}

static void assert_end(struct csv_reader *reader) {
  struct error error;
  assert_int_equal(csv_reader_next(reader, &error), CSV_END);
  assert_int_equal(csv_reader_next(reader, &error), CSV_END);
}

static void assert_error(const struct error *error, enum error_code code, const char *line) {
  AUTO_TEXT struct text text = {0};
  error_format(error, &text);
  assert_string_equal(text_string(&text), line);
  assert_int_equal(error->code, code);
}

static void assert_bad_row(struct csv_reader *reader, const char *line) {
  struct error error;
  assert_int_equal(csv_reader_next(reader, &error), CSV_BAD_ROW);
  assert_error(&error, ERROR_DATA, line);
}

static void assert_fails(struct csv_reader *reader, const char *line) {
  struct error error;
  for (int again = 0; again < 2; again++) {
    assert_int_equal(csv_reader_next(reader, &error), CSV_FAILED);
    assert_error(&error, ERROR_DATA, line);
  }
}

static void assert_blame(const struct csv_reader *reader, size_t column, uint64_t line, uint64_t place) {
  struct error error;
  error_set(&error, ERROR_DATA, "wrong");
  assert_false(csv_reader_blame(reader, column, &error));
  assert_string_equal(error.file, "in.csv");
  assert_int_equal(error.line, line);
  assert_int_equal(error.column, place);
}

static void assert_raw(const struct csv_reader *reader, const char *expected) {
  size_t length;
  const char *raw = csv_reader_raw(reader, &length);
  assert_int_equal(length, strlen(expected));
  assert_memory_equal(raw, expected, length);
}

/* Opening or the header is refused with this line. */
static void assert_unreadable(const char *bytes, size_t length, const char *line) {
  AUTO_CSV_READER struct csv_reader *reader = NULL;
  struct error error;
  bool done = csv_reader_open_bytes(&reader, "in.csv", bytes, length, &error) &&
              csv_reader_header(reader, columns, COLUMNS, &error);
  assert_false(done);
  assert_error(&error, ERROR_DATA, line);
}

static void assert_bad_header(const char *s, const char *line) {
  assert_unreadable(s, strlen(s), line);
}

/* ---- what is read ---- */

static void rows_are_read(void **state) {
  (void)state;
  AUTO_CSV_READER struct csv_reader *reader = open_text("level,state\nfull,FRA\n\"part\"\"ly\",\" D,E \"\n");
  assert_true(csv_reader_has(reader, STATE));
  assert_false(csv_reader_has(reader, NOTE));
  assert_row(reader, 2, "FRA", "full", NULL);
  assert_row(reader, 3, " D,E ", "part\"ly", NULL);
  assert_end(reader);
  assert_int_equal(csv_reader_bytes(reader), 40);
}

static void empty_and_quoted_empty_differ(void **state) {
  (void)state;
  AUTO_CSV_READER struct csv_reader *reader = open_text("state,level,note\n,\"\",\n\"\",,\"\"\n,,\n, ,\t\n");
  assert_row(reader, 2, NULL, "", NULL);
  assert_row(reader, 3, "", NULL, "");
  assert_row(reader, 4, NULL, NULL, NULL);
  assert_row(reader, 5, NULL, " ", "\t");
  assert_end(reader);
}

static void every_kind_of_line_end_counts(void **state) {
  (void)state;
  AUTO_CSV_READER struct csv_reader *reader =
      open_text("state,level\rA,1\r\nB,2\nC,3\r\r\n\n\"D\",\"4\"\r\"E\",\"5\"\r\nF,6");
  assert_row(reader, 2, "A", "1", NULL);
  assert_row(reader, 3, "B", "2", NULL);
  assert_row(reader, 4, "C", "3", NULL);
  assert_row(reader, 7, "D", "4", NULL);
  assert_row(reader, 8, "E", "5", NULL);
  assert_row(reader, 9, "F", "6", NULL);
  assert_end(reader);
}

static void line_breaks_in_quotes_are_kept(void **state) {
  (void)state;
  AUTO_CSV_READER struct csv_reader *reader =
      open_text("state,level,note\n\"A\r\nB\",\"1\n2\r3\",x\r\nC,4,\"y\n\n\r\n\"\nD,5,z\n");
  assert_row(reader, 2, "A\r\nB", "1\n2\r3", "x");
  assert_blame(reader, STATE, 2, 1);
  assert_blame(reader, LEVEL, 3, 4);
  assert_blame(reader, NOTE, 5, 4);
  assert_raw(reader, "\"A\r\nB\",\"1\n2\r3\",x");
  assert_row(reader, 6, "C", "4", "y\n\n\r\n");
  assert_row(reader, 10, "D", "5", "z");
  assert_end(reader);
}

static void last_line_ends_may_be_missing(void **state) {
  (void)state;
  static const char *const ends[] = {"state,level\nA,\"1\"", "state,level\nA,1", "state,level\n\"A\",1"};
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    AUTO_CSV_READER struct csv_reader *reader = open_text(ends[i]);
    assert_row(reader, 2, "A", "1", NULL);
    assert_end(reader);
  }
  AUTO_CSV_READER struct csv_reader *reader = open_text("state,level\nA,");
  assert_row(reader, 2, "A", NULL, NULL);
  assert_end(reader);
}

static void a_byte_order_mark_is_taken_off(void **state) {
  (void)state;
  AUTO_CSV_READER struct csv_reader *reader = open_text("\uFEFFstate,level\nA,1\n");
  assert_row(reader, 2, "A", "1", NULL);
  assert_end(reader);
  assert_int_equal(csv_reader_bytes(reader), 19);
}

static void delimiters_are_found(void **state) {
  (void)state;
  static const struct {
    const char *s;
    char delimiter;
    uint64_t line;
  } files[] = {{"state;level\nA,a;1\n", ';', 2},
               {"state\tlevel\nA,a\t1\n", '\t', 2},
               {"state,level\n\"A,a\",1\n", ',', 2},
               {"sep=;\nstate;level\nA,a;1\n", ';', 3},
               {"\uFEFFsep=;\r\nstate;level\r\nA,a;1\r\n", ';', 3},
               {"\"sep=;\"\nstate;level\nA,a;1\n", ';', 3},
               {"SEP=\t\rstate\tlevel\rA,a\t1\r", '\t', 3},
               {"sep=|\nstate|level\nA,a|1\n", '|', 3},
               {"\n\"state\";\"level\"\n\"A,a\";1\n", ';', 3}};
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    AUTO_CSV_READER struct csv_reader *reader = open_text(files[i].s);
    assert_int_equal(csv_reader_delimiter(reader), files[i].delimiter);
    assert_row(reader, files[i].line, "A,a", "1", NULL);
    assert_end(reader);
  }
  assert_bad_header(
      "sep=x\nstatexlevel\n",
      "in.csv:1:5: not a delimiter: \"x\". The line \"sep=\" may name a comma, a semicolon, a tab or \"|\".");
}

static void raw_bytes_are_given(void **state) {
  (void)state;
  AUTO_CSV_READER struct csv_reader *reader = open_text("\"state\",level\r\nA,\"1\"\r\n\nB,2,3\nC,3");
  size_t length;
  const char *raw = csv_reader_raw_header(reader, &length);
  assert_int_equal(length, 13);
  assert_memory_equal(raw, "\"state\",level", 13);
  assert_row(reader, 2, "A", "1", NULL);
  assert_raw(reader, "A,\"1\"");
  assert_bad_row(reader, "in.csv:4:5: the row has 3 fields, the header has 2. Put values that hold the delimiter in "
                         "double quotes.");
  assert_raw(reader, "B,2,3");
  assert_row(reader, 5, "C", "3", NULL);
  assert_raw(reader, "C,3");
}

/* sha256sum of the same bytes */
static void the_digest_is_of_the_whole_input(void **state) {
  (void)state;
  AUTO_CSV_READER struct csv_reader *reader = open_text("\uFEFFstate,level\r\nFRA,1\r\n\r\n");
  assert_row(reader, 2, "FRA", "1", NULL);
  assert_end(reader);
  unsigned char digest[SHA256_SIZE];
  char text[SHA256_TEXT_SIZE];
  csv_reader_digest(reader, digest);
  assert_string_equal(sha256_format(digest, text), "20861d98a73e499cc294c8ba2001c768144dbb622115635a10acdabfc383217f");
}

/* ---- headers ---- */

static void headers_are_checked(void **state) {
  (void)state;
  assert_bad_header("state,level,note,levle\n", "in.csv:1:18: unknown column: \"levle\". Did you mean \"level\"?");
  assert_bad_header("State,level\n", "in.csv:1:1: unknown column: \"State\". Did you mean \"state\"?");
  assert_bad_header(
      "state,comment,level\n",
      "in.csv:1:7: unknown column: \"comment\". The first row must name the columns; known are state, level, note.");
  assert_bad_header("state,level,state\n", "in.csv:1:13: column \"state\" is there twice. Take one of them out.");
  assert_bad_header("\nnote\n",
                    "in.csv:2: the header lacks the columns \"state\", \"level\". The first row must name the "
                    "columns, in any order.");
  assert_bad_header("state,note\n", "in.csv:1: the header lacks the column \"level\". The first row must name the "
                                    "columns, in any order.");
  assert_bad_header("state,,level\n", "in.csv:1:7: column 2 has no name. Name it, or take the column out.");
  assert_bad_header("\n\r\n\n",
                    "in.csv: the file has no header row. The first row must name the columns, in any order.");
  assert_bad_header("", "in.csv: the file is empty.");
  assert_bad_header("\uFEFF", "in.csv: the file is empty.");
}

static void header_names_are_trimmed(void **state) {
  (void)state;
  AUTO_CSV_READER struct csv_reader *reader = open_text(" state ,\"level\t\"\nA,1\n");
  assert_row(reader, 2, "A", "1", NULL);
}

static void nameless_columns_at_the_end_must_be_empty(void **state) {
  (void)state;
  AUTO_CSV_READER struct csv_reader *reader = open_text("state,level,,\nA,1,,\"\"\nB,2,,x\nC,3,\nD,4,,\n");
  assert_row(reader, 2, "A", "1", NULL);
  assert_bad_row(reader,
                 "in.csv:3:6: a value in a column without a name: \"x\". Name the column in the header, or take "
                 "the value out.");
  assert_bad_row(reader,
                 "in.csv:4: the row has 3 fields, the header has 4. Give every field its place, the empty ones too.");
  assert_row(reader, 5, "D", "4", NULL);
  assert_end(reader);
}

/* ---- what is refused ---- */

static void ragged_rows_are_refused_one_by_one(void **state) {
  (void)state;
  AUTO_CSV_READER struct csv_reader *reader = open_text("state,level\nA\nB,2\n\"é\nü\",3,\"4\",5\n\nC,6\n");
  assert_bad_row(reader,
                 "in.csv:2: the row has 1 field, the header has 2. Give every field its place, the empty ones too.");
  assert_row(reader, 3, "B", "2", NULL);
  assert_bad_row(reader, "in.csv:5:6: the row has 4 fields, the header has 2. Put values that hold the delimiter in "
                         "double quotes.");
  assert_row(reader, 7, "C", "6", NULL);
  assert_end(reader);
}

static void wrong_quotes_are_refused(void **state) {
  (void)state;
  const char remedy[] = "Put the whole value in double quotes and double those inside it: \"say \"\"yes\"\"\".";
  static const struct {
    const char *s, *expected;
  } files[] = {
      {"state,level\nA,1\né,b\"c\n", "in.csv:3:4: a double quote stands inside a value that is not in quotes. "},
      {"state,level\nA, \"1\"\n", "in.csv:2:4: a double quote stands inside a value that is not in quotes. "},
      {"state,level\n\"A\"x,1\n", "in.csv:2:4: text follows a closing double quote. "},
      {"state,level\n\"é\nü\" ,1\n", "in.csv:3:3: text follows a closing double quote. "}};
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    AUTO_CSV_READER struct csv_reader *reader = open_text(files[i].s);
    struct error error;
    enum csv_next next = csv_reader_next(reader, &error);
    if (next == CSV_ROW)
      next = csv_reader_next(reader, &error);
    assert_int_equal(next, CSV_FAILED);
    AUTO_TEXT struct text expected = {0};
    text_add_format(&expected, "%s%s", files[i].expected, remedy);
    assert_error(&error, ERROR_DATA, text_string(&expected));
  }
}

static void open_quotes_are_found_where_they_open(void **state) {
  (void)state;
  const char tail[] =
      "the double quote that opens this value is never closed. Close it, and double the quotes inside the "
      "value: \"say \"\"yes\"\"\".";
  AUTO_TEXT struct text expected = {0};
  text_add_format(&expected, "in.csv:4:4: %s", tail);
  AUTO_CSV_READER struct csv_reader *reader = open_text("state,level\nA,1\n\"é\nx\",\"b\"\" c,\n\r\nd,e\n");
  assert_row(reader, 2, "A", "1", NULL);
  assert_fails(reader, text_string(&expected));
  text_clear(&expected);
  text_add_format(&expected, "in.csv:1:7: %s", tail);
  assert_bad_header("state,\"", text_string(&expected));
}

static void other_encodings_are_named(void **state) {
  (void)state;
  const char utf16[] = "in.csv: the file is UTF-16 text, not UTF-8. In the spreadsheet, save it as \"CSV UTF-8\".";
  assert_unreadable("\xFF\xFEs\0t\0a\0t\0e\0\n\0", 14, utf16);
  assert_unreadable("\xFE\xFF\0s\0t\0a\0t\0e\0\n", 14, utf16);
  assert_unreadable("s\0t\0a\0t\0e\0\n\0", 12, utf16);
  assert_unreadable("\0s\0t\0a\0t\0e\0\n", 12, utf16);
  assert_unreadable("\xFF\xFE\0\0s\0\0\0", 8,
                    "in.csv: the file is UTF-32 text, not UTF-8. In the spreadsheet, save it as \"CSV UTF-8\".");
  assert_unreadable("PK\3\4\x14\0\6\0", 8,
                    "in.csv: the file is a spreadsheet or an archive, not CSV. In the spreadsheet, save it as \"CSV "
                    "UTF-8\".");
  assert_bad_header("state,level,not\xE9\n",
                    "in.csv:1:16: the text is not UTF-8: byte 0xE9; it looks like Windows-1252 or "
                    "Latin-1. In the spreadsheet, save it as \"CSV UTF-8\".");
  AUTO_CSV_READER struct csv_reader *reader = open_text("state,level\nA,1\né\xC3\xA9,caf\xE9\n");
  assert_row(reader, 2, "A", "1", NULL);
  assert_fails(reader, "in.csv:3:7: the text is not UTF-8: byte 0xE9; it looks like Windows-1252 or Latin-1. In the "
                       "spreadsheet, save it as \"CSV UTF-8\".");
}

static void nul_is_refused(void **state) {
  (void)state;
  const char bytes[] = "state,level\nA,1\nB\0,2\n";
  AUTO_CSV_READER struct csv_reader *reader = open_bytes(bytes, sizeof bytes - 1);
  assert_row(reader, 2, "A", "1", NULL);
  assert_fails(reader, "in.csv:3:2: the file holds a NUL byte. Take it out, or save the file anew as \"CSV UTF-8\".");
}

/* A value of exactly the limit passes, whatever its form; one byte more does not. */
static void fields_have_a_limit(void **state) {
  (void)state;
  static const struct {
    const char *before, *after;
    size_t inside; /* bytes of the value that stand in `before` */
  } forms[] = {{"state,level\nA,", "\n", 0}, {"state,level\nA,\"", "\"\n", 0}, {"state,level\nA,\"\n", "\"\n", 1}};
  AUTO_FREE char *value = memory_new(CSV_FIELD_MAX + 1, 1);
  memset(value, 'x', CSV_FIELD_MAX + 1);
  for (size_t i = 0; i < 2 * sizeof forms / sizeof *forms; i++) {
    size_t form = i / 2, more = i % 2;
    AUTO_TEXT struct text file = {0};
    text_add(&file, forms[form].before);
    text_add_n(&file, value, CSV_FIELD_MAX - forms[form].inside + more);
    text_add(&file, forms[form].after);
    AUTO_CSV_READER struct csv_reader *reader = open_bytes(file.data, file.length);
    struct error error;
    assert_int_equal(csv_reader_next(reader, &error), more ? CSV_FAILED : CSV_ROW);
    if (more)
      assert_error(
          &error, ERROR_DATA,
          "in.csv:2:3: a value or a line is longer than 64 MiB. Perhaps a double quote is never closed, or the "
          "file is no CSV.");
  }
}

/* A quote that is never closed in a long file is given up long before the file's end. */
static void a_long_open_quote_is_given_up(void **state) {
  (void)state;
  AUTO_TEXT struct text file = {0};
  text_add(&file, "state,level\nA,\"");
  while (file.length < 100 << 20)
    text_add(&file, "a line of many, in a value that was never meant to be so long\n");
  AUTO_CSV_READER struct csv_reader *reader = open_bytes(file.data, file.length);
  assert_fails(reader,
               "in.csv:2:3: a value or a line is longer than 64 MiB. Perhaps a double quote is never closed, or "
               "the file is no CSV.");
  assert_in_range(csv_reader_bytes(reader), 64 << 20, 66 << 20);
}

/* ---- files ---- */

static void files_are_read_and_missing_ones_told(void **state) {
  (void)state;
  char path[] = "/tmp/test-csv-XXXXXX";
  int file = mkstemp(path);
  assert_true(file >= 0);
  const char content[] = "state,level\nA,1\n";
  assert_int_equal(write(file, content, sizeof content - 1), sizeof content - 1);
  close(file);
  struct error error;
  AUTO_CSV_READER struct csv_reader *reader = NULL;
  assert_true(csv_reader_open(&reader, path, &error));
  unlink(path);
  assert_true(csv_reader_header(reader, columns, COLUMNS, &error));
  assert_row(reader, 2, "A", "1", NULL);
  assert_end(reader);
  csv_reader_close(&reader);
  assert_null(reader);
  assert_false(csv_reader_open(&reader, path, &error));
  assert_int_equal(error.code, ERROR_NO_INPUT);
  assert_null(reader);
  assert_false(csv_reader_open(&reader, "/", &error));
  assert_int_equal(error.code, ERROR_NO_INPUT);
}

/* A pipe gives its bytes one at a time; line ends are then split between two reads. */
static void a_slow_pipe_gives_the_same_rows(void **state) {
  (void)state;
  const char content[] = "\uFEFFstate,level\r\nA,1\r\nB,\"2\r\n\"\r\n";
  int ends[2];
  assert_int_equal(pipe(ends), 0);
  pid_t child = fork();
  if (child == 0) {
    for (size_t i = 0; i + 1 < sizeof content; i++)
      if (write(ends[1], content + i, 1) != 1)
        _exit(1);
    _exit(0);
  }
  close(ends[1]);
  char path[40];
  snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
  struct error error;
  AUTO_CSV_READER struct csv_reader *reader = NULL;
  assert_true(csv_reader_open(&reader, path, &error));
  assert_true(csv_reader_header(reader, columns, COLUMNS, &error));
  assert_row(reader, 2, "A", "1", NULL);
  assert_row(reader, 3, "B", "2\r\n", NULL);
  assert_end(reader);
  close(ends[0]);
  waitpid(child, NULL, 0);
}

/* ---- properties ---- */

static unsigned pick(unsigned *seed, unsigned below) {
  return (unsigned)rand_r(seed) % below;
}

/* A random value out of pieces that matter to CSV; NULL one time in eight. */
static const char *random_value(unsigned *seed, struct text *value) {
  static const char *const pieces[] = {"a", "b c", ",",  ";", "\t", "\"",   "\"\"", "\n",     "\r", "\r\n",
                                       " ", "é",   "中", "😀", "0",  "=1+1", "\\.",  "\uFEFF", "'",  "x y z"};
  text_clear(value);
  if (pick(seed, 8) == 0)
    return NULL;
  for (unsigned count = pick(seed, 6); count > 0; count--)
    text_add(value, pieces[pick(seed, sizeof pieces / sizeof *pieces)]);
  return text_string(value);
}

enum { ROWS = 30000 };

static char *copy_or_null(const char *s) {
  return s ? memory_string(s) : NULL;
}

/* The file is larger than the reader's buffer, so that rows lie across its ends. */
static void what_is_written_is_read_back(void **state) {
  (void)state;
  static const char delimiters[] = ",;\t";
  for (size_t d = 0; d < 3; d++) {
    unsigned seed = 1234 + (unsigned)d;
    AUTO_TEXT struct text file = {0}, value = {0};
    char **values = memory_new(ROWS * COLUMNS, sizeof *values);
    text_add_format(&file, "state%clevel%cnote\n", delimiters[d], delimiters[d]);
    for (size_t i = 0; i < ROWS * COLUMNS; i++) {
      values[i] = copy_or_null(random_value(&seed, &value));
      csv_write_field(&file, values[i], values[i] ? strlen(values[i]) : 0, i % COLUMNS == 0, delimiters[d]);
      if (i % COLUMNS == COLUMNS - 1)
        csv_write_end(&file);
    }
    assert_true(file.length > (1 << 18));
    AUTO_CSV_READER struct csv_reader *reader = open_bytes(file.data, file.length);
    struct error error;
    for (size_t i = 0; i < ROWS * COLUMNS; i++) {
      if (i % COLUMNS == 0)
        assert_int_equal(csv_reader_next(reader, &error), CSV_ROW);
      assert_value(reader, i % COLUMNS, values[i]);
      free(values[i]);
    }
    assert_end(reader);
    free(values);
  }
}

/* The same rows once without quotes, cut at the delimiters, and once with each value quoted, read by libcsv. */
static void rows_without_quotes_are_read_as_by_libcsv(void **state) {
  (void)state;
  static const char *const pieces[] = {"a", " ", "é", ";", "\t", "'", "x y", "\\."};
  static const char *const line_ends[] = {"\n", "\r\n", "\r"};
  unsigned seed = 77;
  AUTO_TEXT struct text plain = {0}, quoted = {0};
  text_add(&plain, "state,level,note\n");
  text_add(&quoted, "state,level,note\n");
  for (size_t i = 0; i < ROWS * COLUMNS; i++) {
    size_t start = plain.length;
    for (unsigned count = 1 + pick(&seed, 4); count > 0; count--)
      text_add(&plain, pieces[pick(&seed, sizeof pieces / sizeof *pieces)]);
    text_add_format(&quoted, "\"%s\"", plain.data + start);
    const char *after = i % COLUMNS < COLUMNS - 1 ? "," : line_ends[pick(&seed, 3)];
    text_add(&plain, after);
    text_add(&quoted, after);
  }
  AUTO_CSV_READER struct csv_reader *one = open_bytes(plain.data, plain.length);
  AUTO_CSV_READER struct csv_reader *other = open_bytes(quoted.data, quoted.length);
  struct error error;
  for (size_t row = 0; row < ROWS; row++) {
    assert_int_equal(csv_reader_next(one, &error), CSV_ROW);
    assert_int_equal(csv_reader_next(other, &error), CSV_ROW);
    assert_int_equal(csv_reader_line(one), row + 2);
    assert_int_equal(csv_reader_line(other), row + 2);
    for (size_t column = 0; column < COLUMNS; column++)
      assert_value(one, column, csv_reader_value(other, column, NULL));
  }
  assert_end(one);
  assert_end(other);
}

static void assert_written(const char *value, const char *expected) {
  AUTO_TEXT struct text out = {0};
  csv_write_field(&out, value, value ? strlen(value) : 0, true, ',');
  assert_string_equal(text_string(&out), expected);
}

static void only_what_must_is_quoted(void **state) {
  (void)state;
  assert_written(NULL, "");
  assert_written("", "\"\"");
  assert_written("plain text; =1+1", "plain text; =1+1");
  assert_written("a,b", "\"a,b\"");
  assert_written("say \"yes\"", "\"say \"\"yes\"\"\"");
  assert_written("a\nb", "\"a\nb\"");
  assert_written("a\rb", "\"a\rb\"");
  assert_written(" a", "\" a\"");
  assert_written("a ", "\"a \"");
  assert_written("PK\3\4", "\"PK\3\4\""); /* what an archive begins with */
  AUTO_TEXT struct text out = {0};
  csv_write_field(&out, "a,b", 3, true, ';');
  csv_write_field(&out, "c;d", 3, false, ';');
  csv_write_field(&out, NULL, 0, false, ';');
  csv_write_end(&out);
  assert_string_equal(text_string(&out), "a,b;\"c;d\";\n");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(rows_are_read),
      cmocka_unit_test(empty_and_quoted_empty_differ),
      cmocka_unit_test(every_kind_of_line_end_counts),
      cmocka_unit_test(line_breaks_in_quotes_are_kept),
      cmocka_unit_test(last_line_ends_may_be_missing),
      cmocka_unit_test(a_byte_order_mark_is_taken_off),
      cmocka_unit_test(delimiters_are_found),
      cmocka_unit_test(raw_bytes_are_given),
      cmocka_unit_test(the_digest_is_of_the_whole_input),
      cmocka_unit_test(headers_are_checked),
      cmocka_unit_test(header_names_are_trimmed),
      cmocka_unit_test(nameless_columns_at_the_end_must_be_empty),
      cmocka_unit_test(ragged_rows_are_refused_one_by_one),
      cmocka_unit_test(wrong_quotes_are_refused),
      cmocka_unit_test(open_quotes_are_found_where_they_open),
      cmocka_unit_test(other_encodings_are_named),
      cmocka_unit_test(nul_is_refused),
      cmocka_unit_test(fields_have_a_limit),
      cmocka_unit_test(a_long_open_quote_is_given_up),
      cmocka_unit_test(files_are_read_and_missing_ones_told),
      cmocka_unit_test(a_slow_pipe_gives_the_same_rows),
      cmocka_unit_test(what_is_written_is_read_back),
      cmocka_unit_test(rows_without_quotes_are_read_as_by_libcsv),
      cmocka_unit_test(only_what_must_is_quoted),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
