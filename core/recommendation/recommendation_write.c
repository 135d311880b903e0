/* Writing recommendations into a batch. */
#include "core/recommendation/recommendation_write.h"

#include "core/base/text.h"
#include "sql_catalogue.h"

#include <stdlib.h>
#include <string.h>

bool identity_numbers_take(struct db *db, struct identity_numbers *numbers, struct error *error) {
  AUTO_RESULT PGresult *result = NULL;
  if (!db_query(db, sql_register_lock, NULL, NULL, error) ||
      !db_query(db, sql_recommendation_next_ids, NULL, &result, error))
    return false;
  numbers->rec_id = (int32_t)db_int(result, 0, 0);
  numbers->document_id = (int32_t)db_int(result, 0, 1);
  return true;
}

/* A text that sorts as bytes in the order of reference_compare: numbers padded with zeros, letters behind their count.
 */
static void add_place_key(struct text *out, const struct reference *reference) {
  text_add_format(out, "%05u.%02zu%s", reference_roman(reference->chapter, strlen(reference->chapter)),
                  strlen(reference->section), reference->section);
  for (const char *at = reference->paragraph; *at != '\0';) {
    char *end;
    text_add_format(out, ".%09lu", strtoul(at, &end, 10));
    at = *end == '.' ? end + 1 : end;
  }
  text_add_format(out, ".-%02zu%s", strlen(reference->item), reference->item);
}

void recommendation_write_identity(struct batch *batch, int32_t rec_id, int32_t document_id,
                                   const struct reference *reference) {
  char place[REFERENCE_PLACE_SIZE];
  AUTO_TEXT struct text key = {0};
  add_place_key(&key, reference);
  batch_row(batch, TABLE_RECOMMENDATION);
  batch_int(batch, rec_id);
  batch_int(batch, document_id);
  batch_text(batch, reference_place(reference, place));
  batch_text(batch, text_string(&key));
  batch_text(batch, reference->chapter);
  batch_text(batch, reference->section);
  batch_int(batch, batch_id(batch));
}

static void add_id_or_null(struct batch *batch, int16_t id) {
  if (id == 0)
    batch_text(batch, NULL);
  else
    batch_int(batch, id);
}

void recommendation_write_version(struct batch *batch, const struct recommendation_version *version) {
  batch_row(batch, TABLE_RECOMMENDATION_VERSION);
  batch_int(batch, version->rec_id);
  batch_int(batch, batch_id(batch));
  batch_text(batch, version->text);
  batch_text(batch, version->chapeau);
  add_id_or_null(batch, version->instrument_id);
  batch_int(batch, version->scale_id);
  batch_bool(batch, version->to_all_parties);
  batch_day(batch, version->due_on);
  for (size_t i = 0; i < version->addressee_count; i++) {
    batch_row(batch, TABLE_RECOMMENDATION_ADDRESSEE);
    batch_int(batch, version->rec_id);
    batch_int(batch, batch_id(batch));
    batch_int(batch, version->addressees[i]);
  }
  for (size_t i = 0; i < version->article_count; i++) {
    batch_row(batch, TABLE_RECOMMENDATION_ARTICLE);
    batch_int(batch, version->rec_id);
    batch_int(batch, batch_id(batch));
    batch_text(batch, version->articles[i]);
  }
  for (size_t i = 0; i < version->theme_count; i++) {
    batch_row(batch, TABLE_RECOMMENDATION_THEME);
    batch_int(batch, version->rec_id);
    batch_int(batch, batch_id(batch));
    batch_int(batch, version->themes[i]);
  }
}
