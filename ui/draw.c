/* The only place that puts letters on the screen. The whole picture is drawn anew each paint; ncurses
 * sends what differs. */
#include "draw.h"
#include "term.h"

#include <caseload/text.h>
#include <ncurses.h>
#include <stdarg.h>
#include <string.h>

#define SPOTS_MAX 1024 /* more than a screen has rows, heads and keys */

typedef struct {
  int y, x, columns;
  Spot spot;
} PlacedSpot;

static struct {
  gboolean focus, mark;
  int cursor_y, cursor_x;
  PlacedSpot spots[SPOTS_MAX];
  int n_spots;
} pen;

Area area_sub(Area area, int y, int x, int h, int w) {
  y = CLAMP(y, 0, area.h);
  x = CLAMP(x, 0, area.w);
  return (Area){area.y + y, area.x + x, CLAMP(h, 0, area.h - y), CLAMP(w, 0, area.w - x)};
}

Area area_centre(Area area, int h, int w) {
  if (term_is_plain())
    return area;
  h = MIN(h, area.h);
  w = MIN(w, area.w);
  return area_sub(area, (area.h - h) / 2, (area.w - w) / 2, h, w);
}

/* The columns left at (y, x), at most `columns`; 0 when outside. */
static int room(Area area, int y, int x, int columns) {
  if (y < 0 || y >= area.h || x < 0 || x >= area.w)
    return 0;
  return columns < 0 ? area.w - x : MIN(columns, area.w - x);
}

static void set_role(ThemeRole role) {
  attrset((attr_t)theme_attributes_on(role, pen.focus, pen.mark));
}

static gboolean is_plain_ascii(const char *text, int *length) {
  int n = 0;
  for (const char *p = text; *p; p++, n++)
    if (*p < ' ' || *p >= 0x7f)
      return FALSE;
  *length = n;
  return TRUE;
}

int draw_text(Area area, int y, int x, int columns, ThemeRole role, const char *text) {
  columns = room(area, y, x, columns);
  if (columns <= 0 || !text || !*text)
    return 0;
  int length = 0;
  set_role(role);
  if (is_plain_ascii(text, &length) && length <= columns) {
    mvaddnstr(area.y + y, area.x + x, text, length);
    return length;
  }
  g_autofree char *ascii = term_is_utf8() ? NULL : cl_text_to_ascii(text);
  g_autofree char *cut = cl_text_cut(ascii ? ascii : text, columns, !term_has_lines());
  mvaddstr(area.y + y, area.x + x, cut);
  return cl_text_width(cut);
}

int draw_format(Area area, int y, int x, int columns, ThemeRole role, const char *format, ...) {
  va_list args;
  va_start(args, format);
  g_autofree char *text = g_strdup_vprintf(format, args);
  va_end(args);
  return draw_text(area, y, x, columns, role, text);
}

static void blanks(Area area, int y, int x, int columns, ThemeRole role) {
  columns = room(area, y, x, columns);
  if (columns <= 0)
    return;
  set_role(role);
  mvhline(area.y + y, area.x + x, ' ' | (chtype)theme_attributes_on(role, pen.focus, pen.mark), columns);
}

void draw_padded(Area area, int y, int x, int columns, ThemeRole role, const char *text) {
  blanks(area, y, x, columns, role);
  draw_text(area, y, x, columns, role, text);
}

void draw_right(Area area, int y, int x, int columns, ThemeRole role, const char *text) {
  if (columns < 0)
    columns = area.w - x;
  g_autofree char *ascii = term_is_utf8() ? NULL : cl_text_to_ascii(text);
  g_autofree char *cut = cl_text_cut(ascii ? ascii : text, columns, !term_has_lines());
  int width = cl_text_width(cut);
  draw_text(area, y, x + columns - width, width, role, cut);
}

/* The bytes of `text` that make its first wrapped line; *skip bytes more are blanks or the newline. */
static gsize wrap(const char *text, int columns, gsize *skip) {
  int used = 0;
  gsize blank = 0;
  const char *p = text;
  *skip = 0;
  while (*p && *p != '\n') {
    const char *next = g_utf8_next_char(p);
    char letter[8] = "";
    memcpy(letter, p, MIN((gsize)(next - p), sizeof letter - 1));
    int width = *p >= ' ' && *p < 0x7f ? 1 : cl_text_width(letter);
    if (*p == ' ')
      blank = (gsize)(p - text);
    if (used + width > columns && p > text) {
      *skip = blank > 0 ? 1 : 0;
      return blank > 0 ? blank : (gsize)(p - text);
    }
    used += width;
    p = next;
  }
  *skip = *p == '\n' ? 1 : 0;
  return (gsize)(p - text);
}

int draw_wrapped(Area area, int y, int x, int columns, int rows, ThemeRole role, const char *text) {
  columns = MAX(columns < 0 ? area.w - x : MIN(columns, area.w - x), 1);
  int used = 0;
  while (text && *text && used < rows) {
    gsize skip = 0, length = wrap(text, columns, &skip);
    g_autofree char *line = g_strndup(text, length);
    draw_text(area, y + used, x, columns, role, line);
    text += length + skip;
    used++;
  }
  return used;
}

