/* The one list for every kind. Identity is the record's id: cursor, marks and scroll survive reload, sort and
 * filter. Ids stream in the background; nothing here waits for them. */
#include "list_private.h"

#include "../dispatch.h"
#include "../pointer.h"
#include "action.h"
#include "export.h"
#include "history.h"
#include "open.h"
#include "why.h"
#include "../words.h"

#include <caseload/action.h>
#include <caseload/error.h>
#include <caseload/text.h>
#include <string.h>

static const ViewOps list_ops;

gboolean list_view_is_loading(const ListView *view) {
  if (view->board)
    return list_board_is_loading(view);
  ClListState state = cl_list_get_state(view->list);
  return state == CL_LIST_LOADING || state == CL_LIST_SORTING;
}

/* All that the list can show. */
ClFilter *list_view_dup_base(const ListView *view) {
  return view->base ? cl_filter_copy(view->base) : cl_filter_parse(NULL, view->kind, "", NULL, NULL);
}

/* The filter in force, or an empty one, with what always holds. */
static ClFilter *dup_filter(const ListView *view) {
  if (!view->filter || view->filter_off)
    return list_view_dup_base(view);
  return view->base ? cl_filter_and(view->base, view->filter) : cl_filter_copy(view->filter);
}

gboolean list_view_is_filtered(const ListView *view) {
  return view->filter && !view->filter_off && !cl_filter_is_empty(view->filter);
}

/* ---- loading ------------------------------------------------------------------------ */

/* Looks for the cursor's record among the ids that came since. */
static void seek(ListView *view) {
  const ClIds *ids = cl_list_get_ids(view->list);
  for (; view->seeking && view->sought < ids->n; view->sought++)
    if (ids->v[view->sought] == view->cursor_id) {
      gsize row = view->sought;
      view->seeking = FALSE;
      gboolean stay = view->from_top && row < (gsize)view->widget.page;
      view->widget.top = row > view->screen_row && !stay ? row - view->screen_row : 0;
      list_go(&view->widget, row);
    }
  if (list_view_is_loading(view))
    return;
  if (view->seeking && view->to_top)
    list_go(&view->widget, 0);
  view->seeking = view->to_top = FALSE;
  view->cursor_id = cl_list_id_at(view->list, view->widget.cursor);
}

/* Ids have come, the first or more of them. */
static void show_ids(ListView *view) {
  view->waiting = FALSE;
  list_set_rows(&view->widget, cl_list_length(view->list));
  if (view->cursor_id == 0)
    view->cursor_id = cl_list_id_at(view->list, view->widget.cursor);
  seek(view);
  list_marks_update(view);
  list_count_update(view);
}

/* What the cursor stands on now is to be found again in the ids that come. */
static void aim(ListView *view) {
  view->seeking = view->cursor_id != 0;
  view->sought = 0;
  view->screen_row = view->widget.cursor - view->widget.top;
  view->from_top = view->widget.top == 0;
}

static void load(ListView *view, gsize rows_at_once) {
  g_autoptr(ClFilter) filter = dup_filter(view);
  g_autoptr(ClRows) rows = NULL;
  aim(view);
  view->held = FALSE;
  view->waiting = TRUE;
  view->reloading = view->stale = FALSE;
  view->marks_changed = TRUE;
  if (view->board)
    list_board_load(view, filter);
  else
    rows = cl_list_load_first(view->list, filter, &view->sort, view->columns, view->n_columns, rows_at_once);
  if (rows) {
    list_rows_take(view, rows);
    show_ids(view);
  }
  list_memory_keep(view);
  app_repaint(view->view.app);
}

void list_view_load(ListView *view) {
  load(view, (gsize)view->widget.page + 1);
}

/* The data changed. A load that is under way is not thrown away for that: it is followed by another. */
static void reload(ListView *view) {
  list_rows_clear(view);
  list_board_forget_cards(view);
  app_repaint(view->view.app);
  if (!app_is_visible(view->view.app, &view->view) || (view->reloading && list_view_is_loading(view))) {
    view->stale = TRUE;
    return;
  }
  /* Deep in a list, its first rows would only flash by. */
  gsize deep = view->board ? 0 : view->widget.top;
  load(view, deep ? 0 : (gsize)view->widget.page + 1);
  view->reloading = TRUE;
  view->held = deep > 0;
  view->waiting = view->waiting && !view->held;
  if (deep)
    cl_list_hold(view->list, deep + (gsize)view->widget.page);
}

