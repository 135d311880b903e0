/* The table of formats, and how their bytes get out. */
#include "reports/render/render.h"

#include "core/base/nearest.h"

#include <string.h>

const struct render_format render_formats[] = {
    {"table", ".txt", "for reading on a terminal", render_table, 0},
    {"csv", ".csv", "comma-separated (RFC 4180), UTF-8", render_csv, RENDER_SEPARATED},
    {"tsv", ".tsv", "the same, separated by tabs", render_tsv, RENDER_SEPARATED},
    {"json", ".json", "one object: facts, columns, rows, notes", render_json, 0},
    {"jsonl", ".jsonl", "one object a row", render_jsonl, 0},
    {"markdown", ".md", "for a web page or a wiki", render_markdown, 0},
    {"html", ".html", "one page for a browser, with what stands behind each letter", render_html, RENDER_SOURCES},
    {"svg", ".svg", "the picture alone, of tables with a column a level", render_svg, RENDER_PICTURE},
    {"xlsx", ".xlsx", "for Excel: colours, filter, printable, with a sheet about the table", render_xlsx,
     RENDER_BINARY},
};
const size_t render_format_count = sizeof render_formats / sizeof *render_formats;

const struct render_format *render_find(const char *name, struct error *error) {
  AUTO_NEAREST struct nearest nearest;
  nearest_begin(&nearest, name);
  for (size_t i = 0; i < render_format_count; i++) {
    if (strcmp(render_formats[i].name, name) == 0)
      return &render_formats[i];
    nearest_offer(&nearest, render_formats[i].name);
  }
  error_set(error, ERROR_USAGE, "unknown format: \"%s\"", name);
  nearest_remedy(&nearest, error, "The formats are %s.", nearest_offered(&nearest));
  return NULL;
}

const struct render_format *render_by_ending(const char *path) {
  size_t length = strlen(path);
  for (size_t i = 0; i < render_format_count; i++) {
    const char *ending = render_formats[i].ending;
    if (length > strlen(ending) && strcasecmp(path + length - strlen(ending), ending) == 0)
      return &render_formats[i];
  }
  return NULL;
}

void render_add_endings(struct text *out) {
  for (size_t i = 0; i < render_format_count; i++)
    text_add_format(out, "%s%s", i == 0 ? "" : i + 1 < render_format_count ? ", " : " and ", render_formats[i].ending);
}

static bool pass_all(struct render_sink *out, struct error *error) {
  bool written = output_write(out->output, text_string(&out->text), out->text.length, error);
  text_clear(&out->text);
  return written;
}

bool render_pass(struct render_sink *out, struct error *error) {
  enum { PIECE = 1 << 16 };
  return out->output == NULL || out->text.length < PIECE || pass_all(out, error);
}

bool render_write(const struct render_format *format, const struct grid *grid, const struct render_options *options,
                  struct output *output, struct error *error) {
  struct render_sink out = {.output = output};
  bool written = format->render(grid, options, &out, error) && pass_all(&out, error) && grid_check(grid, error);
  text_free(&out.text);
  return written;
}
