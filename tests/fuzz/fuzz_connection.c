/*
 * libFuzzer target: any text as a connection string and as a ledger head.  A password is always noticed and taken out;
 * what is left is a connection string still.
 */
#include "core/base/memory.h"
#include "core/database/db_connect.h"
#include "core/ledger/verify.h"
#include "tests/fuzz/must.h"

#include <stdlib.h>
#include <string.h>

static void split(const char *conninfo) {
  AUTO_TEXT struct text rest = {0};
  AUTO_FREE char *password = NULL;
  db_conninfo_split(conninfo, &rest, &password);
  if (password == NULL)
    return;
  must(db_conninfo_has_password(conninfo));
  PQconninfoOption *options = PQconninfoParse(text_string(&rest), NULL);
  must(options != NULL);
  for (const PQconninfoOption *option = options; option->keyword != NULL; option++)
    must(strcmp(option->keyword, "password") != 0 || option->val == NULL);
  PQconninfoFree(options);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size) {
  AUTO_FREE char *s = memory_string_n((const char *)data, size);
  struct ledger_head head;
  struct error error = {0};
  if (ledger_head_parse(s, &head, &error))
    must(head.position > 0 && strlen(head.batch_sha256) == SHA256_TEXT_SIZE - 1);
  split(s);
  return 0;
}
