/* From a cut to a finished grid. */
#include "reports/table/report.h"

#include "core/base/language.h"
#include "reports/table/about.h"
#include "reports/table/material.h"
#include "reports/table/preset.h"

bool report_make(struct db *db, const struct cut *cut, struct grid **grid, struct error *error) {
  struct material *material;
  if (!material_load(db, cut, &material, error))
    return false;
  AUTO_GRID struct grid *made =
      grid_new(cut->title != NULL ? cut->title : translate(cut->language, cut->preset->title));
  made->language = cut->language;
  grid_keep(made, material, material_free);
  about_facts(cut, material, made);
  if (!cut->preset->fill(db, cut, material, made, error) || !about_notices(db, material_scope(material), made, error))
    return false;
  *grid = made;
  made = NULL;
  return true;
}