static void take_ids(ListView *view) {
  if (view->board ? !list_board_poll(view) : !cl_list_poll(view->list))
    return;
  app_repaint(view->view.app);
  if (!view->board && cl_list_get_state(view->list) == CL_LIST_SORTING)
    return;
  if (view->held)
    aim(view);
  view->held = FALSE;
  if (!view->board)
    show_ids(view);
  if (view->stale && !list_view_is_loading(view))
    reload(view);
}

static void list_news(View *base, guint bits) {
  ListView *view = (ListView *)base;
  if (bits & NEWS_WAKE) {
    take_ids(view);
    list_search_poll(view);
    list_count_poll(view);
  }
  if (bits & NEWS_LATE) {
    list_rows_clear(view);
    preview_forget(view->preview);
    app_repaint(base->app);
  }
  if (bits & NEWS_DATA) {
    if (list_view_is_filtered(view) && !view->total_list)
      view->total = -1;
    preview_forget(view->preview);
    reload(view);
  } else if (bits & NEWS_SHOWN && view->stale) {
    reload(view);
  }
}

void list_view_use_filter(ListView *view, ClFilter *filter, const char *text) {
  char *copy = g_strdup(text);
  cl_filter_free(view->filter);
  g_free(view->filter_text);
  view->filter = filter;
  view->filter_text = copy;
  list_search_stop(view);
  list_view_load(view);
}

/* ---- the cursor --------------------------------------------------------------------- */

void list_view_cursor_moved(ListView *view) {
  view->seeking = FALSE;
  view->cursor_id = cl_list_id_at(view->list, view->widget.cursor);
}

void list_view_go_to(ListView *view, gsize row) {
  list_go(&view->widget, row);
  list_view_cursor_moved(view);
}

ClId list_view_step(View *base, const ClKind *kind, int step) {
  if (!base || base->ops != &list_ops || ((ListView *)base)->kind != kind)
    return 0;
  ListView *view = (ListView *)base;
  if (view->board)
    return list_board_step(view, step);
  gsize before = view->widget.cursor;
  list_command(&view->widget, step > 0 ? VERB_DOWN : VERB_UP);
  list_view_cursor_moved(view);
  return view->widget.cursor == before ? 0 : view->cursor_id;
}

ClFilter *list_view_dup_filter(View *base) {
  return base && base->ops == &list_ops ? dup_filter((ListView *)base) : NULL;
}

void list_view_unmark(View *base, const ClKind *kind, ClId run) {
  if (base && base->ops == &list_ops && ((ListView *)base)->kind == kind)
    list_marks_hand_over((ListView *)base, run);
}

void list_view_run_ended(View *base, const ClRunStatus *status) {
  if (base && base->ops == &list_ops)
    list_marks_run_ended((ListView *)base, status);
}

/* ---- drawing ------------------------------------------------------------------------- */

static void draw_filter_line(const ListView *view, Area area) {
  g_autofree char *counts = list_count_dup_words(view);
  int width = MIN(cl_text_width(counts) + 1, area.w / 2);
  Area left = area_sub(area, 0, 0, 1, area.w - width - 1);
  draw_right(area, 0, area.w - width - 1, width, THEME_TEXT, counts);
  int used = 1 + draw_text(left, 0, 1, -1, THEME_LABEL, "Filter");
  if (view->filter_off && view->filter) {
    draw_format(left, 0, used + 2, -1, THEME_TEXT, "off (F puts it back: %s)", view->filter_text);
  } else if (list_filter_is_typed(view)) {
    return;
  } else if (list_view_is_filtered(view)) {
    g_autofree char *words = cl_filter_to_words(view->filter, app_get_locale(view->view.app));
    draw_text(left, 0, used + 2, -1, THEME_TEXT, words);
  } else {
    const char *all = view->base ? "none: just these (f types one, F4 builds one)" : "none: all that you may see (f types one, F4 builds one)";
    draw_text(left, 0, used + 2, -1, THEME_HINT, view->desk ? view->desk->help : all);
  }
}

