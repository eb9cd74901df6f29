/* Cells of a list: rows are read by id for what is in sight and a little ahead, and kept until data change.
 */
#include "list_private.h"

#include "../widgets/picker.h"
#include "cells.h"

#include <string.h>

#define CACHE_MAX 3000

static void cached_row_free(gpointer data) {
  CachedRow *row = data;
  for (gsize i = 0; i < row->n; i++)
    g_free(row->texts[i]);
  g_free(row->texts);
  g_free(row->roles);
  g_free(row);
}

void list_rows_init(ListView *view) {
  view->rows = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, cached_row_free);
  view->columns = cl_kind_default_columns(view->kind, &view->n_columns);
}

void list_rows_clear(ListView *view) {
  g_hash_table_remove_all(view->rows);
}

static gboolean same_column(const ClColumn *a, const ClColumn *b) {
  return a->field == b->field && a->via == b->via;
}

void list_rows_set_columns(ListView *view) {
  list_remove_columns(&view->widget);
  for (gsize i = 0; i < view->n_columns; i++) {
    const ClField *field = view->columns[i].field;
    g_autofree char *label = cl_column_dup_label(&view->columns[i]);
    gboolean right =
        field->type == CL_TYPE_INT || field->type == CL_TYPE_NUMBER || field->type == CL_TYPE_MONEY;
    list_add_column(&view->widget, label, cl_field_width(field), right);
    if (view->sort.n > 0 && same_column(&view->sort.v[0].column, &view->columns[i]))
      g_array_index(view->widget.columns, ListColumn, i).sorted = view->sort.v[0].descending ? -1 : 1;
  }
}

static CachedRow *cache_row(const ListView *view, const ClRow *row) {
  CachedRow *cached = g_new0(CachedRow, 1);
  const ClLocale *locale = app_get_locale(view->view.app);
  cached->n = view->n_columns;
  cached->texts = g_new0(char *, cached->n);
  cached->roles = g_new0(ThemeRole, cached->n);
  for (gsize i = 0; i < cached->n; i++) {
    const ClField *field = view->columns[i].field;
    if (!row->id) {
      cached->texts[i] = g_strdup(i == 0 ? "(not there any more)" : "");
      continue;
    }
    cached->texts[i] = cell_text(field, &row->cells[i], locale, &cached->roles[i]);
  }
  return cached;
}

static void keep(ListView *view, ClId id, const ClRow *row) {
  gint64 *key = g_new(gint64, 1);
  *key = id;
  g_hash_table_replace(view->rows, key, cache_row(view, row));
}

/* Adds the ids of rows [from, to) that are not kept yet. */
static void collect_missing(const ListView *view, gsize from, gsize to, ClIds *missing) {
  for (gsize row = from; row < to && row < cl_list_length(view->list); row++) {
    gint64 id = cl_list_id_at(view->list, row);
    if (!g_hash_table_contains(view->rows, &id))
      cl_ids_add(missing, id);
  }
}

void list_rows_fetch(ListView *view) {
  g_autoptr(ClIds) missing = cl_ids_new();
  g_autoptr(GError) error = NULL;
  gsize page = (gsize)MAX(view->widget.page, 1), top = view->widget.top;
  collect_missing(view, top, top + page, missing);
  if (missing->n == 0)
    return;
  if (g_hash_table_size(view->rows) > CACHE_MAX)
    list_rows_clear(view);
  gsize half = page / 2;
  missing->n = 0;
  collect_missing(view, top > half ? top - half : 0, top + page + half, missing);
  g_autoptr(ClRows) rows = cl_rows_load(app_get_session(view->view.app), view->kind, view->columns,
                                        view->n_columns, missing->v, missing->n, &error);
  if (!rows) {
    app_say_gerror(view->view.app, &error);
    return;
  }
  for (gsize i = 0; i < rows->n_rows; i++)
    keep(view, missing->v[i], &rows->rows[i]);
}

const char *list_rows_cell(gpointer data, gsize row, int column, ThemeRole *role) {
  const ListView *view = data;
  gint64 id = cl_list_id_at(view->list, row);
  const CachedRow *cached = g_hash_table_lookup(view->rows, &id);
  if (!cached || (gsize)column >= cached->n)
    return "";
  *role = cached->roles[column];
  return cached->texts[column];
}

char *list_rows_dup_columns(const ListView *view) {
  GString *text = g_string_new(NULL);
  for (gsize i = 0; i < view->n_columns; i++) {
    g_autofree char *id = cl_column_dup_id(&view->columns[i]);
    g_string_append_printf(text, "%s%s", i > 0 ? "," : "", id);
  }
  return g_string_free(text, FALSE);
}

