/* Columns of text under headers with a cursor bar. Cells come by callback, row by row. */
#include "list.h"
#include "../pointer.h"
#include "../term.h"

#include <caseload/text.h>

#define SIGNS 2     /* ">" and "*" before the first column */
#define NARROWEST 4 /* of a column that is cut at the right end */
#define SQUEEZE 3   /* a name may lose so many cells more, if another column stands whole for them */

static void column_clear(gpointer data) {
  ListColumn *column = data;
  g_free(column->label);
}

void list_init(ListWidget *list) {
  *list = (ListWidget){.columns = g_array_new(FALSE, TRUE, sizeof(ListColumn)), .page = 10};
  g_array_set_clear_func(list->columns, column_clear);
}

void list_clear(ListWidget *list) {
  if (list->columns)
    g_array_unref(list->columns);
  *list = (ListWidget){0};
}

void list_remove_columns(ListWidget *list) {
  g_array_set_size(list->columns, 0);
  list->first_column = 0;
}

void list_add_column(ListWidget *list, const char *label, int width, gboolean right) {
  ListColumn column = {.label = g_strdup(label), .width = width, .right = right};
  g_array_append_val(list->columns, column);
}

static ListColumn *column_at(const ListWidget *list, guint i) {
  return &g_array_index(list->columns, ListColumn, i);
}

void list_cut_column(ListWidget *list) {
  column_at(list, list->columns->len - 1)->cuts = TRUE;
}

void list_stretch_column(ListWidget *list, int least, int most) {
  ListColumn *column = column_at(list, list->columns->len - 1);
  column->least = least;
  column->most = most;
}

static int least_of(const ListColumn *column) {
  return column->least ? MIN(column->least, column->width) : column->width;
}

static void into_sight(ListWidget *list) {
  gsize page = (gsize)MAX(list->page, 1);
  if (list->n_rows == 0) {
    list->cursor = list->top = 0;
    return;
  }
  list->cursor = MIN(list->cursor, list->n_rows - 1);
  if (list->cursor < list->top)
    list->top = list->cursor;
  if (list->cursor >= list->top + page)
    list->top = list->cursor - page + 1;
  list->top = MIN(list->top, list->n_rows > page ? list->n_rows - page : 0);
}

void list_set_rows(ListWidget *list, gsize n_rows) {
  list->n_rows = n_rows;
  into_sight(list);
}

void list_go(ListWidget *list, gsize row) {
  list->cursor = row;
  into_sight(list);
}

static void move_by(ListWidget *list, gssize step) {
  if (list->n_rows == 0)
    return;
  gssize row = (gssize)list->cursor + step;
  list_go(list, (gsize)CLAMP(row, 0, (gssize)list->n_rows - 1));
}

static void move_across(ListWidget *list, int step) {
  int *place = list->cells ? &list->column : &list->first_column;
  *place = CLAMP(*place + step, 0, MAX((int)list->columns->len - 1, 0));
}

gboolean list_command(ListWidget *list, Verb verb) {
  gssize page = MAX(list->page - 1, 1);
  gsize clicked = 0;
  switch (verb) {
  case VERB_UP:
    move_by(list, -1);
    return TRUE;
  case VERB_DOWN:
    move_by(list, 1);
    return TRUE;
  case VERB_PAGE_UP:
    move_by(list, -page);
    return TRUE;
  case VERB_PAGE_DOWN:
    move_by(list, page);
    return TRUE;
  case VERB_FIRST:
    list_go(list, 0);
    return TRUE;
  case VERB_LAST:
    list_go(list, list->n_rows > 0 ? list->n_rows - 1 : 0);
    return TRUE;
  case VERB_LEFT:
  case VERB_RIGHT:
    move_across(list, verb == VERB_LEFT ? -1 : 1);
    return TRUE;
  case VERB_CLICK:
    if (!pointer_is_on(list, &clicked))
      return FALSE;
    list_go(list, clicked);
    return TRUE;
  default:
    return FALSE;
  }
}

/* A date or a number: cut, it says something else. */
static gboolean is_whole(const ListColumn *column) {
  return least_of(column) == column->width;
}

static ListColumn *widest_of(ListWidget *list, guint end, gboolean beyond) {
  ListColumn *widest = NULL;
  int most = 0;
  for (guint i = (guint)list->first_column; i < end; i++) {
    ListColumn *column = column_at(list, i);
    int slack = column->shown - (beyond ? 2 * SQUEEZE : least_of(column));
    if (is_whole(column) || slack <= most)
      continue;
    widest = column;
    most = slack;
  }
  return widest;
}

/* Takes `short_by` cells from columns that give way, one at a time from the one with most to give. */
static void give_way(ListWidget *list, guint end, int short_by) {
  ListColumn *widest = NULL;
  for (int beyond = 0; beyond < 2; beyond++)
    for (; short_by > 0 && (widest = widest_of(list, end, beyond)); short_by--)
      widest->shown--;
}

static void grow(ListWidget *list, guint end, int spare) {
  for (int names = 0; names < 2; names++)
    for (guint i = (guint)list->first_column; i < end; i++) {
      ListColumn *column = column_at(list, i);
      int more = CLAMP(column->most - column->shown, 0, spare);
      if ((least_of(column) < column->width) != names)
        continue;
      column->shown += more;
      spare -= more;
    }
  ListColumn *last = column_at(list, end - 1);
  if (end == list->columns->len && !last->right)
    last->shown += spare;
}

