/* The columns of a list, their widths and its order: chosen by the person, written as text ("due:12,amount")
 * for saved views and for the next start. */
#include "list_private.h"

#include "../widgets/chooser.h"
#include "../widgets/picker.h"
#include "cells.h"

static gboolean same_column(const ClColumn *a, const ClColumn *b) {
  return a->field == b->field && a->via == b->via;
}

/* Is the width the one that the screen gives the column, and nobody's choice? */
static gboolean is_given(const ListView *view, gsize i) {
  if (!view->desk || !view->widths[i])
    return FALSE;
  g_autofree char *id = cl_column_dup_id(&view->columns[i]);
  g_autofree char *sized = g_strdup_printf("%s:%d", id, view->widths[i]);
  g_auto(GStrv) given = g_strsplit(view->desk->columns, ",", -1);
  return g_strv_contains((const char *const *)given, sized);
}

void list_columns_show(ListView *view) {
  list_remove_columns(&view->widget);
  for (gsize i = 0; i < view->n_columns; i++) {
    if (is_given(view, i))
      cells_add_column_from(&view->widget, &view->columns[i], view->widths[i]);
    else
      cells_add_column(&view->widget, &view->columns[i], view->widths[i]);
    if (view->sort.n > 0 && same_column(&view->sort.v[0].column, &view->columns[i]))
      g_array_index(view->widget.columns, ListColumn, i).sorted = view->sort.v[0].descending ? -1 : 1;
  }
}

static void take(ListView *view, ClColumn *columns, int *widths, gsize n) {
  g_free(view->columns);
  g_free(view->widths);
  view->columns = columns;
  view->widths = widths;
  view->n_columns = n;
  list_rows_clear(view);
}

void list_columns_reset(ListView *view) {
  gsize n = 0;
  ClColumn *columns = cl_kind_default_columns(view->kind, &n);
  take(view, columns, g_new0(int, n + 1), n);
}

char *list_columns_dup_text(const ListView *view) {
  GString *text = g_string_new(NULL);
  for (gsize i = 0; i < view->n_columns; i++) {
    g_autofree char *id = cl_column_dup_id(&view->columns[i]);
    g_string_append_printf(text, "%s%s", i > 0 ? "," : "", id);
    if (view->widths[i])
      g_string_append_printf(text, ":%d", view->widths[i]);
  }
  return g_string_free(text, FALSE);
}

/* May the session see the records that a column's reference leads to? */
static gboolean is_allowed(const ListView *view, const ClColumn *column) {
  return !column->via || cl_session_may_view(app_get_session(view->view.app), cl_kind_find(column->via->ref));
}

void list_columns_use_text(ListView *view, const char *text) {
  g_auto(GStrv) words = g_strsplit(text, ",", -1);
  g_autofree ClColumn *columns = g_new0(ClColumn, g_strv_length(words) + 1);
  g_autofree int *widths = g_new0(int, g_strv_length(words) + 1);
  gsize n = 0;
  for (char **word = words; *word; word++)
    if (cl_column_parse_sized(view->kind, *word, &columns[n], &widths[n], NULL) && is_allowed(view, &columns[n]))
      n++;
  if (n > 0)
    take(view, g_steal_pointer(&columns), g_steal_pointer(&widths), n);
}

/* ---- choosing columns ---------------------------------------------------------------- */

static void columns_chosen(App *app, const GPtrArray *items, gpointer data) {
  ListView *view = data;
  if (!items)
    return;
  g_autofree ClColumn *columns = g_new0(ClColumn, items->len + 1);
  g_autofree int *widths = g_new0(int, items->len + 1);
  gsize n = 0;
  for (guint i = 0; i < items->len; i++) {
    const ChooserItem *item = g_ptr_array_index(items, i);
    if (!item->ticked || !cl_column_parse(view->kind, item->id, &columns[n], NULL))
      continue;
    widths[n++] = item->width == item->standard ? 0 : item->width;
  }
  take(view, g_steal_pointer(&columns), g_steal_pointer(&widths), n);
  list_columns_show(view);
  list_memory_keep(view);
  app_repaint(app);
}

