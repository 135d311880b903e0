/* The XML of a part, inflated and parsed as it is read. */
#include "core/ooxml_private.h"

#include "core/memory.h"

#include <libxml/xmlreader.h>
#include <stdlib.h>
#include <string.h>

/* More attributes in one tag than any writer makes: libxml2 compares each with each. */
enum { ATTRIBUTES_MAX = 256 };
/* Namespaces in scope; a name is looked up in one after the other. */
enum { NAMESPACES_MAX = 1024 };
/* libxml2 itself refuses more (its XML_MAX_DEPTH) where it is not told to accept huge documents. */
enum { DEPTH_MAX = 256 };

enum trouble { NO_TROUBLE, CANNOT_INFLATE, TOO_LARGE, TOO_MANY_ATTRIBUTES };

/* Where in the markup the inflated bytes are: only so much as is needed to count the attributes of a tag. */
struct tag_watch {
  bool in_tag;
  char quote; /* 0: outside quotes */
  unsigned attributes;
};

struct ooxml_reader {
  struct ooxml *package;
  char *part;
  zip_file_t *file;
  xmlTextReaderPtr xml;
  struct tag_watch watch;
  enum trouble trouble;
  char why[256]; /* the first problem that libxml2 named */
  bool empty;    /* the current element is empty and its end is not told yet */
  bool at_end;   /* the current event is OOXML_ELEMENT_END */
  bool failed;
  struct error problem;
  unsigned namespaces[DEPTH_MAX + 1]; /* in scope at each depth */
  xmlChar **values;                   /* attributes handed out since the last event */
  size_t value_count, value_capacity;
};

