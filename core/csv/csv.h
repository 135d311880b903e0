/*
 * A strict CSV reader and an exact CSV writer, both on libcsv.
 *
 * The reader takes what spreadsheets save (byte order mark, LF, CRLF or CR line ends, comma, semicolon or tab as
 * delimiter, a `sep=` line) and refuses what would lose data.  It streams: memory is one row.
 */
#ifndef RECTRACK_CORE_CSV_CSV_H
#define RECTRACK_CORE_CSV_CSV_H

#include "core/base/error.h"
#include "core/base/sha256.h"
#include "core/base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CSV_FIELD_MAX (64u << 20) /* bytes in one field; more is refused */

struct csv_reader;

struct csv_column {
  const char *name; /* as it stands in the header row; compared exactly, after trimming */
  bool required;
  bool aside;          /* may be there, but no file is expected to have it: not offered to who misspelt another one */
  const char *instead; /* refused when it is there, with this remedy */
};

enum csv_next {
  CSV_ROW,     /* a row is ready */
  CSV_BAD_ROW, /* this row is refused (width); `error` says why; reading may go on */
  CSV_END,
  CSV_FAILED, /* `error` says why; reading cannot go on (encoding, quotes, I/O) */
};

/*
 * Opens `path` ("-" is stdin) and finds out its delimiter.  ERROR_NO_INPUT when it cannot be opened or read, ERROR_DATA
 * when it is empty, UTF-16, UTF-32 or a spreadsheet's own format.  Other bytes that are not UTF-8 are found when their
 * row is read, so that they have a line and a column.
 */
bool csv_reader_open(struct csv_reader **reader, const char *path, struct error *error) __attribute__((nonnull));

/* Reads from memory, which must stay as long as the reader lives; `name` stands for the file in messages. */
bool csv_reader_open_bytes(struct csv_reader **reader, const char *name, const char *bytes, size_t length,
                           struct error *error) __attribute__((nonnull));

struct csv_input {
  const char *name;  /* the path, or what stands for the bytes in messages */
  const char *bytes; /* NULL: the file at `name` is read */
  size_t length;
  size_t read_size; /* bytes that are read at once; 0: as suits. Any size gives the same rows. */
  /*
   * RFC 4180 to the letter, for running test suites: the delimiter is a comma, no row is a header (csv_reader_next
   * comes first), rows have any width, a blank line is a row of one empty field, and a file may be empty.
   */
  bool raw;
};
bool csv_reader_open_input(struct csv_reader **reader, const struct csv_input *input, struct error *error)
    __attribute__((nonnull));

/*
 * Reads the header row and binds it to `columns` (kept by reference, as long as the reader lives).  Columns come in any
 * order.  Unknown (nearest one named), duplicate and missing required columns are refused by name with ERROR_DATA.
 * Columns at the end without a name are let pass as long as they are empty in every row.
 */
bool csv_reader_header(struct csv_reader *reader, const struct csv_column *columns, size_t count, struct error *error)
    __attribute__((nonnull));

/* As csv_reader_header for a file whose columns may have any names, each its own; the first *named fields have one. */
bool csv_reader_header_any(struct csv_reader *reader, size_t *named, struct error *error) __attribute__((nonnull));

/* Reads the next row; blank lines are skipped.  After CSV_FAILED every call fails in the same way. */
enum csv_next csv_reader_next(struct csv_reader *reader, struct error *error) __attribute__((nonnull));

/*
 * The current row's value in columns[column], without its guard (below): NULL when the column is absent or the field is
 * empty and unquoted; "" when it is "" in the file.  NUL-terminated; owned by the reader, valid until the next row.
 * *length may be NULL.
 */
const char *csv_reader_value(const struct csv_reader *reader, size_t column, size_t *length)
    __attribute__((nonnull(1)));

