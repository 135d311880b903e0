/*
 * A recommendations file into one batch.  A row for a place that has a recommendation already is a new version of it,
 * or nothing where it says the same.  A column that the file doesn't have leaves what stands; an empty field takes it
 * away.
 */
#include "core/import/import.h"

#include "core/base/memory.h"
#include "core/base/name_index.h"
#include "core/base/nearest.h"
#include "core/base/text.h"
#include "core/ledger/batch.h"
#include "core/recommendation/recommendation_write.h"
#include "core/register/register.h"
#include "core/rows/import_rows.h"
#include "sql_catalogue.h"

#include <stdlib.h>
#include <string.h>

enum column { DOCUMENT, REFERENCE, TEXT, INSTRUMENT, ADDRESSEES, ARTICLES, THEMES, DUE_ON, SCALE, COLUMNS };

static const struct csv_column columns[COLUMNS] = {
    [DOCUMENT] = {"document", .required = true},
    [REFERENCE] = {"reference", .required = true},
    [TEXT] = {"text", .required = true},
    [INSTRUMENT] = {.name = "instrument"},
    [ADDRESSEES] = {.name = "addressees"},
    [ARTICLES] = {.name = "articles"},
    [THEMES] = {.name = "themes"},
    [DUE_ON] = {.name = "due_on"},
    [SCALE] = {.name = "scale"},
};

static const char EVERYBODY[] = "*";
static const char DEFAULT_SCALE[] = "implementation";

/* A recommendation as it stands in the database, or as an earlier row of the file left it. */
struct standing {
  int32_t rec_id;
  char *values[COLUMNS]; /* in canonical form; NULL for none */
  char *chapeau;
  bool seen; /* a row of this file spoke of it */
};

struct document_entry {
  int32_t id;
  int16_t instrument_id;
};

struct recommendation_import {
  const struct import_options *options;
  struct import_summary *summary;
  struct csv_reader *reader;
  struct import_rows rows;
  struct batch *batch;
  struct state_register *reg;
  struct identity_numbers numbers;
  struct name_index *documents; /* symbol to index in `entries` */
  struct document_entry *entries;
  char **symbols;
  size_t entry_count, entry_capacity, symbol_capacity;
  struct name_index *places; /* full reference to index in `standing` */
  struct standing *standing;
  size_t standing_count, standing_capacity;
};

static void standing_free(struct standing *standing) {
  for (size_t i = 0; i < COLUMNS; i++)
    free(standing->values[i]);
  free(standing->chapeau);
}

static void import_free(struct recommendation_import *import) {
  import_rows_free(&import->rows);
  csv_reader_close(&import->reader);
  batch_free(&import->batch);
  register_free(&import->reg);
  name_index_free(&import->documents);
  name_index_free(&import->places);
  for (size_t i = 0; i < import->entry_count; i++)
    free(import->symbols[i]);
  for (size_t i = 0; i < import->standing_count; i++)
    standing_free(&import->standing[i]);
  free(import->entries);
  free(import->symbols);
  free(import->standing);
}

/* ---- what stands --------------------------------------------------------- */

static char *copy_or_null(const char *s) {
  return s != NULL ? memory_string(s) : NULL;
}

static size_t add_document(struct recommendation_import *import, const char *symbol, struct document_entry entry) {
  memory_reserve((void **)&import->entries, &import->entry_capacity, import->entry_count + 1, sizeof *import->entries);
  memory_reserve((void **)&import->symbols, &import->symbol_capacity, import->entry_count + 1, sizeof *import->symbols);
  import->entries[import->entry_count] = entry;
  import->symbols[import->entry_count] = memory_string(symbol);
  name_index_add(import->documents, symbol, strlen(symbol), (int32_t)import->entry_count);
  return import->entry_count++;
}

static size_t add_standing(struct recommendation_import *import, const char *symbol, const char *place,
                           int32_t rec_id) {
  memory_reserve((void **)&import->standing, &import->standing_capacity, import->standing_count + 1,
                 sizeof *import->standing);
  import->standing[import->standing_count] = (struct standing){.rec_id = rec_id};
  AUTO_TEXT struct text reference = {0};
  text_add_format(&reference, "%s:%s", symbol, place);
  name_index_add(import->places, reference.data, reference.length, (int32_t)import->standing_count);
  return import->standing_count++;
}