void list_fit(ListWidget *list, int total) {
  int room = total - SIGNS;
  gboolean yields = FALSE;
  guint end = (guint)list->first_column;
  for (guint i = 0; i < list->columns->len; i++)
    column_at(list, i)->shown = 0;
  for (int least = 0; end < list->columns->len; end++) {
    ListColumn *column = column_at(list, end);
    least += least_of(column) + 1;
    if (least > room + (is_whole(column) && yields ? SQUEEZE : 0))
      break;
    yields |= !is_whole(column);
    column->shown = column->width;
  }
  for (guint i = (guint)list->first_column; i < end; i++)
    room -= column_at(list, i)->shown + 1;
  if (room < 0)
    give_way(list, end, -room);
  else if (end < list->columns->len && room > NARROWEST && (!is_whole(column_at(list, end)) || column_at(list, end)->cuts))
    column_at(list, end)->shown = room - 1;
  else if (room > 0 && end > (guint)list->first_column)
    grow(list, end, room);
}

/* Scrolls until the chosen column stands in sight as wide as it wants to be. */
static void column_into_sight(ListWidget *list, int total) {
  list->column = CLAMP(list->column, 0, MAX((int)list->columns->len - 1, 0));
  list->first_column = MIN(list->first_column, list->column);
  for (; list->first_column < list->column; list->first_column++) {
    int x = SIGNS + 1;
    for (int i = list->first_column; i < list->column; i++)
      x += least_of(column_at(list, (guint)i)) + 1;
    if (x + least_of(column_at(list, (guint)list->column)) <= total)
      return;
  }
}

static void draw_header_row(const ListWidget *list, Area area) {
  int x = SIGNS + 1;
  for (guint i = (guint)list->first_column; i < list->columns->len; i++) {
    const ListColumn *column = column_at(list, i);
    int width = column->shown;
    if (width <= 0)
      break;
    const char *mark = column->sorted > 0 ? " ^" : column->sorted < 0 ? " v" : "";
    g_autofree char *cut = cl_text_cut(column->label, MAX(width - (*mark ? 2 : 0), 1), !term_has_lines());
    g_autofree char *label = g_strconcat(cut, mark, NULL);
    ThemeRole role = list->cells && list->column == (int)i ? THEME_TAB : THEME_LABEL;
    draw_spot(area, 0, x, width, (Spot){SPOT_HEAD, list, i});
    if (column->right)
      draw_right(area, 0, x, width, role, label);
    else
      draw_text(area, 0, x, width, role, label);
    x += width + 1;
  }
  if (list->first_column > 0)
    draw_text(area, 0, 0, 1, THEME_LABEL, "<");
}

static void draw_row(const ListWidget *list, const ListSource *source, Area area, int y, gsize row,
                     gboolean focus) {
  gboolean here = row == list->cursor;
  gboolean marked = source->marked && source->marked(source->data, row);
  draw_spot(area, y, 0, -1, (Spot){SPOT_ROW, list, row});
  draw_spot(area, y, 0, SIGNS + 1, (Spot){SPOT_MARGIN, list, row});
  draw_on(here && focus, marked);
  if (here && focus)
    draw_row_fill(area, y, THEME_TEXT);
  if (here && !list->resting)
    draw_text(area, y, 0, 1, THEME_TEXT, ">");
  if (marked)
    draw_text(area, y, 1, 1, THEME_TEXT, "*");
  int x = SIGNS + 1;
  for (guint i = (guint)list->first_column; i < list->columns->len; i++) {
    const ListColumn *column = column_at(list, i);
    int width = column->shown;
    if (width <= 0)
      break;
    ThemeRole role = THEME_TEXT;
    const char *text = source->cell(source->data, row, (int)i, &role);
    if (column->right)
      draw_right(area, y, x, width, role, text);
    else
      draw_text(area, y, x, width, role, text);
    x += width + 1;
  }
  draw_on(FALSE, FALSE);
}

void list_draw_more(const ListWidget *list, Area box) {
  gsize shown = list->top + (gsize)list->page;
  if (shown >= list->n_rows || box.h < 3)
    return;
  g_autofree char *text = g_strdup_printf(" %" G_GSIZE_FORMAT " more below ", list->n_rows - shown);
  int width = cl_text_width(text);
  if (width + 4 < box.w)
    draw_text(box, box.h - 1, box.w - width - 2, width, THEME_HINT, text);
}

void list_draw(ListWidget *list, const ListSource *source, Area area, gboolean focus) {
  int head = list->no_header ? 0 : 1;
  if (area.h <= head)
    return;
  list->page = area.h - head;
  into_sight(list);
  if (list->cells)
    column_into_sight(list, area.w);
  list_fit(list, area.w);
  if (head)
    draw_header_row(list, area_sub(area, 0, 0, 1, area.w));
  Area rows = area_sub(area, head, 0, list->page, area.w);
  for (int y = 0; y < list->page && list->top + (gsize)y < list->n_rows; y++)
    draw_row(list, source, rows, y, list->top + (gsize)y, focus);
  if (list->n_rows > 0)
    draw_cursor(rows, (int)(list->cursor - list->top), 0, focus);
  else
    draw_focus(rows, 0, 0, focus && !list->resting);
}
