/* The line is drawn in dots of Braille letters, eight to a cell, where the terminal has them; in blocks that
 * stand as high as the value where it has those; else in stars. */
#include "chart.h"
#include "../term.h"

#include <caseload/text.h>
#include <string.h>

#define SCALE 7 /* columns of "100 % |" */

void chart_bar_draw(Area area, int y, const ChartBar *bar, int label_columns, int text_columns, gint64 whole) {
  int bar_columns = area.w - label_columns - text_columns - 4;
  draw_text(area, y, 0, label_columns, THEME_TEXT, bar->label);
  if (bar_columns > 0)
    draw_bar(area, y, label_columns + 1, bar_columns, bar->value, whole);
  int x = MAX(area.w - text_columns - 2, label_columns + 1);
  draw_right(area, y, x, text_columns, bar->late ? THEME_WARN : THEME_TEXT, bar->text);
  if (bar->late)
    draw_text(area, y, area.w - 1, 1, THEME_WARN, "!");
}

/* ---- the line --------------------------------------------------------------------------- */

typedef struct {
  int rows, columns; /* of the plot, in letters */
  int low, high;     /* the scale, per cent */
  const ChartPoint *points;
  int n;
} Plot;

/* The scale's ends, in tens, around the values. */
static void find_scale(Plot *plot) {
  int low = 100, high = 0;
  for (int i = 0; i < plot->n; i++)
    if (plot->points[i].value >= 0) {
      low = MIN(low, plot->points[i].value);
      high = MAX(high, plot->points[i].value);
    }
  plot->low = MIN(low, high) / 10 * 10;
  plot->high = (MAX(low, high) + 9) / 10 * 10;
  if (plot->high - plot->low < 20) {
    plot->high = MIN(plot->high + 10, 100);
    plot->low = MAX(plot->high - 20, 0);
  }
}

/* The column of a point among `columns`. */
static int x_of(const Plot *plot, int i, int columns) {
  return plot->n > 1 ? i * (columns - 1) / (plot->n - 1) : columns / 2;
}

/* The height above the scale's foot of the line at dot `x` of `columns`, in `heights` steps; -1 = no line. */
static int height_at(const Plot *plot, int x, int columns, int heights) {
  int left = -1, right = -1;
  for (int i = 0; i < plot->n; i++) {
    if (plot->points[i].value < 0)
      continue;
    if (x_of(plot, i, columns) <= x)
      left = i;
    if (x_of(plot, i, columns) >= x && right < 0)
      right = i;
  }
  if (left < 0 || right < 0)
    return -1;
  int from = x_of(plot, left, columns), to = x_of(plot, right, columns);
  double part = to > from ? (double)(x - from) / (to - from) : 0;
  double value = plot->points[left].value + part * (plot->points[right].value - plot->points[left].value);
  return (int)((value - plot->low) * (heights - 1) / (plot->high - plot->low) + 0.5);
}

static void put_braille(const Plot *plot, Area area) {
  static const guint8 dots[4][2] = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
  int width = plot->columns * 2, height = plot->rows * 4, before = -1;
  g_autofree guint8 *cells = g_new0(guint8, (gsize)plot->rows * (gsize)plot->columns);
  for (int x = 0; x < width; x++) {
    int now = height_at(plot, x, width, height);
    /* Steep parts are filled up, so that the line does not break. */
    int low = before < 0 || now < 0 ? now : MIN(now, before < now ? before + 1 : before - 1);
    int high = before < 0 || now < 0 ? now : MAX(now, before < now ? before + 1 : before - 1);
    for (int h = now == before ? now : low; now >= 0 && h <= (now == before ? now : high); h++) {
      int y = height - 1 - h;
      cells[y / 4 * plot->columns + x / 2] |= dots[y % 4][x % 2];
    }
    before = now;
  }
  for (int y = 0; y < plot->rows; y++)
    for (int x = 0; x < plot->columns; x++) {
      char letter[8] = "";
      if (cells[y * plot->columns + x] == 0)
        continue;
      g_unichar_to_utf8(0x2800u + cells[y * plot->columns + x], letter);
      draw_text(area, y, x, 1, THEME_TEXT, letter);
    }
}

static void put_blocks(const Plot *plot, Area area) {
  static const char *const parts[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  for (int x = 0; x < plot->columns; x++) {
    int eighths = height_at(plot, x, plot->columns, plot->rows * 8);
    for (int y = plot->rows - 1; eighths >= 0 && y >= 0; y--, eighths -= 8)
      draw_text(area, y, x, 1, THEME_TEXT, parts[MIN(eighths, 7)]);
  }
}

static void put_stars(const Plot *plot, Area area) {
  for (int x = 0; x < plot->columns; x++) {
    int height = height_at(plot, x, plot->columns, plot->rows);
    if (height >= 0)
      draw_text(area, plot->rows - 1 - height, x, 1, THEME_TEXT, "*");
  }
}

static void draw_scale(const Plot *plot, Area area) {
  gboolean lines = term_has_lines();
  for (int y = 0; y < plot->rows; y++) {
    int per_cent = plot->high - (plot->high - plot->low) * y / MAX(plot->rows - 1, 1);
    if (y == 0 || y == plot->rows - 1 || (y == plot->rows / 2 && plot->rows >= 5)) {
      g_autofree char *text = g_strdup_printf("%d %%", per_cent);
      draw_right(area, y, 0, SCALE - 2, THEME_HINT, text);
    }
    draw_text(area, y, SCALE - 1, 1, THEME_BORDER, lines ? "│" : "|");
  }
}

/* As many labels as have room, the last one ending with the line. */
static void draw_labels(const Plot *plot, Area area, int y, int chosen) {
  int free_from = SCALE;
  gboolean lines = term_has_lines();
  for (int x = 0; x < plot->columns; x++)
    draw_text(area, y, SCALE + x, 1, THEME_BORDER, lines ? "─" : "-");
  draw_text(area, y, SCALE - 1, 1, THEME_BORDER, lines ? "└" : "+");
  if (chosen >= 0 && chosen < plot->n)
    draw_text(area, y, SCALE + x_of(plot, chosen, plot->columns), 1, THEME_KEY, "^");
  for (int i = 0; i < plot->n; i++) {
    int width = cl_text_width(plot->points[i].label), x = SCALE + x_of(plot, i, plot->columns);
    gboolean fits_before_last = x + width + 2 <= SCALE + plot->columns - width;
    if (i + 1 == plot->n)
      x = SCALE + plot->columns - width;
    else if (!fits_before_last)
      continue;
    if (x < free_from)
      continue;
    draw_text(area, y + 1, x, width, THEME_HINT, plot->points[i].label);
    free_from = x + width + 4;
  }
}

void chart_line_draw(Area area, const ChartPoint *points, int n, int chosen) {
  Plot plot = {.rows = area.h - 2, .columns = area.w - SCALE, .points = points, .n = n};
  if (plot.rows < 1 || plot.columns < 9 || n == 0)
    return;
  find_scale(&plot);
  draw_scale(&plot, area);
  Area inside = area_sub(area, 0, SCALE, plot.rows, plot.columns);
  if (term_has_braille())
    put_braille(&plot, inside);
  else if (term_has_lines())
    put_blocks(&plot, inside);
  else
    put_stars(&plot, inside);
  draw_labels(&plot, area, plot.rows, chosen);
}
