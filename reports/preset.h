/* The named reports: each is a row in one table. */
#ifndef RECTRACK_REPORTS_PRESET_H
#define RECTRACK_REPORTS_PRESET_H

#include "core/error.h"
#include "reports/cut.h"

#include <stdbool.h>
#include <stddef.h>

struct preset {
  const char *name;
  const char *title;
  const char *about; /* for the help */
  const char *rows;  /* dimensions, as --rows takes them */
  const char *columns;
  const char *where;  /* condition that the preset adds; NULL: none */
  bool has_own_shape; /* its rows, columns and figures can't be chosen */
};

extern const struct preset presets[];
extern const size_t preset_count;

/* By name; NULL with ERROR_USAGE and the nearest one. */
const struct preset *preset_find(const char *name, struct error *error);
/* Fills preset, title, dimensions and filter of the cut. */
bool preset_apply(const struct preset *preset, struct cut *cut, struct error *error) __attribute__((nonnull));

#endif
