/* Fields of one record, laid out for the width there is. */
#include "sheet.h"

#include "../pointer.h"
#include "../term.h"
#include "cells.h"

#include <caseload/text.h>
#include <string.h>

#define NARROW 76   /* from here on two columns */
#define WIDE 150    /* and three */
#define LONG_ROWS 4 /* at most, of a long text */
#define LABEL_MAX 24
#define VALUE_LEAST 20 /* columns for a value, whatever the label wants */

static SheetField *field_at(const Sheet *sheet, gsize i) {
  return &g_array_index(sheet->fields, SheetField, i);
}

static void field_clear(gpointer data) {
  g_free(((SheetField *)data)->text);
}

void sheet_init(Sheet *sheet) {
  *sheet = (Sheet){.fields = g_array_new(FALSE, TRUE, sizeof(SheetField)), .columns = 1};
  g_array_set_clear_func(sheet->fields, field_clear);
}

void sheet_clear(Sheet *sheet) {
  if (sheet->fields)
    g_array_unref(sheet->fields);
  *sheet = (Sheet){0};
}

static void add_field(Sheet *sheet, ClSession *session, const ClRecord *record, const ClField *field) {
  SheetField shown = {.field = field, .label = cl_record_label(session, record, field), .role = THEME_TEXT};
  shown.text = cell_text(field, cl_record_value(record, field->id), cl_session_get_locale(session), &shown.role);
  if (field->type == CL_TYPE_REF && *shown.text)
    shown.role = THEME_LINK;
  g_array_append_val(sheet->fields, shown);
}

void sheet_fill(Sheet *sheet, ClSession *session, const ClRecord *record) {
  const ClField *at = sheet_get_field(sheet);
  g_array_set_size(sheet->fields, 0);
  for (int lines = 0; lines < 2; lines++) {
    for (const ClField *field = record->kind->fields; field->id; field++) {
      const ClValue *value = cl_record_value(record, field->id);
      gboolean said = value->tag != CL_VALUE_NONE && (field->type != CL_TYPE_BOOL || value->i);
      gboolean there = said || cl_record_asks(session, record, field) != CL_ASK_NOTHING;
      if (((field->flags & CL_FIELD_LINES) != 0) == lines && there)
        add_field(sheet, session, record, field);
    }
    if (!lines)
      sheet->n_short = sheet->fields->len;
  }
  sheet->cursor = MIN(sheet->cursor, sheet->fields->len ? sheet->fields->len - 1 : 0);
  for (gsize i = 0; i < sheet->fields->len; i++)
    if (field_at(sheet, i)->field == at)
      sheet->cursor = i;
}

/* Columns for the labels of the fields that begin at `x`. */
static int label_width(const Sheet *sheet, int x, int width) {
  int label = 4;
  for (gsize i = 0; i < sheet->n_short; i++)
    if (field_at(sheet, i)->x == x)
      label = MAX(label, cl_text_width(field_at(sheet, i)->label));
  return MIN(label, MIN(MAX(width - VALUE_LEAST, width * 2 / 5), LABEL_MAX));
}

int sheet_layout(Sheet *sheet, int width) {
  int columns = term_is_plain() ? 1 : width >= WIDE ? 3 : width >= NARROW ? 2 : 1;
  int each = width / columns, per = ((int)sheet->n_short + columns - 1) / columns, y = per;
  sheet->columns = columns;
  for (gsize i = 0; i < sheet->n_short; i++) {
    SheetField *shown = field_at(sheet, i);
    shown->y = (int)i % per;
    shown->x = (int)i / per * each;
    shown->rows = 1;
    shown->width = each - 1;
  }
  for (gsize i = sheet->n_short; i < sheet->fields->len; i++) {
    SheetField *shown = field_at(sheet, i);
    shown->y = y;
    shown->x = 0;
    shown->rows = 1;
    shown->width = width;
    if (*shown->text)
      shown->rows = CLAMP(draw_wrapped_rows(MAX(width - label_width(sheet, 0, each - 1) - 3, 8), shown->text),
                          1, LONG_ROWS);
    y += shown->rows;
  }
  sheet->rows = y;
  return y;
}

const ClField *sheet_get_field(const Sheet *sheet) {
  return sheet->cursor < sheet->fields->len ? field_at(sheet, sheet->cursor)->field : NULL;
}

