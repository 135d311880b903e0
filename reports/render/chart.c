/* The picture of a table whose columns count levels. */
#include "reports/render/chart.h"

#include "core/base/language.h"
#include "core/base/memory.h"
#include "reports/grid/colour.h"
#include "reports/grid/figure.h"
#include "reports/render/html.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Sizes in the units of the view box, in which a line of text is 14 high. */
enum {
  WIDTH = 960,
  MARGIN = 16,
  TITLE = 34, /* the line of the title */
  TITLE_CHARACTER = 11,
  LABEL = 288,       /* of a bar, in one line or two */
  BAR_STEP = 30,     /* from one bar to the next */
  BAR = 20,          /* its height */
  AXIS = 26,         /* below the bars, beside the columns */
  AXIS_LABEL = 48,   /* left of the columns */
  PLOT = 320,        /* height of the columns */
  LEGEND_STEP = 24,  /* a line of the legend */
  CHARACTER = 7,     /* about the width of one column of a terminal, at this size */
  RIGHT = 36,        /* of the bars: half of "100 %" */
  PARTS_LEAST = 2,   /* a table with fewer levels has no picture */
  BARS_MOST = 48,    /* with more rows only the total is drawn */
  COLUMN_MOST = 120, /* width of a column and the gap beside it */
  LINE = 18,         /* of the text below the title */
  LETTER_LEAST = 16, /* a part has room for its letter */
  SHARE_LEAST = 78,  /* … and for its share */
};

static const char INK[] = "#24292f", RULE[] = "#d0d7de", EDGE[] = "#57606a";

struct chart {
  const struct grid *grid;
  struct text *out;
  size_t *parts; /* the columns that count levels */
  size_t part_count;
  size_t *rows; /* those that are drawn */
  size_t row_count;
  bool in_time;
  bool mirrored; /* right to left */
  int top;       /* below which the next thing is drawn */
};

/* ---- the table ----------------------------------------------------------- */

/* A figure in tenths: "12.5" is 125. */
static int64_t tenths(const char *figure) {
  char *end;
  if (figure == NULL)
    return 0;
  int64_t whole = strtoll(figure, &end, 10);
  return whole * 10 + (*end == '.' ? end[1] - '0' : 0);
}

static int64_t part_at(const struct chart *chart, size_t row, size_t part) {
  return tenths(grid_at(chart->grid, row, chart->parts[part]));
}

static int64_t whole_at(const struct chart *chart, size_t row) {
  int64_t sum = 0;
  for (size_t part = 0; part < chart->part_count; part++)
    sum += part_at(chart, row, part);
  return sum;
}

static size_t count_parts(const struct grid *grid) {
  size_t count = 0;
  for (size_t column = 0; column < grid->column_count; column++)
    count += grid_column_shade(grid, column) != NULL;
  return count;
}

bool chart_suits(const struct grid *grid) {
  return grid->parts && grid_rows(grid) > 0 && count_parts(grid) >= PARTS_LEAST;
}

static bool is_time(const char *dimension) {
  return strcmp(dimension, "year_end") == 0 || strcmp(dimension, "year") == 0 || strcmp(dimension, "quarter") == 0 ||
         strcmp(dimension, "month") == 0;
}

/* The rows to draw: those with anything in them; the total alone where they are too many, and never beside the years.
 */
static void choose_rows(struct chart *chart) {
  const struct grid *grid = chart->grid;
  size_t count = grid_rows(grid), last = count - (grid->total ? 1 : 0);
  chart->rows = memory_new(count, sizeof *chart->rows);
  for (size_t row = 0; row < last; row++)
    if (whole_at(chart, row) > 0)
      chart->rows[chart->row_count++] = row;
  size_t most = chart->in_time ? (WIDTH - AXIS_LABEL - 2 * MARGIN) / LETTER_LEAST : BARS_MOST;
  if (chart->row_count > most)
    chart->row_count = 0;
  chart->in_time = chart->in_time && chart->row_count > 0;
  if (grid->total && !chart->in_time && whole_at(chart, last) > 0)
    chart->rows[chart->row_count++] = last;
}

static void begin(struct chart *chart, const struct grid *grid, struct text *out) {
  *chart = (struct chart){.grid = grid, .out = out, .top = MARGIN};
  chart->mirrored = grid->language != NULL && grid->language->right_to_left;
  chart->in_time = is_time(grid->columns[0].name);
  chart->parts = memory_new(grid->column_count, sizeof *chart->parts);
  for (size_t column = 0; column < grid->column_count; column++)
    if (grid_column_shade(grid, column) != NULL)
      chart->parts[chart->part_count++] = column;
  choose_rows(chart);
}

static void end(struct chart *chart) {
  free(chart->parts);
  free(chart->rows);
}

