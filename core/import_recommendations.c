/*
 * A recommendations file into one batch.  A row for a place that has a recommendation already is a new version of it,
 * or nothing where it says the same.  A column that the file doesn't have leaves what stands; an empty field takes it
 * away.
 */
#include "core/import.h"

#include "core/batch.h"
#include "core/import_rows.h"
#include "core/memory.h"
#include "core/name_index.h"
#include "core/nearest.h"
#include "core/recommendation_write.h"
#include "core/register.h"
#include "core/text.h"
#include "sql_catalogue.h"

#include <stdlib.h>
#include <string.h>

enum column { DOCUMENT, REFERENCE, TEXT, INSTRUMENT, ADDRESSEES, ARTICLES, THEMES, DUE_ON, SCALE, COLUMNS };

static const struct csv_column columns[COLUMNS] = {
    [DOCUMENT] = {"document", true},      [REFERENCE] = {"reference", true},    [TEXT] = {"text", true},
    [INSTRUMENT] = {"instrument", false}, [ADDRESSEES] = {"addressees", false}, [ARTICLES] = {"articles", false},
    [THEMES] = {"themes", false},         [DUE_ON] = {"due_on", false},         [SCALE] = {"scale", false},
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

/* A row of the file, understood. */
struct understood {
  size_t document; /* index in entries */
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

/* The words of a field, sorted, each once; the caller frees them. */
static char **sorted_words(const char *s, size_t *count) {
  char **words = memory_new(strlen(s) / 2 + 1, sizeof *words);
  size_t found = 0;
  for (s += strspn(s, " "); *s != '\0'; s += strspn(s, " ")) {
    size_t length = strcspn(s, " ");
    words[found++] = memory_string_n(s, length);
    s += length;
  }
  qsort(words, found, sizeof *words, compare_words);
  *count = 0;
  for (size_t i = 0; i < found; i++) {
    if (*count > 0 && strcmp(words[*count - 1], words[i]) == 0)
      free(words[i]);
    else
      words[(*count)++] = words[i];
  }
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

static bool understand_place(struct recommendation_import *import, struct understood *row, enum column *bad,
                             struct error *error) {
  const char *symbol = row->values[ *bad = DOCUMENT];
  if (!reference_check_symbol(symbol, strlen(symbol), error))
    return false;
  int32_t index = name_index_find(import->documents, symbol, strlen(symbol));
  if (index < 0 && !import->options->new_documents)
    return unknown_document(import, symbol, error);
  if (index < 0) {
    index = (int32_t)add_document(import, symbol, (struct document_entry){++import->numbers.document_id, 0});
    write_bare_document(import, symbol, import->numbers.document_id);
  }
  row->document = (size_t)index;
  const char *written = row->values[ *bad = REFERENCE];
  if (!reference_parse(written, strlen(written), &row->reference, error))
    return false;
  if (row->reference.symbol[0] != '\0' && strcmp(row->reference.symbol, symbol) != 0) {
    error_set(error, ERROR_DATA, "the reference \"%s\" is not of document \"%s\"", written, symbol);
    return error_remedy(error, "Write the place alone, such as II.A.1(a).");
  }
  char place[REFERENCE_PLACE_SIZE];
  free(row->values[REFERENCE]);
  row->values[REFERENCE] = memory_string(reference_place(&row->reference, place));
  return true;
}

static bool understand_addressees(const struct recommendation_import *import, struct understood *row,
                                  struct error *error) {
  if (row->values[ADDRESSEES] == NULL)
    row->values[ADDRESSEES] = memory_string(EVERYBODY);
  if (strcmp(row->values[ADDRESSEES], EVERYBODY) == 0)
    return true;
  size_t count;
  char **codes = sorted_words(row->values[ADDRESSEES], &count);
  row->addressees = memory_new(count, sizeof *row->addressees);
  bool good = true;
  for (size_t i = 0; i < count && good; i++) {
    const struct state *state = register_find_state(import->reg, codes[i], strlen(codes[i]), error);
    good = state != NULL;
    if (!good)
      break;
    row->addressees[row->addressee_count++] = state->id;
    free(codes[i]);
    codes[i] = memory_string(state->iso3);
  }
  if (good) {
    free(row->values[ADDRESSEES]);
    row->values[ADDRESSEES] = join_words(codes, count);
  }
  free_words(codes, count);
  return good;
}

static bool understand_themes(const struct recommendation_import *import, struct understood *row, struct error *error) {
  if (row->values[THEMES] == NULL)
    return true;
  size_t count;
  char **codes = sorted_words(row->values[THEMES], &count);
  row->themes = memory_new(count, sizeof *row->themes);
  for (size_t i = 0; i < count; i++) {
    const struct theme *theme = register_find_theme(import->reg, codes[i], error);
    if (theme == NULL) {
      free_words(codes, count);
      return false;
    }
    row->themes[row->theme_count++] = theme->id;
    free(codes[i]);
    codes[i] = memory_string(theme->code);
  }
  free(row->values[THEMES]);
  row->values[THEMES] = join_words(codes, count);
  free_words(codes, count);
  return true;
}

static void understand_articles(struct understood *row) {
  if (row->values[ARTICLES] == NULL)
    return;
  row->articles = sorted_words(row->values[ARTICLES], &row->article_count);
  free(row->values[ARTICLES]);
  row->values[ARTICLES] = join_words(row->articles, row->article_count);
}

static bool understand_instrument(const struct recommendation_import *import, struct understood *row,
                                  struct error *error) {
  if (row->values[INSTRUMENT] == NULL)
    return true;
  const struct instrument *instrument = register_find_instrument(import->reg, row->values[INSTRUMENT], error);
  if (instrument == NULL)
    return false;
  row->instrument_id = instrument->id;
  free(row->values[INSTRUMENT]);
  row->values[INSTRUMENT] = memory_string(instrument->code);
  return true;
}

static bool understand_scale(const struct recommendation_import *import, struct understood *row, struct error *error) {
  if (row->values[SCALE] == NULL)
    row->values[SCALE] = memory_string(DEFAULT_SCALE);
  const struct scale *scale = register_find_scale(import->reg, row->values[SCALE], error);
  if (scale == NULL)
    return false;
  row->scale_id = scale->id;
  free(row->values[SCALE]);
  row->values[SCALE] = memory_string(scale->code);
  return true;
}

/* Columns that the file lacks: what stands, or for a new recommendation the document's instrument. */
static void fill_absent(const struct recommendation_import *import, const struct standing *standing,
                        struct understood *row) {
  for (size_t column = INSTRUMENT; column < COLUMNS; column++) {
    if (csv_reader_has(import->reader, column))
      continue;
    if (standing != NULL)
      row->values[column] = copy_or_null(standing->values[column]);
    else if (column == INSTRUMENT) {
      const struct instrument *instrument =
          register_instrument(import->reg, import->entries[row->document].instrument_id);
      row->values[column] = instrument != NULL ? memory_string(instrument->code) : NULL;
    }
  }
}

static bool check_present(const struct understood *row, enum column *bad, struct error *error) {
  for (int column = DOCUMENT; column <= TEXT; column++)
    if (row->values[column] == NULL) {
      *bad = (enum column)column;
      error_set(error, ERROR_DATA, "no value in column \"%s\"", columns[column].name);
      return error_remedy(error, "This column can't be left empty.");
    }
  return true;
}

/* The recommendation that stands at the row's place, or NULL. A second row for it in one file contradicts the first. */
static bool find_standing(struct recommendation_import *import, const struct understood *row, struct standing **out,
                          struct error *error) {
  AUTO_TEXT struct text reference = {0};
  text_add_format(&reference, "%s:%s", row->values[DOCUMENT], row->values[REFERENCE]);
  int32_t index = name_index_find(import->places, reference.data, reference.length);
  *out = index >= 0 ? &import->standing[index] : NULL;
  if (*out == NULL || !(*out)->seen)
    return true;
  error_set(error, ERROR_DATA, "a second row for \"%s\"", text_string(&reference));
  return error_remedy(error, "Keep one of the two rows.");
}

static bool understand(struct recommendation_import *import, struct understood *row, struct standing **standing,
                       enum column *bad, struct error *error) {
  for (size_t column = 0; column < COLUMNS; column++)
    row->values[column] = copy_or_null(import_value(import->reader, column, NULL));
  row->due_on = DAY_NONE;
  if (!check_present(row, bad, error) || !understand_place(import, row, bad, error) ||
      !find_standing(import, row, standing, error))
    return false;
  fill_absent(import, *standing, row);
  understand_articles(row);
  *bad = INSTRUMENT;
  if (!understand_instrument(import, row, error))
    return false;
  *bad = ADDRESSEES;
  if (!understand_addressees(import, row, error))
    return false;
  *bad = THEMES;
  if (!understand_themes(import, row, error))
    return false;
  *bad = SCALE;
  if (!understand_scale(import, row, error))
    return false;
  *bad = DUE_ON;
  return row->values[DUE_ON] == NULL ||
         day_parse(row->values[DUE_ON], strlen(row->values[DUE_ON]), &row->due_on, error);
}

static bool says_the_same(const struct standing *standing, const struct understood *row) {
  for (size_t i = 0; i < COLUMNS; i++) {
    const char *a = standing->values[i], *b = row->values[i];
    if (a == NULL || b == NULL ? a != b : strcmp(a, b) != 0)
      return false;
  }
  return true;
}

static void write_row(struct recommendation_import *import, const struct understood *row, struct standing *standing) {
  int32_t rec_id = standing != NULL ? standing->rec_id : ++import->numbers.rec_id;
  if (standing == NULL) {
    recommendation_write_identity(import->batch, rec_id, import->entries[row->document].id, &row->reference);
    size_t at = add_standing(import, row->values[DOCUMENT], row->values[REFERENCE], rec_id);
    import->standing[at].seen = true;
  }
  struct recommendation_version version = {
      .rec_id = rec_id,
      .text = row->values[TEXT],
      .chapeau = standing != NULL ? standing->chapeau : NULL,
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

static void take_row(struct recommendation_import *import) {
  __attribute__((cleanup(understood_free))) struct understood row = {0};
  struct standing *standing = NULL;
  struct error problem;
  enum column bad = DOCUMENT;
  if (!understand(import, &row, &standing, &bad, &problem)) {
    import_refuse(import->options, import->reader, bad, &problem, import->summary);
    return;
  }
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
  if (!csv_reader_header(import->reader, columns, COLUMNS, error))
    return false;
  struct error problem;
  for (enum csv_next next; (next = csv_reader_next(import->reader, &problem)) != CSV_END;) {
    if (next == CSV_FAILED) {
      *error = problem;
      return false;
    }
    import->summary->rows++;
    if (next == CSV_BAD_ROW)
      import_refuse_placed(import->options, &problem, import->summary);
    else
      take_row(import);
  }
  return import_verdict(import->options, import->summary, error);
}

static bool seal(struct recommendation_import *import, struct error *error) {
  unsigned char digest[SHA256_SIZE];
  csv_reader_digest(import->reader, digest);
  AUTO_TEXT struct text summary = {0};
  text_add_format(&summary, "%ju recommendations from %s", (uintmax_t)import->summary->added,
                  import_file_name(import->options->path));
  struct batch_about about = {
      .kind = "recommendations",
      .summary = text_string(&summary),
      .notice = import->options->notice,
      .file_name = import_file_name(import->options->path),
      .file_sha256 = digest,
  };
  import->summary->batch_id = batch_id(import->batch);
  return batch_seal(import->batch, &about, &import->summary->position, error);
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
  return seal(&import, error);
}

bool import_recommendations(struct db *db, const struct import_options *options, struct import_summary *summary,
                            struct error *error) {
  struct recommendation_work work = {options, summary};
  return db_transaction(db, DB_WRITE, recommendation_work, &work, error);
}
