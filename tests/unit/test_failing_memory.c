/*
 * Memory that runs out: every allocation of these paths, also those inside libraries, fails once.  The program then
 * ends with code 1 and a message (core/base/memory.h), or does without; it never crashes and never gives a wrong
 * answer.
 */
#include "core/base/date.h"
#include "core/base/memory.h"
#include "core/base/name_index.h"
#include "core/base/nearest.h"
#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/csv/csv.h"
#include "core/document/document.h"
#include "core/document/reference.h"
#include "reports/grid/grid.h"
#include "reports/render/render.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#if defined(__SANITIZE_ADDRESS__)
#define INTERPOSED 0 /* the sanitizer brings its own */
#else
#define INTERPOSED 1
#endif

static long countdown = -1; /* the allocation that fails; below 0: none does */

#if INTERPOSED
/* glibc's own, under these; those below stand before them for the program and all its libraries. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);

static bool fails_now(void) {
  if (countdown < 0 || countdown-- > 0)
    return false;
  errno = ENOMEM;
  return true;
}

void *malloc(size_t size) {
  return fails_now() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
  return fails_now() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size) {
  return fails_now() ? NULL : __libc_realloc(old, size);
}
#endif

/* ---- the paths: each gives 0 when its answer is right, 2 when it is an error that was passed up -------------------
 */

static int read_csv(void) {
  static const char FILE_BYTES[] = "state;note\nITA;\"a \"\"quoted\"\" note\"\nFRA;c\xc3\xb4t\xc3\xa9\n";
  static const struct csv_column columns[] = {{.name = "state", .required = true}, {.name = "note"}};
  AUTO_CSV_READER struct csv_reader *reader = NULL;
  struct error error;
  if (!csv_reader_open_bytes(&reader, "rows.csv", FILE_BYTES, sizeof FILE_BYTES - 1, &error) ||
      !csv_reader_header(reader, columns, 2, &error))
    return 2;
  if (csv_reader_next(reader, &error) != CSV_ROW)
    return 2;
  if (strcmp(csv_reader_value(reader, 1, NULL), "a \"quoted\" note") != 0)
    return 3;
  return csv_reader_next(reader, &error) == CSV_ROW && csv_reader_next(reader, &error) == CSV_END ? 0 : 2;
}

static int fold_names(void) {
  static const char NAME[] = "C\xc3\xb4te d\xe2\x80\x99Ivoire";
  AUTO_FREE char *folded = text_fold(NAME, strlen(NAME));
  AUTO_FREE char *plain = text_fold_accents(NAME, strlen(NAME));
  return strcmp(folded, "c\xc3\xb4te d'ivoire") == 0 && strcmp(plain, "cote d'ivoire") == 0 ? 0 : 3;
}

static int find_nearest(void) {
  AUTO_NEAREST struct nearest nearest;
  nearest_begin(&nearest, "Itly");
  nearest_offer(&nearest, "France");
  nearest_offer(&nearest, "Italy");
  const char *answer = nearest_answer(&nearest);
  return answer != NULL && strcmp(answer, "Italy") == 0 ? 0 : 3;
}

static int index_names(void) {
  AUTO_NAME_INDEX struct name_index *index = name_index_new();
  char name[16];
  for (int i = 0; i < 300; i++) {
    snprintf(name, sizeof name, "name %d", i);
    name_index_add(index, name, strlen(name), i);
  }
  return name_index_find(index, "name 299", 8) == 299 ? 0 : 3;
}

static int hash_bytes(void) {
  AUTO_SHA256 struct sha256 *sha = sha256_new();
  unsigned char digest[SHA256_SIZE];
  char text[SHA256_TEXT_SIZE];
  sha256_add(sha, "abc", 3);
  sha256_finish(sha, digest);
  return strncmp(sha256_format(digest, text), "ba7816bf", 8) == 0 ? 0 : 3;
}

static int render_tables(void) {
  static const char *const formats[] = {"table", "csv", "json", "markdown", "html"};
  AUTO_GRID struct grid *grid = grid_new("Title");
  struct error error;
  grid_column(grid, "state", "State");
  grid_column(grid, "count", "Count")->number = true;
  for (int i = 0; i < 5; i++) {
    grid_cell(grid, "Côte d’Ivoire");
    grid_cell(grid, "12");
  }
  for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
    const struct render_format *format = render_find(formats[i], &error);
    struct render_options options = {.width = 80};
    struct render_sink out = {0};
    if (format == NULL || !format->render(grid, &options, &out, &error))
      return 2;
    bool there = strstr(text_string(&out.text), "Ivoire") != NULL;
    text_free(&out.text);
    if (!there)
      return 3;
  }
  return 0;
}

static int read_report(void) {
  static const char REPORT[] = "CTOC/COP/WG.7/2018/L.1/Add.1\n\nII. Recommendations\n\nA. General\n\n"
                               "1. States parties should:\n\n(a) Adopt legislation;\n\n(b) Train officers.\n";
  AUTO_DOCUMENT struct document *document = NULL;
  struct error error;
  if (!document_parse(&document, REPORT, sizeof REPORT - 1, "report.txt", &error))
    return 2;
  return document->recommendation_count == 2 ? 0 : 3;
}

/* ---- one failure after another ------------------------------------------------------------------------------------
 */

/* Runs a path in a process of its own whose `nth` allocation from here fails; gives what wait says. */
static int run_failing(int (*path)(void), long nth) {
  fflush(NULL);
  pid_t child = fork();
  if (child == 0) {
    int silence = open("/dev/null", O_WRONLY);
    dup2(silence, STDERR_FILENO);
    static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}; /* cmocka would catch them here too */
    for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++)
      signal(crashes[i], SIG_DFL);
    alarm(10);
    countdown = nth;
    int code = path();
    bool reached = countdown < 0;
    countdown = -1;
    _exit(reached ? code : 100 + code);
  }
  int status = 0;
  assert_int_equal(waitpid(child, &status, 0), child);
  return status;
}

static void fail_at_every_allocation(int (*path)(void)) {
  enum { NOT_REACHED = 100, MOST = 20000 };
  if (!INTERPOSED) {
    assert_int_equal(path(), 0);
    return;
  }
  for (long nth = 0; nth < MOST; nth++) {
    int status = run_failing(path, nth);
    if (!WIFEXITED(status))
      fail_msg("allocation %ld: signal %d", nth, WTERMSIG(status));
    int code = WEXITSTATUS(status);
    if (code == NOT_REACHED)
      return;
    if (code > 2)
      fail_msg("allocation %ld: wrong answer (%d)", nth, code);
  }
}

static void csv_files(void **state) {
  (void)state;
  fail_at_every_allocation(read_csv);
}

static void names(void **state) {
  (void)state;
  fail_at_every_allocation(fold_names);
  fail_at_every_allocation(find_nearest);
  fail_at_every_allocation(index_names);
}

static void digests(void **state) {
  (void)state;
  fail_at_every_allocation(hash_bytes);
}

static void reports(void **state) {
  (void)state;
  fail_at_every_allocation(read_report);
}

static void tables(void **state) {
  (void)state;
  fail_at_every_allocation(render_tables);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(csv_files), cmocka_unit_test(names),  cmocka_unit_test(digests),
      cmocka_unit_test(reports),   cmocka_unit_test(tables),
  };
  return cmocka_run_group_tests_name("failing memory", tests, NULL, NULL);
}