/* What a row is called: its words, those of two dimensions joined. */
static void add_row_name(const struct chart *chart, size_t row, struct text *out) {
  const struct grid *grid = chart->grid;
  for (size_t column = 0; column < grid->column_count && !grid->columns[column].number; column++) {
    AUTO_TEXT struct text value = {0};
    grid_add_shown(grid, row, column, &value);
    if (grid_is_shown(grid, column) && value.length > 0)
      text_add_format(out, "%s%s", out->length > 0 ? " / " : "", value.data);
  }
}

/* ---- shapes -------------------------------------------------------------- */

/* A length in tenths of a unit, as SVG writes it. */
static void add_length(struct text *out, const char *name, int64_t length) {
  text_add_format(out, " %s=\"%" PRId64, name, length / 10);
  if (length % 10 != 0)
    text_add_format(out, ".%" PRId64, length % 10);
  text_add_char(out, '"');
}

/* A rectangle, all in tenths; `left` is where it begins in the direction of reading. */
static void add_rectangle(const struct chart *chart, int64_t left, int64_t top, int64_t width, int64_t height,
                          const char *fill) {
  text_add(chart->out, "<rect");
  add_length(chart->out, "x", chart->mirrored ? WIDTH * 10 - left - width : left);
  add_length(chart->out, "y", top);
  add_length(chart->out, "width", width);
  add_length(chart->out, "height", height);
  text_add_format(chart->out, " fill=\"%s\" stroke=\"%s\" stroke-width=\".75\"/>", fill, EDGE);
}

static void add_line(const struct chart *chart, int from_x, int from_y, int to_x, int to_y) {
  text_add_format(chart->out, "<path d=\"M%d %dL%d %d\" stroke=\"%s\"/>", chart->mirrored ? WIDTH - from_x : from_x,
                  from_y, chart->mirrored ? WIDTH - to_x : to_x, to_y, RULE);
}

/* A line of text; `anchor` NULL: it begins there. All in tenths. */
static void add_text(const struct chart *chart, int64_t left, int64_t base, const char *anchor, const char *colour,
                     const char *text) {
  text_add(chart->out, "<text");
  add_length(chart->out, "x", chart->mirrored ? WIDTH * 10 - left : left);
  add_length(chart->out, "y", base);
  if (anchor != NULL)
    text_add_format(chart->out, " text-anchor=\"%s\"", anchor);
  if (colour != NULL)
    text_add_format(chart->out, " fill=\"%s\"", colour);
  text_add_char(chart->out, '>');
  html_add(chart->out, text);
  text_add(chart->out, "</text>");
}

/* Adds as much of a text as fits, with … where it was cut. */
static void add_fitted(const char *text, size_t columns, struct text *out) {
  if (text_width(text) <= columns) {
    text_add(out, text);
    return;
  }
  text_add_n(out, text, text_prefix(text, columns - 1));
  text_add(out, "…");
}

/* A name in one line, or in two broken at a space, that end at `left`; the bar beside it begins at `top`. */
static void add_label(const struct chart *chart, const char *name, int left, int top) {
  const size_t columns = (LABEL - 12) / CHARACTER;
  AUTO_TEXT struct text first = {0};
  AUTO_TEXT struct text second = {0};
  size_t length = text_prefix(name, columns);
  while (name[length] != '\0' && length > 0 && name[length] != ' ')
    length--;
  if (name[length] == '\0' || length == 0) {
    add_fitted(name, columns, &first);
    add_text(chart, left * 10, (top + 15) * 10, "end", NULL, first.data);
    return;
  }
  text_add_n(&first, name, length);
  add_fitted(name + length + 1, columns, &second);
  add_text(chart, left * 10, (top + 8) * 10, "end", NULL, first.data);
  add_text(chart, left * 10, (top + 22) * 10, "end", NULL, second.data);
}

/* ---- around the bars ------------------------------------------------------- */

/* Where the shares 0, 25, … 100 % lie. */
static void add_share_marks(const struct chart *chart, int from, int length, int top, int bottom, bool upright) {
  for (int share = 0; share <= 100; share += 25) {
    char label[8];
    snprintf(label, sizeof label, "%d %%", share);
    if (upright) {
      int y = bottom - length * share / 100;
      add_line(chart, from, y, WIDTH - MARGIN, y);
      add_text(chart, (from - 6) * 10, (y + 4) * 10, "end", NULL, label);
    } else {
      int x = from + length * share / 100;
      add_line(chart, x, top, x, bottom);
      add_text(chart, x * 10, (bottom + 17) * 10, "middle", NULL, label);
    }
  }
}

