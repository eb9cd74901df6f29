/* Lists that are a desk (desk.h): what they begin with and, where several are the sections of one screen, the bar that
 * names them all. Tab goes from one section to the next; those that are closed to the user are dimmed. */
#include "list_private.h"

#include "../pointer.h"

#include <caseload/error.h>
#include <caseload/text.h>
#include <string.h>

#define LEAST_ROWS 6 /* below that the bar gives way to the list */

gboolean list_sections_set_up(ListView *view) {
  g_autoptr(GError) error = NULL;
  view->base = cl_filter_parse(app_get_session(view->view.app), view->kind, view->desk->filter, NULL, &error);
  list_columns_use_text(view, view->desk->columns);
  if (view->base && cl_sort_parse(view->kind, view->desk->sort, &view->sort, &error))
    return TRUE;
  app_say_gerror(view->view.app, &error);
  return FALSE;
}

void list_view_open_desk(App *app, const ClDesk *desk) {
  if (desk->of)
    app_show_section(app, desk);
  else
    app_push(app, list_view_new_desk(app, desk));
}

/* The sections of the screen, in order. */
static GPtrArray *sections_of(const ListView *view) {
  GPtrArray *sections = g_ptr_array_new();
  for (const ClDesk *desk = cl_desks(); view->desk && desk->id; desk++)
    if (cl_desk_is_beside(desk, view->desk))
      g_ptr_array_add(sections, (gpointer)desk);
  return sections;
}

static gboolean is_open(const ListView *view, const ClDesk *desk) {
  return cl_desk_concerns(app_get_session(view->view.app), desk);
}

/* The first section to draw so that the one in sight has room. */
static guint first_section(const ListView *view, const GPtrArray *sections, int room) {
  guint at = 0;
  g_ptr_array_find((GPtrArray *)sections, view->desk, &at);
  guint first = at;
  for (int used = 0; first > 0; first--) {
    used += cl_text_width(((const ClDesk *)sections->pdata[first])->tab) + 2;
    if (used + cl_text_width(((const ClDesk *)sections->pdata[first - 1])->tab) + 4 > room)
      break;
  }
  return first;
}

Area list_sections_draw(const ListView *view, Area area) {
  g_autoptr(GPtrArray) sections = sections_of(view);
  if (sections->len == 0 || area.h < LEAST_ROWS)
    return area;
  guint first = first_section(view, sections, area.w);
  int x = 1;
  if (first > 0)
    x += draw_text(area, 0, x, -1, THEME_HINT, "…") + 1;
  for (guint i = first; i < sections->len; i++) {
    const ClDesk *desk = sections->pdata[i];
    int width = cl_text_width(desk->tab);
    if (x + width + (i + 1 < sections->len ? 3 : 0) > area.w) {
      draw_text(area, 0, x, -1, THEME_HINT, "…");
      break;
    }
    draw_text(area, 0, x, -1, desk == view->desk ? THEME_TAB : is_open(view, desk) ? THEME_TEXT : THEME_DISABLED, desk->tab);
    draw_spot(area, 0, x, width, (Spot){SPOT_ROW, view->desk, i});
    x += width + 2;
  }
  return area_sub(area, 1, 0, area.h - 1, area.w);
}

static void go_to(const ListView *view, const ClDesk *desk) {
  App *app = view->view.app;
  g_autofree char *refusal = cl_desk_refusal(app_get_session(app), desk);
  if (refusal)
    app_say(app, "%s", refusal);
  else
    app_show_section(app, desk);
}

/* Around the end, leaving out what is closed. */
static void step(const ListView *view, const GPtrArray *sections, int by) {
  guint at = 0, n = sections->len;
  g_ptr_array_find((GPtrArray *)sections, view->desk, &at);
  for (guint tried = 1; tried <= n; tried++) {
    const ClDesk *desk = sections->pdata[(at + (by > 0 ? tried : n - tried)) % n];
    if (!is_open(view, desk))
      continue;
    go_to(view, desk);
    return;
  }
}

gboolean list_sections_command(ListView *view, Verb verb) {
  gboolean tab = verb == VERB_NEXT || verb == VERB_PREVIOUS;
  gsize clicked = 0;
  if (!tab && verb != VERB_CLICK)
    return FALSE;
  g_autoptr(GPtrArray) sections = sections_of(view);
  if (sections->len == 0 || (!tab && !pointer_is_on(view->desk, &clicked)))
    return FALSE;
  if (tab)
    step(view, sections, verb == VERB_NEXT ? 1 : -1);
  else
    go_to(view, sections->pdata[clicked]);
  return TRUE;
}

char *list_sections_words(const ListView *view) {
  return g_strdup(view->desk->of ? "Tab: next section" : view->desk->help);
}