const char *sheet_get_cut_text(const Sheet *sheet) {
  if (sheet->cursor >= sheet->n_short)
    return NULL;
  const SheetField *shown = field_at(sheet, sheet->cursor);
  int room = shown->width - label_width(sheet, shown->x, shown->width) - 2;
  return shown->width > 0 && cl_text_width(shown->text) > room ? shown->text : NULL;
}

static void draw_field(const Sheet *sheet, const SheetField *shown, Area area, int y, gboolean focus,
                       gboolean here) {
  const SheetField *head =
      shown->field->flags & CL_FIELD_LINES && sheet->n_short > 0 ? field_at(sheet, 0) : shown;
  int label = label_width(sheet, head->x, head->width);
  Area cell = area_sub(area, y, shown->x, shown->rows, shown->width);
  draw_on(here && focus, FALSE);
  for (int row = 0; here && focus && row < shown->rows; row++)
    draw_padded(cell, row, 0, cell.w, THEME_TEXT, "");
  if (here && focus)
    draw_text(cell, 0, 0, 1, THEME_TEXT, ">");
  draw_text(cell, 0, 1, label, THEME_LABEL, shown->label);
  if (!*shown->text)
    draw_text(cell, 0, label + 2, -1, THEME_HINT, "-");
  else if (shown->rows > 1)
    draw_wrapped(cell, 0, label + 2, cell.w - label - 3, shown->rows, THEME_TEXT, shown->text);
  else
    draw_text(cell, 0, label + 2, -1, shown->role, shown->text);
  draw_on(FALSE, FALSE);
  if (here)
    draw_cursor(cell, 0, 0, focus);
}

/* Scrolls so that the cursor's field is in sight. */
static void into_sight(Sheet *sheet, int height) {
  if (sheet->cursor < sheet->fields->len) {
    const SheetField *at = field_at(sheet, sheet->cursor);
    sheet->top = MIN(sheet->top, at->y);
    sheet->top = MAX(sheet->top, at->y + at->rows - height);
  }
  sheet->top = CLAMP(sheet->top, 0, MAX(sheet->rows - height, 0));
}

void sheet_draw(Sheet *sheet, Area area, gboolean focus) {
  sheet_layout(sheet, area.w);
  into_sight(sheet, area.h);
  for (gsize i = 0; i < sheet->fields->len; i++) {
    const SheetField *shown = field_at(sheet, i);
    int y = shown->y - sheet->top;
    if (y < 0 || y >= area.h)
      continue;
    draw_field(sheet, shown, area, y, focus, i == sheet->cursor);
    for (int row = 0; row < shown->rows; row++)
      draw_spot(area, y + row, shown->x, shown->width, (Spot){SPOT_ROW, sheet, i});
  }
}

/* The field beside the present one, or itself. */
static gsize beside(const Sheet *sheet, int step) {
  gsize per = (sheet->n_short + (gsize)sheet->columns - 1) / (gsize)sheet->columns;
  if (sheet->cursor >= sheet->n_short)
    return sheet->cursor;
  if (step < 0)
    return sheet->cursor >= per ? sheet->cursor - per : sheet->cursor;
  return sheet->cursor + per < sheet->n_short ? sheet->cursor + per : sheet->cursor;
}

gboolean sheet_command(Sheet *sheet, Verb verb) {
  gsize n = sheet->fields->len, last = n > 0 ? n - 1 : 0, clicked = 0;
  switch (verb) {
  case VERB_UP:
    sheet->cursor -= sheet->cursor > 0;
    return TRUE;
  case VERB_DOWN:
    sheet->cursor = MIN(sheet->cursor + 1, last);
    return TRUE;
  case VERB_PAGE_UP:
    sheet->cursor = sheet->cursor > 8 ? sheet->cursor - 8 : 0;
    return TRUE;
  case VERB_PAGE_DOWN:
    sheet->cursor = MIN(sheet->cursor + 8, last);
    return TRUE;
  case VERB_FIRST:
    sheet->cursor = 0;
    return TRUE;
  case VERB_LAST:
    sheet->cursor = last;
    return TRUE;
  case VERB_CLICK:
    if (!pointer_is_on(sheet, &clicked))
      return FALSE;
    sheet->cursor = MIN(clicked, last);
    return TRUE;
  case VERB_LEFT:
  case VERB_RIGHT:
    sheet->cursor = beside(sheet, verb == VERB_LEFT ? -1 : 1);
    return TRUE;
  default:
    return FALSE;
  }
}
