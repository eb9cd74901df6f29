/* How many rows there are, of how many without the filter. */
#include "list_private.h"

#include "../words.h"

void list_count_update(ListView *view) {
  if (list_view_is_loading(view))
    return;
  if (!list_view_is_filtered(view)) {
    view->total = (gint64)cl_list_length(view->list);
    return;
  }
  if (view->total >= 0 || view->total_list || cl_list_get_state(view->list) != CL_LIST_DONE)
    return;
  g_autoptr(ClFilter) all = list_view_dup_base(view);
  ClSort sort = {.n = 0};
  cl_sort_parse(view->kind, NULL, &sort, NULL);
  view->total_list = cl_list_new(app_get_session(view->view.app), view->kind);
  cl_list_load(view->total_list, all, &sort);
}

void list_count_poll(ListView *view) {
  if (!view->total_list || !cl_list_poll(view->total_list))
    return;
  if (cl_list_get_state(view->total_list) == CL_LIST_DONE)
    view->total = (gint64)cl_list_length(view->total_list);
  else if (cl_list_get_state(view->total_list) != CL_LIST_FAILED)
    return;
  g_clear_pointer(&view->total_list, cl_list_free);
  app_repaint(view->view.app);
}

char *list_count_dup_words(const ListView *view) {
  if (view->board)
    return list_board_counts(view);
  gsize n = cl_list_length(view->list);
  g_autofree char *number = words_number((gint64)n);
  switch (cl_list_get_state(view->list)) {
  case CL_LIST_SORTING:
    return g_strdup("sorting… Esc stops");
  case CL_LIST_LOADING:
    return view->waiting ? g_strdup("reading…") : g_strdup_printf("%s, counting…", number);
  case CL_LIST_FAILED:
    return g_strdup("");
  default:
    break;
  }
  if (!list_view_is_filtered(view) || view->total < 0)
    return g_steal_pointer(&number);
  g_autofree char *total = words_number(view->total);
  return g_strdup_printf("%s of %s", number, total);
}
