/* A list of records inside a screen. */
#include "pane.h"

#include "../app.h"
#include "../widgets/list.h"
#include "cells.h"

#include <string.h>

struct RecordPane {
  App *app;
  const ClKind *kind;
  ClColumn *columns;
  gsize n_columns;
  ClSort sort;
  char *filter;
  ClList *list;
  ListWidget widget;
  ClId id;       /* under the cursor */
  gboolean lost; /* the record's place in a new load is not known yet */
  gboolean stale;
  ClRows *rows; /* those from row `rows_from` on */
  gsize rows_from;
  char *text; /* of the last cell */
  RecordPaneCell cell;
  gpointer cell_data;
};

static void load(RecordPane *pane) {
  g_autoptr(GError) error = NULL;
  g_autoptr(ClFilter) filter =
      cl_filter_parse(app_get_session(pane->app), pane->kind, pane->filter, NULL, &error);
  if (!filter) {
    app_say_gerror(pane->app, &error);
    return;
  }
  pane->stale = FALSE;
  pane->lost = pane->id != 0;
  cl_list_load(pane->list, filter, &pane->sort);
}

static void add_columns(RecordPane *pane, const char *without, const char *chosen) {
  gsize n = 0;
  g_autofree ClColumn *all = cl_kind_default_columns(pane->kind, &n);
  g_auto(GStrv) words = chosen ? g_strsplit(chosen, " ", -1) : NULL;
  pane->columns = g_new0(ClColumn, MAX(n, words ? g_strv_length(words) : 0) + 1);
  for (gsize i = 0; !words && i < n; i++)
    if (!without || all[i].via || strcmp(all[i].field->id, without) != 0)
      pane->columns[pane->n_columns++] = all[i];
  for (gsize i = 0; words && words[i]; i++)
    if (cl_column_parse(pane->kind, words[i], &pane->columns[pane->n_columns], NULL))
      pane->n_columns++;
  for (gsize i = 0; i < pane->n_columns; i++)
    cells_add_column(&pane->widget, &pane->columns[i], 0);
}

RecordPane *record_pane_new(App *app, const ClKind *kind, const char *filter, const char *sort,
                            const char *without, const char *columns) {
  RecordPane *pane = g_new0(RecordPane, 1);
  pane->app = app;
  pane->kind = kind;
  pane->filter = g_strdup(filter ? filter : "");
  list_init(&pane->widget);
  add_columns(pane, without, columns);
  cl_sort_parse(kind, sort, &pane->sort, NULL);
  pane->list = cl_list_new(app_get_session(app), kind);
  load(pane);
  return pane;
}

void record_pane_free(RecordPane *pane) {
  if (!pane)
    return;
  cl_list_free(pane->list);
  cl_rows_free(pane->rows);
  list_clear(&pane->widget);
  g_free(pane->columns);
  g_free(pane->filter);
  g_free(pane->text);
  g_free(pane);
}

void record_pane_set_filter(RecordPane *pane, const char *filter) {
  g_free(pane->filter);
  pane->filter = g_strdup(filter);
  load(pane);
}

void record_pane_refresh(RecordPane *pane) {
  g_clear_pointer(&pane->rows, cl_rows_free);
}

/* ---- cursor --------------------------------------------------------------------------- */

/* The cursor follows its record; a record that is gone leaves it on the row. */
static void find_cursor(RecordPane *pane) {
  gsize n = cl_list_length(pane->list);
  list_set_rows(&pane->widget, n);
  if (pane->lost) {
    gssize row = cl_list_position_of(pane->list, pane->id, pane->widget.cursor);
    if (row >= 0)
      list_go(&pane->widget, (gsize)row);
    else if (record_pane_is_counting(pane))
      return;
  }
  pane->lost = FALSE;
  pane->id = cl_list_id_at(pane->list, pane->widget.cursor);
}

void record_pane_news(RecordPane *pane, guint bits) {
  if (bits & NEWS_WAKE && cl_list_poll(pane->list)) {
    record_pane_refresh(pane);
    find_cursor(pane);
    app_repaint(pane->app);
    if (pane->stale && !record_pane_is_counting(pane))
      load(pane);
  }
  if (bits & NEWS_DATA) {
    record_pane_refresh(pane);
    if (record_pane_is_counting(pane))
      pane->stale = TRUE;
    else
      load(pane);
    app_repaint(pane->app);
  }
}

