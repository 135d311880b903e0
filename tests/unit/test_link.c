/* Which recommendation of a later version is taken for which of the earlier one. */
#include "core/base/text.h"
#include "core/recommendation/link.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* "old>new percent outcome" of each link, a line each. */
static void propose(const struct link_end *olds, size_t old_count, const struct link_end *news, size_t new_count,
                    const char *expected) {
  AUTO_LINKS struct link_list links = {0};
  AUTO_TEXT struct text found = {0};
  struct error error;
  assert_true(link_propose(olds, old_count, news, new_count, &links, &error));
  for (size_t i = 0; i < links.count; i++) {
    const struct link *link = &links.items[i];
    text_add_format(&found, "%s>%s %d %s\n", link->old ? link->old : "", link->successor ? link->successor : "",
                    link->similarity, link_outcome(link));
  }
  assert_string_equal(text_string(&found), expected);
}

static void each_outcome_is_proposed(void **state) {
  (void)state;
  static const struct link_end olds[] = {
      {"D:1(a)", "Light the harbours"},
      {"D:1(b)", "Count the boats at night"},
      {"D:1(c)", "Renew the ropes of every boat"},
      {"D:1(d)", "Sell nothing"},
  };
  static const struct link_end news[] = {
      {"F:1(a)", "Light the harbours;"},
      {"F:1(b)", "Renew the ropes of every boat"},
      {"F:1(c)", "Count all the boats at night"}, /* 5 of 5 and 6 words: 90 */
      {"F:1(d)", "Train pilots"},
  };
  propose(olds, 4, news, 4,
          "D:1(a)>F:1(a) 100 unchanged\n"
          "D:1(b)>F:1(c) 90 reworded\n"
          "D:1(c)>F:1(b) 100 moved\n"
          "D:1(d)> -1 dropped\n"
          ">F:1(d) -1 new\n");
}

static void the_most_alike_are_taken_first(void **state) {
  (void)state;
  static const struct link_end olds[] = {{"D:1", "a b c d e f"}, {"D:2", "a b c d e g"}};
  static const struct link_end news[] = {{"F:1", "a b c d e g"}, {"F:2", "a b c d x y"}};
  /* D:2 is F:1 to the word; what is left for D:1 has 4 of 6 and 6 words in common */
  propose(olds, 2, news, 2, "D:1>F:2 66 reworded\nD:2>F:1 100 moved\n");
}

static void equally_alike_ones_stay_at_their_places(void **state) {
  (void)state;
  static const struct link_end olds[] = {{"D:1", "Row"}, {"D:2", "Row"}};
  static const struct link_end news[] = {{"F:2", "Row"}, {"F:1", "Row"}};
  propose(olds, 2, news, 2, "D:1>F:1 100 unchanged\nD:2>F:2 100 unchanged\n");
}

static void small_words_alone_are_no_likeness(void **state) {
  (void)state;
  static const struct link_end olds[] = {{"D:1", "Light the harbours of the State"}};
  static const struct link_end news[] = {{"F:1", "Train the pilots of the navy"}}; /* 3 of 6 and 6: 50 */
  propose(olds, 1, news, 1, "D:1> -1 dropped\n>F:1 -1 new\n");
}

static void nothing_is_linked_to_nothing(void **state) {
  (void)state;
  static const struct link_end one[] = {{"D:1", "Row"}};
  propose(one, 1, NULL, 0, "D:1> -1 dropped\n");
  propose(NULL, 0, one, 1, ">D:1 -1 new\n");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_outcome_is_proposed),
      cmocka_unit_test(the_most_alike_are_taken_first),
      cmocka_unit_test(equally_alike_ones_stay_at_their_places),
      cmocka_unit_test(small_words_alone_are_no_likeness),
      cmocka_unit_test(nothing_is_linked_to_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
