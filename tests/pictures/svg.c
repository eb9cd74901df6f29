/* Cells to shapes: backgrounds first, then underlines, box lines and blocks, then runs of letters. */
#include "svg.h"

#include <string.h>

#define CELL_W 8
#define CELL_H 17
#define BASE 13 /* of the letters, from the top of a cell */
#define MARGIN 12

#define PAPER "#12181f"
#define INK "#d5dde3"

static const char *const palette[16] = {
    "#1f2933", "#e06c60", "#7fb069", "#e0b050", "#6aa5e8", "#b48ee0", "#5fc0c8", "#d5dde3",
    "#7a8894", "#ff8a7a", "#9fd089", "#ffd070", "#8fc2ff", "#d0b0ff", "#80dce4", "#ffffff",
};

typedef enum { CELL_BLANK, CELL_TEXT, CELL_RTL, CELL_WIDE, CELL_SHAPE } CellType;

typedef struct {
  char text[64];
  CellType type;
  int width;
  gboolean bold, underline;
  const char *ink, *paper; /* paper NULL: the terminal's own */
} Cell;

/* ---- reading --------------------------------------------------------------------------------- */

static gboolean is_shape(gunichar c) {
  return (c >= 0x2500 && c <= 0x257f) || (c >= 0x2580 && c <= 0x259f);
}

static CellType type_of(const char *text, int width) {
  gunichar c = g_utf8_get_char(text);
  if (strcmp(text, " ") == 0)
    return CELL_BLANK;
  if (is_shape(c))
    return CELL_SHAPE;
  if ((c >= 0x590 && c <= 0x8ff) || (c >= 0xfb1d && c <= 0xfdff))
    return CELL_RTL;
  return width > 1 ? CELL_WIDE : CELL_TEXT;
}

static Cell read_cell(Tui *tui, int row, int column, GString *letter) {
  TuiCell look = tui_cell(tui, row, column);
  Cell cell = {.width = tui_letter(tui, row, column, letter), .bold = look.bold, .underline = look.underline};
  g_strlcpy(cell.text, letter->str, sizeof cell.text);
  cell.type = cell.width ? type_of(cell.text, cell.width) : CELL_BLANK;
  const char *ink = look.foreground >= 0 && look.foreground < 16 ? palette[look.foreground] : INK;
  const char *paper = look.background >= 0 && look.background < 16 ? palette[look.background] : NULL;
  cell.ink = look.reverse ? (paper ? paper : PAPER) : ink;
  cell.paper = look.reverse ? ink : paper;
  return cell;
}

/* ---- shapes ----------------------------------------------------------------------------------- */

/* A line of `row` as far as cells agree: same(a, b) and wanted(a). */
static void add_strips(GString *out, const Cell *line, int columns, int y, gboolean underlines) {
  for (int x = 0; x < columns;) {
    const char *colour = underlines ? (line[x].underline ? line[x].ink : NULL) : line[x].paper;
    int end = x + 1;
    while (end < columns &&
           g_strcmp0(colour, underlines ? (line[end].underline ? line[end].ink : NULL) : line[end].paper) == 0)
      end++;
    if (colour)
      g_string_append_printf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n", x * CELL_W,
                             underlines ? y + CELL_H - 2 : y, (end - x) * CELL_W, underlines ? 1 : CELL_H, colour);
    x = end;
  }
}

/* Arms of the light box letters: 1 left, 2 right, 4 up, 8 down. */
static int box_arms(gunichar c) {
  static const struct {
    gunichar c;
    int arms;
  } arms[] = {{0x2500, 3}, {0x2502, 12}, {0x250c, 10}, {0x2510, 9},  {0x2514, 6},  {0x2518, 5},
              {0x251c, 14}, {0x2524, 13}, {0x252c, 11}, {0x2534, 7}, {0x253c, 15}};
  for (gsize i = 0; i < G_N_ELEMENTS(arms); i++)
    if (arms[i].c == c)
      return arms[i].arms;
  return 0;
}

/* Lines of all boxes as one path: `cells` of them side by side. */
static void add_box(GString *path, int arms, int x, int y, int cells) {
  double cx = x + CELL_W / 2.0, cy = y + CELL_H / 2.0;
  if (arms & 3)
    g_string_append_printf(path, "M%g %gH%g", arms & 1 ? x : cx, cy, arms & 2 ? x + cells * CELL_W : cx);
  if (arms & 12)
    g_string_append_printf(path, "M%g %gV%g", cx, arms & 4 ? y : cy, arms & 8 ? y + CELL_H : cy);
}

