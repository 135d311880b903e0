/*
 * A small conference for the tests of reports, invented.
 *
 * States: 1 AAA (Africa, LDC), 2 BBB (Africa), 3 CCC (no group), 4 DDD (Asia), 5 EEE (Asia).
 * Parties to TREATY, in force since 2004-01-28: AAA since 2005-01-31 (deposit 2005-01-01), BBB of unknown date, CCC
 * since 2018-07-04, DDD from 2006 to 2010-01-01; EEE is none. Scale: done (weight 1.00, closes), part (0.50), void (no
 * weight, closes). Recommendations of document DOC/1: 10 at I.1 (theme T1), 20 at I.2 (themes T1, T2), 30 at I.10 (to
 * AAA alone, no theme).
 */
#ifndef RECTRACK_TESTS_REPORTS_FIXTURE_H
#define RECTRACK_TESTS_REPORTS_FIXTURE_H

#include "core/base/memory.h"
#include "reports/counting/scope.h"

#include <stdio.h>

static day day_of(const char *text) {
  day out;
  struct error error;
  return day_parse(text, 10, &out, &error) ? out : DAY_NONE;
}

static void make_state(struct state *state, int16_t id, const char *code, const char *group, bool ldc) {
  *state = (struct state){.id = id, .un_member = true, .ldc = ldc};
  snprintf(state->iso3, sizeof state->iso3, "%s", code);
  AUTO_TEXT struct text name = {0};
  text_add_format(&name, "State %s", code);
  state->name = text_take(&name);
  state->name_formal = memory_string("");
  state->regional_group = memory_string(group);
  state->m49_region = memory_string("");
  state->m49_subregion = memory_string("");
}

static void make_level(struct level *level, int16_t id, const char *code, const char *letter, int weight, bool closes) {
  *level = (struct level){.id = id, .scale_id = 1, .weight = weight, .closes = closes, .kind = LEVEL_BOTH};
  level->code = memory_string(code);
  level->label = memory_string(code);
  level->letter = memory_string(letter);
}

static void make_recommendation(struct recommendation *item, int32_t id, const char *place, size_t themes) {
  *item = (struct recommendation){.id = id,
                                  .current_id = id,
                                  .instrument_id = 1,
                                  .scale_id = 1,
                                  .to_all_parties = true,
                                  .due_on = DAY_NONE,
                                  .theme_count = themes};
  item->place = memory_string(place);
  item->chapter = memory_string("I");
  item->section = memory_string("");
  item->text = memory_string("Do it");
  item->themes = memory_new(2, sizeof *item->themes);
  item->themes[0] = 1;
  item->themes[1] = 2;
}

static struct state_register *make_register(void) {
  struct state_register *reg = memory_new(1, sizeof *reg);
  reg->states = memory_new(5, sizeof *reg->states);
  reg->state_count = 5;
  make_state(&reg->states[0], 1, "AAA", "Africa", true);
  make_state(&reg->states[1], 2, "BBB", "Africa", false);
  make_state(&reg->states[2], 3, "CCC", "", false);
  make_state(&reg->states[3], 4, "DDD", "Asia", false);
  make_state(&reg->states[4], 5, "EEE", "Asia", false);
  reg->by_name = memory_new(5, sizeof *reg->by_name);
  for (size_t i = 0; i < 5; i++)
    reg->by_name[i] = i;
  reg->instruments = memory_new(1, sizeof *reg->instruments);
  reg->instruments[0] = (struct instrument){.id = 1,
                                            .code = memory_string("TREATY"),
                                            .title = memory_string("The Treaty"),
                                            .in_force_on = day_of("2004-01-28"),
                                            .has_parties = true};
  reg->instrument_count = 1;
  reg->parties = memory_new(4, sizeof *reg->parties);
  reg->parties[0] = (struct party){1, 1, day_of("2005-01-01"), day_of("2005-01-31"), DAY_NONE};
  reg->parties[1] = (struct party){1, 2, DAY_NONE, DAY_NONE, DAY_NONE};
  reg->parties[2] = (struct party){1, 3, day_of("2018-06-04"), day_of("2018-07-04"), DAY_NONE};
  reg->parties[3] = (struct party){1, 4, day_of("2006-01-01"), day_of("2006-01-31"), day_of("2010-01-01")};
  reg->party_count = 4;
  reg->scales = memory_new(1, sizeof *reg->scales);
  reg->scales[0] = (struct scale){1, memory_string("scale")};
  reg->scale_count = 1;
  reg->levels = memory_new(3, sizeof *reg->levels);
  make_level(&reg->levels[0], 1, "done", "D", 100, true);
  make_level(&reg->levels[1], 2, "part", "P", 50, false);
  make_level(&reg->levels[2], 3, "void", "V", -1, true);
  reg->level_count = 3;
  reg->themes = memory_new(2, sizeof *reg->themes);
  reg->themes[0] = (struct theme){1, memory_string("T1"), memory_string("First")};
  reg->themes[1] = (struct theme){2, memory_string("T2"), memory_string("Second")};
  reg->theme_count = 2;
  reg->names = name_index_new();
  return reg;
}

static struct recommendation_list *make_recommendations(void) {
  struct recommendation_list *list = memory_new(1, sizeof *list);
  list->documents = memory_new(1, sizeof *list->documents);
  list->documents[0] = (struct report_document){.id = 1,
                                                .symbol = memory_string("DOC/1"),
                                                .title = memory_string("Report"),
                                                .body = memory_string("Body"),
                                                .session = memory_string(""),
                                                .held_to = day_of("2018-07-05"),
                                                .dated = DAY_NONE};
  list->document_count = 1;
  list->items = memory_new(3, sizeof *list->items);
  make_recommendation(&list->items[0], 10, "I.1", 1);
  make_recommendation(&list->items[1], 20, "I.2", 2);
  make_recommendation(&list->items[2], 30, "I.10", 0);
  list->items[2].to_all_parties = false;
  list->items[2].addressees = memory_new(1, sizeof *list->items[2].addressees);
  list->items[2].addressees[0] = 1;
  list->items[2].addressee_count = 1;
  list->count = 3;
  list->by_place = memory_new(3, sizeof *list->by_place);
  for (size_t i = 0; i < 3; i++)
    list->by_place[i] = i;
  return list;
}

static struct scope make_scope(const char *as_of) {
  return (struct scope){.reg = make_register(), .recommendations = make_recommendations(), .as_of = day_of(as_of)};
}

#endif
