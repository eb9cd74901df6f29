/* Search in a list: the hits are a quick search within the filter, read in the background; the cursor goes to
 * the first one from where the search began, then n and N step through the list's own order. */
#include "list_private.h"

#include "../words.h"

#include <string.h>

#define LABEL 8

typedef struct {
  View view;
  ListView *list;
  Line line;
  gboolean stale; /* letters came since it searched */
} SearchBar;

void list_search_stop(ListView *view) {
  g_clear_pointer(&view->hits, cl_list_free);
  g_clear_pointer(&view->hit_set, cl_id_set_free);
  view->search_due = FALSE;
}

static void take_hits(ListView *view) {
  const ClIds *ids = cl_list_get_ids(view->hits);
  cl_id_set_clear(view->hit_set);
  for (gsize i = 0; i < ids->n; i++)
    cl_id_set_add(view->hit_set, ids->v[i]);
}

/* The first hit from `from` on in the direction of `step`, around the end; G_MAXSIZE when there is none. */
static gsize find_hit(const ListView *view, gsize from, int step, gboolean around) {
  const ClIds *ids = cl_list_get_ids(view->list);
  gsize row = from;
  for (gsize seen = 0; seen < ids->n; seen++) {
    if (row >= ids->n) {
      if (!around)
        return G_MAXSIZE;
      row = step > 0 ? 0 : ids->n - 1;
    }
    if (cl_id_set_has(view->hit_set, ids->v[row]))
      return row;
    row += (gsize)step;
  }
  return G_MAXSIZE;
}

/* Reads the hits within the filter in force; when nothing is spelt so, those that are nearly. */
static void load_hits(ListView *view) {
  g_autofree char *quoted = words_quoted(view->search);
  g_autoptr(ClFilter) words =
      cl_filter_parse(app_get_session(view->view.app), view->kind, quoted, NULL, NULL);
  g_autoptr(ClFilter) both = view->filter && !view->filter_off ? cl_filter_and(view->filter, words) : NULL;
  if (view->search_near)
    cl_list_load_near(view->hits, both ? both : words, &view->sort);
  else
    cl_list_load(view->hits, both ? both : words, &view->sort);
}

static gboolean hits_complete(const ListView *view) {
  ClListState state = cl_list_get_state(view->hits);
  return state != CL_LIST_LOADING && state != CL_LIST_SORTING;
}

static void go_to_first(ListView *view) {
  gssize from =
      view->search_from ? cl_list_position_of(view->list, view->search_from, view->widget.cursor) : 0;
  gsize row = find_hit(view, (gsize)MAX(from, 0), 1, hits_complete(view));
  if (row != G_MAXSIZE) {
    view->search_due = FALSE;
    list_view_go_to(view, row);
    if (view->search_near)
      app_say(view->view.app, "Nothing here is spelt “%s”; this is nearly so. n shows the next.", view->search);
  } else if (hits_complete(view) && !view->search_near) {
    view->search_near = TRUE;
    load_hits(view);
  } else if (hits_complete(view)) {
    view->search_due = FALSE;
    app_say(view->view.app, "Nothing in this list fits “%s”.", view->search);
  }
}

void list_search_poll(ListView *view) {
  if (!view->hits || !cl_list_poll(view->hits))
    return;
  take_hits(view);
  if (view->search_due)
    go_to_first(view);
  app_repaint(view->view.app);
}

static void begin(ListView *view, const char *text) {
  App *app = view->view.app;
  g_autofree char *quoted = words_quoted(text);
  g_autoptr(ClFilter) words = cl_filter_parse(app_get_session(app), view->kind, quoted, NULL, NULL);
  g_free(view->search);
  view->search = g_strdup(text);
  if (!*quoted || !words) {
    list_search_stop(view);
    return;
  }
  if (!view->hits) {
    view->hits = cl_list_new(app_get_session(app), view->kind);
    view->hit_set = cl_id_set_new();
  }
  view->search_due = TRUE;
  view->search_near = FALSE;
  load_hits(view);
}

void list_search_step(ListView *view, int step) {
  App *app = view->view.app;
  if (!view->hits) {
    app_say(app, "Press / to search first.");
    return;
  }
  gsize from = view->widget.cursor + (gsize)step;
  gsize row = find_hit(view, from, step, TRUE);
  if (row == G_MAXSIZE) {
    app_say(app, "Nothing in this list fits “%s”.", view->search);
    return;
  }
  if ((step > 0) != (row > view->widget.cursor))
    app_say(app, step > 0 ? "The search went on at the top." : "The search went on at the end.");
  list_view_go_to(view, row);
}

static void bar_draw(View *view, Area area, gboolean focus) {
  SearchBar *bar = (SearchBar *)view;
  draw_padded(area, 0, 1, area.w - 2, THEME_TEXT, "");
  draw_text(area, 0, 1, LABEL, THEME_KEY, "Search");
  line_draw(&bar->line, area_sub(area, 0, LABEL + 1, 1, area.w - LABEL - 2), THEME_FIELD_FOCUS, focus);
}

static gboolean bar_key(View *view, const Event *event) {
  SearchBar *bar = (SearchBar *)view;
  g_autofree char *before = g_strdup(line_get(&bar->line));
  if (!line_key(&bar->line, event))
    return FALSE;
  if (strcmp(before, line_get(&bar->line)) != 0) {
    bar->stale = TRUE;
    app_repaint(view->app);
  }
  return TRUE;
}

static void bar_settle(View *view) {
  SearchBar *bar = (SearchBar *)view;
  if (bar->stale)
    begin(bar->list, line_get(&bar->line));
  bar->stale = FALSE;
}

static gboolean bar_command(View *view, Verb verb) {
  SearchBar *bar = (SearchBar *)view;
  ListView *list = bar->list;
  bar_settle(view);
  switch (verb) {
  case VERB_SAVE:
    app_pop(view->app, view);
    return TRUE;
  case VERB_BACK: {
    gssize row = cl_list_position_of(list->list, list->search_from, list->widget.cursor);
    list_search_stop(list);
    if (row >= 0)
      list_view_go_to(list, (gsize)row);
    app_pop(view->app, view);
    return TRUE;
  }
  case VERB_SEARCH_NEXT:
  case VERB_SEARCH_PREVIOUS:
    list_search_step(list, verb == VERB_SEARCH_NEXT ? 1 : -1);
    return TRUE;
  default:
    return FALSE;
  }
}

static gboolean bar_busy(View *view) {
  const ListView *list = ((SearchBar *)view)->list;
  return list->hits && list->search_due;
}

static void bar_free(View *view) {
  SearchBar *bar = (SearchBar *)view;
  line_clear(&bar->line);
  g_free(bar);
}

static const ViewOps bar_ops = {
    .name = "search",
    .overlay = TRUE,
    .draw = bar_draw,
    .key = bar_key,
    .command = bar_command,
    .settle = bar_settle,
    .busy = bar_busy,
    .free = bar_free,
};

View *list_search_bar_new(ListView *list) {
  SearchBar *bar = g_new0(SearchBar, 1);
  bar->view = (View){&bar_ops, list->view.app};
  bar->list = list;
  list->search_from = cl_list_id_at(list->list, list->widget.cursor);
  line_init(&bar->line, "");
  bar->line.max = 200;
  return &bar->view;
}
