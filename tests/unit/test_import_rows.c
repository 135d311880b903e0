/* core/rows/import_rows.c and core/rows/rejects.c: rows one by one, their faults, the verdict, and the rows that were
 * refused. */
#include "core/rows/import_rows.h"

#include "core/base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct csv_column columns[] = {{"code", .required = true}, {"name", .required = true}, {.name = "note"}};
enum { CODE, NAME, NOTE, COLUMNS };

/* An import from memory, and all that it tells. */
struct import {
  struct import_options options;
  struct import_summary summary;
  struct csv_reader *reader;
  struct import_rows rows;
  struct text told;
};

static void keep(void *context, const struct error *fault) {
  struct text *told = context;
  error_format(fault, told);
  text_add_char(told, '\n');
}

static void begin(struct import *import, const char *file, const char *rejects) {
  struct error error;
  *import = (struct import){.options = {.path = "folder/in.csv", .rejects = rejects, .problem = keep}};
  import->options.problem_context = &import->told;
  assert_true(csv_reader_open_bytes(&import->reader, "in.csv", file, strlen(file), &error));
  assert_true(
      import_rows_begin(&import->rows, &import->options, &import->summary, import->reader, columns, COLUMNS, &error));
}

static void end(struct import *import) {
  import_rows_free(&import->rows);
  csv_reader_close(&import->reader);
  text_free(&import->told);
}

/* Reads all rows; a code of digits only is a fault, and so is a name "x". Gives the codes of the good ones. */
static char *read_all(struct import *import) {
  AUTO_TEXT struct text good = {0};
  struct error error;
  bool more;
  for (assert_true(import_rows_next(&import->rows, &more, &error)); more;
       assert_true(import_rows_next(&import->rows, &more, &error))) {
    size_t length;
    struct error fault;
    const char *code = import_required(&import->rows, CODE, &length);
    if (code != NULL && strspn(code, "0123456789") == length) {
      error_set(&fault, ERROR_DATA, "not a code: \"%s\"", code);
      error_remedy(&fault, "Write letters.");
      import_rows_fault(&import->rows, CODE, &fault);
    }
    const char *name = import_required(&import->rows, NAME, NULL);
    if (name != NULL && strcmp(name, "x") == 0) {
      error_set(&fault, ERROR_DATA, "not a name: \"%s\"", name);
      error_remedy(&fault, "Write letters.");
      import_rows_fault(&import->rows, NAME, &fault);
    }
    if (!import->rows.refused)
      text_add_format(&good, "%s ", code);
  }
  text_add(&good, "");
  return text_take(&good);
}

static void assert_good(struct import *import, const char *expected) {
  AUTO_FREE char *good = read_all(import);
  assert_string_equal(good, expected);
}

static void good_rows_pass(void **state) {
  (void)state;
  struct import import;
  struct error error;
  begin(&import, "name,code\n Anna ,a\nBo,b\n", NULL);
  assert_good(&import, "a b ");
  assert_true(import_rows_end(&import.rows, &error));
  assert_int_equal(import.summary.rows, 2);
  assert_int_equal(import.summary.bad, 0);
  assert_string_equal(text_string(&import.told), "");
  end(&import);
}

static void every_fault_is_told_and_each_row_counts_once(void **state) {
  (void)state;
  struct import import;
  struct error error;
  begin(&import, "code,name\n1,x\n,\na,Anna\n2\nb,\n", NULL);
  assert_good(&import, "a ");
  assert_string_equal(text_string(&import.told),
                      "in.csv:2:1: not a code: \"1\". Write letters.\n"
                      "in.csv:2:3: not a name: \"x\". Write letters.\n"
                      "in.csv:5: the row has 1 field, the header has 2. Give every field its place, the empty ones "
                      "too.\n"
                      "in.csv:6:3: no value in column \"name\". This column can't be left empty.\n");
  assert_int_equal(import.summary.rows, 4); /* the one without any value is passed over */
  assert_int_equal(import.summary.bad, 3);
  assert_false(import_rows_end(&import.rows, &error));
  assert_int_equal(error.code, ERROR_DATA);
  assert_string_equal(error.message, "in.csv: 3 of 4 rows refused; nothing was stored");
  end(&import);
}

static void empty_is_no_value(void **state) {
  (void)state;
  struct import import;
  struct error error;
  size_t length = 7;
  bool more;
  begin(&import, "code,name,note\na,Anna,\"\"\n", NULL);
  assert_true(import_rows_next(&import.rows, &more, &error) && more);
  assert_null(import_value(&import.rows, NOTE, &length));
  assert_int_equal(length, 0);
  assert_string_equal(import_value(&import.rows, NAME, &length), "Anna");
  assert_int_equal(length, 4);
  end(&import);
}

static void some_may_be_kept_but_not_none(void **state) {
  (void)state;
  struct import import;
  struct error error;
  begin(&import, "code,name\n1,x\na,Anna\n", NULL);
  import.options.keep_going = true;
  assert_good(&import, "a ");
  assert_true(import_rows_end(&import.rows, &error));
  end(&import);
  begin(&import, "code,name\n1,Anna\n2,Bo\n", NULL);
  import.options.keep_going = true;
  assert_good(&import, "");
  assert_false(import_rows_end(&import.rows, &error));
  assert_string_equal(error.message, "in.csv: 2 of 2 rows refused; nothing was stored");
  end(&import);
}

