/* How a form looks: labels in a column, "*" before what is needed, the input in brackets, errors and
 * remarks behind it, or below where there is no room. */
#include "form_private.h"

#include "../app.h"
#include "../term.h"

#include <caseload/clock.h>
#include <caseload/text.h>
#include <string.h>

#define EMPTIED "(made empty)"
#define BESIDE 22 /* columns that an error needs to stand beside its field */

typedef struct {
  int label, input; /* columns where the label ends and the input begins */
} Columns;

static Columns columns_of(const Form *form, int width) {
  int label = 8;
  for (gsize i = 0; i < form->entries->len; i++)
    label = MAX(label, cl_text_width(g_array_index(form->entries, Entry, i).field.label));
  label = MIN(label, MAX(width * 2 / 5, 10));
  return (Columns){label, label + 4};
}

static int input_width(const Entry *entry, int room) {
  const FormField *field = &entry->field;
  int width = field->width;
  if (width == 0) {
    switch (field->type) {
    case FORM_DATE:
      width = 12;
      break;
    case FORM_BOOL:
      width = 5;
      break;
    case FORM_LINES:
      width = 60;
      break;
    default:
      width = field->max > 0 && field->max < 30 ? MAX(field->max + 1, 8) : 32;
    }
  }
  return CLAMP(width, 4, MAX(room - 4, 4));
}

/* The remark behind a field: the weekday of a date, or what the owner says. NULL for none. */
static char *remark_of(const Form *form, const Entry *entry, gboolean *wrong) {
  App *app = form->owner->app;
  const char *text = form_entry_text(entry);
  *wrong = FALSE;
  if (entry->line.read_only)
    return g_strdup("cannot be changed here: " FORM_UNSHOWABLE);
  if (entry->field.remark)
    return entry->field.remark(app, text, wrong, entry->field.remark_data);
  if (entry->field.type != FORM_DATE || !*text)
    return NULL;
  static const char *const days[] = {"",         "Monday", "Tuesday",  "Wednesday",
                                     "Thursday", "Friday", "Saturday", "Sunday"};
  ClDate date = CL_DATE_NONE;
  ClDateOrder order = app_get_locale(app)->order;
  if (!cl_date_parse(text, order, cl_clock_today(), &date, NULL)) {
    *wrong = TRUE;
    return g_strdup("not a date yet");
  }
  char buffer[12];
  cl_date_to_text(date, order, buffer);
  int weekday = CLAMP(cl_date_weekday(date), 1, 7);
  return strcmp(buffer, text) == 0 ? g_strdup(days[weekday])
                                   : g_strdup_printf("%s %s", days[weekday], buffer);
}

/* TRUE when the error has room behind the field (and may be cut there), FALSE when it stands below. */
static gboolean is_beside(const Form *form, const Entry *entry, int width) {
  int room = width - columns_of(form, width).input;
  return room - input_width(entry, room) - 4 >= BESIDE;
}

static int rows_of(const Form *form, const Entry *entry, int width) {
  if (entry->hidden)
    return 0;
  int room = width - columns_of(form, width).input;
  int rows = entry->field.type == FORM_LINES ? FORM_TEXT_ROWS : 1;
  if (entry->error && !is_beside(form, entry, width))
    rows += draw_wrapped_rows(MAX(room - 4, 8), entry->error);
  return rows;
}

static int top_rows(const Form *form, int width) {
  return form->error ? draw_wrapped_rows(width - 3, form->error) + 1 : 0;
}

int form_rows(const Form *form, int columns) {
  int rows = top_rows(form, columns) + 1;
  for (gsize i = 0; i < form->entries->len; i++)
    rows += rows_of(form, &g_array_index(form->entries, Entry, i), columns);
  return rows;
}

static void draw_input(Form *form, Entry *entry, Area box, gboolean focus) {
  const FormField *field = &entry->field;
  ThemeRole role = focus ? THEME_FIELD_FOCUS : THEME_FIELD;
  if (field->type == FORM_CHOICE || field->type == FORM_BOOL) {
    const char *label =
        field->type == FORM_CHOICE ? form_choice_label(field, entry->value) : line_get(&entry->line);
    draw_padded(box, 0, 0, box.w, role, entry->emptied ? EMPTIED : label);
    draw_cursor(box, 0, 0, focus);
  } else if (entry->emptied) {
    draw_padded(box, 0, 0, box.w, role, EMPTIED);
    draw_cursor(box, 0, 0, focus);
  } else {
    line_draw(&entry->line, box, role, focus);
  }
}