static void list_view_draw(View *base, Area area, gboolean focus) {
  ListView *view = (ListView *)base;
  ListSource source = {list_rows_cell, list_marks_has, view};
  area = list_sections_draw(view, area);
  Area body = area_sub(area, 1, 0, area.h - 1, area.w);
  draw_filter_line(view, area);
  if (focus)
    draw_spot(area, 0, 0, -1,
              (Spot){SPOT_COMMAND, keymap_find_verb(app_get_keymap(base->app), "list", VERB_FILTER), 0});
  if (view->board) {
    list_board_draw(view, body, focus);
    return;
  }
  body = preview_draw(view->preview, body, view->cursor_id, focus);
  gboolean resting = preview_has_focus(view->preview);
  if (body.h <= 0)
    return;
  view->widget.resting = resting;
  view->widget.page = MAX(body.h - 1, 1);
  list_set_rows(&view->widget, cl_list_length(view->list));
  list_rows_fetch(view);
  list_draw(&view->widget, &source, body, focus && !resting);
  if (view->widget.n_rows == 0)
    list_empty_draw(view, body);
}

static char *list_title(View *base) {
  const ListView *view = (const ListView *)base;
  const char *title = view->title ? view->title : view->kind->label_plural;
  if (view->desk && view->desk->of && strcmp(view->desk->of, title) != 0)
    return g_strdup_printf("%s > %s", view->desk->of, title);
  return view->board ? g_strdup_printf("%s board", title) : g_strdup(title);
}

static char *list_status(View *base) {
  ListView *view = (ListView *)base;
  char *words = list_marks_words(view);
  if (words || view->board)
    return words ? words : list_board_legend(view);
  return view->desk && (view->desk->of || list_view_is_filtered(view)) ? list_sections_words(view) : NULL;
}

static char *list_position(View *base) {
  const ListView *view = (const ListView *)base;
  if (view->board)
    return list_board_position(view);
  if (view->widget.n_rows == 0)
    return NULL;
  g_autofree char *row = words_number((gint64)view->widget.cursor + 1);
  g_autofree char *n = words_number((gint64)view->widget.n_rows);
  g_autofree char *order = list_columns_order_words(view);
  return g_strdup_printf("%srow %s of %s%s", order ? order : "", row, n,
                         list_view_is_loading(view) ? "…" : "");
}

static gboolean list_busy(View *base) {
  const ListView *view = (const ListView *)base;
  return view->board ? list_board_is_waiting(view) : view->waiting && list_view_is_loading(view);
}

static gboolean list_counting(View *base) {
  const ListView *view = (const ListView *)base;
  return list_view_is_loading(view) || view->total_list || view->search_due || preview_is_due(view->preview);
}

/* ---- commands --------------------------------------------------------------------------- */

static char *list_refusal(View *base, Verb verb) {
  const ListView *view = (const ListView *)base;
  char *refusal = list_board_refusal(view, verb);
  if (refusal)
    return refusal;
  if (view->mark_all_due && (verb == VERB_ACTIONS || verb == VERB_EDIT))
    return g_strdup("All rows are still being marked; that takes a moment.");
  if (verb == VERB_COUNTED && (refusal = open_counted_refusal(base->app, view->kind)))
    return refusal;
  switch (verb) {
  case VERB_NEW:
    return g_strdup(view->new_refusal);
  case VERB_EXPORT: case VERB_PRINT:
    return export_refusal(base->app);
  case VERB_DELETE:
    return dispatch_archive_refusal(base->app, view->kind);
  case VERB_EDIT:
    if (view->edit_refusal)
      return g_strdup(view->edit_refusal);
    return view->widget.n_rows == 0 && !view->board ? g_strdup("The list is empty.") : NULL;
  case VERB_SEEN:
    if (!view->kind->see)
      return g_strdup("Only what waits in the inbox is marked as read.");
    G_GNUC_FALLTHROUGH;
  case VERB_OPEN:
    if (list_empty_is_mistaken(view))
      return NULL;
    G_GNUC_FALLTHROUGH;
  case VERB_WHY:
  case VERB_COUNTED:
  case VERB_HISTORY:
  case VERB_ACTIONS:
  case VERB_COPY:
  case VERB_BY_VALUE:
  case VERB_EXCLUDE:
    return view->widget.n_rows == 0 && !view->board ? g_strdup("The list is empty.") : NULL;
  case VERB_MARK:
  case VERB_MARK_RANGE:
  case VERB_MARK_ALL:
    if (list_view_is_loading(view))
      return NULL;
    return view->widget.n_rows == 0 && !view->board ? g_strdup("The list is empty.") : NULL;
  default:
    return NULL;
  }
}

