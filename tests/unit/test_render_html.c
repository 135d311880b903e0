/* reports/render/render_html.c, page_….c, html.c: what stands in a page, and that nothing in it can do harm. */
#include "core/base/memory.h"
#include "reports/counting/sources.h"
#include "reports/render/html.h"
#include "reports/render/render.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void text_is_escaped(void **state) {
  (void)state;
  AUTO_TEXT struct text out = {0};
  html_add(&out, "a < b & \"c\" > 'd' \x1b[31m \xe2\x80\xae é");
  assert_string_equal(out.data, "a &lt; b &amp; &quot;c&quot; &gt; 'd' \\x1b[31m \\u202e é");
  text_clear(&out);
  html_add_lines(&out, "one\r\ntwo\n<b>\n");
  assert_string_equal(out.data, "one<br>two<br>&lt;b&gt;<br>");
  text_clear(&out);
  html_add_language(&out, "x\" onclick=\"");
  assert_string_equal(out.data, " lang=\"x&quot; onclick=&quot;\"");
}

/* One State and two recommendations, the first answered. */
static struct grid *make_matrix(struct sources *sources) {
  static struct answer answer = {.state = (char *)(uintptr_t) "AAA",
                                 .reference = (char *)(uintptr_t) "CTOC/1:I.1",
                                 .as_of = 0, /* 2000-01-01 */
                                 .kind = LEVEL_REPORTED,
                                 .received_on = DAY_NONE,
                                 .channel = (char *)(uintptr_t) "note-verbale",
                                 .source = (char *)(uintptr_t) "NV <1>",
                                 .evidence = (char *)(uintptr_t) "https://example.org/?a=1&b=\"2\"",
                                 .note = (char *)(uintptr_t) "<script>alert(1)</script>\nsecond line",
                                 .language = (char *)(uintptr_t) "fr",
                                 .record = (char *)(uintptr_t) "3.17"};
  static struct recommendation_text texts[] = {{.reference = (char *)(uintptr_t) "CTOC/1:I.1",
                                                .symbol = (char *)(uintptr_t) "CTOC/1",
                                                .place = (char *)(uintptr_t) "I.1",
                                                .chapeau = (char *)(uintptr_t) "States should:",
                                                .text = (char *)(uintptr_t) "Do & tell",
                                                .language = (char *)(uintptr_t) "en"},
                                               {.reference = (char *)(uintptr_t) "OWN:I.2",
                                                .symbol = (char *)(uintptr_t) "OWN",
                                                .place = (char *)(uintptr_t) "I.2",
                                                .text = (char *)(uintptr_t) "More"}};
  *sources = (struct sources){
      .answers = &answer, .answer_count = 1, .texts = texts, .text_count = 2, .index = name_index_new()};
  name_index_add(sources->index, "AAA CTOC/1:I.1", strlen("AAA CTOC/1:I.1"), 0);
  name_index_add(sources->index, "CTOC/1:I.1", strlen("CTOC/1:I.1"), 0);
  name_index_add(sources->index, "OWN:I.2", strlen("OWN:I.2"), 1);
  struct grid *grid = grid_new("Matrix <1>");
  size_t done = grid_shade(grid, "done", "Done", "D", "#1b7837");
  size_t none = grid_shade(grid, GRID_NO_RESPONSE, "No response", "-", "#ffffff");
  grid_fact(grid, "notice", "Notice", "%s", "ILLUSTRATIVE");
  grid_column(grid, "state", "State");
  grid_column(grid, "state_label", "State")->label = true;
  grid_column(grid, "CTOC/1:I.1", "I.1");
  grid_column(grid, "OWN:I.2", "I.2");
  grid_cell(grid, "AAA");
  grid_cell(grid, "Aland");
  grid_cell_shaded(grid, done);
  grid_cell_shaded(grid, none);
  grid_legend(grid, "D Done");
  grid->sources = sources;
  return grid;
}

static void render(const struct grid *grid, struct text *out) {
  struct error error;
  struct render_sink sink = {0};
  const struct render_format *format = render_by_ending("a.html");
  assert_non_null(format);
  assert_true(format->render(grid, &(struct render_options){0}, &sink, &error));
  *out = sink.text;
}

