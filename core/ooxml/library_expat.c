/* What is called of expat, which is loaded when it is (core/base/library.h). */
#include "config.h"
#include "core/base/library.h"

#include <expat.h>

static struct library expat = {.file = EXPAT_FILE};

#define FUNCTION(type, name, parameters, arguments) LIBRARY_FUNCTION(&expat, type, name, parameters, arguments)

FUNCTION(const XML_LChar *, XML_ErrorString, (enum XML_Error code), (code))
FUNCTION(void *, XML_GetBuffer, (XML_Parser parser, int length), (parser, length))
FUNCTION(enum XML_Error, XML_GetErrorCode, (XML_Parser parser), (parser))
FUNCTION(enum XML_Status, XML_ParseBuffer, (XML_Parser parser, int length, int last), (parser, length, last))
FUNCTION(XML_Parser, XML_ParserCreateNS, (const XML_Char *encoding, XML_Char separator), (encoding, separator))
FUNCTION(void, XML_ParserFree, (XML_Parser parser), (parser))
FUNCTION(void, XML_SetCharacterDataHandler, (XML_Parser parser, XML_CharacterDataHandler handler), (parser, handler))
FUNCTION(void, XML_SetElementHandler, (XML_Parser parser, XML_StartElementHandler start, XML_EndElementHandler end),
         (parser, start, end))
FUNCTION(void, XML_SetStartDoctypeDeclHandler, (XML_Parser parser, XML_StartDoctypeDeclHandler start), (parser, start))
FUNCTION(void, XML_SetUserData, (XML_Parser parser, void *data), (parser, data))
FUNCTION(enum XML_Status, XML_StopParser, (XML_Parser parser, XML_Bool resumable), (parser, resumable))
