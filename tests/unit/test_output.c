/* Files that appear whole or not at all; full devices and closed pipes. */
#include "core/base/output.h"

#include "core/base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static int enter_folder(void **state) {
  char folder[] = "/tmp/test-output-XXXXXX";
  if (!mkdtemp(folder) || chdir(folder) != 0)
    return -1;
  *state = memory_string(folder);
  umask(022);
  return 0;
}

static int leave_folder(void **state) {
  DIR *folder = opendir(".");
  for (struct dirent *entry; folder && (entry = readdir(folder));)
    if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
      unlink(entry->d_name);
  if (folder)
    closedir(folder);
  int done = chdir("/") == 0 ? rmdir(*state) : -1;
  free(*state);
  return done;
}

static size_t entries(void) {
  size_t count = 0;
  DIR *folder = opendir(".");
  assert_non_null(folder);
  for (struct dirent *entry; (entry = readdir(folder));)
    count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
  closedir(folder);
  return count;
}

static void put(const char *path, const char *content, mode_t mode) {
  int file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
  assert_true(file >= 0);
  assert_int_equal(write(file, content, strlen(content)), strlen(content));
  assert_int_equal(fchmod(file, mode), 0);
  close(file);
}

static void assert_content(const char *path, const char *expected) {
  char content[100] = "";
  int file = open(path, O_RDONLY);
  assert_true(file >= 0);
  assert_true(read(file, content, sizeof content - 1) >= 0);
  close(file);
  assert_string_equal(content, expected);
}

static mode_t mode_of(const char *path) {
  struct stat status;
  assert_int_equal(lstat(path, &status), 0);
  return status.st_mode & 07777;
}

static void write_file(const char *path, const char *content) {
  struct error error;
  AUTO_OUTPUT struct output *output = NULL;
  assert_true(output_open(&output, path, &error));
  assert_false(output_is_terminal(output));
  assert_true(output_write(output, content, strlen(content), &error));
  assert_true(output_close(&output, &error));
  assert_null(output);
}

static void a_file_appears_when_it_is_whole(void **state) {
  (void)state;
  struct error error;
  AUTO_OUTPUT struct output *output = NULL;
  assert_true(output_open(&output, "new\nline \"quoted\".csv", &error));
  assert_true(output_write(output, "content\n", 8, &error));
  assert_int_equal(access("new\nline \"quoted\".csv", F_OK), -1);
  assert_true(output_close(&output, &error));
  assert_content("new\nline \"quoted\".csv", "content\n");
  assert_int_equal(mode_of("new\nline \"quoted\".csv"), 0644);
  assert_int_equal(entries(), 1);
}

static void the_longest_name_works(void **state) {
  (void)state;
  char name[256];
  memset(name, 'n', 255);
  name[255] = '\0';
  write_file(name, "x");
  assert_content(name, "x");
}

static void the_umask_decides(void **state) {
  (void)state;
  umask(027);
  write_file("group.csv", "x");
  umask(022);
  assert_int_equal(mode_of("group.csv"), 0640);
}

static void a_discarded_file_leaves_the_old_one(void **state) {
  (void)state;
  put("kept.csv", "old", 0604);
  struct error error;
  struct output *output = NULL;
  assert_true(output_open(&output, "kept.csv", &error));
  assert_true(output_write(output, "new", 3, &error));
  output_discard(&output);
  assert_null(output);
  assert_content("kept.csv", "old");
  assert_int_equal(entries(), 1);
}

static void a_replaced_file_keeps_its_mode(void **state) {
  (void)state;
  put("mode.csv", "old", 0606);
  write_file("mode.csv", "new");
  assert_content("mode.csv", "new");
  assert_int_equal(mode_of("mode.csv"), 0606);
}

static void links_stay_and_their_target_is_replaced(void **state) {
  (void)state;
  put("target.csv", "old", 0644);
  assert_int_equal(symlink("target.csv", "link.csv"), 0);
  assert_int_equal(symlink("link.csv", "link-to-link.csv"), 0);
  assert_int_equal(symlink("missing.csv", "dangling.csv"), 0);
  assert_int_equal(symlink("circle.csv", "circle.csv"), 0);
  write_file("link-to-link.csv", "new");
  assert_content("target.csv", "new");
  write_file("dangling.csv", "made");
  assert_content("missing.csv", "made");
  struct stat status;
  assert_int_equal(lstat("link-to-link.csv", &status), 0);
  assert_true(S_ISLNK(status.st_mode));
  struct error error;
  struct output *output = NULL;
  assert_false(output_open(&output, "circle.csv", &error));
  assert_int_equal(error.code, ERROR_CANNOT_CREATE);
  assert_null(output);
}

