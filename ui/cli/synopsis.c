/* Reads the synopsis of a command, "KIND [FILTER] [--columns a,b] [--count]", so that manual page and shell
 * completions need no second table of options. */
#include "command.h"

#include <string.h>

static void part_free(gpointer data) {
  CliPart *part = data;
  g_free(part->option);
  g_free(part->value);
  g_free(part);
}

/* A word without brackets and dots. */
static char *bare(const char *word) {
  g_auto(GStrv) pieces = g_strsplit_set(word, "[]", -1);
  char *text = g_strjoinv("", pieces);
  if (g_str_has_suffix(text, "..."))
    text[strlen(text) - 3] = '\0';
  return text;
}

static gboolean is_value(const char *word) {
  return word && *word && *word != '[' && *word != '|' && *word != '-';
}

GPtrArray *cli_synopsis_parts(const char *synopsis) {
  GPtrArray *parts = g_ptr_array_new_with_free_func(part_free);
  g_auto(GStrv) words = g_strsplit(synopsis, " ", -1);
  for (guint i = 0; words[i]; i++) {
    g_autofree char *text = bare(words[i]);
    if (!*text || strcmp(text, "|") == 0)
      continue;
    CliPart *part = g_new0(CliPart, 1);
    g_ptr_array_add(parts, part);
    if (*text != '-') {
      part->value = g_steal_pointer(&text);
      continue;
    }
    part->option = g_steal_pointer(&text);
    if (!g_str_has_suffix(words[i], "]") && is_value(words[i + 1]))
      part->value = bare(words[++i]);
  }
  return parts;
}
