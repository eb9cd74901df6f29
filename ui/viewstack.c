/* The stack of views. A popped view lives until the end of the turn, so that a handler may close its own
 * view. Main lists and sections are kept when they leave the stack: they come back with cursor, marks and filter. */
#include "app_private.h"

#include "screens/home.h"
#include "screens/list.h"

#include <string.h>

static gboolean is_main(const App *app, const View *view) {
  for (guint i = 0; i < app->mains->len; i++)
    if (g_ptr_array_index(app->mains, i) == view)
      return TRUE;
  return g_ptr_array_find(app->sections, view, NULL);
}

void stack_init(App *app) {
  app->stack = g_ptr_array_new();
  app->mains = g_ptr_array_new();
  app->sections = g_ptr_array_new();
  app->graveyard = g_ptr_array_new();
}

void stack_reap(App *app) {
  while (app->graveyard->len > 0) {
    View *view = g_ptr_array_steal_index(app->graveyard, app->graveyard->len - 1);
    app_forget_run(app, view);
    view->ops->free(view);
  }
}

void stack_clear(App *app) {
  while (app->stack->len > 0) {
    View *view = g_ptr_array_steal_index(app->stack, app->stack->len - 1);
    if (!is_main(app, view))
      g_ptr_array_add(app->graveyard, view);
  }
  for (guint i = 0; i < app->mains->len; i++)
    if (g_ptr_array_index(app->mains, i))
      g_ptr_array_add(app->graveyard, g_ptr_array_index(app->mains, i));
  for (guint i = 0; i < app->sections->len; i++)
    g_ptr_array_add(app->graveyard, g_ptr_array_index(app->sections, i));
  stack_reap(app);
  g_ptr_array_unref(app->stack);
  g_ptr_array_unref(app->mains);
  g_ptr_array_unref(app->sections);
  g_ptr_array_unref(app->graveyard);
}

void app_push(App *app, View *view) {
  if (!view)
    return;
  g_ptr_array_add(app->stack, view);
  app_repaint(app);
}

static guint index_of(const App *app, const View *view) {
  guint index = 0;
  return g_ptr_array_find(app->stack, view, &index) ? index : G_MAXUINT;
}

/* Leaves `n` views on the stack. */
static void cut_to(App *app, guint n) {
  while (app->stack->len > n) {
    View *view = g_ptr_array_steal_index(app->stack, app->stack->len - 1);
    if (!is_main(app, view))
      g_ptr_array_add(app->graveyard, view);
  }
}

void app_pop(App *app, View *view) {
  guint index = index_of(app, view);
  if (index == G_MAXUINT)
    return;
  cut_to(app, index);
  View *top = app_top(app);
  if (top && top->ops->news)
    top->ops->news(top, NEWS_SHOWN);
  app_repaint(app);
}

/* Asks the views from the top down to `index`; FALSE when one stays. */
static gboolean may_close_down_to(App *app, guint index) {
  for (guint i = app->stack->len; i > index; i--) {
    View *view = g_ptr_array_index(app->stack, i - 1);
    if (view->ops->may_close && !view->ops->may_close(view))
      return FALSE;
  }
  return TRUE;
}

gboolean app_close(App *app, View *view) {
  guint index = index_of(app, view);
  if (index == G_MAXUINT)
    return TRUE;
  if (!may_close_down_to(app, index))
    return FALSE;
  app_pop(app, view);
  return TRUE;
}

gboolean stack_may_close_all(App *app) {
  return may_close_down_to(app, 0);
}

View *app_top(const App *app) {
  return app->stack->len > 0 ? g_ptr_array_index(app->stack, app->stack->len - 1) : NULL;
}

View *app_below(const App *app, const View *view) {
  guint index = index_of(app, view);
  return index == G_MAXUINT || index == 0 ? NULL : g_ptr_array_index(app->stack, index - 1);
}

gboolean app_is_visible(const App *app, const View *view) {
  for (guint i = app->stack->len; i > 0; i--) {
    const View *shown = g_ptr_array_index(app->stack, i - 1);
    if (shown == view)
      return TRUE;
    if (!shown->ops->overlay)
      return FALSE;
  }
  return FALSE;
}

Targets *app_dup_targets(const App *app) {
  for (guint i = app->stack->len; i > 0; i--) {
    View *view = g_ptr_array_index(app->stack, i - 1);
    Targets *targets = view->ops->targets ? view->ops->targets(view) : NULL;
    if (targets || !view->ops->overlay)
      return targets;
  }
  return NULL;
}

/* Every view is told, also the main lists that are out of sight. */
void stack_news(App *app, guint bits) {
  g_autoptr(GPtrArray) views = g_ptr_array_new();
  for (guint i = app->stack->len; i > 0; i--)
    g_ptr_array_add(views, g_ptr_array_index(app->stack, i - 1));
  for (guint i = 0; i < app->mains->len; i++)
    if (g_ptr_array_index(app->mains, i) && !g_ptr_array_find(views, g_ptr_array_index(app->mains, i), NULL))
      g_ptr_array_add(views, g_ptr_array_index(app->mains, i));
  for (guint i = 0; i < app->sections->len; i++)
    if (!g_ptr_array_find(views, g_ptr_array_index(app->sections, i), NULL))
      g_ptr_array_add(views, g_ptr_array_index(app->sections, i));
  for (guint i = 0; i < views->len; i++) {
    View *view = g_ptr_array_index(views, i);
    if (view->ops->news)
      view->ops->news(view, bits);
  }
}