static const char *const addresses[OOXML_VOCABULARIES][2] = {
    [OOXML_WORD] = {"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                    "http://purl.oclc.org/ooxml/wordprocessingml/main"},
    [OOXML_SHEET] = {"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                     "http://purl.oclc.org/ooxml/spreadsheetml/main"},
    [OOXML_RELATION] = {"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                        "http://purl.oclc.org/ooxml/officeDocument/relationships"},
    [OOXML_COMPATIBILITY] = {"http://schemas.openxmlformats.org/markup-compatibility/2006"},
    [OOXML_DRAWING] = {"http://schemas.openxmlformats.org/drawingml/2006/main",
                       "http://purl.oclc.org/ooxml/drawingml/main"},
    [OOXML_MATHS] = {"http://schemas.openxmlformats.org/officeDocument/2006/math",
                     "http://purl.oclc.org/ooxml/officeDocument/math"},
    [OOXML_RELATIONSHIPS] = {"http://schemas.openxmlformats.org/package/2006/relationships"},
    [OOXML_CONTENT_TYPES] = {"http://schemas.openxmlformats.org/package/2006/content-types"},
    [OOXML_CUSTOM_PROPERTY] = {"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
                               "http://purl.oclc.org/ooxml/officeDocument/customProperties"},
};

/* ---- inflating ----------------------------------------------------------- */

/* False when a tag has too many attributes. */
static bool watch_tags(struct tag_watch *watch, const char *bytes, size_t length) {
  for (size_t i = 0; i < length; i++) {
    char c = bytes[i];
    if (!watch->in_tag) {
      if (c == '<')
        *watch = (struct tag_watch){.in_tag = true};
    } else if (watch->quote != 0) {
      if (c == watch->quote)
        watch->quote = 0;
    } else if (c == '>' || c == '!' || c == '?') { /* what begins with <! or <? has no attributes */
      watch->in_tag = false;
    } else if (c == '"' || c == '\'') {
      watch->quote = c;
      if (++watch->attributes > ATTRIBUTES_MAX)
        return false;
    }
  }
  return true;
}

static int inflate_some(void *context, char *buffer, int size) {
  struct ooxml_reader *reader = context;
  zip_int64_t got = zip_fread(reader->file, buffer, (zip_uint64_t)size);
  if (got < 0) {
    reader->trouble = CANNOT_INFLATE;
    return -1;
  }
  reader->package->inflated += (uint64_t)got;
  if (reader->package->inflated > OOXML_INFLATED_MAX)
    reader->trouble = TOO_LARGE;
  else if (!watch_tags(&reader->watch, buffer, (size_t)got))
    reader->trouble = TOO_MANY_ATTRIBUTES;
  return reader->trouble == NO_TROUBLE ? (int)got : -1;
}

/* ---- opening and closing ------------------------------------------------- */

static void note_problem(void *context, xmlErrorPtr problem) {
  struct ooxml_reader *reader = context;
  if (problem->code == XML_ERR_NO_MEMORY)
    memory_exhausted();
  if (problem->level < XML_ERR_ERROR || *reader->why != '\0' || problem->message == NULL)
    return;
  snprintf(reader->why, sizeof reader->why, "%s", problem->message);
  reader->why[strcspn(reader->why, "\n")] = '\0';
}

static bool open_file(struct ooxml_reader *reader, struct error *error) {
  struct ooxml *package = reader->package;
  zip_int64_t index = ooxml_locate(package, reader->part);
  if (index < 0)
    return ooxml_damaged(package, reader->part, "it lacks its part ", error);
  reader->file = zip_fopen_index(package->zip, (zip_uint64_t)index, 0);
  if (reader->file != NULL)
    return true;
  zip_error_t *why = zip_get_error(package->zip);
  int code = zip_error_code_zip(why);
  if (code == ZIP_ER_MEMORY)
    memory_exhausted();
  if (code == ZIP_ER_NOPASSWD || code == ZIP_ER_WRONGPASSWD || code == ZIP_ER_ENCRNOTSUPP)
    return ooxml_encrypted(package->name, error);
  return ooxml_damaged(package, reader->part, zip_error_strerror(why), error);
}

bool ooxml_read(struct ooxml *package, const char *part, struct ooxml_reader **out, struct error *error) {
  AUTO_OOXML_READER struct ooxml_reader *reader = memory_new(1, sizeof *reader);
  *out = NULL;
  reader->package = package;
  reader->part = memory_string(part);
  if (!open_file(reader, error))
    return false;
  reader->xml = xmlReaderForIO(inflate_some, NULL, reader, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOCDATA);
  if (reader->xml == NULL)
    memory_exhausted();
  xmlTextReaderSetStructuredErrorHandler(reader->xml, (xmlStructuredErrorFunc)note_problem, reader);
  *out = reader;
  reader = NULL;
  return true;
}

static void forget_values(struct ooxml_reader *reader) {
  while (reader->value_count > 0)
    xmlFree(reader->values[--reader->value_count]);
}

void ooxml_reader_close(struct ooxml_reader **pointer) {
  struct ooxml_reader *reader = *pointer;
  if (reader == NULL)
    return;
  forget_values(reader);
  free(reader->values);
  if (reader->xml != NULL)
    xmlFreeTextReader(reader->xml);
  if (reader->file != NULL)
    zip_fclose(reader->file);
  free(reader->part);
  free(reader);
  *pointer = NULL;
}

/* ---- events -------------------------------------------------------------- */

static enum ooxml_event fail(struct ooxml_reader *reader, const char *why, struct error *error) {
  switch (reader->trouble) {
  case CANNOT_INFLATE:
    ooxml_damaged(reader->package, reader->part, zip_error_strerror(zip_file_get_error(reader->file)),
                  &reader->problem);
    break;
  case TOO_LARGE:
    ooxml_too_large(reader->package, reader->part, &reader->problem);
    break;
  case TOO_MANY_ATTRIBUTES:
    ooxml_damaged(reader->package, reader->part, "a tag with too many attributes", &reader->problem);
    break;
  case NO_TROUBLE:
    ooxml_damaged(reader->package, reader->part, *reader->why != '\0' ? reader->why : why, &reader->problem);
  }
  reader->failed = true;
  *error = reader->problem;
  return OOXML_FAILED;
}

/* Counts the namespaces that are in scope inside an element. */
static bool count_namespaces(struct ooxml_reader *reader) {
  int depth = xmlTextReaderDepth(reader->xml);
  const xmlNode *node = xmlTextReaderCurrentNode(reader->xml);
  if (node == NULL || depth < 0 || depth > DEPTH_MAX)
    return false;
  unsigned count = depth > 0 ? reader->namespaces[depth - 1] : 0;
  for (const xmlNs *space = node->nsDef; space != NULL; space = space->next)
    count++;
  reader->namespaces[depth] = count;
  return count <= NAMESPACES_MAX;
}

/* What the node at which libxml2 stands is for us; false: nothing, go on. */
static bool take_node(struct ooxml_reader *reader, enum ooxml_event *event, struct error *error) {
  switch (xmlTextReaderNodeType(reader->xml)) {
  case XML_READER_TYPE_ELEMENT:
    reader->empty = xmlTextReaderIsEmptyElement(reader->xml) == 1;
    *event = count_namespaces(reader) ? OOXML_ELEMENT : fail(reader, "too many namespaces", error);
    return true;
  case XML_READER_TYPE_END_ELEMENT:
    reader->at_end = true;
    *event = OOXML_ELEMENT_END;
    return true;
  case XML_READER_TYPE_TEXT:
  case XML_READER_TYPE_CDATA:
  case XML_READER_TYPE_WHITESPACE:
  case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
    *event = OOXML_CHARACTERS;
    return true;
  case XML_READER_TYPE_DOCUMENT_TYPE:
  case XML_READER_TYPE_ENTITY_REFERENCE:
    *event = fail(reader, "it declares or uses entities of its own", error);
    return true;
  default:
    return false;
  }
}

enum ooxml_event ooxml_next(struct ooxml_reader *reader, struct error *error) {
  forget_values(reader);
  if (reader->failed) {
    *error = reader->problem;
    return OOXML_FAILED;
  }
  reader->at_end = false;
  if (reader->empty) {
    reader->empty = false;
    reader->at_end = true;
    return OOXML_ELEMENT_END;
  }
  for (;;) {
    enum ooxml_event event;
    int read = xmlTextReaderRead(reader->xml);
    if (read < 0 || reader->trouble != NO_TROUBLE || (read == 0 && *reader->why != '\0'))
      return fail(reader, "its XML is not well-formed", error);
    if (read == 0)
      return OOXML_PART_END;
    if (take_node(reader, &event, error))
      return event;
  }
}

bool ooxml_skip(struct ooxml_reader *reader, struct error *error) {
  int depth = ooxml_depth(reader);
  enum ooxml_event event;
  do {
    event = ooxml_next(reader, error);
  } while (event != OOXML_FAILED && event != OOXML_PART_END &&
           !(event == OOXML_ELEMENT_END && ooxml_depth(reader) == depth));
  return event == OOXML_ELEMENT_END;
}

/* ---- looking at the current event ---------------------------------------- */

bool ooxml_is(const struct ooxml_reader *reader, enum ooxml_vocabulary vocabulary, const char *name) {
  if (strcmp(ooxml_name(reader), name) != 0)
    return false;
  const char *address = (const char *)xmlTextReaderConstNamespaceUri(reader->xml);
  if (address == NULL)
    return vocabulary == OOXML_PLAIN;
  for (size_t i = 0; i < 2; i++)
    if (addresses[vocabulary][i] != NULL && strcmp(addresses[vocabulary][i], address) == 0)
      return true;
  return false;
}

const char *ooxml_name(const struct ooxml_reader *reader) {
  const char *name = (const char *)xmlTextReaderConstLocalName(reader->xml);
  return name != NULL ? name : "";
}

static xmlChar *attribute(struct ooxml_reader *reader, enum ooxml_vocabulary vocabulary, const char *name) {
  if (vocabulary == OOXML_PLAIN)
    return xmlTextReaderGetAttributeNs(reader->xml, (const xmlChar *)name, NULL);
  xmlChar *value = NULL;
  for (size_t i = 0; i < 2 && value == NULL; i++)
    if (addresses[vocabulary][i] != NULL)
      value =
          xmlTextReaderGetAttributeNs(reader->xml, (const xmlChar *)name, (const xmlChar *)addresses[vocabulary][i]);
  return value;
}

const char *ooxml_attribute(struct ooxml_reader *reader, enum ooxml_vocabulary vocabulary, const char *name) {
  if (reader->at_end)
    return NULL;
  xmlChar *value = attribute(reader, vocabulary, name);
  if (value == NULL)
    return NULL;
  memory_reserve((void **)&reader->values, &reader->value_capacity, reader->value_count + 1, sizeof *reader->values);
  reader->values[reader->value_count++] = value;
  return (const char *)value;
}

const char *ooxml_characters(const struct ooxml_reader *reader) {
  const char *characters = (const char *)xmlTextReaderConstValue(reader->xml);
  return characters != NULL ? characters : "";
}

int ooxml_depth(const struct ooxml_reader *reader) {
  return xmlTextReaderDepth(reader->xml);
}