static void assert_has(const struct text *page, const char *part) {
  if (strstr(page->data, part) == NULL)
    fail_msg("the page lacks: %s", part);
}

static void letters_lead_to_answers_and_texts(void **state) {
  (void)state;
  struct sources sources;
  AUTO_GRID struct grid *grid = make_matrix(&sources);
  AUTO_TEXT struct text page = {0};
  render(grid, &page);
  assert_has(&page, "<html lang=\"en\" dir=\"ltr\">");
  assert_has(&page, "<title>Matrix &lt;1&gt;</title>");
  assert_has(&page, "<p class=notice>ILLUSTRATIVE");
  assert_has(&page, "<tr id=\"s-AAA\"><th scope=row>Aland");
  assert_has(&page, "<td class=\"level s1\"><a href=\"#a1\" title=\"Done\">D</a><td class=\"level s2\">-");
  assert_has(&page, ".s1 { background: #1b7837; color: #ffffff; }");
  assert_has(&page, "<tr id=a1><th scope=row><a href=\"#r1\">I.1</a>");
  assert_has(&page, "<time datetime=2000-01-01>1 January 2000</time>");
  assert_has(&page, "<td>NV &lt;1&gt;");
  assert_has(&page, "<a rel=noreferrer href=\"https://example.org/?a=1&amp;b=&quot;2&quot;\">");
  assert_has(&page, "<td lang=\"fr\">&lt;script&gt;alert(1)&lt;/script&gt;<br>second line");
  assert_has(&page, "<tr id=r1><th scope=row>I.1<td lang=\"en\">States should: Do &amp; tell");
  assert_has(&page, "<a rel=noreferrer href=\"https://undocs.org/en/CTOC/1\">CTOC/1</a>");
  assert_has(&page, "<tr id=r2><th scope=row>I.2<td>More<td>OWN\n"); /* no UN document: no link */
  name_index_free(&sources.index);
}

static void evidence_is_a_link_only_to_the_web(void **state) {
  (void)state;
  struct sources sources;
  AUTO_GRID struct grid *grid = make_matrix(&sources);
  AUTO_TEXT struct text page = {0};
  char *before = sources.answers[0].evidence;
  sources.answers[0].evidence = (char *)(uintptr_t) "javascript:alert(1)";
  render(grid, &page);
  assert_has(&page, "<td>javascript:alert(1)");
  assert_null(strstr(page.data, "href=\"javascript"));
  sources.answers[0].evidence = before;
  name_index_free(&sources.index);
}

static void answers_may_be_left_out(void **state) {
  (void)state;
  struct sources sources;
  AUTO_GRID struct grid *grid = make_matrix(&sources);
  AUTO_TEXT struct text page = {0};
  name_index_free(&sources.index);
  sources.index = name_index_new();
  sources.answer_count = 0;
  sources.left_out = true;
  render(grid, &page);
  assert_has(&page, "<p class=notice>The answers behind the letters are left out of tables of more than 60000 cells.");
  assert_null(strstr(page.data, "href=\"#a1\""));
  name_index_free(&sources.index);
}

static void pages_speak_the_language_of_their_table(void **state) {
  (void)state;
  struct sources sources;
  AUTO_GRID struct grid *grid = make_matrix(&sources);
  AUTO_TEXT struct text page = {0};
  AUTO_TEXT struct text again = {0};
  grid->language = language_find("ar");
  render(grid, &page);
  assert_has(&page, "<html lang=\"ar\" dir=\"rtl\">");
  assert_has(&page, "https://undocs.org/ar/CTOC/1");
  assert_has(&page, "1 كانون الثاني/يناير 2000");
  render(grid, &again);
  assert_string_equal(page.data, again.data);
  name_index_free(&sources.index);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(text_is_escaped),
      cmocka_unit_test(letters_lead_to_answers_and_texts),
      cmocka_unit_test(evidence_is_a_link_only_to_the_web),
      cmocka_unit_test(answers_may_be_left_out),
      cmocka_unit_test(pages_speak_the_language_of_their_table),
  };
  return cmocka_run_group_tests_name("render_html", tests, NULL, NULL);
}
