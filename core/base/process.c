/* Running another program. */
#include "core/base/process.h"

#include "core/base/interrupt.h"
#include "core/base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static const int64_t GRACE_MS = 5000; /* between asking a program to end and ending it */
static const int LOOK_MS = 20;        /* how often its end is looked for where nothing tells of it */

struct process {
  char *name;
  pid_t pid;
  int handle; /* pidfd: becomes readable when the program ends; -1 where there are none (old kernels, valgrind) */
  int out, in, talk; /* our ends of the pipes, -1: none */
  int64_t limit_ms;
  int64_t ends_at; /* 0: no limit */
  bool timed_out;
  struct text said;
};

static int64_t milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void close_end(int *end) {
  if (*end >= 0)
    close(*end);
  *end = -1;
}

/* ---- starting ------------------------------------------------------------ */

/* The pipes: [0] is read from, [1] written to; -1 where there is none. `told` tells of an exec that failed. */
struct pipes {
  int out[2], in[2], talk[2], told[2];
};

static void close_pipes(struct pipes *pipes) {
  int *const all[] = {pipes->out, pipes->in, pipes->talk, pipes->told};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    close_end(&all[i][0]);
    close_end(&all[i][1]);
  }
}

static bool make_pipes(const struct process_options *options, struct pipes *pipes) {
  *pipes = (struct pipes){{-1, -1}, {-1, -1}, {-1, -1}, {-1, -1}};
  return pipe2(pipes->told, O_CLOEXEC) == 0 && (!options->take_output || pipe2(pipes->out, O_CLOEXEC) == 0) &&
         (!options->give_input || pipe2(pipes->in, O_CLOEXEC) == 0) &&
         (!options->take_talk || pipe2(pipes->talk, O_CLOEXEC) == 0);
}

/* The child's side. Doesn't return. */
static void become(const struct process_options *options, const struct pipes *pipes) {
  setpgid(0, 0);
  int empty = pipes->in[0] >= 0 ? pipes->in[0] : open("/dev/null", O_RDONLY);
  int talk = pipes->talk[1] >= 0 ? pipes->talk[1] : STDERR_FILENO;
  int out = pipes->out[1] >= 0 ? pipes->out[1] : talk;
  if (dup2(out, STDOUT_FILENO) >= 0 && dup2(talk, STDERR_FILENO) >= 0 && dup2(empty, STDIN_FILENO) >= 0) {
    for (int number = 1; number < NSIG; number++)
      signal(number, SIG_DFL);
    for (const char *const *variable = options->variables; variable != NULL && *variable != NULL; variable++)
      putenv((char *)(uintptr_t)*variable);
    const struct rlimit memory = {options->limit_bytes, options->limit_bytes};
    if (options->limit_bytes > 0)
      setrlimit(RLIMIT_AS, &memory);
    execvp(options->arguments[0], (char *const *)(uintptr_t)options->arguments);
  }
  int reason = errno;
  ssize_t ignored = write(pipes->told[1], &reason, sizeof reason);
  (void)ignored;
  _exit(127);
}

/* Waits until the child runs the program, or knows that it can't. */
static int exec_error(struct pipes *pipes) {
  int reason = 0;
  close_end(&pipes->told[1]);
  while (read(pipes->told[0], &reason, sizeof reason) < 0 && errno == EINTR)
    ;
  return reason;
}

bool process_start(const struct process_options *options, struct process **out, struct error *error) {
  struct pipes pipes;
  if (!make_pipes(options, &pipes)) {
    error_errno(error, ERROR_FAILED, "cannot run \"%s\"", options->arguments[0]);
    close_pipes(&pipes);
    return false;
  }
  pid_t child = fork();
  if (child == 0)
    become(options, &pipes);
  errno = child < 0 ? errno : exec_error(&pipes);
  if (errno != 0) {
    error_errno(error, ERROR_CONFIG, "cannot run \"%s\"", options->arguments[0]);
    close_pipes(&pipes);
    if (child > 0)
      waitpid(child, NULL, 0);
    return false;
  }
  struct process *process = memory_new(1, sizeof *process);
  *process = (struct process){
      .name = memory_string(options->arguments[0]),
      .pid = child,
      .handle = (int)syscall(SYS_pidfd_open, child, 0),
      .out = pipes.out[0],
      .in = pipes.in[1],
      .talk = pipes.talk[0],
      .limit_ms = options->limit_seconds * 1000,
      .ends_at = options->limit_seconds > 0 ? milliseconds() + options->limit_seconds * 1000 : 0,
  };
  pipes.out[0] = pipes.in[1] = pipes.talk[0] = -1;
  close_pipes(&pipes);
  *out = process;
  return true;
}

/* ---- while it runs ------------------------------------------------------- */

/* Keeps the end of what it says, so that it never waits for us. */
static void listen(struct process *process) {
  static const size_t MOST = 8192;
  char bytes[4096];
  ssize_t got = read(process->talk, bytes, sizeof bytes);
  if (got == 0 || (got < 0 && errno != EINTR))
    close_end(&process->talk);
  if (got > 0)
    text_add_n(&process->said, bytes, (size_t)got);
  if (process->said.length <= 2 * MOST)
    return;
  memmove(process->said.data, process->said.data + process->said.length - MOST, MOST + 1);
  process->said.length = MOST;
}

