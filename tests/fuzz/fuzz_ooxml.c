/*
 * libFuzzer target: any bytes through the package reader.  Besides crashes it looks for broken promises: elements end
 * as they begin, texts are UTF-8 and come one at a time, depths are right, failures stay and say why.
 *
 * The stretches of an input are [Content_Types].xml, _rels/.rels, the main part and the main part's relationships.
 */
#include "core/base/text.h"
#include "core/ooxml/ooxml.h"
#include "tests/fuzz/package.h"

static const struct fuzz_part parts[] = {{"[Content_Types].xml", NULL},
                                         {"_rels/.rels", NULL},
                                         {"word/document.xml", NULL},
                                         {"word/_rels/document.xml.rels", NULL},
                                         {NULL, NULL}};

static void check_failure(const struct error *error) {
  must(error->code == ERROR_DATA && error->message[0] && error->remedy[0] && strcmp(error->file, "input") == 0);
}

static void check_strings(struct ooxml_reader *reader) {
  const char *id = ooxml_attribute(reader, OOXML_RELATION, "id"), *plain = ooxml_attribute(reader, OOXML_PLAIN, "Id");
  must(text_is_utf8(ooxml_name(reader), strlen(ooxml_name(reader)), NULL) && *ooxml_name(reader));
  must(id == NULL || text_is_utf8(id, strlen(id), NULL));
  must(plain == NULL || text_is_utf8(plain, strlen(plain), NULL));
}

static void walk(struct ooxml *package, const char *part) {
  struct error error = {0}, again;
  AUTO_OOXML_READER struct ooxml_reader *reader = NULL;
  if (!ooxml_read(package, part, &reader, &error)) {
    check_failure(&error);
    return;
  }
  int depth = 0;
  bool characters = false;
  for (;;) {
    enum ooxml_event event = ooxml_next(reader, &error);
    if (event == OOXML_FAILED) {
      check_failure(&error);
      must(ooxml_next(reader, &again) == OOXML_FAILED && strcmp(error.message, again.message) == 0);
      return;
    }
    if (event == OOXML_PART_END) {
      must(depth == 0 && ooxml_next(reader, &error) == OOXML_PART_END);
      return;
    }
    must(!characters || event != OOXML_CHARACTERS);
    characters = event == OOXML_CHARACTERS;
    if (characters) {
      must(*ooxml_characters(reader) && text_is_utf8(ooxml_characters(reader), strlen(ooxml_characters(reader)), NULL));
      continue;
    }
    check_strings(reader);
    depth -= event == OOXML_ELEMENT_END;
    must(depth >= 0 && ooxml_depth(reader) == depth);
    depth += event == OOXML_ELEMENT;
  }
}

static void follow(struct ooxml *package) {
  struct error error = {0};
  char *target;
  if (!ooxml_related(package, ooxml_main_part(package), "styles", NULL, &target, &error)) {
    check_failure(&error);
    return;
  }
  if (target != NULL)
    walk(package, target);
  free(target);
}

static void open_as(enum ooxml_kind kind, const char *bytes, size_t length) {
  struct error error = {0};
  AUTO_OOXML struct ooxml *package = NULL;
  if (!ooxml_open(&package, "input", bytes, length, kind, &error)) {
    must(package == NULL);
    check_failure(&error);
    return;
  }
  walk(package, ooxml_main_part(package));
  walk(package, "[Content_Types].xml");
  follow(package);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  size_t length;
  char *package = fuzz_package(bytes, size, parts, &length);
  open_as(OOXML_DOCUMENT, package, length);
  open_as(OOXML_WORKBOOK, package, length);
  free(package);
  return 0;
}
