/* How the filter builder looks: the lines as a table, what they say in words, how many records match. */
#include "builder_private.h"

#include "../words.h"

#include <caseload/clock.h>
#include <caseload/text.h>
#include <string.h>

#define LEFT 3 /* columns for the sign of the focus */

/* Where the three columns begin and end. */
typedef struct {
  int at[3], width[3];
} Table;

static Table table_of(Area area) {
  int room = area.w - LEFT - 3, field = CLAMP(room * 3 / 10, 12, 34), is = CLAMP(room / 4, 12, 18);
  return (Table){{LEFT, LEFT + field + 1, LEFT + field + is + 2}, {field, is, MAX(room - field - is, 8)}};
}

static const char *field_word(const ClFilterLine *line) {
  static const char *const words[] = {"(choose a field)", "Search", "Saved view", "Group"};
  return words[line->type];
}

static const char *is_word(const ClFilterLine *line) {
  switch (line->type) {
  case CL_LINE_WORD:
    return line->negated ? "has no word" : "has a word";
  case CL_LINE_SAVED:
    return line->negated ? "does not fit" : "fits";
  case CL_LINE_GROUP:
    return line->negated ? line->any ? "none of" : "not all of" : line->any ? "any of" : "all of";
  default:
    return line->column.field ? cl_compare_label(line->column.field, line->compare, line->negated) : "";
  }
}

char *builder_cell_words(const Builder *self, const ClFilterLine *line, int cell) {
  App *app = self->view.app;
  if (cell == CELL_IS)
    return g_strdup(is_word(line));
  if (cell == CELL_FIELD)
    return line->type == CL_LINE_CONDITION && line->column.field ? cl_column_dup_label(&line->column)
                                                                 : g_strdup(field_word(line));
  if (line->type == CL_LINE_GROUP)
    return g_strdup("");
  return cl_filter_line_words(app_get_session(app), self->kind, line, app_get_locale(app));
}

/* ">" before the cell that has the focus; the terminal's cursor stands on it. */
static void draw_sign(Area area, int y, int x, gboolean focus) {
  draw_text(area, y, x - 1, 1, THEME_TEXT, ">");
  draw_cursor(area, y, x - 1, focus);
}

/* The value being typed. */
static void draw_typing(Builder *self, Area area, int y, const Table *table, gboolean focus) {
  int x = table->at[CELL_VALUE], width = table->width[CELL_VALUE];
  draw_text(area, y, x, 1, THEME_LABEL, "[");
  line_draw(&self->value, area_sub(area, y, x + 1, 1, width - 2), THEME_FIELD_FOCUS, focus);
  draw_text(area, y, x + width - 1, 1, THEME_LABEL, "]");
}

static void draw_line_row(Builder *self, Area area, int y, guint row, const Table *table, gboolean focus) {
  const ClFilterLine *line = g_ptr_array_index(self->lines, row);
  gboolean here = row == self->row;
  for (int cell = CELL_FIELD; cell <= CELL_VALUE; cell++) {
    gboolean focused = here && self->cell == cell;
    int x = table->at[cell], width = table->width[cell];
    draw_spot(area, y, x - 1, width + 1, (Spot){SPOT_ROW, self, row * BUILDER_CELLS + (guint)cell});
    if (cell == CELL_FIELD) {
      int indent = MIN(line->depth * 2, width / 2);
      x += indent;
      width -= indent;
    }
    if (focused && builder_is_typing(self)) {
      draw_typing(self, area, y, table, focus);
      continue;
    }
    g_autofree char *words = builder_cell_words(self, line, cell);
    gboolean missing = cell == CELL_VALUE && line->type != CL_LINE_GROUP && !*words &&
                       (line->type != CL_LINE_CONDITION || cl_compare_takes_value(line->compare));
    const char *text = missing ? "(choose)" : words;
    if (focused) {
      draw_sign(area, y, x, focus);
      draw_padded(area, y, x, width, THEME_FOCUS, text);
    } else {
      draw_text(area, y, x, width, missing ? THEME_HINT : THEME_TEXT, text);
    }
  }
}

static void draw_cell(const Builder *self, Area area, int y, int *x, int row, int cell, ThemeRole role,
                      const char *text, gboolean focus) {
  gboolean here = builder_row_below(self) == row && self->cell == cell;
  if (here)
    draw_sign(area, y, *x, focus);
  int width = draw_text(area, y, *x, -1, here ? THEME_FOCUS : role, text);
  /* A click here does at once what Space does. */
  draw_spot(area, y, *x, width,
            (Spot){SPOT_MARGIN, self, (self->lines->len + (guint)row) * BUILDER_CELLS + (guint)cell});
  *x += width;
}

/* "[x] Only mine" … and whether all or any of the lines must hold. */
static void draw_match(const Builder *self, Area area, int y, gboolean focus) {
  int x = LEFT;
  guint n = builder_n_ticks(self);
  for (guint i = 0; i < n; i++) {
    g_autofree char *text = g_strdup_printf("[%c] %s", builder_has_tick(self, i, NULL) ? 'x' : ' ',
                                            self->kind->ticks[i].label);
    draw_cell(self, area, y, &x, ROW_MATCH, (int)i, THEME_TEXT, text, focus);
    x += 2;
  }
  x += 1 + draw_text(area, y, x, -1, THEME_LABEL, "Match:");
  draw_cell(self, area, y, &x, ROW_MATCH, (int)n, THEME_TEXT, self->any ? "( ) all" : "(o) all", focus);
  x += 1;
  draw_cell(self, area, y, &x, ROW_MATCH, (int)n + 1, THEME_TEXT, self->any ? "(o) any" : "( ) any", focus);
}