void record_pane_seek(RecordPane *pane, ClId id) {
  pane->id = id;
  load(pane);
}

gboolean record_pane_command(RecordPane *pane, Verb verb) {
  if (!list_command(&pane->widget, verb))
    return FALSE;
  pane->lost = FALSE;
  pane->id = cl_list_id_at(pane->list, pane->widget.cursor);
  return TRUE;
}

ClId record_pane_step(RecordPane *pane, int step) {
  gsize before = pane->widget.cursor;
  record_pane_command(pane, step > 0 ? VERB_DOWN : VERB_UP);
  return pane->widget.cursor == before ? 0 : pane->id;
}

/* ---- drawing --------------------------------------------------------------------------- */

static void read_rows(RecordPane *pane) {
  gsize from = pane->widget.top, n = (gsize)MAX(pane->widget.page, 1);
  const ClIds *ids = cl_list_get_ids(pane->list);
  g_autoptr(GError) error = NULL;
  n = from < ids->n ? MIN(n, ids->n - from) : 0;
  if (pane->rows && pane->rows_from == from && pane->rows->n_rows == n)
    return;
  cl_rows_free(pane->rows);
  pane->rows = cl_rows_load(app_get_session(pane->app), pane->kind, pane->columns, pane->n_columns,
                            ids->v + from, n, &error);
  pane->rows_from = from;
  app_say_gerror(pane->app, &error);
}

static const char *cell(gpointer data, gsize row, int column, ThemeRole *role) {
  RecordPane *pane = data;
  if (!pane->rows || row < pane->rows_from || row - pane->rows_from >= pane->rows->n_rows)
    return "";
  const ClRow *found = &pane->rows->rows[row - pane->rows_from];
  const ClColumn *shown = &pane->columns[column];
  if (found->id == 0)
    return column == 0 ? "(gone)" : "";
  g_free(pane->text);
  pane->text = pane->cell ? pane->cell(pane->cell_data, found, shown) : NULL;
  if (!pane->text)
    pane->text = cell_text(shown->field, &found->cells[column], app_get_locale(pane->app), role);
  return pane->text;
}

void record_pane_draw(RecordPane *pane, Area area, gboolean focus, gboolean resting, const char *empty) {
  pane->widget.page = MAX(area.h - 1, 1);
  list_set_rows(&pane->widget, cl_list_length(pane->list));
  read_rows(pane);
  ListSource source = {cell, NULL, pane};
  pane->widget.resting = resting;
  list_draw(&pane->widget, &source, area, focus);
  if (pane->widget.n_rows > 0)
    return;
  const char *error = cl_list_get_error(pane->list);
  gboolean failed = cl_list_get_state(pane->list) == CL_LIST_FAILED;
  draw_text(area, 1, 3, -1, failed ? THEME_ERROR : THEME_HINT,
            failed && error                 ? error
            : record_pane_is_counting(pane) ? "reading…"
                                            : empty);
}

void record_pane_set_cell(RecordPane *pane, RecordPaneCell replace, gpointer data) {
  pane->cell = replace;
  pane->cell_data = data;
}

/* ---- what it holds --------------------------------------------------------------------- */

const ClKind *record_pane_get_kind(const RecordPane *pane) {
  return pane->kind;
}

ClId record_pane_get_id(const RecordPane *pane) {
  return pane->id;
}

gsize record_pane_get_row(const RecordPane *pane) {
  return pane->widget.cursor;
}

gsize record_pane_count(const RecordPane *pane) {
  return cl_list_length(pane->list);
}

gboolean record_pane_is_counting(const RecordPane *pane) {
  ClListState state = cl_list_get_state(pane->list);
  return state == CL_LIST_LOADING || state == CL_LIST_SORTING;
}

gboolean record_pane_is_busy(const RecordPane *pane) {
  return record_pane_is_counting(pane) && cl_list_length(pane->list) == 0;
}
