/* Opening a package and finding out what it is. */
#include "core/ooxml/ooxml_private.h"

#include "core/base/memory.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define ZIP_BEGINNING "PK\x03\x04"
#define COMPOUND_BEGINNING                                                                                             \
  "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" /* [MS-CFB] 2.2: Office files before 2007, encrypted ones */

static bool begins_with(const char *bytes, size_t length, const char *beginning) {
  return length >= strlen(beginning) && memcmp(bytes, beginning, strlen(beginning)) == 0;
}

bool ooxml_looks_like(const char *bytes, size_t length) {
  return begins_with(bytes, length, ZIP_BEGINNING) || begins_with(bytes, length, COMPOUND_BEGINNING);
}

/* ---- errors -------------------------------------------------------------- */

static const struct {
  const char *name;
  const char *article;
  const char *ending;
  const char *program;
} kinds[] = {
    [OOXML_DOCUMENT] = {"Word document", "a", ".docx", "Word"},
    [OOXML_WORKBOOK] = {"Excel workbook", "an", ".xlsx", "Excel"},
};

const char *ooxml_kind_name(enum ooxml_kind kind) {
  return kinds[kind].name;
}

bool ooxml_damaged(const struct ooxml *package, const char *part, const char *why, struct error *error) {
  error_set(error, ERROR_DATA, "this %s is damaged: %s%s%s%s", ooxml_kind_name(package->kind), why,
            part != NULL ? ", in its part \"" : "", part != NULL ? part : "", part != NULL ? "\"" : "");
  error_remedy(
      error, "Open it in %s or LibreOffice, let it be repaired, and save it anew; or ask the sender to send it again.",
      kinds[package->kind].program);
  return error_at(error, package->name, 0, 0);
}

bool ooxml_encrypted(const char *name, struct error *error) {
  error_set(error, ERROR_DATA, "encrypted with a password");
  error_remedy(error, "Open it with its password, take the password away (in Word and Excel: File, Info, Protect, "
                      "Encrypt with Password) and save it again.");
  return error_at(error, name, 0, 0);
}

bool ooxml_too_large(const struct ooxml *package, const char *part, struct error *error) {
  error_set(error, ERROR_DATA, "too large: more than %u MiB when it is unpacked, in its part \"%s\"",
            OOXML_INFLATED_MAX >> 20, part);
  error_remedy(error, "A %s that says this little in so much is not to be trusted. Ask the sender for another.",
               ooxml_kind_name(package->kind));
  return error_at(error, package->name, 0, 0);
}

/* `what_it_is` NULL: nobody knows. */
static void refuse(const struct ooxml *package, const char *what_it_is, struct error *error) {
  error_set(error, ERROR_DATA, "%s%snot %s %s (%s)", what_it_is != NULL ? what_it_is : "",
            what_it_is != NULL ? ", " : "", kinds[package->kind].article, kinds[package->kind].name,
            kinds[package->kind].ending);
  error_at(error, package->name, 0, 0);
}

/* Something that the program for files of this kind may be able to open. */
static bool not_saved_so(const struct ooxml *package, const char *what_it_is, struct error *error) {
  refuse(package, what_it_is, error);
  return error_remedy(error, "Open it in %s or LibreOffice and save it as %s.", kinds[package->kind].program,
                      kinds[package->kind].ending);
}

/* A file of another kind, which can't be saved as one of this kind. */
static bool another_file(const struct ooxml *package, const char *what_it_is, struct error *error) {
  refuse(package, what_it_is, error);
  return error_remedy(error, "Check which file you named: what is read here is %s %s.", kinds[package->kind].article,
                      kinds[package->kind].name);
}

/* ---- what is no zip file ------------------------------------------------- */

