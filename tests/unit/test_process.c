/* Other programs: their ends, their words, their limits. */
#include "core/base/process.h"

#include "core/base/interrupt.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static const char *const *words(const char *script) {
  static const char *arguments[4];
  arguments[0] = "sh", arguments[1] = "-c", arguments[2] = script, arguments[3] = NULL;
  return arguments;
}

static void how_it_ended_is_told(void **state) {
  (void)state;
  struct error error;
  struct process_options options = {.arguments = words("exit 0"), .take_talk = true};
  assert_true(process_run(&options, &error));
  options.arguments = words("echo first >&2; echo why >&2; exit 7");
  assert_false(process_run(&options, &error));
  assert_int_equal(error.code, ERROR_FAILED);
  assert_string_equal(error.message, "\"sh\" ended with 7: why");
  options.arguments = words("kill -9 $$");
  assert_false(process_run(&options, &error));
  assert_string_equal(error.message, "\"sh\" was ended by signal 9");
}

static void a_program_that_is_not_there(void **state) {
  (void)state;
  struct error error;
  struct process_options options = {.arguments = (const char *const[]){"/nonexistent/program", NULL}};
  assert_false(process_run(&options, &error));
  assert_int_equal(error.code, ERROR_CONFIG);
  assert_non_null(strstr(error.message, "No such file"));
}

static void variables_and_output(void **state) {
  (void)state;
  struct error error;
  struct process *process;
  struct process_options options = {.arguments = words("printf %s \"$X\"; printf loud >&2"),
                                    .variables = (const char *const[]){"X=a value", NULL},
                                    .take_output = true,
                                    .take_talk = true};
  char bytes[64] = "";
  size_t length = 1, total = 0;
  assert_true(process_start(&options, &process, &error));
  while (length > 0) {
    assert_true(process_read(process, bytes + total, sizeof bytes - total, &length, &error));
    total += length;
  }
  assert_true(process_end(&process, &error));
  assert_string_equal(bytes, "a value");
}

/* More than pipes hold, in both directions at once. */
static void much_input(void **state) {
  (void)state;
  struct error error;
  struct process *process;
  struct process_options options = {.arguments = words("head -c 300000 /dev/zero >&2; wc -c | grep -qx 1000000"),
                                    .give_input = true,
                                    .take_talk = true};
  static char bytes[1000000];
  assert_true(process_start(&options, &process, &error));
  assert_true(process_write(process, bytes, sizeof bytes, &error));
  assert_true(process_end(&process, &error));
  options.arguments = words("exec <&-; exit 3");
  assert_true(process_start(&options, &process, &error));
  assert_true(process_write(process, bytes, sizeof bytes, &error));
  assert_false(process_end(&process, &error));
  assert_string_equal(error.message, "\"sh\" ended with 3");
}

/* Its children end with it. */
static void it_takes_too_long(void **state) {
  (void)state;
  struct error error;
  struct process_options options = {.arguments = words("sleep 60 & sleep 60"), .limit_seconds = 1};
  time_t before = time(NULL);
  assert_false(process_run(&options, &error));
  assert_string_equal(error.message, "\"sh\" was ended, as it took longer than 1 second");
  assert_true(time(NULL) - before < 30);
}

/* Kernels before 5.3, and sandboxes and valgrind on any, have no pidfd_open(2). */
static void forbid_handles(void) {
  struct sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_pidfd_open, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
  assert_int_equal(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
  assert_int_equal(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0), 0);
  assert_int_equal(syscall(SYS_pidfd_open, getpid(), 0), -1);
}

/* Last, as it holds for the rest of this process. */
static void without_handles_its_end_is_seen_too(void **state) {
  (void)state;
  forbid_handles();
  how_it_ended_is_told(NULL);
  much_input(NULL);
  it_takes_too_long(NULL);
}

int main(void) {
  interrupt_install();
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(how_it_ended_is_told), cmocka_unit_test(a_program_that_is_not_there),
      cmocka_unit_test(variables_and_output), cmocka_unit_test(much_input),
      cmocka_unit_test(it_takes_too_long),    cmocka_unit_test(without_handles_its_end_is_seen_too),
  };
  return cmocka_run_group_tests_name("process", tests, NULL, NULL);
}