static bool is_out_of_time(struct process *process, struct error *error) {
  if (process->ends_at == 0 || milliseconds() < process->ends_at)
    return false;
  process->timed_out = true;
  long long seconds = process->limit_ms / 1000;
  error_set(error, ERROR_FAILED, "\"%s\" was ended, as it took longer than %lld second%s", process->name, seconds,
            seconds == 1 ? "" : "s");
  return true;
}

/* It can still be waited for afterwards. */
static bool has_ended(const struct process *process) {
  siginfo_t info = {0};
  return waitid(P_PID, (id_t)process->pid, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid != 0;
}

/* Waits until `file` is ready for `events` (with -1: until the program ends), hearing what it says meanwhile. */
static bool wait_for(struct process *process, int file, short events, struct error *error) {
  struct pollfd polled[] = {{.fd = file >= 0 ? file : process->handle, .events = file >= 0 ? events : POLLIN},
                            {.events = POLLIN}};
  int64_t longest = polled[0].fd >= 0 ? 60000 : LOOK_MS;
  for (;;) {
    int64_t left = process->ends_at > 0 ? process->ends_at - milliseconds() : longest;
    polled[1].fd = process->talk;
    int ready = poll(polled, 2, left > longest ? (int)longest : left < 0 ? 0 : (int)left);
    if (!interrupt_check(error) || is_out_of_time(process, error))
      return false;
    if (polled[0].fd < 0 && has_ended(process))
      return true;
    if (ready > 0 && polled[1].revents != 0)
      listen(process);
    if (ready > 0 && polled[0].revents != 0)
      return true;
  }
}

bool process_read(struct process *process, void *bytes, size_t size, size_t *length, struct error *error) {
  for (;;) {
    if (!wait_for(process, process->out, POLLIN, error))
      return false;
    ssize_t got = read(process->out, bytes, size);
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      return error_errno(error, ERROR_FAILED, "cannot read from \"%s\"", process->name);
    *length = (size_t)got;
    return true;
  }
}

bool process_write(struct process *process, const void *bytes, size_t length, struct error *error) {
  for (const char *at = bytes; length > 0 && process->in >= 0;) {
    /* what a pipe takes without waiting, so that we hear what the program says meanwhile */
    size_t piece = length < 4096 ? length : 4096;
    if (!wait_for(process, process->in, POLLOUT, error))
      return false;
    ssize_t written = write(process->in, at, piece);
    if (written < 0 && errno == EPIPE)
      close_end(&process->in);
    else if (written < 0 && errno != EINTR)
      return error_errno(error, ERROR_FAILED, "cannot write to \"%s\"", process->name);
    if (written > 0) {
      at += written;
      length -= (size_t)written;
    }
  }
  return true;
}

/* ---- its end ------------------------------------------------------------- */

static void process_free(struct process **process) {
  close_end(&(*process)->out);
  close_end(&(*process)->in);
  close_end(&(*process)->talk);
  close_end(&(*process)->handle);
  text_free(&(*process)->said);
  free((*process)->name);
  free(*process);
  *process = NULL;
}

/* Asks the whole group to end, and ends it when it doesn't. */
static void end_group(struct process *process) {
  struct pollfd polled = {.fd = process->handle, .events = POLLIN};
  kill(-process->pid, SIGTERM);
  for (int64_t end = milliseconds() + GRACE_MS; !has_ended(process) && milliseconds() < end;)
    poll(&polled, 1, process->handle >= 0 ? 100 : LOOK_MS);
  kill(-process->pid, SIGKILL);
}

void process_kill(struct process **process) {
  if (*process == NULL)
    return;
  end_group(*process);
  while (waitpid((*process)->pid, NULL, 0) < 0 && errno == EINTR)
    ;
  process_free(process);
}

/* The last line that isn't empty. */
static const char *last_line(struct text *said) {
  while (said->length > 0 && strchr("\n\r ", said->data[said->length - 1]) != NULL)
    said->data[--said->length] = '\0';
  const char *start = said->length > 0 ? strrchr(said->data, '\n') : NULL;
  return start != NULL ? start + 1 : text_string(said);
}

static bool judge(struct process *process, int status, struct error *error) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
    return true;
  /* what is there; programs that it started may hold the pipe open */
  for (struct pollfd polled = {.fd = process->talk, .events = POLLIN}; process->talk >= 0 && poll(&polled, 1, 0) > 0;)
    listen(process);
  const char *said = last_line(&process->said);
  const char *before = *said != '\0' ? ": " : "";
  if (WIFSIGNALED(status))
    return error_set(error, ERROR_FAILED, "\"%s\" was ended by signal %d%s%s", process->name, WTERMSIG(status), before,
                     said);
  return error_set(error, ERROR_FAILED, "\"%s\" ended with %d%s%s", process->name, WEXITSTATUS(status), before, said);
}

bool process_end(struct process **process, struct error *error) {
  int status = 0;
  close_end(&(*process)->in);
  if (!wait_for(*process, -1, 0, error)) {
    process_kill(process);
    return false;
  }
  while (waitpid((*process)->pid, &status, 0) < 0 && errno == EINTR)
    ;
  bool good = judge(*process, status, error);
  process_free(process);
  return good;
}

bool process_run(const struct process_options *options, struct error *error) {
  struct process *process = NULL;
  return process_start(options, &process, error) && process_end(&process, error);
}