/* An encrypted package is a compound file with a stream of this name ([MS-OFFCRYPTO] 2.3.4.4); names are UTF-16. */
static bool holds_encrypted_package(const char *bytes, size_t length) {
  static const char stream[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
  return memmem(bytes, length, stream, sizeof stream) != NULL;
}

static bool refuse_bytes(const struct ooxml *package, const char *bytes, size_t length, struct error *error) {
  if (!begins_with(bytes, length, COMPOUND_BEGINNING))
    return not_saved_so(package, NULL, error);
  if (holds_encrypted_package(bytes, length))
    return ooxml_encrypted(package->name, error);
  return not_saved_so(package, "a file of an Office before 2007 (.doc, .xls)", error);
}

/* ---- what kind of package it is ------------------------------------------ */

zip_int64_t ooxml_locate(const struct ooxml *package, const char *part) {
  zip_int64_t found = zip_name_locate(package->zip, part, 0);
  return found >= 0 ? found : zip_name_locate(package->zip, part, ZIP_FL_NOCASE);
}

/* What a content type says that its part is: the sort of file, and which of our kinds it is, or neither. */
enum { OTHER = -1, BINARY_WORKBOOK = -2 };
static const struct {
  const char *within; /* a stretch of the content type */
  int kind;
  const char *what_it_is;
} content_types[] = {
    {"sheet.binary", BINARY_WORKBOOK, "a binary Excel workbook (.xlsb)"},
    {"wordprocessingml.document.main", OOXML_DOCUMENT, "a Word document"},
    {"wordprocessingml.template.main", OOXML_DOCUMENT, "a Word template"},
    {"ms-word.document.macroEnabled.main", OOXML_DOCUMENT, "a Word document"},
    {"ms-word.template.macroEnabledTemplate.main", OOXML_DOCUMENT, "a Word template"},
    {"spreadsheetml.sheet.main", OOXML_WORKBOOK, "an Excel workbook"},
    {"spreadsheetml.template.main", OOXML_WORKBOOK, "an Excel template"},
    {"ms-excel.sheet.macroEnabled.main", OOXML_WORKBOOK, "an Excel workbook"},
    {"ms-excel.template.macroEnabled.main", OOXML_WORKBOOK, "an Excel template"},
    {"presentationml", OTHER, "a PowerPoint presentation"},
};

static bool judge_content_type(const struct ooxml *package, const char *type, struct error *error) {
  for (size_t i = 0; type != NULL && i < sizeof content_types / sizeof *content_types; i++) {
    if (strstr(type, content_types[i].within) == NULL)
      continue;
    if (content_types[i].kind == (int)package->kind)
      return true;
    bool saved_so = package->kind == OOXML_WORKBOOK && content_types[i].kind == BINARY_WORKBOOK;
    return (saved_so ? not_saved_so : another_file)(package, content_types[i].what_it_is, error);
  }
  return not_saved_so(package, NULL, error);
}

static bool ends_in(const char *s, const char *ending) {
  size_t length = strlen(s), wanted = strlen(ending);
  return wanted < length && s[length - wanted - 1] == '.' && strcasecmp(s + length - wanted, ending) == 0;
}

/* The content type of the main part: its own entry, else that of its ending. */
static bool find_content_type(struct ooxml *package, char **type, struct error *error) {
  AUTO_OOXML_READER struct ooxml_reader *reader = NULL;
  if (!ooxml_read(package, "[Content_Types].xml", &reader, error))
    return false;
  enum ooxml_event event;
  while ((event = ooxml_next(reader, error)) != OOXML_PART_END) {
    if (event == OOXML_FAILED)
      return false;
    if (event != OOXML_ELEMENT)
      continue;
    const char *part = ooxml_attribute(reader, OOXML_PLAIN, "PartName");
    const char *ending = ooxml_attribute(reader, OOXML_PLAIN, "Extension");
    const char *content_type = ooxml_attribute(reader, OOXML_PLAIN, "ContentType");
    bool own = part != NULL && ooxml_is(reader, OOXML_CONTENT_TYPES, "Override") &&
               strcasecmp(part + (*part == '/'), package->main_part) == 0;
    bool general = *type == NULL && ending != NULL && ooxml_is(reader, OOXML_CONTENT_TYPES, "Default") &&
                   ends_in(package->main_part, ending);
    if (content_type == NULL || (!own && !general))
      continue;
    free(*type);
    *type = memory_string(content_type);
    if (own)
      break;
  }
  return true;
}

static bool judge(struct ooxml *package, struct error *error) {
  AUTO_FREE char *type = NULL;
  if (ooxml_locate(package, "mimetype") >= 0)
    return not_saved_so(package, "an OpenDocument file", error);
  if (ooxml_locate(package, "[Content_Types].xml") < 0)
    return another_file(package, "a zip file", error);
  if (!ooxml_related(package, "", "officeDocument", NULL, &package->main_part, error))
    return false;
  if (package->main_part == NULL)
    return not_saved_so(package, NULL, error);
  return find_content_type(package, &type, error) && judge_content_type(package, type, error);
}

/* ---- opening ------------------------------------------------------------- */

static bool open_zip(struct ooxml *package, const char *bytes, size_t length, struct error *error) {
  zip_error_t why;
  zip_error_init(&why);
  zip_source_t *source = zip_source_buffer_create(bytes, length, 0, &why);
  if (source != NULL)
    package->zip = zip_open_from_source(source, ZIP_RDONLY, &why);
  if (package->zip == NULL) {
    if (zip_error_code_zip(&why) == ZIP_ER_MEMORY)
      memory_exhausted();
    ooxml_damaged(package, NULL, zip_error_strerror(&why), error);
    zip_source_free(source);
  }
  zip_error_fini(&why);
  return package->zip != NULL;
}

bool ooxml_open(struct ooxml **out, const char *name, const char *bytes, size_t length, enum ooxml_kind kind,
                struct error *error) {
  AUTO_OOXML struct ooxml *package = memory_new(1, sizeof *package);
  *out = NULL;
  package->name = memory_string(name);
  package->kind = kind;
  package->inflated_max = OOXML_INFLATED_MAX;
  if (!begins_with(bytes, length, ZIP_BEGINNING))
    return refuse_bytes(package, bytes, length, error);
  if (!open_zip(package, bytes, length, error) || !judge(package, error))
    return false;
  *out = package;
  package = NULL;
  return true;
}

void ooxml_trust(struct ooxml *package) {
  package->inflated_max = UINT64_MAX;
}

void ooxml_close(struct ooxml **pointer) {
  struct ooxml *package = *pointer;
  if (package == NULL)
    return;
  if (package->zip != NULL)
    zip_discard(package->zip);
  free(package->name);
  free(package->main_part);
  free(package);
  *pointer = NULL;
}

const char *ooxml_main_part(const struct ooxml *package) {
  return package->main_part;
}
