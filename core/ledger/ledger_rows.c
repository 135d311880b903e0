/* The rows of batches as their canonical form has them, read from the database by COPY. */
#include "core/ledger/ledger_rows.h"

#include "core/base/memory.h"
#include "core/base/text.h"

#include <stdlib.h>
#include <string.h>

/* Columns whose canonical form is not what COPY writes: b boolean, x bytes. The tables that have none are left out. */
static const char *const column_types[CONTENT_TABLES] = {
    [TABLE_STATE_VERSION] = "......b...bbb",     [TABLE_LEVEL_VERSION] = "......b..",
    [TABLE_DOCUMENT] = "................x.",     [TABLE_PARAGRAPH] = "......b..",
    [TABLE_RECOMMENDATION_VERSION] = "......b.", [TABLE_ACCESS_GRANT] = "...b.",
};

#define COLUMNS_MAX 40

/* Takes the escapes of COPY's text form away, in place; gives the length. */
static size_t unescape(char *field) {
  char *to = field;
  for (const char *from = field; *from != '\0'; from++) {
    if (*from != '\\') {
      *to++ = *from;
      continue;
    }
    from++;
    *to++ = *from == 't'   ? '\t'
            : *from == 'n' ? '\n'
            : *from == 'r' ? '\r'
            : *from == 'b' ? '\b'
            : *from == 'f' ? '\f'
            : *from == 'v' ? '\v'
                           : *from;
  }
  *to = '\0';
  return (size_t)(to - field);
}

static struct ledger_value value_of(char *field, char type) {
  if (strcmp(field, "\\N") == 0)
    return (struct ledger_value){NULL, 0};
  size_t length = unescape(field);
  if (type == 'b')
    return *field == 't' ? (struct ledger_value){"true", 4} : (struct ledger_value){"false", 5};
  if (type == 'x' && length >= 2) /* \x… */
    return (struct ledger_value){field + 2, length - 2};
  return (struct ledger_value){field, length};
}

/* Splits one line of COPY text, in place; gives the number of values. */
static size_t split(char *line, const char *types, struct ledger_value *values) {
  for (size_t column = 0;; column++) {
    char *tab = strchr(line, '\t');
    if (tab != NULL)
      *tab = '\0';
    if (column < COLUMNS_MAX)
      values[column] = value_of(line, types != NULL ? types[column] : '.');
    if (tab == NULL)
      return column < COLUMNS_MAX ? column + 1 : COLUMNS_MAX;
    line = tab + 1;
  }
}

bool ledger_rows(struct db *db, enum content_table table, ledger_row_sink *sink, void *context, struct error *error) {
  const char *order = table == TABLE_STATUS_RECORD ? ", t.line" : table == TABLE_RESPONSE ? ", t.response" : "";
  AUTO_TEXT struct text sql = {0};
  AUTO_TEXT struct text line = {0};
  text_add_format(&sql, "COPY (SELECT t.batch_id, t.* FROM rectrack.%s t ORDER BY t.batch_id%s) TO STDOUT",
                  content_table_name(table), order);
  if (!db_copy_out_begin(db, text_string(&sql), error))
    return false;
  for (;;) {
    const char *bytes;
    size_t length;
    if (!db_copy_out_next(db, &bytes, &length, error))
      return false;
    if (bytes == NULL)
      return true;
    text_clear(&line);
    text_add_n(&line, bytes, length > 0 && bytes[length - 1] == '\n' ? length - 1 : length);
    struct ledger_value values[COLUMNS_MAX];
    char *rest;
    int32_t batch = (int32_t)strtol(line.data, &rest, 10);
    if (!sink(context, batch, values, split(rest + (*rest == '\t'), column_types[table], values), error))
      return false;
  }
}
