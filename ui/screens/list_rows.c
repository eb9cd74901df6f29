/* Cells of a list: rows are read by id for what is in sight and a little ahead, and kept until data change.
 */
#include "list_private.h"

#include "cells.h"
#include "copy.h"

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
}

void list_rows_clear(ListView *view) {
  g_hash_table_remove_all(view->rows);
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
    gboolean late = field->flags & CL_FIELD_LATE && !view->columns[i].via;
    const ClValue *known = late ? app_late_value(view->view.app, view->kind, field, row->id) : NULL;
    cached->texts[i] = cell_text(field, known ? known : &row->cells[i], locale, &cached->roles[i]);
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
  view->grouped = !term_is_plain() && cl_sort_is_default(&view->sort, view->kind);
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

void list_rows_take(ListView *view, const ClRows *rows) {
  for (gsize i = 0; i < rows->n_rows; i++)
    keep(view, rows->rows[i].id, &rows->rows[i]);
}

static const CachedRow *row_at(const ListView *view, gsize row) {
  gint64 id = cl_list_id_at(view->list, row);
  return g_hash_table_lookup(view->rows, &id);
}

/* TRUE when a grouping column and all before it say what they say in the row above, which is in sight. */
static gboolean is_repeated(const ListView *view, const CachedRow *cached, gsize row, int column) {
  if (row == view->widget.top || row == 0 || !view->grouped)
    return FALSE;
  const CachedRow *above = row_at(view, row - 1);
  for (int i = 0; i <= column; i++)
    if (!above || (gsize)i >= above->n || !(view->columns[i].field->flags & CL_FIELD_GROUP) || strcmp(above->texts[i], cached->texts[i]) != 0)
      return FALSE;
  return TRUE;
}

const char *list_rows_cell(gpointer data, gsize row, int column, ThemeRole *role) {
  const ListView *view = data;
  const CachedRow *cached = row_at(view, row);
  if (!cached || (gsize)column >= cached->n)
    return "";
  *role = cached->roles[column];
  if (is_repeated(view, cached, row, column))
    return "";
  return cached->texts[column];
}

void list_rows_copy(ListView *view) {
  GString *text = g_string_new(NULL);
  const CachedRow *cached = row_at(view, view->widget.cursor);
  for (gsize i = 0; cached && i < cached->n; i++)
    g_string_append_printf(text, "%s%s", i > 0 ? "\t" : "", cached->texts[i]);
  copy_record(view->view.app, view->kind, view->cursor_id, view->board ? NULL : text->str);
  g_string_free(text, TRUE);
}