static void draw_count(const Builder *self, Area area, int y) {
  g_autofree char *number = words_number((gint64)cl_list_length(self->matches));
  g_autofree char *total = words_number(self->total);
  ClListState state = cl_list_get_state(self->matches);
  if (self->wrong)
    draw_text(area, y, 1, -1, THEME_HINT, "Nothing is counted while the filter has a mistake.");
  else if (state == CL_LIST_FAILED)
    draw_text(area, y, 1, -1, THEME_ERROR, cl_list_get_error(self->matches));
  else if (state != CL_LIST_DONE)
    draw_text(area, y, 1, -1, THEME_HINT, "counting…");
  else if (self->total >= 0)
    draw_format(area, y, 1, -1, THEME_TEXT, "%s of %s match now", number, total);
  else
    draw_format(area, y, 1, -1, THEME_TEXT, "%s match now", number);
}

static void draw_buttons(const Builder *self, Area area, int y, gboolean focus) {
  static const char *const labels[N_BUTTONS] = {"[ F2 Apply ]", "[ Save as view… ]", "[ Clear all ]",
                                                "[ Esc Cancel ]"};
  int x = LEFT;
  for (int i = 0; i < N_BUTTONS; i++) {
    draw_cell(self, area, y, &x, ROW_BUTTONS, i, THEME_TEXT, labels[i], focus);
    x += 2;
  }
}

/* "29/06/2024, Saturday" for one date that moves with the calendar. NULL for anything else. */
static char *dup_resolved(const Builder *self, const ClFilterLine *line) {
  static const char *const days[] = {"",         "Monday", "Tuesday",  "Wednesday",
                                     "Thursday", "Friday", "Saturday", "Sunday"};
  ClDate date;
  char buffer[16];
  ClDateOrder order = app_get_locale(self->view.app)->order;
  if (!cl_date_parse(line->value, CL_ORDER_YMD, cl_clock_today(), &date, NULL))
    return NULL;
  return g_strdup_printf("That is %s, %s.", days[CLAMP(cl_date_weekday(date), 1, 7)],
                         cl_date_to_text(date, order, buffer));
}

/* What is wrong with the value, what it means, or what can be written. */
static void draw_advice(const Builder *self, Area area, int y) {
  const ClFilterLine *line = builder_line(self);
  if (self->problem) {
    draw_text(area, y, 1, -1, THEME_ERROR, self->problem);
    return;
  }
  const char *advice = NULL;
  g_autofree char *resolved = NULL;
  if (line && self->cell == CELL_VALUE && line->type == CL_LINE_CONDITION && line->column.field) {
    ClType type = line->column.field->type;
    if (line->compare == CL_COMPARE_BETWEEN && type != CL_TYPE_DATE && type != CL_TYPE_TIME)
      advice = "Both ends with two dots between: from..to.";
    else if (line->compare == CL_COMPARE_BETWEEN)
      advice = "Both ends with two dots between: from..to. F4 lists spans such as last month.";
    else if (type == CL_TYPE_DATE || type == CL_TYPE_TIME)
      advice = resolved = dup_resolved(self, line);
    if (!advice && (type == CL_TYPE_DATE || type == CL_TYPE_TIME))
      advice = "1/7/2024, today-30d, +7, mon, last-month; F4 lists the words.";
    else if (!advice && type == CL_TYPE_REF)
      advice = "Part of a name; F4 lists them. Several with commas between.";
    else if (!advice && builder_is_typing(self))
      advice = "Several values with commas between mean one of them.";
  } else if (line) {
    advice = line->type == CL_LINE_GROUP ? "Its lines stand below it; a adds one." : line->column.field ? line->column.field->help : NULL;
  }
  draw_text(area, y, 1, -1, THEME_HINT, advice ? advice : "");
}

static void scroll(Builder *self, int rows) {
  guint last = MIN(self->row, self->lines->len);
  if (last < self->top)
    self->top = last;
  if (last >= self->top + (guint)rows)
    self->top = last - (guint)rows + 1;
}

void builder_draw(View *view, Area area, gboolean focus) {
  Builder *self = (Builder *)view;
  g_autofree char *what = words_several(self->kind);
  g_autofree char *title = g_strdup_printf("Filter %s", what);
  Area box = area_centre(area, area.h, MIN(area.w - 2, 110));
  Area inside = draw_box(box, title, "Enter changes, F9 what can be done with a line, F2 applies, Esc cancels");
  static const char *const heads[] = {"Field", "is", "Value"};
  Table table = table_of(inside);
  int told = inside.h >= 14 ? 3 : 1, rows = MAX(inside.h - 1 - 4 - told - (inside.h >= 16 ? 2 : 0), 2);
  for (int cell = 0; cell < 3; cell++)
    draw_text(inside, 0, table.at[cell], table.width[cell], THEME_LABEL, heads[cell]);
  scroll(self, rows);
  int y = 1;
  for (guint row = self->top; row < self->lines->len && y < 1 + rows; row++, y++)
    draw_line_row(self, inside, y, row, &table, focus);
  if (y < 1 + rows) {
    int x = LEFT;
    draw_cell(self, inside, y, &x, ROW_ADD, 0, THEME_KEY, "+ Add a line (a)", focus);
  }
  int below = inside.h - 4 - told;
  draw_advice(self, inside, below);
  int used = 1 + draw_text(inside, below + 1, 1, -1, THEME_LABEL, "In words");
  draw_wrapped(inside, below + 1, used + 2, inside.w - used - 3, told, self->wrong ? THEME_ERROR : THEME_TEXT,
               *self->words ? self->words : "All that you may see.");
  draw_match(self, inside, inside.h - 3, focus);
  draw_count(self, inside, inside.h - 2);
  draw_buttons(self, inside, inside.h - 1, focus);
}
