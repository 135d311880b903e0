/* The named reports: each is a row in one table. */
#ifndef RECTRACK_REPORTS_TABLE_PRESET_H
#define RECTRACK_REPORTS_TABLE_PRESET_H

#include "core/base/error.h"
#include "core/database/db.h"
#include "reports/grid/grid.h"
#include "reports/table/cut.h"
#include "reports/table/material.h"

#include <stdbool.h>
#include <stddef.h>

/* Fills a grid, which has its title and facts, from what was loaded: columns, rows, legend and notes. */
typedef bool preset_fill(struct db *db, const struct cut *cut, struct material *material, struct grid *grid,
                         struct error *error);

struct preset {
  const char *name;
  const char *title;
  const char *about; /* for the help */
  const char *rows;  /* dimensions, as --rows takes them */
  const char *columns;
  const char *measure; /* as --measure takes it; NULL: count */
  const char *where;   /* condition that the preset adds; NULL: none */
  bool response_rate;  /* the share that answered at the end of each row */
  bool has_own_shape;  /* its rows, columns and figures can't be chosen */
  bool newest;         /* it wants the newest day of each State */
  bool of_state;       /* it is of one State, which must be named */
  bool spans;          /* it speaks of the time from a day on: --from, else the last session */
  preset_fill *fill;
};

extern const struct preset presets[];
extern const size_t preset_count;

/* By name; NULL with ERROR_USAGE and the nearest one. */
const struct preset *preset_find(const char *name, struct error *error);
/* Fills preset, title, dimensions, measure and filter of the cut. */
bool preset_apply(const struct preset *preset, struct cut *cut, struct error *error) __attribute__((nonnull));

#endif
