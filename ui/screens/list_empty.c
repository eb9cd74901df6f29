/* The empty list: why it is empty, and what to press. Words that are no name but a choice ("overdue") are offered
 * as the condition that was meant. */
#include "list_private.h"

#include "../words.h"

#include <string.h>

static char *dup_meant(const ListView *view, char **words) {
  gboolean empty = view->widget.n_rows == 0 && !view->board && !list_view_is_loading(view);
  return empty && list_view_is_filtered(view) ? cl_filter_meant(view->filter, words) : NULL;
}

/* Two sentences, each as far down as the first one takes rows. */
static void say(Area area, const char *text, const char *hint) {
  int rows = draw_wrapped(area, 1, 3, area.w - 4, 3, THEME_TEXT, text);
  draw_wrapped(area, 1 + rows, 3, area.w - 4, 3, THEME_HINT, hint);
}

static void draw_filtered(const ListView *view, Area area, const char *what) {
  g_autofree char *words = NULL, *meant = dup_meant(view, &words);
  /* While the filter line is typed, Enter keeps it first, and what can be typed lies over the first rows. */
  gboolean typing = list_filter_is_typed(view);
  area = area_sub(area, typing && area.h > 14 ? 9 : 0, 0, area.h, area.w);
  if (!meant) {
    g_autofree char *text = g_strdup_printf("No %s match. F switches the filter off, f changes it.", what);
    say(area, text, "A name that may be misspelt: Ctrl-P finds what is nearly so.");
    return;
  }
  draw_format(area, 1, 3, -1, THEME_TEXT, "None of these %s holds the word%s “%s”.", what,
              strchr(words, ' ') ? "s" : "", words);
  draw_format(area, 2, 3, -1, THEME_TEXT, "Enter%s filters by what was probably meant:", typing ? " twice" : "");
  draw_text(area, 3, 5, -1, THEME_KEY, meant);
}

void list_empty_draw(const ListView *view, Area area) {
  g_autofree char *what = words_several(view->kind);
  if (cl_list_get_state(view->list) == CL_LIST_FAILED) {
    const char *error = cl_list_get_error(view->list);
    draw_wrapped(area, 1, 3, area.w - 6, 4, THEME_ERROR, error ? error : "The list could not be read.");
  } else if (list_view_is_loading(view)) {
    draw_text(area, 1, 3, -1, THEME_HINT, "reading…");
  } else if (list_view_is_filtered(view)) {
    draw_filtered(view, area, what);
  } else {
    gboolean import = !view->new_refusal && cl_session_may(app_get_session(view->view.app), "import");
    g_autofree char *hint = g_strdup_printf("Many at once: caseload import %s FILE.csv", view->kind->plural);
    g_autofree char *text =
        g_strdup_printf("There are no %s that you may see.%s", what, view->new_refusal ? "" : " a makes one.");
    say(area, text, import ? hint : "");
  }
}

gboolean list_empty_is_mistaken(const ListView *view) {
  g_autofree char *words = NULL, *meant = dup_meant(view, &words);
  return meant != NULL;
}

gboolean list_empty_take_meant(ListView *view) {
  g_autofree char *words = NULL, *meant = dup_meant(view, &words);
  if (!meant)
    return FALSE;
  list_view_set_filter(&view->view, meant);
  app_say(view->view.app, LIST_KEEP_FILTER);
  return TRUE;
}
