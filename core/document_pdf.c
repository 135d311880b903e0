/* The text of a PDF file, through pdftotext. */
#include "core/document_pdf.h"

#include "core/interrupt.h"
#include "core/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CHUNK_SIZE = 1 << 16, TEXT_MAX = 64 << 20, COMPLAINT_MAX = 300, NOT_FOUND = 127 };

/* More than any report needs: seconds of the processor, bytes of memory. */
static const rlim_t SECONDS_MAX = 60;
static const rlim_t MEMORY_MAX = (rlim_t)2 << 30;

bool pdf_looks_like(const char *bytes, size_t length) {
  return length >= 5 && memcmp(bytes, "%PDF-", 5) == 0;
}

/* A running pdftotext. */
struct conversion {
  pid_t child;
  int input;     /* the file, in memory; -1: closed, likewise below */
  int complaint; /* what it says, in memory */
  int output;    /* where its text comes from */
};

static void close_file(int *file) {
  if (*file >= 0)
    close(*file);
  *file = -1;
}

static void conversion_end(struct conversion *conversion) {
  if (conversion->child > 0) {
    kill(conversion->child, SIGKILL);
    while (waitpid(conversion->child, NULL, 0) < 0 && errno == EINTR)
      ;
  }
  close_file(&conversion->input);
  close_file(&conversion->complaint);
  close_file(&conversion->output);
}

/* A file without a name that holds these bytes; -1 when there is no room. */
static int file_in_memory(const char *bytes, size_t length) {
  int file = memfd_create("rectrack", MFD_CLOEXEC);
  for (size_t done = 0; file >= 0 && done < length;) {
    ssize_t put = write(file, bytes + done, length - done);
    if (put > 0)
      done += (size_t)put;
    else if (errno != EINTR)
      close_file(&file);
  }
  if (file >= 0 && lseek(file, 0, SEEK_SET) < 0)
    close_file(&file);
  return file;
}

static void limit(int resource, rlim_t most) {
  const struct rlimit limits = {most, most};
  setrlimit((__rlimit_resource_t)resource, &limits);
}

/* In the child: becomes pdftotext. */
static void execute(const struct conversion *conversion, int output) __attribute__((noreturn));
static void execute(const struct conversion *conversion, int output) {
  static const char *const arguments[] = {"pdftotext", "-layout", "-enc", "UTF-8", "-eol", "unix", "-", "-", NULL};
  limit(RLIMIT_CPU, SECONDS_MAX);
  limit(RLIMIT_AS, MEMORY_MAX);
  limit(RLIMIT_CORE, 0);
  signal(SIGPIPE, SIG_DFL);
  if (dup2(conversion->input, STDIN_FILENO) >= 0 && dup2(output, STDOUT_FILENO) >= 0 &&
      dup2(conversion->complaint, STDERR_FILENO) >= 0)
    execvp(arguments[0], (char *const *)(uintptr_t)arguments);
  _exit(errno == ENOENT || errno == EACCES ? NOT_FOUND : 1);
}

static bool begin(struct conversion *conversion, const char *bytes, size_t length, struct error *error) {
  int pipes[2];
  conversion->input = file_in_memory(bytes, length);
  conversion->complaint = file_in_memory("", 0);
  if (conversion->input < 0 || conversion->complaint < 0 || pipe2(pipes, O_CLOEXEC) != 0)
    return error_errno(error, ERROR_FAILED, "cannot run pdftotext");
  conversion->output = pipes[0];
  conversion->child = fork();
  if (conversion->child == 0)
    execute(conversion, pipes[1]);
  close(pipes[1]);
  return conversion->child > 0 || error_errno(error, ERROR_FAILED, "cannot run pdftotext");
}

static bool collect(const struct conversion *conversion, struct text *out, struct error *error) {
  AUTO_FREE char *chunk = memory_new(CHUNK_SIZE, 1);
  while (out->length <= TEXT_MAX) {
    ssize_t got = read(conversion->output, chunk, CHUNK_SIZE);
    if (got == 0)
      return true;
    if (got > 0)
      text_add_n(out, chunk, (size_t)got);
    else if (errno != EINTR)
      return error_errno(error, ERROR_FAILED, "cannot read from pdftotext");
    else if (!interrupt_check(error))
      return false;
  }
  error_set(error, ERROR_DATA, "its text is longer than 64 MiB");
  return error_remedy(error, "Give the report itself, as a Word document (.docx) or as plain text in UTF-8.");
}

/* The first line of what pdftotext said. */
static void read_complaint(const struct conversion *conversion, struct text *out) {
  char said[COMPLAINT_MAX];
  ssize_t got = pread(conversion->complaint, said, sizeof said - 1, 0);
  said[got > 0 ? got : 0] = '\0';
  text_add_n(out, said, strcspn(said, "\n"));
  if (out->length == 0)
    text_add(out, "no reason given");
}

static bool judge(const struct conversion *conversion, int status, struct error *error) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
    return true;
  if (WIFEXITED(status) && WEXITSTATUS(status) == NOT_FOUND) {
    error_set(error, ERROR_CONFIG, "a PDF file is read by pdftotext, which isn't installed");
    return error_remedy(error, "Install the package poppler-utils, or give the report as a Word document (.docx) or as "
                               "plain text in UTF-8.");
  }
  AUTO_TEXT struct text complaint = {0};
  read_complaint(conversion, &complaint);
  if (WIFSIGNALED(status))
    error_set(error, ERROR_DATA, "pdftotext needs too much time or memory for this PDF file, or fails on it");
  else
    error_set(error, ERROR_DATA, "pdftotext can't read this PDF file: %s", complaint.data);
  return error_remedy(error,
                      "It may be damaged or protected by a password. Give the report as a Word document (.docx) or "
                      "as plain text in UTF-8.");
}

static bool wait_for(struct conversion *conversion, struct error *error) {
  int status = 0;
  while (waitpid(conversion->child, &status, 0) < 0 && errno == EINTR)
    if (!interrupt_check(error))
      return false;
  conversion->child = 0;
  return interrupt_check(error) && judge(conversion, status, error);
}

bool pdf_read(const char *bytes, size_t length, const char *name, struct text *out, struct error *error) {
  __attribute__((cleanup(conversion_end))) struct conversion conversion = {.input = -1, .complaint = -1, .output = -1};
  if (!begin(&conversion, bytes, length, error) || !collect(&conversion, out, error) || !wait_for(&conversion, error)) {
    if (error->code == ERROR_DATA)
      error_at(error, name, 0, 0);
    return false;
  }
  if (strspn(text_string(out), " \n\f") < out->length)
    return true;
  error_set(error, ERROR_DATA, "this PDF file holds pictures of pages and no text");
  error_remedy(error,
               "Let a program for text recognition read it first, or give the report as a Word document (.docx).");
  return error_at(error, name, 0, 0);
}
