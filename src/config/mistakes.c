/* Mistakes of one file: collected wherever they are found, told in the order of the file. */
#include "tree.h"

#include <caseload/text.h>

#define MOST 100
#define MOST_LETTERS 300

typedef struct {
  int line, column;
  guint order;
  char *sentence;
} Mistake;

struct ClMistakes {
  char *file;
  GArray *v; /* of Mistake */
  gsize count;
};

static void mistake_clear(gpointer mistake) {
  g_free(((Mistake *)mistake)->sentence);
}

ClMistakes *cl_mistakes_new(const char *file) {
  ClMistakes *mistakes = g_new0(ClMistakes, 1);
  mistakes->file = cl_text_display(file);
  mistakes->v = g_array_new(FALSE, FALSE, sizeof(Mistake));
  g_array_set_clear_func(mistakes->v, mistake_clear);
  return mistakes;
}

void cl_mistakes_free(ClMistakes *mistakes) {
  if (!mistakes)
    return;
  g_free(mistakes->file);
  g_array_unref(mistakes->v);
  g_free(mistakes);
}

void cl_mistakes_add(ClMistakes *mistakes, int line, int column, const char *format, ...) {
  mistakes->count++;
  if (mistakes->v->len >= MOST)
    return;
  va_list args;
  va_start(args, format);
  g_autofree char *sentence = g_strdup_vprintf(format, args);
  va_end(args);
  Mistake mistake = { line, column, mistakes->v->len, NULL };
  if (g_utf8_strlen(sentence, -1) > MOST_LETTERS) {
    g_autofree char *start = g_utf8_substring(sentence, 0, MOST_LETTERS);
    mistake.sentence = g_strconcat(start, "…", NULL);
  } else {
    mistake.sentence = g_steal_pointer(&sentence);
  }
  g_array_append_val(mistakes->v, mistake);
}

gsize cl_mistakes_count(const ClMistakes *mistakes) {
  return mistakes->count;
}

char *cl_mistakes_place(const ClMistakes *mistakes, int line, int column) {
  return g_strdup_printf("%s:%d:%d", mistakes->file, line, column);
}

static int compare(gconstpointer a, gconstpointer b) {
  const Mistake *x = a, *y = b;
  if (x->line != y->line)
    return x->line < y->line ? -1 : 1;
  if (x->column != y->column)
    return x->column < y->column ? -1 : 1;
  return x->order < y->order ? -1 : x->order > y->order;
}

void cl_mistakes_report(const ClMistakes *mistakes, GPtrArray *lines) {
  g_array_sort(mistakes->v, compare);
  for (guint i = 0; i < mistakes->v->len; i++) {
    const Mistake *m = &g_array_index(mistakes->v, Mistake, i);
    g_ptr_array_add(lines, g_strdup_printf("%s:%d:%d: %s", mistakes->file, m->line, m->column, m->sentence));
  }
  if (mistakes->count > mistakes->v->len)
    g_ptr_array_add(lines, g_strdup_printf("%s: %" G_GSIZE_FORMAT " more mistakes follow; correct these first",
                                           mistakes->file, mistakes->count - mistakes->v->len));
}
