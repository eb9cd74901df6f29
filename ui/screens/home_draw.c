/* Where the boxes lie: side by side in two or three columns, those that do not fit in height below; the one
 * with the focus is always in sight. In a narrow window and for screen readers one column of lines, where
 * every chart is a table. */
#include "home_private.h"

#include "../widgets/chart.h"
#include "../words.h"

#include <caseload/text.h>

#define BOX_ROWS 8
#define LINE_ROWS 9       /* of a box with a line */
#define LINE_ROWS_MOST 16
#define BAR_COLUMNS 8     /* a bar is given at least, if labels can be cut for it */
#define EMPTY_ROWS 5
#define FLAT_COLUMNS 60   /* numbers at the right are not further away than that */

/* ---- words of a line ---------------------------------------------------------------------- */

static gboolean is_over(const HomeBox *box, const ClFigure *figure) {
  return box->form == CL_PANEL_BARS && figure->of >= 0 && figure->count > figure->of;
}

/* "29", "72 of 80", "21 of 28, 75 %". The caller frees. */
static char *dup_numbers(const HomeBox *box, const ClFigure *figure) {
  g_autofree char *count = words_number(figure->count);
  if (figure->of < 0)
    return g_steal_pointer(&count);
  g_autofree char *of = words_number(figure->of);
  int percent = box->form == CL_PANEL_LINE ? cl_figure_percent(figure) : -1;
  return percent < 0 ? g_strdup_printf("%s of %s", count, of)
                     : g_strdup_printf("%s of %s, %d %%", count, of, percent);
}

static char *dup_title(const HomeView *self, const HomeBox *box) {
  const ClFigures *figures = home_box_figures(self, box);
  return figures && figures->note ? g_strdup_printf("%s (%s)", box->title, figures->note) : g_strdup(box->title);
}

static const char *empty_words(const HomeView *self, const HomeBox *box) {
  if (box->form == CL_PANEL_NEED && cl_home_is_empty(self->home))
    return "Nobody is here yet. a makes the first record. Many at once: caseload import job-seekers FILE.csv. To look "
           "around among invented people: caseload demo --store FILE.";
  if (box->counting)
    return "counting…";
  return box->form == CL_PANEL_NEED ? "Nothing waits for you." : "Nothing to count yet.";
}

/* ---- one line ------------------------------------------------------------------------------- */

/* The signs before a line: where the cursor is, and that something is late. */
static void draw_signs(Area area, int y, gboolean here, gboolean late) {
  if (here)
    draw_text(area, y, 0, 1, THEME_TEXT, ">");
  if (late)
    draw_text(area, y, 1, 1, THEME_WARN, "!");
  draw_cursor(area, y, 0, here);
}

static int number_columns(const HomeBox *box) {
  int columns = 1;
  for (gsize i = 0; i < box->lines->len; i++) {
    g_autofree char *count = words_number(home_line(box, i)->figure->count);
    columns = MAX(columns, cl_text_width(count));
  }
  return columns;
}

static void draw_step(const HomeBox *box, gsize i, Area area, int y, gboolean here) {
  const ClFigure *figure = home_line(box, i)->figure;
  draw_signs(area, y, here, FALSE);
  draw_format(area, y, 2, -1, THEME_TEXT, "[%c] %s", figure->count ? 'x' : ' ', figure->label);
}

static int draw_need(const HomeView *self, const HomeBox *box, gsize i, Area area, int y, gboolean here) {
  if (box->steps) {
    draw_step(box, i, area, y, here);
    return 1;
  }
  const HomeLine *line = home_line(box, i);
  const ClPanel *panel = home_line_panel(self, line);
  gboolean late = panel && panel->late;
  g_autofree char *count = words_number(line->figure->count);
  int columns = number_columns(box);
  draw_signs(area, y, here, late);
  draw_right(area, y, 3, columns, late ? THEME_WARN : THEME_TEXT, count);
  draw_text(area, y, 4 + columns, -1, THEME_TEXT, line->figure->label);
  if (!line->note)
    return 1;
  if (y + 1 < area.h)
    draw_text(area, y + 1, 4 + columns, -1, THEME_HINT, line->note);
  return 2;
}

static void draw_table_row(const HomeBox *box, gsize i, Area area, int y, gboolean here) {
  const ClFigure *figure = home_line(box, i)->figure;
  g_autofree char *numbers = dup_numbers(box, figure);
  gboolean over = is_over(box, figure);
  int width = cl_text_width(numbers);
  draw_signs(area, y, here, over);
  draw_text(area, y, 3, area.w - width - 5, THEME_TEXT, figure->label);
  draw_right(area, y, area.w - width - 1, width, over ? THEME_WARN : THEME_TEXT, numbers);
}