static bool load_standing(struct db *db, struct recommendation_import *import, struct error *error) {
  AUTO_RESULT PGresult *documents = NULL;
  AUTO_RESULT PGresult *current = NULL;
  if (!db_query(db, sql_document_numbers, NULL, &documents, error) ||
      !db_query(db, sql_recommendations_current, NULL, &current, error))
    return false;
  import->documents = name_index_new();
  import->places = name_index_new();
  for (int row = 0; row < db_rows(documents); row++)
    add_document(import, db_text(documents, row, 1),
                 (struct document_entry){(int32_t)db_int(documents, row, 0), (int16_t)db_int(documents, row, 2)});
  for (int row = 0; row < db_rows(current); row++) {
    size_t at =
        add_standing(import, db_text(current, row, 1), db_text(current, row, 2), (int32_t)db_int(current, row, 0));
    for (int column = 0; column < COLUMNS; column++)
      import->standing[at].values[column] = copy_or_null(db_text(current, row, 1 + column));
    import->standing[at].chapeau = copy_or_null(db_text(current, row, 1 + COLUMNS));
  }
  return true;
}

/* ---- one row ------------------------------------------------------------- */

#define NEW_DOCUMENT SIZE_MAX

/* A row of the file, understood. */
struct understood {
  size_t document; /* index in entries; NEW_DOCUMENT */
  struct reference reference;
  char *values[COLUMNS];
  int16_t instrument_id, scale_id;
  day due_on;
  int16_t *addressees;
  size_t addressee_count;
  char **articles;
  size_t article_count;
  int16_t *themes;
  size_t theme_count;
};

static void understood_free(struct understood *row) {
  for (size_t i = 0; i < COLUMNS; i++)
    free(row->values[i]);
  for (size_t i = 0; i < row->article_count; i++)
    free(row->articles[i]);
  free(row->articles);
  free(row->addressees);
  free(row->themes);
}