int draw_wrapped_rows(int columns, const char *text) {
  int rows = 0;
  while (text && *text) {
    gsize skip = 0;
    gsize length = wrap(text, MAX(columns, 1), &skip);
    text += length + skip;
    rows++;
  }
  return rows;
}

void draw_on(gboolean focus, gboolean mark) {
  pen.focus = focus;
  pen.mark = mark;
}

void draw_fill(Area area, ThemeRole role) {
  for (int y = 0; y < area.h; y++)
    blanks(area, y, 0, area.w, role);
}

void draw_row_fill(Area area, int y, ThemeRole role) {
  blanks(area, y, 0, area.w, role);
}

/* Lines are sent as letters (WACS), never as the old line-drawing set; ASCII outside UTF-8. */
static void put_line_letter(int y, int x, const cchar_t *wide, char ascii) {
  if (term_has_lines())
    mvadd_wch(y, x, wide);
  else
    mvaddch(y, x, (chtype)ascii);
}

void draw_line(Area area, int y) {
  if (y < 0 || y >= area.h || term_is_plain())
    return;
  attrset((attr_t)theme_attributes(THEME_BORDER));
  if (term_has_lines())
    mvhline_set(area.y + y, area.x, WACS_HLINE, area.w);
  else
    mvhline(area.y + y, area.x, '-', area.w);
}

static void draw_border(Area area) {
  int bottom = area.y + area.h - 1, right = area.x + area.w - 1;
  attrset((attr_t)theme_attributes(THEME_BORDER));
  draw_line(area, 0);
  draw_line(area, area.h - 1);
  for (int y = area.y + 1; y < bottom; y++) {
    put_line_letter(y, area.x, WACS_VLINE, '|');
    put_line_letter(y, right, WACS_VLINE, '|');
  }
  put_line_letter(area.y, area.x, WACS_ULCORNER, '+');
  put_line_letter(area.y, right, WACS_URCORNER, '+');
  put_line_letter(bottom, area.x, WACS_LLCORNER, '+');
  put_line_letter(bottom, right, WACS_LRCORNER, '+');
}

Area draw_box(Area area, const char *title, const char *hint) {
  draw_fill(area, THEME_TEXT);
  if (area.h < 2 || area.w < 4)
    return area;
  if (!term_is_plain())
    draw_border(area);
  g_autofree char *above = title ? g_strdup_printf(" %s ", title) : NULL;
  g_autofree char *below = hint ? g_strdup_printf(" %s ", hint) : NULL;
  if (above)
    draw_text(area, 0, 2, area.w - 4, THEME_TITLE, above);
  if (below)
    draw_text(area, area.h - 1, 2, area.w - 4, THEME_HINT, below);
  return area_sub(area, 1, 2, area.h - 2, area.w - 4);
}

void draw_bar(Area area, int y, int x, int columns, gint64 part, gint64 whole) {
  columns = room(area, y, x, columns);
  if (columns <= 0)
    return;
  gint64 eighths = whole > 0 ? CLAMP(part, 0, whole) * columns * 8 / whole : 0;
  gboolean blocks = term_has_lines();
  static const char *const ends[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  GString *bar = g_string_new(NULL);
  for (gint64 i = 0; i < eighths / 8; i++)
    g_string_append(bar, blocks ? "█" : "#");
  if (blocks)
    g_string_append(bar, ends[eighths % 8]);
  draw_padded(area, y, x, columns, THEME_TEXT, bar->str);
  g_string_free(bar, TRUE);
}

void draw_cursor(Area area, int y, int x, gboolean visible) {
  if (!visible || area.h <= 0 || area.w <= 0)
    return;
  pen.cursor_y = area.y + CLAMP(y, 0, area.h - 1);
  pen.cursor_x = area.x + CLAMP(x, 0, area.w - 1);
}

void draw_focus(Area area, int y, int x, gboolean focus) {
  if (!focus)
    return;
  draw_text(area, y, x, 1, THEME_TEXT, ">");
  draw_cursor(area, y, x, TRUE);
}

void draw_spot(Area area, int y, int x, int columns, Spot spot) {
  columns = room(area, y, x, columns);
  if (columns > 0 && pen.n_spots < SPOTS_MAX && spot.owner)
    pen.spots[pen.n_spots++] = (PlacedSpot){area.y + y, area.x + x, columns, spot};
}

gboolean draw_spot_at(int y, int x, Spot *spot) {
  for (int i = pen.n_spots; i > 0; i--) {
    const PlacedSpot *placed = &pen.spots[i - 1];
    if (placed->y == y && x >= placed->x && x < placed->x + placed->columns) {
      *spot = placed->spot;
      return TRUE;
    }
  }
  return FALSE;
}

void draw_begin(void) {
  pen.n_spots = 0;
  pen.focus = pen.mark = FALSE;
  attrset(A_NORMAL);
  erase();
}

void draw_end(void) {
  attrset(A_NORMAL);
  move(pen.cursor_y, pen.cursor_x);
  wnoutrefresh(stdscr);
  doupdate();
}