/* The widths that all rows of a chart share, and the value of a full bar. */
typedef struct {
  int label, text;
  gint64 whole;
} BarSizes;

/* Of thousands of caseworkers this takes longer than all the drawing: once for each count. */
static void measure(HomeBox *box) {
  box->label_width = box->numbers_width = 1;
  box->most = 1;
  for (gsize i = 0; i < box->lines->len; i++) {
    const ClFigure *figure = home_line(box, i)->figure;
    g_autofree char *numbers = dup_numbers(box, figure);
    box->label_width = MAX(box->label_width, cl_text_width(figure->label));
    box->numbers_width = MAX(box->numbers_width, cl_text_width(numbers));
    box->most = MAX(box->most, MAX(figure->count, figure->of));
  }
}

static BarSizes bar_sizes(HomeBox *box, int columns) {
  if (!box->numbers_width)
    measure(box);
  BarSizes sizes = {box->label_width, box->numbers_width, box->most};
  sizes.label = MIN(sizes.label, MAX(columns - 2 - sizes.text - 4 - BAR_COLUMNS, 8));
  return sizes;
}

static void draw_bar_row(const HomeBox *box, gsize i, Area area, int y, const BarSizes *sizes, gboolean here) {
  const ClFigure *figure = home_line(box, i)->figure;
  g_autofree char *numbers = dup_numbers(box, figure);
  ChartBar bar = {figure->label, numbers, figure->count, is_over(box, figure)};
  draw_signs(area, y, here, FALSE);
  chart_bar_draw(area_sub(area, 0, 2, area.h, area.w - 2), y, &bar, sizes->label, sizes->text, sizes->whole);
}

/* ---- one box --------------------------------------------------------------------------------- */

static int line_rows(const HomeBox *box, gsize i) {
  return box->form == CL_PANEL_NEED && home_line(box, i)->note ? 2 : 1;
}

static int all_rows(const HomeBox *box) {
  int rows = 0;
  for (gsize i = 0; i < box->lines->len; i++)
    rows += line_rows(box, i);
  return rows;
}

/* Scrolls so that the cursor's line is in sight. */
static void scroll_box(HomeBox *box, int rows) {
  if (box->cursor < box->top || box->top >= box->lines->len)
    box->top = box->cursor;
  for (;;) {
    int used = 0;
    for (gsize i = box->top; i <= box->cursor && i < box->lines->len; i++)
      used += line_rows(box, i);
    if (used <= MAX(rows, 1) || box->top >= box->cursor)
      break;
    box->top++;
  }
  while (box->top > 0) {
    int below = 0;
    for (gsize i = box->top - 1; i < box->lines->len; i++)
      below += line_rows(box, i);
    if (below > rows)
      break;
    box->top--;
  }
}

static void draw_point_chart(const HomeBox *box, Area area, gboolean focus) {
  g_autofree ChartPoint *points = g_new0(ChartPoint, box->lines->len + 1);
  for (gsize i = 0; i < box->lines->len; i++)
    points[i] = (ChartPoint){home_line(box, i)->figure->label, cl_figure_percent(home_line(box, i)->figure)};
  chart_line_draw(area_sub(area, 0, 0, area.h - 1, area.w), points, (int)box->lines->len, (int)box->cursor);
  const ClFigure *figure = home_line(box, box->cursor)->figure;
  g_autofree char *numbers = dup_numbers(box, figure);
  draw_signs(area, area.h - 1, focus, FALSE);
  draw_format(area, area.h - 1, 2, -1, THEME_TEXT, "%s: %s", figure->label, numbers);
}

static void draw_lines(const HomeView *self, HomeBox *box, Area area, gboolean focus) {
  gboolean table = box->as_table || box->form == CL_PANEL_LINE;
  BarSizes sizes = bar_sizes(box, area.w);
  scroll_box(box, area.h);
  int y = 0;
  for (gsize i = box->top; i < box->lines->len && y < area.h; i++) {
    gboolean here = focus && i == box->cursor;
    draw_spot(area, y, 0, -1, (Spot){SPOT_ROW, box, i});
    draw_on(here, FALSE);
    if (here)
      draw_row_fill(area, y, THEME_TEXT);
    if (box->form == CL_PANEL_NEED) {
      y += draw_need(self, box, i, area, y, here);
    } else {
      if (table)
        draw_table_row(box, i, area, y, here);
      else
        draw_bar_row(box, i, area, y, &sizes, here);
      y++;
    }
    draw_on(FALSE, FALSE);
  }
}