static void assert_cannot_create(const char *path, const char *remedy) {
  struct error error;
  struct output *output = NULL;
  assert_false(output_open(&output, path, &error));
  assert_null(output);
  assert_int_equal(error.code, ERROR_CANNOT_CREATE);
  assert_ptr_equal(strstr(error.message, "cannot create \""), error.message);
  assert_string_equal(error.remedy, remedy);
}

static void what_cannot_be_made_is_told(void **state) {
  (void)state;
  const char folder[] = "Make the folder first, or name another one.";
  assert_cannot_create("no/such/folder.csv", folder);
  assert_cannot_create("", folder);
  put("file", "x", 0644);
  assert_cannot_create("file/name.csv", folder);
  assert_cannot_create(".", "Name a file in that folder.");
  assert_cannot_create("new/", "Name a file in that folder.");
}

static void protected_files_and_folders_stay(void **state) {
  (void)state;
  put("protected.csv", "old", 0444);
  assert_int_equal(chmod(".", 0777), 0);
  assert_int_equal(mkdir("locked", 0755), 0);
  pid_t child = fork();
  if (child == 0) {
    /* root may write everywhere, others in what is their own */
    if (getuid() == 0 ? setgid(65534) != 0 || setuid(65534) != 0 : chmod("locked", 0555) != 0)
      _exit(9);
    struct error error;
    struct output *output = NULL;
    bool first = output_open(&output, "protected.csv", &error) || error.code != ERROR_CANNOT_CREATE;
    bool second = output_open(&output, "locked/new.csv", &error) || error.code != ERROR_CANNOT_CREATE;
    _exit(first | second << 1);
  }
  int status;
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_true(WIFEXITED(status));
  assert_int_equal(WEXITSTATUS(status), 0);
  assert_content("protected.csv", "old");
  assert_int_equal(rmdir("locked"), 0);
}

static void much_is_written_whole(void **state) {
  (void)state;
  enum { SIZE = 200001 };
  AUTO_FREE char *bytes = memory_new(SIZE, 1);
  for (size_t i = 0; i < SIZE; i++)
    bytes[i] = (char)(i * 31 % 251);
  struct error error;
  AUTO_OUTPUT struct output *output = NULL;
  assert_true(output_open(&output, "much.bin", &error));
  size_t sizes[] = {1, 65535, 65536, 0, 65537, SIZE - 1 - 65535 - 65536 - 65537}, at = 0;
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; at += sizes[i++])
    assert_true(output_write(output, bytes + at, sizes[i], &error));
  assert_int_equal(at, SIZE);
  assert_true(output_close(&output, &error));
  AUTO_FREE char *back = memory_new(SIZE + 1, 1);
  int file = open("much.bin", O_RDONLY);
  assert_int_equal(read(file, back, SIZE + 1), SIZE);
  close(file);
  assert_memory_equal(back, bytes, SIZE);
}

static void a_full_device_is_told(void **state) {
  (void)state;
  struct error error;
  AUTO_OUTPUT struct output *output = NULL;
  assert_true(output_open(&output, "/dev/full", &error));
  assert_true(output_write(output, "x", 1, &error));
  assert_false(output_close(&output, &error));
  assert_int_equal(error.code, ERROR_CANNOT_WRITE);
  assert_string_equal(error.message, "cannot write \"/dev/full\": No space left on device");
  assert_string_equal(error.remedy, "Make room on the device, or write to another one.");
  assert_null(output);
}

