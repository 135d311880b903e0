/*
 * One self-contained page that opens from an e-mail: nothing is loaded from elsewhere, and a policy inside the page
 * forbids it (Content-Security-Policy, with the digests of the page's own style and script).  It is read without its
 * script, on a screen, on paper and by a screen reader.
 */
#include "config.h"

#include "core/base/language.h"
#include "core/base/sha256.h"
#include "reports/grid/colour.h"
#include "reports/render/chart.h"
#include "reports/render/html.h"
#include "reports/render/page.h"

#include <nettle/base64.h>
#include <string.h>

/* ---- head ---------------------------------------------------------------- */

/* What the page is called: one thing that is shown has its name for its first fact. */
static const char *heading_of(const struct grid *grid) {
  if (grid->title != NULL)
    return grid->title;
  return grid->fact_count > 0 ? grid->facts[0].value : "rectrack";
}

/* Adds 'sha256-…', as a policy names a style or a script. */
static void add_digest(struct text *out, const char *content) {
  unsigned char digest[SHA256_SIZE];
  char base64[BASE64_ENCODE_RAW_LENGTH(SHA256_SIZE)];
  AUTO_SHA256 struct sha256 *sha = sha256_new();
  sha256_add(sha, content, strlen(content));
  sha256_finish(sha, digest);
  base64_encode_raw(base64, SHA256_SIZE, digest);
  text_add_format(out, "'sha256-%.*s'", (int)sizeof base64, base64);
}

/* The style, and the colours of the levels. */
static void make_style(const struct grid *grid, struct text *style) {
  text_add_format(style, "\n%s", page_style);
  for (size_t i = 0; i < grid->shade_count; i++) {
    const struct grid_shade *shade = &grid->shades[i];
    if (strcmp(shade->code, GRID_NO_RESPONSE) == 0)
      text_add_format(style, ".s%zu { color: var(--soft); }\n", i + 1);
    else if (strcmp(shade->code, GRID_NOT_ASKED) == 0)
      text_add_format(
          style, ".s%zu { background: repeating-linear-gradient(-45deg, transparent 0 4px, var(--line) 4px 5px); }\n",
          i + 1);
    else
      text_add_format(style, ".s%zu { background: %s; color: %s; }\n", i + 1, shade->colour, colour_ink(shade->colour));
  }
}

