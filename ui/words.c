/* Small pieces of wording that screens share. */
#include "words.h"

#include <string.h>

char *words_quoted(const char *text) {
  GString *line = g_string_new(NULL);
  g_auto(GStrv) words = g_strsplit_set(text, " \t\n", -1);
  for (char **word = words; *word; word++) {
    if (!**word)
      continue;
    g_string_append(line, line->len > 0 ? " \"" : "\"");
    for (const char *p = *word; *p; p++) {
      if (*p == '"' || *p == '\\')
        g_string_append_c(line, '\\');
      g_string_append_c(line, *p);
    }
    g_string_append_c(line, '"');
  }
  return g_string_free(line, FALSE);
}

char *words_inside(const char *label) {
  const char *next = g_utf8_next_char(label);
  if (!*label || g_unichar_isupper(g_utf8_get_char(next)))
    return g_strdup(label);
  g_autofree char *first = g_utf8_strdown(label, (gssize)(next - label));
  return g_strconcat(first, next, NULL);
}

char *words_several(const ClKind *kind) {
  return kind->nouns ? g_strdup(kind->nouns) : words_inside(kind->label_plural);
}

char *words_number(gint64 number) {
  g_autofree char *digits = g_strdup_printf("%" G_GINT64_FORMAT, ABS(number));
  GString *text = g_string_new(number < 0 ? "-" : NULL);
  for (const char *p = digits; *p; p++) {
    gsize left = strlen(p);
    g_string_append_c(text, *p);
    if (left > 1 && left % 3 == 1)
      g_string_append_c(text, ',');
  }
  return g_string_free(text, FALSE);
}

char *words_capital(const char *text) {
  char *copy = g_strdup(text);
  if (copy)
    copy[0] = g_ascii_toupper(copy[0]);
  return copy;
}