/* █ ▉ … ▏ from the left, ▁ … ▇ from below, ▀ above; others as a half-tone. */
static void add_block(GString *out, gunichar c, int x, int y, int cells, const char *ink) {
  double w = cells * CELL_W, h = CELL_H, top = y;
  double opacity = 1;
  if (c > 0x2588 && c <= 0x258f)
    w = CELL_W * (0x2590 - c) / 8.0;
  else if (c >= 0x2581 && c <= 0x2587)
    h = CELL_H * (c - 0x2580) / 8.0, top = y + CELL_H - h;
  else if (c == 0x2580)
    h = CELL_H / 2.0;
  else if (c != 0x2588)
    opacity = 0.4;
  g_string_append_printf(out, "<rect x=\"%d\" y=\"%g\" width=\"%g\" height=\"%g\" fill=\"%s\"", x, top, w, h, ink);
  if (opacity < 1)
    g_string_append_printf(out, " opacity=\"%g\"", opacity);
  g_string_append(out, "/>\n");
}

/* The shape at `x` with those equal to it that continue it; returns how many cells that are. */
static int add_shape(GString *out, GString *path, const Cell *line, int x, int columns, int y) {
  gunichar c = g_utf8_get_char(line[x].text);
  int arms = box_arms(c), cells = 1;
  while ((c == 0x2500 || c == 0x2588) && x + cells < columns && strcmp(line[x + cells].text, line[x].text) == 0 &&
         strcmp(line[x + cells].ink, line[x].ink) == 0)
    cells++;
  if (arms)
    add_box(path, arms, x * CELL_W, y, cells);
  else
    add_block(out, c, x * CELL_W, y, cells, line[x].ink);
  return cells;
}

/* ---- letters ------------------------------------------------------------------------------------ */

static gboolean joins(const Cell *a, const Cell *b) {
  return a->bold == b->bold && strcmp(a->ink, b->ink) == 0 && (b->type == CELL_BLANK || b->type == a->type) &&
         a->type != CELL_WIDE;
}

/* From `x` as far as one <text> reaches: same looks, no two blanks in a row. */
static int run_end(const Cell *line, int x, int columns) {
  int end = x + 1, last = end;
  while (end < columns && joins(&line[x], &line[end])) {
    if (line[end].type != CELL_BLANK)
      last = end + 1;
    else if (end > last)
      break;
    end++;
  }
  return line[x].type == CELL_WIDE ? x + line[x].width : last;
}

static void add_text(GString *out, const Cell *line, int x, int end, int y) {
  GString *text = g_string_new(NULL);
  for (int i = x; i < end; i++)
    if (line[i].width)
      g_string_append(text, line[i].text);
  g_autofree char *escaped = g_markup_escape_text(text->str, -1);
  g_string_append_printf(out, "<text x=\"%d\" y=\"%d\" textLength=\"%d\"", x * CELL_W, y + BASE, (end - x) * CELL_W);
  if (strcmp(line[x].ink, INK) != 0)
    g_string_append_printf(out, " fill=\"%s\"", line[x].ink);
  if (line[x].bold)
    g_string_append(out, " font-weight=\"bold\"");
  g_string_append_printf(out, ">%s</text>\n", escaped);
  g_string_free(text, TRUE);
}

static void add_line(GString *out, GString *path, const Cell *line, int columns, int y) {
  add_strips(out, line, columns, y, FALSE);
  add_strips(out, line, columns, y, TRUE);
  for (int x = 0; x < columns;) {
    if (line[x].type == CELL_BLANK) {
      x++;
    } else if (line[x].type == CELL_SHAPE) {
      x += add_shape(out, path, line, x, columns, y);
    } else {
      int end = run_end(line, x, columns);
      add_text(out, line, x, end, y);
      x = end;
    }
  }
}

char *svg_of_screen(Tui *tui, const char *title) {
  int columns = tui_columns(tui), rows = tui_rows(tui);
  int w = columns * CELL_W + 2 * MARGIN, h = rows * CELL_H + 2 * MARGIN;
  GString *out = g_string_new(NULL), *letter = g_string_new(NULL), *path = g_string_new(NULL);
  g_autofree Cell *line = g_new(Cell, columns);
  g_autofree char *escaped = g_markup_escape_text(title, -1);
  g_string_append_printf(out,
                         "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" "
                         "role=\"img\">\n<title>%s</title>\n"
                         "<rect width=\"%d\" height=\"%d\" rx=\"8\" fill=\"" PAPER "\"/>\n"
                         "<g transform=\"translate(%d %d)\" font-family=\"DejaVu Sans Mono,Menlo,Consolas,monospace\" "
                         "font-size=\"13.3\" fill=\"" INK "\" style=\"white-space:pre\">\n",
                         w, h, w, h, escaped, w, h, MARGIN, MARGIN);
  for (int row = 0; row < rows; row++) {
    for (int x = 0; x < columns; x++)
      line[x] = read_cell(tui, row, x, letter);
    add_line(out, path, line, columns, row * CELL_H);
  }
  if (path->len)
    g_string_append_printf(out, "<path d=\"%s\" stroke=\"" INK "\" fill=\"none\"/>\n", path->str);
  g_string_append(out, "</g>\n</svg>\n");
  g_string_free(letter, TRUE);
  g_string_free(path, TRUE);
  return g_string_free(out, FALSE);
}
