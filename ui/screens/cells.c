/* One way to show a value, wherever it stands. */
#include "cells.h"

#include <string.h>

/* "overdue" and "expired" stand out in whatever field they are a choice. */
static gboolean is_late(const ClField *field, const ClValue *value) {
  return field->type == CL_TYPE_CHOICE && value->tag == CL_VALUE_TEXT &&
         (strcmp(value->s, "overdue") == 0 || strcmp(value->s, "expired") == 0);
}

char *cell_text(const ClField *field, const ClValue *value, const ClLocale *locale, ThemeRole *role) {
  char *text = cl_value_to_text(field, value, locale);
  if (!is_late(field, value))
    return text;
  if (role)
    *role = THEME_WARN;
  char *marked = g_strconcat("! ", text, NULL);
  g_free(text);
  return marked;
}
