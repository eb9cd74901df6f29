/* The commands that change what a list shows and how: filter line, builder, filter by the value under the
 * cursor, order, columns, saved views. */
#include "list_private.h"

#include "builder.h"
#include "cells.h"
#include "export.h"
#include "saved.h"

#include <caseload/error.h>
#include <caseload/filter_lines.h>
#include <string.h>

static void toggle_filter(ListView *view) {
  if (!view->filter || cl_filter_is_empty(view->filter)) {
    app_say(view->view.app, "There is no filter to switch off; f writes one.");
    return;
  }
  view->filter_off = !view->filter_off;
  list_search_stop(view);
  list_view_load(view);
}

static void reverse(ListView *view) {
  if (view->sort.n == 0)
    return;
  view->sort_before = view->sort;
  view->sort.v[0].descending = !view->sort.v[0].descending;
  list_columns_show(view);
  list_view_load(view);
}

/* ---- the value under the cursor ------------------------------------------------------- */

/* Narrows to the value, or leaves it out; the record under the cursor stays where it still is. */
static void filter_by_value(ListView *view, gboolean exclude) {
  App *app = view->view.app;
  g_autoptr(GError) error = NULL;
  guint at = (guint)CLAMP(view->widget.column, 0, (int)view->n_columns - 1);
  const ClColumn *column = &view->columns[at];
  g_autoptr(ClRows) rows =
      cl_rows_load(app_get_session(app), view->kind, column, 1, &view->cursor_id, 1, &error);
  if (!rows || !rows->rows[0].id) {
    app_say(app, "%s", error ? error->message : "The record is not there any more.");
    return;
  }
  const ClValue *value = &rows->rows[0].cells[0];
  g_autofree char *line =
      cl_filter_add_value(view->filter_off ? NULL : view->filter, column, value, exclude);
  g_autofree char *label = cl_column_dup_label(column);
  g_autofree char *text = cell_text(column->field, value, app_get_locale(app), NULL);
  if (!list_view_set_filter(&view->view, line))
    return;
  list_memory_add_line(view, line);
  app_say(app, "%s %s %s. F switches the filter off, f changes it.", label, exclude ? "is not" : "is",
          *text ? text : "empty");
}

/* ---- the builder ---------------------------------------------------------------------- */

static void built(App *app, const char *text, gpointer data) {
  ListView *view = data;
  list_view_set_filter(&view->view, text);
  list_memory_add_line(view, text);
}

static void keep_built(App *app, const char *text, gpointer data) {
  const ListView *view = data;
  g_autofree char *sort = cl_sort_to_text(&view->sort), *columns = list_columns_dup_text(view);
  SavedLook look = {text, sort, columns, FALSE};
  saved_keep(app, view->kind, &look);
}

gboolean list_look_build(ListView *view, const char *text) {
  View *builder = builder_view_new(view->view.app, view->kind, text, view->total, built, keep_built, view);
  app_push(view->view.app, builder);
  return builder != NULL;
}

/* ---- saved views -------------------------------------------------------------------------- */

static void saved_chosen(App *app, const SavedLook *look, gpointer data) {
  ListView *view = data;
  ClSort sort = {.n = 0};
  gboolean ordered = look->sort && *look->sort;
  if ((ordered || look->whole) && cl_sort_parse(view->kind, look->sort, &sort, NULL))
    view->sort = sort;
  if (look->columns && *look->columns)
    list_columns_use_text(view, look->columns);
  else if (look->whole)
    list_columns_reset(view);
  list_columns_show(view);
  list_view_set_filter(data, look->filter);
}

static void open_saved(ListView *view) {
  App *app = view->view.app;
  g_autofree char *sort = cl_sort_to_text(&view->sort);
  g_autofree char *columns = list_columns_dup_text(view);
  SavedLook look = {view->filter_text, sort, columns, FALSE};
  app_push(app, saved_view_new(app, view->kind, &look, saved_chosen, view));
}

static void write_out(ListView *view, gboolean print) {
  App *app = view->view.app;
  g_autoptr(ClFilter) filter = list_view_dup_filter(&view->view);
  gsize n = cl_list_length(view->list);
  if (list_view_is_loading(view)) /* how many leave has to be known */
    app_say(app, "The list is still being read. Once it is, this can leave.");
  else if (print)
    export_print(app, filter, &view->sort, view->columns, view->n_columns, n);
  else
    app_push(app, export_view_new(app, filter, &view->sort, view->columns, view->n_columns, n));
}

gboolean list_look_command(ListView *view, Verb verb) {
  switch (verb) {
  case VERB_FILTER:
    app_push(view->view.app, list_filter_bar_new(view));
    return TRUE;
  case VERB_FILTER_TOGGLE:
    toggle_filter(view);
    return TRUE;
  case VERB_BUILDER:
    list_look_build(view, view->filter_text ? view->filter_text : "");
    return TRUE;
  case VERB_BY_VALUE:
  case VERB_EXCLUDE:
    filter_by_value(view, verb == VERB_EXCLUDE);
    return TRUE;
  case VERB_SORT:
    list_columns_open_sort(view);
    return TRUE;
  case VERB_SORT_REVERSE:
    reverse(view);
    return TRUE;
  case VERB_COLUMNS:
    list_columns_open(view);
    return TRUE;
  case VERB_SAVED:
    open_saved(view);
    return TRUE;
  case VERB_EXPORT:
  case VERB_PRINT:
    write_out(view, verb == VERB_PRINT);
    return TRUE;
  default:
    return FALSE;
  }
}
