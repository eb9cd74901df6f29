/* Scrolling text: each paragraph is wrapped when drawn, at the width there is. */
#include "pager.h"

#include <caseload/text.h>
#include <stdarg.h>

typedef struct {
  char *label; /* NULL for a plain paragraph */
  char *text;
  ThemeRole role;
  int indent;
} PagerLine;

#define SIGN 1 /* the column of the ">" */

static void pager_line_free(gpointer data) {
  PagerLine *line = data;
  g_free(line->label);
  g_free(line->text);
  g_free(line);
}

void pager_init(Pager *pager) {
  *pager = (Pager){.lines = g_ptr_array_new_with_free_func(pager_line_free), .page = 10, .width = 80};
}

void pager_clear(Pager *pager) {
  if (pager->lines)
    g_ptr_array_unref(pager->lines);
  *pager = (Pager){0};
}

void pager_empty(Pager *pager) {
  g_ptr_array_set_size(pager->lines, 0);
}

static void add(Pager *pager, const char *label, int indent, ThemeRole role, const char *text) {
  PagerLine *line = g_new(PagerLine, 1);
  *line = (PagerLine){g_strdup(label), g_strdup(text ? text : ""), role, indent};
  g_ptr_array_add(pager->lines, line);
}

void pager_add(Pager *pager, ThemeRole role, int indent, const char *text) {
  add(pager, NULL, indent, role, text);
}

void pager_addf(Pager *pager, ThemeRole role, int indent, const char *format, ...) {
  va_list args;
  va_start(args, format);
  g_autofree char *text = g_strdup_vprintf(format, args);
  va_end(args);
  add(pager, NULL, indent, role, text);
}

void pager_add_pair(Pager *pager, const char *label, int label_columns, ThemeRole role, const char *text) {
  add(pager, label, label_columns, role, text);
}

gboolean pager_command(Pager *pager, Verb verb) {
  int last = MAX(pager->rows - pager->page, 0), page = MAX(pager->page - 1, 1);
  switch (verb) {
  case VERB_UP:
    pager->top--;
    break;
  case VERB_DOWN:
    pager->top++;
    break;
  case VERB_PAGE_UP:
    pager->top -= page;
    break;
  case VERB_PAGE_DOWN:
    pager->top += page;
    break;
  case VERB_FIRST:
    pager->top = 0;
    break;
  case VERB_LAST:
    pager->top = last;
    break;
  default:
    return FALSE;
  }
  pager->top = CLAMP(pager->top, 0, last);
  return TRUE;
}

static int rows_of(const PagerLine *line, int columns) {
  return MAX(draw_wrapped_rows(MAX(columns - line->indent, 8), line->text), 1);
}

int pager_rows(const Pager *pager, int columns) {
  int rows = 0;
  for (guint i = 0; i < pager->lines->len; i++)
    rows += rows_of(g_ptr_array_index(pager->lines, i), columns - SIGN);
  return rows;
}

void pager_draw(Pager *pager, Area area, gboolean focus) {
  pager->page = area.h;
  pager->width = area.w;
  pager->rows = pager_rows(pager, area.w);
  pager->top = CLAMP(pager->top, 0, MAX(pager->rows - pager->page, 0));
  draw_focus(area, 0, 0, focus);
  area = area_sub(area, 0, SIGN, area.h, area.w - SIGN);
  int y = -pager->top;
  for (guint i = 0; i < pager->lines->len && y < area.h; i++) {
    const PagerLine *line = g_ptr_array_index(pager->lines, i);
    int rows = rows_of(line, area.w);
    if (y + rows > 0) {
      if (line->label)
        draw_text(area, y, 0, line->indent - 1, THEME_LABEL, line->label);
      draw_wrapped(area, y, line->indent, MAX(area.w - line->indent, 8), rows, line->role, line->text);
    }
    y += rows;
  }
}