void stack_idle(App *app) {
  for (guint i = app->stack->len; i > 0; i--) {
    View *view = g_ptr_array_index(app->stack, i - 1);
    if (view->ops->idle)
      view->ops->idle(view);
    if (!view->ops->overlay)
      break;
  }
}

/* The view of a main screen, made at the first visit; number 0 is home, 1 the first list. */
static View *main_view(App *app, guint number) {
  if (app->mains->len <= number)
    g_ptr_array_set_size(app->mains, (int)number + 1);
  View *view = g_ptr_array_index(app->mains, number);
  if (!view)
    view = number == 0 ? home_view_new(app) : list_view_new(app, app->main_kinds[number - 1], NULL, NULL);
  g_ptr_array_index(app->mains, number) = view;
  return view;
}

static gboolean show_main(App *app, guint number) {
  if (!may_close_down_to(app, 0))
    return FALSE;
  View *view = main_view(app, number);
  cut_to(app, 0);
  g_ptr_array_add(app->stack, view);
  if (view->ops->news)
    view->ops->news(view, NEWS_SHOWN);
  app_repaint(app);
  return TRUE;
}

/* ---- sections ------------------------------------------------------------------------------- */

/* The view of a section, made at the first visit; NULL with a message when it may not be seen. */
static View *section_view(App *app, const ClDesk *desk) {
  for (guint i = 0; i < app->sections->len; i++)
    if (list_view_get_desk(g_ptr_array_index(app->sections, i)) == desk)
      return g_ptr_array_index(app->sections, i);
  View *view = list_view_new_desk(app, desk);
  if (view)
    g_ptr_array_add(app->sections, view);
  return view;
}

gboolean app_show_section(App *app, const ClDesk *desk) {
  View *view = section_view(app, desk);
  guint place = 0;
  if (!view)
    return FALSE;
  while (place < app->stack->len && !cl_desk_is_beside(list_view_get_desk(g_ptr_array_index(app->stack, place)), desk))
    place++;
  if (!may_close_down_to(app, place))
    return FALSE;
  cut_to(app, place);
  g_ptr_array_add(app->stack, view);
  if (view->ops->news)
    view->ops->news(view, NEWS_SHOWN);
  app_repaint(app);
  return TRUE;
}

void app_renew_home(App *app) {
  View *old = app->mains->len > 0 ? g_ptr_array_index(app->mains, 0) : NULL;
  if (!old || app_top(app) != old)
    return;
  g_ptr_array_index(app->mains, 0) = NULL;
  cut_to(app, 0);
  show_main(app, 0);
}

gboolean app_show_main(App *app, int number) {
  g_autofree char *label = app_dup_main_label(app, number);
  return label && show_main(app, (guint)number - 1);
}

char *app_dup_main_label(const App *app, int number) {
  int n = 0;
  while (app->main_kinds && app->main_kinds[n])
    n++;
  if (number < 1 || number > n + 1)
    return NULL;
  if (number == 1)
    return g_strdup("Today");
  const char *label = app->main_kinds[number - 2]->label_plural;
  gint64 unread = app->unread[number - 2];
  return unread > 0 ? g_strdup_printf("%s (%" G_GINT64_FORMAT ")", label, unread) : g_strdup(label);
}

void stack_settle(App *app) {
  View *top = app->stack->len ? app_top(app) : NULL;
  if (top && top->ops->settle)
    top->ops->settle(top);
}

void stack_count_unread(App *app) {
  for (guint i = 0; app->main_kinds && app->main_kinds[i]; i++) {
    const ClKind *kind = app->main_kinds[i];
    g_autoptr(ClFilter) filter =
        kind->unseen ? cl_filter_parse(app->session, kind, kind->unseen, NULL, NULL) : NULL;
    gint64 unread = filter ? cl_query_count(app->session, filter, NULL) : -1;
    if (app->unread[i] != unread)
      app_repaint(app);
    if (app->unread_known && unread > app->unread[i])
      term_notify(unread - app->unread[i] == 1 ? "Caseload: a new notice" : "Caseload: new notices");
    app->unread[i] = unread;
  }
  app->unread_known = TRUE;
}

void stack_show_first(App *app) {
  g_autoptr(GPtrArray) kinds = g_ptr_array_new();
  for (const ClKind *const *kind = cl_catalogue_kinds(); *kind; kind++)
    if (cl_session_may_view(app->session, *kind) && !cl_desk_has_kind(*kind))
      g_ptr_array_add(kinds, (gpointer)*kind);
  g_ptr_array_add(kinds, NULL);
  g_free(app->main_kinds);
  g_free(app->unread);
  app->unread = g_new0(gint64, kinds->len);
  app->main_kinds = (const ClKind **)g_ptr_array_free(g_steal_pointer(&kinds), FALSE);
  app->unread_known = FALSE;
  stack_count_unread(app);
  cut_to(app, 0);
  app_show_main(app, 1);
}

void targets_free(Targets *targets) {
  if (!targets)
    return;
  cl_ids_free(targets->ids);
  g_free(targets->source);
  g_free(targets);
}

Targets *targets_new(const ClKind *kind, ClIds *ids, const char *source) {
  Targets *targets = g_new0(Targets, 1);
  targets->kind = kind;
  targets->ids = ids;
  targets->source = g_strdup(source);
  return targets;
}

Targets *targets_new_one(const ClKind *kind, ClId id) {
  ClIds *ids = cl_ids_new();
  cl_ids_add(ids, id);
  return targets_new(kind, ids, "this record");
}