/* A limit of the process stands for a device that is full in the middle of a file. */
static void a_file_that_does_not_fit_leaves_nothing(void **state) {
  (void)state;
  put("old.csv", "old", 0644);
  pid_t child = fork();
  if (child == 0) {
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit limit = {100000, 100000};
    AUTO_FREE char *bytes = memory_new(70000, 1);
    struct error error;
    struct output *output = NULL;
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0 || !output_open(&output, "old.csv", &error) ||
        !output_write(output, bytes, 70000, &error) || output_write(output, bytes, 70000, &error))
      _exit(9);
    /* closing after a failed write must not put the piece in place */
    _exit(output_close(&output, &error) ? 8 : (int)error.code);
  }
  int status;
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_true(WIFEXITED(status));
  assert_int_equal(WEXITSTATUS(status), ERROR_CANNOT_WRITE);
  assert_content("old.csv", "old");
  assert_int_equal(entries(), 1);
}

/* Runs `act` in a child whose stdout is `file`; returns its exit code. */
static int with_stdout(int file, int act(void)) {
  pid_t child = fork();
  if (child == 0) {
    if (file < 0)
      close(STDOUT_FILENO);
    else
      dup2(file, STDOUT_FILENO);
    _exit(act());
  }
  int status;
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_true(WIFEXITED(status));
  return WEXITSTATUS(status);
}

static int write_to_stdout(void) {
  signal(SIGPIPE, SIG_IGN);
  struct error error = {0};
  struct output *output = NULL;
  if (output_open(&output, "-", &error) && output_write(output, "table\n", 6, &error) && output_close(&output, &error))
    return 0;
  return (int)error.code;
}

static void stdout_is_checked(void **state) {
  (void)state;
  int ends[2];
  assert_int_equal(pipe(ends), 0);
  assert_int_equal(with_stdout(ends[1], write_to_stdout), 0);
  char got[20] = "";
  assert_int_equal(read(ends[0], got, sizeof got), 6);
  assert_string_equal(got, "table\n");
  close(ends[0]);
  assert_int_equal(with_stdout(ends[1], write_to_stdout), ERROR_CANNOT_WRITE);
  close(ends[1]);
  int full = open("/dev/full", O_WRONLY);
  assert_int_equal(with_stdout(full, write_to_stdout), ERROR_CANNOT_WRITE);
  close(full);
  assert_int_equal(with_stdout(-1, write_to_stdout), ERROR_CANNOT_WRITE);
}

static void a_pipe_is_written_straight(void **state) {
  (void)state;
  assert_int_equal(mkfifo("pipe", 0600), 0);
  int reader = open("pipe", O_RDONLY | O_NONBLOCK);
  assert_true(reader >= 0);
  write_file("pipe", "through");
  char got[20] = "";
  assert_int_equal(read(reader, got, sizeof got), 7);
  assert_string_equal(got, "through");
  close(reader);
  struct stat status;
  assert_int_equal(lstat("pipe", &status), 0);
  assert_true(S_ISFIFO(status.st_mode));
}

/* The program ends while two files are being written, and a child of it ends before that. */
static void ending_early_leaves_nothing(void **state) {
  (void)state;
  pid_t child = fork();
  if (child == 0) {
    struct error error;
    struct output *one = NULL, *other = NULL;
    if (!output_open(&one, "one.csv", &error) || !output_open(&other, "other.csv", &error))
      _exit(9);
    pid_t grandchild = fork();
    if (grandchild == 0)
      exit(0);
    waitpid(grandchild, NULL, 0);
    if (entries() != 2)
      _exit(8);
    close(STDERR_FILENO);
    memory_exhausted();
  }
  int status;
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_true(WIFEXITED(status));
  assert_int_equal(WEXITSTATUS(status), 1);
  assert_int_equal(entries(), 0);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, enter_folder, leave_folder)

int main(void) {
  const struct CMUnitTest tests[] = {
      IN_FOLDER(a_file_appears_when_it_is_whole),
      IN_FOLDER(the_longest_name_works),
      IN_FOLDER(the_umask_decides),
      IN_FOLDER(a_discarded_file_leaves_the_old_one),
      IN_FOLDER(a_replaced_file_keeps_its_mode),
      IN_FOLDER(links_stay_and_their_target_is_replaced),
      IN_FOLDER(what_cannot_be_made_is_told),
      IN_FOLDER(protected_files_and_folders_stay),
      IN_FOLDER(much_is_written_whole),
      IN_FOLDER(a_full_device_is_told),
      IN_FOLDER(a_file_that_does_not_fit_leaves_nothing),
      IN_FOLDER(stdout_is_checked),
      IN_FOLDER(a_pipe_is_written_straight),
      IN_FOLDER(ending_early_leaves_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