/* The fields of the current row (of a CSV_BAD_ROW, the header and a raw row too), by number; as csv_reader_value. */
size_t csv_reader_fields(const struct csv_reader *reader) __attribute__((nonnull));
const char *csv_reader_field(const struct csv_reader *reader, size_t field, size_t *length) __attribute__((nonnull(1)));

/* Physical line (1-based) on which the current row begins. */
uint64_t csv_reader_line(const struct csv_reader *reader) __attribute__((nonnull));

/*
 * Adds file, line and column (in characters) at which columns[column] begins in the current row to `error`; the line
 * alone when the header lacks that column.  Returns false.
 */
bool csv_reader_blame(const struct csv_reader *reader, size_t column, struct error *error) __attribute__((nonnull));

/* True when the header has columns[column]. */
bool csv_reader_has(const struct csv_reader *reader, size_t column) __attribute__((nonnull));
/* The number of its field; SIZE_MAX when the header lacks it. */
size_t csv_reader_field_of(const struct csv_reader *reader, size_t column) __attribute__((nonnull));

/*
 * The bytes of the current row (also of a CSV_BAD_ROW) and of the header row as they stand in the file, without the
 * last line end; owned by the reader, not NUL-terminated, the row's valid until the next row.
 */
const char *csv_reader_raw(const struct csv_reader *reader, size_t *length) __attribute__((nonnull));
const char *csv_reader_raw_header(const struct csv_reader *reader, size_t *length) __attribute__((nonnull));

/* ',', ';', a tab or, by a `sep=` line, '|'. */
char csv_reader_delimiter(const struct csv_reader *reader) __attribute__((nonnull));

/* Whether the input began with a byte order mark. */
bool csv_reader_has_mark(const struct csv_reader *reader) __attribute__((nonnull));

/* Bytes read so far (for progress). */
uint64_t csv_reader_bytes(const struct csv_reader *reader) __attribute__((nonnull));

/* SHA-256 of all bytes of the input; call after CSV_END. */
void csv_reader_digest(struct csv_reader *reader, unsigned char digest[static SHA256_SIZE]) __attribute__((nonnull));

void csv_reader_close(struct csv_reader **reader);
#define AUTO_CSV_READER __attribute__((cleanup(csv_reader_close)))

/*
 * Writing (RFC 4180, LF line ends): fields are quoted only where needed (delimiter, quote, line break, leading or
 * trailing space); NULL is an empty field and "" is written as "", so that reading gives back the same.  One thing
 * cannot be written: a row of one column whose value is NULL is a blank line, which readers skip.
 */
void csv_write_field(struct text *out, const char *value, size_t length, bool first, char delimiter);
void csv_write_end(struct text *out); /* the line end */

/*
 * For spreadsheets: a byte order mark, CRLF line ends, and a guard.  Spreadsheets take a text for a formula that begins
 * with = + - or @, quoted or not, and for a number or a date when it is made of digits (007 becomes 7, 6.10 becomes 6.1
 * or a day in October).  So such a text, and one that looks like a guarded one, gets a guard, an apostrophe, before it;
 * the row then says so in one more column, called "guard", whose field is the apostrophe; rows without such a text
 * leave it empty.  csv_reader_value takes the guards off such rows again: what was written comes back whatever it was,
 * also after a spreadsheet has saved it anew, and an apostrophe that nobody put there as a guard stays.
 */
#define CSV_GUARD        '\''
#define CSV_GUARD_COLUMN "guard"
#define CSV_MARK         "\xEF\xBB\xBF"

/* A text that must be guarded: guards or none, then what a spreadsheet would take for something else. */
bool csv_guard_needed(const char *value, size_t length) __attribute__((nonnull));
/* In a row that says so: a guard that is to be taken off. */
bool csv_guard_is_there(const char *value, size_t length) __attribute__((nonnull));

void csv_write_guarded(struct text *out, const char *value, size_t length, bool first, char delimiter);
void csv_write_crlf(struct text *out);

#endif