/* Esc: drops a range, stops a sort, then leaves the screen; never the first one. */
static gboolean back(ListView *view) {
  App *app = view->view.app;
  if (view->range) {
    view->range = 0;
    return TRUE;
  }
  if (cl_list_get_state(view->list) == CL_LIST_SORTING) {
    cl_list_cancel(view->list);
    view->sort = view->sort_before;
    view->waiting = FALSE;
    list_columns_show(view);
    app_say(app, "Sorting was stopped; the order is as before.");
    return TRUE;
  }
  if (app_below(app, &view->view))
    return FALSE;
  app_say(app, "This is the first screen; q quits.");
  return TRUE;
}

static void open_why(ListView *view) {
  g_autoptr(ClFilter) filter = dup_filter(view);
  app_push(view->view.app, why_view_new(view->view.app, filter, view->cursor_id));
}

static gboolean record_command(ListView *view, Verb verb) {
  App *app = view->view.app;
  switch (verb) {
  case VERB_OPEN:
    if (!list_empty_take_meant(view))
      open_record(app, view->kind, view->cursor_id);
    return TRUE;
  case VERB_COUNTED:
    open_counted(app, view->kind, view->cursor_id);
    return TRUE;
  case VERB_SEEN:
    open_mark_seen(app, list_marks_targets(view));
    return TRUE;
  case VERB_EDIT:
    dispatch_action(app, cl_action_edit_of(view->kind), list_marks_targets(view));
    return TRUE;
  case VERB_NEW:
    dispatch_create(app, view->kind);
    return TRUE;
  case VERB_DELETE:
    dispatch_archive(app, list_marks_targets(view));
    return TRUE;
  case VERB_ACTIONS:
    action_menu_open(app, list_marks_targets(view));
    return TRUE;
  case VERB_HISTORY:
    app_push(app, history_view_new(app, view->kind, view->cursor_id, NULL));
    return TRUE;
  case VERB_WHY:
    open_why(view);
    return TRUE;
  case VERB_COPY:
    list_rows_copy(view);
    return TRUE;
  default:
    return FALSE;
  }
}

static gboolean list_view_command(View *base, Verb verb) {
  ListView *view = (ListView *)base;
  App *app = base->app;
  gsize column = 0;
  if (list_sections_command(view, verb) || (view->board && list_board_command(view, verb)))
    return TRUE;
  if (!view->board && preview_command(view->preview, verb))
    return TRUE;
  if (list_command(&view->widget, verb)) {
    list_view_cursor_moved(view);
    return TRUE;
  }
  if (list_marks_command(view, verb) || record_command(view, verb) || list_look_command(view, verb))
    return TRUE;
  switch (verb) {
  case VERB_SEARCH:
    app_push(app, list_search_bar_new(view));
    return TRUE;
  case VERB_SEARCH_NEXT:
  case VERB_SEARCH_PREVIOUS:
    list_search_step(view, verb == VERB_SEARCH_NEXT ? 1 : -1);
    return TRUE;
  case VERB_BOARD:
    list_board_toggle(view);
    return TRUE;
  case VERB_SORT_CLICKED:
    if (pointer_is_on(&view->widget, &column) && column < view->n_columns)
      list_columns_sort(view, &view->columns[column]);
    return TRUE;
  case VERB_BACK:
    return back(view);
  default:
    return FALSE;
  }
}

static gboolean list_idle(View *base) {
  return preview_read(((ListView *)base)->preview);
}

