/* The picture of a table alone, as an SVG file for a paper. */
#include "reports/render/chart.h"
#include "reports/render/render.h"

bool render_refuse_picture(struct error *error) {
  error_set(error, ERROR_USAGE, "there is no picture of this table");
  return error_remedy(error, RENDER_PICTURE_TABLES);
}

bool render_svg(const struct grid *grid, const struct render_options *options, struct render_sink *out,
                struct error *error) {
  (void)options;
  if (!chart_suits(grid))
    return render_refuse_picture(error);
  text_add(&out->text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  chart_add(grid, true, &out->text);
  return true;
}
