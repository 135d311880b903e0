/* How levels look. */
#include "reports/table/shade.h"

#include "core/base/text.h"
#include "reports/counting/dimension.h"

#include <string.h>

/* Neither is a colour of a scale: no response stays blank, what was not asked is greyed out. */
static const char BLANK[] = "#ffffff", GREYED[] = "#e6e6e6";

static size_t add(const struct scope *scope, const struct dimension *dimension, int level, const char *letter,
                  const char *colour, struct grid *grid) {
  AUTO_TEXT struct text code = {0};
  AUTO_TEXT struct text label = {0};
  struct pair pair = {.level = level, .as_of = DAY_NONE, .channel = -1};
  dimension->member(scope, &pair, 0, &code, &label);
  return grid_shade(grid, text_string(&code), text_string(&label), letter, colour);
}

void shade_levels(const struct scope *scope, struct grid *grid, size_t *numbers) {
  struct error error;
  const struct dimension *dimension = dimension_find("level", strlen("level"), &error);
  for (size_t i = 0; i < scope->reg->level_count; i++) {
    const struct level *level = &scope->reg->levels[i];
    size_t number = add(scope, dimension, (int)i, level->letter, level->colour, grid);
    if (numbers != NULL)
      numbers[i] = number;
  }
  add(scope, dimension, -1, "-", BLANK, grid);
  grid_shade(grid, GRID_NOT_ASKED, translate(scope->language, "Not asked of this State"), "", GREYED);
}