static void add_item(GPtrArray *items, const ClColumn *column, gboolean ticked, int width) {
  g_autofree char *id = cl_column_dup_id(column);
  g_autofree char *label = cl_column_dup_label(column);
  ChooserItem *item = chooser_item_new(id, label, ticked);
  item->width = width;
  item->standard = cl_field_width(column->field);
  g_ptr_array_add(items, item);
}

static gboolean is_among(const ClColumn *column, const ClColumn *columns, gsize n) {
  for (gsize i = 0; i < n; i++)
    if (same_column(&columns[i], column))
      return TRUE;
  return FALSE;
}

/* Adds the fields of `kind`, each behind `via` where it is given, that are not among the chosen ones. */
static void add_fields(const ListView *view, GPtrArray *items, const ClKind *kind, const ClField *via,
                       const ClColumn *chosen, gsize n_chosen) {
  for (const ClField *field = kind->fields; field->id; field++) {
    ClColumn column = {via, field};
    if (is_allowed(view, &column) && !is_among(&column, chosen, n_chosen))
      add_item(items, &column, FALSE, 0);
  }
}

/* The chosen columns in their order, then the other fields, then those of the records referred to. */
static GPtrArray *column_items(const ListView *view, const ClColumn *chosen, const int *widths, gsize n,
                               gboolean ticked) {
  GPtrArray *items = g_ptr_array_new_with_free_func((GDestroyNotify)chooser_item_free);
  for (gsize i = 0; i < n; i++)
    add_item(items, &chosen[i], ticked, widths ? widths[i] : 0);
  add_fields(view, items, view->kind, NULL, chosen, n);
  for (const ClField *via = view->kind->fields; via->id; via++)
    if (via->type == CL_TYPE_REF)
      add_fields(view, items, cl_kind_find(via->ref), via, chosen, n);
  return items;
}

void list_columns_open(ListView *view) {
  gsize n = 0;
  g_autofree ClColumn *standard = cl_kind_default_columns(view->kind, &n);
  g_autofree char *title = g_strdup_printf("Columns: %s", view->kind->label_plural);
  app_push(view->view.app,
           chooser_view_new(view->view.app, title,
                            column_items(view, view->columns, view->widths, view->n_columns, TRUE),
                            column_items(view, standard, NULL, n, TRUE), columns_chosen, view));
}

/* ---- order ------------------------------------------------------------------------------ */

char *list_columns_order_words(const ListView *view) {
  if (view->sort.n == 0 || is_among(&view->sort.v[0].column, view->columns, view->n_columns))
    return NULL;
  g_autofree char *label = cl_column_dup_label(&view->sort.v[0].column);
  return g_strdup_printf("by %s%s   ", label, view->sort.v[0].descending ? ", last first" : "");
}

void list_columns_sort(ListView *view, const ClColumn *column) {
  ClSort sort = {.v = {{*column, FALSE}}, .n = 1};
  if (view->sort.n > 0 && same_column(&view->sort.v[0].column, column))
    sort.v[0].descending = !view->sort.v[0].descending;
  view->sort_before = view->sort;
  view->sort = sort;
  list_columns_show(view);
  list_view_load(view);
}

static void sort_chosen(App *app, const PickerItem *item, gpointer data) {
  ListView *view = data;
  ClColumn column = {.field = NULL};
  if (item && cl_column_parse(view->kind, item->id, &column, NULL))
    list_columns_sort(view, &column);
}

void list_columns_open_sort(ListView *view) {
  g_autoptr(GPtrArray) columns = column_items(view, view->columns, NULL, view->n_columns, TRUE);
  GPtrArray *items = g_ptr_array_new_with_free_func((GDestroyNotify)picker_item_free);
  for (guint i = 0; i < columns->len; i++) {
    const ChooserItem *each = g_ptr_array_index(columns, i);
    PickerItem *item = picker_item_new(each->id, each->label, NULL);
    ClColumn column = {.field = NULL};
    g_ptr_array_add(items, item);
    if (view->sort.n > 0 && cl_column_parse(view->kind, item->id, &column, NULL) &&
        same_column(&view->sort.v[0].column, &column))
      item->detail = g_strdup(view->sort.v[0].descending ? "sorted, last first" : "sorted, first first");
  }
  app_push(view->view.app, picker_view_new(view->view.app, "Sort by", picker_source_new_fixed(items), NULL,
                                           sort_chosen, view));
}