static void add_legend(struct chart *chart) {
  int left = MARGIN;
  for (size_t part = 0; part < chart->part_count; part++) {
    const struct grid_shade *shade = grid_column_shade(chart->grid, chart->parts[part]);
    int width = 28 + (int)text_width(shade->label) * CHARACTER + 18;
    if (left > MARGIN && left + width > WIDTH - MARGIN) {
      left = MARGIN;
      chart->top += LEGEND_STEP;
    }
    add_rectangle(chart, left * 10, chart->top * 10, 200, 160, shade->colour);
    add_text(chart, (left + 10) * 10, (chart->top + 12) * 10, "middle", colour_ink(shade->colour), shade->letter);
    add_text(chart, (left + 28) * 10, (chart->top + 13) * 10, NULL, NULL, shade->label);
    left += width;
  }
  chart->top += LEGEND_STEP + 8;
}

/* ---- bars and columns ---------------------------------------------------- */

/* What is written into a part: its letter, and its share where there is room. */
static void add_part_text(const struct chart *chart, const struct grid_shade *shade, int64_t share, int64_t whole,
                          int64_t room, int64_t middle, int64_t base) {
  char percent[FIGURE_SIZE];
  AUTO_TEXT struct text text = {0};
  if (room < LETTER_LEAST * 10)
    return;
  text_add(&text, shade->letter);
  if (room >= SHARE_LEAST * 10)
    text_add_format(&text, " %s %%", figure_format(figure_tenths(share, whole), 1, percent));
  add_text(chart, middle, base, "middle", colour_ink(shade->colour), text_string(&text));
}

/* Bars are laid out in tenths of a unit, by whole numbers, so that every machine draws the same. */
static void add_bar(const struct chart *chart, size_t row, int top) {
  const int64_t left = (MARGIN + LABEL) * 10, length = (WIDTH - MARGIN - LABEL - RIGHT) * 10;
  AUTO_TEXT struct text name = {0};
  int64_t whole = whole_at(chart, row), before = 0;
  add_row_name(chart, row, &name);
  add_label(chart, text_string(&name), MARGIN + LABEL - 12, top);
  if (whole == 0)
    return;
  for (size_t part = 0; part < chart->part_count; part++) {
    const struct grid_shade *shade = grid_column_shade(chart->grid, chart->parts[part]);
    int64_t share = part_at(chart, row, part), from = before * length / whole;
    int64_t width = (before + share) * length / whole - from;
    before += share;
    if (width == 0)
      continue;
    add_rectangle(chart, left + from, top * 10, width, BAR * 10, shade->colour);
    add_part_text(chart, shade, share, whole, width, left + from + width / 2, (top + 15) * 10);
  }
}

static void add_bars(struct chart *chart) {
  int bottom = chart->top + (int)chart->row_count * BAR_STEP;
  add_share_marks(chart, MARGIN + LABEL, WIDTH - MARGIN - LABEL - RIGHT, chart->top - 4, bottom, false);
  for (size_t i = 0; i < chart->row_count; i++)
    add_bar(chart, chart->rows[i], chart->top + (int)i * BAR_STEP);
  chart->top = bottom + AXIS;
}

/* Below a column: a year; or a day in two lines, its year first. The last day of a year stands for it. */
static void add_column_name(const struct chart *chart, const char *name, int64_t middle, int bottom) {
  day ignored;
  struct error error;
  if (!day_parse(name, strlen(name), &ignored, &error)) {
    add_text(chart, middle, (bottom + 18) * 10, "middle", NULL, name);
    return;
  }
  AUTO_TEXT struct text year = {0};
  text_add_n(&year, name, strlen("2026"));
  add_text(chart, middle, (bottom + 18) * 10, "middle", NULL, year.data);
  if (strcmp(name + year.length, "-12-31") != 0)
    add_text(chart, middle, (bottom + 33) * 10, "middle", NULL, name + year.length + 1);
}

static void add_column(const struct chart *chart, size_t row, int left, int step) {
  const int bottom = chart->top + PLOT;
  AUTO_TEXT struct text name = {0};
  int64_t whole = whole_at(chart, row), before = 0, width = step * 8; /* of ten tenths, two are the gap */
  add_row_name(chart, row, &name);
  add_column_name(chart, text_string(&name), left * 10 + step * 5, bottom);
  for (size_t part = 0; part < chart->part_count; part++) {
    const struct grid_shade *shade = grid_column_shade(chart->grid, chart->parts[part]);
    int64_t share = part_at(chart, row, part), from = before * PLOT * 10 / whole;
    int64_t height = (before + share) * PLOT * 10 / whole - from, top = bottom * 10 - from - height;
    before += share;
    if (height == 0)
      continue;
    add_rectangle(chart, left * 10 + step, top, width, height, shade->colour);
    if (height >= LETTER_LEAST * 10 && width >= LETTER_LEAST * 10)
      add_part_text(chart, shade, share, whole, width, left * 10 + step * 5, top + height / 2 + 50);
  }
}