/* A name for a file that isn't there yet, in a folder of its own. */
static void make_path(char folder[static 64], char path[static 64]) {
  snprintf(folder, 64, "/tmp/test-rejects-XXXXXX");
  assert_non_null(mkdtemp(folder));
  snprintf(path, 64, "%.50s/r.csv", folder);
}

static void assert_file(const char *path, const char *expected) {
  char bytes[2048];
  FILE *file = fopen(path, "rb");
  assert_non_null(file);
  size_t length = fread(bytes, 1, sizeof bytes - 1, file);
  fclose(file);
  bytes[length] = '\0';
  assert_string_equal(bytes, expected);
}

static void refused_rows_are_kept_as_they_were(void **state) {
  (void)state;
  char folder[64], path[64];
  struct import import;
  struct error error;
  make_path(folder, path);
  begin(&import, "\uFEFFcode;name;note\r\n1;x;\" 'q; \"\"\r\nw\"\"\"\r\na;Anna;\"\"\r\n2;;\"\";;\r\n", path);
  import.options.keep_going = true;
  assert_good(&import, "a ");
  assert_int_equal(access(path, F_OK), -1); /* nothing is there before the end */
  assert_true(import_rows_end(&import.rows, &error));
  assert_file(
      path,
      "\uFEFFreject_line;reject_reason;reject_remedy;code;name;note\n"
      "2;\"code: not a code: \"\"1\"\"; name: not a name: \"\"x\"\"\";Write letters.;1;x;\" 'q; \"\"\r\nw\"\"\"\n"
      "5;the row has 5 fields, the header has 3;Put values that hold the delimiter in double quotes.;2;;\"\";;\n");
  end(&import);
  unlink(path);
  rmdir(folder);
}

static void rejects_of_rejects_have_one_set_of_reasons(void **state) {
  (void)state;
  char folder[64], path[64];
  struct import import;
  struct error error;
  make_path(folder, path);
  begin(&import, "reject_line,code,reject_reason,name,reject_remedy\n7,a,why,Anna,how\n8,1,why,Bo,how\n", path);
  import.options.keep_going = true;
  assert_good(&import, "a ");
  assert_true(import_rows_end(&import.rows, &error));
  assert_file(
      path,
      "reject_line,reject_reason,reject_remedy,code,name\n3,\"code: not a code: \"\"1\"\"\",Write letters.,1,Bo\n");
  end(&import);
  unlink(path);
  rmdir(folder);
}

static void without_an_end_nothing_appears(void **state) {
  (void)state;
  char folder[64], path[64];
  struct import import;
  struct error error;
  bool more;
  make_path(folder, path);
  begin(&import, "code,name\n1,x\na,\"open\n", path);
  assert_true(import_rows_next(&import.rows, &more, &error));
  assert_false(import_rows_next(&import.rows, &more, &error));
  assert_non_null(strstr(error.message, "never closed"));
  end(&import);
  assert_int_equal(rmdir(folder), 0); /* it is empty */
}

static void the_file_itself_is_safe(void **state) {
  (void)state;
  char folder[64], path[64];
  struct error error;
  make_path(folder, path);
  FILE *file = fopen(path, "wb");
  assert_true(file != NULL && fputs("code,name\n1,x\n", file) >= 0 && fclose(file) == 0);
  struct import_options options = {.path = path, .rejects = path};
  struct import_summary summary = {0};
  struct import_rows rows = {0};
  AUTO_CSV_READER struct csv_reader *reader = NULL;
  assert_true(csv_reader_open(&reader, path, &error));
  assert_false(import_rows_begin(&rows, &options, &summary, reader, columns, COLUMNS, &error));
  assert_int_equal(error.code, ERROR_USAGE);
  import_rows_free(&rows);
  assert_file(path, "code,name\n1,x\n");
  unlink(path);
  rmdir(folder);
}

static void names_of_files_are_short(void **state) {
  (void)state;
  assert_string_equal(import_file_name("a/b/c.csv"), "c.csv");
  assert_string_equal(import_file_name("c.csv"), "c.csv");
  assert_string_equal(import_file_name("a/"), "a/");
  assert_string_equal(import_file_name("-"), "standard input");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(good_rows_pass),
      cmocka_unit_test(every_fault_is_told_and_each_row_counts_once),
      cmocka_unit_test(empty_is_no_value),
      cmocka_unit_test(some_may_be_kept_but_not_none),
      cmocka_unit_test(refused_rows_are_kept_as_they_were),
      cmocka_unit_test(rejects_of_rejects_have_one_set_of_reasons),
      cmocka_unit_test(without_an_end_nothing_appears),
      cmocka_unit_test(the_file_itself_is_safe),
      cmocka_unit_test(names_of_files_are_short),
  };
  return cmocka_run_group_tests_name("import_rows", tests, NULL, NULL);
}
