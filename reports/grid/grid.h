/*
 * A finished table: facts about it, column heads, rows of texts, notes and a legend.  What a report computed and what
 * `list` read look the same to the renderers.
 */
#ifndef RECTRACK_REPORTS_GRID_GRID_H
#define RECTRACK_REPORTS_GRID_GRID_H

#include "core/base/error.h"
#include "core/base/language.h"
#include "core/base/text.h"

#include <stdbool.h>
#include <stddef.h>

struct grid_column {
  char *name;   /* for csv and json: a code, unique in the grid */
  char *head;   /* for people */
  bool number;  /* aligned to the right; a bare number in json */
  bool day;     /* dates, YYYY-MM-DD */
  bool label;   /* repeats the column before it in words: csv has both, tables for people only this one */
  bool change;  /* a signed number: how the figure before it has changed; people see an arrow */
  size_t shade; /* the level that its figures count; 0: none */
};

/* How a level looks where there are colours, and what stands for it where there are none. Numbered from 1. */
struct grid_shade {
  char *code;  /* a level's code, GRID_NO_RESPONSE or GRID_NOT_ASKED */
  char *label; /* for people */
  char *letter;
  char *colour; /* of the ground, "#1b7837"; of the letter on it: colour_ink */
  bool met;     /* a cell or a column has it, so that it belongs into a legend of colours */
};

#define GRID_NOTICE      "notice" /* the name of such a fact */
#define GRID_NO_RESPONSE "no-response"
#define GRID_NOT_ASKED   "not-asked" /* the recommendation is not addressed to the State; its letter is "" */

/*
 * A fact stands above the table for people and is a member of json: "as_of", "As of", "2026-11-24".  Names are
 * different from each other, but for notices, of which there may be several: what must be said with every use of the
 * data.
 */
struct grid_fact {
  char *name;
  char *head;
  char *value;
};

/*
 * Rows that are made when they are asked for, so that a big table needs no memory for its cells.  The text that `cell`
 * gives (NULL: an empty cell) need only stay until the next call.
 */
struct grid_source {
  size_t rows;
  const char *(*cell)(void *context, size_t row, size_t column); /* NULL: the grid has cells */
  size_t (*shade)(void *context, size_t row, size_t column);     /* number of a cell's shade, 0: it is a text; NULL: no
                                                                    cell has one */
  bool (*check)(void *context, struct error *error);             /* whether all could be made so far; NULL: always */
  void *context;                                                 /* as long as the grid: see grid_keep */
};

/* What the grid's rows are made from, and how to free it. */
struct grid_kept {
  void *thing;
  void (*release)(void *thing);
};

struct sources; /* reports/counting/sources.h */

struct grid {
  char *title;                     /* NULL: none */
  const struct language *language; /* of its texts; NULL: English */
  struct grid_fact *facts;
  size_t fact_count, fact_capacity;
  struct grid_column *columns;
  size_t column_count, column_capacity;
  size_t *cells; /* row by row: where each text begins in `texts`, plus one; 0 is an empty cell; counted down from
                    SIZE_MAX: the number of a shade */
  size_t cell_count, cell_capacity;
  struct text texts;
  struct grid_shade *shades;
  size_t shade_count, shade_capacity;
  struct grid_source source; /* instead of cells */
  struct grid_kept *kept;
  size_t kept_count, kept_capacity;
  bool total;                    /* the last row is the total */
  bool parts;                    /* the columns of levels share out the whole of their row: there is a picture of it */
  const struct sources *sources; /* what stands behind the letters; NULL: not loaded; likewise below */
  struct grid *summary;          /* what the letters add up to */
  char **notes;
  size_t note_count, note_capacity;
  char **legend; /* one entry each: "I Implemented" */
  size_t legend_count, legend_capacity;
};

struct grid *grid_new(const char *title) __attribute__((returns_nonnull)); /* NULL: no title */
void grid_free(struct grid **grid);
#define AUTO_GRID __attribute__((cleanup(grid_free)))

void grid_fact(struct grid *grid, const char *name, const char *head, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Gives the new column, whose flags the caller may set. */
struct grid_column *grid_column(struct grid *grid, const char *name, const char *head) __attribute__((returns_nonnull));
/* Cells are added row by row, in the order of the columns. */
void grid_cell(struct grid *grid, const char *value);
void grid_cell_format(struct grid *grid, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A new shade's number. */
size_t grid_shade(struct grid *grid, const char *code, const char *label, const char *letter, const char *colour);
/* The number of the shade with this code; 0 when there is none. */
size_t grid_shade_find(const struct grid *grid, const char *code);
/* Says that a cell or a column has it. */
void grid_shade_met(struct grid *grid, size_t shade);
/* A cell that is nothing but a shade, read as its letter. */
void grid_cell_shaded(struct grid *grid, size_t shade);
/* Says that a column's figures count one level; 0: none. */
void grid_column_shaded(struct grid *grid, struct grid_column *column, size_t shade);
void grid_note(struct grid *grid, const char *format, ...) __attribute__((format(printf, 2, 3)));
void grid_legend(struct grid *grid, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Hands a thing over to the grid, which releases it at its own end, the last one first. */
void grid_keep(struct grid *grid, void *thing, void (*release)(void *thing));

size_t grid_rows(const struct grid *grid);
/* Where the next column repeats this one in words, people see the words. */
bool grid_is_shown(const struct grid *grid, size_t column);
/* False when rows that were asked for could not be made; their cells are then empty. */
bool grid_check(const struct grid *grid, struct error *error);
/* NULL for an empty cell; valid until the next call, or until cells are added. */
const char *grid_at(const struct grid *grid, size_t row, size_t column);

/* Adds what people see of a cell: changes as ↑, ↓ or → and the amount, the code of the total as a word; nothing for an
 * empty cell. */
void grid_add_shown(const struct grid *grid, size_t row, size_t column, struct text *out);

/* Adds what people see of a fact's value: a day in the words of the grid's language. */
void grid_add_fact_value(const struct grid *grid, const struct grid_fact *fact, struct text *out);
/* Adds the fact as a line: head, colon, value. */
void grid_add_fact(const struct grid *grid, const struct grid_fact *fact, struct text *out);

/* The shade of a cell, and of a column; NULL when it has none. */
const struct grid_shade *grid_shade_at(const struct grid *grid, size_t row, size_t column);
const struct grid_shade *grid_column_shade(const struct grid *grid, size_t column);

#endif
