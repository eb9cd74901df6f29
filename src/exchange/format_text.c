/* CSV and JSON. Text is made straight into the file's buffer: a million rows cost no allocation each. */
#include "format.h"

#include <string.h>

/* ---- values ------------------------------------------------------------------- */

void cl_format_whole(GString *text, gint64 value) {
  char digits[24];
  int at = sizeof digits;
  guint64 rest = value < 0 ? -(guint64)value : (guint64)value;
  do
    digits[--at] = (char)('0' + rest % 10);
  while (rest /= 10);
  if (value < 0)
    digits[--at] = '-';
  g_string_append_len(text, digits + at, (gssize)(sizeof digits - (gsize)at));
}

/* Minor units and hundredths as cl_value_to_machine writes them: money always with both decimals. */
void cl_format_decimal(GString *text, gint64 value, gboolean both) {
  guint64 rest = value < 0 ? -(guint64)value : (guint64)value;
  guint part = (guint)(rest % 100);
  if (value < 0)
    g_string_append_c(text, '-');
  cl_format_whole(text, (gint64)(rest / 100));
  if (!part && !both)
    return;
  g_string_append_c(text, '.');
  g_string_append_c(text, (char)('0' + part / 10));
  if (part % 10 || both)
    g_string_append_c(text, (char)('0' + part % 10));
}

static void append_date(GString *text, gint64 value) {
  int year, month, day;
  cl_date_to_ymd((ClDate)value, &year, &month, &day);
  if (year < 1000 || year > 9999) {
    char iso[16];
    g_string_append(text, cl_date_to_iso((ClDate)value, iso));
    return;
  }
  char iso[10] = {(char)('0' + year / 1000),
                  (char)('0' + year / 100 % 10),
                  (char)('0' + year / 10 % 10),
                  (char)('0' + year % 10),
                  '-',
                  (char)('0' + month / 10),
                  (char)('0' + month % 10),
                  '-',
                  (char)('0' + day / 10),
                  (char)('0' + day % 10)};
  g_string_append_len(text, iso, sizeof iso);
}

/* A number as programs read it; never needs quoting in CSV. */
static void append_number(GString *text, const ClField *field, gint64 value) {
  char time[24];
  switch (field->type) {
  case CL_TYPE_DATE:
    append_date(text, value);
    break;
  case CL_TYPE_TIME:
    g_string_append(text, cl_time_to_iso(value, time));
    break;
  case CL_TYPE_BOOL:
    g_string_append(text, value ? "yes" : "no");
    break;
  case CL_TYPE_NUMBER:
  case CL_TYPE_MONEY:
    cl_format_decimal(text, value, field->type == CL_TYPE_MONEY);
    break;
  default:
    cl_format_whole(text, value);
  }
}

/* ---- CSV ------------------------------------------------------------------------ */

static gboolean begin_csv(const ClWriting *writing, gpointer *state, GError **error) {
  GString *text = cl_outfile_text(writing->file);
  for (gsize i = 0; i < writing->n; i++) {
    g_autofree char *id = cl_column_dup_id(&writing->columns[i]);
    if (i)
      g_string_append_c(text, ',');
    cl_csv_append_field(text, id, TRUE);
  }
  g_string_append_c(text, '\n');
  return TRUE;
}

static gboolean add_csv_row(gpointer state, const ClWriting *writing, const ClRow *row, gint64 before, GError **error) {
  GString *text = cl_outfile_text(writing->file);
  gsize start = text->len;
  for (gsize i = 0; i < writing->n; i++) {
    if (i)
      g_string_append_c(text, ',');
    const ClValue *cell = &row->cells[i];
    if (cell->tag == CL_VALUE_TEXT)
      cl_csv_append_field(text, cell->s, TRUE);
    else if (cell->tag == CL_VALUE_INT)
      append_number(text, writing->columns[i].field, cell->i);
  }
  if (text->len == start) /* an empty line would not be a row */
    g_string_append(text, "\"\"");
  g_string_append_c(text, '\n');
  return TRUE;
}

/* ---- JSON ----------------------------------------------------------------------- */

static void append_json_text(GString *text, const char *s) {
  g_string_append_c(text, '"');
  while (*s) {
    gsize plain = 0;
    while ((guchar)s[plain] >= 0x20 && s[plain] != '"' && s[plain] != '\\' && s[plain] != 0x7F)
      plain++;
    g_string_append_len(text, s, (gssize)plain);
    s += plain;
    if (!*s)
      break;
    if (*s == '"' || *s == '\\')
      g_string_append_printf(text, "\\%c", *s);
    else if (*s == '\n')
      g_string_append(text, "\\n");
    else
      g_string_append_printf(text, "\\u%04x", (guint)(guchar)*s);
    s++;
  }
  g_string_append_c(text, '"');
}

static void append_json_value(GString *text, const ClField *field, const ClValue *cell) {
  if (cell->tag == CL_VALUE_NONE) {
    g_string_append(text, "null");
  } else if (cell->tag == CL_VALUE_TEXT) {
    append_json_text(text, cell->s);
  } else if (field->type == CL_TYPE_BOOL) {
    g_string_append(text, cell->i ? "true" : "false");
  } else if (field->type == CL_TYPE_INT || field->type == CL_TYPE_REF || field->type == CL_TYPE_NUMBER) {
    append_number(text, field, cell->i);
  } else {
    g_string_append_c(text, '"');
    append_number(text, field, cell->i);
    g_string_append_c(text, '"');
  }
}

/* The names of the columns, as they stand in every row. */
static gboolean begin_json(const ClWriting *writing, gpointer *state, GError **error) {
  char **names = g_new0(char *, writing->n + 1);
  for (gsize i = 0; i < writing->n; i++) {
    g_autofree char *id = cl_column_dup_id(&writing->columns[i]);
    GString *name = g_string_new(i ? "," : "");
    append_json_text(name, id);
    g_string_append_c(name, ':');
    names[i] = g_string_free(name, FALSE);
  }
  g_string_append_c(cl_outfile_text(writing->file), '[');
  *state = names;
  return TRUE;
}

static gboolean add_json_row(gpointer state, const ClWriting *writing, const ClRow *row, gint64 before, GError **error) {
  char **names = state;
  GString *text = cl_outfile_text(writing->file);
  g_string_append(text, before ? ",\n{" : "\n{");
  for (gsize i = 0; i < writing->n; i++) {
    g_string_append(text, names[i]);
    append_json_value(text, writing->columns[i].field, &row->cells[i]);
  }
  g_string_append_c(text, '}');
  return TRUE;
}

static gboolean end_json(gpointer state, const ClWriting *writing, gint64 rows, GError **error) {
  g_string_append(cl_outfile_text(writing->file), rows ? "\n]\n" : "]\n");
  return TRUE;
}

static void free_json(gpointer state) {
  g_strfreev(state);
}

const ClFormat cl_format_csv = { .id = "csv", .ending = ".csv", .begin = begin_csv, .row = add_csv_row };
const ClFormat cl_format_json = {
  .id = "json", .ending = ".json", .begin = begin_json, .row = add_json_row, .end = end_json, .free = free_json
};