static void add_columns(struct chart *chart) {
  const int left = MARGIN + AXIS_LABEL;
  int step = (WIDTH - MARGIN - left) / (int)chart->row_count;
  step = step > COLUMN_MOST ? COLUMN_MOST : step;
  add_share_marks(chart, left, PLOT, chart->top, chart->top + PLOT, true);
  for (size_t i = 0; i < chart->row_count; i++)
    add_column(chart, chart->rows[i], left + (int)i * step, step);
  chart->top += PLOT + AXIS + LINE;
}

/* ---- the whole ------------------------------------------------------------- */

/* The figures of the last row in words, for those who don't see the picture. */
static void add_description(const struct chart *chart, struct text *out) {
  const struct grid *grid = chart->grid;
  size_t row = grid_rows(grid) - 1;
  AUTO_TEXT struct text name = {0};
  int64_t whole = whole_at(chart, row);
  add_row_name(chart, row, &name);
  text_add_format(out, "%s: ", text_string(&name));
  for (size_t part = 0; part < chart->part_count; part++) {
    char percent[FIGURE_SIZE];
    text_add_format(out, "%s%s %s %%", part > 0 ? ", " : "", grid->columns[chart->parts[part]].head,
                    figure_format(figure_tenths(part_at(chart, row, part), whole), 1, percent));
  }
}

static void add_head(const struct chart *chart, bool alone, int height, struct text *out) {
  const struct grid *grid = chart->grid;
  AUTO_TEXT struct text description = {0};
  add_description(chart, &description);
  text_add_format(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\"", WIDTH, height);
  if (alone)
    text_add_format(out, " width=\"%d\" height=\"%d\"", WIDTH, height);
  text_add_format(out, " role=\"img\" aria-labelledby=\"chart-title chart-text\" direction=\"%s\"",
                  chart->mirrored ? "rtl" : "ltr");
  text_add_format(
      out, " font-family=\"system-ui, 'Segoe UI', 'Noto Sans', Arial, sans-serif\" font-size=\"13\" fill=\"%s\">\n",
      INK);
  text_add(out, "<title id=\"chart-title\">");
  html_add(out, grid->title != NULL ? grid->title : "");
  text_add(out, "</title>\n<desc id=\"chart-text\">");
  html_add(out, text_string(&description));
  text_add_format(out, "</desc>\n<path d=\"M0 0H%dV%dH0z\" fill=\"#ffffff\"/>\n", WIDTH, height);
}

/* A text in as many lines as it needs. */
static void add_paragraph(struct chart *chart, const char *text, size_t columns, int line) {
  while (*text != '\0') {
    size_t length = text_prefix(text, columns), broken = length;
    while (text[length] != '\0' && broken > 0 && text[broken] != ' ')
      broken--;
    length = broken > 0 ? broken : length > 0 ? length : strlen(text);
    AUTO_FREE char *part = memory_string_n(text, length);
    add_text(chart, MARGIN * 10, (chart->top + line - 4) * 10, NULL, NULL, part);
    chart->top += line;
    text += length + (text[length] == ' ');
  }
}

/* What must be known of figures that stand alone: their title, day and restriction, and any notice about the data. */
static void add_title(struct chart *chart) {
  static const char *const said[] = {"as_of", "compared_with", "filter", "kind", GRID_NOTICE};
  const struct grid *grid = chart->grid;
  const size_t columns = WIDTH - 2 * MARGIN;
  text_add(chart->out, "<g font-size=\"18\" font-weight=\"600\">");
  if (grid->title != NULL)
    add_paragraph(chart, grid->title, columns / TITLE_CHARACTER, TITLE);
  text_add(chart->out, "</g>\n");
  for (size_t i = 0; i < grid->fact_count; i++)
    for (size_t k = 0; k < sizeof said / sizeof *said; k++) {
      AUTO_TEXT struct text line = {0};
      if (strcmp(grid->facts[i].name, said[k]) != 0)
        continue;
      grid_add_fact(grid, &grid->facts[i], &line);
      add_paragraph(chart, line.data, columns / CHARACTER, LINE);
    }
  chart->top += LINE / 2;
}

void chart_add(const struct grid *grid, bool alone, struct text *out) {
  AUTO_TEXT struct text body = {0};
  struct chart chart;
  begin(&chart, grid, &body);
  if (alone)
    add_title(&chart);
  add_legend(&chart);
  if (chart.in_time)
    add_columns(&chart);
  else
    add_bars(&chart);
  add_head(&chart, alone, chart.top + MARGIN / 2, out);
  text_add_n(out, text_string(&body), body.length);
  text_add(out, "\n</svg>\n");
  end(&chart);
}
