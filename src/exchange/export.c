/* Rows to CSV or JSON as they come from the query, none kept. Text is made straight into the file's
 * buffer: a million rows cost no allocation each. */
#include "outfile.h"

#include "gate.h"
#include "run.h"

#include <caseload/exchange.h>
#include <string.h>

typedef struct {
  ClOutfile *file;
  const ClColumn *columns;
  gsize n;
  char **names; /* column ids, as JSON strings for JSON */
  ClExportFormat format;
  gint64 count;
  GError **error;
  gboolean failed;
} Export;

/* ---- values ------------------------------------------------------------------- */

static void append_whole(GString *text, gint64 value) {
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
static void append_decimal(GString *text, gint64 value, gboolean both) {
  guint64 rest = value < 0 ? -(guint64)value : (guint64)value;
  guint part = (guint)(rest % 100);
  if (value < 0)
    g_string_append_c(text, '-');
  append_whole(text, (gint64)(rest / 100));
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
    append_decimal(text, value, field->type == CL_TYPE_MONEY);
    break;
  default:
    append_whole(text, value);
  }
}

/* ---- CSV ------------------------------------------------------------------------ */

static void append_csv_row(Export *export, const ClRow *row) {
  GString *text = cl_outfile_text(export->file);
  gsize start = text->len;
  for (gsize i = 0; i < export->n; i++) {
    if (i)
      g_string_append_c(text, ',');
    const ClValue *cell = &row->cells[i];
    if (cell->tag == CL_VALUE_TEXT)
      cl_csv_append_field(text, cell->s, TRUE);
    else if (cell->tag == CL_VALUE_INT)
      append_number(text, export->columns[i].field, cell->i);
  }
  if (text->len == start) /* an empty line would not be a row */
    g_string_append(text, "\"\"");
  g_string_append_c(text, '\n');
}

static void append_csv_header(Export *export) {
  GString *text = cl_outfile_text(export->file);
  for (gsize i = 0; i < export->n; i++) {
    if (i)
      g_string_append_c(text, ',');
    cl_csv_append_field(text, export->names[i], TRUE);
  }
  g_string_append_c(text, '\n');
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

static void append_json_row(Export *export, const ClRow *row) {
  GString *text = cl_outfile_text(export->file);
  g_string_append(text, export->count ? ",\n{" : "\n{");
  for (gsize i = 0; i < export->n; i++) {
    g_string_append(text, export->names[i]);
    append_json_value(text, export->columns[i].field, &row->cells[i]);
  }
  g_string_append_c(text, '}');
}

/* ---- the file -------------------------------------------------------------------- */

static gboolean on_row(const ClRow *row, gpointer data) {
  Export *export = data;
  if (export->format == CL_EXPORT_CSV)
    append_csv_row(export, row);
  else
    append_json_row(export, row);
  export->count++;
  export->failed = !cl_outfile_flush(export->file, export->error);
  return !export->failed;
}

static void name_columns(Export *export) {
  export->names = g_new0(char *, export->n + 1);
  for (gsize i = 0; i < export->n; i++) {
    char *id = cl_column_dup_id(&export->columns[i]);
    if (export->format == CL_EXPORT_CSV) {
      export->names[i] = id;
      continue;
    }
    g_autoptr(GString) name = g_string_new(i ? "," : "");
    append_json_text(name, id);
    g_string_append_c(name, ':');
    export->names[i] = g_string_free(g_steal_pointer(&name), FALSE);
    g_free(id);
  }
}

gboolean cl_export(ClSession *session, const ClFilter *filter, const ClSort *sort, const ClColumn *columns,
                   gsize n_columns, ClExportFormat format, const char *path, gint64 *count, GError **error) {
  const ClKind *kind = cl_filter_get_kind(filter);
  if (!cl_session_require(session, "export", error))
    return FALSE;
  if (!cl_session_may_view(session, kind)) {
    g_autofree char *view = g_strconcat("view.", kind->plural, NULL);
    return cl_session_require(session, view, error);
  }
  g_autoptr(ClOutfile) file = cl_outfile_open(path, error);
  if (!file)
    return FALSE;
  Export export = {.file = file, .columns = columns, .n = n_columns, .format = format, .error = error};
  name_columns(&export);
  if (format == CL_EXPORT_CSV)
    append_csv_header(&export);
  else
    g_string_append_c(cl_outfile_text(file), '[');
  gboolean ok =
      cl_query_each(session, filter, sort, columns, n_columns, 0, on_row, &export, error) && !export.failed;
  g_strfreev(export.names);
  if (!ok)
    return FALSE;
  if (format == CL_EXPORT_JSON)
    g_string_append(cl_outfile_text(file), export.count ? "\n]\n" : "]\n");
  if (!cl_outfile_finish(g_steal_pointer(&file), error))
    return FALSE;
  if (count)
    *count = export.count;
  return TRUE;
}

void cl_export_note(ClSession *session, const ClFilter *filter, const char *path, gint64 count) {
  if (cl_session_is_read_only(session) || cl_store_is_read_only(cl_session_get_store(session)))
    return;
  g_autofree char *whole = g_canonicalize_filename(path, NULL), *reason = g_strdup_printf("written to %s", whole);
  g_autofree char *words = cl_filter_to_words(filter, cl_session_get_locale(session));
  g_autoptr(ClGate) gate = cl_gate_open(session, CL_RUN_EXPORT, cl_filter_get_kind(filter), count > 1, reason, words, NULL);
  if (!gate)
    return;
  cl_gate_count(gate, count, count, 0, 0);
  cl_gate_commit(g_steal_pointer(&gate), TRUE, NULL);
}
