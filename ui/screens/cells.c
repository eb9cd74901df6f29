/* One way to show a value, wherever it stands. */
#include "cells.h"

#include <caseload/text.h>
#include <string.h>

#define SORT_SIGN 2 /* " ^" behind the name of the column that sorts */

/* "overdue" and "expired" stand out in whatever field they are a choice. */
static gboolean is_late(const ClField *field, const ClValue *value) {
  return field->type == CL_TYPE_CHOICE && value->tag == CL_VALUE_TEXT &&
         (strcmp(value->s, "overdue") == 0 || strcmp(value->s, "expired") == 0);
}

char *cell_text(const ClField *field, const ClValue *value, const ClLocale *locale, ThemeRole *role) {
  if (field->flags & CL_FIELD_LATE && value->tag == CL_VALUE_NONE)
    return g_strdup("…");
  char *text = cl_value_to_text(field, value, locale);
  if (!is_late(field, value))
    return text;
  if (role)
    *role = THEME_WARN;
  char *marked = g_strconcat("! ", text, NULL);
  g_free(text);
  return marked;
}

static gboolean is_words(const ClField *field) {
  return field->type == CL_TYPE_TEXT || field->type == CL_TYPE_REF;
}

void cells_add_column_from(ListWidget *list, const ClColumn *column, int width) {
  int least, most;
  cells_add_column(list, column, width);
  g_autofree char *label = cl_column_dup_label(column);
  cl_field_span(column->field, &least, &most);
  if (is_words(column->field))
    most = MAX(most, width + width / 2);
  list_stretch_column(list, width, MAX(most, cl_text_width(label) + SORT_SIGN));
}

void cells_add_column(ListWidget *list, const ClColumn *column, int width) {
  const ClField *field = column->field;
  g_autofree char *label = cl_column_dup_label(column);
  gboolean right =
      field->type == CL_TYPE_INT || field->type == CL_TYPE_NUMBER || field->type == CL_TYPE_MONEY;
  int least, most;
  list_add_column(list, label, width ? width : cl_field_width(field), right);
  cl_field_span(field, &least, &most);
  if (is_words(field))
    list_cut_column(list);
  if (!width)
    list_stretch_column(list, least, MAX(most, cl_text_width(label) + SORT_SIGN));
}
