/* Relationships: which part a part refers to (ECMA-376-2, 6.5). */
#include "core/ooxml/ooxml_private.h"

#include "core/base/memory.h"
#include "core/base/text.h"

#include <stdlib.h>
#include <string.h>

/* "word/document.xml" has its relationships in "word/_rels/document.xml.rels", the package in "_rels/.rels". */
static void add_relationships_part(const char *part, struct text *out) {
  const char *slash = strrchr(part, '/');
  const char *base = slash != NULL ? slash + 1 : part;
  text_add_n(out, part, (size_t)(base - part));
  text_add_format(out, "_rels/%s.rels", base);
}

/* Takes the last segment of a path away, with its slash. */
static void cut_last(struct text *path) {
  char *slash = path->length > 0 ? strrchr(path->data, '/') : NULL;
  path->length = slash != NULL ? (size_t)(slash - path->data) : 0;
  if (path->data != NULL)
    path->data[path->length] = '\0';
}

/* The part that a target means, seen from the part that refers to it: "../media/a.png" from "word/document.xml". */
static char *resolve(const char *part, const char *target) {
  AUTO_TEXT struct text path = {0};
  if (*target != '/') {
    text_add(&path, part);
    cut_last(&path);
  }
  while (*target != '\0') {
    size_t length = strcspn(target, "/");
    if (length == 2 && memcmp(target, "..", 2) == 0) {
      cut_last(&path);
    } else if (length > 0 && !(length == 1 && *target == '.')) {
      if (path.length > 0)
        text_add_char(&path, '/');
      text_add_n(&path, target, length);
    }
    target += length;
    target += *target == '/';
  }
  return memory_string(text_string(&path));
}

/* The last word of the type's address: ".../officeDocument/2006/relationships/styles" is "styles". */
static bool is_of_type(const char *address, const char *type) {
  const char *slash = strrchr(address, '/');
  return slash != NULL && strcmp(slash + 1, type) == 0 && strstr(address, "/relationships/") != NULL;
}

static bool is_meant(const struct ooxml_reader *reader, const char *type, const char *id) {
  const char *has_type = ooxml_attribute(reader, OOXML_PLAIN, "Type");
  const char *has_id = ooxml_attribute(reader, OOXML_PLAIN, "Id");
  const char *mode = ooxml_attribute(reader, OOXML_PLAIN, "TargetMode");
  return ooxml_is(reader, OOXML_RELATIONSHIPS, "Relationship") && (mode == NULL || strcmp(mode, "External") != 0) &&
         (type == NULL || (has_type != NULL && is_of_type(has_type, type))) &&
         (id == NULL || (has_id != NULL && strcmp(has_id, id) == 0));
}

bool ooxml_related(struct ooxml *package, const char *part, const char *type, const char *id, char **target,
                   struct error *error) {
  AUTO_TEXT struct text relationships = {0};
  AUTO_OOXML_READER struct ooxml_reader *reader = NULL;
  *target = NULL;
  add_relationships_part(part, &relationships);
  if (ooxml_locate(package, relationships.data) < 0)
    return true;
  if (!ooxml_read(package, relationships.data, &reader, error))
    return false;
  enum ooxml_event event;
  while ((event = ooxml_next(reader, error)) != OOXML_PART_END) {
    if (event == OOXML_FAILED)
      return false;
    const char *value = event == OOXML_ELEMENT ? ooxml_attribute(reader, OOXML_PLAIN, "Target") : NULL;
    if (value == NULL || !is_meant(reader, type, id))
      continue;
    *target = resolve(part, value);
    return true;
  }
  return true;
}
