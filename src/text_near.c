/* How far two words are apart, for "did you mean" and for names that may be misspelt. */
#include <caseload/text.h>

#include <string.h>

static gunichar *code_points(const char *text, glong *n) {
  if (g_utf8_validate(text, -1, NULL))
    return g_utf8_to_ucs4_fast(text, -1, n);
  g_autofree char *valid = g_utf8_make_valid(text, -1);
  return g_utf8_to_ucs4_fast(valid, -1, n);
}

/* Optimal string alignment: insert, delete, replace, swap neighbours; three rows are enough. */
int cl_text_distance(const char *a, const char *b) {
  if (strcmp(a, b) == 0)
    return 0;
  glong n, m;
  g_autofree gunichar *x = code_points(a, &n), *y = code_points(b, &m);
  g_autofree int *rows = g_new(int, 3 * (gsize)(m + 1));
  int *older = rows, *old = rows + m + 1, *now = old + m + 1;
  for (glong j = 0; j <= m; j++)
    old[j] = (int)j;
  for (glong i = 1; i <= n; i++) {
    now[0] = (int)i;
    for (glong j = 1; j <= m; j++) {
      int cost = MIN(MIN(old[j], now[j - 1]) + 1, old[j - 1] + (x[i - 1] != y[j - 1]));
      if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
        cost = MIN(cost, older[j - 2] + 1);
      now[j] = cost;
    }
    int *spare = older;
    older = old;
    old = now;
    now = spare;
  }
  return old[m];
}

const char *cl_text_nearest(const char *word, const char *const *candidates) {
  g_autofree char *folded = cl_text_fold(word);
  glong length = g_utf8_strlen(folded, -1);
  int best = (int)MIN(length / 3 + 1, 4);
  const char *nearest = NULL;
  if (length < 2 || length > 64)
    return NULL;
  for (; *candidates; candidates++) {
    g_autofree char *candidate = cl_text_fold(*candidates);
    glong other = g_utf8_strlen(candidate, -1);
    int distance = G_MAXINT;
    if (length >= 3 && g_str_has_prefix(candidate, folded))
      distance = 1;
    else if (ABS(other - length) < best && other > 1)
      distance = cl_text_distance(folded, candidate);
    if (distance < best && distance < other) {
      best = distance;
      nearest = *candidates;
    }
  }
  return nearest;
}
