/* What a job's words become: names of files, and the words of a hook's command. */
#include "reports/export/job.h"

#include "core/base/memory.h"

#include <string.h>

/* ---- names of files ------------------------------------------------------ */

static const char *placeholder(const struct job_file_facts *facts, const char *name, size_t length) {
  const struct {
    const char *name, *value;
  } known[] = {{"job", facts->job},
               {"report", facts->report},
               {"lang", facts->language},
               {"as_of", facts->as_of},
               {"date", facts->date}};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (strlen(known[i].name) == length && strncmp(known[i].name, name, length) == 0)
      return known[i].value;
  return "";
}

void job_file_name(const struct job_report *report, const struct job_file_facts *facts,
                   const struct render_format *format, struct text *out) {
  const char *pattern = report->file;
  if (pattern == NULL)
    pattern = report->language_count > 1 ? "{report}-{lang}" : "{report}";
  for (const char *at = pattern; *at != '\0'; at++) {
    size_t length = *at == '{' ? strcspn(at, "}") : 0;
    if (*at != '{' || at[length] == '\0') {
      text_add_char(out, *at);
      continue;
    }
    text_add(out, placeholder(facts, at + 1, length - 1));
    at += length;
  }
  text_add(out, format->ending);
}

/* ---- commands ------------------------------------------------------------ */

/* Takes one word, which is written at *out with its NUL. False when a quote isn't closed. */
static bool take_word(const char **at, char **out) {
  char quote = '\0';
  for (; **at != '\0' && (quote != '\0' || (**at != ' ' && **at != '\t')); (*at)++) {
    if (quote == '\0' && (**at == '\'' || **at == '"'))
      quote = **at;
    else if (quote != '\0' && **at == quote)
      quote = '\0';
    else {
      if (**at == '\\' && quote != '\'' && (*at)[1] != '\0')
        (*at)++;
      *(*out)++ = **at;
    }
  }
  *(*out)++ = '\0';
  return quote == '\0';
}

bool job_hook_words(const char *command, char ***words) {
  size_t length = strlen(command), count = 0;
  AUTO_FREE char **list = memory_new(length / 2 + 2, sizeof *list);
  AUTO_FREE char *bytes = memory_new(length + 2, 1);
  char *out = bytes;
  bool good = true;
  for (const char *at = command; good;) {
    while (*at == ' ' || *at == '\t')
      at++;
    if (*at == '\0')
      break;
    list[count++] = out;
    good = take_word(&at, &out);
  }
  if (!good || count == 0 || *list[0] == '\0')
    return false;
  *words = list;
  list = NULL;
  bytes = NULL;
  return true;
}