static void draw_one(const HomeView *self, HomeBox *box, Area area, gboolean focus) {
  const ClFigures *figures = home_box_figures(self, box);
  g_autofree char *title = dup_title(self, box);
  int rows = all_rows(box), room = area.h - 2;
  gboolean chart = box->form == CL_PANEL_LINE && !box->as_table && room >= 4;
  g_autofree char *more = !chart && rows > room && room > 0 ? g_strdup_printf("%d lines", rows) : NULL;
  Area inside = draw_box(area, title, more);
  /* One column more at the left than a box of text has: the signs stand at its edge. */
  if (figures && figures->error) {
    draw_wrapped(inside, 0, 2, inside.w - 2, inside.h, THEME_ERROR, figures->error);
    draw_signs(inside, 0, focus, FALSE);
  } else if (box->lines->len == 0) {
    draw_wrapped(inside, 0, 2, inside.w - 2, inside.h, THEME_HINT, empty_words(self, box));
    draw_signs(inside, 0, focus, FALSE);
  } else if (chart) {
    draw_point_chart(box, inside, focus);
  } else {
    draw_lines(self, box, inside, focus);
  }
}

/* ---- all boxes -------------------------------------------------------------------------------- */

static int wanted_rows(const HomeBox *box) {
  return box->form == CL_PANEL_LINE ? LINE_ROWS_MOST : all_rows(box) + 2;
}

/* Puts boxes into rows of `columns`, those that fit first; returns the order, and how many are in each row. */
static GPtrArray *pack(const HomeView *self, int columns, GArray *rows) {
  GPtrArray *order = g_ptr_array_new();
  g_autofree gboolean *placed = g_new0(gboolean, self->boxes->len);
  while (order->len < self->boxes->len) {
    int used = 0, n = 0;
    for (guint i = 0; i < self->boxes->len; i++) {
      int span = home_box(self, i)->form == CL_PANEL_LINE ? 2 : 1;
      if (placed[i] || used + span > columns)
        continue;
      placed[i] = TRUE;
      used += span;
      n++;
      g_ptr_array_add(order, home_box(self, i));
    }
    g_array_append_val(rows, n);
  }
  return order;
}

static void reorder(HomeView *self, GPtrArray *order) {
  HomeBox *focused = home_box(self, self->focus);
  for (guint i = 0; i < order->len; i++) {
    self->boxes->pdata[i] = order->pdata[i];
    if (order->pdata[i] == focused)
      self->focus = i;
  }
}

/* Sideways, and the least height; returns where the next row begins. */
static int place_row(HomeView *self, guint first, int n, int columns, int y, int width) {
  int column = 0, height = BOX_ROWS;
  for (int i = 0; i < n; i++) {
    HomeBox *box = home_box(self, first + (guint)i);
    int span = box->form == CL_PANEL_LINE ? 2 : 1;
    box->y = y;
    box->x = column * width / columns;
    column += span;
    box->w = (i + 1 == n ? width : column * width / columns) - box->x;
    height = MAX(height, box->form == CL_PANEL_LINE ? LINE_ROWS : BOX_ROWS);
  }
  for (int i = 0; i < n; i++)
    home_box(self, first + (guint)i)->h = height;
  return y + height;
}

/* Gives the rows that are left to the boxes that want them, from the top. */
static void grow(HomeView *self, const GArray *rows, int left) {
  guint first = 0;
  int down = 0;
  for (guint r = 0; r < rows->len; r++) {
    int n = g_array_index(rows, int, r), height = home_box(self, first)->h, wanted = height;
    for (int i = 0; i < n; i++)
      wanted = MAX(wanted, wanted_rows(home_box(self, first + (guint)i)));
    int more = MIN(wanted - height, left);
    for (int i = 0; i < n; i++) {
      home_box(self, first + (guint)i)->y += down;
      home_box(self, first + (guint)i)->h += more;
    }
    down += more;
    left -= more;
    first += (guint)n;
  }
}

static void place(HomeView *self, Area area) {
  int columns = area.w >= 110 ? 3 : 2, y = 0, seen = 0;
  g_autoptr(GArray) rows = g_array_new(FALSE, TRUE, sizeof(int));
  g_autoptr(GPtrArray) order = pack(self, columns, rows);
  reorder(self, order);
  guint first = 0;
  for (guint r = 0; r < rows->len; r++) {
    y = place_row(self, first, g_array_index(rows, int, r), columns, y, area.w);
    first += (guint)g_array_index(rows, int, r);
    if (y <= area.h)
      seen = y;
  }
  grow(self, rows, area.h - seen);
}

