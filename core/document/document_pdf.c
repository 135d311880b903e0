/* The text of a PDF file, through pdftotext. */
#include "core/document/document_pdf.h"

#include "core/base/memory.h"
#include "core/base/process.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* More than any report needs. */
enum { CHUNK_SIZE = 1 << 16, TEXT_MAX = 64 << 20, SECONDS_MAX = 120 };
static const uint64_t MEMORY_MAX = (uint64_t)2 << 30;

static const char OTHER_WAYS[] = "give the report as a Word document (.docx) or as plain text in UTF-8";

bool pdf_looks_like(const char *bytes, size_t length) {
  return length >= 5 && memcmp(bytes, "%PDF-", 5) == 0;
}

static void close_file(const int *file) {
  if (*file >= 0)
    close(*file);
}

/* A file without a name that holds these bytes and that a child inherits; -1 when there is no room. */
static int file_in_memory(const char *bytes, size_t length) {
  int file = memfd_create("report.pdf", 0);
  for (size_t done = 0; file >= 0 && done < length;) {
    ssize_t put = write(file, bytes + done, length - done);
    if (put > 0) {
      done += (size_t)put;
    } else if (errno != EINTR) {
      close(file);
      return -1;
    }
  }
  return file;
}

static bool collect(struct process *process, struct text *out, struct error *error) {
  AUTO_FREE char *chunk = memory_new(CHUNK_SIZE, 1);
  while (out->length <= TEXT_MAX) {
    size_t got;
    if (!process_read(process, chunk, CHUNK_SIZE, &got, error))
      return false;
    if (got == 0)
      return true;
    text_add_n(out, chunk, got);
  }
  return error_set(error, ERROR_DATA, "its text is longer than 64 MiB");
}

/* Runs pdftotext over a file that it reads by this path. */
static bool convert(const char *path, struct text *out, struct error *error) {
  const char *const arguments[] = {"pdftotext", "-layout", "-enc", "UTF-8", "-eol", "unix", path, "-", NULL};
  const struct process_options options = {
      .arguments = arguments,
      .take_output = true,
      .take_talk = true,
      .limit_seconds = SECONDS_MAX,
      .limit_bytes = MEMORY_MAX,
  };
  AUTO_PROCESS struct process *process = NULL;
  if (!process_start(&options, &process, error))
    return error_remedy(error, "A PDF file is read by pdftotext. Install the package poppler-utils, or %s.",
                        OTHER_WAYS);
  if (collect(process, out, error) && process_end(&process, error))
    return true;
  if (error->code != ERROR_FAILED && error->code != ERROR_DATA)
    return false;
  error->code = ERROR_DATA; /* of what is in the file */
  return error_remedy(error, "The PDF file may be damaged, or protected by a password; then %s.", OTHER_WAYS);
}

bool pdf_read(const char *bytes, size_t length, const char *name, struct text *out, struct error *error) {
  char path[40];
  __attribute__((cleanup(close_file))) int file = file_in_memory(bytes, length);
  if (file < 0)
    return error_errno(error, ERROR_FAILED, "cannot keep \"%s\" in memory", name);
  snprintf(path, sizeof path, "/proc/self/fd/%d", file);
  if (!convert(path, out, error)) {
    if (error->code == ERROR_DATA)
      error_at(error, name, 0, 0);
    return false;
  }
  if (strspn(text_string(out), " \n\f") < out->length)
    return true;
  error_set(error, ERROR_DATA, "this PDF file holds pictures of pages and no text");
  error_remedy(error, "Let a program for text recognition read it first, or %s.", OTHER_WAYS);
  return error_at(error, name, 0, 0);
}
