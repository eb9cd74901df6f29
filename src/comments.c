/* Comments that a user gave to runs: why something was done is often the same as last time. */
#include <caseload/list.h>
#include <caseload/run.h>

enum { LOOKED_AT = 300 };

typedef struct {
  GPtrArray *texts;
  gsize most;
} Earlier;

static gboolean add_comment(const ClRow *row, gpointer data) {
  Earlier *earlier = data;
  const char *text = row->cells[0].tag == CL_VALUE_TEXT ? row->cells[0].s : NULL;
  if (text && *text && !g_ptr_array_find_with_equal_func(earlier->texts, text, g_str_equal, NULL))
    g_ptr_array_add(earlier->texts, g_strdup(text));
  return earlier->texts->len < earlier->most;
}

char **cl_run_earlier_comments(ClSession *session, gsize most) {
  const ClKind *kind = cl_kind_find("run");
  Earlier earlier = { g_ptr_array_new_with_free_func(g_free), most };
  g_autoptr(ClFilter) mine = cl_filter_parse(session, kind, "started_by:me reason:any", NULL, NULL);
  ClSort sort = { .n = 0 };
  ClColumn column = { 0 };
  if (mine && cl_sort_parse(kind, "-id", &sort, NULL) && cl_column_parse(kind, "reason", &column, NULL))
    cl_query_each(session, mine, &sort, &column, 1, LOOKED_AT, add_comment, &earlier, NULL);
  g_ptr_array_add(earlier.texts, NULL);
  return (char **)g_ptr_array_free(earlier.texts, FALSE);
}
