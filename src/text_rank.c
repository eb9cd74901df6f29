/* How well names (of screens, commands, actions) fit what was typed: what is called so comes before what only has the
 * word in it, and what is misspelt is guessed. */
#include <caseload/text.h>

#include <string.h>

char **cl_text_fold_words(const char *text) {
  g_autofree char *folded = cl_text_fold(text);
  g_auto(GStrv) all = g_strsplit_set(folded, " -_./(),", -1);
  g_autoptr(GPtrArray) words = g_ptr_array_new();
  for (char **word = all; *word; word++)
    if (**word)
      g_ptr_array_add(words, g_strdup(*word));
  g_ptr_array_add(words, NULL);
  return (char **)g_ptr_array_free(g_steal_pointer(&words), FALSE);
}

/* Each typed word begins a word of the name. */
static gboolean begins_all(char **name, char **typed) {
  for (; *typed; typed++) {
    gboolean found = FALSE;
    for (char **word = name; *word && !found; word++)
      found = g_str_has_prefix(*word, *typed);
    if (!found)
      return FALSE;
  }
  return TRUE;
}

/* The typed words stand in the name from `at` on, one after the other, the last one perhaps begun only: 2 wholly,
 * 1 begun, 0 not. */
static int stands_at(char **name, char **typed) {
  for (; *typed && *name; typed++, name++)
    if (strcmp(*name, *typed) != 0)
      return !typed[1] && g_str_has_prefix(*name, *typed);
  return *typed ? 0 : 2;
}

int cl_text_rank(const char *name, const char *typed) {
  g_auto(GStrv) words = cl_text_fold_words(name), wanted = cl_text_fold_words(typed);
  if (!*wanted)
    return 0;
  int first = stands_at(words, wanted);
  if (first == 2)
    return g_strv_length(words) == g_strv_length(wanted) ? 0 : 1;
  if (first == 1)
    return 2;
  for (char **word = words; *word; word++)
    if (stands_at(word, wanted) == 2)
      return 3;
  return begins_all(words, wanted) ? 4 : -1;
}

/* Edits between a typed word and one of a name, which may be longer than what was typed so far; -1: too many. */
static int word_distance(const char *word, const char *typed) {
  glong length = g_utf8_strlen(typed, -1), whole = g_utf8_strlen(word, -1);
  if (g_str_has_prefix(word, typed))
    return 0;
  if (length < 3)
    return -1;
  int limit = length < 5 ? 1 : length < 9 ? 2 : 3;
  int distance = ABS(whole - length) <= limit ? cl_text_distance(typed, word) : limit + 1;
  if (whole > length && length >= 4) {
    g_autofree char *begin = g_utf8_substring(word, 0, length);
    distance = MIN(distance, cl_text_distance(typed, begin));
  }
  return distance <= limit ? distance : -1;
}

int cl_text_rank_near(const char *name, const char *typed) {
  g_auto(GStrv) words = cl_text_fold_words(name), wanted = cl_text_fold_words(typed);
  int sum = 0;
  if (!*wanted)
    return -1;
  for (char **want = wanted; *want; want++) {
    int best = -1;
    for (char **word = words; *word; word++) {
      int distance = word_distance(*word, *want);
      if (distance >= 0 && (best < 0 || distance < best))
        best = distance;
    }
    if (best < 0)
      return -1;
    sum += best;
  }
  return sum;
}
