/* The bytes of a CSV input, line by line. */
#include "core/csv/csv_source.h"

#include "core/base/input.h"
#include "core/base/interrupt.h"
#include "core/base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What the first sight needs, and what is read at once where nothing else is asked for. */
enum { FIRST_SIGHT = 256, READ_SIZE = 1 << 18 };

/* ---- reading ---- */

/* Reads into the free room of the buffer; true also at the end of the input. */
static bool read_some(struct csv_source *source, char *into, size_t room, size_t *got, struct error *error) {
  if (source->file < 0) {
    *got = source->memory_left < room ? source->memory_left : room;
    memcpy(into, source->memory, *got);
    source->memory += *got;
    source->memory_left -= *got;
    return true;
  }
  for (;;) {
    ssize_t count = read(source->file, into, room);
    if (count >= 0) {
      *got = (size_t)count;
      return true;
    }
    if (errno != EINTR)
      return input_failed("read", source->name, error);
    if (!interrupt_check(error))
      return false;
  }
}

static void shift_finder(struct csv_finder *finder, size_t distance) {
  finder->found = finder->found && finder->at >= distance;
  finder->at = finder->at > distance ? finder->at - distance : 0;
}

/* Moves what is kept to the front and makes sure that there is room to read. */
static void make_room(struct csv_source *source) {
  if (source->mark > 0) {
    memmove(source->buffer, source->buffer + source->mark, source->end - source->mark);
    shift_finder(&source->line_feed, source->mark);
    shift_finder(&source->carriage_return, source->mark);
    source->at -= source->mark;
    source->end -= source->mark;
    source->mark = 0;
  }
  memory_reserve((void **)&source->buffer, &source->capacity, source->end + source->read_size, 1);
}

bool csv_source_read(struct csv_source *source, struct error *error) {
  size_t got = 0;
  make_room(source);
  if (!read_some(source, source->buffer + source->end, source->read_size, &got, error))
    return false;
  sha256_add(source->digest, source->buffer + source->end, got);
  source->end += got;
  source->bytes += got;
  source->at_end = got == 0;
  return true;
}

/* ---- first sight ---- */

static bool begins_with(const struct csv_source *source, const char *bytes, size_t length) {
  return source->end - source->at >= length && memcmp(source->buffer + source->at, bytes, length) == 0;
}

/* UTF-16 without a byte order mark: in western text, and at line ends in any, every other byte is NUL. */
static bool looks_like_utf16(const struct csv_source *source) {
  size_t length = source->end < FIRST_SIGHT ? source->end : FIRST_SIGHT;
  size_t nuls[2] = {0, 0};
  for (size_t i = 0; i < length; i++)
    nuls[i % 2] += source->buffer[i] == '\0';
  size_t more = nuls[0] > nuls[1] ? nuls[0] : nuls[1], fewer = nuls[0] + nuls[1] - more;
  return more >= 2 && more * 8 >= length && fewer * 10 <= more;
}

static const char *foreign_format(const struct csv_source *source) {
  if (begins_with(source, "PK\3\4", 4) || begins_with(source, "\xD0\xCF\x11\xE0", 4))
    return "a spreadsheet or an archive, not CSV";
  if (begins_with(source, "\xFF\xFE\0\0", 4) || begins_with(source, "\0\0\xFE\xFF", 4))
    return "UTF-32 text, not UTF-8";
  if (begins_with(source, "\xFF\xFE", 2) || begins_with(source, "\xFE\xFF", 2) || looks_like_utf16(source))
    return "UTF-16 text, not UTF-8";
  return NULL;
}

static bool look(struct csv_source *source, bool may_be_empty, struct error *error) {
  while (!source->at_end && source->end < FIRST_SIGHT)
    if (!csv_source_read(source, error))
      return false;
  source->has_mark = begins_with(source, CSV_MARK, strlen(CSV_MARK));
  source->at = source->mark = source->has_mark ? strlen(CSV_MARK) : 0;
  const char *foreign = source->at < source->end ? foreign_format(source) : NULL;
  if (source->at == source->end && !may_be_empty)
    error_set(error, ERROR_DATA, "the file is empty");
  else if (foreign)
    error_set(error, ERROR_DATA, "the file is %s", foreign);
  else
    return true;
  if (foreign)
    error_remedy(error, "In the spreadsheet, save it as \"CSV UTF-8\".");
  return error_at(error, source->name, 0, 0);
}

static void begin(struct csv_source *source, const struct csv_input *input, const char *name) {
  *source = (struct csv_source){
      .file = -1,
      .memory = input->bytes,
      .memory_left = input->length,
      .name = memory_string(name),
      .read_size = input->read_size > 0 ? input->read_size : READ_SIZE,
      .line_feed = {.byte = '\n'},
      .carriage_return = {.byte = '\r'},
      .digest = sha256_new(),
  };
}

bool csv_source_open(struct csv_source *source, const struct csv_input *input, struct error *error) {
  bool is_stdin = !input->bytes && strcmp(input->name, "-") == 0;
  begin(source, input, input->bytes ? input->name : input_name(input->name));
  if (!input->bytes) {
    source->file = is_stdin ? STDIN_FILENO : open(input->name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (source->file < 0)
      return input_failed("open", input->name, error);
  }
  return look(source, input->raw, error);
}

void csv_source_close(struct csv_source *source) {
  if (source->file > STDIN_FILENO)
    close(source->file);
  sha256_free(&source->digest);
  free(source->name);
  free(source->buffer);
  *source = (struct csv_source){.file = -1};
}

/* ---- lines ---- */

static void find(const struct csv_source *source, struct csv_finder *finder) {
  if (finder->found && finder->at >= source->at)
    return;
  size_t from = finder->at > source->at ? finder->at : source->at;
  const char *found = memchr(source->buffer + from, finder->byte, source->end - from);
  finder->found = found != NULL;
  finder->at = found ? (size_t)(found - source->buffer) : source->end;
}

/* The offset just behind the next line end that is whole in the buffer; 0 when more must be read. */
static size_t line_end(struct csv_source *source) {
  find(source, &source->line_feed);
  find(source, &source->carriage_return);
  const struct csv_finder *feed = &source->line_feed, *back = &source->carriage_return;
  if (!back->found || (feed->found && feed->at < back->at))
    return feed->found ? feed->at + 1 : 0;
  if (feed->found && feed->at == back->at + 1)
    return feed->at + 1;
  /* a CR in the last place may be half of a CRLF */
  return back->at + 1 < source->end || source->at_end ? back->at + 1 : 0;
}

enum csv_line csv_source_next(struct csv_source *source, const char **line, size_t *length, struct error *error) {
  size_t end;
  while ((end = line_end(source)) == 0) {
    if (source->end - source->at > CSV_LINE_MAX)
      return CSV_LINE_LONG;
    if (source->at_end) {
      end = source->end;
      break;
    }
    if (!csv_source_read(source, error))
      return CSV_LINE_FAILED;
  }
  if (end == source->at)
    return CSV_LINE_NONE;
  *line = source->buffer + source->at;
  *length = end - source->at;
  source->at = end;
  return CSV_LINE;
}

const char *csv_source_peek(const struct csv_source *source, size_t *length) {
  *length = source->end - source->at;
  return source->buffer + source->at;
}

void csv_source_mark(struct csv_source *source) {
  source->mark = source->at;
}

const char *csv_source_marked(const struct csv_source *source, size_t *length) {
  *length = source->at - source->mark;
  return source->buffer + source->mark;
}
