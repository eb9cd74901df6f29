/* Marks are ids, so that sorting, filtering and reloading leave them on their records. */
#include "list_private.h"

#include "../words.h"

#define REMEMBERED 4 /* runs whose marks can come back */

typedef struct {
  ClId run;
  ClIds *ids;
} HandedOver;

static void handed_over_clear(gpointer data) {
  cl_ids_free(((HandedOver *)data)->ids);
}

void list_marks_init(ListView *view) {
  view->handed_over = g_array_new(FALSE, TRUE, sizeof(HandedOver));
  g_array_set_clear_func(view->handed_over, handed_over_clear);
}

void list_marks_hand_over(ListView *view, ClId run) {
  if (run && cl_id_set_count(view->marks) > 0) {
    HandedOver marks = {run, cl_id_set_list(view->marks)};
    if (view->handed_over->len == REMEMBERED)
      g_array_remove_index(view->handed_over, 0);
    g_array_append_val(view->handed_over, marks);
  }
  list_marks_none(view);
}

static void bring_back(ListView *view, guint i) {
  const ClIds *ids = g_array_index(view->handed_over, HandedOver, i).ids;
  for (gsize k = 0; k < ids->n; k++)
    cl_id_set_add(view->marks, ids->v[k]);
  g_array_remove_index(view->handed_over, i);
  view->marks_changed = TRUE;
  list_marks_update(view);
  app_repaint(view->view.app);
}

void list_marks_run_ended(ListView *view, const ClRunStatus *status) {
  gboolean undone = status->undo_of && status->done > 0;
  ClId run = undone ? status->undo_of : status->run;
  if (!undone && (status->undo_of || status->state == CL_RUN_COMPLETED))
    return;
  for (guint i = view->handed_over->len; i > 0; i--)
    if (g_array_index(view->handed_over, HandedOver, i - 1).run == run)
      bring_back(view, i - 1);
}

gboolean list_marks_has(gpointer data, gsize row) {
  const ListView *view = data;
  if (view->range) {
    gsize from = MIN(view->range_row, view->widget.cursor), to = MAX(view->range_row, view->widget.cursor);
    if (row >= from && row <= to)
      return TRUE;
  }
  return cl_id_set_has(view->marks, cl_list_id_at(view->list, row));
}

/* `in_list`: the record is in the list at present. */
static void set_mark(ListView *view, ClId id, gboolean on) {
  if (cl_id_set_has(view->marks, id) == on)
    return;
  if (on)
    cl_id_set_add(view->marks, id);
  else
    cl_id_set_remove(view->marks, id);
  view->marks_shown += on ? 1 : -1;
  view->marks_are_all = FALSE;
}

void list_marks_toggle(ListView *view) {
  ClId id = cl_list_id_at(view->list, view->widget.cursor);
  view->mark_all_due = FALSE;
  if (view->range) {
    list_marks_take_range(view);
    return;
  }
  if (id)
    set_mark(view, id, !cl_id_set_has(view->marks, id));
  list_command(&view->widget, VERB_DOWN);
  list_view_cursor_moved(view);
}

void list_marks_range(ListView *view) {
  if (view->range) {
    list_marks_take_range(view);
    return;
  }
  view->range = cl_list_id_at(view->list, view->widget.cursor);
  view->range_row = view->widget.cursor;
  if (view->range)
    app_say(view->view.app, "Range: move to its end, then v marks it, Esc drops it.");
}

void list_marks_take_range(ListView *view) {
  if (!view->range)
    return;
  gsize from = MIN(view->range_row, view->widget.cursor), to = MAX(view->range_row, view->widget.cursor);
  view->range = 0;
  for (gsize row = from; row <= to && row < cl_list_length(view->list); row++)
    set_mark(view, cl_list_id_at(view->list, row), TRUE);
}

static void add_all(ListView *view) {
  const ClIds *ids = cl_list_get_ids(view->list);
  for (gsize i = 0; i < ids->n; i++)
    cl_id_set_add(view->marks, ids->v[i]);
  view->mark_all_due = FALSE;
  view->marks_shown = ids->n;
  view->marks_are_all = cl_id_set_count(view->marks) == ids->n;
}

void list_marks_all(ListView *view) {
  gsize n = cl_list_length(view->list);
  view->range = 0;
  if (view->mark_all_due || (n > 0 && !list_view_is_loading(view) && view->marks_shown == n)) {
    list_marks_none(view);
  } else if (list_view_is_loading(view)) {
    view->mark_all_due = TRUE;
    app_say(view->view.app, "All are being marked as they are counted.");
  } else {
    add_all(view);
  }
}