/* The row of boxes at the top such that the one with the focus is in sight as a whole. */
static void scroll_to_focus(HomeView *self, int height) {
  const HomeBox *focused = home_box(self, self->focus);
  int scroll = MIN(self->scroll, focused->y);
  for (guint i = 0; i < self->boxes->len && focused->y + focused->h > scroll + height; i++)
    if (home_box(self, i)->y > scroll)
      scroll = home_box(self, i)->y;
  /* What fits at the end needs no scrolling. */
  const HomeBox *last = home_box(self, self->boxes->len - 1);
  self->scroll = last->y + last->h <= height ? 0 : scroll;
}

static void draw_boxes(HomeView *self, Area area, gboolean focus) {
  place(self, area);
  scroll_to_focus(self, area.h);
  for (guint i = 0; i < self->boxes->len; i++) {
    HomeBox *box = home_box(self, i);
    int y = box->y - self->scroll, h = MIN(box->h, area.h - y);
    if (y >= 0 && h >= 4)
      draw_one(self, box, area_sub(area, y, box->x, h, box->w), focus && i == self->focus);
  }
}

/* ---- one column of lines ------------------------------------------------------------------------ */

static int flat_rows(const HomeView *self, const HomeBox *box) {
  gboolean greets = box->form == CL_PANEL_NEED && box->lines->len == 0 && cl_home_is_empty(self->home);
  return 1 + (greets ? EMPTY_ROWS : MAX(all_rows(box), 1));
}

static void scroll_flat(HomeView *self, int height) {
  const HomeBox *box = home_box(self, self->focus);
  int at = 0;
  for (guint i = 0; i < self->focus; i++)
    at += flat_rows(self, home_box(self, i));
  int head = at++;
  for (gsize i = 0; i < box->cursor; i++)
    at += line_rows(box, i);
  int last = at + (box->lines->len > 0 ? line_rows(box, box->cursor) : 1);
  if (last > self->scroll + height)
    self->scroll = last - height;
  if (box->cursor == 0 ? head < self->scroll : at < self->scroll)
    self->scroll = box->cursor == 0 ? head : at;
}

/* Draws the rows of a box that are in sight, beginning with its title in row `y`. */
static void draw_flat_box(const HomeView *self, HomeBox *box, Area area, int y, gboolean focus) {
  const ClFigures *figures = home_box_figures(self, box);
  g_autofree char *title = dup_title(self, box);
  draw_text(area, y++, 1, -1, THEME_TITLE, title);
  if (box->lines->len == 0 && y >= 0 && y < area.h) {
    gboolean failed = figures && figures->error;
    draw_wrapped(area, y, 3, area.w - 4, EMPTY_ROWS, failed ? THEME_ERROR : THEME_HINT,
                 failed ? figures->error : empty_words(self, box));
    draw_signs(area, y, focus, FALSE);
  }
  for (gsize i = 0; i < box->lines->len && y < area.h; i++) {
    gboolean here = focus && i == box->cursor;
    draw_on(here, FALSE);
    draw_spot(area, y, 0, -1, (Spot){SPOT_ROW, box, i});
    if (y >= 0 && here)
      draw_row_fill(area, y, THEME_TEXT);
    if (y >= 0 && box->form == CL_PANEL_NEED)
      draw_need(self, box, i, area, y, here);
    else if (y >= 0)
      draw_table_row(box, i, area, y, here);
    draw_on(FALSE, FALSE);
    y += line_rows(box, i);
  }
}

static void draw_flat(HomeView *self, Area area, gboolean focus) {
  Area column = area_sub(area, 0, 0, area.h, MIN(area.w, FLAT_COLUMNS));
  scroll_flat(self, area.h);
  int y = -self->scroll;
  for (guint i = 0; i < self->boxes->len && y < area.h; i++) {
    draw_flat_box(self, home_box(self, i), column, y, focus && i == self->focus);
    y += flat_rows(self, home_box(self, i));
  }
}

void home_draw(HomeView *self, Area area, gboolean focus) {
  gboolean flat = term_is_plain() || area.w < 72 || area.h < 14;
  if (flat != self->flat)
    self->scroll = 0;
  self->flat = flat;
  if (flat)
    draw_flat(self, area, focus);
  else
    draw_boxes(self, area, focus);
}
