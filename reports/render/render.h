/*
 * From a grid to bytes: one function a format, one table of formats.
 *
 * A renderer adds to out->text and calls render_pass after each row, which hands on what has gathered, so that no table
 * stands in memory as a whole.  A format that can't be written in pieces adds it all at once.
 */
#ifndef RECTRACK_REPORTS_RENDER_RENDER_H
#define RECTRACK_REPORTS_RENDER_RENDER_H

#include "core/base/error.h"
#include "core/base/output.h"
#include "core/base/text.h"
#include "reports/grid/grid.h"

#include <stdbool.h>
#include <stddef.h>

struct render_options {
  size_t width;   /* columns of the terminal; 0: as wide as need be */
  bool fold;      /* nothing may be wider: a table that is gets cut into parts */
  bool colour;    /* table: levels in their colours */
  bool for_excel; /* csv and tsv as a spreadsheet wants them; else exact and plain */
};

/* Where a renderer writes. */
struct render_sink {
  struct text text;
  struct output *output; /* NULL: everything stays in `text` */
};

enum render_flags {
  RENDER_BINARY = 1,    /* of no use on a terminal */
  RENDER_SOURCES = 2,   /* shows what stands behind the cells: the cut should ask for it */
  RENDER_SEPARATED = 4, /* heeds for_excel */
  RENDER_PICTURE = 8,   /* only of tables that have a picture */
};

struct render_format {
  const char *name;   /* "csv" */
  const char *ending; /* ".csv" */
  const char *about;  /* for the help */
  /* The same grid gives the same bytes. */
  bool (*render)(const struct grid *grid, const struct render_options *options, struct render_sink *out,
                 struct error *error);
  unsigned flags; /* of enum render_flags */
};

extern const struct render_format render_formats[];
extern const size_t render_format_count;

/* By name; NULL with ERROR_USAGE and the nearest one. */
const struct render_format *render_find(const char *name, struct error *error);
/* By the ending of a file's name, in capitals too; NULL when it is none of ours. */
const struct render_format *render_by_ending(const char *path);
/* Adds all endings, for people: ".txt, .csv and .xlsx". */
void render_add_endings(struct text *out);

/* Renders to an output, which the caller closes. */
bool render_write(const struct render_format *format, const struct grid *grid, const struct render_options *options,
                  struct output *output, struct error *error) __attribute__((nonnull));

/* Which tables have a picture (reports/table/cut.h: cut_has_picture), for people. */
#define RENDER_PICTURE_TABLES                                                                                          \
  "Pictures show how pairs are shared out among levels: progress, groups, states, trend, or a crosstab with columns "  \
  "level."

/* False, with ERROR_USAGE that tells which tables have a picture. */
bool render_refuse_picture(struct error *error) __attribute__((nonnull));

/* For renderers, after each row. ERROR_CANNOT_WRITE. */
bool render_pass(struct render_sink *out, struct error *error) __attribute__((nonnull));

bool render_table(const struct grid *, const struct render_options *, struct render_sink *, struct error *);
bool render_csv(const struct grid *, const struct render_options *, struct render_sink *, struct error *);
bool render_tsv(const struct grid *, const struct render_options *, struct render_sink *, struct error *);
bool render_json(const struct grid *, const struct render_options *, struct render_sink *, struct error *);
bool render_jsonl(const struct grid *, const struct render_options *, struct render_sink *, struct error *);
bool render_html(const struct grid *, const struct render_options *, struct render_sink *, struct error *);
bool render_markdown(const struct grid *, const struct render_options *, struct render_sink *, struct error *);
bool render_svg(const struct grid *, const struct render_options *, struct render_sink *, struct error *);
bool render_xlsx(const struct grid *, const struct render_options *, struct render_sink *, struct error *);

#endif