void list_marks_none(ListView *view) {
  cl_id_set_clear(view->marks);
  view->mark_all_due = view->marks_are_all = FALSE;
  view->marks_shown = 0;
  view->range = 0;
}

void list_marks_update(ListView *view) {
  if (view->range) {
    gssize row = cl_list_position_of(view->list, view->range, view->range_row);
    if (row < 0)
      view->range = 0;
    else
      view->range_row = (gsize)row;
  }
  if (list_view_is_loading(view))
    return;
  if (view->mark_all_due)
    add_all(view);
  if (!view->marks_changed)
    return;
  view->marks_changed = FALSE;
  view->marks_shown = 0;
  gsize count = cl_id_set_count(view->marks);
  const ClIds *ids = cl_list_get_ids(view->list);
  for (gsize i = 0; count > 0 && i < ids->n; i++)
    view->marks_shown += cl_id_set_has(view->marks, ids->v[i]) ? 1 : 0;
  if (view->marks_shown != count || count != ids->n)
    view->marks_are_all = FALSE;
}

char *list_marks_words(ListView *view) {
  gsize count = cl_id_set_count(view->marks);
  if (view->mark_all_due)
    return g_strdup("all are being marked…");
  if (view->range)
    return g_strdup("range: v marks it, Esc drops it");
  if (count == 0)
    return NULL;
  g_autofree char *marked = words_number((gint64)count);
  if (view->marks_are_all)
    return g_strdup_printf("all %s marked", marked);
  if (count == view->marks_shown || list_view_is_loading(view))
    return g_strdup_printf("%s marked", marked);
  g_autofree char *hidden = words_number((gint64)(count - view->marks_shown));
  return g_strdup_printf("%s marked, %s hidden", marked, hidden);
}

char *list_marks_label(const ListView *view, Verb verb) {
  gsize count = cl_id_set_count(view->marks);
  if (verb == VERB_ACTIONS && count > 1) {
    g_autofree char *number = words_number((gint64)count);
    return g_strdup_printf("Actions (%s)", number);
  }
  if (verb != VERB_MARK_ALL || list_view_is_loading(view) || view->widget.n_rows == 0)
    return NULL;
  g_autofree char *number = words_number((gint64)view->widget.n_rows);
  return view->marks_are_all ? g_strdup("Unmark all") : g_strdup_printf("Mark all %s", number);
}

static char *source_words(const ListView *view, gsize count) {
  g_autofree char *number = words_number((gint64)count);
  if (!view->marks_are_all)
    return g_strdup_printf("%s marked record%s", number, count == 1 ? "" : "s");
  if (!view->filter || view->filter_off || cl_filter_is_empty(view->filter)) {
    g_autofree char *what = words_several(view->kind);
    return g_strdup_printf("all %s %s", number, what);
  }
  g_autofree char *words = cl_filter_to_words(view->filter, app_get_locale(view->view.app));
  return g_strdup_printf("all %s of the filter: %s", number, words);
}

Targets *list_marks_targets(ListView *view) {
  list_marks_take_range(view);
  gsize count = cl_id_set_count(view->marks);
  if (count == 0) {
    ClId id = view->board ? view->cursor_id : cl_list_id_at(view->list, view->widget.cursor);
    return id ? targets_new_one(view->kind, id) : NULL;
  }
  g_autofree char *source = source_words(view, count);
  Targets *targets = targets_new(view->kind, cl_id_set_list(view->marks), source);
  targets->from_all = view->marks_are_all;
  targets->hidden = count > view->marks_shown ? count - view->marks_shown : 0;
  return targets;
}

gboolean list_marks_command(ListView *view, Verb verb) {
  switch (verb) {
  case VERB_MARK:
    list_marks_toggle(view);
    return TRUE;
  case VERB_MARK_RANGE:
    list_marks_range(view);
    return TRUE;
  case VERB_RANGE_DOWN:
  case VERB_RANGE_UP:
    if (!view->range)
      list_marks_range(view);
    list_command(&view->widget, verb == VERB_RANGE_DOWN ? VERB_DOWN : VERB_UP);
    list_view_cursor_moved(view);
    return TRUE;
  case VERB_MARK_ALL:
    list_marks_all(view);
    return TRUE;
  case VERB_UNMARK_ALL:
    list_marks_none(view);
    return TRUE;
  default:
    return FALSE;
  }
}
