/* A questionnaire of the small conference of reports_fixture.h. */
#ifndef RECTRACK_TESTS_QUESTIONNAIRE_FIXTURE_H
#define RECTRACK_TESTS_QUESTIONNAIRE_FIXTURE_H

#include "core/base/memory.h"
#include "core/questionnaire/questionnaire.h"
#include "tests/unit/reports_fixture.h"

#include <string.h>

/* State BBB is asked about I.1, of which it last said `part`, and I.2; CCC's level `void` is only for reviewers. */
static struct questionnaire *make_questionnaire(const char *language) {
  struct questionnaire *questionnaire = memory_new(1, sizeof *questionnaire);
  const struct scope scope = make_scope("2026-11-24");
  struct state_register *reg = questionnaire->reg = scope.reg;
  reg->levels[2].kind = LEVEL_ASSESSED;
  questionnaire->recommendations = scope.recommendations;
  questionnaire->state = &reg->states[1];
  questionnaire->as_of = scope.as_of;
  questionnaire->language = language_find(language);
  questionnaire->head.position = 7;
  memset(questionnaire->head.batch_sha256, 'a', SHA256_TEXT_SIZE - 1);
  questionnaire->rows = memory_new(2, sizeof *questionnaire->rows);
  questionnaire->rows[0] = (struct questionnaire_row){.recommendation = &questionnaire->recommendations->items[0],
                                                      .last = &reg->levels[1],
                                                      .last_day = day_of("2020-05-06")};
  questionnaire->rows[1] =
      (struct questionnaire_row){.recommendation = &questionnaire->recommendations->items[1], .last_day = DAY_NONE};
  questionnaire->count = 2;
  return questionnaire;
}

#endif