static char *list_label(View *base, Verb verb) {
  return list_marks_label((const ListView *)base, verb);
}

static Targets *list_targets(View *base) {
  return list_marks_targets((ListView *)base);
}

static void list_view_free(View *base) {
  ListView *view = (ListView *)base;
  list_search_stop(view);
  list_board_close(view);
  preview_free(view->preview);
  cl_filter_free(view->base);
  cl_list_free(view->total_list);
  cl_list_free(view->list);
  list_clear(&view->widget);
  g_hash_table_unref(view->rows);
  cl_filter_free(view->filter);
  cl_id_set_free(view->marks);
  g_array_unref(view->handed_over);
  g_free(view->filter_text);
  g_free(view->columns);
  g_free(view->widths);
  g_free(view->search);
  g_free(view->title);
  g_free(view->edit_refusal);
  g_free(view->new_refusal);
  g_free(view);
}

static const ViewOps list_ops = {
    .name = "list",
    .tabs = TRUE,
    .draw = list_view_draw,
    .command = list_view_command,
    .refusal = list_refusal,
    .label = list_label,
    .title = list_title,
    .status = list_status,
    .position = list_position,
    .targets = list_targets,
    .busy = list_busy,
    .counting = list_counting,
    .news = list_news,
    .idle = list_idle,
    .free = list_view_free,
};

static char *dup_refusal(const ListView *view, const ClAction *action, const char *none) {
  return action ? cl_action_refusal(app_get_session(view->view.app), action) : g_strdup(none);
}

gboolean list_view_set_filter(View *base, const char *text) {
  ListView *view = (ListView *)base;
  g_autoptr(GError) error = NULL;
  ClFilter *filter = cl_filter_parse(app_get_session(base->app), view->kind, text, NULL, &error);
  if (!filter) {
    app_say_gerror(base->app, &error);
    return FALSE;
  }
  view->filter_off = FALSE;
  view->to_top = TRUE;
  list_view_use_filter(view, filter, text);
  return TRUE;
}

/* `base`, what always holds, is taken over. */
static View *make(App *app, const ClKind *kind, const char *filter, const char *title, const ClDesk *desk, ClFilter *base) {
  ListView *view = g_new0(ListView, 1);
  view->view = (View){&list_ops, app};
  view->kind = kind;
  view->title = g_strdup(title);
  view->base = base;
  view->list = cl_list_new(app_get_session(app), kind);
  view->marks = cl_id_set_new();
  list_marks_init(view);
  view->total = -1;
  view->preview = preview_new(&view->view, kind);
  list_init(&view->widget);
  view->widget.cells = TRUE;
  list_rows_init(view);
  list_columns_reset(view);
  cl_sort_parse(kind, NULL, &view->sort, NULL);
  view->desk = desk;
  view->remembers = !title || (desk && list_sections_set_up(view));
  view->sort_before = view->sort;
  list_memory_recall(view);
  list_columns_show(view);
  view->edit_refusal = dup_refusal(view, cl_action_edit_of(kind), "These records are not edited by hand.");
  view->new_refusal = dup_refusal(view, cl_action_create_of(kind), "These records are not made by hand.");
  if (!filter || !list_view_set_filter(&view->view, filter))
    list_view_load(view);
  return &view->view;
}

View *list_view_new(App *app, const ClKind *kind, const char *filter, const char *title) {
  return make(app, kind, filter, title, NULL, NULL);
}

View *list_view_new_among(App *app, const ClKind *kind, const ClIds *ids, const char *title) {
  return make(app, kind, NULL, title, NULL, cl_filter_among(kind, ids));
}

View *list_view_new_desk(App *app, const ClDesk *desk) {
  const ClKind *kind = cl_kind_find(desk->kind);
  if (!cl_session_may_view(app_get_session(app), kind)) {
    g_autofree char *refusal = cl_session_view_refusal(app_get_session(app), kind);
    app_say(app, "%s", refusal);
    return NULL;
  }
  return make(app, kind, NULL, desk->title, desk, NULL);
}

const ClDesk *list_view_get_desk(const View *view) {
  return view->ops == &list_ops ? ((const ListView *)view)->desk : NULL;
}