static int compare_words(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Sorts words and keeps each once. */
static void sort_words(char **words, size_t *count) {
  size_t kept = 0;
  qsort(words, *count, sizeof *words, compare_words);
  for (size_t i = 0; i < *count; i++) {
    if (kept > 0 && strcmp(words[kept - 1], words[i]) == 0)
      free(words[i]);
    else
      words[kept++] = words[i];
  }
  *count = kept;
}

/* The words of a field, sorted, each once; the caller frees them. */
static char **sorted_words(const char *s, size_t *count) {
  char **words = memory_new(strlen(s) / 2 + 1, sizeof *words);
  *count = 0;
  for (s += strspn(s, " "); *s != '\0'; s += strspn(s, " ")) {
    size_t length = strcspn(s, " ");
    words[(*count)++] = memory_string_n(s, length);
    s += length;
  }
  sort_words(words, count);
  return words;
}

static char *join_words(char *const *words, size_t count) {
  AUTO_TEXT struct text joined = {0};
  for (size_t i = 0; i < count; i++)
    text_add_format(&joined, "%s%s", i > 0 ? " " : "", words[i]);
  return count > 0 ? text_take(&joined) : NULL;
}

static void free_words(char **words, size_t count) {
  for (size_t i = 0; i < count; i++)
    free(words[i]);
  free(words);
}

static bool unknown_document(const struct recommendation_import *import, const char *symbol, struct error *error) {
  AUTO_NEAREST struct nearest nearest;
  nearest_begin(&nearest, symbol);
  for (size_t i = 0; i < import->entry_count; i++)
    nearest_offer(&nearest, import->symbols[i]);
  error_set(error, ERROR_DATA, "unknown document: \"%s\"", symbol);
  return nearest_remedy(&nearest, error,
                        "Import the document first, or add --new-documents to store the symbol without its text.");
}

/* A document that is known by its symbol only. */
static void write_bare_document(struct recommendation_import *import, const char *symbol, int32_t id) {
  batch_row(import->batch, TABLE_DOCUMENT);
  batch_int(import->batch, id);
  batch_text(import->batch, symbol);
  for (int i = 0; i < 7; i++) /* title to held */
    batch_text(import->batch, NULL);
  for (int i = 0; i < 3; i++) /* held_from, held_to, dated */
    batch_day(import->batch, DAY_NONE);
  for (int i = 0; i < 4; i++) /* languages, instrument, file name */
    batch_text(import->batch, NULL);
  batch_digest(import->batch, NULL);
  batch_int(import->batch, batch_id(import->batch));
}

static void fault(struct recommendation_import *import, enum column column, struct error *error) {
  import_rows_fault(&import->rows, column, error);
}

static void understand_document(struct recommendation_import *import, struct understood *row) {
  struct error error;
  const char *symbol = row->values[DOCUMENT];
  if (symbol == NULL)
    return;
  int32_t index = name_index_find(import->documents, symbol, strlen(symbol));
  row->document = index >= 0 ? (size_t)index : NEW_DOCUMENT;
  if (!reference_check_symbol(symbol, strlen(symbol), &error) ||
      (index < 0 && !import->options->new_documents && !unknown_document(import, symbol, &error)))
    fault(import, DOCUMENT, &error);
}

static void understand_reference(struct recommendation_import *import, struct understood *row) {
  struct error error;
  const char *symbol = row->values[DOCUMENT], *written = row->values[REFERENCE];
  if (written == NULL)
    return;
  if (!reference_parse(written, strlen(written), &row->reference, &error)) {
    fault(import, REFERENCE, &error);
    return;
  }
  if (symbol != NULL && row->reference.symbol[0] != '\0' && strcmp(row->reference.symbol, symbol) != 0) {
    error_set(&error, ERROR_DATA, "the reference \"%s\" is not of document \"%s\"", written, symbol);
    error_remedy(&error, "Write the place alone, such as II.A.1(a).");
    fault(import, REFERENCE, &error);
    return;
  }
  char place[REFERENCE_PLACE_SIZE];
  free(row->values[REFERENCE]);
  row->values[REFERENCE] = memory_string(reference_place(&row->reference, place));
}

/* Puts the canonical code in the place of a word. */
static void replace_word(char **word, const char *code) {
  char *copy = memory_string(code);
  free(*word);
  *word = copy;
}

static void replace_value(struct understood *row, enum column column, char *value) {
  free(row->values[column]);
  row->values[column] = value;
}

/* Two ways to write one State are one addressee. */
static void understand_addressees(struct recommendation_import *import, struct understood *row) {
  struct error error;
  size_t count = 0;
  char **codes = sorted_words(row->values[ADDRESSEES] != NULL ? row->values[ADDRESSEES] : "", &count);
  if (count == 0 || (count == 1 && strcmp(codes[0], EVERYBODY) == 0)) {
    replace_value(row, ADDRESSEES, memory_string(EVERYBODY));
    free_words(codes, count);
    return;
  }
  for (size_t i = 0; i < count; i++) {
    const struct state *state = register_find_state(import->reg, codes[i], strlen(codes[i]), &error);
    if (state != NULL)
      replace_word(&codes[i], state->iso3);
    else
      fault(import, ADDRESSEES, &error);
  }
  sort_words(codes, &count);
  row->addressees = memory_new(count, sizeof *row->addressees);
  for (size_t i = 0; i < count; i++) {
    const struct state *state = register_find_state(import->reg, codes[i], strlen(codes[i]), &error);
    row->addressees[row->addressee_count++] = state != NULL ? state->id : 0;
  }
  replace_value(row, ADDRESSEES, join_words(codes, count));
  free_words(codes, count);
}

static void understand_themes(struct recommendation_import *import, struct understood *row) {
  struct error error;
  size_t count = 0;
  char **codes = sorted_words(row->values[THEMES] != NULL ? row->values[THEMES] : "", &count);
  for (size_t i = 0; i < count; i++) {
    const struct theme *theme = register_find_theme(import->reg, codes[i], &error);
    if (theme != NULL)
      replace_word(&codes[i], theme->code);
    else
      fault(import, THEMES, &error);
  }
  sort_words(codes, &count);
  row->themes = memory_new(count + 1, sizeof *row->themes);
  for (size_t i = 0; i < count; i++) {
    const struct theme *theme = register_find_theme(import->reg, codes[i], &error);
    row->themes[row->theme_count++] = theme != NULL ? theme->id : 0;
  }
  replace_value(row, THEMES, join_words(codes, count));
  free_words(codes, count);
}

static void understand_articles(struct understood *row) {
  if (row->values[ARTICLES] == NULL)
    return;
  row->articles = sorted_words(row->values[ARTICLES], &row->article_count);
  replace_value(row, ARTICLES, join_words(row->articles, row->article_count));
}

static void understand_instrument(struct recommendation_import *import, struct understood *row) {
  struct error error;
  if (row->values[INSTRUMENT] == NULL)
    return;
  const struct instrument *instrument = register_find_instrument(import->reg, row->values[INSTRUMENT], &error);
  if (instrument == NULL) {
    fault(import, INSTRUMENT, &error);
    return;
  }
  row->instrument_id = instrument->id;
  replace_value(row, INSTRUMENT, memory_string(instrument->code));
}

static void understand_scale(struct recommendation_import *import, struct understood *row) {
  struct error error;
  const char *code = row->values[SCALE] != NULL ? row->values[SCALE] : DEFAULT_SCALE;
  const struct scale *scale = register_find_scale(import->reg, code, &error);
  if (scale == NULL) {
    fault(import, SCALE, &error);
    return;
  }
  row->scale_id = scale->id;
  replace_value(row, SCALE, memory_string(scale->code));
}

static void understand_due_on(struct recommendation_import *import, struct understood *row) {
  struct error error;
  const char *written = row->values[DUE_ON];
  row->due_on = DAY_NONE;
  if (written != NULL && !day_parse(written, strlen(written), &row->due_on, &error))
    fault(import, DUE_ON, &error);
}

/* Columns that the file lacks: what stands, or for a new recommendation the document's instrument. */
static void fill_absent(const struct recommendation_import *import, const struct standing *standing,
                        struct understood *row) {
  for (size_t column = INSTRUMENT; column < COLUMNS; column++) {
    if (csv_reader_has(import->reader, column))
      continue;
    if (standing != NULL)
      row->values[column] = copy_or_null(standing->values[column]);
    else if (column == INSTRUMENT && row->document != NEW_DOCUMENT) {
      const struct instrument *instrument =
          register_instrument(import->reg, import->entries[row->document].instrument_id);
      row->values[column] = instrument != NULL ? memory_string(instrument->code) : NULL;
    }
  }
}

/* The recommendation that stands at the row's place, or NULL. A second row for it in one file contradicts the first. */
static struct standing *find_standing(struct recommendation_import *import, const struct understood *row) {
  struct error error;
  AUTO_TEXT struct text reference = {0};
  text_add_format(&reference, "%s:%s", row->values[DOCUMENT], row->values[REFERENCE]);
  int32_t index = name_index_find(import->places, reference.data, reference.length);
  struct standing *standing = index >= 0 ? &import->standing[index] : NULL;
  if (standing != NULL && standing->seen) {
    error_set(&error, ERROR_DATA, "a second row for \"%s\"", text_string(&reference));
    error_remedy(&error, "Keep one of the two rows.");
    fault(import, REFERENCE, &error);
  }
  return standing;
}

/* Everything that the row says is looked at, whatever is wrong with some of it; false when something is. */
static bool understand(struct recommendation_import *import, struct understood *row, struct standing **standing) {
  for (size_t column = 0; column < COLUMNS; column++)
    row->values[column] = copy_or_null(column <= TEXT ? import_required(&import->rows, column, NULL)
                                                      : import_value(&import->rows, column, NULL));
  understand_document(import, row);
  understand_reference(import, row);
  *standing = import->rows.refused ? NULL : find_standing(import, row);
  fill_absent(import, *standing, row);
  understand_instrument(import, row);
  understand_addressees(import, row);
  understand_articles(row);
  understand_themes(import, row);
  understand_due_on(import, row);
  understand_scale(import, row);
  return !import->rows.refused;
}

static bool says_the_same(const struct standing *standing, const struct understood *row) {
  for (size_t i = 0; i < COLUMNS; i++) {
    const char *a = standing->values[i], *b = row->values[i];
    if (a == NULL || b == NULL ? a != b : strcmp(a, b) != 0)
      return false;
  }
  return true;
}

/* The document of a row that is good; one that is new is stored with it. */
static int32_t document_of(struct recommendation_import *import, const struct understood *row) {
  if (row->document != NEW_DOCUMENT)
    return import->entries[row->document].id;
  int32_t id = ++import->numbers.document_id;
  add_document(import, row->values[DOCUMENT], (struct document_entry){id, 0});
  write_bare_document(import, row->values[DOCUMENT], id);
  return id;
}

static void write_row(struct recommendation_import *import, const struct understood *row, struct standing *standing) {
  int32_t rec_id = standing != NULL ? standing->rec_id : ++import->numbers.rec_id;
  char *chapeau = standing != NULL ? standing->chapeau : NULL;
  if (standing == NULL) {
    recommendation_write_identity(import->batch, rec_id, document_of(import, row), &row->reference);
    size_t at = add_standing(import, row->values[DOCUMENT], row->values[REFERENCE], rec_id);
    import->standing[at].seen = true;
  }
  struct recommendation_version version = {
      .rec_id = rec_id,
      .text = row->values[TEXT],
      .chapeau = chapeau,
      .instrument_id = row->instrument_id,
      .scale_id = row->scale_id,
      .to_all_parties = strcmp(row->values[ADDRESSEES], EVERYBODY) == 0,
      .due_on = row->due_on,
      .addressees = row->addressees,
      .addressee_count = row->addressee_count,
      .articles = (const char *const *)row->articles,
      .article_count = row->article_count,
      .themes = row->themes,
      .theme_count = row->theme_count,
  };
  recommendation_write_version(import->batch, &version);
}

static void take_row(void *context) {
  struct recommendation_import *import = context;
  __attribute__((cleanup(understood_free))) struct understood row = {0};
  struct standing *standing = NULL;
  if (!understand(import, &row, &standing))
    return;
  if (standing != NULL)
    standing->seen = true;
  if (standing != NULL && says_the_same(standing, &row)) {
    import->summary->unchanged++;
    return;
  }
  import->summary->added++;
  import->summary->superseding += standing != NULL;
  write_row(import, &row, standing);
}

/* ---- the whole ----------------------------------------------------------- */

static bool read_rows(struct recommendation_import *import, struct error *error) {
  return import_rows_begin(&import->rows, import->options, import->summary, import->reader, columns, COLUMNS, error) &&
         import_rows_read(&import->rows, take_row, import, error);
}

/* What db_transaction runs; everything is begun anew at each try. */
struct recommendation_work {
  const struct import_options *options;
  struct import_summary *summary;
};

static bool recommendation_work(struct db *db, void *context, struct error *error) {
  const struct recommendation_work *work = context;
  __attribute__((cleanup(import_free))) struct recommendation_import import = {.options = work->options,
                                                                               .summary = work->summary};
  *work->summary = (struct import_summary){0};
  if (!csv_reader_open(&import.reader, work->options->path, error) ||
      !identity_numbers_take(db, &import.numbers, error) || !batch_begin(db, &import.batch, error) ||
      !register_load(db, POSITION_NEWEST, NULL, &import.reg, error) || !load_standing(db, &import, error) ||
      !read_rows(&import, error))
    return false;
  if (work->options->dry_run || work->summary->added == 0)
    return true; /* nothing was written so far */
  return import_seal(import.batch, "recommendations", "recommendations", work->options, import.reader, work->summary,
                     error);
}

bool import_recommendations(struct db *db, const struct import_options *options, struct import_summary *summary,
                            struct error *error) {
  struct recommendation_work work = {options, summary};
  return db_transaction(db, DB_WRITE, recommendation_work, &work, error);
}