static void add_head(const struct grid *grid, struct text *out) {
  const struct language *language = grid->language;
  AUTO_TEXT struct text style = {0};
  make_style(grid, &style);
  text_add_format(out, "<!DOCTYPE html>\n<html lang=\"%s\" dir=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
                  language != NULL ? language->code : "en",
                  language != NULL && language->right_to_left ? "rtl" : "ltr");
  text_add(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src ");
  add_digest(out, style.data);
  text_add(out, "; script-src ");
  add_digest(out, page_script);
  text_add(out, "; base-uri 'none'; form-action 'none'\">\n");
  text_add(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
  text_add_format(out, "<meta name=\"generator\" content=\"rectrack %s\">\n<title>", PACKAGE_VERSION);
  html_add(out, heading_of(grid));
  text_add_format(out, "</title>\n<style>%s</style>\n</head>\n", style.data);
}

/* ---- what is said about the table ---------------------------------------- */

static bool is_notice(const struct grid_fact *fact) {
  return strcmp(fact->name, GRID_NOTICE) == 0;
}

static void add_facts(const struct grid *grid, struct text *out) {
  text_add(out, "<h1>");
  html_add(out, heading_of(grid));
  text_add(out, "</h1>\n");
  for (size_t i = 0; i < grid->fact_count; i++)
    if (is_notice(&grid->facts[i])) {
      text_add(out, "<p class=notice>");
      html_add_lines(out, grid->facts[i].value);
      text_add_char(out, '\n');
    }
  text_add(out, grid->fact_count > 0 ? "<dl class=facts>\n" : "");
  for (size_t i = 0; i < grid->fact_count; i++)
    if (!is_notice(&grid->facts[i])) {
      AUTO_TEXT struct text value = {0};
      grid_add_fact_value(grid, &grid->facts[i], &value);
      text_add(out, "<div><dt>");
      html_add(out, grid->facts[i].head);
      text_add(out, "<dd>");
      html_add_lines(out, text_string(&value));
      text_add(out, "</div>\n");
    }
  text_add(out, grid->fact_count > 0 ? "</dl>\n" : "");
}

static bool has_letters(const struct grid *grid) {
  return grid->legend_count > 0;
}

static void add_legend(const struct grid *grid, struct text *out) {
  if (!has_letters(grid))
    return;
  text_add(out, "<ul class=legend>\n");
  for (size_t i = 0; i < grid->shade_count; i++) {
    const struct grid_shade *shade = &grid->shades[i];
    if (!shade->met)
      continue;
    text_add_format(out, "<li><b class=s%zu>", i + 1);
    html_add(out, *shade->letter != '\0' ? shade->letter : "\u00a0");
    text_add(out, "</b>");
    html_add(out, shade->label);
    text_add_char(out, '\n');
  }
  text_add(out, "</ul>\n");
}

static void add_chart(const struct grid *grid, struct text *out) {
  if (!chart_suits(grid))
    return;
  text_add(out, "<figure>\n");
  chart_add(grid, false, out);
  text_add(out, "</figure>\n");
}

/* What the table adds up to: a picture, and its numbers below it. */
static bool add_summary(const struct grid *summary, struct render_sink *out, struct error *error) {
  struct page page = {.grid = summary, .out = out, .name = "numbers", .caption = "numbers-caption"};
  if (summary == NULL || !chart_suits(summary))
    return true;
  text_add(&out->text, "<section>\n<h2>");
  html_add(&out->text, summary->title);
  text_add(&out->text, "</h2>\n");
  add_chart(summary, &out->text);
  if (!page_add_table(&page, error))
    return false;
  text_add(&out->text, "</section>\n");
  return true;
}

/* Hidden until the script is there to serve it, which finds its words here. */
static void add_form(const struct grid *grid, struct text *out) {
  text_add(out, "<form hidden role=search data-shown=\"");
  html_add(out, translate(grid->language, "%1 of %2 rows shown"));
  text_add(out, "\" data-sort=\"");
  html_add(out, translate(grid->language, "Sort by %1"));
  text_add(out, "\">\n<label>");
  html_add(out, translate(grid->language, "Find rows"));
  text_add(out, " <input type=search name=search autocomplete=off></label>\n");
  if (has_letters(grid)) {
    text_add(out, "<label>");
    html_add(out, translate(grid->language, "Rows with"));
    text_add(out, " <select name=level><option value=\"\">");
    html_add(out, translate(grid->language, "any status"));
    for (size_t i = 0; i < grid->shade_count; i++)
      if (grid->shades[i].met) {
        text_add_format(out, "<option value=s%zu>", i + 1);
        html_add(out, grid->shades[i].label);
      }
    text_add(out, "</select></label>\n");
  }
  text_add(out, "<output aria-live=polite></output>\n</form>\n");
}

static void add_notes(const struct grid *grid, struct text *out) {
  text_add(out, grid->note_count > 0 ? "<div class=notes>\n" : "");
  for (size_t i = 0; i < grid->note_count; i++) {
    text_add(out, "<p>");
    html_add(out, grid->notes[i]);
    text_add_char(out, '\n');
  }
  text_add(out, grid->note_count > 0 ? "</div>\n" : "");
}

static void add_end(const struct grid *grid, struct text *out) {
  text_add(out, "</main>\n");
  if (grid->sources != NULL) {
    text_add(out, "<dialog aria-labelledby=dialog-title><button type=button aria-label=\"");
    html_add(out, translate(grid->language, "Close"));
    text_add(out, "\">\u00d7</button><div></div></dialog>\n");
  }
  text_add_format(out, "<script>%s</script>\n</body>\n</html>\n", page_script);
}

/* ---- the whole ----------------------------------------------------------- */

bool render_html(const struct grid *grid, const struct render_options *options, struct render_sink *out,
                 struct error *error) {
  (void)options;
  struct page page = {.grid = grid, .out = out, .name = "main", .caption = "caption"};
  add_head(grid, &out->text);
  text_add(&out->text, "<body>\n<main>\n");
  add_facts(grid, &out->text);
  if (grid->column_count > 0) {
    add_legend(grid, &out->text);
    add_chart(grid, &out->text);
    add_form(grid, &out->text);
    if (!page_add_table(&page, error))
      return false;
  }
  add_notes(grid, &out->text);
  if (!add_summary(grid->summary, out, error) || !page_add_sources(&page, error))
    return false;
  add_end(grid, &out->text);
  return true;
}