void list_rows_use_columns(ListView *view, const char *text) {
  g_auto(GStrv) words = g_strsplit(text, ",", -1);
  g_autofree ClColumn *columns = g_new0(ClColumn, g_strv_length(words) + 1);
  gsize n = 0;
  for (char **word = words; *word; word++)
    if (cl_column_parse(view->kind, g_strstrip(*word), &columns[n], NULL))
      n++;
  if (n == 0)
    return;
  g_free(view->columns);
  view->columns = g_steal_pointer(&columns);
  view->n_columns = n;
  list_rows_clear(view);
}

/* ---- choosing columns and order --------------------------------------------------- */

static void columns_chosen(App *app, const GPtrArray *items, gpointer data) {
  ListView *view = data;
  g_autofree ClColumn *columns = NULL;
  gsize n = 0;
  if (!items)
    return;
  columns = g_new0(ClColumn, items->len + 1);
  for (guint i = 0; i < items->len; i++) {
    const PickerItem *item = g_ptr_array_index(items, i);
    if (item->ticked && cl_column_parse(view->kind, item->id, &columns[n], NULL))
      n++;
  }
  if (n == 0) {
    app_say(app, "At least one column is needed; nothing was changed.");
    return;
  }
  g_free(view->columns);
  view->columns = g_steal_pointer(&columns);
  view->n_columns = n;
  list_rows_clear(view);
  list_rows_set_columns(view);
  app_repaint(app);
}

static void add_column_item(GPtrArray *items, const ClColumn *column, gboolean ticked) {
  g_autofree char *id = cl_column_dup_id(column);
  g_autofree char *label = cl_column_dup_label(column);
  PickerItem *item = picker_item_new(id, label, NULL);
  item->ticked = ticked;
  g_ptr_array_add(items, item);
}

static gboolean is_shown(const ListView *view, const ClColumn *column) {
  for (gsize i = 0; i < view->n_columns; i++)
    if (same_column(&view->columns[i], column))
      return TRUE;
  return FALSE;
}

char *list_rows_order_words(const ListView *view) {
  if (view->sort.n == 0 || is_shown(view, &view->sort.v[0].column))
    return NULL;
  g_autofree char *label = cl_column_dup_label(&view->sort.v[0].column);
  return g_strdup_printf("by %s%s   ", label, view->sort.v[0].descending ? ", last first" : "");
}

/* The columns in sight first, in their order, then the others. */
static GPtrArray *column_items(const ListView *view) {
  GPtrArray *items = g_ptr_array_new_with_free_func((GDestroyNotify)picker_item_free);
  gsize n = 0;
  g_autofree ClColumn *all = cl_kind_all_columns(view->kind, &n);
  for (gsize i = 0; i < view->n_columns; i++)
    add_column_item(items, &view->columns[i], TRUE);
  for (gsize i = 0; i < n; i++)
    if (!is_shown(view, &all[i]))
      add_column_item(items, &all[i], FALSE);
  return items;
}

void list_rows_open_columns(ListView *view) {
  app_push(view->view.app,
           picker_view_new_many(view->view.app, "Columns", column_items(view), columns_chosen, view));
}

static void sort_chosen(App *app, const PickerItem *item, gpointer data) {
  ListView *view = data;
  ClSort sort = {.n = 0};
  g_autoptr(GError) error = NULL;
  if (!item)
    return;
  if (!cl_sort_parse(view->kind, item->id, &sort, &error)) {
    app_say_gerror(app, &error);
    return;
  }
  if (view->sort.n > 0 && same_column(&view->sort.v[0].column, &sort.v[0].column))
    sort.v[0].descending = !view->sort.v[0].descending;
  view->sort_before = view->sort;
  view->sort = sort;
  list_rows_set_columns(view);
  list_view_load(view);
}

void list_rows_open_sort(ListView *view) {
  GPtrArray *items = column_items(view);
  for (guint i = 0; i < items->len; i++) {
    PickerItem *item = g_ptr_array_index(items, i);
    ClColumn column = {.field = NULL};
    if (view->sort.n > 0 && cl_column_parse(view->kind, item->id, &column, NULL) &&
        same_column(&view->sort.v[0].column, &column))
      item->detail = g_strdup(view->sort.v[0].descending ? "sorted, last first" : "sorted, first first");
  }
  app_push(view->view.app, picker_view_new(view->view.app, "Sort by", picker_source_new_fixed(items), NULL,
                                           sort_chosen, view));
}
