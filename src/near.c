/* Names that are nearly what was typed, for the misspelt: the words that records are searched by, few edits away,
 * stand beside the word itself. Meant for when nothing fits exactly. */
#include "near.h"

#include <caseload/near.h>
#include <caseload/record.h>

#include "store/near_sql.h"

#include <caseload/text.h>
#include <string.h>

#define LONGEST 40 /* bytes of a word that is compared */
#define MOST 8     /* near words taken for one */
#define CLOSE 1    /* doubled edits further than the nearest word: Smith for Smiht, without every Amit */

typedef struct {
  char *word;
  int distance; /* doubled; one more for a likeness of the beginning only */
} Near;

typedef struct {
  const char *typed;
  gsize length;
  int limit;      /* edits */
  GArray *found;  /* of Near */
  GHashTable *seen;
} Search;

/* Edits between two short folded words, neighbours that changed places as one; above `limit` some number that is
 * larger. Counts bytes: folded names are as good as ASCII. */
static int edits(const char *a, gsize n, const char *b, gsize m, int limit) {
  int rows[3][LONGEST + 1];
  int *older = rows[0], *old = rows[1], *now = rows[2];
  for (gsize j = 0; j <= m; j++)
    old[j] = (int)j;
  for (gsize i = 1; i <= n; i++) {
    int least = now[0] = (int)i;
    for (gsize j = 1; j <= m; j++) {
      int cost = MIN(MIN(old[j], now[j - 1]) + 1, old[j - 1] + (a[i - 1] != b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        cost = MIN(cost, older[j - 2] + 1);
      now[j] = cost;
      least = MIN(least, cost);
    }
    if (least > limit)
      return limit + 1;
    int *spare = older;
    older = old;
    old = now;
    now = spare;
  }
  return old[m];
}

static void consider(Search *search, const char *word, gsize length) {
  if (g_ascii_isdigit(word[length - 1])) /* an identifier */
    return;
  if (length < 3 || length > LONGEST || length + (gsize)search->limit < search->length)
    return;
  int distance = 2 * (search->limit + 1);
  if (length <= search->length + (gsize)search->limit)
    distance = 2 * edits(search->typed, search->length, word, length, search->limit);
  if (distance > 2 && length > search->length && search->length >= 4 &&
      edits(search->typed, search->length, word, search->length, 1) <= 1)
    distance = MIN(distance, 3); /* the beginning of a longer one, as far as it is typed */
  if (distance > 2 * search->limit)
    return;
  g_autofree char *copy = g_strndup(word, length);
  if (g_hash_table_contains(search->seen, copy))
    return;
  Near near = { g_steal_pointer(&copy), distance };
  g_hash_table_add(search->seen, near.word);
  g_array_append_val(search->found, near);
}

/* Each word of a name. */
static void take(const char *text, gpointer data) {
  while (*text) {
    gsize n = strcspn(text, " -'.,&()/");
    if (n > 0)
      consider(data, text, n);
    text += n + (text[n] != '\0');
  }
}

static int compare(gconstpointer a, gconstpointer b) {
  const Near *x = a, *y = b;
  return x->distance != y->distance ? x->distance - y->distance : strcmp(x->word, y->word);
}

char **cl_near_words(ClSession *session, const ClKind *kind, const char *word) {
  g_autofree char *typed = cl_text_fold(word);
  g_autoptr(GPtrArray) words = g_ptr_array_new();
  gsize length = strlen(typed);
  const ClKind *people = kind->quick_kind ? cl_kind_find(kind->quick_kind) : NULL;
  if (length >= 3 && length <= LONGEST && !strpbrk(typed, "0123456789@")) {
    Search search = { typed, length, length < 5 ? 1 : length < 9 ? 2 : 3, g_array_new(FALSE, FALSE, sizeof(Near)),
                      g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL) };
    cl_near_sql_each(cl_session_get_store(session), kind, take, &search);
    if (people)
      cl_near_sql_each(cl_session_get_store(session), people, take, &search);
    g_array_sort(search.found, compare);
    for (guint i = 0; i < search.found->len && i < MOST; i++) {
      const Near *near = &g_array_index(search.found, Near, i);
      if (near->distance > g_array_index(search.found, Near, 0).distance + CLOSE)
        break;
      g_ptr_array_add(words, g_strdup(near->word));
    }
    g_array_unref(search.found);
    g_hash_table_unref(search.seen);
  }
  g_ptr_array_add(words, NULL);
  return (char **)g_ptr_array_free(g_steal_pointer(&words), FALSE);
}

/* Puts the near words beside each bare word; how many were added. */
static guint widen(ClSession *session, const ClKind *kind, ClNode **node) {
  guint added = 0;
  if ((*node)->type != CL_NODE_QUICK) {
    for (guint i = 0; (*node)->type != CL_NODE_SAVED && i < (*node)->children->len; i++)
      added += widen(session, kind, (ClNode **)&(*node)->children->pdata[i]);
    return added;
  }
  g_auto(GStrv) words = cl_near_words(session, kind, (*node)->word);
  if (!*words)
    return 0;
  ClNode *any = cl_node_new(CL_NODE_OR);
  g_ptr_array_add(any->children, *node);
  for (; words[added]; added++) {
    ClNode *near = cl_node_new(CL_NODE_QUICK);
    near->word = g_strdup(words[added]);
    g_ptr_array_add(any->children, near);
  }
  *node = any;
  return added;
}

ClFilter *cl_filter_near(ClSession *session, const ClFilter *filter) {
  g_autoptr(ClFilter) wide = cl_filter_copy(filter);
  return widen(session, wide->kind, &wide->root) > 0 ? g_steal_pointer(&wide) : NULL;
}

/* ---- the same name --------------------------------------------------------------------------- */

typedef struct {
  char *core;
  char *found; /* the nearest name, folded */
  int distance;
} Namesake;

/* A folded name without what says only of what kind a company is. */
static char *core_of(const char *folded) {
  static const char *const forms[] = { "ltd", "limited", "plc", "llp", "pty", "inc", "incorporated", "corp", "co", "company", "the", "and" };
  g_auto(GStrv) words = g_strsplit_set(folded, " .,-'&()/", -1);
  GString *core = g_string_new(NULL);
  for (char **word = words; *word; word++) {
    gboolean form = !**word;
    for (gsize i = 0; i < G_N_ELEMENTS(forms) && !form; i++)
      form = g_str_equal(*word, forms[i]);
    if (!form)
      g_string_append_printf(core, "%s%s", core->len ? " " : "", *word);
  }
  return g_string_free(core, FALSE);
}

static void compare_names(const char *text, gpointer data) {
  Namesake *search = data;
  g_autofree char *core = core_of(text);
  gsize n = strlen(search->core), m = strlen(core);
  int limit = n < 6 ? 0 : n < 12 ? 1 : 2;
  int distance = g_str_equal(core, search->core) ? 0
                 : n > LONGEST || m > LONGEST || m > n + (gsize)limit || n > m + (gsize)limit ? limit + 1
                                                                                       : edits(search->core, n, core, m, limit);
  if (distance > limit || (search->found && distance >= search->distance))
    return;
  g_free(search->found);
  search->found = g_strdup(text);
  search->distance = distance;
}

char *cl_near_record(ClSession *session, const ClKind *kind, const char *name, ClId except) {
  g_autofree char *folded = cl_text_fold(name);
  Namesake search = { core_of(folded), NULL, 0 };
  char *words = NULL;
  if (*search.core)
    cl_near_sql_each(cl_session_get_store(session), kind, compare_names, &search);
  ClId id = search.found ? cl_near_sql_find(cl_session_get_store(session), kind, search.found, except) : 0;
  if (id) {
    g_autofree char *is = cl_record_dup_name(session, kind, id);
    words = g_strdup_printf("“%s” is there already.", is);
  }
  g_free(search.core);
  g_free(search.found);
  return words;
}