static void draw_words(const Form *form, const Entry *entry, Area row, int x, int rows, int input) {
  gboolean wrong = FALSE, beside = row.w - x >= BESIDE;
  if (entry->error && beside) {
    draw_format(row, 0, x, -1, THEME_ERROR, "! %s", entry->error);
  } else if (entry->error) {
    int y = entry->field.type == FORM_LINES ? FORM_TEXT_ROWS : 1;
    draw_text(row, y, input, 2, THEME_ERROR, "! ");
    draw_wrapped(row, y, input + 2, row.w - input - 4, rows - y, THEME_ERROR, entry->error);
  } else {
    g_autofree char *remark = remark_of(form, entry, &wrong);
    if (remark)
      draw_format(row, 0, x, -1, wrong ? THEME_WARN : THEME_HINT, "%s%s", wrong ? "! " : "", remark);
  }
}

static void draw_entry(Form *form, Entry *entry, Area row, gboolean focus) {
  Columns columns = columns_of(form, row.w);
  const FormField *field = &entry->field;
  draw_text(row, 0, 1, columns.label, THEME_LABEL, field->label);
  if (field->type == FORM_FIXED) {
    draw_text(row, 0, columns.input + 2, -1, THEME_TEXT, line_get(&entry->line));
    return;
  }
  if (field->required)
    draw_text(row, 0, columns.label + 2, 1, THEME_WARN, "*");
  int width = input_width(entry, row.w - columns.input);
  int lines = field->type == FORM_LINES ? MIN(FORM_TEXT_ROWS, row.h) : 1;
  draw_text(row, 0, columns.input, 1, focus ? THEME_KEY : THEME_TEXT, "[");
  draw_text(row, lines - 1, columns.input + width + 3, 1, focus ? THEME_KEY : THEME_TEXT, "]");
  draw_input(form, entry, area_sub(row, 0, columns.input + 2, lines, width), focus);
  int x = columns.input + width + 5;
  if (focus && !entry->error && (field->choices || field->source))
    x += draw_text(row, 0, x, -1, THEME_HINT, "F4 list") + 1;
  else if (focus && !entry->error && form_names_files(field))
    x += draw_text(row, 0, x, -1, THEME_HINT, "F4 folder") + 1;
  else if (focus && !entry->error && field->type == FORM_DATE && !*form_entry_text(entry))
    x += draw_text(row, 0, x, -1, THEME_HINT, "F4 calendar") + 1;
  draw_words(form, entry, row, x, row.h, columns.input);
}

/* Scrolls so that the focused field is in sight. */
static void into_sight(Form *form, int width, int height) {
  int y = 0;
  for (gsize i = 0; i < form->focus; i++)
    y += rows_of(form, &g_array_index(form->entries, Entry, i), width);
  int rows = form->focus < form->entries->len
                 ? rows_of(form, &g_array_index(form->entries, Entry, form->focus), width)
                 : 1;
  if (y < form->top)
    form->top = y;
  if (y + rows > form->top + height)
    form->top = y + rows - height;
}

void form_draw(Form *form, Area area, gboolean focus) {
  form_adapt(form);
  int head = top_rows(form, area.w);
  if (head > 0) {
    draw_text(area, 0, 1, 1, THEME_ERROR, "!");
    draw_wrapped(area, 0, 3, area.w - 3, head - 1, THEME_ERROR, form->error);
  }
  const char *note = form_note(form);
  int noted = note && area.h - head > 5 ? MIN(draw_wrapped_rows(area.w - 2, note), 2) : 0, foot = 1 + noted;
  if (noted)
    draw_wrapped(area, area.h - foot, 1, area.w - 2, noted, THEME_HINT, note);
  Area body = area_sub(area, head, 0, area.h - head - foot, area.w);
  into_sight(form, area.w, body.h);
  int y = -form->top;
  for (gsize i = 0; i < form->entries->len; i++) {
    Entry *entry = &g_array_index(form->entries, Entry, i);
    int rows = rows_of(form, entry, area.w);
    if (rows > 0 && y >= 0 && y < body.h) {
      draw_entry(form, entry, area_sub(body, y, 0, rows, body.w), focus && i == form->focus);
      for (int row = 0; row < rows; row++)
        draw_spot(body, y + row, 0, -1, (Spot){SPOT_ROW, form, i});
    }
    y += rows;
  }
  if (form->focus < form->entries->len) {
    const Entry *entry = &g_array_index(form->entries, Entry, form->focus);
    if (entry->error && is_beside(form, entry, area.w))
      draw_format(area, area.h - 1, 1, -1, THEME_ERROR, "! %s", entry->error);
    else if (entry->names)
      draw_text(area, area.h - 1, 1, -1, THEME_HINT, entry->names);
    else if (entry->field.help)
      draw_text(area, area.h - 1, 1, -1, THEME_HINT, entry->field.help);
  }
}
