/*
 * The XML of a part, inflated and parsed piece by piece: the events of one piece wait in a queue until they are asked
 * for, so that memory is bounded by the piece and the longest tag or text.
 */
#include "core/ooxml/ooxml_private.h"

#include "core/base/memory.h"
#include "core/base/text.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

enum {
  PIECE_SIZE = 1 << 14,
  /* More than any writer makes; what goes beyond is refused. */
  DEPTH_MAX = 256,
  ATTRIBUTES_MAX = 256,
  TAG_MAX = 1 << 20, /* bytes; also of a comment */
  TEXT_MAX = 16 << 20,
};

/* Stands between the address of a vocabulary and the name; no address has it. */
static const char SEPARATOR = '\n';

/* Texts are offsets into the reader's `texts`. */
struct event {
  enum ooxml_event kind;
  int depth;
  size_t name;       /* or the characters; with its vocabulary's address in front */
  size_t attributes; /* names and values in turn, each ended by a NUL */
  size_t attribute_count;
};

struct ooxml_reader {
  struct ooxml *package;
  char *part;
  zip_file_t *file;
  XML_Parser xml;
  struct event *events;
  size_t event_count, event_capacity, next;
  struct text texts;
  struct text characters; /* seen and not yet an event: they may come in several calls */
  int depth;
  size_t silent; /* bytes since the parser last told something */
  bool at_end;   /* all is parsed */
  bool failed;
  struct error problem;
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

/* ---- failing ------------------------------------------------------------- */

/* The first problem stays. */
static void spoil(struct ooxml_reader *reader, const char *why) {
  if (!reader->failed)
    ooxml_damaged(reader->package, reader->part, why, &reader->problem);
  reader->failed = true;
}

/* From a handler: nothing more is parsed. */
static void stop(struct ooxml_reader *reader, const char *why) {
  spoil(reader, why);
  XML_StopParser(reader->xml, XML_FALSE);
}

/* ---- what the parser tells ----------------------------------------------- */

static size_t keep(struct ooxml_reader *reader, const char *s) {
  size_t offset = reader->texts.length;
  text_add_n(&reader->texts, s, strlen(s) + 1);
  return offset;
}

static struct event *add_event(struct ooxml_reader *reader, enum ooxml_event kind, const char *text) {
  memory_reserve((void **)&reader->events, &reader->event_capacity, reader->event_count + 1, sizeof *reader->events);
  struct event *event = &reader->events[reader->event_count++];
  *event = (struct event){.kind = kind, .depth = reader->depth, .name = keep(reader, text)};
  return event;
}

static void end_characters(struct ooxml_reader *reader) {
  if (reader->characters.length == 0)
    return;
  add_event(reader, OOXML_CHARACTERS, reader->characters.data);
  text_clear(&reader->characters);
}

static void begin_element(void *context, const XML_Char *name, const XML_Char **attributes) {
  struct ooxml_reader *reader = context;
  reader->silent = 0;
  end_characters(reader);
  struct event *event = add_event(reader, OOXML_ELEMENT, name);
  event->attributes = reader->texts.length;
  for (size_t i = 0; attributes[i] != NULL; i++) {
    keep(reader, attributes[i]);
    event->attribute_count = i / 2 + 1;
  }
  if (event->attribute_count > ATTRIBUTES_MAX)
    stop(reader, "a tag has too many attributes");
  if (++reader->depth > DEPTH_MAX)
    stop(reader, "its elements are nested too deeply");
}

static void end_element(void *context, const XML_Char *name) {
  struct ooxml_reader *reader = context;
  reader->silent = 0;
  end_characters(reader);
  reader->depth--;
  add_event(reader, OOXML_ELEMENT_END, name);
}

static void add_characters(void *context, const XML_Char *characters, int length) {
  struct ooxml_reader *reader = context;
  reader->silent = 0;
  text_add_n(&reader->characters, characters, (size_t)length);
  if (reader->characters.length > TEXT_MAX)
    stop(reader, "a text is too long");
}

static void refuse_doctype(void *context, const XML_Char *name, const XML_Char *system, const XML_Char *public,
                           int has_internal_subset) {
  (void)name, (void)system, (void)public, (void)has_internal_subset;
  stop(context, "it declares entities of its own");
}

/* ---- opening and closing ------------------------------------------------- */

static bool open_file(struct ooxml_reader *reader, struct error *error) {
  struct ooxml *package = reader->package;
  zip_int64_t index = ooxml_locate(package, reader->part);
  if (index < 0)
    return ooxml_damaged(package, reader->part, "nothing is there", error);
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
  reader->xml = XML_ParserCreateNS(NULL, SEPARATOR);
  if (reader->xml == NULL)
    memory_exhausted();
  XML_SetUserData(reader->xml, reader);
  XML_SetElementHandler(reader->xml, begin_element, end_element);
  XML_SetCharacterDataHandler(reader->xml, add_characters);
  XML_SetStartDoctypeDeclHandler(reader->xml, refuse_doctype);
  *out = reader;
  reader = NULL;
  return true;
}

void ooxml_reader_close(struct ooxml_reader **pointer) {
  struct ooxml_reader *reader = *pointer;
  if (reader == NULL)
    return;
  if (reader->xml != NULL)
    XML_ParserFree(reader->xml);
  if (reader->file != NULL)
    zip_fclose(reader->file);
  free(reader->events);
  text_free(&reader->texts);
  text_free(&reader->characters);
  free(reader->part);
  free(reader);
  *pointer = NULL;
}

/* ---- events -------------------------------------------------------------- */

/* The next piece of the part into the parser's own buffer; its size, 0 at the end, negative when that fails. */
static int inflate_piece(struct ooxml_reader *reader) {
  void *piece = XML_GetBuffer(reader->xml, PIECE_SIZE);
  if (piece == NULL)
    memory_exhausted();
  zip_int64_t got = zip_fread(reader->file, piece, PIECE_SIZE);
  if (got < 0) {
    spoil(reader, zip_error_strerror(zip_file_get_error(reader->file)));
    return -1;
  }
  reader->package->inflated += (uint64_t)got;
  if (reader->package->inflated <= reader->package->inflated_max)
    return (int)got;
  ooxml_too_large(reader->package, reader->part, &reader->problem);
  reader->failed = true;
  return -1;
}

/* Fills the queue with what the next piece brings, maybe nothing. */
static void parse_piece(struct ooxml_reader *reader) {
  reader->event_count = reader->next = 0;
  text_clear(&reader->texts);
  int size = inflate_piece(reader);
  if (size < 0)
    return;
  reader->silent += (size_t)size;
  if (XML_ParseBuffer(reader->xml, size, size == 0) == XML_STATUS_ERROR) {
    if (XML_GetErrorCode(reader->xml) == XML_ERROR_NO_MEMORY)
      memory_exhausted();
    spoil(reader, XML_ErrorString(XML_GetErrorCode(reader->xml)));
  } else if (reader->silent > TAG_MAX) {
    spoil(reader, "a tag is too long");
  }
  reader->at_end = size == 0;
}

enum ooxml_event ooxml_next(struct ooxml_reader *reader, struct error *error) {
  if (reader->next < reader->event_count)
    reader->next++;
  while (reader->next == reader->event_count && !reader->failed && !reader->at_end)
    parse_piece(reader);
  if (reader->failed) {
    *error = reader->problem;
    return OOXML_FAILED;
  }
  return reader->next < reader->event_count ? reader->events[reader->next].kind : OOXML_PART_END;
}

bool ooxml_skip(struct ooxml_reader *reader, struct error *error) {
  int depth = ooxml_depth(reader);
  enum ooxml_event event;
  do {
    event = ooxml_next(reader, error);
  } while (event != OOXML_FAILED && !(event == OOXML_ELEMENT_END && ooxml_depth(reader) == depth));
  return event != OOXML_FAILED;
}

/* ---- looking at the current event ---------------------------------------- */

/* NULL before the first event and after the last. */
static const struct event *current(const struct ooxml_reader *reader) {
  return reader->next < reader->event_count ? &reader->events[reader->next] : NULL;
}

static const char *without_address(const char *name) {
  const char *separator = strrchr(name, SEPARATOR);
  return separator != NULL ? separator + 1 : name;
}

/* Whether a name with its vocabulary's address in front is this one. */
static bool is_name(const char *written, enum ooxml_vocabulary vocabulary, const char *name) {
  const char *local = without_address(written);
  if (strcmp(local, name) != 0)
    return false;
  if (local == written)
    return vocabulary == OOXML_PLAIN;
  size_t length = (size_t)(local - written) - 1;
  for (size_t i = 0; i < 2; i++) {
    const char *address = addresses[vocabulary][i];
    if (address != NULL && strlen(address) == length && memcmp(address, written, length) == 0)
      return true;
  }
  return false;
}

static const char *current_text(const struct ooxml_reader *reader, bool characters) {
  const struct event *event = current(reader);
  return event != NULL && (event->kind == OOXML_CHARACTERS) == characters ? reader->texts.data + event->name : "";
}

bool ooxml_is(const struct ooxml_reader *reader, enum ooxml_vocabulary vocabulary, const char *name) {
  return is_name(current_text(reader, false), vocabulary, name);
}

const char *ooxml_name(const struct ooxml_reader *reader) {
  return without_address(current_text(reader, false));
}

const char *ooxml_attribute(const struct ooxml_reader *reader, enum ooxml_vocabulary vocabulary, const char *name) {
  const struct event *event = current(reader);
  if (event == NULL)
    return NULL;
  const char *at = reader->texts.data + event->attributes;
  for (size_t i = 0; i < event->attribute_count; i++) {
    const char *value = at + strlen(at) + 1;
    if (is_name(at, vocabulary, name))
      return value;
    at = value + strlen(value) + 1;
  }
  return NULL;
}

const char *ooxml_characters(const struct ooxml_reader *reader) {
  return current_text(reader, true);
}

int ooxml_depth(const struct ooxml_reader *reader) {
  const struct event *event = current(reader);
  return event != NULL ? event->depth : 0;
}
